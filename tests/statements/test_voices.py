"""Voices across versions: what is one speaker, by which rule, and what never is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model.records import Block, Kind, SpeakerKind, Version
from retold.statements.ledger import ledger
from retold.statements.records import Speaker, Statement
from retold.statements.voices import Voice, voices

Named = tuple[str, SpeakerKind]
SAID = "the boats will stay in the harbour until the ice has gone"


def version(*named: Named, said: str = "", before: str = "") -> tuple[Version, list[Speaker | None], list[Statement]]:
    """A version in which somebody says something in each sentence, with its speakers and statements."""
    text, blocks, spoken, told = "", [], [], []
    for name, kind in named:
        sentence = f"{before}{name} said {said or f'that it was number {len(spoken)}'}."
        start = len(text) + len(before)
        end = start + len(name)
        blocks.append(Block(len(text), len(text) + len(sentence), Kind.PARAGRAPH))
        spoken.append(Speaker(name, kind, ((start, end),), "name"))
        content = (end + 6, len(text) + len(sentence) - 1)
        told.append(Statement(((start, end),), ((end + 1, end + 5),), (content,), "indirect"))
        text += sentence + "\n\n"
    return Version(f"v-{text}", "v", text, tuple(blocks), language="en"), spoken, told


def joined(*groups: list[Named]) -> tuple[Voice, ...]:
    made = [version(*named) for named in groups]
    return voices([one for one, _, _ in made], [spoken for _, spoken, _ in made])


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("Ada Holm", "Ada Holm", "same name: Ada Holm"),
        ("Yuri Malenko", "Yury Malenko", "same sound: Yuri Malenko = Yury Malenko"),
        ("Holm", "Ada Holm", "the only Holm of the story: Ada Holm"),
        ("J. Olrik", "Jens Olrik", "initial: J. Olrik = Jens Olrik"),
        ("Stefan Pelkas", "Stefan Pelka", "one letter, the same first name: Stefan Pelka = Stefan Pelkas"),
    ],
)
def test_persons_are_joined_by_a_rule_that_is_kept(one, other, rule):
    (only,) = joined([(one, "person")], [(other, "person")])
    assert only.rules == (rule,)
    assert {mention.version for mention in only.mentions} == {0, 1}


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("Kiev", "Kyiv", "same name: Kiev = Kyiv"),
        ("US officials", "US officials", "same name: US officials"),
        ("the U.S.", "United States", "same name: United States = the U.S."),
        ("The Kremlin", "Kremlin", "same name: Kremlin = The Kremlin"),
        ("LCS", "League of Coastal States", "abbreviation: LCS = League of Coastal States"),
    ],
)
def test_organisations_are_joined_by_data_and_initials(one, other, rule):
    (only,) = joined([(one, "organisation")], [(other, "organisation")])
    assert only.rules == (rule,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Holm", "Adam Holm"),
        ("Bill Orsted", "Hilda Orsted"),
        ("Maria Voss", "Mario Voss"),
        ("Stefan Pelka", "Anna Pelkas"),
        ("Emil Stahl", "Emil Stark"),
        ("Ina Lee", "Ina Loo"),
    ],
)
def test_two_persons_stay_two(one, other):
    assert len(joined([(one, "person")], [(other, "person")])) == 2


def test_a_surname_of_two_persons_joins_neither():
    found = joined([("Ada Holm", "person"), ("Jens Holm", "person")], [("Holm", "person")])
    assert [voice.name for voice in found] == ["Ada Holm", "Holm", "Jens Holm"]


def test_two_full_names_of_one_version_are_two_persons():
    found = joined([("Stefan Pelka", "person"), ("Stefan Pelkas", "person")], [("Stefan Pelka", "person")])
    assert [voice.name for voice in found] == ["Stefan Pelka", "Stefan Pelkas"]


def test_an_anonymous_source_is_never_a_named_one_nor_that_of_another_version():
    official: Named = ("a senior official", "anonymous")
    found = joined([official, ("Ada Holm", "person")], [official])
    assert [voice.name for voice in found] == ["a senior official", "a senior official", "Ada Holm"]
    assert len({voice.id for voice in found}) == 3


def test_moscow_the_kremlin_and_russia_speak_for_one_another_and_are_three():
    found = joined([("Moscow", "organisation"), ("the Kremlin", "organisation")], [("Russia", "organisation")])
    names = {voice.id: voice.name for voice in found}
    linked = {voice.name: sorted(names[other] for other in voice.speaks_for) for voice in found}
    assert linked == {
        "Moscow": ["Russia", "the Kremlin"],
        "Russia": ["Moscow", "the Kremlin"],
        "the Kremlin": ["Moscow", "Russia"],
    }


def test_a_title_makes_a_person_speak_for_a_state():
    person = version(("Ada Holm", "person"))
    text = "Norwegian Prime Minister Ada Holm said no."
    named = Version("n", "n", text, (Block(0, len(text), Kind.PARAGRAPH),), language="en")
    spoken = [Speaker("Ada Holm", "person", ((0, 33),), "name")]
    found = voices([named, person[0], version(("Oslo", "organisation"))[0]], [spoken, person[1], _spoken("Oslo")])
    assert [len(voice.speaks_for) for voice in found] == [1, 1]


def _spoken(name: str) -> list[Speaker | None]:
    return [Speaker(name, "organisation", ((0, len(name)),), "name")]


def booked(*groups: tuple[list[Named], str, str]) -> tuple[Voice, ...]:
    made = [version(*named, said=said, before=before) for named, said, before in groups]
    return ledger([one for one, _, _ in made], [told for _, _, told in made], [spoken for _, spoken, _ in made]).voices


def test_an_aligned_statement_is_a_witness_for_one_letter():
    (only,) = booked(([("Pelka", "person")], SAID, ""), ([("Petka", "person")], SAID, ""))
    assert only.rules == ("one letter, the same statement: Pelka = Petka",)
    assert len(booked(([("Pelka", "person")], SAID, ""), ([("Petka", "person")], "nothing at all to us", ""))) == 2


def test_an_aligned_statement_is_a_witness_for_a_role():
    found = booked(([("the mayor", "role")], SAID, ""), ([("Ada Holm", "person")], SAID, "The mayor, "))
    assert [voice.name for voice in found] == ["Ada Holm"]
    apart = booked(
        ([("the mayor", "role")], "nothing of that kind", ""), ([("Ada Holm", "person")], SAID, "The mayor, ")
    )
    assert [voice.name for voice in apart] == ["Ada Holm", "the mayor"]


def test_an_aligned_statement_is_a_witness_for_a_last_name_alone():
    (only,) = booked(([("Lindqvar", "organisation")], SAID, ""), ([("Pia Lindqvar", "person")], SAID, ""))
    assert only.rules == ("the last name, the same statement: Lindqvar = Pia Lindqvar",)


@pytest.mark.parametrize(
    ("name", "kind"), [("his wife", "role"), ("the spokesman", "role"), ("a board", "organisation")]
)
def test_what_many_may_be_called_needs_a_witness(name, kind):
    assert len(joined([(name, kind)], [(name, kind)])) == 2
    assert len(booked(([(name, kind)], SAID, ""), ([(name, kind)], SAID, ""))) == 1


def test_pronouns_are_no_voices():
    assert joined([("each", "group"), ("", "pronoun")], [("they", "pronoun")]) == ()


NAMES: list[Named] = [
    ("Ada Holm", "person"), ("Holm", "person"), ("Adam Holm", "person"), ("Yuri Malenko", "person"),
    ("Yury Malenko", "person"), ("Malenko", "person"), ("the Kremlin", "organisation"), ("Moscow", "organisation"),
    ("a senior official", "anonymous"), ("the mayor", "role"), ("Western leaders", "group"),
]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(NAMES), max_size=4, unique=True), min_size=2, max_size=4))
def test_voices_do_not_depend_on_the_order_of_the_versions(groups):
    made = [version(*named, before=f"On day {place}, ") for place, named in enumerate(groups)]

    def told(order):
        found = voices([made[at][0] for at in order], [made[at][1] for at in order])
        return sorted(
            (
                voice.id,
                voice.name,
                voice.rules,
                voice.speaks_for,
                sorted((order[m.version], m.span) for m in voice.mentions),
            )
            for voice in found
        )

    forward = list(range(len(made)))
    assert all(told(list(order)) == told(forward) for order in itertools.islice(itertools.permutations(forward), 6))


@given(st.lists(st.lists(st.sampled_from(NAMES), max_size=4, unique=True), min_size=2, max_size=4))
def test_every_mention_belongs_to_one_voice(groups):
    made = [version(*named) for named in groups]
    found = voices([one for one, _, _ in made], [spoken for _, spoken, _ in made])
    mentions = [(mention.version, mention.span) for voice in found for mention in voice.mentions]
    assert len(mentions) == len(set(mentions)) == sum(map(len, groups))
