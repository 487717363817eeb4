"""Krippendorff's cu-alpha: given that both coders marked a place, do they give it the same tag?

    cuα = 1 − D_o / D_e,   D_o = Σ_{c≠k} ℓ_ck,   D_e = Σ_{c≠k} ℓ*_c. ℓ*_k. / (ℓ*.. − Σ_S p_S² / ℓ*..)

as in u-alpha, but without gaps: ℓ*_c. and ℓ*.. are sums over tags alone; p_S: the length that unit S has in common
with units of the other coders, each of the m − 1 others counting 1/(m − 1).
Source: Krippendorff et al. (2016); Krippendorff (2019), eqs. 36–37.
"""

from .measure import Counts, Measure
from .result import Undefined
from .unitizing import SOURCE, beyond_chance, count_units, lengths, notes_on_overlaps, tally_units


def cu_alpha(counts: Counts) -> float:
    """At most 1. Raises Undefined if units of different coders nowhere meet, or if all that meet have one tag."""
    found = lengths(counts)
    total = sum(found.met.values())
    if not total:
        raise Undefined("no unit of one coder meets a unit of another")
    pairable = total - sum(found.paired.values()) / total
    expected = (total**2 - sum(met**2 for met in found.met.values())) / pairable
    return beyond_chance(total - sum(found.same.values()), expected, "all units that meet have the same tag")


MEASURE = Measure(
    name="cu_alpha",
    title="Krippendorff’s cu-alpha",
    source=SOURCE,
    matching="same tag, where units of both coders overlap",
    over="documents",
    tally=tally_units,
    value=cu_alpha,
    count=count_units,
    notes=notes_on_overlaps,
    of_spans=True,
    rows="all",
)
