"""The measures: adding one is a module and a line in MEASURES."""

from . import (
    attribute_alpha,
    bio_span_f1,
    cohen_kappa,
    coverage_measures,
    cu_alpha,
    fleiss_kappa,
    gamma,
    gwet_ac1,
    krippendorff_alpha,
    ku_alpha,
    percent_agreement,
    relation_f1,
    scott_pi,
    span_f1,
    tokenwise_alpha,
    u_alpha,
)
from .measure import Measure

MEASURES: tuple[Measure, ...] = (
    # of readings
    span_f1.EXACT,
    span_f1.OVERLAP,
    span_f1.UNTAGGED,
    span_f1.NORMALISED,
    coverage_measures.ALPHA_TOKEN,
    coverage_measures.ALPHA_CHARACTER,
    coverage_measures.KAPPA_TOKEN,
    coverage_measures.PI_TOKEN,
    coverage_measures.FLEISS_TOKEN,
    coverage_measures.AC1_TOKEN,
    coverage_measures.PERCENT_TOKEN,
    tokenwise_alpha.MEASURE,
    u_alpha.U_ALPHA,
    u_alpha.U_ALPHA_BINARY,
    cu_alpha.MEASURE,
    ku_alpha.MEASURE,
    gamma.GAMMA,
    gamma.GAMMA_CAT,
    attribute_alpha.NOMINAL,
    attribute_alpha.ORDINAL,
    attribute_alpha.INTERVAL,
    attribute_alpha.RATIO,
    relation_f1.MEASURE,
    # of items that each coder gave a value
    percent_agreement.MEASURE,
    cohen_kappa.MEASURE,
    scott_pi.MEASURE,
    fleiss_kappa.MEASURE,
    gwet_ac1.MEASURE,
    krippendorff_alpha.NOMINAL,
    krippendorff_alpha.ORDINAL,
    krippendorff_alpha.INTERVAL,
    krippendorff_alpha.RATIO,
    # of sequences of labels
    bio_span_f1.MEASURE,
)


def by_name(name: str) -> Measure | None:
    """The measure that the command line calls `name`, or that is also known as that."""
    return next((each for each in MEASURES if name in (each.name, *each.aliases)), None)
