"""What is left of a ledger when less of it is asked for, page by page, and what it can be narrowed down to."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import retold
from retold.archive.attributions import Statements
from retold.archive.narrowing import choices
from retold.archive.sifting import CUES, DIFFERENCES, FORMS, SPREADS, Sieve, kept, sifted
from retold.model.errors import UsageError
from tests.archive.test_statement_questions import FERRY, article

REPLY = article(
    "echo-2",
    '"Nobody asked us," said Per Tamm, who has rowed the mail across since he was nine. Jonas Vind denied that.',
    outlet="Lowmere Echo",
    day=7,
)
OUTLETS = ("Lowmere Post", "Tarn Mail", "Lowmere Echo")


@cache
def whole() -> Statements:
    """Four articles about a ferry, of which the last has all of the first and more."""
    return retold.statements_of([*FERRY, {**REPLY, "text": f"{FERRY[0]['text']}\n\n{REPLY['text']}"}])


def left(**filters: object) -> list[str]:
    return [one.id for one in kept(whole(), Sieve(**filters))]


def test_each_filter_lets_through_what_it_names():
    told = {one.id: one for one in whole().statements}
    assert set(left(changed=True)) == {key for key, one in told.items() if one.difference}
    assert set(left(form="indirect")) == {key for key, one in told.items() if one.type == "indirect"}
    assert set(left(cue="deny")) == {key for key, one in told.items() if one.cue_class == "deny"} != set()
    shortened = {key for key, one in told.items() if any(each.kind == "shortened" for each in one.difference)}
    assert set(left(difference="shortened")) == shortened != set()
    mail = next(text.key for text in whole().articles if text.outlet == "Tarn Mail")
    assert set(left(outlet="Tarn Mail")) == {key for key, one in told.items() if mail in one.spans}
    assert {told[key].speaker for key in left(speaker="holm")} == {"Ada Holm"}


def test_a_statement_is_told_by_one_by_several_by_all_or_not_by_all():
    several, one = set(left(spread="several")), set(left(spread="one"))
    every, some_only = set(left(spread="all")), set(left(spread="not all"))
    assert several | one == every | some_only == set(left())
    assert not several & one
    assert not every & some_only
    assert every < several
    assert one < some_only


sieves = some.builds(
    Sieve,
    speaker=some.sampled_from([None, "Vind", "Ada Holm", "Nobody"]),
    changed=some.booleans(),
    difference=some.sampled_from([None, *DIFFERENCES]),
    form=some.sampled_from([None, *FORMS]),
    cue=some.sampled_from([None, *CUES]),
    outlet=some.sampled_from([None, *OUTLETS, "No Paper"]),
    spread=some.sampled_from([None, *SPREADS]),
)


@settings(deadline=None)
@given(sieves, some.integers(1, 7))
def test_the_pages_together_are_the_whole_in_its_order(sieve: Sieve, limit: int):
    found, after = [], None
    while True:
        page = sifted(whole(), sieve, limit=limit, after=after)
        assert page.total == len(kept(whole(), sieve))
        assert len(page.statements) <= limit
        found += page.statements
        after = page.next
        if after is None:
            break
    assert found == kept(whole(), sieve)


@settings(deadline=None)
@given(sieves)
def test_a_choice_leaves_as_many_as_it_promises(sieve: Sieve):
    for name, values in choices(whole(), sieve).items():
        for value, count in values:
            wanted = {**{field: getattr(sieve, field) for field in Sieve.__slots__}, name: value}
            assert len(kept(whole(), Sieve(**wanted))) == count


def test_a_page_goes_on_where_it_stopped_though_what_is_asked_for_was_narrowed_down():
    every = kept(whole(), Sieve())
    middle = every[len(every) // 2]
    changed = sifted(whole(), Sieve(changed=True), after=middle.id)
    assert changed.statements == [one for one in every[len(every) // 2 + 1 :] if one.difference]


def test_the_letters_of_the_versions_stay_what_they_are_in_the_whole():
    narrow = sifted(whole(), Sieve(speaker="Tamm"))
    assert narrow.articles == whole().articles
    assert {key for one in narrow.statements for key in one.spans} == {"D"}
    assert {voice.id for voice in narrow.speakers} >= {one.speaker_id for one in narrow.statements}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"form": "loud"}, "form 'loud' is none of direct, mixed, indirect."),
        ({"difference": "cut"}, "difference 'cut' is none of shortened, altered"),
        ({"spread": "some"}, "spread 'some' is none of one, several, all, not all."),
        ({"cue": "shout"}, "cue 'shout' is none of say"),
        ({"speaker": "--"}, "names nobody"),
        ({"after": "0123"}, "'0123' is no statement that this could go on after."),
    ],
)
def test_what_is_no_filter_and_no_place_is_refused(asked: dict[str, str], words: str):
    with pytest.raises(UsageError, match=re.escape(words)):
        retold.statements_of(FERRY, **asked)
