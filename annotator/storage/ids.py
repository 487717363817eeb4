"""Identities that stay the same in every copy of a project."""

import hashlib
import os
import time
import uuid

_NAMESPACE = uuid.UUID("6c1f5d0e-3c5c-5d0b-9a52-0f5b1a6b7c11")


def new_id() -> str:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then random bits."""
    value = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def derived_id(*parts: str) -> str:
    """A UUID of version 5: the same parts give the same id in every copy, whoever makes the row first."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def is_own_id(value: str) -> bool:
    """Whether a text has the form of our ids, so that an imported row may keep it."""
    try:
        return str(uuid.UUID(value)) == value
    except (ValueError, AttributeError):
        return False


def text_id(text: str) -> str:
    """The SHA-256 of a text in UTF-8, hexadecimal: the id of the document whose first text it is."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
