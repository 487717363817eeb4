"""Settings that several windows keep in one file."""

from pathlib import Path

from annotator.settings import Settings


def test_windows_do_not_take_each_others_recent_projects_and_places_away(tmp_path):
    one, two = Settings(tmp_path / "settings.json"), Settings(tmp_path / "settings.json")
    one.add_recent({"path": "/a"})
    two.add_recent({"path": "/b"})
    one.set_place("first", {"caret": 1})
    two.set_place("second", {"caret": 2})
    one.add_recent({"path": "/c"})
    assert [each["path"] for each in one.get("recent")] == ["/c", "/b", "/a"]
    assert one.place("second") == {"caret": 2}


def test_settings_that_cannot_be_read_for_a_moment_are_not_thrown_away(tmp_path, monkeypatch):
    """On Windows a file cannot be read while another window replaces it."""
    path = tmp_path / "settings.json"
    settings = Settings(path)
    settings.set("name", "Mara")
    read_text = Path.read_text

    def held(self, *args, **kwargs):
        if self == path:
            raise PermissionError("The process cannot access the file")
        return read_text(self, *args, **kwargs)

    with monkeypatch.context() as moment:
        moment.setattr(Path, "read_text", held)
        settings.set("exact", True)
    again = Settings(path)
    assert (again.get("name"), again.get("exact")) == ("Mara", True)
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


def test_damaged_settings_are_put_aside(tmp_path):
    (tmp_path / "settings.json").write_text("{")
    settings = Settings(tmp_path / "settings.json")
    assert settings.get("appearance") == "system"
    settings.set("name", "Mara")
    assert Settings(tmp_path / "settings.json").get("name") == "Mara"
    assert (tmp_path / "settings.damaged.json").read_text() == "{"
