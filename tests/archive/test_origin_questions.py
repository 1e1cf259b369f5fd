"""Questions about copies and origins: how many sources, who shares what, who had it from whom, who carries it."""

from __future__ import annotations

import io
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

import retold
from retold.archive import provenance
from retold.archive.answers import Why
from retold.archive.carrying import _homes
from retold.archive.origins_of import carriers_of

FAMILIES = sorted((Path(__file__).resolve().parents[1] / "copies" / "families").glob("*.toml"))
MIXED = ("st-mix1", "st-mix2")
HELD = {
    "one report": "The captain had been told of the bank by pilot's radio but, he said, in a language he was learning.",
    "public words": "The presidents spoke for forty minutes about the river treaty, the return of the fishing crews",
    "nobody's": "Nothing of this kind has ever been written in any of the articles that are kept here",
}


def articles() -> list[dict[str, Any]]:
    """The articles of all golden families."""
    return [article for path in FAMILIES for article in tomllib.loads(path.read_text(encoding="utf-8"))["articles"]]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """An archive of the golden families."""
    path = tmp_path_factory.mktemp("families") / "news.retold"
    with retold.open(path, create=True) as archive:
        archive.add(articles(), learn=True, processes=1)
    return path


@pytest.fixture
def archive(place):
    with retold.open(place) as archive:
        yield archive


def names(told: list[provenance.Member]) -> list[str]:
    return sorted(member.source_ids[0] for member in told)


def texts(archive: retold.Archive) -> dict[str, str]:
    """The text of each version."""
    return {row["version_id"]: row["text"] for row in archive.table("versions").to_pylist()}


# Origins


def test_write_throughs_are_one_origin_whose_source_nobody_has_seen(archive):
    found = archive.origins("wt-1")
    assert (found.articles, found.outlets, found.total) == (5, 5, 1)
    assert (found.count.low, found.count.likely, found.count.high) == (1, 1, 1)
    [origin] = found.origins
    assert (origin.agency, origin.source, origin.articles) == ("Southern Wire", None, 5)
    assert names(origin.members) == ["wt-1", "wt-1b", "wt-2", "wt-3", "wt-4"]
    assert origin.members[0].source_ids == ["wt-1"]
    assert origin.earliest == origin.members[0].article_id


def test_a_stitched_article_is_told_in_both_of_its_origins(archive):
    found = archive.origins("st-mix1")
    roles = {
        (origin.agency, member.role)
        for origin in found.origins
        for member in origin.members
        if "st-mix1" in member.source_ids
    }
    assert {role for _, role in roles} == {"main", "part"}
    assert {agency for agency, _ in roles} == {"Norlandia Press", "Southern Wire"}


def test_an_origin_told_in_two_stories_says_which_articles_were_not_asked_about(archive):
    found = archive.origins("st-a")
    told = {member.source_ids[0]: member.asked for origin in found.origins for member in origin.members}
    story = {name for telling in archive.story("st-a").tellings for name in telling.source_ids}
    assert {name for name, asked in told.items() if asked} == story & told.keys()
    assert found.articles == len(story)


def test_the_text_of_an_origin_is_made_of_stretches_of_its_articles(archive):
    held = texts(archive)
    [origin] = archive.origins("wt-1").origins
    assert max(len(fragment.support) for fragment in origin.text) == 5
    members = {member.article_id for member in origin.members}
    for fragment in origin.text:
        assert held[fragment.version_id][fragment.start : fragment.end] == fragment.text
        assert fragment.article_id in fragment.support and set(fragment.support) <= members


def test_two_reports_that_were_stitched_together_stay_two_texts(archive):
    """A paragraph of the other report stands in two articles of an origin, and is yet no passage of it."""
    by_agency = {origin.agency: origin.text for origin in archive.origins("st-mix1").origins}
    for agency, strange in (("Norlandia Press", "receiver of wrecks"), ("Southern Wire", "pilot's radio")):
        assert all(strange not in fragment.text for fragment in by_agency[agency])


def test_a_text_that_was_not_asked_for_is_not_put_together(archive):
    assert [origin.text for origin in archive.origins("wt-1", text=False).origins] == [[]]


def test_all_origins_of_an_archive_are_counted_and_the_largest_told(archive):
    found = archive.origins(limit=3)
    assert (found.story_id, found.articles, len(found.origins)) == (None, len(articles()), 3)
    assert found.total == found.count.likely == archive.learn(processes=1).origins
    assert found.count.low <= found.count.likely <= found.count.high
    sizes = [len(origin.members) for origin in found.origins]
    assert sizes == sorted(sizes, reverse=True)
    assert archive.origins(limit=None).total == len(archive.origins(limit=None).origins)


def test_files_and_records_have_the_origins_that_an_archive_finds(archive, tmp_path):
    (tmp_path / "families.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles()))
    kept = archive.origins(limit=None)
    for found in (retold.origins(articles()), retold.origins(tmp_path / "families.jsonl")):
        assert (found.count, found.total, found.texts) == (kept.count, kept.total, kept.texts)
        assert {origin.id: origin for origin in found.origins} == {origin.id: origin for origin in kept.origins}


def test_texts_that_differ_only_in_their_spaces_are_one(tmp_path):
    words = "The mill at Tarnby was sold on Monday to its own workers, who paid for it in flour and in eggs."
    records = [
        {"id": str(number), "text": text}
        for number, text in enumerate([words, words.replace(" ", "  "), words + " Amen."])
    ]
    assert retold.origins(records).texts == 2


def test_a_newer_version_of_an_article_takes_the_place_of_the_older_one():
    old, new = "The mill at Tarnby was sold on Monday.", "The mill at Tarnby was not sold on Monday after all."
    url = "https://tarn.example/mill"
    records = [{"url": url, "text": new, "seen": "2026-05-04"}, {"url": url, "text": old, "seen": "2026-05-03"}]
    found = retold.origins(records)
    assert (found.articles, found.origins[0].members[0].version_id) == (
        1,
        retold.origins(records[:1]).origins[0].members[0].version_id,
    )


def test_what_cannot_be_read_is_told_and_the_rest_counted(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "A quarry opened in Tarnby."}\nno record\n')
    found = retold.origins(tmp_path)
    assert (found.articles, len(found.rejects)) == (1, 1)
    with pytest.raises(retold.SourceError):
        retold.origins(tmp_path / "gone.jsonl")
    with pytest.raises(retold.SourceError):
        retold.origins([])


def test_the_credit_of_a_picture_is_no_agency(archive):
    found = archive.origins("mc-own")
    assert any(credit.name for credit in found.picture_credits)
    own = [origin for origin in found.origins if names(origin.members) == ["mc-own"]]
    assert [origin.agency for origin in own] == [None]


def test_text_taken_over_between_two_origins_is_told_and_joins_nothing(archive):
    found = retold.origins([article for article in articles() if article["id"].startswith("ea-")])
    pairs = {frozenset((each.one.source_ids[0], each.other.source_ids[0])) for each in found.partial}
    assert frozenset(("ea-interview", "ea-excerpt")) in pairs
    assert all(each.one_origin != each.other_origin for each in found.partial)
    assert [each.words for each in found.partial] == sorted((each.words for each in found.partial), reverse=True)


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_the_interval_of_a_family_holds_what_is_likely_and_says_why_it_is_wide(path):
    family = tomllib.loads(path.read_text(encoding="utf-8"))
    found = retold.origins(family["articles"])
    count = found.count
    assert count.low <= count.likely <= count.high
    assert (count.low == count.high) == (not count.reasons)
    assert sum(origin.articles for origin in found.origins) == len(family["articles"])


def test_articles_are_called_by_their_ids_where_two_have_one_name():
    text = "The mill at Tarnby was sold on Monday to its own workers, who paid for it in flour and in eggs."
    found = retold.origins([{"id": "1", "outlet": outlet, "text": text} for outlet in ("Tarn Mail", "Pell Post")])
    assert names(found.origins[0].members) == ["1", "1"]
    assert len({member.article_id for member in found.origins[0].members}) == 2


# Before, and after, something was learned


@pytest.mark.parametrize("ask", ["origins", "copies", "lineage", "check"])
def test_before_anything_is_learned_a_question_says_to_learn(tmp_path, ask):
    given = {"origins": [], "check": [HELD["one report"]]}.get(ask, ["wt-1"])
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(articles(), processes=1)
        with pytest.raises(retold.UsageError, match="retold learn"):
            getattr(archive, ask)(*given)


def test_articles_that_are_newer_than_the_last_learning_are_not_counted(tmp_path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(articles(), learn=True, processes=1)
        archive.add({"id": "new", "text": "A quarry opened in Tarnby."}, processes=1)
        archive.add(
            [next(each for each in articles() if each["id"] == "wt-1") | {"text": "Another.", "seen": "2027-01-01"}],
            processes=1,
        )
        assert (archive.origins().unlearned, archive.origins().articles) == (2, len(articles()))
        assert archive.origins("wt-1").unlearned == 1
        assert archive.lineage("wt-1").unlearned == 1
        assert archive.check(HELD["one report"]).unlearned == 2
        assert not archive.copies("wt-1b").current
        with pytest.raises(retold.UsageError, match="retold learn"):
            archive.copies("new")


def test_an_archive_without_articles_has_no_origins(tmp_path):
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        assert (archive.origins().total, archive.origins().articles) == (0, 0)
        assert archive.check(HELD["one report"]).articles == 0


@pytest.mark.parametrize(
    ("ask", "given"),
    [("origins", ["nobody"]), ("copies", ["nobody"]), ("lineage", ["nobody"]), ("copies", ["wt-1", "theft"])],
)
def test_what_is_not_there_is_refused_in_words(archive, ask, given):
    name, *label = given
    with pytest.raises(retold.UsageError, match=r"nobody|theft"):
        getattr(archive, ask)(name, **({"label": label} if label else {}))


def test_the_order_in_which_articles_came_changes_no_answer(archive, tmp_path):
    with retold.open(tmp_path / "news.retold", create=True) as other:
        other.add(articles()[::-2], learn=True, processes=1)
        other.add(articles()[::-1], learn=True, processes=1)
        for ask, *given in (
            ["origins"],
            ["origins", "wt-1"],
            ["copies", "st-mix1"],
            ["lineage", "st-a"],
            ["check", HELD["one report"]],
        ):
            assert getattr(other, ask)(*given).to_json() == getattr(archive, ask)(*given).to_json()


# Copies


def test_the_passages_of_a_pair_stand_in_both_texts(archive):
    held = texts(archive)
    found = archive.copies("st-mix1")
    assert [copy.words for copy in found.copies] == sorted((copy.words for copy in found.copies), reverse=True)
    for copy in found.copies:
        assert sum(passage.words for passage in copy.passages) == copy.words
        for passage in copy.passages:
            assert held[found.article.version_id][passage.start : passage.end] == passage.text
            assert held[copy.version_id][passage.other_start : passage.other_end] == passage.other_text


def test_a_pair_is_the_same_from_both_its_sides(archive):
    one = next(copy for copy in archive.copies("st-mix1").copies if copy.source_ids == ["st-a"])
    other = next(copy for copy in archive.copies("st-a").copies if copy.source_ids == ["st-mix1"])
    assert (one.words, one.share, one.other_share, one.label) == (
        other.words,
        other.other_share,
        other.share,
        other.label,
    )
    sides = [(each.start, each.end, each.other_start, each.other_end) for each in one.passages]
    assert sorted(sides) == sorted((each.other_start, each.other_end, each.start, each.end) for each in other.passages)


def test_only_the_pairs_of_a_label_are_told(archive):
    found = archive.copies("pq-1", limit=None)
    labels = [copy.label for copy in found.copies]
    assert {"copy", "quotation"} <= set(labels)
    for wanted in ("copy", ["copy", "quotation"]):
        told = archive.copies("pq-1", label=wanted)
        assert [copy.label for copy in told.copies] == [label for label in labels if label in wanted]
        assert told.total == len(told.copies)
    assert len(archive.copies("pq-1", limit=1).copies) == 1 < archive.copies("pq-1", limit=1).total


# Lineage


def test_every_edge_leads_from_and_to_what_is_told_of(archive):
    found = archive.lineage("st-a")
    unseen = [name for line in found.origins for name in line.unseen]
    assert unseen == [f"W{number}" for number in range(1, len(unseen) + 1)]
    held = texts(archive)
    for line in found.origins:
        nodes = {node.article_id: node for node in line.nodes}
        for edge in line.edges:
            assert {edge.source, edge.target} <= nodes.keys() | set(line.unseen)
            for sign in edge.signs:
                text = held[nodes[edge.target].version_id] if edge.target in nodes else ""
                assert sign.text == text[sign.start : sign.end]


def test_no_sentence_of_a_lineage_says_that_somebody_copied(archive):
    stories = archive.stories(limit=100).stories
    notes = [edge.note for story in stories for line in archive.lineage(story.id).origins for edge in line.edges]
    assert notes
    assert all("probably" in note or "may" in note for note in notes)
    assert not any(word in note for note in notes for word in ("copied", "stole", "cut"))


def test_origins_of_one_article_have_no_lineage_and_are_counted(archive):
    found = archive.lineage("pq-1")
    assert (len(found.origins), found.alone) == (1, 3)
    assert all(len(line.nodes) > 1 for line in found.origins)


# Check


@pytest.mark.parametrize(
    ("words", "articles", "origins", "public", "said"),
    [
        ("one report", 4, 1, False, "repeated, not confirmed."),
        ("public words", 4, 3, True, "public words"),
        ("nobody's", 0, 0, False, "No article"),
    ],
)
def test_words_are_found_and_counted_by_origin(archive, words, articles, origins, public, said):
    found = archive.check(HELD[words])
    assert (found.articles, found.count.likely, found.public) == (articles, origins, public)
    assert said in found.verdict
    held = texts(archive)
    for carrier in found.carriers:
        for each in carrier.passages:
            assert held[carrier.version_id][each.start : each.end] == each.text
            assert found.text[each.asked_start : each.asked_end] == each.asked_text


def test_words_of_an_excerpt_are_found_in_two_origins_that_may_have_one_source(archive):
    words = (
        "She paints from four to seven in the morning and sleeps again until the post comes. "
        "A day without post she counts as lost, though she answers nothing"
    )
    found = archive.check(words)
    assert {name for carrier in found.carriers for name in carrier.source_ids} == {"ea-interview", "ea-excerpt"}
    assert (found.count.low, found.count.likely) == (1, 2)
    assert found.count.reasons


@pytest.mark.parametrize("words", ["Two dead.", "one two three four five six seven"])
def test_less_than_eight_words_are_refused(archive, words):
    with pytest.raises(retold.UsageError, match="8 are the least"):
        archive.check(words)


def test_a_file_is_asked_about_and_so_is_standard_input(archive, tmp_path):
    text = next(article["text"] for article in articles() if article["id"] == "st-a2").strip()
    (tmp_path / "claim.txt").write_text(text)
    found = archive.check(str(tmp_path / "claim.txt"))
    assert found.carriers[0].share == 1.0
    assert found.articles >= 2
    assert archive.check("-", stdin=io.BytesIO(text.encode())).carriers == found.carriers
    with pytest.raises(retold.UsageError, match="several articles"):
        (tmp_path / "two.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles()[:2]))
        archive.check(str(tmp_path / "two.jsonl"))


def test_an_article_that_has_less_than_half_of_a_text_has_a_part_of_it(archive):
    one, other = (next(each["text"] for each in articles() if each["id"] == key).strip() for key in ("wt-1b", "cm-1a"))
    found = archive.check(f"{one}\n\n{other}\n\n{other[::-1]}")
    assert found.parts and not any(carrier.carries for carrier in found.carriers if carrier.share < 0.5)


def test_a_passage_of_stitched_articles_alone_is_counted_once(archive):
    """Both are stitched from the same two reports, each with more of another one, and share a sentence of one."""
    homes = _homes(carriers_of(archive._store, ids := [archive.copies(key).article.article_id for key in MIXED]), ids)
    assert len(homes) == 2 and len(set(homes.values())) == 1


def test_a_title_is_the_articles_own_and_a_caption_is_not(tmp_path):
    title, caption = (
        "Harbour master says the ferry went at twice the limit in fog",
        "The ferry at the mole after it had gone at twice the limit in fog, in a photo of Tuesday.",
    )
    body = "The inquiry into the crash at Tarnby opened on Wednesday with a map of the harbour and three witnesses."
    records = [
        {"id": "title", "title": title, "text": f"{title}\n\n{body} One wept."},
        {
            "id": "caption",
            "html": f"<article><p>{body} Two did.</p><figcaption>{caption}</figcaption><p>It rained.</p></article>",
        },
    ]
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(records, learn=True, processes=1)
        assert [(each.source_ids, each.carries) for each in archive.check(title).carriers] == [(["title"], True)]
        assert [(each.source_ids, each.carries) for each in archive.check(caption).carriers] == [(["caption"], False)]


def test_the_answer_holds_as_many_articles_as_were_asked_for(archive):
    found = archive.check(HELD["one report"], limit=1)
    assert (len(found.carriers), found.articles) == (1, 4)


def test_many_carriers_are_labelled_as_few_are(archive, monkeypatch):
    few = archive.check(HELD["public words"])
    monkeypatch.setattr("retold.archive.matching.WHOLE", 0)
    assert archive.check(HELD["public words"]) == few


def test_only_the_articles_with_most_of_the_words_are_read_where_they_are_very_many(archive, monkeypatch):
    monkeypatch.setattr("retold.archive.matching.MOST", 2)
    monkeypatch.setattr("retold.archive.matching.AT_ONCE", 7)
    assert archive.check(HELD["one report"]).articles == 2


@pytest.mark.parametrize("kernels", ["plain", "compiled"])
def test_the_kernels_change_no_answer(archive, monkeypatch, kernels):
    before = archive.check(HELD["one report"]).to_json()
    monkeypatch.setenv("RETOLD_KERNELS", kernels)
    assert archive.check(HELD["one report"]).to_json() == before


# Why


@pytest.mark.parametrize(
    ("one", "other", "same", "label", "said"),
    [
        ("wt-1", "wt-1b", True, "copy", "Both go back to one origin."),
        ("pq-1", "pq-3", False, "quotation", "public words"),
        ("st-mix1", "st-mix2", False, "copy", "an origin in common"),
        ("wt-1", "cm-1a", False, None, "They share no passage."),
        ("ea-interview", "ea-excerpt", False, "partial", "too little"),
    ],
)
def test_why_says_what_text_two_articles_share_and_whether_they_have_one_origin(archive, one, other, same, label, said):
    found = archive.why(one, other)
    assert (found.same_origin, found.shared and found.shared.label) == (same, label)
    assert said in found.origin_note
    assert all(found.origins)
    turned = archive.why(other, one)
    assert (turned.same_origin, turned.origins, said in turned.origin_note) == (same, found.origins[::-1], True)


def test_why_shows_the_words_on_both_sides(archive):
    held = texts(archive)
    found = archive.why("st-mix1", "st-a")
    mine, yours = (archive.copies(name).article.version_id for name in ("st-mix1", "st-a"))
    assert found.shared is not None
    for passage in found.shared.passages:
        assert held[mine][passage.start : passage.end] == passage.text
        assert held[yours][passage.other_start : passage.other_end] == passage.other_text


def shared(found: Why) -> list[tuple[int, int, int, int]]:
    return (
        [(each.start, each.end, each.other_start, each.other_end) for each in found.shared.passages]
        if found.shared
        else []
    )


def test_files_are_judged_by_themselves_and_the_same_from_both_sides(archive, tmp_path):
    for key in ("wt-1", "wt-1b", "cm-1a"):
        article = next(each for each in articles() if each["id"] == key)
        (tmp_path / f"{key}.json").write_text(json.dumps(article | {"id": f"file-{key}", "url": None}))
    one, other, strange = (str(tmp_path / f"{key}.json") for key in ("wt-1", "wt-1b", "cm-1a"))
    found, turned = archive.why(one, other), archive.why(other, one)
    assert (found.same_origin, found.origins) == (True, [[], []])
    assert found.origin_note.startswith("Judged by these two alone")
    assert shared(found) == sorted((c, d, a, b) for a, b, c, d in shared(turned))
    assert archive.why("wt-1", other).same_origin
    assert (archive.why(one, strange).same_origin, archive.why(one, strange).shared) == (False, None)
    assert archive.why("wt-1", "wt-1").same_origin


# Stories


def test_a_story_tells_how_many_origins_it_has_once_they_are_known(archive, tmp_path):
    assert archive.story("wt-1").origins == archive.origins("wt-1").count
    lines = {line.id: line.origins for line in archive.stories(limit=100).stories}
    assert lines == {story: archive.origins(story).count.likely for story in lines}
    with retold.open(tmp_path / "news.retold", create=True) as new:
        with new.desk() as desk:
            told = desk.join(articles()[0])
        assert new.story(told.story_id).origins is None
        assert [line.origins for line in new.stories().stories] == [None]


# Other writing, other forms


def test_where_words_are_not_separated_letters_are_counted(tmp_path):
    report = (
        "九月十七日，韦尔马克中央银行宣布将基准利率提高至百分之六点二五，这是今年以来的第四次加息。\n\n"
        "行长在记者会上说，通货膨胀仍然高于目标，银行将在十二月再次审议利率。他没有回答有关货币汇率的问题。\n\n"
        "反对党要求政府解释预算赤字的原因，财政部表示将在下周公布新的数字，并邀请独立专家参加讨论。"
    )
    with retold.open(tmp_path / "news.retold", create=True) as archive:
        archive.add(
            [{"id": str(each), "outlet": str(each), "text": report} for each in range(3)], learn=True, processes=1
        )
        found = archive.check("韦尔马克中央银行宣布将基准利率提高")
        assert (found.words, found.articles, found.count.likely) == (17, 3, 1)


def test_answers_leave_as_tables(archive):
    for found in (archive.origins("wt-1"), archive.copies("wt-1"), archive.check(HELD["one report"])):
        assert found.to_arrow().num_rows == len(found.rows())
