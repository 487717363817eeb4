"""Writes the project of the current format that later versions must open, and what it holds, beside this file.

Run once for each format, before its first release: `python -m tests.old_projects.build`. A file that was released is
never written again.
"""

import hashlib
import json
from pathlib import Path

from annotator.storage import history
from annotator.storage.batch import Batch
from annotator.storage.project import Project
from annotator.storage.schema import FORMAT
from tests.core.storage_world import made_id, shared_state

HERE = Path(__file__).parent
TEXT = (
    "On 10 January some 100,000 troops stood at the border \u2013 \U0001f468\u200d\U0001f469\u200d\U0001f467, "
    "e\u0301, שלום.\nA second line.\u2028"
)


def build(path: Path) -> dict[str, object]:
    """One row at least of each kind, a deletion, an import, and steps that can be undone and redone."""
    with Project.create(path, title="Format 1") as project:
        with project.step("Start", kind="setup") as step:
            coder = step.insert("coder", {"id": made_id("coder"), "name": "Ada"})
            reviewer = step.insert("coder", {"id": made_id("reviewer"), "name": "Ben"})
            codebook = step.insert("codebook", {"id": "c0de", "version": "1", "content": '{"tags":[]}'})
        row_id = hashlib.sha256(TEXT.encode()).hexdigest()
        with project.step("Document", coder=coder) as step:
            document = step.insert_document({"id": row_id, "sha256": row_id, "title": "Border", "words": 14}, TEXT)
            step.insert("appearance", {"document": document, "outlet": "Daily", "date": "2022-01-10"})
            step.insert("earlier_text", {"document": document, "sha256": "0" * 64, "text": "On 9 January"})
            step.insert("assignment", {"document": document, "coder": coder})
            step.insert("entity", {"name": "Army", "aliases": '["the army"]', "country": '["UA"]'})
        values = {"reading": 1, "tag": "figure", "spans": "[[19,33]]", "start": 19, "end": 33, "quote": TEXT[19:33]}
        with project.step("Tag", coder=coder, document=document) as step:
            reading = step.insert("reading", {"document": document, "coder": coder, "codebook": "c0de"})
            first = step.insert("annotation", {**values, "attributes": '{"unit":{"value":"troop","by":"typed"}}'})
            second = step.insert("annotation", {**values, "tag": "claim", "codebook_made": "c0de"})
            step.insert("relation", {"type": "about", "source": second, "target": first})
            step.insert("first_done", {"reading": reading, "content": "{}"})
            place = {"document": document, "reviewer": reviewer, "place": "19-33", "kind": "tag", "choice": "first"}
            step.insert("decision", place)
        with project.step("Delete", coder=coder, document=document) as step:
            step.delete("annotation", step.insert("annotation", values))
        with Batch(project, kind="import", coder=coder) as batch:
            other = batch.insert("document", {"id": "1" * 64, "sha256": "1" * 64, "title": "漢字"}, "漢字漢字")
            batch.insert("appearance", {"document": other})
            batch.update_later("document", document, {"outlet": "Weekly"})
            batch.finish("Import", documents=1)
        with project.step("Note", coder=coder, document=document) as step:
            step.update("annotation", first, {"note": "sure"})
        history.undo(project, coder)
        assert codebook
        return shared_state(project)


def main() -> None:
    """Write both files."""
    path = HERE / f"format-{FORMAT}.annotator"
    path.unlink(missing_ok=True)
    held = json.dumps(build(path), ensure_ascii=True, indent=1, sort_keys=True)
    path.with_suffix(".json").write_text(held + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
