"""The ledger of a story in a browser: by speaker, with its evidence, narrowed down by address."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import retold
from retold.archive.attributions import Evidence
from retold.cli.app import app
from retold.model.errors import UsageError
from retold.pictures.ledger import rows
from retold.store.store import Store
from retold.web.addresses import Query
from retold.web.views import said, statements
from tests.archive.test_statement_questions import FERRY as OSPREY
from tests.archive.test_statement_questions import article
from tests.browser import visited
from tests.web.conftest import FERRY, asking, ready

PATH = f"/stories/{FERRY}/statements"
HIT = re.compile(r"<li class=\"statement")


@pytest.fixture(scope="module")
def osprey(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive of one story: a ferry that sails again, told three times with differences."""
    path = str(tmp_path_factory.mktemp("osprey") / "news.retold")
    with retold.open(path, create=True) as archive:
        archive.add(OSPREY, learn=True, processes=1)
    return path


@pytest.fixture(scope="module")
def known(osprey: str) -> tuple[dict[str, Any], Evidence]:
    """Its story, and all its evidence."""
    with retold.open(osprey) as archive:
        story = archive.story("post-1")
        return story.to_dict(), archive.evidence(story.id)


def viewed(known: tuple[dict[str, Any], Evidence], **given: str) -> dict[str, Any]:
    story, evidence = known
    query = Query(f"/stories/{story['id']}/statements", {"story": story["id"]}, given)
    return statements.view(story, query, {"evidence": evidence, "origins": None})


def lines_of(told: dict[str, Any], words: str) -> dict[str, Any]:
    """The one line with some words."""
    (one,) = [line for speaker in told["speakers"] for line in speaker["rows"] if words in line["row"].text]
    return one


def page(client: TestClient, address: str) -> str:
    """A page, once it is ready."""
    for _ in range(100):
        text = client.get(address).text
        if "data-later" not in text:
            return text
        time.sleep(0.2)
    raise AssertionError(address)


# What the page shows


def test_statements_stand_by_who_speaks_with_every_name_that_goes_for_them(known):
    told = viewed(known)
    names = {speaker["name"]: speaker for speaker in told["speakers"]}
    assert len(names) == len(told["speakers"])
    assert (
        "a harbour official" in names["Ada Holm"]["forms"]
        or "Ada Holm, who heads the board" in names["Ada Holm"]["forms"]
    )
    assert names["Jonas Vind"]["kind"] == "person"
    assert names["Jonas Vind"]["address"].endswith("?speaker=Jonas+Vind")
    assert told["lead"].startswith(f"{known[1].total} statements: ")


def test_a_line_says_who_quotes_who_reports_and_who_has_it_not(known):
    told = viewed(known)
    rivets, guests = lines_of(told, "every rivet"), lines_of(told, "a third of its guests")
    assert rivets["told"] == [("quoted in", "A Lowmere Post, B Tarn Mail and C Lowmere Echo")]
    assert guests["told"] == [("reported in", "A Lowmere Post and B Tarn Mail"), ("not in", "C Lowmere Echo")]
    assert guests["marks"] == [("A", "indirect"), ("B", "indirect"), ("C", "absent")]
    assert guests["row"].differences == ["other cue: told (A), claimed (B)"]


def test_its_evidence_is_the_sentence_of_each_version_with_marks_at_their_places(known):
    told = viewed(known)
    first, second, third = lines_of(told, "every rivet")["sentences"]
    assert [[place["name"] for place in one["places"]] for one in (first, second, third)] == [
        ["A Lowmere Post"],
        ["B Tarn Mail"],
        ["C Lowmere Echo"],
    ]
    assert str(first["sentence"].html).startswith('<mark class="said">&quot;We looked at every rivet, by day')
    assert (
        '<span class="cue">said</span> <span class="who">Ada Holm, who heads the board</span>' in first["sentence"].html
    )
    story, _ = known
    (place,) = first["places"]
    start, end = map(int, place["span"].split("–"))
    assert end - start == len(first["sentence"].said)
    assert place["address"].startswith(f"/stories/{story['id']}/read?base=")
    assert place["address"].endswith("#:~:text=We%20looked%20at%20every,would%20do%20it%20again")


def test_versions_with_the_same_sentence_are_one_piece_of_evidence(known):
    (one,) = lines_of(viewed(known), "will sail to Tarn Island")["sentences"]
    assert one["same"] == "The same in 3 versions"
    assert [place["name"] for place in one["places"]] == ["A Lowmere Post", "B Tarn Mail", "C Lowmere Echo"]


def test_of_many_versions_a_few_are_linked_and_all_are_named(known):
    story, evidence = known
    found = lines_of(viewed(known), "every rivet")["row"].statement
    keys, first = [f"{one}{two}" for one in "AB" for two in "ABCDEFGHIJ"], found["spans"]["A"]
    text = evidence.ledger.articles[0].to_dict()
    shown = said.Shown(
        {**story, "articles": 20},
        [{**text, "key": key, "article_id": f"article-{key}"} for key in keys],
        ["“" + "x" * 300],
        {key: {first["content"][0][0]: (0, 0)} for key in keys},
    )
    (row,) = rows({"statements": [{**found, "spans": dict.fromkeys(keys, first), "difference": []}]})
    line = said.line(row, shown)
    (one,) = line["sentences"]
    assert one["same"] == "The same in 20 versions"
    assert len(one["places"]) == 4
    assert (one["count"], one["more"].count("–")) == (16, 16)
    assert line["told"] == [("quoted in", "all 20 versions")]
    assert (line["marks"], set(line["bars"])) == ([], {"direct"})


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({"changed": "yes"}, ["told differently"]),
        ({"difference": "shortened"}, ["shortened"]),
        ({"form": "direct"}, ["quoted"]),
        ({"spread": "not all"}, ["told by not all"]),
        ({"cue": "claim", "outlet": "Tarn Mail"}, ["claims", "in Tarn Mail"]),
        ({"speaker": "vind"}, ["by vind"]),
    ],
)
def test_an_address_narrows_it_down_and_says_so(known, given: dict[str, str], chosen: list[str]):
    told = viewed(known, **given)
    assert 0 < told["total"] < known[1].total or given == {"cue": "claim", "outlet": "Tarn Mail"}
    assert sorted(text for text, _ in told["chosen"]) == sorted(chosen)
    for text, address in told["chosen"]:  # each leads to the ledger without itself, and with all others
        (mine,) = [name for name in given if f"{name}=" not in address]
        assert text == statements.CHOSEN[mine].format(statements.said(mine, given[mine]))


def test_each_choice_leads_to_as_many_statements_as_it_says(known):
    for facet in viewed(known)["facets"]:
        for value in facet["values"]:
            given = dict(part.split("=") for part in value["address"].partition("?")[2].replace("+", " ").split("&"))
            assert viewed(known, **given)["total"] == value["count"], value


def test_what_all_statements_have_is_no_choice(known):
    total = viewed(known)["total"]
    for facet in viewed(known)["facets"]:
        assert all(0 < value["count"] < total for value in facet["values"])
    (spread,) = [facet for facet in viewed(known, spread="all")["facets"] if facet["name"] == "Told by"]
    assert [value["text"] for value in spread["values"] if value["chosen"]] == ["all versions"]


def test_a_page_leads_to_the_next_and_back_to_the_first(known):
    first = viewed(known, limit="2")
    assert first["first"] is None
    after = first["next"].partition("after=")[2].partition("&")[0]
    second = viewed(known, limit="2", after=after)
    assert second["first"].endswith("?limit=2")
    ids = [line["row"].id for told in (first, second) for one in told["speakers"] for line in one["rows"]]
    assert ids == [one.id for one in known[1].ledger.statements[:4]]


def test_what_is_no_filter_is_refused(known):
    with pytest.raises(UsageError, match="spread 'many' is none of one"):
        statements.call(Query("/", {"story": "x"}, {"spread": "many"}))
    with pytest.raises(UsageError, match="is no statement"):
        viewed(known, after="nobody")


def test_before_they_are_read_the_page_has_its_story_and_no_count(known):
    query = Query("/stories/x/statements", {"story": "x"})
    told = statements.view(known[0], query, {"evidence": None, "origins": None})
    assert [tab["count"] for tab in told["tabs"] if tab["current"]] == [None]
    assert told["whole"] is None


# Its twins


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ("", []),
        ("?changed=yes", ["--changed"]),
        ("?speaker=director&limit=3", ["--speaker", "director", "--limit", "3"]),
        ("?form=direct&spread=not+all", ["--form", "direct", "--spread", "not all"]),
        ("?difference=shortened&outlet=Coast+Tribune", ["--difference", "shortened", "--outlet", "Coast Tribune"]),
    ],
)
def test_the_address_the_command_and_python_are_one_question(
    client: TestClient, demo: str, given: str, options: list[str]
):
    twin = client.get(f"{PATH}.json{given}").text
    assert twin == printed(["statements", FERRY, *options, "--archive", demo])
    shown = page(client, PATH + given)
    _, command, line, _ = map(unescape, re.findall(r'<code id="way-\d">(.*?)</code>', shown))
    assert twin == printed(shlex.split(command)[1:])
    assert twin.rstrip("\n") == eval(line, {"retold": retold}).to_json().rstrip("\n")
    assert len(HIT.findall(shown)) == len(json.loads(twin)["statements"])


def printed(command: list[str]) -> str:
    """What a command prints as JSON."""
    return CliRunner().invoke(app, [command[0], "--json", *command[1:]], standalone_mode=False).stdout


def test_its_table_has_a_line_for_each_statement_and_version(client: TestClient):
    found = client.get(f"{PATH}.json").json()
    lines = list(csv.DictReader(io.StringIO(client.get(f"{PATH}.csv").text)))
    told = sum(1 + len(one["again"].get(key, ())) for one in found["statements"] for key in one["spans"])
    assert len(lines) == told
    held = {text["version_id"]: text for text in found["articles"]}
    for row in lines:
        content = json.loads(row["content"])
        assert (int(row["start"]), int(row["end"])) == (content[0][0], content[-1][1])
        assert held[row["version_id"]]["key"] == row["key"]
    assert {row["statement_id"] for row in lines} == {one["id"] for one in found["statements"]}
    changed = {one["id"] for one in found["statements"] if one["difference"]}
    assert {row["statement_id"] for row in lines if row["differs"] != "[]"} == changed


@pytest.mark.parametrize(
    ("given", "status"), [("?form=loud", 400), ("?after=0", 400), ("?limit=0", 400), ("?changed=no", 400)]
)
def test_what_cannot_be_answered_is_told_by_page_and_twin(client: TestClient, given: str, status: int):
    page(client, PATH)
    assert client.get(PATH + given).status_code == status
    assert client.get(f"{PATH}.json{given}").status_code == status


def test_an_article_that_is_in_no_story_yet_has_its_statements_as_json(osprey: str, tmp_path: Path):
    path = str(tmp_path / "news.retold")
    shutil.copy(osprey, path)
    with retold.open(path) as archive:
        archive.add([article("new-1", '"The slip is dry," said Per Tamm.', outlet="New Paper", day=25)], processes=1)
        told = archive.statements("new-1", limit=100).to_json()
    with asking(path) as client:
        assert client.get("/stories/new-1/statements").status_code == 404
        assert client.get("/stories/new-1/statements.json").text == told + "\n"


# Others write


def test_the_page_is_made_while_another_writes_and_nothing_is_kept(osprey: str, tmp_path: Path):
    path = tmp_path / "news.retold"
    shutil.copy(osprey, path)
    with Store.writing(str(path)) as store:
        store.do("DELETE FROM sayings")
    with asking(str(path)) as client, Store.writing(str(path)):
        assert "every rivet" in page(client, "/stories/post-1/statements")
    with Store.reading(str(path)) as store:
        assert store.one("SELECT COUNT(*) FROM sayings") == (0,)


def test_what_the_page_has_read_is_kept_and_its_count_stands_on_the_tabs(osprey: str, tmp_path: Path):
    path = tmp_path / "news.retold"
    with retold.open(path, create=True) as archive:
        archive.add(OSPREY, learn=True, processes=1)
    with asking(str(path)) as client:
        before = page(client, "/stories/post-1")
        assert re.search(r'/statements" aria-keyshortcuts="Alt\+L">Statements</a>', before)
        assert "told differently" not in before
        page(client, "/stories/post-1/statements")
        after = page(client, "/stories/post-1")
        assert re.search(r'>Statements <span class="count">\d+</span>', after)
        assert re.search(r'statements\?changed=yes"><b>2</b> told differently', after)
    with Store.reading(str(path)) as store:
        assert store.one("SELECT COUNT(*) FROM sayings") == (3,)


def test_while_others_write_the_ledger_is_made_once(osprey: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "news.retold"
    shutil.copy(osprey, path)
    with asking(str(path)) as client:
        page(client, "/stories/post-1/statements")
        monkeypatch.setattr("retold.web.asides.Asides._asked", lambda *given: pytest.fail("made a second time"))
        with retold.open(path) as archive:
            archive.add([{"id": "x", "title": "Fog", "text": "Fog lay over the sound all of Sunday."}], processes=1)
        assert "every rivet" in client.get("/stories/post-1/statements").text


def test_a_story_without_statements_has_no_tab_for_them_once_that_is_known(tmp_path: Path):
    path = str(tmp_path / "quiet.retold")
    with retold.open(path, create=True) as archive:
        archive.add(
            [{"id": "fog", "title": "Fog", "text": "Fog lay over the sound all of Sunday. It was cold."}], learn=True
        )
    with asking(path) as client:
        assert "No statement was found" in page(client, "/stories/fog/statements")
        assert "/statements" not in page(client, "/stories/fog/read")


# In a browser


@pytest.fixture
def seen(browser: Any, server_of: Callable[[str], str], osprey: str) -> Iterator[Any]:
    """The ledger, open in a browser."""
    with visited(browser, ready(f"{server_of(osprey)}/stories/post-1/statements")) as seen:
        yield seen
        assert seen.complaints == []


def row_with(seen: Any, words: str) -> Any:
    return seen.page.locator(".statement", has_text=words).first


@pytest.mark.browser
def test_a_row_opens_by_keyboard_to_its_evidence(seen: Any):
    row = row_with(seen, "every rivet")
    assert not row.locator("blockquote").first.is_visible()
    row.locator("summary").focus()
    seen.page.keyboard.press("Enter")
    assert row.locator("blockquote").count() == 3
    assert row.locator("mark.said").first.inner_text().startswith('"We looked at every rivet')
    assert seen.violations() == []


@pytest.mark.browser
def test_a_link_of_the_evidence_leads_to_the_words_in_the_reader(
    seen: Any, server_of: Callable[[str], str], osprey: str
):
    from playwright.sync_api import expect

    home = server_of(osprey)
    row = row_with(seen, "a third of its guests")
    ready(home + row.locator(".where a").first.get_attribute("href").partition("#")[0])
    row.locator("summary").click()
    row.locator(".where a").first.click()
    seen.page.wait_for_selector("retold-reader")
    expect(seen.page.locator(".cell .words", has_text="a third of its guests").first).to_be_in_viewport()
    assert seen.page.evaluate("scrollY") > 0


@pytest.mark.browser
def test_a_link_to_a_statement_opens_it(browser: Any, server_of: Callable[[str], str], osprey: str):
    home = server_of(osprey)
    with visited(browser, ready(f"{home}/stories/post-1/statements")) as seen:
        link = row_with(seen, "every rivet").locator(".evidence > li.quiet a").get_attribute("href")
    with visited(browser, f"{home}/stories/post-1/statements{link}") as seen:
        assert row_with(seen, "every rivet").locator("blockquote").first.is_visible()


@pytest.mark.browser
def test_alt_l_leads_to_the_statements_and_alt_m_to_the_matrix(seen: Any):
    seen.page.keyboard.press("Alt+m")
    seen.page.wait_for_url("**/stories/*#coverage")
    seen.page.keyboard.press("Alt+l")
    seen.page.wait_for_url("**/statements")
    seen.page.locator("#speaker").focus()
    seen.page.keyboard.press("Alt+m")
    assert seen.page.url.endswith("/statements")


@pytest.mark.browser
def test_the_form_asks_by_address_and_keeps_what_was_chosen(seen: Any):
    seen.page.locator(".facets a", has_text="not all").evaluate("(one) => one.click()")
    seen.page.wait_for_selector(".chosen")
    seen.page.fill("#speaker", "vind")
    seen.page.check("[name=changed]")
    seen.page.click(".find button")
    seen.page.wait_for_url("**speaker=vind**")
    assert "spread=not+all" in seen.page.url
    assert "changed=yes" in seen.page.url
    assert seen.page.locator(".statement").count() == 1
    with_it = seen.page.url
    seen.page.goto(with_it)
    assert seen.page.locator("#speaker").input_value() == "vind"
    assert seen.page.is_checked("[name=changed]")


@pytest.mark.browser
@pytest.mark.parametrize("look", [{}, {"scheme": "dark"}, {"forced_colors": "active"}, {"width": 320}])
def test_axe_finds_nothing_in_open_evidence(browser: Any, server_of: Callable[[str], str], osprey: str, look: Any):
    with visited(browser, ready(f"{server_of(osprey)}/stories/post-1/statements"), **look) as seen:
        seen.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert seen.violations() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= seen.page.viewport_size["width"]
