"""Other people's readers over our exports. They run in environments of their own (make test-formats), one a folder.

Nothing of the product is there, but for what the export needs: the tests know the files and facts.json alone.
"""

import json
import os
from pathlib import Path

import pytest

EXPORTED = os.environ.get("ANNOTATOR_EXPORTED", "")
collect_ignore_glob = [] if EXPORTED else ["*/test_*.py"]


@pytest.fixture
def exported():
    """The folder with an export of each format: NAME, or NAME and a suffix."""
    return Path(EXPORTED)


@pytest.fixture
def facts():
    """Name of each document → what its exports must hold; offsets are code points."""
    told = json.loads((Path(EXPORTED) / "facts.json").read_text(encoding="utf-8"))
    return {each["name"]: each for each in told}


@pytest.fixture
def own():
    """The annotations of one reading of a document, in the order of the text, each as one stretch."""

    def of(document, coder, kind="own"):
        held = [each for each in document["annotations"] if (each["coder"], each["kind"]) == (coder, kind)]
        return sorted(
            ((each["spans"][0][0], each["spans"][-1][1], each["tag"], each) for each in held),
            key=lambda told: told[:3],
        )

    return of
