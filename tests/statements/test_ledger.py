"""The ledger: what is one row and what never is, and how two tellings of one utterance differ."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model.records import Block, CueClass, Form, Kind, SpeakerKind, Version
from retold.statements.entries import Difference, Ledger
from retold.statements.ledger import ledger
from retold.statements.records import Span, Speaker, Statement

Said = tuple[str, str, str]  # source, cue, content
CLASSES: dict[str, CueClass] = {
    "denied": "deny", "claimed": "claim", "admitted": "admit", "warned": "warn", "insisted": "claim",
}  # fmt: skip
SAIL = "the boats would sail at noon with the mail for the islands"


def form(content: str) -> Form:
    if content.startswith('"') and content.endswith('"'):
        return "direct"
    return "mixed" if '"' in content else "indirect"


def kind_of(source: str) -> SpeakerKind:
    if source.startswith(("a ", "an ")):
        return "anonymous"
    return "person" if source[0].isupper() else "role"


class Story:
    """Versions of plain sentences, with their statements and speakers as an extractor would give them."""

    def __init__(self, *versions: list[Said]) -> None:
        self.versions: list[Version] = []
        self.found: list[list[Statement]] = []
        self.spoken: list[list[Speaker | None]] = []
        for place, told in enumerate(versions):
            self.add(place, told)

    def add(self, place: int, told: list[Said]) -> None:
        text, blocks = "", []
        self.found.append([])
        self.spoken.append([])
        for source, cue, content in told:
            sentence = f"{source} {cue} {content}."
            blocks.append(Block(len(text), len(text) + len(sentence), Kind.PARAGRAPH))
            self.state(len(text), source, cue, content)
            text += sentence + "\n\n"
        self.versions.append(Version(f"v-{text}", "v", text, tuple(blocks), language="en"))

    def state(self, at: int, source: str, cue: str, content: str) -> None:
        span: Span = (at, at + len(source))
        verb: Span = (span[1] + 1, span[1] + 1 + len(cue))
        said: Span = (verb[1] + 1, verb[1] + 1 + len(content))
        given = CLASSES.get(cue, "say")
        self.found[-1].append(Statement((span,), (verb,), (said,), form(content), given, negated="not" in cue))
        unresolved = source.casefold() in ("he", "she", "they")
        name = "" if unresolved else source
        self.spoken[-1].append(Speaker(name, "pronoun" if unresolved else kind_of(source), (span,), "name"))

    def book(self, *, copied: bool = True) -> Ledger:
        return ledger(self.versions, self.found, self.spoken, one_origin=lambda one, other: copied)

    def words(self, one: Difference) -> tuple[list[str], list[str]]:
        left, right = (
            [self.versions[at].text[start:end] for start, end in spans]
            for at, spans in zip(one.between, one.words, strict=True)
        )
        return left, right


def kinds(*versions: list[Said]) -> list[str]:
    return sorted(one.kind for row in Story(*versions).book().rows for one in row.differences)


def together(one: Said, other: Said) -> bool:
    return len(Story([one], [other]).book().rows) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Ada Holm", "said", SAIL),
            ("Ada Holm", "said", "the boats would sail at noon, with the mail for the islands"),
        ),
        (("Ada Holm", "said", SAIL), ("Holm", "told", f'"{SAIL}"')),
        (("Ada Holm", "said", SAIL), ("a senior official", "said", SAIL)),
        (("Ada Holm", "said", SAIL), ("Jens Olrik", "said", SAIL)),
        (("Ada Holm", "said", SAIL), ("she", "said", SAIL)),
        (("Ada Holm", "denied", "taking any money"), ("Ada Holm", "said", "she had not taken any money")),
        (("Ada Holm", "said", "over 3,000 boats sank"), ("Ada Holm", "said", "more than 3000 boats sank")),
        (("Ada Holm", "said", '"we sail, come what may, at noon"'), ("Ada Holm", "said", '"we sail ... at noon"')),
        (("Ada Holm", "said", "they saw Kiev burn"), ("Ada Holm", "said", "they saw Kyiv burn")),
        (("Ada Holm", "said", '"nobody will pay for it"'), ("Ada Holm", "said", '"nobody will ever pay for it"')),
    ],
)
def test_one_utterance_is_one_row(one, other):
    assert together(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ada Holm", "said", "12 boats sank off Tolvik"), ("Ada Holm", "said", "15 boats sank off Tolvik")),
        (("Ada Holm", "said", "the boats sank off Tolvik"), ("Ada Holm", "said", "the boats sank off Harsund")),
        (("Ada Holm", "said", "the boats will sail"), ("Ada Holm", "said", "the boats will not sail")),
        (("Ada Holm", "denied", "taking any money"), ("Ada Holm", "admitted", "taking any money")),
        (("Ada Holm", "said", '"we do what we can"'), ("Jens Olrik", "said", '"we do what we can"')),
        (("Ada Holm", "said", "the boats sank"), ("Jens Olrik", "said", "the boats sank")),
        (("Ada Holm", "said", "the boats were old"), ("Ada Holm", "said", "the harbour was closed to old ships")),
        (("Ada Holm", "said", '"thank you"'), ("a witness", "said", '"thank you"')),
    ],
)
def test_two_utterances_are_two_rows(one, other):
    assert not together(one, other)


def test_two_speakers_who_say_the_same_stay_apart_and_find_their_own_row():
    said = [("Ada Holm", "said", SAIL), ("Jens Olrik", "said", SAIL)]
    rows = Story(said, said[::-1]).book().rows
    assert [sorted(one.version for one in row.told) for row in rows] == [[0, 1], [0, 1]]
    assert not any(row.differences for row in rows)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (f'"{SAIL}"', f'"{SAIL}"', []),
        (f'"{SAIL}"', '"the boats would sail ... for the islands"', [("shortened", ["at noon with the mail"], [])]),
        (f'"{SAIL}"', '"the boats would sail at noon"', [("shortened", ["with the mail for the islands"], [])]),
        (f'"{SAIL}"', f'"{SAIL.replace("noon", "dawn")}"', [("altered", ["noon"], ["dawn"])]),
        ('"we will not go to the islands"', '"we will go to the islands"', [("altered", ["not"], [])]),
        ('"we go"', '"we go"', []),
        (f'"{SAIL}"', SAIL, [("quotation made paraphrase", [SAIL], [SAIL])]),
        (SAIL, f'"{SAIL}"', [("paraphrase made quotation", [SAIL], [SAIL])]),
        (
            'the boats would sail at noon "with the mail for the islands"',
            'the boats would sail at noon with the mail "for the islands"',
            [("quotation made paraphrase", ["with the mail"], ["with the mail"])],
        ),
        (
            f"{SAIL} and the herring in the hold of each",
            SAIL,
            [("shortened", ["and the herring in the hold of each"], [])],
        ),
        (f"{SAIL}, as ever", SAIL, []),
        ('"the colour of the U.S. flag is grey"', '"the color of the US flag is gray"', []),
    ],
)
def test_words_that_differ_are_shown_on_both_sides(one, other, expected):
    story = Story([("Ada Holm", "said", one)], [("Ada Holm", "said", other)])
    (row,) = story.book().rows
    assert [(each.kind, *story.words(each)) for each in row.differences] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Ada Holm", "said"), ("Jens Olrik", "said"), ["other speaker"]),
        (("Ada Holm", "said"), ("a senior official", "said"), ["named against anonymous"]),
        (("a senior official", "said"), ("a diplomat", "said"), []),
        (("Ada Holm", "said"), ("she", "said"), []),
        (("Ada Holm", "said"), ("the captain", "said"), []),
        (("Ada Holm", "said"), ("Holm", "stated"), []),
        (("Ada Holm", "said"), ("Ada Holm", "claimed"), ["other cue"]),
        (("Ada Holm", "said"), ("Ada Holm", "hinted"), ["other cue"]),
        (("Ada Holm", "admitted"), ("Jens Olrik", "said"), ["other cue", "other speaker"]),
    ],
)
def test_who_says_it_and_how(one, other, expected):
    assert kinds([(*one, SAIL)], [(*other, SAIL)]) == expected


def test_an_anonymous_source_is_shown_against_the_named_one_and_never_joined():
    book = Story([("Ada Holm", "said", SAIL)], [("a senior official", "said", SAIL)]).book()
    (row,) = book.rows
    assert len(book.voices) == 2
    assert len({one.voice for one in row.told}) == 2


def test_what_most_versions_have_is_what_the_others_are_compared_with():
    story = Story(
        *[[("Ada Holm", "said", f'"{SAIL}"')]] * 3, [("Ada Holm", "said", f'"{SAIL} there"'.replace("noon", "dawn"))]
    )
    (row,) = story.book().rows
    assert [(one.between[1], one.kind) for one in row.differences if one.kind == "altered"] == [(3, "altered")]


def test_independent_versions_heard_it_differently():
    story = Story([("Ada Holm", "said", f'"{SAIL}"')], [("Ada Holm", "said", f'"{SAIL}"'.replace("noon", "dawn"))])
    assert [one.manner for row in story.book(copied=False).rows for one in row.differences] == ["heard differently"]
    assert [one.manner for row in story.book().rows for one in row.differences] == ["altered"]


def test_the_earlier_version_is_the_one_that_was_changed():
    from dataclasses import replace

    story = Story([("Ada Holm", "said", f'"{SAIL}"')], [("Ada Holm", "said", SAIL)])
    story.versions = [
        replace(story.versions[0], published="2026-05-02T10:00:00Z"),
        replace(story.versions[1], published="2026-05-01T10:00:00Z"),
    ]
    (one,) = [one for row in story.book().rows for one in row.differences]
    assert (one.kind, one.between) == ("paraphrase made quotation", (1, 0))


def test_what_is_told_twice_in_one_version_is_one_row():
    story = Story([("Ada Holm", "said", SAIL), ("Holm", "said", f'"{SAIL}"')], [("Ada Holm", "said", SAIL)])
    (row,) = story.book().rows
    assert [one.version for one in row.told] == [0, 0, 1]


def test_pieces_are_bound_by_another_version_that_has_them_in_one():
    pieces = [("Ada Holm", "said", '"we sail at noon with the mail"'), ("Holm", "added", '"and we come back by night"')]
    whole = [("Ada Holm", "said", '"we sail at noon with the mail and we come back by night"')]
    assert len(Story(pieces).book().rows) == 2
    (row,) = Story(pieces, whole).book().rows
    assert [one.version for one in row.told] == [0, 0, 1]
    assert row.differences == ()


def test_words_in_nobodys_mouth_are_found():
    story = Story([("Ada Holm", "said", f'"{SAIL}"')], [("The mayor", "said", "nothing at all")])
    text = f"In the evening it was plain that {SAIL}, come what may."
    story.versions[1] = Version("w", "w", text, (Block(0, len(text), Kind.PARAGRAPH),), language="en")
    story.found[1], story.spoken[1] = [], []
    (row,) = story.book().rows
    assert [(one.version, one.voice is None) for one in row.told] == [(0, False), (1, True)]
    assert [one.kind for one in row.differences] == ["quotation made paraphrase"]


CONTENTS = [
    SAIL,
    f'"{SAIL}"',
    f'"{SAIL}"'.replace("noon", "dawn"),
    "12 boats sank",
    "15 boats sank",
    '"thank you"',
    "no",
]
SOURCES = ["Ada Holm", "Holm", "Jens Olrik", "a senior official", "she", "the mayor"]
SAYINGS = st.tuples(st.sampled_from(SOURCES), st.sampled_from(["said", "claimed", "denied"]), st.sampled_from(CONTENTS))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(SAYINGS, max_size=4), min_size=1, max_size=4))
def test_every_statement_is_told_once_and_every_span_stands_in_its_text(versions):
    story = Story(*versions)
    book = story.book()
    told = [(one.version, one.statement) for row in book.rows for one in row.told if one.statement.layer != "ledger"]
    given_ = [(place, one) for place, mine in enumerate(story.found) for one in mine]
    assert sorted(told, key=repr) == sorted(given_, key=repr)
    assert len({row.id for row in book.rows}) == len(book.rows)
    for row in book.rows:
        assert list(row.told) == sorted(row.told, key=lambda one: (one.version, one.statement.content))
        for one in row.differences:
            for at, spans in zip(one.between, one.words, strict=True):
                assert all(0 <= start < end <= len(story.versions[at].text) for start, end in spans)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(SAYINGS, min_size=1, max_size=3), min_size=2, max_size=3))
def test_the_order_of_the_versions_changes_only_their_numbers(versions):
    story = Story(*versions)

    def rows(order: tuple[int, ...]) -> list[object]:
        book = ledger(
            [story.versions[at] for at in order],
            [story.found[at] for at in order],
            [story.spoken[at] for at in order],
        )
        return sorted(
            (
                row.id,
                row.voice or "",
                sorted((story.versions[order[one.version]].text, one.statement.content) for one in row.told),
            )
            for row in book.rows
        )

    forward = tuple(range(len(versions)))
    assert all(rows(order) == rows(forward) for order in itertools.permutations(forward))


def test_many_versions_of_one_text_cost_little_more_than_one():
    said = [("Ada Holm", "said", f'"{SAIL} number {place}"') for place in range(30)]
    rows = Story(*[said] * 60).book().rows
    assert [len(row.told) for row in rows] == [60] * 30
