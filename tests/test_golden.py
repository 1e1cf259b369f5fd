"""Every golden family is judged as an editor judges it: see ``tests/golden/README.md``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from retold import compare
from retold.answers import Comparison, Passage
from retold.replaying import compared_text, replay

GOLDEN = Path(__file__).parent / "golden"
FAMILIES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())
COMPARED = ("paragraph", "standfirst")


@cache
def family(name: str) -> Comparison:
    return compare(sorted(path for path in (GOLDEN / name).iterdir() if path.suffix != ".toml"))


@cache
def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((GOLDEN / name / "expected.toml").read_text(encoding="utf-8"))


def entries(table: str) -> list[Any]:
    """One case for each entry of a table, named by its family and its place."""
    return [
        pytest.param(name, entry, id=f"{name}-{entry.get('id', place)}")
        for name in FAMILIES
        for place, entry in enumerate(expected(name).get(table, []))
    ]


def lines(table: str) -> list[Any]:
    return [
        pytest.param(name, key, line, id=f"{name}-{key}-{place}")
        for name in FAMILIES
        for key, told in expected(name).get(table, {}).items()
        for place, line in enumerate(told)
    ]


def keys(entry: dict[str, Any]) -> list[str]:
    return [key for key in entry if key.isupper()]


def text(found: Comparison, key: str) -> str:
    return next(article.text for article in found.articles if article.key == key)


def inside(found: Comparison, passage: Passage, key: str, piece: str) -> bool:
    """Whether a piece of an article lies within a passage's spans."""
    spans = passage.spans.get(key, [])
    return any(piece in text(found, key)[start:end] for start, end in spans)


def home(found: Comparison, key: str, piece: str) -> list[Passage]:
    return [passage for passage in found.passages if inside(found, passage, key, piece)]


def verdict(name: str) -> dict[str, Any]:
    return dict(expected(name)["verdict"])


@pytest.mark.parametrize("name", FAMILIES)
def test_one_story_or_not(name):
    wanted = verdict(name)
    if "same_story" in wanted:
        assert family(name).same_story == wanted["same_story"]
    if "story_groups" in wanted:
        assert family(name).story.groups == wanted["story_groups"]


@pytest.mark.parametrize("name", FAMILIES)
def test_one_text_or_not(name):
    if "same_text" in verdict(name):
        assert family(name).same_text == verdict(name)["same_text"]


@pytest.mark.parametrize("name", FAMILIES)
def test_the_origins_are_counted(name):
    wanted = verdict(name)
    found = family(name).origins
    assert [group.articles for group in found.groups] == wanted["groups"]
    assert found.count == wanted["origins"]
    if "source_seen" in wanted:
        assert [group.source_seen for group in found.groups] == wanted["source_seen"]


@pytest.mark.parametrize("name", FAMILIES)
def test_the_direction_is_as_sure_as_the_signs(name):
    wanted = verdict(name)
    found = family(name).direction
    if "direction" in wanted:
        assert found.verdict == wanted["direction"]
    unlikely = [[arrow.from_, arrow.to] for arrow in found.unlikely]
    assert all(arrow in unlikely for arrow in wanted.get("unlikely", []))


@pytest.mark.parametrize(("name", "wanted"), entries("passages"))
def test_passages_stand_beside_their_counterparts(name, wanted):
    found = family(name)
    pieces = [(key, piece) for key in keys(wanted) for piece in wanted[key]]
    homes = [{passage.id for passage in home(found, key, piece)} for key, piece in pieces]
    assert all(homes), [piece for piece, where in zip(pieces, homes, strict=True) if not where]
    common = set.intersection(*homes)
    assert common, f"not in one passage: {list(zip(pieces, homes, strict=True))}"
    passage = next(passage for passage in found.passages if passage.id in common)
    assert passage.relation == wanted["relation"]
    assert not set(wanted.get("absent", [])) & set(passage.spans)
    if wanted["relation"] == "only":
        assert set(passage.spans) == set(keys(wanted))


@pytest.mark.parametrize("name", FAMILIES)
def test_passages_apart_stay_apart(name):
    found = family(name)
    wanted = {entry["id"]: entry for entry in expected(name).get("passages", [])}
    for one, other in expected(name).get("apart", []):
        ids = [
            {
                passage.id
                for key in keys(wanted[each])
                for piece in wanted[each][key]
                for passage in home(found, key, piece)
            }
            for each in (one, other)
        ]
        assert not ids[0] & ids[1], (one, other)


@pytest.mark.parametrize(("name", "wanted"), entries("edits"))
def test_edits_have_their_class(name, wanted):
    found = family(name)

    def fits(edit: Any) -> bool:
        for key in keys(wanted):
            side = edit.sides.get(key)
            if side is None or wanted[key] not in side.text or (wanted[key] == "" and side.text.strip()):
                return False
        return True

    edits = [edit for edit in found.edits if fits(edit)]
    assert edits, "no such edit"
    classes = [edit.class_ for edit in edits]
    assert wanted["class"] in classes, [(edit.class_, edit.note, edit.sides) for edit in edits]
    edits = [edit for edit in edits if edit.class_ == wanted["class"]]
    if "in_quote" in wanted:
        assert any(edit.in_quote == wanted["in_quote"] for edit in edits)
    if "note" in wanted:
        assert any(wanted["note"] in edit.note for edit in edits), [edit.note for edit in edits]


@pytest.mark.parametrize("name", [name for name in FAMILIES if "only_edits" in expected(name)])
def test_no_other_class_of_edit_occurs(name):
    wrong = [edit for edit in family(name).edits if edit.class_ not in expected(name)["only_edits"]]
    assert not wrong


@pytest.mark.parametrize(("name", "wanted"), entries("quotations"))
def test_quotations_are_told_as_they_are(name, wanted):
    found = family(name)
    told = [
        quotation
        for quotation in found.quotations
        if all(key in quotation.sides and wanted[key] in quotation.sides[key].text for key in keys(wanted))
    ]
    assert told, "no such quotation"
    assert wanted["state"] in [quotation.state for quotation in told], [(q.state, q.note, q.speakers) for q in told]
    if "left_out" in wanted:
        assert any(wanted["left_out"] in (quotation.left_out or "") for quotation in told)


@pytest.mark.parametrize(("name", "wanted"), entries("names"))
def test_spellings_of_one_name_are_gathered(name, wanted):
    spellings = [{variant.text for variant in found.variants} for found in family(name).names]
    assert any(set(wanted["variants"]) <= each for each in spellings), spellings


@pytest.mark.parametrize(("name", "wanted"), entries("watch"))
def test_the_watch_list_names_what_is_lost(name, wanted):
    told = [
        watch
        for watch in family(name).watch
        if watch.kind == wanted["kind"] and watch.article == wanted["article"] and watch.side is not None
    ]
    assert any(wanted["words"] in watch.side.text for watch in told), family(name).watch


@pytest.mark.parametrize(("name", "key", "line"), lines("furniture"))
def test_furniture_is_set_aside(name, key, line):
    article = next(article for article in family(name).articles if article.key == key)
    wrong = [b for b in article.blocks if b.kind in COMPARED and article.text[b.start : b.end].strip() == line.strip()]
    assert not wrong, line


@pytest.mark.parametrize(("name", "key", "line"), lines("body"))
def test_no_body_sentence_is_lost(name, key, line):
    article = next(article for article in family(name).articles if article.key == key)
    blocks = [article.text[b.start : b.end] for b in article.blocks if b.kind in COMPARED]
    assert any(line in block for block in blocks), line


@pytest.mark.parametrize("name", FAMILIES)
def test_credits_are_read_as_what_they_are(name):
    for key, wanted in expected(name).get("credits", {}).items():
        article = next(article for article in family(name).articles if article.key == key)
        found = [[credit.kind, credit.name] for credit in article.credits]
        assert all(credit in found for credit in wanted), (key, found)
        if not wanted:
            assert not found, key


def pairs(found: Comparison) -> Iterator[tuple[str, str]]:
    all_keys = [article.key for article in found.articles]
    return ((one, other) for one in all_keys for other in all_keys if one != other)


@pytest.mark.parametrize("name", FAMILIES)
def test_edits_replay_to_the_letter(name):
    found = family(name)
    for one, other in pairs(found):
        assert replay(found, one, other) == compared_text(found, other)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_claim_points_at_words(name):
    found = family(name)
    for thing in (*found.edits, *found.quotations):
        for key, side in thing.sides.items():
            assert text(found, key)[side.start : side.end] == side.text


def without_keys(found: Comparison) -> dict[str, Any]:
    """A comparison with the articles' files in place of their keys, and without what is only a name of a place."""
    document = found.to_dict()
    files = {article["key"]: article["source"] for article in document["articles"]}
    spans = {passage["id"]: str(_filed(passage["spans"], files)) for passage in document["passages"]}
    return {
        "story": (document["same_story"], document["same_text"]),
        "origins": sorted(str(_filed(group["articles"], files)) for group in document["origins"]["groups"]),
        "direction": (
            document["direction"]["verdict"],
            sorted(str(_filed(w, files)) for w in document["direction"]["unlikely"]),
        ),
        "passages": sorted((spans[p["id"]], p["relation"], p["score"]) for p in document["passages"]),
        "edits": sorted((spans[e["passage"]], e["class"], str(_filed(e["sides"], files))) for e in document["edits"]),
        "quotations": sorted((q["state"], str(_filed(q["sides"], files))) for q in document["quotations"]),
        "names": sorted(str(sorted(str(_filed(v, files)) for v in n["variants"])) for n in document["names"]),
        "watch": sorted((w["kind"], files[w["article"]], str(w["side"])) for w in document["watch"]),
    }


def _filed(thing: Any, files: dict[str, str]) -> Any:
    """Nested data with files for keys, in one order."""
    if isinstance(thing, dict):
        return sorted((files.get(key, key), _filed(value, files)) for key, value in thing.items())
    if isinstance(thing, list):
        return (
            [_filed(each, files) for each in thing]
            if any(isinstance(e, int) for e in thing)
            else sorted(str(_filed(each, files)) for each in thing)
        )
    return files.get(thing, thing) if isinstance(thing, str) else thing


@pytest.mark.parametrize("name", FAMILIES)
def test_the_order_of_the_articles_changes_only_their_keys(name):
    paths = sorted(path for path in (GOLDEN / name).iterdir() if path.suffix != ".toml")
    wanted = without_keys(family(name))
    for order in list(permutations(paths))[1:4] + [paths[::-1]]:
        assert without_keys(compare(order)) == wanted
