"""The file beside an export that says what the format could not hold."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from annotator.formats.whole_file import whole_file

SUFFIX = ".lost.json"


def loss_report_path(dest: Path) -> Path:
    """Where the report of an export to `dest` lies: beside it, never inside."""
    return dest.with_name(dest.name + SUFFIX)


def write_loss_report(dest: Path, format_name: str, lost: Mapping[str, int]) -> tuple[Path, ...]:
    """Write what was lost (reason → how many); where nothing was, an older report goes. Returns what was written."""
    path = loss_report_path(dest)
    if not lost:
        with suppress(OSError):
            path.unlink()
        return ()
    content = {"export": dest.name, "format": format_name, "lost": dict(sorted(lost.items()))}
    with whole_file(path) as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")
    return (path,)
