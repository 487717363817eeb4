"""Names for the files of an export: safe on every system, told apart, the same for the same records."""

import hashlib
import re
import sqlite3
import unicodedata
import weakref

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
    """Gives each document of one export a name of its own.

    Which names are taken is kept on disk, so that memory does not grow with the documents: their hashes, for words of
    articles lie in no common temporary folder.
    """

    def __init__(self) -> None:
        self._taken = sqlite3.connect("", check_same_thread=False)  # a file without a name, which goes with this
        weakref.finalize(self, self._taken.close)  # in whichever thread that is
        self._taken.execute("CREATE TABLE taken (name BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID")

    def of(self, record: DocumentRecord) -> str:
        """The name of a document's file, without suffix: its source file's, else its title, else its id."""
        source = record.source_name.replace("\\", "/").rpartition("/")[2]
        stem = source.rpartition(".")[0] or source
        return self.free(safe_name(stem or record.title, (record.id or "article")[:12]))

    def free(self, name: str) -> str:
        """The name itself, or with a number if it was given before; case makes no difference, as on some disks."""
        found = self._taken.execute("SELECT number FROM taken WHERE name = ?", (_key(name),)).fetchone()
        if found is None:
            self._take(name)
            return name
        number = found[0] + 1
        while not self._take(f"{name}-{number}"):
            number += 1
        self._taken.execute("UPDATE taken SET number = ? WHERE name = ?", (number, _key(name)))
        return f"{name}-{number}"

    def _take(self, name: str) -> bool:
        """Note a name with the number that it was given last; whether it was free."""
        return self._taken.execute("INSERT OR IGNORE INTO taken VALUES (?, 1)", (_key(name),)).rowcount == 1


def _key(name: str) -> bytes:
    return hashlib.blake2b(name.casefold().encode(), digest_size=16).digest()
