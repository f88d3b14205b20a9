"""What is measured on: workspaces in a folder of their own, the same on every run."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from benchmarks.processes import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ECUADOR = "ecuador-security-cooperation"
_WRITTEN = shutil.ignore_patterns("*.pdf", "*.docx", "*.html", "*.evidence.json", "*.eml")


def ecuador(folder: Path) -> Path:
    """Copy the Ecuador briefing with its seeds, none of its outputs, as a workspace."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "briefings" / ECUADOR, folder / "briefings" / ECUADOR, ignore=_WRITTEN)
    return folder


def many(folder: Path, count: int) -> Path:
    """Make `count` briefings of the Ecuador kind, titles apart equal but for the first.

    The first alone quotes a seed of its own and names a citation style of its own, so that one can
    change what only one briefing uses.
    """
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    for number in range(1, count + 1):
        here = folder / "briefings" / name(number)
        shutil.copytree(ROOT / "briefings" / ECUADOR, here, ignore=_WRITTEN)
        brief = here / "brief.yaml"
        text = brief.read_text(encoding="utf-8")
        brief.write_text(retitled(text, f"({number})"), encoding="utf-8")
    _give_its_own(folder)
    return folder


def retitled(brief: str, addition: str) -> str:
    """Add words to the title in the text of a brief.yaml."""
    return re.sub(r"""(?m)^(title: (["']?).*?)(\2)$""", rf"\1 {addition}\3", brief, count=1)


def name(number: int) -> str:
    """The name of one of many briefings, counted from 1."""
    return f"briefing-{number:03}"


OWN_SEED = "own.txt"
OWN_STYLE = "own.csl"


def _give_its_own(folder: Path) -> None:
    """Give the first briefing a seed and a style that no other one uses."""
    catalogue = folder / "seeds" / "seeds.yaml"
    text = catalogue.read_text(encoding="utf-8")
    entries = re.split(r"(?m)^(?=  - id: )", text)
    entry = next(each for each in entries[1:] if re.search(r"(?m)^ +file: ", each))
    key = re.match(r"  - id: (\S+)", entry)[1]  # type: ignore[index]
    file = re.search(r"(?m)^ +file: (\S+)", entry)[1]  # type: ignore[index]
    shutil.copy(folder / "seeds" / file, folder / "seeds" / OWN_SEED)
    own = entry.replace(f"id: {key}", f"id: {key}-own", 1).replace(file, OWN_SEED)
    catalogue.write_text(text.rstrip("\n") + "\n" + own.rstrip("\n") + "\n", encoding="utf-8")
    here = folder / "briefings" / name(1)
    for path in here.glob("*.yaml"):
        words = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(rf"(?<![\w-]){re.escape(key)}(?![\w-])", f"{key}-own", words), encoding="utf-8"
        )
    shutil.copy(ROOT / "templates" / "citation-style.csl", here / OWN_STYLE)
    with (here / "brief.yaml").open("a", encoding="utf-8") as brief:
        brief.write(f"csl: {OWN_STYLE}\n")


def corpus(folder: Path, **size: int | bool) -> Path:
    """Write an invented workspace (see `corpus.write_workspace`)."""
    from benchmarks.corpus import write_workspace

    write_workspace(folder, **size)  # type: ignore[arg-type]
    return folder
