"""Which articles are for training: a mark among what a document holds beside its columns."""

import json
from typing import Any

from annotator.storage.project import Project
from annotator.storage.schema import visible

MARK = "training"
IS_MARKED = f"json_extract({{}}.extra, '$.{MARK}') = 1"  # of a document under this alias


def documents(project: Project) -> set[int]:
    """Keys of the articles for training."""
    found = project.rows(f"SELECT d.key FROM document AS d WHERE {IS_MARKED.format('d')} AND {visible('d')}")
    return {key for (key,) in found}


def extra_of(project: Project, document: int) -> dict[str, Any]:
    """What a document holds beside its columns."""
    found = json.loads(project.rows("SELECT extra FROM document WHERE key = ?", (document,))[0][0])
    return found if isinstance(found, dict) else {}
