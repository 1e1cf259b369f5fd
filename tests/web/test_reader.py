"""The reader: which articles an address puts side by side, how they are shown, and how they are walked."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

import retold
from retold.model.errors import UsageError
from retold.pictures.panes import panes
from retold.pictures.report import reading
from retold.web.addresses import Query
from retold.web.views import reader
from tests.browser import Opened, visited
from tests.pictures.sample import established, family, pair
from tests.web.conftest import FERRY

FILES, OTHERS = ["id-a", "id-b"], [f"n{number}" for number in range(12)]


def query(**given: str) -> Query:
    return Query("/stories/5d1f/read", {"story": "5d1f"}, given)


def story(*names: str) -> dict[str, Any]:
    tellings = [
        {
            "article_id": name,
            "source_ids": [f"our-{name}"],
            "url": f"https://coast.example/{name}",
            "outlet": f"The {name.title()}",
            "title": f"Fog of {name}",
            "published": "2026-05-06T09:50:00Z",
        }
        for name in names
    ]
    return {"id": "5d1f", "title": "Fog", "articles": len(names), "tellings": tellings}


def viewed(
    document: Mapping[str, Any] | None, *names: str, read: list[str] | None = None, **given: str
) -> dict[str, Any]:
    found = {"story": story(*names), "articles": read or list(names)}
    return reader.view(found, query(**given), {"compared": document, "origins": None})


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, ("5d1f",)),
        ({"base": "a"}, ("5d1f",)),
        ({"base": "a", "with": "b"}, ("a", "b")),
        ({"with": "b, a"}, ("b", "a")),
        ({"base": "b", "with": "a", "more": "c,d", "also": "e"}, ("b", "a", "c", "d", "e")),
        ({"base": "a", "with": "b,a,b"}, ("a", "b")),
        ({"base": "a", "with": "a"}, ("5d1f",)),
    ],
)
def test_an_address_names_the_articles_or_means_all_of_the_story(given: dict[str, str], names: tuple[str, ...]):
    call = reader.call(query(**given))
    assert (call.question, call.names, call.story) == ("compare", names, "5d1f")
    assert call.command("news.retold") == f"retold compare --archive news.retold {' '.join(names)}"


@pytest.mark.parametrize("given", [{"view": "aside"}, {"off": "verbs"}, {"off": "style,<b>"}])
def test_what_is_no_view_and_no_class_is_refused(given: dict[str, str]):
    with pytest.raises(UsageError, match="is none of"):
        reader.call(query(**given))


@pytest.mark.parametrize(
    ("count", "asked", "manner"),
    [
        (2, "", "rows"),
        (2, "panes", "panes"),
        (3, "panes", "rows"),
        (6, "", "rows"),
        (6, "apparatus", "apparatus"),
        (7, "", "apparatus"),
        (7, "rows", "apparatus"),
    ],
)
def test_from_seven_articles_on_it_is_one_text_with_its_readings(count: int, asked: str, manner: str):
    names = OTHERS[:count]
    found = viewed(family(count, 3), *names, **({"view": asked} if asked else {}))
    assert found["manner"] == manner
    assert [view["current"] for view in found["views"]].count(True) == 1
    assert len(found["drawn"]["rows"]) == 3


def test_what_is_too_much_for_two_panes_is_shown_in_rows(monkeypatch: pytest.MonkeyPatch):
    document = pair()
    asked = viewed(document, "x", "y", view="panes")
    assert (asked["manner"], [view["text"] for view in asked["views"]][1]) == ("panes", "Two panes")
    monkeypatch.setattr(reader, "MOST_IN_PANES", len(document["edits"]) - 1)
    found = viewed(document, "x", "y", view="panes")
    assert found["manner"] == "rows"
    assert [view["text"] for view in found["views"]] == ["Rows", "One text and its readings"]


def test_the_base_stands_first_and_keeps_the_letter_of_its_comparison():
    found = viewed(family(3, 4), "x", "y", "z", base="z")
    assert [(one["id"], one["key"], one["is_base"]) for one in found["versions"]] == [
        ("z", "C", True),
        ("x", "A", False),
        ("y", "B", False),
    ]
    assert [cell.key for cell in found["drawn"]["rows"][0].cells] == ["C", "A", "B"]
    assert found["versions"][1]["as_base"] == "/stories/5d1f/read?base=x"


def test_a_base_may_be_named_as_its_input_names_it():
    assert viewed(family(3, 2), "x", "y", "z", base="our-y")["versions"][0]["id"] == "y"
    with pytest.raises(UsageError, match="none of the articles that are read here"):
        viewed(family(3, 2), "x", "y", "z", base="elsewhere")


def test_an_apparatus_shows_the_base_wherever_it_has_the_passage():
    document = family(9, 12)
    chosen = viewed(document, *OTHERS[:9], base="n3")["drawn"]["rows"]
    fullest = viewed(document, *OTHERS[:9])["drawn"]["rows"]
    for passage, row in zip(document["passages"], chosen, strict=True):
        assert (row.cells[0].key == "D") == ("D" in passage["spans"])
    assert {row.cells[0].key for row in fullest} != {row.cells[0].key for row in chosen}


def test_more_articles_are_added_and_left_out_by_address():
    found = viewed(family(3, 2), "w", "x", "y", "z", read=["x", "y", "z"], base="x", **{"with": "y", "more": "z"})
    assert found["versions"][1]["without"] == "/stories/5d1f/read?base=x&with=z"
    assert found["choice"]["hidden"] == {"more": "z"}
    assert [one["id"] for one in found["choice"]["others"]] == ["w"]
    assert [view["address"] for view in found["views"]] == [
        "/stories/5d1f/read?base=x&with=y%2Cz",
        "/stories/5d1f/read?base=x&view=panes&with=y",
        "/stories/5d1f/read?base=x&view=apparatus&with=y%2Cz",
    ]


def test_a_pair_leads_to_the_next_and_to_the_one_before():
    found = viewed(pair(), "w", "x", "y", "z", read=["x", "z"], base="x", **{"with": "z", "view": "panes", "only": "1"})
    assert [(one["text"], one["address"]) for one in found["pairs"]] == [
        ("Previous pair", "/stories/5d1f/read?base=x&only=1&view=panes&with=y"),
        ("Next pair", "/stories/5d1f/read?base=x&only=1&view=panes&with=w"),
    ]
    assert viewed(pair(), "x", "z")["pairs"] == []


@pytest.mark.parametrize(
    ("stated", "off"),
    [(None, ["style"]), ("none", []), ("style,name", ["name", "style"]), ("content", ["content"])],
)
def test_the_address_says_what_is_switched_off(stated: str | None, off: list[str]):
    assert viewed(pair(), *FILES, **({"off": stated} if stated else {}))["off"] == off


def test_one_article_alone_and_too_many_are_told():
    assert viewed(None, "x")["problem"]["text"].startswith("One article alone")
    names = [f"n{number}" for number in range(500)]
    problem = viewed(None, *names)["problem"]
    assert problem["text"].startswith("500 articles cannot be put side by side; up to 200 can.")
    assert problem["address"].count("n") >= reader.SUGGESTED
    assert reader.call(Query("", {"story": "5d1f"}, {"base": "n0", "with": ",".join(names[1:100])})).names[99] == "n99"


def test_a_pane_tells_its_article_in_its_own_order():
    document = pair()
    document["passages"][6]["spans"]["B"], document["passages"][5]["spans"]["B"] = (
        document["passages"][5]["spans"]["B"],
        document["passages"][4]["spans"]["B"],
    )
    told = reading(document, ["A", "B"], apparatus=False)
    for pane in panes(told["view"], told["rows"]):
        starts = [
            passage["spans"][pane.key][0][0]
            for one in pane.stretches
            for passage in document["passages"]
            if passage["id"] == one.row.id
        ]
        assert starts == sorted(starts)
        assert len(starts) == sum(pane.key in passage["spans"] for passage in document["passages"])
        assert all(one.common == (len(document_passage(document, one.row.id)["spans"]) > 1) for one in pane.stretches)


def document_passage(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(passage for passage in document["passages"] if passage["id"] == name)


def test_the_page_asks_for_the_same_comparison_as_its_twin(client: TestClient, demo: str):
    with retold.open(demo) as archive:
        ids = [telling.article_id for telling in archive.story(FERRY).tellings]
        expected = archive.compare(ids[2], ids[0]).to_json()
        assert archive.compare(FERRY).to_json() == archive.compare(*ids).to_json()
    address = f"/stories/{FERRY}/read{{}}?base={ids[2]}&with={ids[0]}&view=panes"
    assert client.get(address.format(".json")).text == expected.rstrip("\n") + "\n"
    page = whole(client, address.format(""))
    assert "<retold-panes" in page
    assert f"retold compare --archive {demo} {ids[2]} {ids[0]}" in page


def whole(client: TestClient, address: str) -> str:
    """A page, once all of it is there."""
    while "data-later" in (page := client.get(address).text):
        time.sleep(0.05)
    return page


def test_all_texts_stand_on_the_page_of_an_apparatus(client: TestClient, demo: str):
    with retold.open(demo) as archive:
        largest = archive.stories(by="articles").stories[0]
        texts = [version.text.split("\n\n")[0] for version in archive.versions(largest.id)]
    page = whole(client, f"/stories/{largest.id}/read?view=apparatus")
    import html

    assert [text for text in texts if html.escape(text) not in page and text not in html.unescape(page)] == []


@pytest.mark.parametrize("given", ["?base=nobody", "?base=a&with=b", "?view=aside", "?off=verbs"])
def test_what_cannot_be_read_is_told(client: TestClient, given: str):
    answer = client.get(f"/stories/{FERRY}/read{given}")
    assert answer.status_code == 400
    assert "<h1" in answer.text


# In a browser: on pages of the demo archive, with documents of many features in the place of its own.


def drawn(document: Mapping[str, Any], manner: str, names: list[str]) -> str:
    """The reader of a document, as its page shows it."""
    from retold.web import pages

    told = viewed(document, *names, view=manner)
    told["tabs"] = []
    site = pages.Site("news.retold", "http://127.0.0.1")
    return pages.drawn("reader", site, query=query(view=manner), script="reader.js", **told)


@pytest.fixture
def shown(browser: Any, server_of: Callable[[str], str], demo: str) -> Callable[..., Any]:
    """A page of a real server, whose content is the reader of a document; its policy and scripts are the real ones."""

    def show(document: Mapping[str, Any], manner: str = "rows", names: list[str] | None = None, **look: Any) -> Any:
        home = server_of(demo)
        page = drawn(document, manner, names or FILES).encode()
        context = browser.new_context(viewport={"width": look.pop("width", 1280), "height": 800}, **look)
        seen = Opened(context.new_page())
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        policy = retold_policy()
        answer = {"body": page, "headers": {"content-type": "text/html", "content-security-policy": policy}}
        seen.page.route("**/stories/5d1f/read*", lambda route: route.fulfill(**answer))
        seen.page.goto(f"{home}/stories/5d1f/read?view={manner}")
        return seen

    return show


def retold_policy() -> str:
    from retold.web.guards import POLICY

    return POLICY


SCROLLED = """([from, to, name]) => {
    const [one, other] = [from, to].map((at) => document.querySelectorAll("[data-pane]")[at]);
    const head = (pane) => pane.querySelector("h3").getBoundingClientRect().bottom;
    const place = (pane) => pane.querySelector(`[data-passage="${name}"]`).getBoundingClientRect().top;
    one.scrollTop += place(one) - head(one);
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() =>
        done([place(one) - head(one), place(other) - head(other)]), 30))));
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("document", [pair(), family(2, 40)], ids=["pair", "forty passages"])
def test_the_panes_stand_at_the_same_passage_whichever_is_scrolled(shown: Any, document: Any, width: int):
    seen = shown(document, "panes", width=width)
    common = [
        one.get_attribute("data-passage")
        for one in seen.page.locator("[data-pane]").nth(0).locator("[data-passage]").all()
    ]
    assert len(common) > 4
    for from_, to in ((0, 1), (1, 0)):
        for name in [*common, *reversed(common)]:
            here, there = seen.page.evaluate(SCROLLED, [from_, to, name])
            assert abs(here) <= 1
            assert abs(there) <= 2, f"{name} from {from_}"
    assert seen.complaints == []


@pytest.mark.browser
def test_panes_that_are_not_to_scroll_together_do_not(shown: Any):
    seen = shown(family(2, 40), "panes")
    seen.page.uncheck("#together")
    seen.page.evaluate("document.querySelectorAll('[data-pane]')[0].scrollTop = 900")
    seen.page.wait_for_timeout(100)
    assert seen.page.evaluate("document.querySelectorAll('[data-pane]')[1].scrollTop") == 0


@pytest.mark.browser
@pytest.mark.parametrize("manner", ["rows", "panes"])
def test_one_key_leads_to_the_first_edit_and_the_next_to_the_second(shown: Any, manner: str):
    seen = shown(pair(), manner)
    status = seen.page.locator("retold-reader [role=status]")
    seen.page.keyboard.press("Alt+ArrowDown")
    assert status.inner_text().startswith("Edit 1 of 11, passage 1: E1 structure")
    seen.page.click("text=Next edit")
    assert status.inner_text().startswith("Edit 2 of 11")
    assert seen.page.locator(".cell .now").count() == 2
    seen.page.keyboard.press("Alt+ArrowUp")
    seen.page.keyboard.press("Alt+ArrowUp")
    assert status.inner_text().startswith("Edit 11 of 11")
    mark = seen.page.locator(".cell .now:not(.caret)").first
    assert mark.evaluate(
        "one => { const box = one.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; }"
    )


@pytest.mark.browser
@pytest.mark.parametrize("manner", ["rows", "panes"])
def test_a_mark_that_is_pressed_tells_its_edit(shown: Any, manner: str):
    seen = shown(pair(), manner)
    seen.page.locator(".cell .m.name").first.click()
    assert "E4 name" in seen.page.locator("retold-reader [role=status]").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("manner", ["rows", "panes"])
def test_what_is_switched_stands_in_the_address(shown: Any, manner: str):
    seen = shown(pair(), manner)
    assert not seen.page.is_checked("#show-style")
    seen.page.check("#show-style")
    assert "off=none" in seen.page.url
    seen.page.uncheck("#show-name")
    seen.page.check("#only")
    assert seen.page.url.endswith("off=name&only=1")
    assert seen.page.evaluate("document.querySelector('#way-1')?.textContent ?? location.href") == seen.page.url
    style = seen.page.locator(".cell .m.name").first.evaluate("one => getComputedStyle(one).textDecorationLine")
    assert style == "none"
    assert seen.page.locator(".row.plain:visible").count() == 0
    seen.page.check("#show-name")
    seen.page.uncheck("#show-style")
    seen.page.uncheck("#only")
    assert seen.page.url.endswith(f"?view={manner}")


@pytest.mark.browser
def test_an_address_alone_restores_the_view(browser: Any, server_of: Callable[[str], str], demo: str):
    address = f"/stories/{FERRY}/read?only=1&off=name,style"
    with visited(browser, server_of(demo) + address) as seen:
        seen.page.wait_for_selector("retold-reader")
        checked = {kind: seen.page.is_checked(f"#show-{kind}") for kind in ("content", "name", "style")}
        assert checked == {"content": True, "name": False, "style": False}
        assert seen.page.is_checked("#only")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("document", "manner", "count"),
    [
        (pair(), "rows", 2),
        (pair(), "panes", 2),
        (established(), "panes", 2),
        (family(5, 6), "rows", 5),
        (family(9, 6), "", 9),
    ],
    ids=["rows", "panes", "a direction", "five columns", "an apparatus"],
)
@pytest.mark.parametrize(
    "look",
    [
        {},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"width": 320},
        {"width": 640, "device_scale_factor": 2},
    ],
    ids=["light", "dark", "forced colours", "320 px", "200 %"],
)
def test_axe_finds_nothing_in_any_reader(shown: Any, document: Any, manner: str, count: int, look: dict[str, Any]):
    seen = shown(document, manner or "apparatus", OTHERS[:count], **look)
    assert seen.violations() == []
    assert seen.complaints == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= seen.page.viewport_size["width"]


@pytest.mark.browser
@pytest.mark.parametrize("manner", ["rows", "panes"])
def test_tab_reaches_all_of_a_reader(shown: Any, manner: str):
    seen = shown(pair(), manner)
    assert seen.reached_by_tab() == seen.controls() > 20


@pytest.mark.browser
@pytest.mark.parametrize("manner", ["rows", "panes", "apparatus"])
def test_without_scripts_all_edits_are_told(shown: Any, manner: str):
    seen = shown(pair(), manner, java_script_enabled=False)
    text = seen.page.inner_text("main")
    for words in ("more than 400 complaints", "is too narrow", "one name in two spellings", "only in B"):
        assert words in text or manner == "apparatus"
    assert seen.page.locator(".edits li").count() == 12
    assert not seen.page.is_visible("text=Next edit")


@pytest.mark.browser
@pytest.mark.parametrize("manner", ["rows", "panes"])
def test_the_overview_leads_to_each_passage(shown: Any, manner: str):
    seen = shown(pair(), manner)
    assert seen.page.inner_text(".overview .strip") == "#~~~=##=~"
    seen.page.click(".overview summary")
    assert seen.violations() == []
    for link in seen.page.locator(".overview a").all():
        assert seen.page.evaluate("name => !!document.getElementById(name.slice(1))", link.get_attribute("href"))


@pytest.mark.browser
def test_the_keys_lead_to_the_next_pair(browser: Any, server_of: Callable[[str], str], demo: str):
    with retold.open(demo) as archive:
        ids = [telling.article_id for telling in archive.story(FERRY).tellings]
    with visited(browser, f"{server_of(demo)}/stories/{FERRY}/read?base={ids[0]}&with={ids[1]}&view=panes") as seen:
        seen.page.wait_for_selector("retold-panes")
        seen.page.keyboard.press("Alt+ArrowRight")
        seen.page.wait_for_url(f"**with={ids[2]}")
        seen.page.wait_for_selector("retold-panes")
        seen.page.keyboard.press("Alt+ArrowLeft")
        seen.page.wait_for_url(f"**with={ids[1]}")
