"""Names for the files of an export: safe on every system, told apart, the same for the same records."""

import re
import unicodedata

from annotator.model.records import DocumentRecord

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\x85]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LENGTH = 80  # characters, so that a number and a suffix still fit


def safe_name(words: str, otherwise: str) -> str:
    """The words as the name of a file or folder, without suffix; `otherwise` if nothing is left of them."""
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", words).encode("utf-8", "replace").decode())
    name = " ".join(name.split())[:_LENGTH].strip(" .")
    while len(name.encode()) > 2 * _LENGTH:
        name = name[:-1].rstrip(" .")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or otherwise


class FileNames:
    """Gives each document of one export a name of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, record: DocumentRecord) -> str:
        """The name of a document's file, without suffix: its source file's, else its title, else its id."""
        source = record.source_name.replace("\\", "/").rpartition("/")[2]
        stem = source.rpartition(".")[0] or source
        return self.free(safe_name(stem or record.title, (record.id or "article")[:12]))

    def free(self, name: str) -> str:
        """The name itself, or with a number if it was given before; case makes no difference, as on some disks."""
        own, number = name, 1
        while own.casefold() in self._taken:
            number += 1
            own = f"{name}-{number}"
        self._taken.add(own.casefold())
        return own
