"""Identities that stay the same in every copy of a project."""

import hashlib
import os
import time
import uuid

_NAMESPACE = uuid.UUID("6c1f5d0e-3c5c-5d0b-9a52-0f5b1a6b7c11").bytes


def new_id() -> str:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then random bits."""
    value = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def derived_id(*parts: str) -> str:
    """A UUID of version 5: the same parts give the same id in every copy, whoever makes the row first."""
    digest = bytearray(hashlib.sha1(_NAMESPACE + "\x1f".join(parts).encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50  # as uuid.uuid5 does it, in a quarter of its time: an import makes millions
    digest[8] = digest[8] & 0x3F | 0x80
    made = digest.hex()
    return f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"


def is_own_id(value: str) -> bool:
    """Whether a text has the form of our ids, so that an imported row may keep it."""
    try:
        return str(uuid.UUID(value)) == value
    except (ValueError, AttributeError):
        return False


def text_id(text: str) -> str:
    """The SHA-256 of a text in UTF-8, hexadecimal: the id of the document whose first text it is."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
