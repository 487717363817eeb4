"""Settings that several windows keep in one file."""

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
