"""Pieces of the sentences that operations say."""


def shown(text: str, length: int = 40) -> str:
    """A quotation short enough for the status line, on one line, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= length else f"“{line[: length - 1].rstrip()}…”"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 annotation", "2 annotations", "1,000 annotations"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
