"""Where a project lies, and why that may cost somebody's work: synchronised folders, network shares, places that empty.

Everything here is a guess from names and the system's list of mounts; nothing is opened or asked over a network.
"""

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import platformdirs

# Service → folder names, in lower case; a name may go on after a blank, a hyphen or a bracket ("OneDrive - Office").
_CLOUD_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "Dropbox": ("dropbox",),
    "OneDrive": ("onedrive", "skydrive"),
    "Google Drive": ("google drive", "googledrive", "google-drive", "my drive", "drivefs"),
    "iCloud": ("icloud drive", "iclouddrive", "mobile documents", "com~apple~clouddocs"),
    "Nextcloud": ("nextcloud",),
    "ownCloud": ("owncloud",),
    "Box": ("box sync",),
    "MEGA": ("mega", "megasync", "mega sync"),
    "pCloud": ("pcloud", "pclouddrive", "pcloud drive"),
    "Proton Drive": ("proton drive", "protondrive"),
    "Seafile": ("seafile", "seadrive"),
    "Syncthing": ("syncthing",),
    "Yandex.Disk": ("yandex.disk", "yandexdisk"),
    "a cloud service": ("cloudstorage",),  # on macOS, in Library
}
# Files that a service leaves in the folder it keeps in step.
_CLOUD_MARKS: Mapping[str, tuple[str, ...]] = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Google Drive": (".tmp.driveupload", ".tmp.drivedownload"),
    "Nextcloud": (".nextcloudsync.log",),
    "ownCloud": (".owncloudsync.log",),
    "Syncthing": (".stfolder",),
}
_NETWORK = re.compile(
    r"(nfs\d?|cifs|smb\w*|afpfs|afs|ncpfs|9p|webdav|davfs2?|ceph|lustre|beegfs|gpfs|vboxsf|prl_fs|drvfs"
    r"|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|glusterfs|s3fs|vmhgfs-fuse|google-drive-ocamlfuse|onedriver|ceph))"
)
_MAIL = re.compile(r"content\.outlook|inetcache|temporary internet files|mail downloads|com\.apple\.mail|mozilla_.*")


def warnings_for(path: Path | str) -> list[str]:
    """Sentences about a place where a project should not lie; the file need not be there yet."""
    path = _resolved(path)
    found = []
    service = _cloud_service(path)
    if service is not None:
        found.append(
            f"{path.name} lies in a folder that {service} keeps in step: a copy made while you work can be damaged. "
            "Keep the project in a folder of this computer alone, and share copies."
        )
    if _is_on_network(path):
        found.append(
            f"{path.name} lies on a network share: if the connection breaks or two people write, work can be lost. "
            "Keep the project in a folder of this computer."
        )
    return found


def is_transient(path: Path | str) -> bool:
    """Whether a file lies where files are not kept: a temporary folder, the downloads, or a mail program's folder."""
    path = _resolved(path)
    if any(_MAIL.fullmatch(part.lower()) for part in path.parent.parts):
        return True
    names = [tempfile.gettempdir(), platformdirs.user_downloads_dir(), str(Path.home() / "Downloads")]
    names += [os.environ[name] for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)]
    if os.name == "posix":
        names += ["/tmp", "/var/tmp"]
    return any(path.is_relative_to(_resolved(name)) for name in names)


def _resolved(path: Path | str) -> Path:
    """The place itself, not the links that lead to it; a path that cannot be followed stands for itself."""
    try:
        return Path(path).expanduser().resolve()
    except (OSError, RuntimeError):
        return Path(path).absolute()


def _cloud_service(path: Path) -> str | None:
    for folder in path.parents:
        for service, names in _CLOUD_FOLDERS.items():
            if any(_is_named(folder, name) for name in names):
                return service
        for service, marks in _CLOUD_MARKS.items():
            if any(_is_there(folder / mark) for mark in marks):
                return service
    roots = {os.environ[name] for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer") if name in os.environ}
    return "OneDrive" if any(root and path.is_relative_to(root) for root in roots) else None


def _is_named(folder: Path, name: str) -> bool:
    """Whether a folder has this name, or it and what a service puts after it, as in “OneDrive - Example”."""
    found = folder.name.lower()
    return found == name or (found.startswith(name) and found[len(name)] in " (-")


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _is_on_network(path: Path) -> bool:
    if os.name == "nt":
        return _is_on_network_of_windows(path)
    return _NETWORK.fullmatch(file_system(path, _mounts())) is not None


def _is_on_network_of_windows(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        return path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == remote
    return False


def _mounts() -> list[tuple[str, str]]:
    """(folder, kind of file system) of each mount, in the order in which they were made."""
    try:
        if sys.platform == "darwin":
            import subprocess  # brings much that no other system needs at the start

            told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=2, check=False).stdout
            return re.findall(r"^.* on (.*) \((\w+)[,)]", told, re.MULTILINE)
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    return [(_unescaped(parts[1]), parts[2]) for parts in map(str.split, lines) if len(parts) > 2]


def _unescaped(folder: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), folder)


def file_system(path: Path, mounts: list[tuple[str, str]]) -> str:
    """The kind of file system that holds a path: that of the deepest mount, the later of two; "" if unknown.

    What holds the whole system counts as this computer, however it is brought in.
    """
    best, kind = Path("/"), ""
    for folder, name in mounts:
        if path.is_relative_to(folder) and len(Path(folder).parts) >= len(best.parts):
            best, kind = Path(folder), name
    return kind if best != Path("/") else ""
