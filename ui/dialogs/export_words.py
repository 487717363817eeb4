"""What an export loses, in the words of the window; `--json` and the report beside the file have the code's own."""

_WORDS = (
    ("documents whose", "articles whose"),
    ("documents", "articles"),
    ("without a reading that was asked for", "that nobody chosen has coded"),
    ("an annotation that was not asked for", "an annotation that is not exported"),
    ("relations", "links"),
    ("entities", "actors"),
    ("gold readings", "agreed versions (gold)"),
    ("discontinuous spans", "annotations of several parts"),
    ("dropped", "left out"),
)


def choice_in_window(sentence: str) -> str:
    """A sentence that names options of the command line, as it is in the window, where there are ticks."""
    return sentence.replace("choose --gold or --coder NAME", "tick one coder, or the agreed version alone")


def plain(reason: str) -> str:
    """A reason such as "relations dropped" as people say it: "links left out"."""
    for ours, theirs in _WORDS:
        reason = reason.replace(ours, theirs)
    return reason
