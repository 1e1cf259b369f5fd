"""Who may ask: only this machine, only pages of ours, only with a token, and others only with the password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from retold.web.guards import COOKIE, FAILURES, WEEK, WINDOW, Password, RefusedError, Rules, is_loopback
from tests.web.conftest import HOME, PORT, asking, token
from tests.web.conftest import PASSWORD as SECRET


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8710", True),
        ("localhost:8710", True),
        ("LOCALHOST:8710", True),
        ("[::1]:8710", True),
        ("127.0.0.1:9999", False),
        ("127.0.0.1", False),
        ("archive.example:8710", False),
        ("localhost.archive.example:8710", False),
        ("127.0.0.1.archive.example:8710", False),
        ("192.168.7.7:8710", False),
        ("localhost:8710:8710", False),
        ("localhost:", False),
        ("", False),
    ],
)
def test_a_name_that_somebody_else_made_lead_here_is_not_answered(client: TestClient, host: str, allowed: bool):
    assert Rules(port=PORT).allows_host(host) is allowed
    assert client.get("/stories", headers={"Host": host}).status_code == (200 if allowed else 421)


def test_with_a_password_any_address_of_the_machine_will_do_but_no_name_of_others():
    rules = Rules(port=PORT, host="0.0.0.0", password=Password(SECRET))
    assert rules.allows_host("192.168.7.7:8710")
    assert not rules.allows_host("archive.example:8710")


@pytest.mark.parametrize(
    ("method", "headers", "allowed"),
    [
        ("GET", {}, True),
        ("POST", {}, True),  # a program; the token is asked for all the same
        ("POST", {"Origin": HOME}, True),
        ("POST", {"Origin": "http://archive.example"}, False),
        ("POST", {"Origin": "null"}, False),
        ("GET", {"Origin": "http://archive.example"}, False),
        ("GET", {"Sec-Fetch-Site": "cross-site"}, True),  # somebody follows a link
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, True),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, False),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, False),
        ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"}, False),
        ("GET", {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, True),
        ("POST", {"Sec-Fetch-Site": "cross-site"}, False),
        ("POST", {"Sec-Fetch-Site": "same-site"}, False),
        ("POST", {"Sec-Fetch-Site": "same-origin"}, True),
    ],
)
def test_what_comes_from_a_page_of_another_site_is_refused(method: str, headers: dict[str, str], allowed: bool):
    told = Headers({"Host": f"127.0.0.1:{PORT}", **headers})
    assert Rules(port=PORT).allows_origin(told, method) is allowed


@pytest.mark.parametrize("address", ["/compare", "/add"])
@pytest.mark.parametrize("given", ["", "0" * 64, "ünlike", Rules(port=PORT, secret=b"of another server").token()])
def test_nothing_is_written_without_the_token_of_this_server(client: TestClient, address: str, given: str):
    answer = client.post(address, data={"token": given, "text": ["One text.", "Another text."]})
    assert answer.status_code == 403
    assert "not of this server" in answer.text


def test_every_answer_forbids_what_a_page_does_not_need(client: TestClient):
    for address in ("/", "/stories", "/stories.json", "/nowhere", "/static/retold.css"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "frame-ancestors 'none'; base-uri 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_no_page_has_a_script_or_a_style_of_its_own(client: TestClient):
    for address in ("/", "/stories", "/stories/qc-2204", "/search?words=ferry", "/add"):
        page = client.get(address).text
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script type="module" src="/static/')


def test_with_a_password_nothing_is_shown_without_it(demo: str):
    with asking(demo, password=SECRET) as client:
        asked = client.get("/stories?least=2")
        assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=%2Fstories%3Fleast%3D2")
        assert client.get("/stories.json").status_code == 401
        assert "password is wanted" in client.get("/login").text
        assert client.get("/static/report.css").status_code == 200


def test_the_password_opens_the_page_that_was_asked_for(demo: str):
    with asking(demo, password=SECRET) as client:
        opened = client.post("/login?next=%2Fstories%3Fleast%3D2", data={"password": SECRET})
        assert (opened.status_code, opened.headers["location"]) == (303, "/stories?least=2")
        cookie = opened.headers["set-cookie"]
        assert cookie.startswith(f"{COOKIE}{PORT}=")
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert client.get("/stories").status_code == 200
        assert (
            client.post("/compare", data={"token": token(client)}).status_code == 400
        )  # the token is that of a session
        assert client.post("/compare", data={"token": "0" * 64}).status_code == 403


@pytest.mark.parametrize(
    "onward",
    ["https://archive.example/", "//archive.example", "/\\archive.example", "x", "/a\n", "/\t/archive.example", "//[x"],
)
def test_the_password_leads_to_no_other_host(demo: str, onward: str):
    with asking(demo, password=SECRET) as client:
        opened = client.post("/login", params={"next": onward}, data={"password": SECRET})
        assert opened.headers["location"] == "/"


def test_a_program_gives_the_password_with_each_request_and_can_only_read(demo: str):
    with asking(demo, password=SECRET) as client:
        assert client.get("/stories.json", auth=("any", SECRET)).status_code == 200
        assert client.get("/stories.json", auth=("any", "wrong password")).status_code == 401
        assert client.post("/compare", auth=("any", SECRET), data={"token": "0" * 64}).status_code in (303, 401)


def test_who_guesses_is_kept_waiting():
    now = 0.0
    password = Password(SECRET, clock=lambda: now)
    for _ in range(FAILURES):
        assert not password.fits("a wrong password")
        now += 1.0
    with pytest.raises(RefusedError, match="Try again in 55 seconds") as refused:
        password.fits(SECRET)
    assert refused.value.headers == {"Retry-After": "55"}
    now += WINDOW
    assert password.fits(SECRET)


def test_who_guesses_many_at_once_is_kept_waiting_all_the_same():
    password = Password(SECRET)
    with ThreadPoolExecutor(20) as threads:
        told = list(threads.map(lambda number: outcome(password, f"wrong password {number}"), range(20)))
    assert (told.count("wrong"), told.count("wait")) == (FAILURES, 20 - FAILURES)


def outcome(password: Password, guess: str) -> str:
    try:
        return "right" if password.fits(guess) else "wrong"
    except RefusedError:
        return "wait"


def test_a_password_is_the_same_however_a_keyboard_writes_it():
    assert Password("Möwen über dem Hafen").fits("Mo\u0308wen u\u0308ber dem Hafen")


def test_a_password_without_end_costs_nothing_and_is_wrong(demo: str):
    assert not Password(SECRET).fits(SECRET + "x" * 10**7)
    with asking(demo, password=SECRET) as client:
        for body in ("password=" + "x" * 10**6, "&" * 10**6):
            answer = client.post("/login", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
            assert answer.status_code == 413
            assert "No password is so long" in answer.text
        parts = iter([b"&" * 10_000] * 3)  # without a length
        told = {"Content-Type": "application/x-www-form-urlencoded"}
        assert client.post("/login", content=parts, headers=told).status_code == 413
        assert client.post("/login", data={"password": SECRET}).status_code == 303


def test_a_session_ends_after_a_week():
    now = 0.0
    password = Password(SECRET, clock=lambda: now)
    session = password.session()
    now = WEEK - 1.0
    assert password.knows(session)
    now = WEEK + 1.0
    assert not password.knows(session)


def test_a_form_that_was_sent_too_late_leads_to_a_page_that_there_is(demo: str):
    with asking(demo, password=SECRET) as client:
        assert client.post("/compare", data={"token": "0" * 64}).headers["location"] == "/login?next=%2F"


def test_what_the_password_protects_is_not_opened_by_an_address_like_that_of_the_login(demo: str):
    with asking(demo, password=SECRET) as client:
        assert client.get("/login.json").status_code == 401
        assert client.get("/static.json").status_code == 401


def test_a_password_is_kept_as_a_hash_only():
    password = Password(SECRET)
    assert SECRET.encode() not in password._hash
    assert password._hash != Password(SECRET)._hash
    session = password.session()
    assert password.knows(session)
    assert not password.knows(session + "x")
    assert session not in str(password._sessions)


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.7.7", False),
        ("::", False),
    ],
)
def test_which_addresses_only_this_machine_can_reach(host: str, alone: bool):
    assert is_loopback(host) is alone
