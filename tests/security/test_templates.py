"""Templates are trusted with looks, not with code: they see what they are given, nothing else."""

from __future__ import annotations

import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourcebrief.build import make_documents
from sourcebrief.documents import raster
from sourcebrief.documents.page import render_brief
from sourcebrief.documents.template_folders import TemplateFiles, TemplateFolders, packaged_folder
from sourcebrief.errors import EngineFault, InvalidInput
from sourcebrief.workspace.read_files import Inputs
from views import view_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Ran, Workspace
    from sourcebrief.brief.labels import Labels
    from sourcebrief.brief.view import BriefView

SOURCE = Path(__file__).resolve().parents[2] / "src"

# What has been published against Jinja2's sandbox and against templates in general, aimed at what
# ours are given. Each must end at its line, or come to nothing that says anything.
ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('__cla' ~ 'ss__') }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ brief.__class__.__init__.__globals__ }}",
    "{{ brief.rows[0].edtf.__reduce__() }}",
    "{{ brief.rows[0].__dataclass_fields__ }}",
    "{{ brief.rows|groupby('__class__')|list }}",
    "{{ brief.rows|sum('__class__') }}",
    "{{ brief.rows|sort(attribute='__class__')|list }}",
    "{{ brief.rows|selectattr('__class__')|list }}",
    "{{ labels._translations }}",
    "{{ labels|attr('_translations') }}",
    "{{ labels.gettext.__func__.__globals__ }}",
    "{{ labels.gettext.__self__ }}",
    "{{ _.__globals__ }}",
    "{{ gettext.__code__.co_consts }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ dict.__base__.__subclasses__() }}",
    "{{ dict.mro() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ loop.__init__ }}",
    "{{ caller.__class__ }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(brief) }}",  # CVE-2016-10745
    "{{ '{0.__class__}'.format_map({'0': brief}) }}",  # CVE-2019-10906
    "{% set f = '{0.__class__}'.format %}{{ f(brief) }}",  # CVE-2024-56326
    "{{ ('{0.__class__}'|attr('format'))(brief) }}",  # CVE-2025-27516
    "{{ ('{0.__class__}'|e).format(brief) }}",
    "{{ ('{0.__class__}'|safe).format(brief) }}",
    "{{ '{0[__class__]}'.format(brief) }}",
    "{{ {}.update(a=1) }}",
    "{{ [].append(1) }}",
    "{{ brief.sections.clear() }}",
    "{% set brief.title = 'x' %}",
    "{% for i in range(10 ** 9) %}{% endfor %}",
    "{{ ''.join.__self__ }}",
    "{{ os.environ }}",
    "{{ open('/etc/passwd').read() }}",
    "{{ __import__('os') }}",
    "{{ config }}",
    "{{ request.application }}",
    "{{ url_for.__globals__ }}",
    "{% import 'os' as os %}",
    "{% from 'sys' import modules %}",
    "{% do 1 %}",
    "{% include '../seeds/wire.txt' %}",
    "{% include '../../../../../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'file:///etc/passwd' %}",
    "{% include 'labels/../../seeds/wire.txt' %}",
    "{% include 'out.txt' %}",  # a link that leads out of the workspace
    "{% include 'seed.txt' %}",  # one that leads out of templates/
    "{% extends '/etc/passwd' %}",
    "{{ undefined }}",
    "{{ brief.undefined }}",
    "{{ undefined.deeper }}",
)


@pytest.fixture
def at(
    workspace: Workspace, tmp_path: Path
) -> Callable[[str], tuple[BriefView, TemplateFolders, Labels]]:
    (tmp_path / "secret.txt").write_text("secret of the machine")
    folder = workspace.root / "templates"
    folder.mkdir()
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "seed.txt").symlink_to(workspace.root / "seeds/wire.txt")

    def with_template(text: str) -> tuple[BriefView, TemplateFolders, Labels]:
        (folder / "brief.html.j2").write_text(text)
        composition = workspace.composition()
        folders = TemplateFolders(Inputs(workspace.root), packaged_folder())
        return view_of(composition), folders, composition.labels

    return with_template


@pytest.mark.parametrize("escape", ESCAPES)
def test_a_known_escape_ends_at_its_line(
    at: Callable[[str], tuple[BriefView, TemplateFolders, Labels]], escape: str
) -> None:
    view, folders, labels = at(f"<p>\n{escape}\n")
    with pytest.raises(InvalidInput) as refused:
        render_brief(view, folders, labels)
    (problem,) = refused.value.problems
    # A template that is missing is named by itself; Jinja2 knows no line of an assignment.
    said_elsewhere = "this template is missing" in problem.message or "{% set brief" in escape
    assert problem.place.line == 2 or said_elsewhere
    assert "secret" not in problem.message
    # A worker is given the templates as bytes; there it is the same.
    sent = TemplateFiles(folders.files())
    assert not {"out.txt", "seed.txt"} & sent.content.keys()
    with pytest.raises(InvalidInput):
        render_brief(view, sent, labels)


@pytest.mark.parametrize("name", ["__class__", "__init__", "_translations"])
def test_a_name_handed_to_map_comes_to_nothing(
    at: Callable[[str], tuple[BriefView, TemplateFolders, Labels]], name: str
) -> None:
    page = render_brief(*at(f"{{{{ [brief, labels]|map(attribute='{name}')|list }}}}"))
    assert page == "[Undefined, Undefined]"


def test_what_is_written_is_escaped_unless_the_house_says_otherwise(
    at: Callable[[str], tuple[BriefView, TemplateFolders, Labels]],
) -> None:
    said = "{{ '<b>' }}{{ '<b>'|safe }}{% autoescape false %}{{ '<b>' }}{% endautoescape %}"
    assert render_brief(*at(said)) == "&lt;b&gt;<b><b>"


def test_a_template_that_does_not_end_ends_with_its_process(tmp_path: Path) -> None:
    # As a worker does it (processes/signals.py), with the limit of a test.
    program = """
import faulthandler, sys
sys.path.insert(0, sys.argv[1])
from jinja2 import Template
faulthandler.dump_traceback_later(0.5, exit=True, file=open("/dev/null", "w"))
from sourcebrief.documents.page import render
class Endless:
    def read(self, name): return (
        b"{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    )
    def where(self, name): return name
class Labels:
    gettext = ngettext = None
    _translations = None
render("x.j2", Endless(), Labels())
"""
    began = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", program, SOURCE], capture_output=True, timeout=60)
    assert ran.returncode == 1, ran.stderr
    assert time.monotonic() - began < 30


DOUBLED = "{% set x = namespace(v='12345678') %}{% for i in range(60) %}{% set x.v = x.v + x.v %}"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has")
@pytest.mark.parametrize(
    "greed",
    ["{{ 'a' * 90000000000 }}", f"{DOUBLED}{{% endfor %}}", "{{ range(99999)|list * 9999 }}"],
)
def test_a_template_that_would_take_all_memory_ends_at_its_line(
    workspace: Workspace,
    run: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
    inline_workers: None,
    greed: str,
) -> None:
    import resource

    monkeypatch.setattr(make_documents, "MEMORY", 256 * 2**20)
    (workspace.root / "templates").mkdir()
    (workspace.root / "templates" / "brief.html.j2").write_text(f"<p>\n{greed}\n")
    limits = resource.getrlimit(resource.RLIMIT_AS)

    ran = run("-C", workspace.root, "build")

    assert ran.code == 1
    assert ran.err.splitlines()[0] == (
        "templates/brief.html.j2:2:1: error: template: it takes more memory than there is"
    )
    assert resource.getrlimit(resource.RLIMIT_AS) == limits


@pytest.mark.parametrize("page", ["", " ", "<!-- nothing -->", "<?x"])
def test_a_template_that_makes_no_page_is_told(
    workspace: Workspace, run: Callable[..., Ran], page: str
) -> None:
    (workspace.root / "templates").mkdir()
    (workspace.root / "templates" / "brief.html.j2").write_text(page)
    ran = run("-C", workspace.root, "build")
    assert ran.code == 1
    assert ran.err.splitlines()[0] == (
        "templates/brief.html.j2:1:1: error: template: what it makes is not a page "
        "(not HTML); write HTML with a body"
    )


# ------------------------------------------------------------------------------- Lua


# ------------------------------------------------------------- reference.docx and its kin


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="{}" width="9" height="9"/>',
        '<image xlink:href="{}" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"/>',
        '<image x:href="{}" xmlns:x="http://www.w3.org/1999/xlink" width="9" height="9"/>',
        '<image href=" {}" width="9" height="9"/>',
        '<use href="{}#a"/>',
        '<style>@import "{}";</style>',
        '<rect width="9" height="9" fill="url({}#a)"/>',
        '<rect width="9" height="9" style="fill:url( \'{}#a\')"/>',
    ],
)
def test_the_figure_names_no_file(inside: str, tmp_path: Path) -> None:
    black = raster.png('<svg width="9" height="9"><rect width="9" height="9"/></svg>')
    (tmp_path / "x.png").write_bytes(black)
    for address in (str(tmp_path / "x.png"), (tmp_path / "x.png").as_uri(), "https://h.example/x"):
        svg = f'<svg width="9" height="9">{inside.format(address)}</svg>'
        with pytest.raises(EngineFault, match="names a file outside itself"):
            raster.png(svg)


def test_a_figure_inside_the_figure_names_no_file_either(tmp_path: Path) -> None:
    black = raster.png('<svg width="9" height="9"><rect width="9" height="9"/></svg>')
    (tmp_path / "x.png").write_bytes(black)
    inner = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        f'<image href="{tmp_path / "x.png"}" width="9" height="9"/></svg>'
    )
    address = f"data:image/svg+xml;base64,{b64encode(inner.encode()).decode()}"
    drawn = raster.png(
        f'<svg width="9" height="9"><image href="{address}" width="9" height="9"/></svg>'
    )
    assert drawn == raster.png('<svg width="9" height="9"></svg>')
