"""Reference values: every case of the outside file whose measure is offered, within the case's own tolerance."""

import json
import math
import os
import re
from pathlib import Path

import pytest

from annotator.agreement import (
    Annotation,
    Continuum,
    Document,
    Reading,
    agreement,
    agreement_of_items,
    agreement_of_labels,
    by_name,
)

NOT_SKIPPED = {
    "bio_span_f1_strict",
    "cohen_kappa",
    "cu_alpha",
    "fleiss_kappa",
    "gamma",
    "gwet_ac1",
    "krippendorff_alpha_interval",
    "krippendorff_alpha_nominal",
    "krippendorff_alpha_nominal_tokenwise",
    "krippendorff_alpha_ordinal",
    "krippendorff_alpha_ratio",
    "ku_alpha_category",
    "percent_agreement",
    "scott_pi",
    "u_alpha",
    "u_alpha_binary",
}


@pytest.fixture(scope="module")
def corpora(shared):
    folder = Path(os.environ.get("ANNOTATOR_CORPORA", shared / "corpora"))
    if not (folder / "agreement_cases" / "cases.json").is_file():
        pytest.skip("the corpus agreement_cases is not in ANNOTATOR_CORPORA")
    return folder


@pytest.fixture(scope="module")
def cases(corpora):
    return json.loads((corpora / "agreement_cases" / "cases.json").read_text("utf-8"))["cases"]


# ---- each kind of case as plain data


def of_items(case, corpora):
    """A list of items, or a contingency table; with the categories that might have been given."""
    data = case["data"]
    if "items" in data:
        items = [item["values"] for item in data["items"] for _ in range(item.get("count", 1))]
    else:
        names = data["categories"]
        items = [
            (names[i], names[j])
            for i, row in enumerate(data["table"])
            for j, number in enumerate(row)
            for _ in range(number)
        ]
    categories = [*data.get("categories", ()), *data.get("extra_categories", ())]
    return agreement_of_items(items, [by_name(case["measure"])], categories=categories, draws=0)


def of_units(case, corpora):
    data = case["data"]
    units = {}
    for unit in data["units"]:
        units.setdefault(str(unit["coder"]), []).append(placed(unit))
    for number in range(data["raters"] - len(units)):
        units[f"marked nothing {number}"] = []
    line = data["continuum"]
    return agreement([Continuum(line["length"], units, line.get("begin", 0))], [by_name(case["measure"])], draws=0)


def placed(unit):
    return unit["start"], unit.get("end", unit["start"] + unit.get("length", 0)), unit["category"]


def continuum(case):
    """The units of a case for gamma, and its weights."""
    units = {}
    for unit in case["data"]["units"]:
        units.setdefault(str(unit["annotator"]), []).append(placed(unit))
    params = case["data"].get("params", {})
    weights = tuple(params.get(name, 1.0) for name in ("alpha", "beta", "deltaEmpty"))
    return Continuum(max(end for found in units.values() for _, end, _ in found), units), weights


def of_continuum(case, corpora):
    record, weights = continuum(case)
    return agreement([record], [by_name(case["measure"])], weights=weights, draws=0)


def of_labels(case, corpora):
    pairs = zip(case["data"]["y_true"], case["data"]["y_pred"], strict=True)
    return agreement_of_labels(list(pairs), [by_name(case["measure"])], draws=0)


def of_corpus(case, corpora):
    """A corpus in lines of {text, coders: {name: [{label, fragments}]}}; the case's note says what is read how."""
    note = case["note"]
    order = re.search(r"label order ([^;]+)", note)
    token = re.search(r"tokens = (\S+)", note)
    one_label = re.search(r"label (\S+) if ([^\s;]+?)\*", note)
    without = re.search(r"(\w+) left out", note)
    path = corpora / Path(*Path(case["data"]["path"]).parts[-2:])
    if not path.is_file():
        pytest.skip(f"the corpus {path.parent.name} is not in ANNOTATOR_CORPORA")
    documents = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        readings = {}
        for coder, found in row["coders"].items():
            if without and coder == without[1]:
                continue
            annotations = []
            for each in found:
                tag = each["label"]
                if one_label:
                    tag = one_label[1] if tag.startswith(one_label[2]) else ""
                spans = tuple(sorted((start, end) for start, end in each["fragments"]))
                if tag:
                    annotations.append(Annotation(tag, spans))
            readings[coder] = Reading(annotations)
        documents.append(Document(row["text"], readings, **({"token": token[1].rstrip(";")} if token else {})))
    tags = re.split(r",\s*", order[1].strip()) if order else [one_label[1]]
    return agreement(documents, [by_name(case["measure"])], tags=tags, draws=0)


KINDS = {
    "coding": of_items,
    "unitizing": of_units,
    "continuum": of_continuum,
    "span_f1": of_labels,
    "real_data": of_corpus,
}


def test_every_reference_value_of_a_measure_we_offer_comes_out(cases, corpora):
    wrong, ran, passed_over = [], set(), {}
    for case in cases:
        name = case["measure"]
        if by_name(name) is None or case["kind"] not in KINDS:
            passed_over[name] = passed_over.get(name, 0) + 1
            continue
        ran.add(name)
        results = KINDS[case["kind"]](case, corpora)
        (result,) = [each for each in results if each.tag == case.get("category")]
        expected = case["expected"]
        if isinstance(expected, dict):
            expected = expected.get(name)
        value = math.nan if result.value is None else result.value
        if expected in ("NaN", None) or math.isnan(expected):
            if result.value is not None or not result.why:
                wrong.append((case["id"], result))
        elif not abs(value - expected) <= case.get("tolerance", 1e-6) + 1e-12:
            wrong.append((case["id"], expected, result))
    print("not offered: " + ", ".join(f"{name} ({number})" for name, number in sorted(passed_over.items())))
    assert wrong == []
    there = {case["measure"] for case in cases}
    assert NOT_SKIPPED & there <= ran


def test_the_best_alignment_of_gamma_is_the_exact_one(cases):
    """The disorder of the best alignment does not depend on chance: it has to come out to the last digits."""
    from annotator.agreement.gamma import SCALE, tally_gamma
    from annotator.agreement.measure import Choice

    checked = 0
    for case in cases:
        known = case["expected"] if isinstance(case["expected"], dict) else {}
        if case["measure"] != "gamma" or "best_alignment_disorder" not in known:
            continue
        record, weights = continuum(case)
        units = record.units
        tags = tuple(sorted({tag for found in units.values() for _, _, tag in found}))
        choice = Choice(coders=tuple(units), tags=tags, weights=weights, samples=1)
        counts = tally_gamma(record, choice)[None]
        mean = sum(map(len, units.values())) / len(units)
        assert counts["observed"] / SCALE / mean == pytest.approx(known["best_alignment_disorder"], abs=1e-5)
        checked += 1
    if not checked:
        pytest.skip("no case says what the best alignment costs")
