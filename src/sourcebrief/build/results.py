"""What the stages of a build hand on: options, checked briefings, made documents, a report.

Only the standard library is imported here, because staleness is decided before any engine loads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sourcebrief.documents.template_folders import TemplateFolders
from sourcebrief.errors import Place, Problem, has_error
from sourcebrief.evidence.passages import SeedText
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from sourcebrief.brief.make_manifest import Composition, Manuscript
    from sourcebrief.build.known_checks import KnownChecks
    from sourcebrief.documents.publish import Edition
    from sourcebrief.evidence.proof import Located, Proof
    from sourcebrief.workspace.briefing import Record
    from sourcebrief.workspace.catalogue import Library
    from sourcebrief.workspace.model import BriefFile
    from sourcebrief.workspace.validation import Positioned

FORMATS = ("pdf", "docx", "html")


SINCE: Final = "--since"
"""The option that puts the changes since an earlier edition at the head of a brief."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build: what a user can say that changes an output.

    `epoch` is SOURCE_DATE_EPOCH in seconds where it is set; `output_dir` is None for beside the
    YAML; `since` holds, by briefing, the manifest of the earlier edition whose changes the brief
    shows. `jobs` is how many processes may make documents, `cluster` the address of a Dask
    scheduler whose workers make them instead.
    """

    root: Path
    formats: tuple[str, ...] | None = None
    layouts: tuple[str, ...] | None = None
    force: bool = False
    output_dir: Path | None = None
    keep_html: bool = False
    epoch: int | None = None
    strict: bool = False
    since: Mapping[str, bytes] = field(default_factory=dict)
    jobs: int = 1
    cluster: str | None = None

    def decisive(self, name: str) -> dict[str, str]:
        """The options that decide the bytes and the places of a briefing's outputs, by name.

        `strict`, `jobs` and `cluster` are left out, because the documents are the same.
        """
        return {
            "--format": ",".join(self.formats or ("own",)),
            "--layout": ",".join(self.layouts or ("own",)),
            "--output-dir": str(self.folder(name)),
            "--keep-html": str(self.keep_html),
            "SOURCE_DATE_EPOCH": str(self.epoch),
            SINCE: hashlib.sha256(self.since.get(name, b"")).hexdigest(),
        }

    def folder(self, name: str) -> Path:
        """The folder that the outputs of a briefing go into."""
        return self.output_dir / name if self.output_dir else self.root / "briefings" / name

    def forbids(self, problems: Iterable[Problem]) -> bool:
        """Whether problems keep a briefing from being built: errors, and warnings if strict."""
        return any(problem.severity == "error" or self.strict for problem in problems)


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What one briefing was last built from and what came of it.

    `inputs` and `outputs` give the SHA-256 of each file by its path (from the workspace, or
    absolute for packaged files); `folders` the names in each folder whose listing matters.
    `catalogue` is the SHA-256 of `seeds.yaml`, and `entries` a digest of what it said under each id
    that the briefing uses: only they count where the rest of it changes. `versions` and `engines`
    name all that decided the bytes, `libraries` the files of the system among them, each with its
    size and time. `warnings` are repeated while nothing changes.
    `sealed` gives the SHA-256 of each file that was signed since, by its path.

    It is a plain dataclass, because pydantic alone takes as long to import as an unchanged build.
    """

    options: Mapping[str, str]
    versions: Mapping[str, str]
    engines: Mapping[str, str]
    libraries: Mapping[str, list[int]]
    inputs: Mapping[str, str]
    catalogue: str
    entries: Mapping[str, str]
    folders: Mapping[str, list[str]]
    outputs: Mapping[str, str]
    warnings: tuple[Problem, ...]
    edition: str
    pages: Mapping[str, int]
    sealed: Mapping[str, str] = field(default_factory=dict)

    def known(self, path: str) -> tuple[str, ...]:
        """The SHA-256 that an output may have: as it was built, and as it was sealed."""
        return self.outputs[path], *([self.sealed[path]] if path in self.sealed else [])

    def __post_init__(self) -> None:
        known = (self.libraries, self.inputs, self.entries, self.folders, self.outputs)
        for mapping in (*known, self.pages):
            if not isinstance(mapping, dict):
                raise TypeError("a build record holds something else than a mapping")


@dataclass(frozen=True, slots=True)
class StaleBriefing:
    """A briefing that may have to be built, why, and the record of its last build.

    `catalogue_only`: it is stale only if the catalogue says something else under an id that the
    briefing uses, which is known once the catalogue has been read.
    """

    name: str
    reason: str
    record: BuildRecord | None
    catalogue_only: bool = False

    @property
    def known_inputs(self) -> frozenset[str]:
        """The paths of what its last build read."""
        return frozenset(self.record.inputs if self.record else ())


@dataclass(frozen=True, slots=True)
class Corpus:
    """The catalogue and its seeds, read once for every briefing of a run.

    `proofs` and `claims` remember what was found in a record, which briefings may share, `located`
    where quotations stand, for every record with these seeds. `known` is what earlier checks found.
    """

    inputs: Inputs
    library: Library
    seeds: dict[str, SeedText]
    problems: tuple[Problem, ...]
    known: KnownChecks
    proofs: dict[Record, tuple[Proof, list[Problem]]] = field(default_factory=dict)
    claims: dict[tuple[Record, str], list[Problem]] = field(default_factory=dict)
    located: Located = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedBriefing:
    """A briefing after all checks; `composition` is None where an error keeps it from printing.

    `templates` are the folders that its documents are made from, and remember what was read.
    """

    name: str
    composition: Composition | None
    problems: tuple[Problem, ...]
    record: Record
    templates: TemplateFolders
    selected: frozenset[str] = frozenset()
    brief: Positioned[BriefFile] | None = None


@dataclass(frozen=True, slots=True)
class CheckedWorkspace:
    """The briefings of a run after all checks, and the problems of the catalogue and its seeds.

    `corpus` is None where the catalogue could not be read; only the form of briefings is checked
    then.
    """

    corpus: Corpus | None
    problems: tuple[Problem, ...]
    briefings: tuple[CheckedBriefing, ...] = ()

    def all_problems(self) -> Iterator[Problem]:
        """Every problem of the run."""
        yield from self.problems
        for briefing in self.briefings:
            yield from briefing.problems


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """All that a process needs to make a briefing's documents.

    `place` is where a fault of an engine is reported, `place_of_style` one of the citation style;
    `templates` are all templates by their name.
    """

    manuscript: Manuscript
    templates: Mapping[str, bytes]
    formats: tuple[str, ...]
    layouts: tuple[str, ...]
    epoch: int | None
    keep_html: bool
    place: Place
    place_of_style: Place


@dataclass(frozen=True, slots=True)
class MadeDocuments:
    """What came of a task: an edition, and problems, which are only warnings where there is one.

    `templates` are the names of those that it read; `engines` the versions of what made it and
    `libraries` the files of the system among them.
    """

    edition: Edition | None = None
    problems: tuple[Problem, ...] = ()
    templates: frozenset[str] = frozenset()
    engines: Mapping[str, str] = field(default_factory=dict)
    libraries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came of one briefing: `built`, `unchanged` or `failed`.

    `record` says what stands built, `reason` why it was not left unchanged, and `seconds` how long
    that took; `inputs` are the paths of what was read for it.
    """

    name: str
    state: str
    problems: tuple[Problem, ...] = ()
    record: BuildRecord | None = None
    seconds: float = 0.0
    reason: str = ""
    inputs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What came of a whole run; `problems` are those of the catalogue and its seeds."""

    results: tuple[BuildResult, ...] = ()
    problems: tuple[Problem, ...] = ()

    def all_problems(self) -> Iterator[Problem]:
        """Every problem of the run."""
        yield from self.problems
        for result in self.results:
            yield from result.problems

    @property
    def failed(self) -> bool:
        """Whether any briefing was not built, or an input is wrong."""
        return any(result.state == "failed" for result in self.results) or has_error(
            self.all_problems()
        )
