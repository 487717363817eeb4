"""Write recorded.json: values of implementations that are too large for every run (make test-agreement-full checks it).

python tests/agreement/record.py          writes the file anew
python tests/agreement/record.py --check  computes everything again and compares
"""

import json
import random
import sys
import time
from pathlib import Path

# irrCAC wants a coverage that numba cannot use; numba does without.
sys.modules["coverage"] = None  # type: ignore[assignment]

FILE = Path(__file__).with_name("recorded.json")
SAMPLES = 30


def tables():
    """Items with gaps, for two to four coders."""
    for number, (coders, categories, missing) in enumerate([(2, 3, 0.0), (3, 4, 0.0), (3, 4, 0.2), (4, 5, 0.3)]):
        chance = random.Random(number)
        items = []
        for _ in range(40):
            truth = chance.randrange(categories)
            given = [truth if chance.random() < 0.7 else chance.randrange(categories) for _ in range(coders)]
            items.append([None if chance.random() < missing else value for value in given])
        yield items


def continua():
    """Units of two and three coders: what the reference implementation can align in seconds."""
    for number, (spans, coders, long) in enumerate(
        [(10, 2, 60), (20, 2, 60), (50, 2, 60), (15, 2, 400), (6, 3, 60), (12, 3, 60)]
    ):
        chance = random.Random(number)
        starts = sorted(chance.randrange(3000) for _ in range(spans))
        truth = [(start, start + chance.randint(4, long), chance.choice("abc")) for start in starts]
        units = {}
        for coder in "ABCD"[:coders]:
            units[coder] = [
                (start + chance.randint(0, 8), end + chance.randint(8, 16), tag if chance.random() < 0.9 else "a")
                for start, end, tag in truth
                if chance.random() < 0.9
            ]
        yield units


def of_irrcac(items):
    from irrCAC.raw import CAC
    from pandas import DataFrame

    found = CAC(DataFrame(items))
    chosen = {"gwet_ac1": found.gwet, "krippendorff_alpha_nominal": found.krippendorff}
    if all(None not in item for item in items):
        chosen["fleiss_kappa"] = found.fleiss
    return {name: method()["est"]["coefficient_value"] for name, method in chosen.items()}


def of_pygamma(units):
    import numpy
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

    times = []
    for _ in range(3):  # the first one compiles
        continuum = Continuum()
        for coder, found in units.items():
            for start, end, tag in found:
                continuum.add(coder, Segment(start, end), tag)
        numpy.random.seed(1)
        start = time.perf_counter()
        result = continuum.compute_gamma(CombinedCategoricalDissimilarity(), n_samples=SAMPLES)
        times.append(time.perf_counter() - start)
    return {"gamma": result.gamma, "disorder": result.observed_disorder, "seconds": round(min(times), 3)}


def computed():
    return {
        "by": {"items": "irrCAC 0.4.4", "continua": f"pygamma-agreement 0.5.9, {SAMPLES} samples"},
        "items": [{"items": items, "values": of_irrcac(items)} for items in tables()],
        "continua": [{"units": units, "values": of_pygamma(units)} for units in continua()],
    }


def main() -> int:
    found = json.loads(json.dumps(computed()))
    if "--check" not in sys.argv:
        FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return 0
    recorded = json.loads(FILE.read_text("utf-8"))
    different = 0
    for kind in ("items", "continua"):
        for one, other in zip(recorded[kind], found[kind], strict=True):
            for name, value in one["values"].items():
                close = name == "seconds" or abs(value - other["values"][name]) < (0.1 if name == "gamma" else 1e-4)
                if not close:
                    print(kind, name, "recorded", value, "now", other["values"][name])
                    different += 1
    print(f"{different} recorded values come out otherwise")
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
