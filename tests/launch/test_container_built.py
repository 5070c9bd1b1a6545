"""The steps of the learner's image, run as they stand in a bare file system, and the course opened from it.

There is no Docker here. bubblewrap gives what a base image would: the system's programs, a Python, and nothing else.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from curriculum.course.places import CODE
from curriculum.launch.doctor import pinned
from curriculum.launch.server import HERE
from tests.cohort import find_bubblewrap
from tests.helpers.dockerfile import Stage, read
from tests.helpers.opened import opened
from tests.launch.test_rough_edges import CLOSED, WORK

pytestmark = [pytest.mark.slow, pytest.mark.hub, pytest.mark.long]

STAGES = read(CODE / "deploy" / "container" / "Dockerfile")
SECONDS = 60
PREFIX = Path(sys.prefix).resolve()
BARE = ("bin", "lib", "lib64", "sbin")


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file system that the stages `course` and `learner` leave behind."""
    if not shutil.which("bwrap"):
        pytest.fail(find_bubblewrap.MISSING)
    root = tmp_path_factory.mktemp("image")
    base(root)
    for name in ("course", "learner"):
        build(root, STAGES[name])
    yield root
    shutil.rmtree(root)


def base(root: Path) -> None:
    """What python:3.12-slim has and the steps use: a system, its accounts, and a Python that is called so."""
    for name in ("usr", "etc", "home", "tmp", "proc", "dev", "run", "var", "python", *Path(sys.base_prefix).parts[1:2]):
        (root / name).mkdir(exist_ok=True)
    for name in BARE:
        if Path("/", name).exists():
            (root / name).symlink_to(f"usr/{name}")
    (root / "etc" / "passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
    (root / "etc" / "group").write_text("root:x:0:\n")
    for name in ("python", "python3"):
        # No link: a Python takes the system's library where it is called by another place's name.
        script = root / "python" / name
        script.write_text(f'#!/bin/sh\nexec {sys.base_prefix}/bin/python3 "$@"\n')
        script.chmod(0o755)


def walls(root: Path, *more: str, write: bool = False) -> tuple[str, ...]:
    """bubblewrap with the image as its root, and the computer's own programs where a base image has its own."""
    # Which a base image has not: matplotlib asks it for fonts.
    none = ("--ro-bind", "/dev/null", "/usr/bin/fc-list") if Path("/usr/bin/fc-list").exists() else ()
    return (
        "bwrap", "--die-with-parent", "--bind" if write else "--ro-bind", str(root), "/", "--ro-bind", "/usr", "/usr",
        "--ro-bind", str(root / "python"), "/usr/local/bin", "--ro-bind", sys.base_prefix, sys.base_prefix,
        "--dev", "/dev", "--proc", "/proc", *none, *more,
    )  # fmt: skip


def build(root: Path, stage: Stage) -> None:
    """Do what a stage says; the stages share one file system, so that nothing is copied between them."""
    path = "/opt/curriculum/bin:/usr/local/bin:/usr/bin:/usr/sbin:/bin"
    for kind, rest in stage.steps:
        if kind == "COPY" and "--from" not in rest:
            *sources, target = rest.split()
            for source in sources:
                copy(CODE / source, root / target.lstrip("/"), into=target.endswith("/"))
        for command in rest.split("&&") if kind == "RUN" else ():
            if "--require-hashes" in command:
                fetched(root, CODE / command.split()[-1].removeprefix("/src/"))
                continue
            done = subprocess.run(
                [*walls(root, "--cap-add", "ALL", write=True), "/bin/sh", "-ec", command], text=True, timeout=SECONDS,
                env={"PATH": path, "HOME": "/tmp"}, stdin=subprocess.DEVNULL, capture_output=True,
            )  # fmt: skip
            assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def fetched(root: Path, pins: Path) -> None:
    """Put the pinned packages there as pip would have fetched them: the very command is the README's, which
    test_environment.py runs; here the files are those of the environment that runs the tests."""
    target = root / "opt" / "curriculum"
    (site,) = target.glob("lib/python3*/site-packages")
    for older in metadata.distributions(path=[str(site)]):  # what venv itself brings, in some versions of Python
        if older.name in pinned(pins):
            for top in {Path(file).parts[0] for file in older.files or ()} - {".."}:
                shutil.rmtree(site / top, ignore_errors=True)
    for name, version in pinned(pins).items():
        found = metadata.distribution(name)
        assert found.version == version
        for file in found.files or ():
            source = Path(str(file.locate())).resolve()
            if "__pycache__" in source.parts or not source.is_relative_to(PREFIX) or not source.exists():
                continue
            place = target / source.relative_to(PREFIX)
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.parent.name == "bin":
                first, _, more = source.read_bytes().partition(b"\n")
                place.write_bytes(
                    b"#!/opt/curriculum/bin/python\n" + more if b"python" in first else first + b"\n" + more
                )
                place.chmod(0o755)
            else:
                link(source, place)
                compiled = Path(cache_from_source(str(source)))  # pip compiles what it installs
                if source.suffix == ".py" and compiled.exists():
                    (place.parent / "__pycache__").mkdir(exist_ok=True)
                    link(compiled, place.parent / "__pycache__" / compiled.name)


def link(source: Path, place: Path) -> None:
    """The same file under another name, or where that cannot be, a copy."""
    try:
        place.hardlink_to(source)
    except OSError:
        shutil.copy(source, place)


def copy(source: Path, target: Path, into: bool) -> None:
    target = target / source.name if into else target
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "answers"))
    else:
        shutil.copy(source, target)


def test_the_image_opens_the_course_read_only_and_without_rights(image: Path, tmp_path: Path) -> None:
    learner = STAGES["learner"]
    (volume,) = learner.of("VOLUME")
    assert (image / volume.lstrip("/")).stat().st_uid == 1000, "the volume is the learner's"
    shutil.rmtree(image / "src")  # the last stage takes over /opt/curriculum, and not this
    kept = tmp_path / "volume"
    kept.mkdir(mode=0o700)
    # Seen from inside, the files are those of user 1000.
    inside = walls(image, "--bind", str(kept), volume, "--unshare-user", "--uid", "1000", "--gid", "1000",
                   "--unshare-pid", "--as-pid-1", "--unshare-ipc", "--chdir", "/home/learner")  # fmt: skip
    variables = {**learner.variables(), "PATH": "/opt/curriculum/bin:/usr/local/bin:/usr/bin:/bin"}
    command = learner.command("CMD")
    assert command[:2] == ["curriculum", "start"]
    asked = [word if word != learner.of("EXPOSE")[0] else "0" for word in command]
    with opened(tmp_path / "log", variables, inside=inside, command=asked) as course:
        assert course.address.startswith(f"http://{HERE}:"), "a container's own name is no address"
        printed = course.run(WORK)
        assert (printed.output.strip(), printed.errors) == (f"{volume}/beginner/welcome", "")
        healthy = [*inside, *learner.command("HEALTHCHECK")]
        assert subprocess.run(healthy, env=variables, timeout=60).returncode == 0
    assert course.said.splitlines()[3:] == [CLOSED]
    assert subprocess.run(healthy, env=variables, timeout=60, capture_output=True).returncode == 1
    assert (kept / "beginner" / "welcome" / "answers" / "case.yaml").is_file()
