"""Who speaks: names to their fullest form, roles and pronouns where it is certain, else the written form.

In the stories a source stands in square brackets and its cue in round ones: ``"We go," (said) [Ada Holm].`` What is
said is what the paragraph has between quotation marks, else the rest of the sentence.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model.records import Block, Kind, Version
from retold.statements.extracting import statements
from retold.statements.quoting import quotations
from retold.statements.records import Span, Speaker, Statement
from retold.statements.speakers import speakers

MARK = re.compile(r"\[([^\]]*)\]|\(([^)]*)\)|([^\[(]+)")


def read(*paragraphs: str, language: str = "en") -> tuple[Version, list[Statement]]:
    """An article and its statements, by the marks in its paragraphs."""
    text, blocks, found = "", [], []
    for paragraph in paragraphs:
        start, sources, cues = len(text), [], []
        for source, cue, plain in MARK.findall(paragraph):
            span = (len(text), len(text) + len(source or cue or plain))
            sources += [span] if source else []
            cues += [span] if cue else []
            text += source or cue or plain
        blocks.append(Block(start, len(text), Kind.PARAGRAPH))
        found += [
            made(text, start, source, cue) for source, cue in zip(sources, cues or [(0, 0)] * len(sources), strict=True)
        ]
        text += "\n\n"
    return Version("a", "a", text, tuple(blocks), language=language), found


def made(text: str, start: int, source: Span, cue: Span) -> Statement:
    """A statement of a paragraph: its quotations that the source does not stand in, else what follows its marks."""
    quoted = [
        (one.start, one.end) for one in quotations(text, [(start, len(text))]) if not one.start <= source[0] < one.end
    ]
    last = max(source[1], cue[1])
    end = text.find(".", last)
    content = tuple(quoted) or ((last, end if end > last else len(text)),)
    return Statement((source,), (cue,) if cue[1] else (), content, "direct" if quoted else "indirect")


def told(*paragraphs: str, language: str = "en") -> list[Speaker | None]:
    return speakers(*read(*paragraphs, language=language))


def who(*paragraphs: str, language: str = "en") -> list[str]:
    """The name of the speaker of each statement."""
    return [one.name if one else "nobody" for one in told(*paragraphs, language=language)]


@pytest.mark.parametrize(
    "story",
    [
        ('"We go," (said) [Ada Holm].', '"We sail," [Holm] (said).'),
        ('"We go," (said) [Ada Holm].', '"We sail," [Mrs Holm] (said).'),
        ('"We go," (said) [Ada Holm, the captain].', "[The captain] (denied) a delay."),
        ('"We go," (said) [Ada Holm, harbour master at Vorsk].', "[The harbour master] (denied) a delay."),
        ('"We go," (said) [Harbour Minister Ada Holm].', "[The minister] (denied) a delay."),
        ("[The mayor of Vorsk, Ada Holm], (said) the line was shut.", "[The mayor] (denied) a delay."),
        ("[The chair of the meeting, retired baker Ada Holm], (said) it was late.", "[The chair] (went) home."),
        ("Ada Holm is the captain of the ferry.", "[The captain] (denied) a delay."),
        ("Rain fell on Ada Holm, 41.", "[She] (denied) a delay."),
        ('"We go," (said) [Ada Holm KC].', "[Ms Holm] (denied) a delay."),
        ('"We go," (said) [Ada "Sailor" Holm].', "[Holm] (denied) a delay."),
        ("[Ada Maria Holm-Lund] (said) the line was shut.", "[Ada] (denied) a delay."),
        ("[Ada Holm] (said) the line was shut.", "THE FERRY", "[HOLM] (denied) a delay."),
        ("[His wife, Ada], (said) it was late.", "[She] (denied) a delay."),
        ("Ada Holm ran the Olympic marathon.", "[The athlete] (denied) a delay."),
        ("Ada Holm, 54, fell.", "[The 54-year-old] (denied) a delay."),
    ],
)
def test_a_short_form_goes_back_to_the_full_name(story):
    assert set(who(*story)[-1].split()) & {"Ada", "Holm"}
    assert told(*story)[-1].kind == "person"


@pytest.mark.parametrize(
    ("story", "name"),
    [
        (("[The Foreign Ministry] (said) the line was shut.", "[The ministry] (denied) a delay."), "Foreign Ministry"),
        (("[The Ministry of Ferries] (said) it was shut.", "[The ministry] (denied) it."), "Ministry of Ferries"),
        (("[The Harbour Workers Union] (said) no.", "[The HWU] (called) a strike."), "Harbour Workers Union"),
        (("[Vorsk Line ASA] (said) it was shut.", "[The company] (denied) a delay."), "Vorsk Line ASA"),
        (("[The harbour office] (said) the line was shut. [It] (denied) a delay.",), "The harbour office"),
        (
            ("[A report by the harbour office] (said) so.", "[The report] (gave) no date."),
            "A report by the harbour office",
        ),
        (("[The letter] (says) the line is shut. [It] (gives) no date.",), "The letter"),
        (("[The government] (said) no.", "[The Norlandian government] (denied) it."), "The Norlandian government"),
    ],
)
def test_a_body_or_a_document_is_taken_up_by_its_kind(story, name):
    assert who(*story)[-1] == name


def test_a_fuller_form_that_comes_later_names_the_earlier_too():
    assert (
        who("[The government] (said) no.", "[The Norlandian government] (denied) it.")
        == ["The Norlandian government"] * 2
    )


def test_a_company_is_not_taken_up_by_a_union():
    assert who("[The Harbour Workers Union] (said) no.", "[The company] (denied) it.")[-1] == "The company"


@pytest.mark.parametrize(
    ("story", "names"),
    [
        # a conflicting first name, or title
        (
            ("[Ada Holm] (said) go.", "[Kurt Holm] (said) stay.", "[Ada Holm] (said) wait."),
            ["Ada Holm", "Kurt Holm", "Ada Holm"],
        ),
        (
            ("[Ada Holm] (said) go.", "[Kurt Holm] (said) stay.", "[Holm] (said) wait."),
            ["Ada Holm", "Kurt Holm", "Holm"],
        ),
        (
            ("[Spokeswoman Ada Holm] (said) go.", "[Chairman Kurt Holm] (said) stay.", "[Mrs Holm] (said) wait."),
            ["Ada Holm", "Kurt Holm", "Ada Holm"],
        ),
        # two of one office
        (
            (
                "[Harbour Minister Ada Holm] (said) go.",
                "[Energy Minister Kurt Lund] (said) stay.",
                "[The energy minister] (left).",
            ),
            ["Ada Holm", "Kurt Lund", "Kurt Lund"],
        ),
        # a name that says whose, or where
        (("[The lawyer of Ada Holm] (said) no.",), ["The lawyer of Ada Holm"]),
        (("Ada Holm fell.", "[Officials in Vorsk] (said) no."), ["Officials in Vorsk"]),
        (("[Ada Holm] (said) go.", "[Ada Holm's lawyer] (said) no."), ["Ada Holm", "Ada Holm's lawyer"]),
        (("[Officials, including Ada Holm], (said) no.",), ["Officials"]),
        # two together
        (("[Ada Holm and Kurt Lund] (said) no.",), ["Ada Holm and Kurt Lund"]),
        # a body and its place
        (("[A Vorsk Line staff member] (said) no.",), ["A Vorsk Line staff member"]),
    ],
)
def test_two_are_never_taken_for_one(story, names):
    assert who(*story) == names


@pytest.mark.parametrize(
    ("story", "name"),
    [
        (("[Spokeswoman Ada Holm] (said) go.", "[Spokesman Kurt Lund] (said) no.", "[She] (denied) it."), "Ada Holm"),
        (("[Spokeswoman Ada Holm] (said) go.", "[Spokesman Kurt Lund] (said) no.", "[He] (denied) it."), "Kurt Lund"),
        # what "her" shows in one place is known in another
        (("Ada Holm lost her hat.", "[Ada Holm] (told) [Kurt Lund] (said) so.", "[She] (denied) it."), "Ada Holm"),
        (("[The captain, Ada Holm], (said) go. [She] (denied) it.",), "Ada Holm"),
        (("A boy fell. [The captain, Ada Holm], (said) go.", "[She] (denied) it."), "Ada Holm"),
        # nobody who speaks of themselves is "he"
        (('"[He] (denied) it," (said) [Kurt Lund].',), ""),
        (("[The harbour office] (said) no. [He] (denied) it.",), ""),
        (("[They] (said) the line was shut.",), ""),
        (("[We] (said) the line was shut.",), ""),
    ],
)
def test_he_and_she_go_back_to_whom_they_fit(story, name):
    assert name in who(*story)


def test_an_official_in_the_next_clause_is_no_role_of_a_name_before_it():
    names = who("They agreed on Ada Holm, [a senior Vorsk official] (said).", "[The official] (left).")
    assert names == ["a senior Vorsk official"] * 2


def test_a_newspaper_is_no_office():
    assert who("[The Observer] (said) the line was shut.", "[The President] (denied) it.") == [
        "Observer",
        "The President",
    ]


def test_a_label_of_a_transcript_is_taken_up_by_whom_the_article_brings_in():
    story = ("Kurt Lund put questions to Ada Holm.", "LUND: Who rang?", "THE WITNESS: Nobody rang.")
    version = read(*story)[0]
    turns = []
    for label, content in (paragraph.split(": ") for paragraph in story[1:]):
        at, start = version.text.index(f"{label}:"), version.text.index(content)
        turns.append(Statement(((at, at + len(label)),), (), ((start, start + len(content)),), "direct"))
    assert [one.name for one in speakers(version, turns) if one] == ["Kurt Lund", "Ada Holm"]


def test_i_is_whoever_says_it():
    assert who('"[I] (told) her no," (said) [Ada Holm].') == ["Ada Holm", "Ada Holm"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("[Ada Holm], [who] (said) no, (said) so.", "Ada Holm"),
        ("[The harbour office], [which] (said) no, (said) so.", "The harbour office"),
    ],
)
def test_who_and_which_mean_what_stands_before_the_comma(sentence, name):
    assert who(sentence)[-1] == name


@pytest.mark.parametrize(
    ("written", "kind"), [("The WHO", "organisation"), ("WHO", "organisation"), ("IT", "organisation")]
)
def test_a_word_in_capitals_is_no_pronoun(written, kind):
    (speaker,) = told(f"[{written}] (said) the line was shut.")
    assert (speaker.name.removeprefix("The "), speaker.kind) == (written.removeprefix("The "), kind)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("A senior official", "anonymous"),
        ("A senior official who asked not to be named", "anonymous"),
        ("Two sources", "anonymous"),
        ("The report", "document"),
        ("Video footage", "document"),
        ("The ruling", "document"),
        ("The response", "document"),
        ("The council", "organisation"),
        ("The ferryman", "role"),
        ("The ferrymen's wives", "group"),
    ],
)
def test_a_speaker_without_a_name_keeps_the_written_form(source, kind):
    (speaker,) = told(f"[{source}] (said) the line was shut.")
    assert (speaker.name, speaker.kind) == (source, kind)


@pytest.mark.parametrize(
    "source", ["A senior official", "Officials", "A person close to the minister", "Two ministers"]
)
def test_an_anonymous_source_is_never_joined_to_a_name(source):
    assert who("[Harbour Minister Ada Holm] (said) go.", f"[{source}] (said) no.") == ["Ada Holm", source]


def test_an_anonymous_source_is_taken_up_as_one():
    names = who("[A senior official in Vorsk] (said) no.", "[The official] (denied) it.", "[He] (left).")
    assert names == ["A senior official in Vorsk"] * 3


def test_a_seat_of_power_a_capital_and_a_president_are_three_speakers():
    names = who(
        "[The Kremlin] (said) no.", "[Moscow] (said) so.", "[Putin] (said) nothing.", "[President Putin] (left)."
    )
    assert names == ["Kremlin", "Moscow", "President Putin", "President Putin"]


def test_a_quotation_alone_goes_on_what_was_said_before_in_its_paragraph():
    version, found = read('[Ada Holm] (nodded). "We go." "We sail."', '"We wait."')
    start = version.text.index('"We sail')
    alone = [Statement((), (), ((at, at + 10),), "direct") for at in (start, version.text.index('"We wait'))]
    first, second, third = speakers(version, [found[0], *alone])
    assert second == Speaker("Ada Holm", "person", first.mentions, "goes on what they said before")
    assert third is None


def test_what_was_only_heard_has_no_speaker():
    version, found = read("[Ada Holm] (fell). It was said that the line was shut.")
    start = version.text.index("was said")
    heard = Statement((), ((start, start + 8),), ((start + 14, len(version.text) - 3),), "indirect")
    assert speakers(version, [found[0], heard])[1] is None


@pytest.mark.parametrize(
    ("language", "story", "names"),
    [
        (
            "de",
            ("Nein, (sagte) [Hafenmeisterin Ada Holm].", "[Holm] (sagte) nein.", "[Sie] (bestritt) es."),
            ["Ada Holm"] * 3,
        ),
        (
            "de",
            ("[Kurt Lund, der Kapitän], (sagte) ja.", "[Der Kapitän] (sagte) nein.", "[Er] (ging)."),
            ["Kurt Lund"] * 3,
        ),
        (
            "fr",
            ("[La capitaine Ada Holm] (a dit) oui.", "[Mme Holm] (a dit) non.", "[Elle] (a nié)."),
            ["Ada Holm"] * 3,
        ),
        (
            "fr",
            ("[Le maire de Vorsk, Jean Lund], (a dit) oui.", "[Le maire] (a dit) non.", "[Il] (a nié)."),
            ["Jean Lund"] * 3,
        ),
        ("es", ("[La capitana Ada Holm] (dijo) sí.", "[Holm] (dijo) no.", "[Ella] (negó) todo."), ["Ada Holm"] * 3),
        (
            "es",
            ("[El alcalde de Vorsk, Juan Lund], (dijo) sí.", "[El alcalde] (dijo) no.", "[Él] (negó)."),
            ["Juan Lund"] * 3,
        ),
        ("ru", ("[Капитан Ада Хольм] (сказала) да.", "[Хольм] (заявила) нет.", "[Она] (отрицала)."), ["Ада Хольм"] * 3),
        ("ru", ("[Министр Карл Лунд] (сказал) да.", "[Министр] (сказал) нет.", "[Он] (отрицал)."), ["Карл Лунд"] * 3),
        # the verb shows who is a woman
        (
            "ru",
            ("[Ада Хольм] (сказала) да.", "[Карл Лунд] (сказал) нет.", "[Она] (отрицала)."),
            ["Ада Хольм", "Карл Лунд", "Ада Хольм"],
        ),
    ],
)
def test_other_languages_have_the_same_rules(language, story, names):
    assert who(*story, language=language) == names


@pytest.mark.parametrize("source", ['"', "— —", "\x00", "\u200b"])
def test_a_source_without_a_word_breaks_nothing(source):
    assert len(told(f"[{source}] (said) no.")) == 1


def test_a_source_outside_every_paragraph_keeps_its_form():
    version, found = read("[Ada Holm] (said) no.")
    bare = Version("a", "a", version.text, (), language="en")
    assert [one.name for one in speakers(bare, found) if one] == ["Ada Holm"]


def test_a_language_without_data_keeps_the_written_forms():
    assert who("[Ada Holm] (pravi) da.", language="sl") == ["Ada Holm"]


def test_speakers_follow_what_was_extracted():
    paragraphs = ['"We go," said Ada Holm, the captain.', "She denied having slept."]
    version = read(*paragraphs)[0]
    assert [one.name for one in speakers(version, statements(version)) if one] == ["Ada Holm", "Ada Holm"]


NAMES = ["Ada", "Holm", "Kurt", "Lund", "captain", "company", "minister", "Mrs"]
SMALL = ["the", "The", "said", "She", "he", "It", "They", "who", "WHO", "her", "I", "A", "and", "of"]
WORDS = st.sampled_from([*NAMES, *SMALL, '"', "“", "”", ",", "."])


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=4), st.data())
def test_every_mention_is_a_span_of_the_text_and_the_answer_is_always_the_same(paragraphs, data):
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(at, at + len(paragraph), Kind.PARAGRAPH))
        at += len(paragraph) + 2
    version = Version("a", "a", text, tuple(blocks), language="en")
    words = [found.span() for found in re.finditer(r"[\w']+(?: [\w']+)?", text)]
    spans = st.sampled_from(words) if words else st.nothing()
    found = data.draw(
        st.lists(st.builds(lambda a, b: Statement((a,), (), (b,), "indirect"), spans, spans), max_size=5)
        if words
        else st.just([])
    )
    answer = speakers(version, found)
    assert answer == speakers(version, found)
    for one, speaker in zip(found, answer, strict=True):
        assert speaker is not None
        assert speaker.mentions[0] == one.source[0]
        assert all(0 <= start < end <= len(text) for start, end in speaker.mentions)
        assert set(re.findall(r"\w+", speaker.name)) <= set(re.findall(r"\w+", text))
