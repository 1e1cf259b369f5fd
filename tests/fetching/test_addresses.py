"""Which addresses are asked: those of the public web, as they are really connected to."""

from __future__ import annotations

import ipaddress
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.fetching.addresses import allowed, checked, refusal, shown
from retold.model.errors import SourceError


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("127.0.0.1", "this machine"),
        ("127.8.8.8", "this machine"),
        ("::1", "this machine"),
        ("0.0.0.0", "this machine"),
        ("::", "this machine"),
        ("10.1.2.3", "private network"),
        ("172.16.0.1", "private network"),
        ("172.31.255.255", "private network"),
        ("192.168.1.1", "private network"),
        ("fd12::1", "private network"),
        ("100.64.0.1", "CGNAT"),
        ("169.254.10.10", "local link"),
        ("fe80::1%eth0", "local link"),
        ("169.254.169.254", "metadata"),
        ("100.100.100.200", "metadata"),
        ("168.63.129.16", "metadata"),
        ("fd00:ec2::254", "metadata"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("240.0.0.1", "reserved"),
        ("198.18.0.1", "measurements"),
        ("203.0.113.9", "examples"),
        ("2001:db8::1", "examples"),
        ("::ffff:93.184.215.14", "clothes of IPv6"),
        ("::ffff:127.0.0.1", "clothes of IPv6"),
        ("2002:7f00:1::", "6to4"),
        ("2001:0:7f00:1::", "Teredo"),
        ("64:ff9b::7f00:1", "this machine"),
        ("64:ff9b::a00:1", "private network"),
        ("64:ff9b:1::1", "private network"),
        ("::93.184.215.14", "reserved"),
        ("4000::1", "reserved"),
        ("harwick", "no IP address"),
    ],
)
def test_what_is_not_the_public_web_is_named(address, what):
    assert what in (refusal(address) or "")


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "8.8.8.8", "172.32.0.1", "100.128.0.1", "169.253.0.1", "2606:4700::1", "64:ff9b::5db8:d70e"],
)
def test_the_public_web_is_open(address):
    assert refusal(address) is None


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_open(address):
    translated = address.version == 6 and address in ipaddress.ip_network("64:ff9b::/96")
    if not translated and (not address.is_global or address.is_multicast):
        assert refusal(str(address))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://outlet.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("outlet.example/a", "no scheme"),
        ("//outlet.example/a", "no scheme"),
        ("", "no scheme"),
        ("http:///a", "names no host"),
        ("http://out let.example/", "names no host"),
        ("http://outlet.example:99999/", "port 99999"),
        ("http://outlet.example:0/", "port 0"),
        ("http://outlet.example:port/", "is no address"),
        ("http://outlet.example/a\nb", "is no address"),
        ("http://[::1/", "is no address"),
        ("http://reader:secret@outlet.example/", "name or password"),
        ("http://reader@outlet.example/", "name or password"),
        ("http://good.example\\@outlet.example/", "name or password"),
        ("http://" + "a" * 100_000, "is no address"),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused_with_its_fault(url, reason):
    with pytest.raises(SourceError, match=reason) as told:
        checked(url)
    assert "https://outlet.example/news" in told.value.reason
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "parsed"),
    [
        (" HTTPS://Outlet.Example/News?a=1#top ", "https://outlet.example/News?a=1"),
        ("http://outlet.example:8080/a/../b", "http://outlet.example:8080/b"),
        ("http://münzing.example/größe", "http://xn--mnzing-3ya.example/gr%C3%B6%C3%9Fe"),
        ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
    ],
)
def test_an_address_is_asked_in_one_form(url, parsed):
    assert str(checked(url)) == parsed


def test_a_password_is_not_shown():
    assert shown("https://reader:secret@outlet.example/a?b=c@d") == "https://outlet.example/a?b=c@d"
    assert shown("https://outlet.example/@reader") == "https://outlet.example/@reader"


def resolver(*addresses: str):
    """A resolver that knows one host."""
    return lambda host, port: list(addresses)


def test_only_the_public_addresses_of_a_name_are_left():
    found = allowed("outlet.example", 80, private=False, resolver=resolver("10.0.0.1", "93.184.215.14", "::1"))
    assert found == ["93.184.215.14"]


@pytest.mark.parametrize("told", [["10.0.0.1"], ["127.0.0.1", "::1"], []])
def test_a_name_that_leads_inside_is_refused(told):
    with pytest.raises(SourceError, match=r"outlet\.example: leads to"):
        allowed("outlet.example", 80, private=False, resolver=resolver(*told))


def test_private_addresses_are_open_to_who_allows_them():
    assert allowed("press.internal", 80, private=True, resolver=resolver("10.0.0.1")) == ["10.0.0.1"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "169.254.169.254"])
def test_a_number_is_judged_without_asking_anybody(host):
    def nobody(host: str, port: int) -> list[str]:
        raise AssertionError("was asked")

    with pytest.raises(SourceError, match="leads to"):
        allowed(host, 80, private=False, resolver=nobody)


def test_a_name_that_nobody_knows_is_told():
    def lost(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(SourceError, match="cannot be found \\(Name or service not known\\)"):
        allowed("outlet.example", 80, private=False, resolver=lost)


@pytest.mark.parametrize("missing", ["httpx2", "protego"])
def test_without_the_extra_the_next_step_is_named(monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SourceError, match=r'pip install "retold\[fetch\]"') as told:
        checked("https://outlet.example/news")
    assert missing in told.value.reason
