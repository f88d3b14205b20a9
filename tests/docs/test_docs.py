"""The documentation against the code: whatever a user can write is described, and described right.

Pages mark what is to be held against the code with a comment before a table or an example:

    <!-- keys: Event -->            a table of the keys of a model, with what is required
    <!-- model: Event -->           an example that the model accepts
    <!-- options: build -->         a table of the options of a command
    <!-- fields: module.Class -->   a table of the fields of a dataclass
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
import pytest
from pydantic import BaseModel

from checking import check
from sourcebrief.cli import messages
from sourcebrief.cli.main import COMMANDS
from sourcebrief.cli.main import command as command_named
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.dates.in_text import states
from sourcebrief.dates.wording import word
from sourcebrief.workspace import model
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
CODE = re.compile(r"`([^`]+)`")
FENCE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def table(text: str, mark: str) -> list[list[str]]:
    """The rows of the table after a marking comment, without its head, as cells."""
    found = re.search(rf"<!-- {re.escape(mark)} -->\n((?:\|.*\n)+)", text)
    assert found, f"no table marked {mark!r}"
    rows = [re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in found[1].splitlines()]
    return [[cell.strip().replace(r"\|", "|") for cell in row] for row in rows[2:]]


def marked(text: str, kind: str) -> list[str]:
    return re.findall(rf"<!-- {kind}: (\S+?)(?:,.*)? -->", text)


def examples(text: str) -> list[tuple[dict[str, str], str]]:
    """Every fenced block that a comment says something of, with what it says."""
    block = re.compile(
        r"<!-- ((?:model|file): .*?) -->\n```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE
    )
    found = block.findall(text)
    return [(dict(part.split(": ") for part in says.split(", ")), body) for says, body in found]


# --- the three files ------------------------------------------------------------------------------


def models() -> dict[str, type[BaseModel]]:
    return {
        name: value
        for name, value in vars(model).items()
        if isinstance(value, type)
        and issubclass(value, BaseModel)
        and value.__module__ == model.__name__
        and not name.startswith("_")
    }


def test_every_model_has_its_table_of_keys() -> None:
    assert set(marked(page("authoring.md"), "keys")) == set(models())


@pytest.mark.parametrize("name", models())
def test_keys_are_documented_as_they_are(name: str) -> None:
    rows = table(page("authoring.md"), f"keys: {name}")
    documented = {CODE.findall(row[0])[0]: row for row in rows}
    fields = {field.alias or key: field for key, field in models()[name].model_fields.items()}
    assert set(documented) == set(fields)
    for key, field in fields.items():
        # Others may be required by what they stand with: "of a seed", "unless `stated`".
        assert (documented[key][1] == "yes") == field.is_required(), key


def literals(annotation: Any) -> set[str]:
    inner = get_args(annotation)
    if not inner:
        return set()
    if all(isinstance(item, (str, int)) for item in inner):
        return {str(item) for item in inner}
    return {value for item in inner for value in literals(item)}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (name, key)
        for name, kind in models().items()
        for key, field in kind.model_fields.items()
        if literals(field.annotation) and key != "type"  # CSL has some fifty types
    ],
)
def test_allowed_values_are_documented(name: str, key: str) -> None:
    rows = table(page("authoring.md"), f"keys: {name}")
    (row,) = [row for row in rows if CODE.findall(row[0])[0] == key]
    assert literals(models()[name].model_fields[key].annotation) <= set(CODE.findall(row[2]))


MODEL_EXAMPLES = [
    (says["model"], body) for says, body in examples(page("authoring.md")) if "model" in says
]


@pytest.mark.parametrize(("name", "body"), MODEL_EXAMPLES)
def test_examples_are_accepted(name: str, body: str) -> None:
    assert models()[name].model_validate(load(body.encode(), "authoring.md").value)


def test_every_model_that_authors_write_by_hand_has_an_example() -> None:
    shown = {name for name, _ in MODEL_EXAMPLES}
    assert shown >= {"Catalogue", "CatalogueEntry", "EventList", "Event", "BriefFile", "Judgement"}


def test_the_smallest_briefing_has_no_problem(tmp_path: Path) -> None:
    for says, body in examples(page("authoring.md")):
        if "file" in says:
            path = tmp_path / says["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
    assert check(["ports"], tmp_path) == []


EVENTS, BRIEF, SEEDS = (
    "briefings/ports/events.yaml",
    "briefings/ports/brief.yaml",
    "seeds/seeds.yaml",
)
EVIDENCE = re.compile(r"    evidence:\n(?:      - .*\n)+")
PERSON = """\
people:
  ruiz: {name: Ana Ruiz, roles: [{role: Director, actor: ports}, {role: Adviser, actor: ministry}]}
actors:
"""
OTHER = """\
  - id: other
    date: 2024-03-03
    title: Another
    actors: [ports]
    summary: The same.
    evidence: [{seed: readout-2024, quote: On 3 March 2024 the Minister}]
"""
REFERENCE = "  - {id: press-2024, type: webpage, title: In the press, issued: 2024}\n"
JUDGEMENT = "judgements: [{text: 'We judge. [@cargo-data]', confidence: high}]\nactors:"

Change = tuple[str, str, str]
AGREED, SHARE = "Both sides agreed to share cargo data from June", "share cargo data from June"

# What is written wrongly, as (file, what stands there, what is written instead): for each message.
MISTAKES: dict[str, list[list[Change]]] = {
    "errors": [
        [(EVENTS, "    title:", "    titel:")],
        [(EVENTS, "evidence", "")],
        [(EVENTS, "Minister received", "Minister welcomed")],
        [(EVENTS, AGREED, f'"Both sides agreed [on 900 ships] to {SHARE}"')],
        [(EVENTS, AGREED, f'"Both sides agree[ful] to {SHARE}"')],
        [
            (EVENTS, AGREED, f'"Both sides agreed [then] to {SHARE}"'),
            (SEEDS, "language: en", "language: sw"),
        ],
        [(EVENTS, "date: 2024-03-03", "date: 2024-03-04")],
        [(EVENTS, "date: 2024-03-03", "date: [2024-03-03,2024-03-04]")],
        [(EVENTS, "actors:\n", PERSON), (EVENTS, "    summary", "    people: [ruiz]\n    summary")],
        [(EVENTS, "[ministry, ports]", "[ministry, port]")],
        [(BRIEF, "as_of: 2024-03-31", "as_of: 2024-03-01")],
        [("seeds/readout.txt", "June", "July")],
        [(SEEDS, "", REFERENCE), (EVENTS, "seed: readout-2024", "seed: press-2024")],
        [(EVENTS, AGREED, f"{AGREED}, translation: They agreed")],
        [(EVENTS, AGREED, f"{AGREED}, translation: {{text: They agreed it, seed: readout-2024}}")],
        [(SEEDS, "language: en", "language: es"), (BRIEF, "", "require_translation: true\n")],
        [
            (BRIEF, "[events.yaml]", "[events.yaml, more.yaml]"),
            ("briefings/ports/more.yaml", "", "actors: {ports: {name: Ports}}\n"),
        ],
        [
            (EVENTS, "", OTHER.replace("    title", "    themes: [ships]\n    title")),
            (BRIEF, "", "select: {themes: [ships]}\n"),
        ],
        [(EVENTS, "title: Minister", "title: Note: Minister")],
    ],
    "warnings": [
        [(BRIEF, " [@cargo-data]", "")],
        [(BRIEF, "share cargo", "share 51 cargo")],
        [
            (EVENTS, AGREED, f'"Both sides did [...] agree to {SHARE}"'),
            ("seeds/readout.txt", "agreed", "did not, they said, agree"),
        ],
        [(EVENTS, AGREED, f'"the Minister received [...] agreed to {SHARE}"')],
        [(BRIEF, "cargo data", '"cargo figures"')],
        [(BRIEF, "agreed to", "agreed on July 13 to")],
        [(BRIEF, "agreed to", "agreed on 4 March 2024 to")],
        [(BRIEF, "actors:", JUDGEMENT)],
        *(
            [(BRIEF, "actors:", JUDGEMENT.replace("We judge.", f"We judge {words}."))]
            for words in (
                "it likely, and not so unlikely",
                "with confidence that it is likely",
                "it very likely",
            )
        ),
        [
            (BRIEF, "actors:", JUDGEMENT),
            (
                SEEDS,
                "      issued_basis",
                "      reliability: {grade: D, why: x}\n      issued_basis",
            ),
        ],
        [
            (EVENTS, "", OTHER),
            (EVENTS, "    summary: The data", "    themes: [data]\n    summary: The data"),
            (BRIEF, "", "select: {themes: [data]}\n"),
        ],
        [
            (SEEDS, "language: en", "language: es"),
            (SEEDS, "issued_basis: stated", "issued_basis: external\n      issued_note: x"),
            (EVENTS, "date: 2024-03-03", "date: {value: 2024-03-03, basis: inferred, note: x}"),
            (EVENTS, AGREED, f"{AGREED}, translation: They agreed on 51"),
        ],
        [(EVENTS, "date: 2024-03-03", "date: {value: 2024-03-05, basis: inferred, note: x}")],
    ],
}


def written(text: str, old: str, new: str) -> str:
    """What is written instead; an empty `old` is the end of the file."""
    if old == "evidence":
        return EVIDENCE.sub(new, text)
    return text.replace(old, new) if old else text + new


@pytest.mark.parametrize("mark", MISTAKES)
def test_every_documented_message_is_tried(mark: str) -> None:
    assert len(table(page("authoring.md"), mark)) == len(MISTAKES[mark])


@pytest.mark.parametrize(
    ("severity", "message", "changes"),
    [
        (mark.rstrip("s"), CODE.findall(row[0])[0], changes)
        for mark, tried in MISTAKES.items()
        for row, changes in zip(table(page("authoring.md"), mark), tried, strict=False)
    ],
)
def test_messages_are_as_documented(
    severity: str, message: str, changes: list[Change], tmp_path: Path
) -> None:
    files = {says["file"]: body for says, body in examples(page("authoring.md")) if "file" in says}
    for path, old, new in changes:
        before = files.get(path, "")
        files[path] = written(before, old, new)
        assert files[path] != before
    for path, body in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(body, encoding="utf-8")
    pattern = ".*".join(map(re.escape, message.split("…")))
    found = check(["ports"], tmp_path)
    assert any(
        problem.severity == severity and re.fullmatch(pattern, problem.message) for problem in found
    ), "\n".join(map(str, found))


# --- the command line -----------------------------------------------------------------------------


def spellings(command: click.Command) -> dict[frozenset[str], click.Option]:
    return {
        frozenset(param.opts + param.secondary_opts): param
        for param in command.params
        if isinstance(param, click.Option) and param.name != "help"
    }


def commands() -> dict[str, click.Command]:
    return {name: command_named(name) for name in COMMANDS}


def common() -> set[frozenset[str]]:
    """The options that every command has."""
    return set.intersection(*(set(spellings(command)) for command in commands().values()))


def documented_options(mark: str) -> set[frozenset[str]]:
    rows = table(page("command-line.md"), f"options: {mark}")
    return {frozenset(code.split()[0] for code in CODE.findall(row[0])) for row in rows}


def test_every_command_is_documented() -> None:
    headings = re.findall(r"^## `(\w+)`", page("command-line.md"), re.MULTILINE)
    assert sorted(headings) == sorted(commands())


@pytest.mark.parametrize("name", commands())
def test_options_of_a_command_are_documented(name: str) -> None:
    own = set(spellings(commands()[name])) - common()
    text = page("command-line.md")
    documented = documented_options(name) if f"<!-- options: {name} -->" in text else set()
    assert documented == own


@pytest.mark.parametrize("name", commands())
def test_the_help_of_a_command_has_examples(name: str, run: Callable[..., Ran]) -> None:
    text = run(name, "--help").out
    shown = re.findall(rf"^  (sourcebrief {name}\b.*)$", text, re.MULTILINE)
    assert shown
    known = set().union(*spellings(commands()[name]))
    for example in shown:
        assert set(re.findall(r"(?<!\S)--?[a-zA-Z][\w-]*", example)) <= known


def test_common_options_are_documented() -> None:
    assert documented_options("common") == common() | {frozenset({"-h", "--help"})}


def test_choices_are_documented() -> None:
    text = page("command-line.md").replace(r"\|", "|")
    for command in commands().values():
        for names, option in spellings(command).items():
            if isinstance(option.type, click.Choice):
                longest = max(names, key=len)
                assert f"{longest} {'|'.join(option.type.choices)}`" in text


def test_exit_codes_are_documented() -> None:
    known = {
        value
        for name, value in vars(messages).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, int)
    }
    rows = table(page("command-line.md"), "exit codes")
    assert {int(row[0]) for row in rows} == known


def test_environment_variables_are_documented() -> None:
    read = set()
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"""environ(?:\.get\(|\[)\s*["'](\w+)["']""", text))
    read.discard("PYTHONPATH")  # Python's own, handed on to a process of ours
    rows = table(page("command-line.md"), "environment")
    documented = {CODE.findall(row[0])[0] for row in rows}
    assert documented >= read
    assert documented - read <= {"NO_COLOR"}  # read by the library that writes to the terminal


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", table(page("dates.md"), "dates"), ids=lambda row: row[0])
def test_dates_print_and_draw_as_documented(row: list[str]) -> None:
    date = parse_edtf(row[0].strip("`'"))
    worded = [word(date, language) for language in ("en-GB", "en-US", "es")]
    assert [*worded, date.mark.replace("-", " ")] == row[1:]


@pytest.mark.parametrize("row", table(page("dates.md"), "states"), ids=" · ".join)
def test_dates_are_stated_as_documented(row: list[str]) -> None:
    words, date, verdict = row
    assert states(words, parse_edtf(date.strip("`'")), "en") == verdict.startswith("yes")


@pytest.mark.parametrize("row", table(page("dates.md"), "refused"), ids=lambda row: row[0])
def test_refused_dates_are_refused_and_the_way_out_is_one(row: list[str]) -> None:
    written = CODE.findall(row[0])[0]
    with pytest.raises(EDTFError):
        parse_edtf(written)
    for offered in CODE.findall(row[1]):
        parse_edtf(offered.strip("'"))


def test_plain_english_is_british() -> None:
    assert word(parse_edtf("2019-07-20"), "en") == word(parse_edtf("2019-07-20"), "en-GB")


# --- templates ------------------------------------------------------------------------------------


def documented_classes() -> list[str]:
    return marked(page("templates.md"), "fields")


def of_module(name: str) -> set[str]:
    module = import_module(f"sourcebrief.{name}")
    return {
        f"{name}.{key}"
        for key, value in vars(module).items()
        if dataclasses.is_dataclass(value) and getattr(value, "__module__", "") == module.__name__
    }


def test_every_part_of_the_view_is_documented() -> None:
    figure = {f"brief.figure_parts.{name}" for name in ("Figure", "Lane", "Mark", "Tick", "Box")}
    assert set(documented_classes()) == of_module("brief.view") | figure


@pytest.mark.parametrize("name", documented_classes())
def test_fields_given_to_a_template_are_documented(name: str) -> None:
    module, _, kind = name.rpartition(".")
    fields = dataclasses.fields(getattr(import_module(f"sourcebrief.{module}"), kind))
    rows = table(page("templates.md"), f"fields: {name}")
    documented = [field for row in rows for field in CODE.findall(row[0])]
    assert sorted(documented) == sorted(field.name for field in fields)


def test_every_file_of_the_templates_is_documented() -> None:
    folder = ROOT / "templates"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    rows = table(page("templates.md"), "files")
    assert {CODE.findall(row[0])[0] for row in rows} == files


def test_documented_hooks_are_in_the_markup() -> None:
    folder = ROOT / "templates"
    used = "".join(
        (folder / name).read_text(encoding="utf-8")
        for name in ("brief.html.j2", "brief.css", "print.css")
    )
    # Notes and sections are made by the stage before.
    used += (ROOT / "src/sourcebrief/brief/authored_html.py").read_text(encoding="utf-8")
    for row in table(page("templates.md"), "hooks"):
        for hook in CODE.findall(row[0]):
            if hook.startswith((".status-", ".actor-")):
                assert hook.rpartition("-")[0][1:] + "-" in used, hook
            elif hook.startswith((".", "#")):
                assert re.search(rf"\b{re.escape(hook[1:])}\b", used), hook


# --- design ---------------------------------------------------------------------------------------


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return found


@pytest.mark.parametrize(
    ("mark", "required"),
    [
        ("dependencies", project()["dependencies"]),
        *(
            ("dev-dependencies" if extra == "dev" else f"{extra}-dependencies", listed)
            for extra, listed in project()["optional-dependencies"].items()
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_dependency_is_justified(mark: str, required: list[str]) -> None:
    names = {re.split(r"[\s<>=!~;\[]", requirement)[0] for requirement in required}
    names.discard("sourcebrief")
    assert {CODE.findall(row[0])[0] for row in table(page("design.md"), mark)} == names


def test_the_stages_are_those_that_import_linter_holds() -> None:
    layers = re.findall(
        r"^    sourcebrief\.(\w+)$",
        (ROOT / ".importlinter").read_text().partition("layers =")[2].partition("[")[0],
        re.MULTILINE,
    )
    documented = [CODE.findall(row[0])[0] for row in table(page("design.md"), "stages")]
    assert documented == layers[::-1]


# --- links ----------------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
        found.add(plain)
    return found


def links(path: Path) -> list[str]:
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", path.read_text(encoding="utf-8")))
    return [
        target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"\w+:", target)
    ]


def test_the_readme_leads_to_every_page() -> None:
    assert {f"docs/{path.name}" for path in DOCS.glob("*.md")} <= set(links(ROOT / "README.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_relative_links_lead_somewhere(path: Path) -> None:
    dead = []
    for target in links(path):
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            dead.append(target)
    assert dead == []
