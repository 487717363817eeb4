"""How many codings a sample needs before alpha of a tag can be told from a least acceptable value.

    N = m z² ( (1 + α)(3 − α) / (4 (1 − α) p (1 − p)) − α )

m: coders; p: the share of the tag among all spans; α: the least acceptable alpha; z: 1.645 at the level .05. One coding
is one span by one coder, whatever its tag, so that a rare tag needs a large sample.
Source: Krippendorff (2019), Content Analysis, 4th ed., ch. 12 (after Bloch & Kraemer 1989, Biometrics 45(1), 269–287).
"""

from math import ceil

Z = 1.645
TENTATIVE, RELIABLE = 0.667, 0.8  # by custom: for tentative conclusions, and to rely on


def codings_needed(share: float, alpha: float, coders: int = 2) -> int | None:
    """How many codings, of all tags and coders together; None for a tag that nobody used, or that is the only one."""
    if not 0 < share < 1:
        return None
    spread = (1 + alpha) * (3 - alpha) / (4 * (1 - alpha) * share * (1 - share))
    return ceil(coders * Z**2 * (spread - alpha))
