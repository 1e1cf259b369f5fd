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
    for one in found.statements:
        for key, said in one.spans.items():
            assert " … ".join(text(found, key)[start:end] for start, end in said.content) == said.text


def without_keys(found: Comparison) -> dict[str, Any]:
    """A comparison with the articles' files in place of their keys, and without what is only a name of a place."""
    files = {article.key: article.source for article in found.articles}

    def keyed(table: dict[str, Any]) -> str:
        return str(sorted((files[key], str(value)) for key, value in table.items()))

    spans = {passage.id: keyed(passage.spans) for passage in found.passages}
    return {
        "verdict": (found.same_story, found.same_text, found.direction.verdict, found.origins.certainty),
        "origins": sorted(sorted(files[key] for key in group.articles) for group in found.origins.groups),
        "unlikely": sorted((files[way.from_], files[way.to]) for way in found.direction.unlikely),
        "passages": sorted((spans[passage.id], passage.relation, passage.score) for passage in found.passages),
        "edits": sorted((spans[edit.passage], edit.class_, keyed(edit.sides)) for edit in found.edits),
        "quotations": sorted((quotation.state, keyed(quotation.sides)) for quotation in found.quotations),
        "names": sorted(sorted((v.text, keyed(v.counts)) for v in name.variants) for name in found.names),
        "watch": sorted((watch.kind, files[watch.article], str(watch.side)) for watch in found.watch),
        "statements": sorted((one.id, one.speaker, one.cue_class, keyed(one.spans)) for one in found.statements),
        "speakers": sorted((one.id, one.name, one.kind, sorted(one.speaks_for)) for one in found.speakers),
    }


@pytest.mark.parametrize("name", FAMILIES)
def test_the_order_of_the_articles_changes_only_their_keys(name):
    paths = sorted(path for path in (GOLDEN / name).iterdir() if path.suffix != ".toml")
    wanted = without_keys(family(name))
    for order in [*list(permutations(paths))[1:4], paths[::-1]]:
        assert without_keys(compare(order)) == wanted
