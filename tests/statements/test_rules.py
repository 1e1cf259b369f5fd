"""The rules: who says what, in small sentences of an invented harbour."""

from __future__ import annotations

import pytest

from retold.model.records import Block, Kind, Version
from retold.statements.extracting import Layers
from retold.statements.extracting import statements as extracted
from retold.statements.records import Statement


def article(*paragraphs: str, language: str = "en") -> Version:
    """A version of plain paragraphs."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(len(text), len(text) + len(paragraph), Kind.PARAGRAPH))
        text += paragraph + "\n\n"
    return Version("a", "a", text, tuple(blocks), language=language)


def statements(version: Version) -> list[Statement]:
    """The statements of a version by quotation marks and rules alone."""
    return extracted(version, extractor=Layers(tagger=False))


def told(version: Version, one: Statement) -> tuple[str, str, str]:
    """A statement's source, cue and content, pieces with a bar between them."""
    words = [" | ".join(version.text[a:b] for a, b in spans) for spans in (one.source, one.cue, one.content)]
    return words[0], words[1], words[2]


def read(*paragraphs: str, language: str = "en") -> list[tuple[str, str, str]]:
    version = article(*paragraphs, language=language)
    return [told(version, one) for one in statements(version)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ('"We saw no sand," said Ada Holm, the captain.', ("Ada Holm, the captain", "said", '"We saw no sand,"')),
        ("Ada Holm, 43, a fisher, said the boat was lost.", ("Ada Holm, 43, a fisher", "said", "the boat was lost")),
        ("The line will stay shut, the office said.", ("the office", "said", "The line will stay shut")),
        ("The line will stay shut, the office said on Monday.", ("the office", "said", "The line will stay shut")),
        ('"We go," she said, "at noon."', ("she", "said", '"We go," | "at noon."')),
        ('"We go," she said. "We sail at noon."', ("she", "said", '"We go," | "We sail at noon."')),
        ("The bridge, he said, was rusty.", ("he", "said", "The bridge | was rusty")),
        ("According to the pilot, the light was out.", ("the pilot", "According to", "the light was out")),
        ("The light was out, according to the pilot.", ("the pilot", "according to", "The light was out")),
        ("As the ministry said, the light was out.", ("the ministry", "said", "the light was out")),
        ("She told reporters in Vorsk that the ship sank.", ("She", "told", "the ship sank")),
        ("He told Norlandia Press his boat was gone.", ("He", "told", "his boat was gone")),
        ("The mayor was told the ship sank.", ("", "was told", "the ship sank")),
        ("Ada Holm: “The light was out.”", ("Ada Holm", "", "“The light was out.”")),
        ('"The light was out," grumped Ada Holm.', ("Ada Holm", "grumped", '"The light was out,"')),
        ("Earlier on Friday the minister said the ship sank.", ("the minister", "said", "the ship sank")),
        ('The pilots warned of "floods".', ("The pilots", "warned", '"floods"')),
        ("They put the toll at 40.", ("They", "put", "the toll at 40")),
    ],
)
def test_a_sentence_tells_who_said_what(sentence, expected):
    assert read(sentence) == [expected]


@pytest.mark.parametrize(
    ("sentence", "cue_class", "negated"),
    [
        ("The minister denied having slept.", "deny", False),
        ("The minister did not say who slept.", "deny", True),
        ("The minister declined to comment on the case.", "deny", False),
        ("The minister did not respond to two letters.", "deny", True),
        ("The minister accused the pilots of neglect.", "accuse", False),
        ("The minister urged the pilots to wait.", "demand", False),
        ("The minister called for an inquiry.", "demand", False),
        ("The minister warned that the ship would sink.", "warn", False),
        ("The minister promised to build a bridge.", "promise", False),
        ("The minister claimed the ship was lost.", "claim", False),
        ("The minister admitted that the ship was lost.", "admit", False),
        ("The report says the ship was lost.", "show", False),
        ("The minister says the ship was lost.", "say", False),
    ],
)
def test_a_cue_has_a_class(sentence, cue_class, negated):
    (only,) = statements(article(sentence))
    assert (only.cue_class, only.negated) == (cue_class, negated)


@pytest.mark.parametrize(
    "sentence",
    [
        "The claims of the pilots were heard on Monday.",
        "A line of boats called the Blue Fleet lay in the harbour.",
        "The minister will visit the harbour, his office and the pilots.",
        "Nobody can say how old the harbour is.",
        "The goal was added late in the game.",
        "The so-called reports of the minister lay on the table.",
    ],
)
def test_a_sentence_that_only_looks_like_one_tells_nothing(sentence):
    assert read(sentence) == []


def test_a_second_verb_shares_the_subject():
    assert read(
        "The minister denied the report, accusing the pilots of neglect, and warned that ships would sink."
    ) == [
        ("The minister", "denied", "the report"),
        ("The minister", "accusing", "the pilots of neglect"),
        ("The minister", "warned", "ships would sink"),
    ]


def test_a_statement_stands_inside_another():
    version = article("The lawyer said the witness had admitted that she lied.")
    outer, inner = statements(version)
    assert told(version, outer) == ("The lawyer", "said", "the witness had admitted that she lied")
    assert told(version, inner) == ("the witness", "had admitted", "she lied")
    assert (outer.depth, inner.depth) == (0, 1)


def test_a_quotation_over_paragraphs_is_one_content_with_a_piece_each():
    assert read('Ada Holm said: "We go.', '"We sail at noon."') == [
        ("Ada Holm", "said", '"We go. | "We sail at noon."'),
    ]


def test_a_list_of_quotations_is_signed_with_dashes():
    assert read("“A cold day.” – Ada Holm, fisher", "“No day for sailing.” — Kurt Lund") == [
        ("Ada Holm, fisher", "", "“A cold day.”"),
        ("Kurt Lund", "", "“No day for sailing.”"),
    ]


def test_a_transcript_is_read_by_its_names():
    assert read("HOLM: We saw no sand.", "LUND: None at all?", "HOLM: He says we should have.") == [
        ("HOLM", "", "We saw no sand."),
        ("LUND", "", "None at all?"),
        ("HOLM", "", "He says we should have."),
        ("He", "says", "we should have"),
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [('"We go at noon."', "direct"), ('they would go "at noon"', "mixed"), ("they would go at noon", "indirect")],
)
def test_the_type_is_counted_in_words_between_marks(content, kind):
    (only,) = statements(article(f"Ada Holm said {content}"))
    assert only.type == kind


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        (
            "de",
            "„Wir sahen nichts“, sagte der Lotse Jens Olrik.",
            ("der Lotse Jens Olrik", "sagte", "„Wir sahen nichts“"),
        ),
        ("de", "Gestern sagte Ute Brandel, sie wisse nichts.", ("Ute Brandel", "sagte", "sie wisse nichts")),
        ("de", "Laut Polizei wurde niemand verletzt.", ("Polizei", "Laut", "wurde niemand verletzt")),
        ("fr", "Le port a annoncé que le ferry resterait fermé.", ("Le port", "a annoncé", "le ferry resterait fermé")),
        ("fr", "« Nous partons », dit-elle.", ("elle", "dit", "« Nous partons »")),
        ("es", "«Nunca vimos nada», dijo Ada Molera.", ("Ada Molera", "dijo", "«Nunca vimos nada»")),
        ("es", "El puerto anunció que cerrará en junio.", ("El puerto", "anunció", "cerrará en junio")),
        ("ru", "«Мы уходим», — сказал капитан.", ("капитан", "сказал", "«Мы уходим»")),
        ("ru", "Порт сообщил, что паром закрыт.", ("Порт", "сообщил", "паром закрыт")),
    ],
)
def test_other_languages_are_data(language, sentence, expected):
    assert read(sentence, language=language) == [expected]


def test_a_language_without_data_has_its_signed_quotations():
    assert read("“Mennään.” – Ada Holm", language="fi") == [("Ada Holm", "", "“Mennään.”")]
