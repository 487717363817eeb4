"""Krippendorff's (k)u-alpha: how reliably one tag is told from the others, where both coders marked a place.

    (k)uα = 1 − (ε_.k / ℓ*_.k) · (ℓ*_.k − ℓ_kk) / (ε_.k − ε_kk)

with ℓ* and ε, the coincidences expected by chance, as in cu-alpha:  ε_ck = ℓ*_c. ℓ*_k. / d,  and for the same tag
ε_kk = (ℓ*_k.² − P_k) / d, P_k the Σ p_S² of its units. Then d cancels out, and what is computed is

    (k)uα = 1 − (ℓ*_.k ℓ*.. − P_k) (ℓ*_.k − ℓ_kk) / (ℓ*_.k² (ℓ*.. − ℓ*_.k))

Source: Krippendorff et al. (2016); Krippendorff (2019), eq. 38.
"""

from .measure import Counts, Measure
from .result import Undefined
from .unitizing import SOURCE, count_units, tally_units


def ku_alpha(counts: Counts) -> float:
    """At most 1. Raises Undefined if units of the tag meet none of another coder, or if no other tag is met."""
    all_met = met = same = paired = 0.0
    for key, number in counts.items():
        match key:
            case ("among", "met", m, None):
                all_met += number / (m - 1)
            case ("among", "met", m, _):
                met += number / (m - 1)
            case ("among", "same", m, _):
                same += number / (m - 1)
            case ("among", "paired", m, _):
                paired += number / (m - 1) ** 2
    if not met:
        raise Undefined("no unit of the tag meets a unit of another coder")
    if met == all_met:
        raise Undefined("all units that meet have this tag, so that there is nothing to tell it from")
    return 1 - (met * all_met - paired) * (met - same) / (met**2 * (all_met - met))


MEASURE = Measure(
    name="ku_alpha",
    aliases=("ku_alpha_category",),
    title="Krippendorff’s ku-alpha",
    source=SOURCE,
    matching="this tag, where units of both coders overlap",
    over="documents",
    tally=tally_units,
    value=ku_alpha,
    count=count_units,
    rows="tags",
    of_spans=True,
)
