"""What each question answers with: frozen, and JSON by one function.

The published form of these answers is ``docs/comparison.schema.json``, made from the classes here.
Offsets count Unicode code points into an article's ``text``; ``end`` is exclusive.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from retold.model.records import Certainty, CueClass, DifferenceKind, Form, NameKind, SpeakerKind

SCHEMA_VERSION = "1"

Key = Annotated[str, msgspec.Meta(pattern="^[A-Z]+$", description="An article of this comparison: A, B, ... Z, AA.")]
Span = Annotated[tuple[int, int], msgspec.Meta(description="[start, end] into the article's text, in code points.")]
BlockKind = Literal["title", "standfirst", "heading", "paragraph", "caption", "credit", "furniture"]
EditClass = Literal["content", "name", "number", "structure", "style"]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen answer, or a part of one."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers, as in the JSON document."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built


class Shown(Answer, frozen=True, kw_only=True):
    """An answer that a notebook shows as a picture, and everything else as lines of text."""

    def to_text(self) -> str:
        """Return what the terminal shows."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return both, as notebooks ask for them; they choose themselves."""
        return {"text/plain": self.to_text(), "text/html": self._repr_html_()}

    def __str__(self) -> str:
        return self.to_text()


class Block(Answer, frozen=True):
    """A stretch of an article with one kind; ``reason`` says why a block was set aside."""

    start: int
    end: int
    kind: BlockKind
    reason: str = ""


class Credit(Answer, frozen=True):
    """A credit line: who is credited, and for what."""

    kind: Literal["photo", "video", "text"]
    name: str
    start: int
    end: int
    text: str


class Article(Answer, frozen=True):
    """An article as it was given and read; ``words`` counts the compared words."""

    key: Key
    source: str
    id: str
    outlet: str | None
    title: str | None
    language: str
    published: str | None
    seen: str | None
    url: str | None
    words: int
    text: str
    credits: list[Credit]
    blocks: list[Block]


class Evidence(Answer, frozen=True):
    """A reason for a verdict, in a sentence, with the passages that show it."""

    kind: str
    note: str
    passages: list[str] = []
    articles: list[Key] = []


class Group(Answer, frozen=True):
    """The articles that go back to one origin."""

    articles: list[Key]
    source_seen: bool
    source: Key | None
    credit: str | None
    evidence: list[Evidence]


class Origins(Answer, frozen=True):
    """How many independent texts the articles go back to."""

    count: int
    certainty: Certainty
    groups: list[Group]
    partial: list[Evidence] = []


class Arrow(Answer, frozen=True, rename={"from_": "from"}):
    """A way that text may have gone."""

    from_: Key
    to: Key


class Sign(Answer, frozen=True):
    """One sign for or against a direction: ``speaks_against`` names the ways that it makes unlikely."""

    kind: str
    note: str
    passage: str | None = None
    needs: str | None = None
    speaks_for: list[Arrow] = []
    speaks_against: list[Arrow] = []


class PairDirection(Answer, frozen=True, rename={"from_": "from"}):
    """The direction between two articles."""

    verdict: Literal["established", "probable", "undetermined"]
    from_: Key
    to: Key


class Direction(Answer, frozen=True, rename={"from_": "from"}):
    """Who probably took from whom."""

    verdict: Literal["established", "probable", "undetermined"]
    from_: Key | None
    to: Key | None
    unlikely: list[Arrow]
    signs: list[Sign]
    pairs: list[PairDirection] = []


class Passage(Answer, frozen=True):
    """A stretch told by one or more articles.

    The text of a passage in an article is the concatenation of its spans. ``score`` is the share of words in common,
    0 to 1, averaged over the pairs of articles; ``moved`` names the articles where it stands in another place.
    """

    id: str
    relation: Literal["identical", "reworded", "only"]
    score: float
    spans: dict[Key, list[Span]]
    moved: list[Key] = []


class Side(Answer, frozen=True):
    """An edit as one article has it: ``article.text[start:end] == text``."""

    start: int
    end: int
    text: str


class Edit(Answer, frozen=True, rename={"class_": "class"}):
    """A place inside a passage where the articles differ.

    An edit with ``apart`` set names words that stand in different passages (a name spelled in two ways); it is told
    for the reader and is no step of the replay.
    """

    id: str
    passage: str
    class_: EditClass
    in_quote: bool
    note: str
    sides: dict[Key, Side]
    apart: bool = False


class Quotation(Answer, frozen=True):
    """The same words between quotation marks, as each article has them.

    ``state``: same, shortened (``left_out`` holds the words), altered, re-attributed, unmarked (the words stand
    without marks in some article), or only.
    """

    id: str
    passage: str | None
    state: Literal["same", "shortened", "altered", "reattributed", "unmarked", "only"]
    sides: dict[Key, Side]
    speakers: dict[Key, str]
    left_out: str | None = None
    shortened_in: list[Key] = []
    note: str = ""


class Variant(Answer, frozen=True):
    """One spelling of a name, and how often each article writes it."""

    text: str
    counts: dict[Key, int]


class Name(Answer, frozen=True):
    """One name under several spellings."""

    id: str
    kind: NameKind
    variants: list[Variant]
    note: str


class Said(Answer, frozen=True):
    """A statement as one article tells it: ``source`` says who speaks, ``cue`` that they do, ``content`` what.

    Each may be in pieces; the source is empty where nobody is named, the cue where a quotation stands by itself.
    ``type``: all, some or none of the content's words stand between quotation marks. ``text`` and ``speaker`` are the
    words of the content and of the source. ``negated``: the cue is ("did not say"); ``modality``: the word that makes
    it less than a fact ("would", "might").
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    type: Form
    cue_class: CueClass
    text: str
    speaker: str
    negated: bool = False
    modality: str = ""


class Difference(Answer, frozen=True):
    """How two articles tell one statement differently, read from the first of ``between`` to the second.

    ``words``: for each of the two the words left out or altered, the sources or the cues; none where it has none.
    ``manner``: altered where both go back to one text, else heard differently.
    """

    kind: DifferenceKind
    between: tuple[Key, Key]
    words: tuple[list[Side], list[Side]]
    manner: Literal["altered", "heard differently"]


class Statement(Answer, frozen=True):
    """One statement, and how each article tells it; its ``id`` comes from its words.

    ``speaker`` is the name of the speaker with ``speaker_id``, "" and None where it is not resolved. ``spans`` has, for
    each article that tells it, its fullest telling; ``again`` those beside it in the same article.
    """

    id: str
    speaker: str
    speaker_id: str | None
    type: Form
    cue_class: CueClass
    spans: dict[Key, Said]
    difference: list[Difference] = []
    again: dict[Key, list[Said]] = {}


class Mention(Answer, frozen=True):
    """Where an article names a speaker."""

    article: Key
    start: int
    end: int
    text: str


class Speaker(Answer, frozen=True):
    """Who speaks, across the articles: ``name`` is the fullest form that any of them has.

    ``rules`` say how its mentions were joined, each with its witness; ``speaks_for``: the ids of speakers that stand
    for one another with this one (the Kremlin, Moscow), and are not the same.
    """

    id: str
    name: str
    kind: SpeakerKind
    mentions: list[Mention]
    rules: list[str] = []
    speaks_for: list[str] = []


class Watch(Answer, frozen=True):
    """Something an editor should look at before trusting an article's telling."""

    kind: str
    article: Key
    passage: str | None
    needs: str | None
    side: Side | None
    note: str


class Story(Answer, frozen=True):
    """Whether the articles tell one story, with the reasons."""

    same: bool
    certainty: Certainty
    evidence: list[Evidence]
    groups: list[list[Key]]


class Reject(Answer, frozen=True):
    """An input that was left out, and why."""

    source: str
    place: str
    reason: str


class Comparison(Shown, frozen=True, kw_only=True):
    """The answer to ``retold compare``: the verdict, the passages, the edits, and what to watch.

    ``words`` maps each article's key to its compared words, and ``identical`` to the words that stand word for word
    in every article (two articles: the words they share).
    """

    schema_version: str = SCHEMA_VERSION
    retold_version: str
    articles: list[Article]
    same_story: bool
    same_text: bool
    story: Story
    origins: Origins
    direction: Direction
    words: dict[str, int]
    passages: list[Passage]
    edits: list[Edit]
    quotations: list[Quotation]
    names: list[Name]
    watch: list[Watch]
    rejects: list[Reject] = []
    statements: list[Statement] = []
    speakers: list[Speaker] = []

    def to_json(self, *, indent: int = 2) -> str:
        """Return the JSON document, the same bytes on every face."""
        return msgspec.json.format(msgspec.json.encode(self), indent=indent).decode()

    def to_html(self) -> str:
        """Return the one-file report: no requests, readable without JavaScript."""
        from retold.pictures.report import report

        return report(self.to_dict())

    def to_text(self, *, width: int = 100, everything: bool = False) -> str:
        """Return the report of the terminal, without colour."""
        from retold.pictures.terminal import picture

        return picture(self.to_dict(), width=width, everything=everything)

    def _repr_html_(self) -> str:
        from retold.pictures.report import notebook

        return notebook(self.to_dict())
