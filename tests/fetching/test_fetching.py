"""Articles from the web: pages and feeds, as a newsroom's server and a hostile one would send them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

import pytest

from retold.fetching.answering import Validators
from retold.fetching.fetching import Fetcher, decoded
from retold.inputs.piece import Piece, read_piece
from retold.inputs.pieces import pieces
from retold.model.errors import SourceError
from retold.model.records import Reject
from tests.fetching.outlet import Outlet, Served, Time, known, onward, page

TEASER = "The ferry between Harwick and Port Ellery sails again on Monday after two weeks of repairs."


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    with Outlet() as server:
        yield server


@pytest.fixture
def time_() -> Time:
    return Time()


def fetcher(time_: Time, **options) -> Fetcher:
    """A reader that may ask this machine, and waits for nothing."""
    wanted = {"agent": "retold/1", "private": True, "resolver": lambda host, port: ["127.0.0.1"]} | options
    return Fetcher(sleep=time_.sleep, timer=time_.timer, clock=time_.clock, **wanted)


def fetch(url: str, time_: Time, **options) -> list[Piece | Reject]:
    """What an address holds."""
    with fetcher(time_, **options) as reader:
        return list(reader.pieces(url))


# Pages ---------------------------------------------------------------------------------------------------------------


def test_a_page_becomes_a_piece_that_says_where_and_when_it_was_seen(outlet, time_):
    outlet.routes |= {"/old": onward("/ferry"), "/ferry": page()}
    (piece,) = fetch(outlet.url("/old"), time_)
    assert (piece.source, piece.place, piece.shape) == (outlet.url("/old"), "", "page")
    assert (piece.stated.url, piece.stated.source_id) == (outlet.url("/ferry"), outlet.url("/old"))
    assert piece.stated.seen == "2031-05-06T07:08:11+00:00"  # after robots.txt, the redirect and two pauses
    version = read_piece(piece)
    assert (version.title, version.source_id) == ("Ferry sails again on Monday", outlet.url("/old"))
    assert outlet.asked[-1][1]["User-Agent"] == "retold/1"


def test_what_an_archive_is_given_may_be_an_address(outlet, time_):
    outlet.routes["/ferry"] = page()
    with fetcher(time_) as reader:
        (piece,) = pieces(outlet.url("/ferry"), fetch=reader.pieces)
    assert "Port Ellery" in read_piece(piece).text


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://outlet.example/a", "only http and https"),
        ("http://reader:secret@outlet.example/", "name or password"),
    ],
)
def test_an_address_that_may_not_be_asked_is_a_reject(time_, url, reason):
    (reject,) = fetch(url, time_)
    assert isinstance(reject, Reject)
    assert reason in reject.reason
    assert "secret" not in str(reject)


def test_this_machine_is_a_reject_unless_private_addresses_are_allowed(outlet, time_):
    (reject,) = fetch(outlet.url("/ferry"), time_, private=False)
    assert "leads to 127.0.0.1, this machine itself" in reject.reason
    assert outlet.asked == []


def test_a_failure_behind_a_redirect_names_the_address_that_failed(outlet, time_):
    outlet.routes["/old"] = onward("/gone")
    (reject,) = fetch(outlet.url("/old"), time_)
    assert reject.source == outlet.url("/old")
    assert reject.reason == f"{outlet.url('/gone')}: answered 404: there is no such page. Check the address."


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("image/png", b"\x89PNG"),
        ("application/pdf", b"%PDF-1.7"),
        ("video/mp4", b"\0\0\0\x18ftyp"),
        ("application/octet-stream", b"<html><p>A page?</p></html>"),
        ("text/plain", b"The ferry sails on Monday."),
        ("text/plain", b"<!doctype html><p>A page, but not shown as one.</p>"),
        ("text/css", b"p { color: red }"),
        ("application/json", b'{"title": "Ferry"}'),
        ("application/xml", b"<table><row/></table>"),
    ],
)
def test_what_is_no_page_and_no_feed_is_refused_with_its_kind(outlet, time_, kind, body):
    outlet.routes["/ferry"] = Served(body, headers={"Content-Type": kind})
    (reject,) = fetch(outlet.url("/ferry"), time_)
    assert kind in reject.reason and "a page or a feed is wanted" in reject.reason


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("text/html", b"%PDF-1.7 ...", "a PDF document"),
        ("text/html", b"\x1f\x8b\x08\0\0", "a gzip archive"),
        ("text/xml", b'<?xml version="1.0"?><opml version="2.0"><body/></opml>', "a list of feeds"),
        ("text/xml", b'<?xml version="1.0"?><urlset></urlset>', "a list of addresses for search engines"),
    ],
)
def test_what_only_calls_itself_a_page_is_refused_by_its_bytes(outlet, time_, kind, body, reason):
    outlet.routes["/ferry"] = Served(body, headers={"Content-Type": kind})
    (reject,) = fetch(outlet.url("/ferry"), time_)
    assert reason in reject.reason


def test_a_body_that_is_not_wanted_is_not_read(outlet, time_):
    outlet.routes["/film"] = Served(headers={"Content-Type": "video/mp4", "Content-Length": str(10**12)})
    (reject,) = fetch(outlet.url("/film"), time_)
    assert "video/mp4" in reject.reason


SIZE = "Größe der Fähre: „groß“"


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("utf-8", "text/html; charset=utf-8"),
        ("utf-8", 'text/html;charset="UTF-8"'),
        ("cp1252", "text/html; charset=windows-1252"),
        ("cp1252", "text/html; charset=ISO-8859-1"),
        ("cp1252", "text/html; Charset=latin1; x=y"),
        ("utf-8", "text/html; charset=ISO-8859-1"),
        ("utf-16-le", "text/html; charset=utf-16le"),
    ],
)
def test_the_encoding_that_the_server_names_is_used(encoding, stated):
    assert decoded(SIZE.encode(encoding), stated) == SIZE


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        (SIZE.encode(), "text/html"),
        (b"\xef\xbb\xbf" + SIZE.encode(), "text/html; charset=windows-1252"),
        (b'<meta charset="windows-1252">' + SIZE.encode("cp1252"), "text/html; charset=utf-8"),
        *((b"plain", f"text/html; charset={name}") for name in ("zlib", "punycode", "unicode_escape", "utf-7", "idna")),
        (b"plain", "text/html; charset=klingon"),
    ],
)
def test_where_the_server_names_none_or_a_wrong_one_the_page_must_say(body, stated):
    assert decoded(body, stated) is body


def test_one_broken_byte_does_not_cost_the_page():
    assert decoded(b"Ferry \xff sails", "text/html; charset=utf-8") == "Ferry \ufffd sails"


@pytest.mark.parametrize("missing", ["httpx2", "protego"])
def test_without_the_extra_the_next_step_is_named(monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SourceError, match=r'pip install "retold\[fetch\]"'), Fetcher(agent="retold/1"):
        pass


# What is known -------------------------------------------------------------------------------------------------------


def test_what_has_not_changed_gives_nothing_and_is_counted(outlet, time_):
    outlet.routes["/ferry"] = known(page(ETag='"v1"'))
    with fetcher(time_) as reader:
        assert len(list(reader.pieces(outlet.url("/ferry")))) == 1
        assert reader.learned == {outlet.url("/ferry"): Validators(etag='"v1"')}
    with fetcher(time_, seen=reader.learned) as again:
        assert list(again.pieces(outlet.url("/ferry"))) == []
    assert (again.counts.asked, again.counts.unchanged, again.counts.refused) == (1, 1, 0)


def test_what_was_not_given_out_is_not_learned(outlet, time_):
    outlet.routes["/ferry"] = page(ETag='"v1"')
    with fetcher(time_) as reader:
        given = reader.pieces(outlet.url("/ferry"))
        next(given)
        assert reader.learned == {}
        assert list(given) == []
        assert outlet.url("/ferry") in reader.learned


# Feeds ---------------------------------------------------------------------------------------------------------------


def item(link: str, title: str = "Ferry sails", day: int = 0) -> str:
    """An entry of an RSS feed."""
    date = f"<pubDate>{day:02} May 2031 08:00:00 GMT</pubDate>" if day else ""
    return f"<item><title>{title}</title><link>{link}</link><description>{TEASER}</description>{date}</item>"


def rss(*items: str, **headers: str) -> Served:
    """An RSS feed."""
    body = f'<rss version="2.0"><channel><title>Harwick Herald</title>{"".join(items)}</channel></rss>'
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Served(body.encode(), headers={"Content-Type": "application/rss+xml"} | named)


def shapes(found: Sequence[Piece | Reject]) -> list[str]:
    return [each.shape if isinstance(each, Piece) else "reject" for each in found]


@pytest.mark.parametrize(
    "kind", ["application/rss+xml", "application/xml", "text/xml; charset=utf-8", "text/html", "text/plain"]
)
def test_a_feed_gives_the_pages_of_its_entries(outlet, time_, kind):
    outlet.routes |= {"/feed": rss(item("/a", day=2), item(outlet.url("/b"), day=1), Content_Type=kind)}
    outlet.routes |= {"/a": page("Ferry sails"), "/b": onward("/c"), "/c": page("Buses run")}
    first, second = fetch(outlet.url("/feed"), time_)
    assert (first.source, first.place, first.shape) == (outlet.url("/feed"), "1", "page")
    assert (first.stated.url, second.stated.url) == (outlet.url("/a"), outlet.url("/c"))
    assert (first.stated.source_id, second.stated.source_id) == (outlet.url("/a"), outlet.url("/b"))
    assert read_piece(second).title == "Buses run"
    assert time_.slept == [1.0] * 4


def test_a_json_feed_gives_the_pages_of_its_items(outlet, time_):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harwick Herald",
        "items": [{"id": "7", "url": "/a", "title": "Ferry", "content_text": TEASER}],
    }
    outlet.routes |= {"/feed": Served(json.dumps(feed).encode(), headers={"Content-Type": "application/feed+json"})}
    outlet.routes |= {"/a": page()}
    (piece,) = fetch(outlet.url("/feed"), time_)
    assert (piece.shape, piece.stated.url, piece.stated.source_id) == ("page", outlet.url("/a"), "7")


@pytest.mark.parametrize(
    ("act", "robots"),
    [
        (Served(status=403), b""),
        (Served(status=503), b""),
        (Served(b"%PDF", headers={"Content-Type": "application/pdf"}), b""),
        (page(), b"User-agent: *\nDisallow: /a"),
        (onward("file:///etc/passwd"), b""),
    ],
    ids=["refused", "busy", "a PDF", "closed by robots.txt", "a path trick"],
)
def test_an_entry_whose_page_is_refused_is_told_as_the_feed_tells_it(outlet, time_, act, robots):
    outlet.routes |= {"/robots.txt": Served(robots), "/feed": rss(item("/a", "Ferry sails")), "/a": act}
    with fetcher(time_) as reader:
        (piece,) = reader.pieces(outlet.url("/feed"))
    assert (piece.shape, piece.source, piece.place) == ("record", outlet.url("/feed"), "1")
    version = read_piece(piece)
    assert (version.title, version.url, version.outlet) == ("Ferry sails", outlet.url("/a"), "Harwick Herald")
    assert (version.source_id, version.seen is not None) == (outlet.url("/a"), True)
    assert TEASER in version.text
    assert (reader.counts.from_feed, reader.counts.refused) == (1, 1)


def test_an_entry_into_the_house_is_not_asked_for(outlet, time_, monkeypatch):
    from retold.fetching import addresses, connecting

    judge = addresses.refusal
    for module in (addresses, connecting):
        monkeypatch.setattr(module, "refusal", lambda address: None if address == "127.0.0.1" else judge(address))
    links = ["http://10.0.0.1/admin", "http://169.254.169.254/latest/", "file:///etc/passwd", "javascript:alert(1)"]
    outlet.routes["/feed"] = rss(*map(item, links))
    assert shapes(fetch(outlet.url("/feed"), time_, private=False)) == ["record"] * 4
    assert outlet.paths == ["/feed"]


def test_an_entry_seen_before_is_not_told_by_its_feed_when_its_page_is_away(outlet, time_):
    """A teaser would stand as a new and shorter version of the article."""
    outlet.routes |= {"/feed": rss(item("/a")), "/a": [page(), Served(status=500)]}
    with fetcher(time_) as reader:
        assert shapes(list(reader.pieces(outlet.url("/feed")))) == ["page"]
    (reject,) = fetch(outlet.url("/feed"), time_, seen=reader.learned)
    assert isinstance(reject, Reject)
    assert (reject.place, outlet.url("/a") in reject.reason, "answered 500" in reject.reason) == ("1", True, True)


def test_only_the_newest_pages_are_fetched_and_the_others_told_by_the_feed(outlet, time_):
    days = [3, 9, 0, 7, 5]
    outlet.routes |= {"/feed": rss(*(item(f"/{day}", day=day) for day in days))}
    outlet.routes |= {f"/{day}": page() for day in days}
    found = fetch(outlet.url("/feed"), time_, most=2)
    assert shapes(found) == ["record", "page", "record", "page", "record"]
    assert outlet.paths == ["/feed", "/9", "/7"]


def test_without_dates_the_first_entries_are_the_newest(outlet, time_):
    outlet.routes |= {"/feed": rss(*(item(f"/{name}") for name in "abc"))} | {f"/{name}": page() for name in "abc"}
    assert shapes(fetch(outlet.url("/feed"), time_, most=1)) == ["page", "record", "record"]


def test_an_article_in_two_feeds_is_fetched_once(outlet, time_):
    outlet.routes |= {"/one": rss(item("/a"), item("/a")), "/two": rss(item("/a"), item("/b"))}
    outlet.routes |= {"/a": page(), "/b": page()}
    with fetcher(time_) as reader:
        assert len(list(reader.pieces(outlet.url("/one")))) == 1
        assert len(list(reader.pieces(outlet.url("/two")))) == 1
    assert outlet.paths == ["/one", "/a", "/two", "/b"]


def test_a_feed_that_has_not_changed_gives_nothing_and_its_entries_are_not_asked_for(outlet, time_):
    outlet.routes |= {"/feed": known(rss(item("/a"), ETag='"f1"')), "/a": known(page(ETag='"a1"'))}
    with fetcher(time_) as reader:
        assert len(list(reader.pieces(outlet.url("/feed")))) == 1
    with fetcher(time_, seen=reader.learned) as again:
        assert list(again.pieces(outlet.url("/feed"))) == []
    assert outlet.paths == ["/feed", "/a", "/feed"]


def test_a_feed_with_a_new_entry_gives_only_what_is_new(outlet, time_):
    outlet.routes |= {"/feed": [rss(item("/a"), ETag='"f1"'), rss(item("/b"), item("/a"), ETag='"f2"')]}
    outlet.routes |= {"/a": known(page(ETag='"a1"')), "/b": page()}
    with fetcher(time_) as reader:
        list(reader.pieces(outlet.url("/feed")))
    (piece,) = fetch(outlet.url("/feed"), time_, seen=reader.learned)
    assert piece.stated.url == outlet.url("/b")


def test_a_feed_is_asked_in_full_again_while_a_page_of_it_is_away(outlet, time_):
    outlet.routes |= {"/feed": known(rss(item("/a"), item("/b"), ETag='"f1"'))}
    outlet.routes |= {"/a": [Served(status=500), page()], "/b": Served(status=404)}
    with fetcher(time_) as reader:
        assert shapes(list(reader.pieces(outlet.url("/feed")))) == ["record", "record"]
        assert outlet.url("/feed") not in reader.learned
    with fetcher(time_, seen=reader.learned) as again:
        assert shapes(list(again.pieces(outlet.url("/feed")))) == ["page", "record"]
        assert outlet.url("/feed") in again.learned  # 404 will not pass by asking again


def test_a_feed_left_in_the_middle_is_not_taken_for_known(outlet, time_):
    outlet.routes |= {"/feed": rss(item("/a"), item("/b"), ETag='"f1"'), "/a": page(), "/b": page()}
    with fetcher(time_) as reader:
        given = reader.pieces(outlet.url("/feed"))
        next(given), next(given)
        given.close()
    assert list(reader.learned) == [outlet.url("/a")]


def test_an_entry_without_a_page_is_told_by_the_feed(outlet, time_):
    outlet.routes["/feed"] = rss(f"<item><title>Ferry</title><description>{TEASER}</description></item>")
    (piece,) = fetch(outlet.url("/feed"), time_)
    assert (piece.shape, piece.stated.seen) == ("record", "2031-05-06T07:08:10+00:00")


@pytest.mark.parametrize(
    "body",
    [
        b'<rss version="2.0"><channel><item>',
        b"<rss",
        b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        b'<rss version="2.0"><channel>&b;</channel></rss>',
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>',
        b'{"version": "https://jsonfeed.org/version/1", "items": ',
    ],
)
def test_a_broken_or_hostile_feed_harms_nobody(outlet, time_, body):
    outlet.routes["/feed"] = Served(body, headers={"Content-Type": "application/rss+xml"})
    found = fetch(outlet.url("/feed"), time_)
    assert len(found) <= 1
    assert "root:" not in str(found)


def test_a_feed_without_a_declaration_is_read_by_the_encoding_that_the_server_names(outlet, time_):
    told = rss("<item><title>Паром снова ходит</title></item>").body.decode().encode("koi8-r")
    outlet.routes["/feed"] = Served(told, headers={"Content-Type": "application/rss+xml; charset=koi8-r"})
    (piece,) = fetch(outlet.url("/feed"), time_)
    assert piece.body["title"] == "Паром снова ходит"


def test_a_host_that_has_had_enough_is_left_alone_and_the_feed_tells_the_rest(outlet, time_):
    outlet.routes |= {"/feed": rss(*(item(f"/{name}") for name in "abcd")), "/a": page()}
    outlet.routes |= dict.fromkeys(["/b", "/c", "/d"], Served(status=429))
    assert shapes(fetch(outlet.url("/feed"), time_)) == ["page", "record", "record", "record"]
    assert outlet.paths == ["/feed", "/a", "/b"]
