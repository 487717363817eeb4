"""Resources are found in a checkout; a person's files go where their system keeps such files."""

from pathlib import Path

import pytest

from annotator import paths
from annotator.errors import AnnotatorError


def test_a_folder_of_resources_is_found() -> None:
    assert paths.resource("codebooks").is_dir()


def test_an_incomplete_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "annotator")
    with pytest.raises(AnnotatorError, match=r"codebooks/default\.yaml is missing"):
        paths.resource("codebooks/default.yaml")


def test_resources_inside_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("resources", "annotator/resources"):
        (tmp_path / folder / "icons").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "annotator")
    assert paths.resource("icons") == tmp_path / "annotator" / "resources" / "icons"


def test_personal_folders_exist_and_lie_in_the_home(own_home: Path) -> None:
    for folder in (paths.user_data_folder(), paths.user_config_folder()):
        assert folder.is_dir()
        assert folder.is_relative_to(own_home)
