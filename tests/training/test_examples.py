"""What the tagger learns from: each marked statement has one anchor, and the roles that its marks ask for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from retold.statements.tagging import shipped
from retold.statements.windows import ANCHORS, ROLES
from training.annotated import Article, parse
from training.dressing import Wardrobe
from training.examples import Example, dressed_examples, examples, restyled

HEAD = "id: st-001\nkind: report\nvoice: plain\noutlet: Coast Tribune\ntitle: A ferry\n---\n"


def marked(body: str) -> Article:
    return parse(HEAD + body + "\n", Path("st-001.txt"))


def words(article: Article, example: Example, number: int, role: str) -> list[str]:
    """The words that have a role in a statement."""
    given = example.roles[number]
    spans = example.window.words
    return [article.text[slice(*spans[at])] for at, one in enumerate(given) if one == ROLES.index(role)]


def test_two_verbs_of_one_subject_are_two_anchors_with_one_source() -> None:
    article = marked("{s1,2|Ada Holm} {c1:deny|denied} {t1|it} and {c2:accuse|was accusing} {t2|the pilots}.")
    (example,) = examples(article, shipped().tokenizer)
    assert [words(article, example, number, "source") for number in (0, 1)] == [["Ada", "Holm"]] * 2
    assert [words(article, example, number, "cue") for number in (0, 1)] == [["denied"], ["was", "accusing"]]
    anchors = {at: ANCHORS[kind] for at, kind in enumerate(example.anchors) if kind}
    assert [(article.text[slice(*example.window.words[at])], kind) for at, kind in anchors.items()] == [
        ("denied", "deny"),
        ("accusing", "accuse"),  # the longest word of the cue stands for it
    ]


def test_a_content_without_a_cue_is_read_from_its_first_word() -> None:
    article = marked('{t1|"A cold day,"} - {s1|Ada Holm}')
    (example,) = examples(article, shipped().tokenizer)
    ((at, kind),) = [(at, ANCHORS[kind]) for at, kind in enumerate(example.anchors) if kind]
    assert (article.text[slice(*example.window.words[at])], kind) == ("A", "uncued")


def test_a_dressed_example_keeps_every_statement() -> None:
    article = marked(
        "{s1|Ada Holm} {c1:say|said} {t1|the ferry line was shut for good}.\n\n{s2|She} {c2:say|left word} {t2|of it}."
    )
    for seed in range(20):
        chance = random.Random(seed)
        found = list(dressed_examples(article, shipped().tokenizer, Wardrobe(["it rained"], ["petra"]), chance))
        assert sum(len(one.rows) for one in found) == 2


@pytest.mark.parametrize("text", ['He said "go" now.', "He said “go” now.", "No word."])
def test_other_marks_take_as_much_room(text: str) -> None:
    found = {restyled(text, random.Random(seed)) for seed in range(30)}
    assert {len(one) for one in found} == {len(text)}
    assert len(found) > 2 or "go" not in text
