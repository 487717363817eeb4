"""What people read for the words of a codebook file: kinds of fields, forms, lines, when to ask, kinds of changes."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_WORDS = "Codebook"

KINDS = {  # of ATTRIBUTE_KINDS
    "enum": QT_TRANSLATE_NOOP("Codebook", "One of several values"),
    "category": QT_TRANSLATE_NOOP("Codebook", "A word of a list that grows"),
    "entity": QT_TRANSLATE_NOOP("Codebook", "An actor of the project"),
    "number": QT_TRANSLATE_NOOP("Codebook", "A number"),
    "boolean": QT_TRANSLATE_NOOP("Codebook", "Yes or no"),
    "text": QT_TRANSLATE_NOOP("Codebook", "Text"),
    "date": QT_TRANSLATE_NOOP("Codebook", "A date"),
    "country": QT_TRANSLATE_NOOP("Codebook", "A country"),
    "list": QT_TRANSLATE_NOOP("Codebook", "Several of one kind"),
}
SHORT_KINDS = {
    "enum": QT_TRANSLATE_NOOP("Codebook", "values"),
    "category": QT_TRANSLATE_NOOP("Codebook", "word"),
    "entity": QT_TRANSLATE_NOOP("Codebook", "actor"),
    "number": QT_TRANSLATE_NOOP("Codebook", "number"),
    "boolean": QT_TRANSLATE_NOOP("Codebook", "yes or no"),
    "text": QT_TRANSLATE_NOOP("Codebook", "text"),
    "date": QT_TRANSLATE_NOOP("Codebook", "date"),
    "country": QT_TRANSLATE_NOOP("Codebook", "country"),
    "list": QT_TRANSLATE_NOOP("Codebook", "several"),
}
FORMS = {
    "mention": QT_TRANSLATE_NOOP("Codebook", "Mention: a line under it"),
    "statement": QT_TRANSLATE_NOOP("Codebook", "Statement: a wash, and a bracket in the margin"),
}
BARS = {
    "solid": QT_TRANSLATE_NOOP("Codebook", "Solid"),
    "double": QT_TRANSLATE_NOOP("Codebook", "Double"),
    "dash": QT_TRANSLATE_NOOP("Codebook", "Dashed"),
    "dot": QT_TRANSLATE_NOOP("Codebook", "Dotted"),
    "wave": QT_TRANSLATE_NOOP("Codebook", "Waved"),
}
PIECES = {
    "one": QT_TRANSLATE_NOOP("Codebook", "One piece of text"),
    "several": QT_TRANSLATE_NOOP("Codebook", "Several pieces that belong together"),
}
ASKS = {
    "always": QT_TRANSLATE_NOOP("Codebook", "Always: it is open until it is filled in"),
    "if_proposed": QT_TRANSLATE_NOOP("Codebook", "Only where a value is proposed"),
    "on_request": QT_TRANSLATE_NOOP("Codebook", "Never: coders fill it in when they want to"),
}
EXAMPLES = {
    "positive": QT_TRANSLATE_NOOP("Codebook", "Tagged"),
    "negative": QT_TRANSLATE_NOOP("Codebook", "Not tagged"),
    "borderline": QT_TRANSLATE_NOOP("Codebook", "In doubt"),
}
CHANGES = {  # of codebook_diff.KINDS
    "wording": QT_TRANSLATE_NOOP("Codebook", "wording"),
    "narrower": QT_TRANSLATE_NOOP("Codebook", "narrower"),
    "wider": QT_TRANSLATE_NOOP("Codebook", "wider"),
    "new": QT_TRANSLATE_NOOP("Codebook", "new"),
    "retired": QT_TRANSLATE_NOOP("Codebook", "retired"),
    "removed": QT_TRANSLATE_NOOP("Codebook", "removed"),
    "look": QT_TRANSLATE_NOOP("Codebook", "look"),
}
COLOURS = (  # of codebook_colours.PAIRS
    QT_TRANSLATE_NOOP("Codebook", "Blue"),
    QT_TRANSLATE_NOOP("Codebook", "Green"),
    QT_TRANSLATE_NOOP("Codebook", "Brown"),
    QT_TRANSLATE_NOOP("Codebook", "Magenta"),
    QT_TRANSLATE_NOOP("Codebook", "Olive"),
    QT_TRANSLATE_NOOP("Codebook", "Teal"),
    QT_TRANSLATE_NOOP("Codebook", "Violet"),
    QT_TRANSLATE_NOOP("Codebook", "Red"),
    QT_TRANSLATE_NOOP("Codebook", "Orange"),
    QT_TRANSLATE_NOOP("Codebook", "Leaf green"),
    QT_TRANSLATE_NOOP("Codebook", "Plum"),
    QT_TRANSLATE_NOOP("Codebook", "Grey"),
)


def said(words: object) -> str:
    """Words of this page in the language of the interface."""
    return QCoreApplication.translate(_WORDS, str(words))


def options(words: dict[str, object]) -> list[tuple[str, str]]:
    """A choice: each id with what people read."""
    return [(key, said(each)) for key, each in words.items()]
