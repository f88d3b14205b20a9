"""The view: what is markup already, and its rows in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from sourcebrief.brief.view import Html
from views import view_of

if TYPE_CHECKING:
    from conftest import Workspace


def test_markup_is_not_escaped_again_and_text_is() -> None:
    assert escape(Html("<b>a</b>")) == "<b>a</b>"
    assert escape("<b>a</b>") == "&lt;b&gt;a&lt;/b&gt;"


def test_the_rows_are_those_of_all_years_in_order(workspace: Workspace) -> None:
    view = view_of(workspace.composition())
    assert [row.number for row in view.rows] == [1, 2]
    assert view.rows == tuple(row for year in view.years for row in year.rows)
