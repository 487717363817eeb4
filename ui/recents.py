"""The recent projects as the start page shows them."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from annotator.settings import Settings

from .views.start_rows import Recent


def recents(settings: Settings) -> list[Recent]:
    """Newest first; a file that is gone is marked."""
    found = []
    for entry in settings.get("recent"):
        path = Path(str(entry.get("path", "")))
        found.append(
            Recent(
                path=str(path),
                title=str(entry.get("title") or path.stem),
                folder=_folder(path),
                done=int(entry.get("done", 0)),
                total=int(entry.get("total", 0)),
                when=_when(entry.get("opened")),
                missing=not path.is_file(),
            )
        )
    return found


def _folder(path: Path) -> str:
    try:
        parts = path.parent.relative_to(Path.home()).parts
    except ValueError:
        parts = path.parent.parts
    return " › ".join(parts[-3:])


def _when(opened: object) -> str:
    try:
        day = datetime.fromisoformat(str(opened)).date()
    except ValueError:
        return ""
    days = (date.today() - day).days
    if days == 0:
        return QCoreApplication.translate("Recents", "today")
    if days == 1:
        return QCoreApplication.translate("Recents", "yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
