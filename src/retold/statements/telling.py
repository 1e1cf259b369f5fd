"""One pass over an article: each mention, in the order of the text, is given the figure that it means."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from retold.statements import pronouns
from retold.statements.figures import Figure, Figures
from retold.statements.mentions import OUTSIDE, Mention
from retold.statements.records import Span, Speaker, Statement
from retold.statements.roles import POSSESSIVE
from retold.statements.scene import Scene
from retold.text.words import tokens

NEAREST = 64  # mentions that a pronoun may look back over
INNER = 16  # of those inside quotations


class Votes:
    """How many pronouns of a pass over an article show a woman, and a man, in each figure."""

    def __init__(self, *, first: bool = False) -> None:
        self.first = first  # nothing is counted yet
        self.counts: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self.given: dict[Span, tuple[str, int]] = {}

    def add(self, mention: Mention, figure: Figure) -> None:
        """Count a pronoun for whom it was given."""
        self.counts[figure.key][mention.head] += 1.0
        self.given[mention.start, mention.end] = figure.key

    def without(self, mention: Mention, figure: Figure) -> dict[str, float]:
        """The counts of a figure, that of the pronoun asked about left out: it may not confirm itself."""
        counts = dict(self.counts.get(figure.key, {}))
        if self.given.get((mention.start, mention.end)) == figure.key:
            counts[mention.head] -= 1.0
        return counts


class Telling:
    """The figures of an article's mentions; ``before``: what the pronouns showed in the pass before this one."""

    def __init__(self, scene: Scene, before: Votes) -> None:
        self.scene, self.before = scene, before
        voted = frozenset(name for name, at in before.counts if at < 0)
        self.figures = Figures(scene.cast, scene.data, voted)
        self.given: dict[Span, tuple[Figure | None, str]] = {}  # a mention -> whom it means, and why
        self.outer: list[tuple[Mention, Figure]] = []
        self.inner: list[tuple[Mention, Figure]] = []
        self.outer_starts: list[int] = []
        self.votes = Votes()

    def tell(self) -> None:
        """Resolve the mentions: those outside quotations first, for a quotation may stand before its speaker."""
        mentions = self.scene.mentions
        for mention in chain(
            (one for one in mentions if one.zone == OUTSIDE), (one for one in mentions if one.zone != OUTSIDE)
        ):
            figure, rule = self.meant(mention)
            self.given[mention.start, mention.end] = figure, rule
            if figure is not None:
                self.note(mention, figure)

    def note(self, mention: Mention, figure: Figure) -> None:
        figure.mentions.append(mention)
        figure.spoke += mention.source
        shown = self.scene.shown.get((mention.start, mention.end)) if mention.form != "pronoun" else None
        if shown is not None and figure.single and not figure.evidence:
            figure.evidence.add(shown)
        if mention.zone == OUTSIDE:
            self.outer.append((mention, figure))
            self.outer_starts.append(mention.start)
        else:
            self.inner.append((mention, figure))

    def meant(self, mention: Mention) -> tuple[Figure | None, str]:
        """The figure that a mention means, or None, and by what rule."""
        if mention.name is not None:
            return self.figures.named(mention.name)
        if mention.form == "pronoun":
            return self.pronoun(mention)
        if mention.form == "relative":
            return self.relative(mention)
        if (again := self.again(mention)) is not None:
            return again
        return self.figures.by_noun(mention, self.written(mention))

    def relative(self, mention: Mention) -> tuple[Figure | None, str]:
        """ "who" and "which" go back to what is named right before them."""
        met, figure = next(self.back(mention), (None, None))
        if met is not None and figure is not None and (met.sentence, met.zone) == (mention.sentence, mention.zone):
            return figure, "who, the one named before"
        return None, f"unresolved ({self.scene.text[mention.start : mention.end]})"

    def again(self, mention: Mention) -> tuple[Figure, str] | None:
        """Whom a word takes up that brings in nobody new: "the athlete" of a person, "the company" of a body."""
        if not self.figures.takes_up(mention):
            return None
        figure: Figure | None
        if mention.head in self.figures.known.bodies:
            figure = self.body_before(mention)
        else:
            fits = pronouns.candidates(mention, self.back(mention), None)
            apart = self.scene.labelled if mention.label else frozenset[str]()
            fits = [one for one in fits if one.figure.kind == "person" and one.figure.name not in apart]
            best = pronouns.chosen(mention, fits, [self.before.without(mention, one.figure) for one in fits])
            figure = None if best is None else best.figure
        return None if figure is None else (figure, "taken up")

    def body_before(self, mention: Mention) -> Figure | None:
        """The organisation with a name that was met last, and is no place."""
        fits = [
            figure
            for met, figure in self.back(mention)
            if met.form == "name" and (figure.kind == "organisation" or self.is_body(figure))
            if self.figures.is_firm(figure) or (figure.spoke and figure.kind == "organisation")
            if (met.source or met.subject) and self.figures.may_be(figure, mention.head)
        ]
        best = max(fits, key=lambda one: (one.spoke, len(one.mentions)), default=None)
        return None if best is None else as_body(best)

    def is_body(self, figure: Figure) -> bool:
        """Whether a name like a person's may be an organisation's: nothing shows a person, no "he" and no "she"."""
        shown = self.before.first or figure.key in self.before.counts
        return figure.kind == "person" and not figure.sure and not shown

    def written(self, mention: Mention) -> str:
        """The written form of a phrase, without what is said beside it."""
        return POSSESSIVE.sub("", self.scene.text[mention.start : mention.end].strip().split(", ")[0])

    # pronouns

    def pronoun(self, mention: Mention) -> tuple[Figure | None, str]:
        """The figure that a pronoun means, or None, and by what rule."""
        written = self.scene.text[mention.start : mention.end]
        figure = None
        if mention.head in ("he", "she"):
            figure = self.person_before(mention)
        elif mention.head in ("it", "they"):
            figure = self.group_before(mention)
        elif mention.head == "i":
            figure = self.maker(mention)
        rule = "I, inside what they say" if mention.head == "i" else f"{mention.head}, the one before"
        return (figure, rule) if figure is not None else (None, f"unresolved ({written})")

    def person_before(self, mention: Mention) -> Figure | None:
        """Whom "he" or "she" means: inside a quotation nobody who speaks of themselves."""
        without = self.maker(mention) if mention.zone != OUTSIDE else None
        fits = pronouns.candidates(mention, self.back(mention), without)
        votes = [self.before.without(mention, one.figure) for one in fits]
        best = pronouns.chosen(mention, fits, votes)
        if best is None:
            return None
        self.votes.add(mention, best.figure)
        best.figure.kind = "person" if best.figure.kind == "organisation" else best.figure.kind
        return best.figure

    def back(self, mention: Mention) -> Iterator[tuple[Mention, Figure]]:
        """The mentions before one, the last first: those outside quotations, and inside one those inside, too."""
        last = bisect_left(self.outer_starts, mention.start)
        outer = self.outer[max(0, last - NEAREST) : last]
        inner = self.inner[-INNER:] if mention.zone != OUTSIDE else []
        return iter(sorted([*outer, *inner], key=lambda pair: -pair[0].start))

    def maker(self, mention: Mention) -> Figure | None:
        """Who says the words that a mention stands among."""
        at = self.scene.makers.get(mention.zone)
        span = self.scene.found[at].source[0] if at is not None else None
        if span is None or self.scene.sources[span].start == mention.start:
            return None
        return self.of(span)[0]

    def group_before(self, mention: Mention) -> Figure | None:
        """The organisation, document or group that spoke last, or was the subject, here or a sentence before."""
        wanted = {"organisation", "document"} if mention.head == "it" else {"group", "anonymous", "organisation"}
        for met, figure in self.back(mention):
            if mention.sentence - met.sentence > 1:
                return None
            spoke = met.source or (figure.sure and met.subject)
            if spoke and figure.kind in wanted and not figure.single:
                return figure
            if met.source and mention.head == "it" and self.is_body(figure):
                return as_body(figure)
        return None

    # statements

    def speakers(self) -> list[Speaker | None]:
        """Who makes each statement; None where it names nobody and goes on no other."""
        found = self.scene.found
        made: list[Speaker | None] = [None] * len(found)
        before: int | None = None
        for at in sorted(range(len(found)), key=lambda at: (_place(found[at]), found[at].depth, at)):
            if found[at].source:
                made[at] = self.speaker(found[at].source[0])
                before = at
            elif before is not None and self.goes_on(found[before], found[at]):
                made[at] = _inherited(made[before])
        return made

    def speaker(self, span: Span) -> Speaker:
        """Who a source is, the written form kept as evidence."""
        figure, rule = self.of(span)
        if figure is None:
            return Speaker("", "pronoun", (span,), rule)
        return Speaker(figure.name, figure.kind, (span, *self.others(figure, span)), rule)

    def goes_on(self, before: Statement, one: Statement) -> bool:
        """Whether a statement without a source has that of the one before it.

        A quotation alone has it in the same paragraph; a verb where the language leaves "he" and "she" out.
        """
        apart = self.scene.paragraph(_place(one)) - self.scene.paragraph(_place(before))
        if one.cue:
            return apart <= 1 and self.figures.known.drops_subjects and not self.is_passive(one)
        return apart == 0 and one.type == before.type == "direct"

    def is_passive(self, one: Statement) -> bool:
        """Whether a form of "be" stands in a cue."""
        spans = (tokens(self.scene.text, self.scene.data.code, start=start, end=end) for start, end in one.cue)
        return any(self.scene.data.is_a("be", token.key) for words in spans for token in words)

    def of(self, span: Span) -> tuple[Figure | None, str]:
        """The figure of a source, and why; nobody before it is reached."""
        source = self.scene.sources[span]
        return self.given.get((source.start, source.end), (None, "not reached"))

    def others(self, figure: Figure, span: Span) -> tuple[Span, ...]:
        """Where else the figure stands: the first mention outside a source."""
        for mention in figure.mentions:
            if not span[0] <= mention.start < span[1]:
                return ((mention.start, mention.end),)
        return ()


def as_body(figure: Figure) -> Figure:
    """The figure, called an organisation: "it" or "the company" has shown it."""
    figure.kind, figure.single = "organisation", False
    return figure


def _place(one: Statement) -> int:
    """Where a statement is told: at its cue, or where it begins."""
    return min(one.cue or one.content)[0]


def _inherited(before: Speaker | None) -> Speaker | None:
    return None if before is None else replace(before, rule="goes on what they said before")
