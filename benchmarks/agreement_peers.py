"""The same questions put to other implementations: run by the Python of .venv-agreement or .venv-agreement-full.

python agreement_peers.py krippendorff|nltk|pygamma < JSON   prints milliseconds (and what came out)
"""

import bisect
import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any


def _by_token(documents: list[dict[str, Any]], tag: str) -> tuple[list[bool], list[bool]]:
    """For each coder whether each token lies in a span of the tag."""
    rows: tuple[list[bool], list[bool]] = ([], [])
    for document in documents:
        tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]", document["text"])]
        starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
        for row, coder in zip(rows, ("A", "B"), strict=True):
            inside = [False] * len(tokens)
            for start, end, of_tag in document[coder]:
                if of_tag == tag:
                    for place in range(bisect.bisect_left(starts, start), bisect.bisect_right(ends, end)):
                        inside[place] = True
            row += inside
    return rows


def krippendorff(asked: dict[str, Any]) -> list[float]:
    """Alpha of tokens, tag by tag."""
    import krippendorff as library
    import numpy as np

    return [
        library.alpha(np.array(_by_token(asked["documents"], tag), dtype=float), level_of_measurement="nominal")
        for tag in asked["tags"]
    ]


def nltk(asked: dict[str, Any]) -> list[float]:
    """The same by nltk."""
    from nltk.metrics.agreement import AnnotationTask

    found = []
    for tag in asked["tags"]:
        rows = _by_token(asked["documents"], tag)
        data = [(coder, place, value) for coder, row in enumerate(rows) for place, value in enumerate(row)]
        found.append(AnnotationTask(data).alpha())
    return found


def pygamma(asked: dict[str, Any]) -> list[float]:
    """Gamma of a continuum."""
    sys.modules["coverage"] = None  # type: ignore[assignment]  # numba trips over the one that lies beside it
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

    continuum = Continuum()
    for coder, units in asked["units"].items():
        for start, end, tag in units:
            continuum.add(coder, Segment(start, end), tag)
    return [continuum.compute_gamma(CombinedCategoricalDissimilarity(), n_samples=asked["samples"]).gamma]


PEERS: dict[str, Callable[[dict[str, Any]], list[float]]] = {
    each.__name__: each for each in (krippendorff, nltk, pygamma)
}


def main() -> None:
    """Answer what stands on the standard input: the first answer, which loads and compiles, does not count."""
    asked = json.load(sys.stdin)
    peer = PEERS[sys.argv[1]]
    times, values = [], []
    for _ in range(asked["runs"] + 1):
        start = time.perf_counter()
        values = peer(asked)
        times.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"times": times[1:], "values": values}))


if __name__ == "__main__":
    main()
