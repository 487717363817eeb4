"""The plain measures applied to tokens and characters, one yes-or-no variable for each tag.

Formulas and sources are those of the plain measures; what is inside a span is told by coverage.py. They count text
that nobody tagged, so that adding such text can raise them: read them beside F1, not instead of it.
"""

from collections.abc import Callable, Iterable

from . import cohen_kappa, coverage, fleiss_kappa, gwet_ac1, krippendorff_alpha, percent_agreement, scott_pi
from .measure import Counts, Measure, once, planned
from .result import Undefined
from .tables import Values


def _tagged(value: Callable[[Counts], float]) -> Callable[[Counts], float]:
    """Without any span of a tag there is nothing to agree on, whatever the formula says of text that nobody tagged."""

    def formula(counts: Counts) -> float:
        if not once(_is_tagged, counts):
            raise Undefined("nothing lies inside a span of the tag")
        return value(counts)

    return formula


def _is_tagged(counts: Counts) -> bool:
    return any(counts[values] for values in planned(_tagged_rows, counts))


def _tagged_rows(rows: Iterable[Values]) -> list[Values]:
    return [values for values in rows if True in values]


def _tokens(name: str, plain: Measure) -> Measure:
    return Measure(
        name=name,
        title=f"{plain.title.removesuffix(', nominal')}, tokens",
        source=plain.source,
        matching="token inside a span of the tag or not; a token is inside if the span contains it wholly",
        over="documents",
        tally=coverage.tally_tokens,
        value=_tagged(plain.value),
        count=coverage.count_tokens,
        rows="tags",
        of_spans=True,
    )


ALPHA_TOKEN = _tokens("alpha_token", krippendorff_alpha.NOMINAL)
KAPPA_TOKEN = _tokens("kappa_token", cohen_kappa.MEASURE)
PI_TOKEN = _tokens("pi_token", scott_pi.MEASURE)
FLEISS_TOKEN = _tokens("fleiss_token", fleiss_kappa.MEASURE)
AC1_TOKEN = _tokens("ac1_token", gwet_ac1.MEASURE)
PERCENT_TOKEN = _tokens("percent_token", percent_agreement.MEASURE)
ALPHA_CHARACTER = Measure(
    name="alpha_character",
    title="Krippendorff’s alpha, characters",
    source=krippendorff_alpha.NOMINAL.source,
    matching="code point inside a span of the tag or not",
    over="documents",
    tally=coverage.tally_characters,
    value=_tagged(krippendorff_alpha.alpha_nominal),
    count=coverage.count_characters,
    rows="tags",
    of_spans=True,
)
