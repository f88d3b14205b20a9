"""Only a browser of this machine that was given the token comes in, whatever asks."""

from __future__ import annotations

import pytest

pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")
from starlette.testclient import TestClient

from live_desk import HOME, LiveDesk, desk_of_the_port  # noqa: F401 - a fixture
from sourcebrief.desk.admission import Keys


def test_the_token_becomes_a_cookie_and_leaves_the_address(desk: LiveDesk) -> None:
    stranger = TestClient(desk.browser.app, base_url=HOME, follow_redirects=False)
    answer = stranger.get(f"/?token={desk.keys.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert desk.keys.token not in cookie
    assert stranger.get("/").status_code == 200


def test_an_address_that_other_users_could_see_opens_once(desk: LiveDesk) -> None:
    stranger = TestClient(desk.browser.app, base_url=HOME, follow_redirects=False)
    [once] = desk.keys.once
    assert stranger.get(f"/?token={once}").status_code == 303
    assert stranger.get(f"/?token={once}").status_code == 403


def test_a_token_that_is_not_ours_opens_nothing() -> None:
    assert not Keys().opens("")
    assert not Keys().opens(Keys().token)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:7373"},
        {"host": "127.0.0.1"},
        {"host": "localhost:7373"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:7374"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"cookie": ""},
        {"cookie": "sourcebrief-7373=guess"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/problems", "/documents", "/page/full", "/static/desk.js"])
def test_what_another_site_makes_a_browser_ask_is_refused(
    desk: LiveDesk, headers: dict[str, str], path: str
) -> None:
    assert desk.get(path).status_code == 200
    if "cookie" in headers:
        desk.browser.cookies.clear()
    assert desk.get(path, headers=headers).status_code == 403


def test_a_write_needs_the_origin_and_the_method(desk: LiveDesk) -> None:
    assert desk.browser.post("/edit/undo", json={}).status_code == 403
    assert (
        desk.browser.post(
            "/edit/undo", json={}, headers={"origin": "https://evil.example"}
        ).status_code
        == 403
    )
    for path in ("/edit/undo", "/edit/evidence", "/edit/event"):
        assert desk.get(path).status_code == 405
    for path in ("/", "/problems", "/page/full"):
        assert desk.browser.post(path, headers={"origin": HOME}).status_code == 405


def test_every_answer_keeps_itself_here(desk: LiveDesk) -> None:
    for path in ("/", "/problems", "/static/desk.js", "/nowhere", "/edit/undo"):
        headers = desk.get(path).headers
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


def test_the_page_is_in_a_sandbox_without_an_origin(desk: LiveDesk) -> None:
    policy = desk.get("/page/full").headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy
    assert "connect-src" not in policy  # so that default-src 'none' holds
    shell = desk.get("/").text
    assert "<iframe" not in shell  # the script makes it
    assert 'setAttribute("sandbox", "allow-scripts")' in desk.get("/static/desk.js").text
