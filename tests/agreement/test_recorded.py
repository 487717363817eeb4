"""The values that larger implementations gave (record.py), and what they took."""

import json
from pathlib import Path

import pytest

from annotator.agreement import Continuum, agreement, agreement_of_items, by_name
from annotator.agreement.gamma import SCALE, tally_gamma
from annotator.agreement.measure import Choice

RECORDED = json.loads(Path(__file__).with_name("recorded.json").read_text("utf-8"))
TABLES = [
    pytest.param(table["items"], name, value, id=f"{number}-{name}")
    for number, table in enumerate(RECORDED["items"])
    for name, value in table["values"].items()
]


@pytest.mark.parametrize(("items", "name", "expected"), TABLES)
def test_items_have_the_value_of_irrcac(items, name, expected):
    (result,) = agreement_of_items(items, [by_name(name)], draws=0)
    assert result.value == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    "case", RECORDED["continua"], ids=lambda case: f"{len(case['units'])}x{len(case['units']['A'])}"
)
def test_continua_have_the_alignment_and_the_gamma_of_pygamma(case):
    units = {coder: [tuple(unit) for unit in found] for coder, found in case["units"].items()}
    tags = tuple(sorted({tag for found in units.values() for _, _, tag in found}))
    counts = tally_gamma(Continuum(4000, units), Choice(tuple(units), tags, samples=1))[None]
    mean = sum(map(len, units.values())) / len(units)
    assert counts["observed"] / SCALE / mean == pytest.approx(case["values"]["disorder"], abs=1e-5)
    (result,) = agreement([Continuum(4000, units)], [by_name("gamma")], tags=tags, draws=0)[:1]
    assert result.notes == ()
    assert result.value == pytest.approx(case["values"]["gamma"], abs=0.05)
