"""What an export loses, in the words of the window; `--json` and the report beside the file have the code's own."""

_WORDS = (
    ("documents", "articles"),
    ("without a reading that was asked for", "that nobody chosen has coded"),
    ("an annotation that was not asked for", "an annotation that is not exported"),
    ("relations", "links"),
    ("entities", "actors"),
    ("gold readings", "agreed versions (gold)"),
    ("discontinuous spans", "annotations of several parts"),
    ("dropped", "left out"),
)


def plain(reason: str) -> str:
    """A reason such as "relations dropped" as people say it: "links left out"."""
    for ours, theirs in _WORDS:
        reason = reason.replace(ours, theirs)
    return reason
