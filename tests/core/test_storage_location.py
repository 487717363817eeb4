"""Places where a project may get lost are named; ordinary places are not."""

from pathlib import Path

import pytest

from annotator.storage import location

MOUNTS = [
    ("/", "ext4"),
    ("/srv", "nfs4"),
    ("/srv/local", "ext4"),
    ("/media/my share", "cifs"),
    ("/media/stick", "vfat"),
    ("/far", "fuse.sshfs"),
]


@pytest.fixture(autouse=True)
def _mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "_mounts", lambda: MOUNTS)


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/work", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - Institut/projects", "OneDrive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-ada@example.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/Other", "a cloud service"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud/a/b", "ownCloud"),
    ],
)
def test_folders_that_are_kept_in_step_are_named(folder: str, service: str) -> None:
    (sentence,) = location.warnings_for(Path("/data/ada") / folder / "news.annotator")
    assert f"news.annotator lies in a folder that {service} keeps in step" in sentence


@pytest.mark.parametrize("folder", ["Dropboxes", "megaphone", "Documents", "one drive shaft", "Nextcloudy"])
def test_other_folders_are_not(folder: str) -> None:
    assert location.warnings_for(Path("/data/ada") / folder / "news.annotator") == []


def test_a_mark_in_a_folder_above_is_enough(tmp_path: Path) -> None:
    (tmp_path / "shared" / "deep").mkdir(parents=True)
    assert location.warnings_for(tmp_path / "shared" / "deep" / "a.annotator") == []
    (tmp_path / "shared" / ".stfolder").mkdir()
    assert "Syncthing" in location.warnings_for(str(tmp_path / "shared" / "deep" / "a.annotator"))[0]


def test_a_link_does_not_hide_the_place(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "Dropbox")
    assert location.warnings_for(tmp_path / "here" / "a.annotator")


@pytest.mark.parametrize(
    ("folder", "far"),
    [("/srv/x", True), ("/srv/local/x", False), ("/media/my share", True), ("/media/stick", False), ("/far/x", True)],
)
def test_network_shares_are_known_by_the_deepest_mount(folder: str, far: bool) -> None:
    found = location.warnings_for(Path(folder) / "a.annotator")
    assert any("network share" in sentence for sentence in found) == far


def test_the_mounts_of_this_computer_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert location._unescaped("/media/my\\040share") == "/media/my share"
    if Path("/proc/mounts").exists():
        assert all(folder.startswith("/") for folder, _ in location._mounts())
        assert "/proc" in [folder for folder, _ in location._mounts()]


def test_temporary_download_and_mail_folders_are_transient(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/data/scratch")
    for folder in ("/data/scratch/x", "/data/AppData/INetCache/Content.Outlook/ABC", str(own_home / "Downloads" / "x")):
        assert location.is_transient(Path(folder) / "a.annotator"), folder
    for folder in ("/data/ada/Documents", "/data/scratching"):
        assert not location.is_transient(Path(folder) / "a.annotator"), folder


def test_a_download_folder_of_another_name_is_asked_of_the_system(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/data/scratch")
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", "/data/ada/Téléchargements")
    assert location.is_transient("/data/ada/Téléchargements/a.annotator")
