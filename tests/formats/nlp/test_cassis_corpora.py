"""dkpro-cassis finds the same annotations in the files of the corpora as our own reader."""

import json
import warnings
from pathlib import Path

import cassis
import pytest

DIVISIONS = {"DocumentAnnotation", "Token", "Sentence", "DocumentMetaData", "TagsetDescription"}


def test_the_same_places_in_every_file(exported):
    found = {Path(path): places for path, places in json.loads((exported / "read.json").read_text()).items()}
    if not found:
        pytest.skip("the corpora hold no UIMA CAS")
    compared = 0
    for path, places in found.items():
        for cas in loaded(path):
            view = next(each for each in cas.views if each.sofa.sofaString)
            assert places == places_in(cas, view), path
            compared += 1
    assert compared


def loaded(path):
    """The CAS, if cassis can load it: JSON brings its types along, XMI needs a type system that has them all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if path.suffix == ".json":
            with path.open("rb") as file:
                yield cassis.load_cas_from_json(file)
            return
        for types in type_systems(path):
            try:
                yield cassis.load_cas_from_xmi(path, typesystem=cassis.load_typesystem(types))
            except Exception:  # of another file: cassis says so by errors of many classes
                continue
            return


def type_systems(path):
    """Those in its folder, and in the folders beside it."""
    for folder in (path.parent, path.parents[1], path.parents[2]):
        found = sorted(folder.glob("**/*.xml"))
        yield from (each for each in found if "typesystem" in str(each.relative_to(folder)).lower())


def places_in(cas, view):
    types = {each.name: each for each in cas.typesystem.get_types()}

    def is_division(name):
        while name and name.rpartition(".")[2] not in DIVISIONS:
            above = types[name].supertype if name in types else None
            name = above.name if above else ""
        return bool(name)

    held = [each for each in view.get_all_annotations() if each.begin is not None and each.end is not None]
    text = view.sofa.sofaString

    def moved(offset):  # here a line end is one character
        return offset - text.count("\r\n", 0, offset)

    return sorted(
        [moved(each.begin), moved(each.end)]
        for each in held
        if each.begin != each.end and not is_division(each.type.name) and not is_relation(each)
    )


def is_relation(each):
    ends = (("Governor", "Dependent"), ("source", "target"), ("from", "to"))
    return any(getattr(each, one, None) and getattr(each, other, None) for one, other in ends)
