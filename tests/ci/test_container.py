"""The container image, as far as it can be judged without one: what its file promises."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from sourcebrief import __version__
from sourcebrief.documents.pdf.engine import load

PROJECT = Path(__file__).resolve().parents[2]
IMAGE = (PROJECT / "Dockerfile").read_text("utf-8")
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in re.sub(r"^#.*\n", "", IMAGE.replace("\\\n", " "), flags=re.MULTILINE).splitlines()
    if line.strip()
]
README = (PROJECT / "README.md").read_text("utf-8")


def given(instruction: str) -> list[str]:
    return [words for name, words in INSTRUCTIONS if name == instruction]


def test_what_is_copied_is_there_and_let_in() -> None:
    kept = [
        line[1:]
        for line in (PROJECT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    ]
    sources = [
        source
        for words in given("COPY")
        if not words.startswith("--from")
        for source in words.split()[:-1]
    ]
    assert sources
    for source in sources:
        assert (PROJECT / source).exists(), source
        assert any(fnmatch(source, pattern) for pattern in kept), source
    # The build reads what the wheel is made from, and says nothing else to the builder.
    assert set(kept) == {source.rstrip("/") for source in sources}


def test_every_stage_has_one_base_of_a_python_that_is_supported() -> None:
    bases = {words.split()[0] for words in given("FROM")}
    assert len(bases) == 1
    found = re.fullmatch(r"python:(3\.\d+)-slim-(\w+)", bases.pop())
    assert found is not None
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">={found[1]}"


def test_it_is_of_this_version_wherever_it_says_so() -> None:
    labels = dict(re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]*)"', given("LABEL")[0]))
    assert labels["version"] == __version__
    assert labels["licenses"] == "MIT"
    tags = re.findall(r"sourcebrief:(\d[\w.]*)", IMAGE + README)
    assert len(tags) >= 4
    assert set(tags) == {__version__}


def test_it_has_the_libraries_that_a_machine_is_asked_for() -> None:
    (installing,) = [words for words in given("RUN") if "apt-get install" in words]
    packages = set(shlex.split(installing))
    source = Path(load.__file__).read_text("utf-8")
    wanted = re.findall(r"apt-get install ([^\"]+)\"", source)[0].split()
    assert set(wanted) <= packages
    assert {"git", "openssh-client"} <= packages
    assert "--no-install-recommends" in packages
    assert "/var/lib/apt/lists/*" in packages


def test_what_is_installed_is_what_was_tested() -> None:
    for words in given("RUN"):
        if "pip install" in words:
            assert "--constraint" in words
    (extras,) = re.findall(r"whl\)\[([\w,-]+)\]", IMAGE)
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(extras.split(",")) <= project["optional-dependencies"].keys()
    # The image is looked over before there is one.
    assert any("sourcebrief doctor" in words for words in given("RUN"))


def test_it_runs_as_no_root_and_writes_only_where_it_may() -> None:
    (user,) = given("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    environment = given("ENV")[0]
    for variable in ("HOME=/tmp", "XDG_CACHE_HOME=/tmp/.cache", "PYTHONDONTWRITEBYTECODE=1"):
        assert variable in environment
    assert given("ENTRYPOINT") == ['["sourcebrief"]']
    assert [name for name, _ in INSTRUCTIONS].index("USER") > max(
        number for number, (name, _) in enumerate(INSTRUCTIONS) if name == "RUN"
    )
    assert "curl" not in IMAGE
    assert not given("ADD")


def test_the_readme_runs_it_without_a_network_on_a_root_that_is_read_only() -> None:
    (line,) = [line for line in README.splitlines() if "docker run" in line]
    for option in ("--rm", "--network none", "--read-only", "--tmpfs /tmp", "--user"):
        assert option in line


ALONE = """
set -eu
mount --make-rprivate /
for folder in "$DESK" "$TEMPORARY"; do mount --bind "$folder" "$folder"; done
mount -o remount,ro,bind /
cd "$DESK"
for command in 'new harbour' 'build --strict' 'verify briefings/harbour/harbour.pdf'; do
  "$PYTHON" -m sourcebrief $command
done
if touch "$PROJECT/written" 2>/dev/null; then rm "$PROJECT/written"; echo writable; fi
"""


@pytest.mark.slow
def test_a_brief_is_built_without_a_network_on_a_read_only_root(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    probe = [unshare or "false", "--mount", "--net", "mount", "--make-rprivate", "/"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("this user may not make a file system read-only for a process")
    desk, temporary = tmp_path / "desk", tmp_path / "tmp"
    desk.mkdir()
    temporary.mkdir()
    done = subprocess.run(
        [str(unshare), "--mount", "--net", "sh", "-c", ALONE],
        env={
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
            "PYTHONPATH": str(PROJECT / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHON": sys.executable,
            "PROJECT": str(PROJECT),
            "DESK": str(desk),
            "TEMPORARY": str(temporary),
            "HOME": str(temporary),
            "TMPDIR": str(temporary),
            "XDG_CACHE_HOME": str(temporary / ".cache"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "verified by making it again" in done.stdout
    if "writable" in done.stdout:
        pytest.skip("the checkout lies on a file system of its own")
