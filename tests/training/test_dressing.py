"""Articles are dressed another way each time they are learned from: the marks go with the words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training.annotated import Article, parse
from training.dressing import (
    Edit,
    Wardrobe,
    clauses,
    dressed,
    edited,
    joined,
    lengthened,
    renamed,
)

HEAD = "id: st-001\nkind: report\nvoice: plain\noutlet: Coast Tribune\ntitle: A ferry\n---\n"
FERRY = "{s1|Ada Holm} {c1:say|said} {t1|the ferry line was shut for good}. Nobody asked Ada Holm why."
NAMES = ["petra", "kirk", "wells"]


def marked(body: str) -> Article:
    return parse(HEAD + body + "\n", Path("st-001.txt"))


def told(article: Article) -> list[tuple[str, ...]]:
    """The words of each statement's source, cue and content."""
    return [
        tuple(" / ".join(article.text[slice(*span)] for span in spans) for spans in roles)
        for roles in ((one.sources, one.cues, one.contents) for one in article.statements)
    ]


class Always(random.Random):
    """A chance that always comes, or never."""

    def __init__(self, drawn: float) -> None:
        super().__init__(0)
        self.drawn = drawn

    def random(self) -> float:
        return self.drawn


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (Edit(0, 0, "Later, "), ("Ada Holm", "said", "the ferry line was shut for good")),
        (Edit(0, 3, "Bo"), ("Bo Holm", "said", "the ferry line was shut for good")),
        (Edit(8, 8, ", on Friday,"), ("Ada Holm", "said", "the ferry line was shut for good")),
        (Edit(18, 23, "bus"), ("Ada Holm", "said", "the bus line was shut for good")),
        (Edit(46, 46, ", and lost", grows=True), ("Ada Holm", "said", "the ferry line was shut for good, and lost")),
        (Edit(46, 46, ", a friend heard"), ("Ada Holm", "said", "the ferry line was shut for good")),
    ],
)
def test_marks_move_with_their_words(edit: Edit, wanted: tuple[str, ...]) -> None:
    article = marked(FERRY)
    assert article.text[46] == "."
    assert told(edited(article, [edit])) == [wanted]


def test_a_content_that_ends_its_sentence_is_drawn_out_by_another() -> None:
    found = lengthened(marked(FERRY), ["the sand had moved"], Always(0.4))
    ((source, cue, content),) = told(found)
    assert (source, cue) == ("Ada Holm", "said")
    assert content.startswith("the ferry line was shut for good")
    assert content.endswith("the sand had moved")
    assert found.text.endswith(". Nobody asked Ada Holm why.")


@pytest.mark.parametrize(
    "body",
    [
        '{s1|Ada Holm} {c1:say|said} {t1|"the ferry line was shut"}.',
        "{s1|Ada Holm} {c1:demand|wanted} {t1|to have the ferry line shut}.",
        "{s1|Ada Holm} {c1:say|spoke} {t1|of the ferry line that was shut}.",
        "{s1|Ada Holm} {c1:say|said} {t1|it was}.",
        "Late {t1|the ferry line was shut for good}, {s1|Ada Holm} {c1:say|said}.",
    ],
)
def test_only_clauses_that_follow_their_cue_are_drawn_out(body: str) -> None:
    article = marked(body)
    assert lengthened(article, ["the sand had moved"], Always(0.4)) == article
    assert clauses([article]) == []


def test_a_content_that_begins_its_sentence_is_drawn_out_in_front() -> None:
    body = "It rained. {t1|The ferry line was shut for good}, {s1|Ada Holm} {c1:say|said}."
    ((source, cue, content),) = told(lengthened(marked(body), ["the sand had moved"], Always(0.4)))
    assert (source, cue) == ("Ada Holm", "said")
    assert content.startswith("The sand had moved")
    assert content.endswith("the ferry line was shut for good")


def test_a_clause_that_holds_a_statement_draws_out_no_other() -> None:
    outer = "{s1|Police} {c1:say|said} {t1|{s2|Ada Holm} {c2:deny|had denied} {t2|shutting the ferry line}}."
    assert clauses([marked(outer), marked(FERRY)]) == ["the ferry line was shut for good"]


def test_a_name_is_changed_everywhere_or_nowhere() -> None:
    body = "On Friday {s1|the captain Ada Holm} {c1:say|said} {t1|Ada Holm was herself}. Ada left on Friday."
    found = renamed(marked(body), NAMES, Always(0.0))
    assert "Ada" not in found.text and "Holm" not in found.text
    assert found.text.count("Friday") == 2
    ((source, _, content),) = told(found)
    assert content == source.removeprefix("the captain ") + " was herself"
    assert renamed(marked(body), NAMES, Always(0.9)) == marked(body)


def test_paragraphs_are_joined_unless_a_quotation_stays_open() -> None:
    lines = ["Ada Holm left.", "The ferry sank.", '"We go home,', '"and soon."']
    text = "\n\n".join(lines)
    starts = [text.index(line) for line in lines]
    spans = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    assert joined(text, spans, Always(0.0)) == [(spans[0][0], spans[1][1]), spans[2], spans[3]]
    assert joined(text, spans, Always(0.9)) == spans


def test_the_same_chance_dresses_alike() -> None:
    wardrobe = Wardrobe(["the sand had moved", "two boats were lost at sea"], NAMES)
    first, second = (dressed(marked(FERRY), wardrobe, random.Random(3)) for _ in range(2))
    assert first == second
