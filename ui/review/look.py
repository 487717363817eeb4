"""How places and readings are told and drawn: words, signs, names, and the grey of what is settled."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from annotator.model.codebook import Codebook
from annotator.operations.reviewing import ArticleReview, Case
from annotator.review.comparing import Unit
from annotator.review.decisions import AGREED, BOTH, CHANGED, DECIDED, EDITED, FOR_MEETING, NEITHER
from annotator.review.kinds import KINDS, ONLY, Kind
from annotator.review.readings import Reader

from ..article_view.marks import TagLook
from ..theme import DARK, LIGHT

SETTLED = "settled"  # stands for a tag where nobody has to look any more
KIND_OF = {kind.id: kind for kind in KINDS}
CIRCLED = "①②③④⑤⑥⑦⑧⑨"


def looks_of(codebook: Codebook | None) -> list[TagLook]:
    """How the tags look, and what is settled."""
    looks = [
        TagLook(t.id, t.label.lower(), t.form, t.bar, t.light, t.dark) for t in (codebook.tags if codebook else ())
    ]
    return [*looks, TagLook(SETTLED, _told("agreed"), "mention", "hair", LIGHT.ink3, DARK.ink3)]


def kind_of(case: Case) -> Kind:
    """The gravest kind of a place."""
    return KIND_OF[case.place.kind]


def kind_word(case: Case, names: Sequence[str]) -> str:
    """The word for how the readings differ at a place; `names` are those of the readings."""
    kind = case.place.kind
    if kind != ONLY:
        return kind_name(kind)
    holders = {number for unit in case.place.units for number in unit.holders}
    return only_word([names[number] for number in sorted(holders)])


def only_word(names: Iterable[str]) -> str:
    """That nobody but these has something at a place."""
    return _told("Only {name}").format(name=", ".join(names))


def kind_name(kind: str) -> str:
    """The word of a kind."""
    words = {
        "tag and boundary": _told("Tag and boundary"),
        "tag": _told("Tag"),
        "boundary": _told("Boundary"),
        "only": _told("Only one"),
        "attribute": _told("Value"),
        "relation": _told("Link"),
        "check": _told("To check"),
        "agreed": _told("Agreed"),
    }
    return words.get(kind, KIND_OF[kind].word)


def state_word(case: Case) -> str:
    """How a place stands, in a word or two; nothing where it is simply open."""
    if case.state == DECIDED:
        numbers = " ".join(CIRCLED[number - 1] for number in case.followed if number <= len(CIRCLED))
        told = {BOTH: _told("both"), NEITHER: _told("neither"), EDITED: _told("edited")}
        return told.get(case.choice, numbers or _told("decided"))
    return {
        CHANGED: _told("changed since it was decided"),
        FOR_MEETING: _told("for the meeting"),
        AGREED: _told("agreed"),
    }.get(case.state, "")


def reading_word(number: int) -> str:
    """What a reading is called whose coder is hidden; counted from 1."""
    return _told("Reading {n}").format(n=number)


def names_of(readers: Sequence[Reader], *, hidden: bool) -> list[str]:
    """What the readings are called: their coders' names, or numbers where these are hidden."""
    return [reading_word(n) if hidden or not reader.name else reader.name for n, reader in enumerate(readers, 1)]


def short(names: Sequence[str]) -> list[str]:
    """First names, where they tell the readings apart; of two called alike, and of numbers, the whole."""
    firsts = [name.split()[0] if name.split() else name for name in names]
    return firsts if len(names) > 1 and len(set(firsts)) == len(firsts) else list(names)


def tally_key(unit: Unit, kind: str, readers: Sequence[Reader]) -> tuple[str, int]:
    """(kind, key of the coder who alone has it, else 0): what a difference counts as."""
    if kind == ONLY and len(unit.holders) == 1:
        return kind, readers[unit.holders[0]].coder
    return kind, 0


def settled(case: Case) -> bool:
    """Whether nobody has to look at a place any more."""
    return case.state in (AGREED, DECIDED)


def case_of(review: ArticleReview | None, annotation: int) -> Case | None:
    """The place where an annotation of a reading, or of the agreed version, stands."""
    cases = review.cases if review else ()
    return next((c for c in cases if any(m.key == annotation for m in (*c.place.marks, *c.gold))), None)


def _told(text: str) -> str:
    return QCoreApplication.translate("Review", text)
