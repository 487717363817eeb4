"""Stamps order what was written in different copies of a project, whatever their clocks say.

A hybrid logical clock (Kulkarni et al. 2014): milliseconds, then a counter, then the replica that wrote. As text of
24 hexadecimal digits stamps compare as they should in Python and in SQL.
"""

import re
import secrets
import time
from datetime import datetime

DAY = 86_400_000  # milliseconds
_FORM = re.compile("[0-7][0-9a-f]{23}")  # the first digit leaves room to count on


def new_replica() -> str:
    """Eight hexadecimal digits, drawn anew at each opening: copying a file must not copy who wrote it."""
    return secrets.token_hex(4)


def now() -> int:
    """Milliseconds since 1970 (UTC)."""
    return time.time_ns() // 1_000_000


def next_stamp(latest: str, replica: str, at: int) -> str:
    """The stamp of a write at `at` milliseconds: greater than `latest`, the greatest stamp so far ("" for none)."""
    milliseconds, counter = (int(latest[:12], 16), int(latest[12:16], 16)) if latest else (0, 0)
    if at > milliseconds:
        milliseconds, counter = at, 0
    elif counter < 0xFFFF:
        counter += 1
    else:
        milliseconds, counter = milliseconds + 1, 0
    return f"{milliseconds:012x}{counter:04x}{replica}"


def just_below(stamp: str) -> str:
    """A stamp for a reduced form of a row: less than the row's own, and greater than any that the row had before."""
    return stamp[:16] + "0" * 8


def is_stamp(value: object) -> bool:
    """Whether a value from another file can be compared with our stamps."""
    return isinstance(value, str) and _FORM.fullmatch(value) is not None


def milliseconds_of(stamp: str) -> int:
    """When a stamp says it was written, in milliseconds since 1970; 0 for no stamp."""
    return int(stamp[:12] or "0", 16)


def local_time(milliseconds: int) -> datetime:
    """When that was (milliseconds since 1970) by the clock of this computer; the start of 1970 for what is no time."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000)
    except (OverflowError, OSError, ValueError):  # a clock, or a file from somewhere else, may have said anything
        return datetime(1970, 1, 1)


def is_ahead(stamp: str, at: int) -> bool:
    """Whether a stamp lies more than a day after `at`: some computer's clock was wrong."""
    return milliseconds_of(stamp) > at + DAY
