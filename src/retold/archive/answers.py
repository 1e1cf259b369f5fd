"""What an archive answers with: frozen, JSON by one function, and a table where there are rows."""

from __future__ import annotations

from retold.answers import Answer, Shown
from retold.archive.documents import Document, Table
from retold.archive.provenance import Count, Sharing


class Learned(Document, frozen=True, kw_only=True):
    """What ``learn`` brought up to date: ``articles`` in the archive, those ``placed`` anew, the ``stories`` that there
    are, the blocks of ``furniture`` known of all outlets, the pairs of articles that share passages (``copies``), and
    the ``origins`` that all articles go back to."""

    run: int
    articles: int
    placed: int
    stories: int
    furniture: int
    copies: int
    origins: int


class Added(Document, frozen=True, kw_only=True):
    """What ``add`` brought in: new ``articles``, new ``versions`` of known ones, versions ``known`` already, and inputs
    rejected; ``learned`` where it was to learn as well."""

    run: int
    articles: int
    versions: int
    known: int
    rejects: int
    learned: Learned | None = None


class Joined(Document, frozen=True, kw_only=True):
    """Where a new article belongs, as far as can be said at once: its story, how surely, and whether it is a ``new``
    one; ``known`` where the archive had this version already."""

    article_id: str
    source_id: str
    story_id: str
    score: float
    new: bool
    known: bool


class Line(Answer, frozen=True):
    """A story in a list; ``first`` and ``last`` are when its articles were published, None where none says. ``texts``
    counts distinct running texts. ``origins`` is how many its articles go back to, as is likely; None until ``learn``
    has looked at them."""

    id: str
    title: str
    articles: int
    texts: int
    outlets: int
    origins: int | None
    first: str | None
    last: str | None


class Stories(Table, frozen=True, kw_only=True):
    """Stories, latest first unless asked otherwise; ``total`` counts all that the filters let through. ``next`` names
    the place after the last one shown, None where there are no more."""

    ROWS = "stories"

    total: int
    stories: list[Line]
    next: str | None = None


class Facet(Answer, frozen=True):
    """A value that stories can be narrowed down to, and how many are left then."""

    value: str
    stories: int


class Facets(Document, frozen=True, kw_only=True):
    """What some stories, ``total`` in number, can be narrowed down to; ``..._at_least``: so many or more."""

    total: int
    outlets: list[Facet]
    languages: list[Facet]
    agencies: list[Facet]
    months: list[Facet]
    articles_at_least: list[Facet]
    texts_at_least: list[Facet]
    outlets_at_least: list[Facet]
    origins_at_least: list[Facet]


class Ran(Answer, frozen=True):
    """A command that wrote in an archive; ``ended`` is None where it was cut off, or still writes."""

    run: int
    command: str
    started: str
    ended: str | None
    rows: int


class Holdings(Document, frozen=True, kw_only=True):
    """What an archive holds: its ``articles`` in all their ``versions``, the ``stories`` that they tell, how many of
    these are ``told_by_several``, the ``origins`` that the articles go back to, the inputs that could not be read
    (``rejects``), the articles that are newer than the last ``learn`` (``unlearned``), and the last ``runs``."""

    articles: int
    versions: int
    outlets: int
    stories: int
    told_by_several: int
    origins: int
    rejects: int
    unlearned: int
    first: str | None
    last: str | None
    runs: list[Ran]


class Telling(Answer, frozen=True):
    """An article that tells a story, and how surely; not ``settled`` until the next ``learn`` has judged it."""

    article_id: str
    source_ids: list[str]
    outlet: str | None
    title: str | None
    url: str | None
    language: str
    published: str | None
    versions: int
    score: float
    settled: bool


class Story(Table, Shown, frozen=True, kw_only=True):
    """A story and all articles that tell it, earliest first.

    ``requested_id`` is the id that was asked for: stories merge, and an old id leads to where its articles are now.
    ``origins``: how many origins its articles go back to, None until ``learn`` has looked at all of them.
    """

    ROWS = "tellings"

    id: str
    requested_id: str
    title: str
    articles: int
    outlets: int
    origins: Count | None
    first: str | None
    last: str | None
    tellings: list[Telling]

    def to_html(self) -> str:
        """Return what this answer knows in one file of HTML; ``Archive.report`` has all that the archive knows."""
        from retold.pictures.story_report import report

        return report({"story": self.to_dict(), "origins": None, "lineage": None, "comparison": None, "articles": []})

    def to_text(self, *, width: int = 100) -> str:
        """Return what the terminal shows."""
        from retold.pictures.listing import story

        return story(self.to_dict(), width=width)

    def _repr_html_(self) -> str:
        from retold.pictures.story_report import notebook

        return notebook(self.to_dict())


class Hit(Answer, frozen=True):
    """An article that search found: ``snippet`` is ``text[start:end]`` of its version, ``marks`` the words in it that
    were asked for, as [start, end) of that text."""

    article_id: str
    source_ids: list[str]
    version_id: str
    story_id: str | None
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    score: float
    snippet: str
    start: int
    end: int
    marks: list[tuple[int, int]]


class Found(Table, frozen=True, kw_only=True):
    """What search found, best first."""

    ROWS = "hits"

    words: str
    hits: list[Hit]


class Term(Answer, frozen=True):
    """A word that two articles share, as written, and what it adds to their likeness."""

    text: str
    weight: float


class Why(Document, frozen=True, kw_only=True):
    """Why two articles are, or are not, one story.

    ``same_story``: whether the archive has them in one story now, or would by themselves where one of them is in no
    story yet; ``score`` is ``likeness`` (of their weighted words: 0 where they share none, about 1 where they share
    all) times ``nearness`` (1 on the same day, fading with the ``days`` between them), and joins from ``threshold`` on;
    ``vetoes`` say what forbids it.

    ``shared`` is the text that both have, None where they have none in common, and ``origins`` the origins of each, its
    main one first; ``same_origin`` whether the main ones are one, None where it is not known. ``origin_note`` says why.
    """

    one: str
    other: str
    same_story: bool
    stories: list[str | None]
    note: str
    score: float
    likeness: float
    nearness: float
    threshold: float
    days: float | None
    terms: list[Term]
    vetoes: list[str]
    shared: Sharing | None
    origins: list[list[str]]
    same_origin: bool | None
    origin_note: str


class Text(Answer, frozen=True):
    """One version of an article, as it stood."""

    version_id: str
    seen: str | None
    published: str | None
    title: str | None
    words: int


class Change(Answer, frozen=True):
    """A place where a later version differs: what was ``cut`` and what was ``added``, where in each text."""

    passage: str
    kind: str
    cut: str
    added: str
    start: int
    end: int
    added_start: int
    added_end: int
    in_quote: bool
    note: str


class Step(Answer, frozen=True):
    """From one version to the next: each edit, and the passages that went or came whole."""

    before: str
    after: str
    edits: list[Change]
    cut: list[str]
    added: list[str]


class Revisions(Document, frozen=True, kw_only=True):
    """The history of one article: its versions in order, and what each changed."""

    article_id: str
    source_ids: list[str]
    url: str | None
    outlet: str | None
    versions: list[Text]
    steps: list[Step]


class Checked(Document, frozen=True, kw_only=True):
    """What ``doctor`` found wrong with an archive, what it mended, and what is left."""

    found: list[str]
    repaired: list[str]
    left: list[str]
    tables: dict[str, int]
