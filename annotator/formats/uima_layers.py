"""How annotations of UIMA programs (INCEpTION, WebAnno, DKPro) become tags and attributes, and ours become theirs.

There, an annotation is of a type (“layer”) and has features. Which feature is the tag, nobody says: here it is the
first of the usual names that has a value, else the name of the type itself.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.formats.format import Setting
from annotator.formats.loss import FACTS, Loss
from annotator.formats.project_records import Values, value_of
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord, Json

SPAN = "webanno.custom.Annotation"
LINK = "webanno.custom.Relation"
TAG, LABEL, NOTE = "tag", "label", "note"

TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"

SETTINGS = (
    Setting("tag", "The tag is the feature", "", (), "As in “entity”; empty: the usual names, else the layer’s name."),
    Setting("layers", "Layers to read", "", (), "As in “NamedEntity, Opinion”; empty: all but words and sentences."),
)
_TAGS = (TAG, LABEL, "value", "PosValue", "category")
_LABELS = (LABEL, "type", "value", "DependencyType", "relation")
_WORDS = frozenset({"Lemma", "Stem", "SurfaceForm", "MorphologicalFeatures"})  # each value is a word, no tag
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN = frozenset({TAG, LABEL, NOTE, "begin", "end", "sofa", "Governor", "Dependent"})

CANNOT_HOLD = (
    *FACTS, Loss.SOURCES, Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.STATES, Loss.VERSIONS,
    Loss.FIRST_DONE, Loss.DISCONTINUOUS, Loss.ORIGINS, Loss.QUESTIONS, Loss.FLAGS, Loss.IDS, Loss.OTHER_FIELDS,
    Loss.CODEBOOK, Loss.ENTITIES, Loss.DECISIONS, Loss.HISTORY,
)  # fmt: skip


_DIVISIONS = ("Token", "Sentence")  # by these names in any package


class Choice:
    """Which layers are read, and where their tags stand; it keeps count of what it leaves out."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.tag = settings.get("tag", "").strip()
        self._layers = frozenset(name for each in settings.get("layers", "").split(",") if (name := each.strip()))
        self._left: Counter[str] = Counter()

    def takes(self, type_name: str) -> bool:
        """Whether annotations of a type are read."""
        name = short(type_name)
        taken = bool({name, type_name} & self._layers) if self._layers else name not in _DIVISIONS
        self._left[name] += not taken
        return taken

    def tell(self, where: str, report: Report) -> None:
        """Say what was left out since the last time."""
        left = +self._left
        if left:
            names = ", ".join(sorted(left)[:5])
            report.warn(where, f"{left.total():,} annotations of layers that were not chosen left out: {names}")
        self._left.clear()


@dataclass(frozen=True)
class Told:
    """What an annotation or a relation says, in our words."""

    label: str
    attributes: Json
    note: str


def short(type_name: str) -> str:
    """The name of a type without its packages."""
    return type_name.rpartition(".")[2]


def told(type_name: str, values: Mapping[str, str], *, link: bool = False, tag: str = "") -> Told:
    """Tag or type, attributes and note of one annotation; `tag` names the feature of the tag, if that was chosen."""
    name = short(type_name)
    if tag and not link:
        usual: tuple[str, ...] = (tag,)
    elif name in _WORDS:
        usual = ()
    else:
        usual = _LABELS if link else _TAGS
    found = next((each for each in usual if values.get(each, "").strip()), None)
    others = {each: value for each, value in values.items() if value and each not in (found, NOTE)}
    attributes = {each: {"value": value, "by": "typed"} for each, value in others.items()}
    return Told(values[found] if found else name, attributes, values.get(NOTE, ""))


def features(attributes: Json, note: str, values: Values) -> Iterator[tuple[str, str]]:
    """The attributes that can be features, with their values as text, and the note."""
    for name, entry in attributes.items():
        text = _written(values.plain(entry))
        if _is_feature(name) and text:
            yield name, text
    if note:
        yield NOTE, note


def lost_attributes(record: DocumentRecord) -> Counter[Loss]:
    """Attributes with a name that UIMA does not allow or that stands for something else, and those that are empty."""
    return +Counter(
        {
            Loss.ATTRIBUTES: _unheld(each.attributes for each in record.annotations),
            Loss.RELATION_ATTRIBUTES: _unheld(each.attributes for each in record.relations),
        }
    )


def _unheld(held: Iterable[Json]) -> int:
    return sum(
        not _is_feature(name) or not _written(value_of(entry))
        for attributes in held
        for name, entry in attributes.items()
    )


def _is_feature(name: str) -> bool:
    return name not in _TAKEN and _NAME.fullmatch(name) is not None


def _written(value: Any) -> str:
    """A value as a person would type it; the members of a list with semicolons."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    return "" if value is None else json.dumps(value, ensure_ascii=False)
