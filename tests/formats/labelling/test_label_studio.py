"""Label Studio's own library takes the labelling interface that we write, and every region and link of the tasks."""

import json

import pytest
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface


@pytest.fixture
def config(exported):
    return (exported / "label-studio.config.xml").read_text(encoding="utf-8")


@pytest.fixture
def tasks(exported):
    return json.loads((exported / "label-studio.json").read_text(encoding="utf-8"))


def test_the_interface_fits_every_region_and_link(config, tasks):
    shown = LabelInterface(config)
    shown.validate()
    checked = 0
    for annotation in (each for task in tasks for each in task["annotations"]):
        regions = [each for each in annotation["result"] if each["type"] != "relation"]
        links = [each for each in annotation["result"] if each["type"] == "relation"]
        assert [shown.validate_region(each, return_errors=True) for each in regions] == [[]] * len(regions)
        assert [shown.validate_relation(each, regions, return_errors=True) for each in links] == [[]] * len(links)
        assert shown.validate_annotation(annotation)
        checked += len(regions) + len(links)
    assert checked


def test_a_region_with_a_label_that_the_interface_lacks_is_refused(config, tasks):
    region = tasks[0]["annotations"][0]["result"][0]
    wrong = {**region, "value": {**region["value"], "labels": ["nobody"]}}
    assert LabelInterface(config).validate_region(wrong, return_errors=True)


@pytest.fixture
def converted(config, exported, tmp_path):
    """The results of each person's annotation of each text, in order, as the converter takes them."""
    converter = Converter(config, str(tmp_path), download_resources=False)
    return list(converter.iter_from_json_file(str(exported / "label-studio.json")))


def test_its_converter_finds_what_each_person_tagged(converted, facts):
    by_text = {each["text"]: each for each in facts.values()}
    found = []
    for each in converted:
        text = each["input"]["text"]
        for label in each["output"].get("label", ()):
            assert label["text"] == text[label["start"] : label["end"]]
            found.append((text, label["start"], label["end"], label["labels"]))
    wanted = [
        (text, one["spans"][0][0], one["spans"][-1][1], [one["tag"]])
        for text, each in by_text.items()
        for one in each["annotations"]
    ]
    assert sorted(found) == sorted(wanted)
    assert len(converted) == sum(len(each["readings"]) for each in facts.values())


def test_its_converter_finds_values_at_their_regions(converted, facts):
    speech = next(each for each in converted if each["input"]["text"] == facts["speech"]["text"])
    by_place = {one["spans"][0][0]: one["attributes"] for one in facts["speech"]["annotations"] if one["attributes"]}
    numbers = {each["start"]: each["number"] for each in speech["output"]["value"]}
    assert numbers == {start: held["value"] for start, held in by_place.items() if "value" in held}
    names = {each["start"]: each["text"] for each in speech["output"]["name"]}
    assert names == {start: [held["name"]] for start, held in by_place.items() if "name" in held}


def test_it_writes_conll_of_the_tasks(config, exported, tmp_path, facts):
    Converter(config, str(tmp_path), download_resources=False).convert_to_conll2003(
        str(exported / "label-studio.json"), str(tmp_path), is_dir=False
    )
    labels = [line.rsplit(" ", 1) for line in (tmp_path / "result.conll").read_text(encoding="utf-8").splitlines()]
    begun = [word.split(" ")[0] for word, label in (each for each in labels if len(each) == 2) if label == "B-actor"]
    assert {"Moscow", "Kyiv", "nobody"} <= set(begun)
