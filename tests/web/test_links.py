"""Every link within the demo archive leads somewhere, and to the very place that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from starlette.testclient import TestClient

from retold.web.views import PAGES
from tests.web.conftest import FERRY, HOME, whole

BESIDE = "bp-1462"  # an article of the same story
AT_ONCE = ("/stories", "/outlets", "/search?words=ferry+fog", "/add", "/", f"/stories/{FERRY}/read?view=panes")


class Links(HTMLParser):
    """The links of a page, and what can be led to in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.add(str(told["id"]))
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))


def walked(client: TestClient) -> Iterator[tuple[str, str, str]]:
    """Each link as (page, address, fragment); pages are followed as long as nothing is asked behind a question mark."""
    waiting, seen = list(AT_ONCE), set(AT_ONCE)
    while waiting:
        at = waiting.pop(0)
        for link in Links(whole(client, at)).links:
            address, fragment = urldefrag(urljoin(HOME + at, link))
            assert address.startswith(f"{HOME}/"), (at, link)
            local = address.removeprefix(HOME)
            yield at, local, fragment.partition(":~:")[0]  # what a browser looks for in the text names no place
            if local not in seen and "?" not in local and "." not in local.rpartition("/")[2]:
                seen.add(local)
                waiting.append(local)


def test_every_link_leads_somewhere_and_to_the_place_that_it_names(client: TestClient):
    found = list(walked(client))
    pages: dict[str, Links] = {}
    lost = []
    for at, address, fragment in found:
        if address not in pages:
            answer = client.get(address)
            assert answer.status_code == 200, (at, address)
            pages[address] = Links(whole(client, address) if fragment else answer.text)
        elif fragment and fragment not in pages[address].ids:
            pages[address] = Links(whole(client, address))
        if fragment and fragment not in pages[address].ids:
            lost.append((at, address, fragment))
    assert lost == []
    assert len(pages) > 100
    paths = {address.partition("?")[0] for address in pages}
    for page in PAGES:
        parts = page.address.replace(":path", "").split("/")
        kept = [path for path in paths if _fits(path.split("/"), parts)]
        assert kept, f"no link leads to {page.address}"


def _fits(path: list[str], parts: list[str]) -> bool:
    return len(path) == len(parts) and all(
        part.startswith("{") or one == part for one, part in zip(path, parts, strict=True)
    )


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        (f"/stories/{FERRY}/read", ["Alt+↓", "Alt+↑", "Tab"]),
        (
            f"/stories/{FERRY}/read?view=panes&base={FERRY}&with={BESIDE}",
            ["Alt+↓", "Alt+↑", "Alt+→", "Alt+←", "↓", "↑"],
        ),
        (f"/articles/{FERRY}/versions", ["Alt+↓", "Alt+↑", "Tab"]),
        (f"/stories/{FERRY}/lineage", ["↓", "↑", "←", "→", "Home", "End", "Enter", "Tab"]),
        (f"/stories/{FERRY}", []),
    ],
)
def test_a_page_says_at_its_foot_which_keys_it_knows(client: TestClient, address: str, keys: list[str]):
    shown = re.findall("<kbd>([^<]*)</kbd>", whole(client, address))
    assert shown[: len(keys)] == keys
    assert bool(shown) == bool(keys)
