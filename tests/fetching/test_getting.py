"""One address asked: politely, within bounds, and never inside the house."""

from __future__ import annotations

import gzip
import ssl
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpcore2
import pytest

from retold.fetching import addresses, connecting
from retold.fetching.answering import Answer, LaterError, Validators
from retold.fetching.getting import HOPS, PATIENCE, Getter
from retold.model.errors import SourceError
from tests.fetching.outlet import Outlet, Served, Time, known, onward, page


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    with Outlet() as server:
        yield server


@pytest.fixture
def time_() -> Time:
    return Time()


def home(host: str, port: int) -> list[str]:
    """A resolver for which every name is this machine."""
    return ["127.0.0.1"]


def getter(time_: Time, **options) -> Getter:
    """A reader that may ask this machine, and waits for nothing."""
    wanted = {"agent": "retold/1 (tests)", "private": True, "resolver": home} | options
    return Getter(sleep=time_.sleep, timer=time_.timer, clock=time_.clock, **wanted)


def get(url: str, time_: Time, **options) -> Answer:
    """What one address answers."""
    with getter(time_, **options) as reader:
        return reader.get(url)


def test_a_page_comes_with_its_address_and_the_reader_says_who_it_is(outlet, time_):
    outlet.routes["/ferry"] = page()
    answer = get(outlet.url("/ferry#comments"), time_)
    assert (str(answer.url), answer.status) == (outlet.url("/ferry"), 200)
    assert b"Harwick" in answer.body
    headers = outlet.asked[-1][1]
    assert headers["User-Agent"] == "retold/1 (tests)"
    assert headers["Accept-Encoding"] == "gzip, deflate"
    assert not {"If-None-Match", "If-Modified-Since", "Cookie", "Referer"} & headers.keys()


# Only public addresses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "news.example"])
def test_this_machine_is_refused_unless_private_addresses_are_allowed(outlet, time_, host):
    outlet.routes["/ferry"] = page()
    with pytest.raises(SourceError, match=r"leads to 127\.0\.0\.1, this machine itself .* say --private"):
        get(outlet.url("/ferry", host), time_, private=False)
    assert outlet.asked == []
    assert get(outlet.url("/ferry", host), time_, private=True).status == 200


@pytest.fixture
def loopback_is_public(monkeypatch):
    """This machine stands for the public web; every other rule holds."""

    def judged(address: str) -> str | None:
        return None if address == "127.0.0.1" else judge(address)

    judge = addresses.refusal
    monkeypatch.setattr(addresses, "refusal", judged)
    monkeypatch.setattr(connecting, "refusal", judged)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://10.0.0.1/admin", "leads to 10.0.0.1, a private network"),
        ("http://169.254.169.254/latest/meta-data/", "metadata service"),
        ("http://[::1]/", "this machine itself"),
        ("http://[::ffff:127.0.0.1]/", "clothes of IPv6"),
        ("http://intranet.example/", "leads to 192.168.7.7, a private network"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://outlet.example/a", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("http://reader:secret@outlet.example/", "name or password"),
        ("http://[broken/", "names no host"),
        ("http://outlet.example:port/", "no address"),
    ],
)
@pytest.mark.usefixtures("loopback_is_public")
def test_a_redirect_into_the_house_is_refused(outlet, time_, location, reason):
    outlet.routes["/ferry"] = onward(location)
    inside = {"intranet.example": ["192.168.7.7"]}
    with pytest.raises(SourceError, match=reason.replace(".", r"\.")):
        get(outlet.url("/ferry"), time_, private=False, resolver=lambda host, port: inside.get(host, ["127.0.0.1"]))


def test_a_name_that_leads_elsewhere_when_asked_again_is_asked_once(outlet, time_, monkeypatch):
    """DNS rebinding: the first answer is public and is checked, the second is this machine."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    tried: list[str] = []

    def unreachable(self, host, *rest):
        tried.append(host)
        raise httpcore2.ConnectError("unreachable")

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", unreachable)
    with pytest.raises(LaterError, match="unreachable"):
        get(outlet.url("/ferry", "news.example"), time_, private=False, resolver=lambda host, port: answers.pop(0))
    assert tried == ["93.184.215.14"]
    assert answers == [["127.0.0.1"]]
    assert outlet.asked == []


def test_who_is_really_at_the_other_end_is_looked_at(outlet, time_, monkeypatch):
    connect = httpcore2.SyncBackend.connect_tcp
    monkeypatch.setattr(
        httpcore2.SyncBackend, "connect_tcp", lambda self, host, *rest: connect(self, "127.0.0.1", *rest)
    )
    with pytest.raises(SourceError, match=r"was reached at 127\.0\.0\.1, this machine itself"):
        get(outlet.url("/ferry", "news.example"), time_, private=False, resolver=lambda host, port: ["93.184.215.14"])
    assert outlet.asked == []


def test_the_second_address_of_a_name_is_tried_where_the_first_is_silent(outlet, time_):
    outlet.routes["/ferry"] = page()
    answer = get(outlet.url("/ferry", "news.example"), time_, resolver=lambda host, port: ["::1", "127.0.0.1"])
    assert answer.status == 200


def test_proxies_of_the_environment_are_not_used(outlet, time_, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    outlet.routes["/ferry"] = page()
    assert get(outlet.url("/ferry"), time_).status == 200


CERTIFICATE = Path(__file__).with_name("outlet.pem")


@pytest.mark.parametrize(
    ("host", "trusted", "reads"),
    [("outlet.example", True, True), ("outlet.example", False, False), ("other.example", True, False)],
    ids=["a trusted certificate", "one that nobody trusts", "one for another name"],
)
def test_an_encrypted_page_needs_a_trusted_certificate_for_its_name(outlet, time_, monkeypatch, host, trusted, reads):
    """The connection goes to a checked number, and the certificate is still that of the name."""
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(CERTIFICATE)
    outlet.socket = served.wrap_socket(outlet.socket, server_side=True)
    outlet.routes["/ferry"] = page()
    trust = ssl.create_default_context(cafile=CERTIFICATE if trusted else None)
    monkeypatch.setattr(connecting, "_trusted", lambda: trust)
    url = outlet.url("/ferry", host).replace("http:", "https:")
    if reads:
        assert get(url, time_, robots=False).status == 200
    else:
        with pytest.raises(LaterError, match="certificate verify failed"):
            get(url, time_, robots=False)


def test_the_system_says_which_certificates_are_trusted():
    trusted = connecting._trusted()
    assert (trusted.verify_mode, trusted.check_hostname) == (ssl.CERT_REQUIRED, True)


# Bounds --------------------------------------------------------------------------------------------------------------


def chunked(parts: list[bytes], pause: float = 0.0, **headers: str):
    """A body in chunks, without a length, maybe slowly."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in ({"Transfer-Encoding": "chunked", "Content-Type": "text/html"} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        for part in parts:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            handler.wfile.flush()
            time.sleep(pause)
        handler.wfile.write(b"0\r\n\r\n")

    return act


def endless(part: bytes) -> list[bytes]:
    """More than any limit here; not without end, so that a reader without a limit fails a test and does not hang."""
    return [part] * 20_000


def twice(data: bytes) -> bytes:
    return gzip.compress(gzip.compress(data))


@pytest.mark.parametrize(
    "act",
    [
        Served(b"x" * 100_001),
        chunked(endless(b"x" * 1000)),
        Served(gzip.compress(b"x" * 50_000_000), headers={"Content-Encoding": "gzip"}),
        Served(zlib.compress(b"x" * 50_000_000), headers={"Content-Encoding": "deflate"}),
        Served(twice(b"x" * 50_000_000), headers={"Content-Encoding": "gzip, gzip"}),
        chunked(endless(gzip.compress(b"")), Content_Encoding="gzip"),
        Served(headers={"Content-Length": str(10**15)}),
    ],
    ids=["long", "endless", "gzip bomb", "deflate bomb", "bomb in a bomb", "endless nothing", "announced"],
)
def test_a_body_over_the_limit_is_cut_off(outlet, time_, act):
    outlet.routes["/ferry"] = act
    with pytest.raises(SourceError, match="sends more than 100,000 bytes"):
        get(outlet.url("/ferry"), time_, limit=100_000)


def test_a_body_at_the_limit_is_whole(outlet, time_):
    outlet.routes["/ferry"] = Served(gzip.compress(b"x" * 100_000), headers={"Content-Encoding": "gzip"})
    assert len(get(outlet.url("/ferry"), time_, limit=100_000).body) == 100_000


@pytest.mark.parametrize(
    ("body", "coding", "reason"),
    [
        (b"no gzip at all", "gzip", "Error -3"),
        (b"x", ", ".join(["gzip"] * 9), "more than 5"),
        (b"x", "br", "is packed as 'br'"),
        (b"x", "aes128gcm", "is packed as 'aes128gcm'"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_told(outlet, time_, body, coding, reason):
    outlet.routes["/ferry"] = Served(body, headers={"Content-Encoding": coding})
    with pytest.raises(SourceError, match=reason):
        get(outlet.url("/ferry"), time_)


def dripping_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(b"X-%d: y\r\n" % number)
        handler.wfile.flush()
        time.sleep(0.02)


@pytest.mark.parametrize(
    "act",
    [chunked([b"x"] * 100, 0.02), dripping_head, lambda handler: time.sleep(1)],
    ids=["a body that drips", "headers that drip", "silence"],
)
def test_an_answer_ends_by_its_deadline_however_slowly_it_comes(outlet, act):
    outlet.routes["/ferry"] = act
    with (
        pytest.raises(LaterError, match="no full answer came in time"),
        Getter(agent="retold", timeout=0.2, private=True, robots=False) as reader,
    ):
        reader.get(outlet.url("/ferry"))


def test_the_deadline_is_for_one_answer(outlet, time_):
    outlet.routes["/ferry"] = page()
    with getter(time_, timeout=30.0) as reader:
        for _ in range(3):
            assert reader.get(outlet.url("/ferry")).status == 200
            time_.now += 29.0


@pytest.mark.parametrize(
    "act",
    [
        lambda handler: handler.connection.close(),
        lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n"),
        lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000),
        Served(b"half", headers={"Content-Length": "4000"}),
    ],
    ids=["hangs up", "another protocol", "endless header", "half a body"],
)
def test_a_broken_answer_is_told_and_may_be_asked_for_again(outlet, time_, act):
    def broken(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        act(handler)

    outlet.routes["/ferry"] = broken
    with pytest.raises(LaterError, match=r"was not read: .* Try again later"):
        get(outlet.url("/ferry"), time_)


# Redirects -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_to_the_page(outlet, time_, status):
    outlet.routes |= {"/old": onward("../new?from=old#top", status), "/new?from=old": page()}
    assert str(get(outlet.url("/old"), time_).url) == outlet.url("/new?from=old")


@pytest.mark.parametrize(("hops", "arrives"), [(HOPS, True), (HOPS + 1, False)])
def test_redirects_end(outlet, time_, hops, arrives):
    outlet.routes |= {f"/{place}": onward(f"/{place + 1}") for place in range(hops)} | {f"/{hops}": page()}
    if arrives:
        assert str(get(outlet.url("/0"), time_).url) == outlet.url(f"/{hops}")
    else:
        with pytest.raises(SourceError, match=f"more than {HOPS} times"):
            get(outlet.url("/0"), time_)


def test_a_redirect_without_a_place_is_an_answer_without_a_page(outlet, time_):
    outlet.routes["/ferry"] = Served(status=302)
    with pytest.raises(SourceError, match="answered 302: no page came with it"):
        get(outlet.url("/ferry"), time_)


def test_a_cookie_serves_the_redirects_of_its_page_and_no_other(outlet, time_):
    """Some outlets set a cookie and send the reader back to look whether it is there."""

    def wall(handler: BaseHTTPRequestHandler) -> None:
        told = "seen=1" in (handler.headers["Cookie"] or "")
        act = page() if told else Served(status=302, headers={"Location": "/ferry", "Set-Cookie": "seen=1"})
        act(handler)

    outlet.routes |= {"/ferry": wall, "/pass": page()}
    with getter(time_) as reader:
        assert reader.get(outlet.url("/ferry")).status == 200
        reader.get(outlet.url("/pass"))
    assert "Cookie" not in outlet.asked[-1][1]


# What is known -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [{"ETag": '"v1"'}, {"Last_Modified": "Tue, 06 May 2031 07:00:00 GMT"}, {"ETag": 'W/"v1"', "Last_Modified": "x"}],
)
def test_what_has_not_changed_is_not_sent_again(outlet, time_, headers):
    outlet.routes |= {"/old": onward("/ferry"), "/ferry": known(page(**headers))}
    first = get(outlet.url("/old"), time_)
    assert first.validators == Validators(headers.get("ETag"), headers.get("Last_Modified"))
    seen = {str(first.url): first.validators}
    again = get(outlet.url("/old"), time_, seen=seen)
    assert (again.status, again.body) == (304, b"")


def test_validators_go_only_to_the_address_that_gave_them(outlet, time_):
    outlet.routes |= {"/old": onward("/ferry"), "/ferry": page()}
    get(outlet.url("/old"), time_, seen={outlet.url("/old"): Validators(etag='"v1"')})
    sent = {path: headers.get("If-None-Match") for path, headers in outlet.asked}
    assert sent == {"/robots.txt": None, "/old": '"v1"', "/ferry": None}


def test_304_for_what_nobody_knew_is_no_page(outlet, time_):
    outlet.routes["/ferry"] = Served(status=304)
    with pytest.raises(SourceError, match="answered 304"):
        get(outlet.url("/ferry"), time_)


@pytest.mark.parametrize("value", ['"gr\u00f6\u00dfe"', '"' + "x" * 5000 + '"', '"a\r\nX-Planted: 1"'])
def test_a_validator_that_cannot_be_sent_is_not_sent(outlet, time_, value):
    outlet.routes["/ferry"] = page()
    get(outlet.url("/ferry"), time_, seen={outlet.url("/ferry"): Validators(etag=value)})
    assert not {"If-None-Match", "X-Planted"} & outlet.asked[-1][1].keys()


# Manners -------------------------------------------------------------------------------------------------------------


def test_a_host_is_asked_once_in_a_pause_and_hosts_do_not_wait_for_each_other(outlet, time_):
    outlet.routes |= {"/a": page(), "/b": page(), "/c": page()}
    with getter(time_, pause=2.5, robots=False) as reader:
        reader.get(outlet.url("/a", "first.example"))
        reader.get(outlet.url("/a", "second.example"))
        assert time_.slept == []
        time_.now += 1
        reader.get(outlet.url("/b", "first.example"))
        assert time_.slept == [1.5]
        time_.now += 60
        reader.get(outlet.url("/c", "first.example"))
        assert time_.slept == [1.5]


@pytest.mark.parametrize(
    ("asked", "waits"), [("Crawl-delay: 7", [1.0, 7.0, 7.0]), ("Crawl-delay: 0.1", [1.0] * 3), ("", [1.0] * 3)]
)
def test_a_site_may_ask_for_longer_pauses(outlet, time_, asked, waits):
    outlet.routes |= {"/robots.txt": Served(f"User-agent: *\n{asked}".encode()), "/ferry": page()}
    with getter(time_, pause=1.0) as reader:
        for _ in range(3):
            reader.get(outlet.url("/ferry"))
    assert time_.slept == ([7.0] * 3 if "7" in asked else waits)


def test_robots_txt_is_asked_for_once_and_kept(outlet, time_):
    outlet.routes |= {"/robots.txt": Served(b"User-agent: retold\nDisallow: /closed"), "/open": page()}
    with getter(time_) as reader:
        for path in ("/open", "/closed/a", "/open", "/closed/b"):
            if path == "/open":
                assert reader.get(outlet.url(path)).status == 200
            else:
                with pytest.raises(SourceError, match=r"robots\.txt of 127\.0\.0\.1 forbids it"):
                    reader.get(outlet.url(path))
    assert [path for path, _ in outlet.asked] == ["/robots.txt", "/open", "/open"]


def test_robots_txt_can_be_set_aside(outlet, time_):
    outlet.routes |= {"/robots.txt": Served(b"User-agent: *\nDisallow: /"), "/ferry": page()}
    assert get(outlet.url("/ferry"), time_, robots=False).status == 200
    assert [path for path, _ in outlet.asked] == ["/ferry"]


def test_a_redirect_to_what_robots_txt_closes_is_not_followed(outlet, time_):
    outlet.routes |= {"/robots.txt": Served(b"User-agent: *\nDisallow: /closed"), "/open": onward("/closed")}
    with pytest.raises(SourceError, match="forbids it"):
        get(outlet.url("/open"), time_)
    assert outlet.paths == ["/open"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_fails_is_read_later(outlet, time_, status):
    outlet.routes |= {"/robots.txt": Served(status=status), "/ferry": page()}
    with pytest.raises(LaterError, match=f"robots.txt, which may forbid it, answered {status}"):
        get(outlet.url("/ferry"), time_)
    assert outlet.paths == []


def test_robots_txt_may_lie_behind_redirects(outlet, time_):
    outlet.routes |= {"/robots.txt": onward("/rules"), "/rules": Served(b"User-agent: *\nDisallow: /ferry")}
    with pytest.raises(SourceError, match="forbids it"):
        get(outlet.url("/ferry"), time_)


# Answers without a page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "reason", "later"),
    [
        (401, "it wants a login", False),
        (403, "refuses this reader. Save the page in a browser", False),
        (404, "there is no such page. Check the address", False),
        (410, "was taken away", False),
        (451, "the law keeps the page closed", False),
        (418, "no page came with it", False),
        (204, "no page came with it", False),
        (500, "the server failed. Try again later", True),
        (502, "the server failed", True),
    ],
)
def test_an_answer_without_a_page_is_told_with_its_number_and_the_next_step(outlet, time_, status, reason, later):
    outlet.routes["/ferry"] = Served(status=status)
    with pytest.raises(SourceError, match=f"answered {status}: .*{reason}") as told:
        get(outlet.url("/ferry"), time_)
    assert isinstance(told.value, LaterError) == later
    assert told.value.source == outlet.url("/ferry")


IN_TEN_SECONDS = "Tue, 06 May 2031 07:08:20 GMT"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("when", "wait"), [("7", 7.0), (IN_TEN_SECONDS, 10.0), ("0", 0.0), ("1", 1.0)])
def test_a_busy_host_is_asked_again_when_it_says(outlet, time_, status, when, wait):
    outlet.routes["/ferry"] = [Served(status=status, headers={"Retry-After": when}), page()]
    assert get(outlet.url("/ferry"), time_, robots=False).status == 200
    assert sum(time_.slept) == pytest.approx(max(wait, 1.0), abs=1.001)
    assert wait in time_.slept or when == IN_TEN_SECONDS


@pytest.mark.parametrize(
    "when", [None, str(int(PATIENCE) + 1), "9" * 400, "Wed, 07 May 2031 00:00:00 GMT", "soon", "-5"]
)
def test_a_busy_host_that_wants_a_long_wait_is_asked_in_another_run(outlet, time_, when):
    outlet.routes["/ferry"] = Served(status=429, headers={"Retry-After": when} if when else {})
    with getter(time_) as reader:
        with pytest.raises(LaterError, match=r"answered 429: it asks for fewer requests\. Try again later"):
            reader.get(outlet.url("/ferry"))
        with pytest.raises(LaterError, match=r"was not asked for: it asked for fewer requests \(429\) earlier"):
            reader.get(outlet.url("/pass"))
    assert outlet.paths == ["/ferry"]
    assert max(time_.slept) <= 1.0


def test_a_busy_host_is_asked_again_only_once(outlet, time_):
    outlet.routes["/ferry"] = Served(status=503, headers={"Retry-After": "2"})
    with getter(time_) as reader:
        with pytest.raises(LaterError, match="answered 503: it cannot serve now"):
            reader.get(outlet.url("/ferry"))
        with pytest.raises(LaterError, match=r"was not asked for: it asked for fewer requests \(503\) earlier"):
            reader.get(outlet.url("/pass"))
    assert outlet.paths == ["/ferry", "/ferry"]


def test_a_host_that_is_too_slow_is_left_alone(outlet):
    outlet.routes |= {"/ferry": lambda handler: time.sleep(0.5), "/pass": page()}
    with Getter(agent="retold", timeout=0.1, private=True, robots=False, pause=0) as reader:
        for path in ("/ferry", "/pass"):
            with pytest.raises(LaterError, match="in time"):
                reader.get(outlet.url(path))
    assert outlet.paths == ["/ferry"]


def test_a_host_that_cannot_be_reached_is_left_alone(time_):
    with Outlet() as gone:
        url = gone.url("/ferry")
    with getter(time_, robots=False) as reader:
        with pytest.raises(LaterError, match=r"was not read: .*refused"):
            reader.get(url)
        with pytest.raises(LaterError, match="was not asked for: it could not be reached in time earlier in this run"):
            reader.get(url)
