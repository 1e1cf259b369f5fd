"""What a site's robots.txt allows, and how slowly it wants to be read."""

from __future__ import annotations

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.fetching.robots import LONGEST, READ, rules, rules_address, token


def open_to(robots: str, path: str, reader: str = "retold") -> bool:
    """Whether a robots.txt lets a reader have a path."""
    return rules(200, robots.encode()).refusal(httpx2.URL(f"https://outlet.example{path}"), reader) is None


@pytest.mark.parametrize(
    ("robots", "path", "is_open"),
    [
        ("User-agent: *\nDisallow: /", "/news", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/news", True),
        ("", "/news", True),
        ("<html><body>No such page</body></html>", "/news", True),
        ("User-agent: *\nDisallow: /private/", "/private/a", False),
        ("User-agent: *\nDisallow: /private/", "/privately", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?page=2", True),
        ("User-agent: *\nDisallow: /*/print", "/2026/harbour/print", False),
        ("User-agent: *\nDisallow: /*/print", "/print", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/open", "/news/open/a", True),
        ("User-agent: *\nAllow: /news/open\nDisallow: /news", "/news/closed", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /?s=", "/?s=harbour", False),
        ("User-agent: retold\nDisallow: /news\n\nUser-agent: *\nDisallow:", "/news", False),
        ("User-agent: retold\nDisallow:\n\nUser-agent: *\nDisallow: /", "/news", True),
        ("User-agent: RETOLD\nDisallow: /news", "/news", False),
        ("User-agent: otherbot\nDisallow: /", "/news", True),
        ("User-agent: a\nUser-agent: retold\nDisallow: /news", "/news", False),
        ("\ufeffUser-agent: *\nDisallow: /news", "/news", False),
        ("User-agent: *\r\nDisallow: /news # not yet\r\n", "/news", False),
        ("User-agent: *\nDisallow: /gr%C3%B6%C3%9Fe", "/größe", False),
        ("Disallow: /", "/news", True),
    ],
)
def test_rules_are_read_as_the_standard_says(robots, path, is_open):
    assert open_to(robots, path) == is_open


def test_a_refusal_names_the_host_the_reader_and_the_next_step():
    told = rules(200, b"User-agent: *\nDisallow: /").refusal(httpx2.URL("https://outlet.example/a"), "retold")
    assert told is not None
    assert "outlet.example" in told and "'retold'" in told and "save the page" in told


@pytest.mark.parametrize(
    ("status", "is_open"),
    [(200, True), (204, True), (403, True), (404, True), (410, True), (429, False), (500, False), (503, False)],
)
def test_without_rules_all_is_open_unless_they_may_come_back(status, is_open):
    site = rules(status, b"")
    told = site.refusal(httpx2.URL("https://outlet.example/a"), "retold")
    assert (told is None) == is_open
    assert is_open or (str(status) in told and "later" in told)


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Crawl-delay: 5", 5.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 86400", LONGEST),
        ("Crawl-delay: -1", 0.0),
        ("Crawl-delay: inf", 0.0),
        ("Crawl-delay: slowly", 0.0),
        ("Request-rate: 1/10", 10.0),
        ("Crawl-delay: 2\nRequest-rate: 1/1m", LONGEST),
        ("Disallow: /x", 0.0),
    ],
)
def test_the_pause_that_is_asked_for_is_kept_up_to_a_bound(line, seconds):
    assert rules(200, f"User-agent: *\n{line}".encode()).delay("retold") == seconds


def test_an_endless_file_is_read_up_to_what_the_standard_asks():
    late = b"User-agent: *\n" + b"#" * READ + b"\nDisallow: /"
    assert rules(200, late).refusal(httpx2.URL("https://outlet.example/a"), "retold") is None


LETTERS = st.characters(min_codepoint=0x21, exclude_categories=["Cs", "Cc"])


@given(st.binary(max_size=200), st.text(LETTERS, max_size=20).filter(lambda path: not set("?#") & set(path)))
def test_no_file_breaks_the_reader(data, path):
    site = rules(200, b"User-agent: *\nDisallow: " + data)
    site.refusal(httpx2.URL("https://outlet.example/").copy_with(path="/news/" + path), "retold")
    assert 0 <= site.delay("retold") <= LONGEST


def test_each_scheme_host_and_port_has_rules_of_its_own():
    asked = ["https://a.example/x?y=1", "http://a.example/x", "http://a.example:8080/x", "https://a.example/z#top"]
    places = [str(rules_address(httpx2.URL(url))) for url in asked]
    assert places[0] == places[3] == "https://a.example/robots.txt"
    assert len(set(places)) == 3


@pytest.mark.parametrize(
    "agent", ["retold/0.2", "retold", "retold/0.2 (+https://newsroom.example/bot)", "retold (x/y)"]
)
def test_rules_are_looked_up_under_the_bare_name(agent):
    assert token(agent) == "retold"
