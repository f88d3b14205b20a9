"""The wheel: what it holds, and that it does its job in a folder that has nothing."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from sourcebrief import __version__

pytest.importorskip("hatchling", reason="the package hatchling is not installed")

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, made from this checkout without the network."""
    folder = tmp_path_factory.mktemp("dist")
    code = (
        "import sys; from hatchling.build import build_sdist, build_wheel; "
        "build_wheel(sys.argv[1]); build_sdist(sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", code, folder], cwd=PROJECT, check=True)
    return folder


def wheel_in(folder: Path) -> Path:
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names(built: Path) -> list[str]:
    with zipfile.ZipFile(wheel_in(built)) as wheel:
        return wheel.namelist()


def test_it_holds_the_package_its_templates_and_its_metadata(names: list[str]) -> None:
    about = f"sourcebrief-{__version__}.dist-info/"
    assert {name.split("/")[0] + "/" for name in names} == {"sourcebrief/", about}
    assert "sourcebrief/cli/main.py" in names
    assert f"{about}licenses/LICENSE" in names


def test_it_holds_every_template(names: list[str]) -> None:
    folder = PROJECT / "templates"
    expected = {
        f"sourcebrief/templates/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert {name for name in names if name.startswith("sourcebrief/templates/")} == expected


def test_it_holds_no_test_no_seed_and_no_briefing(built: Path, names: list[str]) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = names + [name.partition("/")[2] for name in sdist.getnames()]
    seeds = {path.name for path in (PROJECT / "seeds").iterdir()} - {"seeds.yaml"}
    for name in names:
        assert not {"tests", "benchmarks", "seeds", "briefings"} & set(name.split("/")[:2]), name
        assert name.rpartition("/")[2] not in seeds


@pytest.mark.slow
def test_it_does_its_job_in_an_empty_folder(built: Path, tmp_path: Path) -> None:
    """Its dependencies are lent; `.ci/run` installs them from nothing."""
    environment, desk = tmp_path / "environment", tmp_path / "desk"
    desk.mkdir()
    venv.create(environment)
    python = environment / "bin/python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    install = ["--python", python, "install", "--no-index", "--no-deps", wheel_in(built)]
    subprocess.run([*pip, *install], check=True)
    paths = {"base": environment, "platbase": environment}
    packages = Path(sysconfig.get_path("purelib", vars={k: str(v) for k, v in paths.items()}))
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "lent.pth").write_text("\n".join(lent), encoding="utf-8")

    def ran(*command: str | Path) -> str:
        done = subprocess.run(
            command,
            cwd=desk,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = ran(python, "-c", "import sourcebrief; print(sourcebrief.__file__)")
    assert Path(where.strip()).is_relative_to(packages)
    program = environment / "bin/sourcebrief"
    assert ran(program, "--version") == f"sourcebrief {__version__}\n"
    ran(program, "new", "harbour")
    ran(program, "build", "--strict")
    pdf = desk / "briefings/harbour/harbour.pdf"
    assert "verified" in ran(program, "verify", pdf)
