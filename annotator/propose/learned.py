"""What is learned from a coder's own work: for each tag a model of its words (a conditional random field).

The model of a tag is trained on articles that were read to the end, and tried on some that were held out; one that
finds too little there is switched off. Needs the extra `learn` (python-crfsuite). Source: Lafferty, McCallum & Pereira
(2001), Conditional random fields, ICML, 282–289.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import metadata
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.errors import AnnotatorError
from annotator.model.span import Span, Spans

from .features import Row, Vocabulary, rows, sentences
from .places import FreePlaces
from .proposal import Article, Coded, Find, Known, Proposal, Proposer
from .trie import Token, Trie, tokens

NAME = "learned"
ARTICLES, SPANS = 5, 20  # from which on a tag has enough to learn from
FLOOR = 0.4  # held-out F1 (exact spans) below which a tag's model is switched off
FOLDS = 3
_AGAIN = 0.8  # how sure a name must be read at one place to be proposed at the others
_LATEST = 200  # articles learned from: more make it slower and hardly better
_ITERATIONS = 80
_SETTINGS = {"c1": 0.0, "c2": 0.3, "max_iterations": _ITERATIONS, "feature.possible_transitions": True}
_FEATURES = 2  # one more whenever these or features.py change: models that were kept are then trained again
_BEGIN, _IN, _OUT = "B", "I", "O"

Step = Callable[[int, int], None]  # told how far the training is; may raise to stop it


@dataclass(frozen=True)
class Model:
    """What was learned of one tag. `f1` is that on articles it was not trained on, exact spans."""

    tag: str
    content: bytes
    f1: float
    precision: float
    recall: float
    articles: int
    spans: int

    @property
    def is_on(self) -> bool:
        """Whether it is good enough to propose anything."""
        return self.f1 >= FLOOR

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: all but the tagger, which is made anew there."""
        return {name: value for name, value in self.__dict__.items() if name != "tagger"}

    @cached_property
    def tagger(self) -> Any:
        """The model, ready to be asked."""
        return _tagger(self.content)


@dataclass(frozen=True)
class Learned:
    """The models of all tags that there is enough of, and the words they know."""

    models: Mapping[str, Model]
    vocabulary: Vocabulary

    def teaches(self, text: str, language: str) -> float:
        """How much an article would teach: the expected number of sentences that a model reads wrong.

        The sum over all models and sentences of one minus the probability of the likeliest reading (least confidence;
        Culotta & McCallum 2005).
        """
        words = tokens(text)
        made = rows(text, language, words, self.vocabulary)
        doubt = 0.0
        for model in self.models.values():
            for sentence in sentences(text, words):
                model.tagger.set([made[at] for at in sentence])
                doubt += 1 - model.tagger.probability(model.tagger.tag())
        return doubt


def edition() -> str:
    """Tells apart programs whose models do not fit each other: by their features, and by what makes these."""
    return " ".join([__version__, _version("python-crfsuite"), _version("HanTa"), str(_FEATURES)])


def _version(package: str) -> str:
    with suppress(metadata.PackageNotFoundError):
        return metadata.version(package)
    return "none"


def is_installed() -> bool:
    """Whether the extra `learn` is there."""
    with suppress(AnnotatorError):
        return _crfsuite() is not None
    return False


def _crfsuite() -> Any:
    try:
        import pycrfsuite
    except ImportError:
        raise AnnotatorError(
            "Learning from your coding needs the extra “learn”: pip install news-annotator[learn]."
        ) from None
    return pycrfsuite


# ---- training


def train(coded: Sequence[Coded], tags: Iterable[str], step: Step = lambda _, __: None) -> Learned:
    """Learn the tags of which there is enough in articles that were read to the end, the latest of them.

    Takes seconds; the same articles give the same models. Raises AnnotatorError where the extra is not installed.
    """
    _crfsuite()
    read = [each for each in coded if each.whole][-_LATEST:]
    vocabulary = Vocabulary.of(read)
    wanted = [tag for tag in tags if _is_enough(read, tag)]
    models = {}
    for number, tag in enumerate(wanted):
        step(number, len(wanted))
        models[tag] = _model(read, tag, vocabulary, partial(step, number, len(wanted)))
    step(len(wanted), len(wanted))
    return Learned(models, vocabulary)


def _is_enough(read: Sequence[Coded], tag: str) -> bool:
    counts = [sum(name == tag for name, _ in each.tagged) for each in read]
    return sum(number > 0 for number in counts) >= ARTICLES and sum(counts) >= SPANS


def _model(read: Sequence[Coded], tag: str, vocabulary: Vocabulary, step: Callable[[], None]) -> Model:
    right = proposed = marked = 0
    for fold in range(FOLDS):
        step()
        training = [each for number, each in enumerate(read) if number % FOLDS != fold]
        held_out = [each for number, each in enumerate(read) if number % FOLDS == fold]
        seen = Vocabulary.of(training)
        content = _content(training, tag, seen)  # must live as long as its tagger
        tagger = _tagger(content)
        for each in held_out:
            gold = set(_places(each, tag))
            found = {span for span, _ in _read(tagger, each.text, each.language, seen)}
            right, proposed, marked = right + len(gold & found), proposed + len(found), marked + len(gold)
    return Model(
        tag,
        _content(read, tag, vocabulary),
        f1=2 * right / (proposed + marked) if proposed + marked else 0.0,
        precision=right / proposed if proposed else 0.0,
        recall=right / marked if marked else 0.0,
        articles=len(read),
        spans=marked,
    )


def _content(read: Sequence[Coded], tag: str, vocabulary: Vocabulary) -> bytes:
    """The trained model as bytes."""
    crfsuite = _crfsuite()
    trainer = crfsuite.Trainer(algorithm="lbfgs", params=_SETTINGS, verbose=False)
    for each in read:
        words = tokens(each.text)
        made = rows(each.text, each.language, words, vocabulary.without(each))
        labels = _labels(words, _places(each, tag))
        for sentence in sentences(each.text, words):
            trainer.append(crfsuite.ItemSequence([made[at] for at in sentence]), [labels[at] for at in sentence])
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:  # the library writes to files alone
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def _tagger(content: bytes) -> Any:
    """A trained model, ready to be asked. The library reads `content` in place: whoever asks must keep it."""
    made = _crfsuite().Tagger()
    made.open_inmemory(content)
    return made


def _places(coded: Coded, tag: str) -> list[Span]:
    """Where a tag stands in one piece, of those that overlap the outer ones: a sequence of labels can hold no more."""
    kept: list[Span] = []
    for span in sorted((spans[0] for name, spans in coded.tagged if name == tag and len(spans) == 1), key=_outer_first):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _outer_first(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _labels(words: Sequence[Token], places: Sequence[Span]) -> list[str]:
    labels, at = [_OUT] * len(words), 0
    for place in places:
        while at < len(words) and words[at].span.end <= place.start:
            at += 1
        first = True
        while at < len(words) and words[at].span.start < place.end:
            labels[at], first, at = (_BEGIN if first else _IN), False, at + 1
    return labels


# ---- reading


def _read(tagger: Any, text: str, language: str, vocabulary: Vocabulary) -> list[tuple[Span, float]]:
    """The spans that a model reads in a text, each with how sure it is; names that are read once are found again."""
    words = tokens(text)
    found = list(_in_sentences(tagger, text, words, rows(text, language, words, vocabulary)))
    names: Trie[float] = Trie()
    for span, sure in found:
        name = text[span.start : span.end]
        if sure >= _AGAIN and all(word[:1].isupper() for word in name.split()):
            names.add(name, sure)
    free = FreePlaces(span for span, _ in found)
    again = [(hit.span, 0.8 * hit.things[0][1]) for hit in names.hits(text, words) if free.is_free(hit.span)]
    return sorted([*found, *again])


def _in_sentences(tagger: Any, text: str, words: Sequence[Token], made: Sequence[Row]) -> Iterator[tuple[Span, float]]:
    """What is read in each sentence, with the probability of its least certain word."""
    for sentence in sentences(text, words):
        tagger.set([made[at] for at in sentence])
        labels = [*tagger.tag(), _OUT]
        begin: int | None = None
        for place, label in enumerate(labels):
            if begin is not None and label != _IN:
                sure = min(tagger.marginal(labels[each], each) for each in range(begin, place))
                yield Span(words[sentence[begin]].span.start, words[sentence[place - 1]].span.end), sure
                begin = None
            if label == _BEGIN or (label == _IN and begin is None):
                begin = place


def prepare(known: Known) -> Find:
    """Ask the models that are good enough; nothing where nothing was learned."""
    learned = known.learned
    active = {tag.id for tag in known.codebook.active_tags}
    models = [each for each in learned.models.values() if each.is_on and each.tag in active] if learned else []

    def find(article: Article, _: Sequence[Proposal]) -> Iterator[Proposal]:
        language = article.language or known.codebook.language
        for model in models:
            assert learned is not None
            for span, sure in _read(model.tagger, article.text, language, learned.vocabulary):
                spans: Spans = (span,)
                yield Proposal(model.tag, spans, NAME, round(min(0.99, sure), 3))

    return find


PROPOSER = Proposer(NAME, "Learned from your coding", prepare, needs="learn")
