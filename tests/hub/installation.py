"""The installation that the tests run from, made usable by every user of this computer."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PARTS = ("curriculum", "graders", "beginner", "intermediate", "advanced", "deploy", "requirements", "pyproject.toml")
"""What of the project a server needs."""


def for_everybody(place: Path) -> tuple[Path, Path]:
    """A Python with everything installed, readable by other users, and a folder with the whole course.

    The Python is the one that runs the tests where others may read it; else an environment in `place` around the
    system's Python of the same version, with the same packages.
    """
    return _python(place), _project(place)


def for_learners(place: Path, python: Path, project: Path) -> Path:
    """The Python of an environment with the edition for learners, made by the whole course as README.md says; the
    packages are those of the other environment."""
    edition, root = place / "edition", place / "learners"
    course = {**os.environ, "PYTHONPATH": str(project)}
    _done([python, "-m", "curriculum", "cohort", "learner-edition", "--out", edition], course)
    _done([python, "-m", "venv", "--without-pip", root])
    (wheel,) = edition.glob("*.whl")
    own = root / "bin" / "python"
    _done([python, "-m", "pip", "--python", own, "install", "--quiet", "--no-deps", "--no-index", wheel])
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages, site = (_done([one, "-c", asked]).strip() for one in (python, own))
    Path(site, "packages.pth").write_text(packages + "\n")
    for name in ("share", "etc"):
        if (python.parents[1] / name).is_dir():
            (root / name).symlink_to(python.parents[1] / name)
    return own


def _done(command: list[str | Path], environment: dict[str, str] | None = None) -> str:
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, env=environment or alone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _python(place: Path) -> Path:
    here = Path(sys.prefix)
    base = Path(sys.executable).resolve()
    if _open(here) and _open(base):
        return Path(sys.executable)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    if not _open(base):
        base = Path("/usr/bin") / version
        if not base.exists():
            raise AssertionError(
                f"{sys.executable} can be used by its owner only, and there is no {base}; run these tests from an "
                f"environment that every user of this computer can read."
            )
    venv = place / "venv"
    (venv / "bin").mkdir(parents=True)
    for name in ("python", "python3", version):
        (venv / "bin" / name).symlink_to(base)
    (venv / "pyvenv.cfg").write_text(f"home = {base.parent}\ninclude-system-site-packages = false\n")
    for name in ("lib", "share", "etc"):
        if (here / name).is_dir():
            _shared(here / name, venv / name)
    for script in (here / "bin").iterdir():
        first, _, rest = script.read_bytes().partition(b"\n") if script.is_file() else (b"", b"", b"")
        if first.startswith(b"#!") and b"python" in first and not script.is_symlink():
            copy = venv / "bin" / script.name
            copy.write_bytes(f"#!{venv / 'bin' / 'python'}\n".encode() + rest)
            copy.chmod(0o755)
    return venv / "bin" / "python"


def _project(place: Path) -> Path:
    (place / "project").mkdir()
    for name in PARTS:
        source, target = PROJECT / name, place / "project" / name
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, copy_function=_link)
        else:
            shutil.copy(source, target)
    return place / "project"


def _shared(source: Path, target: Path) -> None:
    """The folder itself where others may read it, else the same files under another path."""
    if _open(source):
        target.symlink_to(source)
        return
    shutil.copytree(source, target, symlinks=True, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _open(path: Path) -> bool:
    """Whether every user can get to a path."""
    return all(each.stat().st_mode & stat.S_IXOTH for each in (path, *path.resolve().parents) if each != Path("/"))
