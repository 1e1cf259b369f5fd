"""The shipped language data is whole: every key, the right types, no word in two places, no rule that harms a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from retold.text.languages import SHIPPED, language, load
from retold.text.names import fold
from retold.text.sentences import sentences
from retold.text.words import key, spelling

DATA = {code: load(f"{code}.toml") for code in SHIPPED}
NAMES = load("names.toml")

WORDS = list[str]
GROUPS = list[list[str]]
KEYS: dict[str, Any] = {
    "name": str,
    "code": str,
    "script": str,
    "stopwords": WORDS,
    "marks.quotes": GROUPS,
    "sentences.never": WORDS,
    "sentences.maybe": WORDS,
    "sentences.ordinal_stop": bool,
    "words.same": GROUPS,
    "words.spellings": GROUPS,
    "words.spelling_exceptions": WORDS,
    "words.spelling_pairs": dict[str, str],
    "words.tense": GROUPS,
    "words.suffixes": WORDS,
    "words.glue": WORDS,
    "words.pronouns": WORDS,
    "words.articles": WORDS,
    "words.definite": WORDS,
    "words.negations": WORDS,
    "words.meaning": WORDS,
    "words.passive": WORDS,
    "numbers.words": dict[str, int],
    "numbers.scales": dict[str, int],
    "numbers.ordinals": WORDS,
    "numbers.decimal": str,
    "numbers.group": str,
    "numbers.bounds.over": WORDS,
    "numbers.bounds.under": WORDS,
    "numbers.bounds.least": WORDS,
    "numbers.bounds.most": WORDS,
    "numbers.bounds.about": WORDS,
    "numbers.after.least": WORDS,
    "numbers.after.most": WORDS,
    "dates.months": GROUPS,
    "dates.weekdays": GROUPS,
    "dates.relative": WORDS,
    "statements.say": WORDS,
    "statements.according": WORDS,
    "statements.vague": WORDS,
    "statements.telling": WORDS,
    "statements.persons": WORDS,
    "statements.first": WORDS,
    "statements.listeners": WORDS,
}
JOINED = ["words.same", "words.tense"]
FOLDED = ["stopwords", "words.glue", "words.pronouns", "words.articles", "words.definite", "words.negations",
          "words.spelling_exceptions", "words.suffixes", "statements.say", "statements.according", "statements.vague",
          "words.meaning", "words.passive", "numbers.ordinals",
          "statements.telling", "statements.persons", "statements.first", "statements.listeners",
          "dates.relative"]  # fmt: skip
SAID = {"en": "said", "de": "sagte", "fr": "déclaré", "es": "dijo", "ru": "заявил", "ar": "قال"}

# Words of British and American news that look like a rule's prey, and their normal spelling.
ENGLISH = """
    organisation organization, organised organized, criticising criticizing, apologises apologizes,
    analysed analyzed, paralysed paralyzed, colours colors, neighbouring neighboring, labour labor,
    honourable honorable, centre center, theatres theaters, kilometres kilometers, fibre fiber,
    defence defense, offences offenses,
    licence license, practising practicing, travelled traveled, cancelling canceling, fuelled fueled, labelled labeled,
    fulfil fulfill, enrolment enrollment, skilful skillful, programme program, tyres tires, cheque check, grey gray,
    towards toward, whilst while, learnt learned, manoeuvres maneuvers, haemorrhage hemorrhage, leukaemia leukemia,
    paediatric pediatric, sceptical skeptical, plough plow, judgement judgment, aluminium aluminum, recognise recognize,
    four four, hour hour, your your, tour tour, court court, source source, resource resource, journal journal,
    harbouring harboring, contour contour, courage courage, pour pour, mourning mourning, favourite favorite,
    exercise exercise, surprise surprise, promised promised, advise advise, rise rise, raised raised, praise praise,
    compromise compromise, comprise comprise, enterprise enterprise, expertise expertise, disguised disguised,
    revised revised, devised devised, supervised supervised, televised televised, improvised improvised,
    advertising advertising, otherwise otherwise, likewise likewise, precise precise, concise concise, wise wise,
    franchise franchise, paradise paradise, uprising uprising, premises premises, cruise cruise, noise noise,
    merchandise merchandise, treatise treatise, sunrise sunrise, excise excise, crises crises, disease disease,
    called called, killed killed, filled filled, polled polled, rolled rolled, controlled controlled, seller seller,
    compelled compelled, installed installed, patrolling patrolling, pulled pulled, smaller smaller, taller taller,
    genre genre, acre acre, massacre massacre, entire entire, fire fire, were were, there there, here here,
    sentence sentence, fence fence, hence hence, science science, violence violence, conference conference,
    evidence evidence, residence residence, existence existence, does does, goes goes, shoes shoes, poet poet,
    aerial aerial, israel israel, phoenix phoenix, people people, european european, anthem anthem,
    award award, forward forward, steward steward, reward reward, hundred hundred, sacred sacred, shared shared,
    police police, notice notice, office office, practice practice, visited visited, raising raising, poised poised,
    basis basis, crisis crisis, analysis analysis, oasis oasis, tennis tennis, vision vision, provision provision,
    improvisation improvisation, surmise surmise, demise demise, promising promising, arising arising
"""


def at(table: Mapping[str, Any], path: str) -> Any:
    """What stands under a dotted path."""
    for name in path.split("."):
        table = table[name]
    return table


def fits(value: object, wanted: Any) -> bool:
    """Whether a value has the type that the format wants, all the way down."""
    if wanted in (str, bool, int):
        return type(value) is wanted and value != ""
    if wanted == WORDS:
        return isinstance(value, list) and all(fits(item, str) for item in value)
    if wanted == GROUPS:
        return isinstance(value, list) and all(fits_group(item) for item in value)
    return isinstance(value, dict) and all(fits(item, wanted.__args__[1]) for key, item in value.items())


def fits_group(value: object) -> bool:
    """Whether a value is a list of words with something in it; a rule may put nothing in a letter's place."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value) and value[0] != ""


def leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """The dotted paths of a file; a table of words counts as one leaf."""
    for name, value in table.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and path not in KEYS:
            yield from leaves(value, f"{path}.")
        else:
            yield path


def twice(words: Iterable[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


@pytest.mark.parametrize("code", SHIPPED)
def test_a_language_has_every_key_and_no_other(code: str) -> None:
    assert set(leaves(DATA[code])) == set(KEYS)
    assert DATA[code]["code"] == code


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("path", KEYS)
def test_a_key_has_its_type(code: str, path: str) -> None:
    assert fits(at(DATA[code], path), KEYS[path])


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("path", [path for path, wanted in KEYS.items() if wanted == WORDS])
def test_a_list_names_nothing_twice(code: str, path: str) -> None:
    assert not twice(at(DATA[code], path))


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("path", JOINED)
def test_a_word_stands_in_one_group_of_two_or_more(code: str, path: str) -> None:
    groups = at(DATA[code], path)
    assert not twice(word.casefold() for group in groups for word in group)
    assert all(len(group) > 1 for group in groups)


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("path", FOLDED)
def test_what_is_looked_up_by_a_casefolded_word_is_casefolded(code: str, path: str) -> None:
    assert [word for word in at(DATA[code], path) if word != word.casefold()] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_a_language_knows_enough_words_to_be_told_apart(code: str) -> None:
    assert len(DATA[code]["stopwords"]) >= 120
    assert len(DATA[code]["statements"]["say"]) >= 120
    assert SAID[code] in DATA[code]["statements"]["say"]


@pytest.mark.parametrize("code", SHIPPED)
def test_an_abbreviation_either_never_ends_a_sentence_or_may(code: str) -> None:
    never, maybe = (DATA[code]["sentences"][kind] for kind in ("never", "maybe"))
    assert not set(never) & set(maybe)
    assert [word for word in never + maybe if word.endswith(".") or " " in word] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_a_bound_has_one_meaning(code: str) -> None:
    assert not twice(phrase for phrases in DATA[code]["numbers"]["bounds"].values() for phrase in phrases)


@pytest.mark.parametrize("code", SHIPPED)
def test_a_year_has_twelve_months_and_a_week_seven_days(code: str) -> None:
    months, weekdays = DATA[code]["dates"]["months"], DATA[code]["dates"]["weekdays"]
    assert (len(months), len(weekdays)) == (12, 7)
    assert not twice(name.casefold() for names in months for name in names)
    assert not twice(name.casefold() for names in weekdays for name in names)


@pytest.mark.parametrize("code", SHIPPED)
def test_a_quotation_mark_pair_has_two_marks(code: str) -> None:
    pairs = DATA[code]["marks"]["quotes"]
    assert {len(pair) for pair in pairs} == {2}
    assert not twice(" ".join(pair) for pair in pairs)


@pytest.mark.parametrize("code", SHIPPED)
def test_the_decimal_mark_groups_no_thousands(code: str) -> None:
    numbers = DATA[code]["numbers"]
    assert numbers["decimal"] not in numbers["group"]


@pytest.mark.parametrize("code", SHIPPED)
def test_spelling_rules_compile_and_leave_stop_words_alone(code: str) -> None:
    words = DATA[code]["words"]
    rules = [(re.compile(old), new) for old, new in words["spellings"]]
    kept = set(words["spelling_exceptions"])
    stopwords = set(DATA[code]["stopwords"]) - kept
    changed = [word for word in stopwords if any(old.sub(new, word) != word for old, new in rules)]
    assert changed == []


@pytest.mark.parametrize("code", SHIPPED)
def test_a_normal_spelling_is_final(code: str) -> None:
    data = language(code)
    single = {head for head in data.same.values() if " " not in head and "-" not in head}
    assert [word for word in single | set(data.spelling_pairs.values()) if spelling(word, data) != word] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_inflected_forms_are_listed_as_a_text_shows_them_after_spelling(code: str) -> None:
    """A form that spelling turns into another group's word would never be found."""
    data = language(code)
    strayed = [word for word, head in data.tense.items() if data.tense.get(spelling(word, data), head) != head]
    assert strayed == []


@pytest.mark.parametrize("pair", [pair.split() for pair in ENGLISH.replace("\n", " ").split(",")], ids=" ".join)
def test_british_and_american_spellings_meet(pair: list[str]) -> None:
    word, normal = pair
    assert key(word, "en") == key(normal, "en") == normal


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("en", "Lt. Gen. Ada Orin met Gov. Pelka on Feb. 10. He left at noon.", 2),
        ("en", "The U.S. Senate voted. Sen. Vorne of Lund, Mo. did not. It passed.", 3),
        ("de", "Am 10. November kam Dr. Orin mit z.B. Herrn Vorne. Er ging um 8 Uhr.", 2),
        ("de", "Der Schaden liegt bei 3 Mio. Euro. Das teilte die Stadt Pelkau mit.", 2),
        ("fr", "M. Orin et Mme. Pelka sont arrivés. Ils ont parlé.", 2),
        ("es", "El Sr. Orin viajó a EE.UU. con la Dra. Pelka. No hubo acuerdo.", 2),
        ("ru", "В 2019 г. ущерб составил 3 млн. рублей. Это сообщил Орин.", 2),
        ("ar", "وصل الوفد إلى بيلكا. وقال أورين إن المحادثات بدأت.", 2),
    ],
)
def test_an_abbreviation_splits_no_sentence(code: str, text: str, count: int) -> None:
    assert len(sentences(text, code)) == count


def test_a_name_stands_in_one_group_only() -> None:
    """By the very form under which names are looked up, so that U.S. and us do not meet but U.S. and US do."""
    groups = NAMES["group"]
    assert len(groups) >= 200
    assert not twice(name for group in groups for name in {fold(name) for name in group["names"]})


def test_a_group_of_names_has_a_kind_and_two_names() -> None:
    groups = NAMES["group"]
    assert {frozenset(group) for group in groups} == {frozenset({"kind", "names"})}
    assert {group["kind"] for group in groups} == {"exonym", "abbreviation", "rename"}
    assert [group["names"] for group in groups if len(group["names"]) < 2 or twice(group["names"])] == []
    assert [name for group in groups for name in group["names"] if name != name.strip() or not name] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_titles_are_casefolded_and_once_each(code: str) -> None:
    titles = NAMES["titles"][code]
    assert not twice(titles)
    assert [title for title in titles if title != title.casefold()] == []


@pytest.mark.parametrize("code", SHIPPED)
def test_adjectives_point_at_the_usual_name_of_a_place(code: str) -> None:
    usual = {fold(group["names"][0]) for group in NAMES["group"]}
    others = {fold(name) for group in NAMES["group"] for name in group["names"]} - usual
    adjectives = NAMES["adjectives"][code]
    assert [word for word in adjectives if word != word.casefold()] == []
    assert [place for place in adjectives.values() if fold(place) in others] == []


def test_a_first_name_stands_in_one_group_of_short_forms() -> None:
    groups = NAMES["short"]["groups"]
    assert not twice(fold(name) for group in groups for name in group)
    assert all(len(group) > 1 for group in groups)
