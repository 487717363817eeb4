"""Random continua: what gamma's expected disorder is measured on.

Each coder gets a number of units; one after the other each unit begins a gap behind the end of the one before, has a
length and a category. Number, gap and length are drawn from normal distributions with mean and deviation of what was
observed, the category by its frequency. This is the sampler that pygamma-agreement uses; Mathet et al. (2015, ch. 5)
shift whole readings instead, which in short texts keeps much of their order.
Source: Titeux & Riad (2021), Journal of Open Source Software 6(62), 2989.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_SHORTEST = 1e-6


class Sampler:
    """Draws continua like the one given: for each coder rows of (start, end, category), sorted by start."""

    def __init__(self, units: Sequence[Floats], seed: Sequence[int]) -> None:
        self._random = np.random.default_rng(seed)
        every = np.concatenate(units)
        gaps = [0.0]
        for each in units:
            gaps += list(each[1:, 0] - each[:-1, 1])
            if len(each) and each[0, 0] > 0:
                gaps.append(each[0, 0])
        numbers = [len(each) for each in units]
        length = every[:, 1] - every[:, 0]
        self._coders = len(units)
        self._number = float(np.mean(numbers)), float(np.std(numbers))
        # Sorted before they are added up, so that the order of the coders changes nothing, not even a last digit.
        self._gap = _mean_and_deviation(np.array(gaps))
        self._length = _mean_and_deviation(length)
        self._categories, count = np.unique(every[:, 2], return_counts=True)
        self._shares = count / count.sum()

    def draw(self) -> list[Floats]:
        """One continuum with at least one unit."""
        while True:
            drawn = [self._coder() for _ in range(self._coders)]
            if any(len(each) for each in drawn):
                return drawn

    def _coder(self) -> Floats:
        number = abs(int(self._random.normal(*self._number)))
        gaps = self._random.normal(*self._gap, number)
        lengths = np.maximum(np.abs(self._random.normal(*self._length, number)), _SHORTEST)
        ends = np.cumsum(gaps + lengths)
        categories = self._random.choice(self._categories, number, p=self._shares)
        return np.stack([ends - lengths, ends, categories], axis=1)


def _mean_and_deviation(values: Floats) -> tuple[float, float]:
    ordered = np.sort(values)
    return float(ordered.mean()), float(ordered.std())
