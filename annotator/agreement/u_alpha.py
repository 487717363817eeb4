"""Krippendorff's u-alpha: where coders mark units and with which tag, gaps included; and the same for marking alone.

    uα = 1 − D_o / D_e,   D_o = Σ_{c≠k} ℓ_ck,   D_e = Σ_{c≠k} ℓ_c. ℓ_k. / (ℓ.. − (Σ_S |S|² + ℓ_φ.) / ℓ..)

c and k run over the tags and φ, the gap; ℓ_ck: length that is c to one and k to another coder, each pair of coders
counting 1/(m − 1); |S|: length of a unit. The last term takes out that a unit would be paired with itself, as a whole;
of gaps, each point with itself. The binary alpha takes all tags for one:

    u-alpha binary:   D_o = 2 Σ_k ℓ_φk,   D_e = 2 ℓ_φ. Σ_k ℓ_k. / (the same denominator)

Source: Krippendorff et al. (2016); Krippendorff (2019), eqs. 32–35. Not the alpha_U of 1995 and 2004.
"""

from .measure import Counts, Measure
from .unitizing import SOURCE, Lengths, beyond_chance, count_units, lengths, notes_on_overlaps, tally_units


def u_alpha(counts: Counts) -> float:
    """At most 1. Raises Undefined if nobody marked anything, or if units of one tag fill the whole continuum."""
    found = lengths(counts)
    total, _, in_gaps = _sums(found)
    agreeing = sum(found.same.values()) + found.gaps - in_gaps
    same = sum(length**2 for length in found.lengths.values()) + found.gaps**2
    expected = (total**2 - same) / _pairable(found, total)
    return beyond_chance(total - agreeing, expected, "all of the text lies in units of one tag")


def u_alpha_binary(counts: Counts) -> float:
    """At most 1. Raises Undefined if nobody marked anything, or if units fill the whole continuum."""
    found = lengths(counts)
    total, in_units, in_gaps = _sums(found)
    expected = 2 * found.gaps * in_units / _pairable(found, total)
    return beyond_chance(2 * in_gaps, expected, "all of the text lies in units")


def _sums(found: Lengths) -> tuple[float, float, float]:
    """ℓ.., the length of all units, and of it what is a gap to the other coders (Σ_k ℓ_φk)."""
    in_units = sum(found.lengths.values())
    return in_units + found.gaps, in_units, in_units - sum(found.met.values())


def _pairable(found: Lengths, total: float) -> float:
    """ℓ.. without what would be paired with itself."""
    return total - (found.squares + found.gaps) / total or 1.0


U_ALPHA = Measure(
    name="u_alpha",
    title="Krippendorff’s u-alpha",
    source=SOURCE,
    matching="length that lies in units of the same tag of both coders, or in gaps of both",
    over="documents",
    tally=tally_units,
    value=u_alpha,
    count=count_units,
    notes=notes_on_overlaps,
    of_spans=True,
)
U_ALPHA_BINARY = Measure(
    name="u_alpha_binary",
    title="Krippendorff’s u-alpha, marked or not",
    source=SOURCE,
    matching="length that lies in units of both coders, whatever the tag, or in gaps of both",
    over="documents",
    tally=tally_units,
    value=u_alpha_binary,
    count=count_units,
    notes=notes_on_overlaps,
    of_spans=True,
    rows="all",
)
