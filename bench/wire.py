"""Invented wire copy whose every origin, shared sentence and parent is known.

A story is told by agencies, whose texts grow through the day, by outlets that cut, edit and stitch them, by reporters
of their own, by a roundup that holds a brief, and by the agency's next main story, which shares its background. A
public statement stands in most of them, with and without marks. The words are invented, so nobody's text is in it and
no phrase is worn; real copy is harder. Always the same for one seed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bench.desk import Desk, Paragraph, Sentence, Telling, hash_of, put

FIRST = datetime(2026, 3, 2, 5, tzinfo=UTC)
AGENCIES = ("Norlandia Press", "Southern Wire", "Coastline News Agency", "Velmark News Service", "Inland Press Agency")
ANNOUNCED = (
    "The office of {} said in a statement on {}:",
    "A spokesman for {} wrote in an email:",
    "In a message to {1} on Monday, {0} said:",
    "{} published these words after the meeting in {}:",
    "This is what {} had to say:",
    "{} was asked about it in {} and answered with a statement that said:",
)
CREDITED = (("dateline", 45), ("byline", 15), ("signature", 10), ("none", 22), ("wrong", 8))
Draft = tuple[float, list[Paragraph]]
Wire = tuple[str, list[Draft]]


def stories(count: int, *, seed: int = 5) -> list[Telling]:
    """Return so many stories, in the order of their articles' ids."""
    desk = Desk(random.Random(seed))
    return sorted(
        (telling for number in range(count) for telling in Story(desk, number).told()), key=lambda one: one.id
    )


class Story:
    """One story, told by many."""

    def __init__(self, desk: Desk, number: int) -> None:
        self.desk, self.chance, self.number = desk, desk.chance, number
        names = [word.title() for word in self.chance.sample(desk.words, 8)]
        self.subject = desk.topic(names)
        self.place = names[0].upper()
        self.began = FIRST + timedelta(days=number // 4, minutes=self.chance.randrange(700))
        self.free = self.chance.sample(desk.outlets, len(desk.outlets))
        self.told_so_far: list[Telling] = []
        self.given: dict[str, list[str]] = {}
        self.reprints: list[tuple[str, float, str, str, list[Paragraph]]] = []
        key = f"q{number}"
        self.statement = [
            replace(desk.sentence(self.subject, "quotation"), key=f"{key}-{place}")
            for place in range(self.chance.randint(2, 3))
        ]

    def told(self) -> list[Telling]:
        """All articles of the story."""
        chance = self.chance
        wires = [self.wire(name) for name in chance.sample(AGENCIES, chance.choice((1, 1, 2, 2, 3)))]
        for name, drafts in wires:
            if chance.random() < 0.4:
                for at, draft in drafts:
                    self.from_agency(name, draft, at)
            for _ in range(chance.randint(2, 7)):
                self.reprint(name, drafts)
        if len(wires) > 1:
            for _ in range(chance.randint(0, 2)):
                self.stitch(wires)
        for _ in range(chance.randint(2, 5)):
            self.own()
        if chance.random() < 0.5:
            self.excerpt(wires[0])
        if chance.random() < 0.4:
            self.roundup(wires[0])
        if chance.random() < 0.4:
            self.next_main_story(wires[0])
        return self.told_so_far

    def wire(self, agency: str) -> Wire:
        """An agency's text as it grows: each draft with its hour."""
        chance, at = self.chance, self.chance.uniform(0, 3)
        draft = [self.desk.paragraph(self.subject) for _ in range(chance.randint(5, 8))]
        drafts = [(at, draft)]
        for _ in range(chance.choice((0, 1, 1, 2))):
            at += chance.uniform(1, 4)
            kept = [each for each in draft[1:] if chance.random() < 0.8]
            new = [self.desk.paragraph(self.subject) for _ in range(chance.randint(2, 4))]
            lead = new[0] if chance.random() < 0.5 else tuple(self.reworded(each) for each in draft[0])
            draft = [lead, *kept[: len(kept) // 2], *new[1:], *kept[len(kept) // 2 :]]
            drafts.append((at, draft))
        if chance.random() < 0.7:
            quotation, where = self.quotation(), chance.uniform(0.2, 1)
            drafts = [(hour, put(each, quotation, where)) for hour, each in drafts]
        return agency, drafts

    def reworded(self, sentence: Sentence) -> Sentence:
        """A sentence that says the same in other words, a third of them the old ones."""
        words = [
            word if self.chance.random() < 0.33 else self.chance.choice(self.subject.words)
            for word in sentence.text.split(" ")
        ]
        self.desk.made += 1
        return replace(sentence, text=" ".join(words), key=f"s{self.desk.made}")

    def quotation(self) -> Paragraph:
        """The public statement as one writer has it: between marks, announced, or bare."""
        body, way = list(self.statement), self.chance.random()
        if way < 0.5:
            body[0] = replace(body[0], text="“" + body[0].text)
            said = f",” {self.subject.names[1]} said in a statement."
            body[-1] = replace(body[-1], text=body[-1].text.removesuffix(".") + said)
        elif way < 0.85:
            opener = self.chance.choice(ANNOUNCED).format(self.subject.names[1], self.place.title())
            body.insert(0, Sentence(f"opener {opener}", opener, "quotation"))
        return tuple(body)

    def from_agency(self, agency: str, draft: list[Paragraph], at: float) -> None:
        """The agency's own page, made from its last one."""
        pages = self.given.setdefault(agency, [])
        parent = pages[-1] if pages else None
        pages.append(self.add(agency, at, draft, f"{self.number}-{agency}", parent, ("dateline", agency), "agency"))

    def reprint(self, agency: str, drafts: Sequence[Draft]) -> None:
        """An outlet's copy of a draft, or of another outlet's copy of it."""
        chance, number = self.chance, self.chance.randrange(len(drafts))
        at, draft = drafts[number]
        parent = self.given[agency][number] if agency in self.given else None
        outlet, origin, first = self.free.pop(), f"{self.number}-{agency}", None
        earlier = [each for each in self.reprints if each[2] == agency]
        if earlier and chance.random() < 0.15:
            parent, at, _, first, draft = chance.choice(earlier)
        text = self.edited(draft)
        if chance.random() < 0.25:
            own = [self.desk.paragraph(self.subject) for _ in range(chance.randint(1, max(1, len(text) // 3)))]
            text = [*text, *own]
        if chance.random() < 0.15:
            text = [*text, chance.choice(self.desk.standing[outlet])]
        how = chance.choices([way for way, _ in CREDITED], [share for _, share in CREDITED])[0]
        credit = (how, agency)
        if how == "wrong":
            credit = ("byline", chance.choice([each for each in AGENCIES if each != agency]))
        elif first and chance.random() < 0.5:
            credit = ("first", first)
        later = at + 0.1 + chance.expovariate(0.7)
        name = self.add(outlet, later, text, origin, parent, credit, "reprint of a reprint" if first else "reprint")
        self.reprints.append((name, later, agency, outlet, text))

    def edited(self, draft: list[Paragraph]) -> list[Paragraph]:
        """A draft with its end cut, at times a paragraph left out, another lead, and words changed."""
        chance, text = self.chance, list(draft)
        if chance.random() < 0.5:
            text = text[: chance.randint((len(text) + 1) // 2, len(text))]
        if len(text) > 5 and chance.random() < 0.3:
            del text[chance.randrange(1, len(text))]
        if chance.random() < 0.2:
            text[0] = (self.desk.sentence(self.subject), *text[0][1:])
        for _ in range(chance.choice((0, 0, 2, 5, 12))):
            where = chance.randrange(len(text))
            text[where] = tuple(self.touched(each) if chance.random() < 0.5 else each for each in text[where])
        return text

    def touched(self, sentence: Sentence) -> Sentence:
        """A sentence with one word changed."""
        words = sentence.text.split(" ")
        words[self.chance.randrange(1, len(words) - 1)] = self.chance.choice(self.desk.words)
        return replace(sentence, text=" ".join(words))

    def stitch(self, wires: Sequence[Wire]) -> None:
        """An article stitched from two agencies, mostly with more of the first."""
        one, other = self.chance.sample(list(wires), 2)
        most = [each for each in one[1][-1][1] if each[0].kind == "text"][:7]
        rest = [each for each in other[1][-1][1] if each[0].kind == "text"][1 : 1 + len(most) // 2]
        text = self.edited([*most[:3], *rest, *most[3:]])
        at = max(one[1][-1][0], other[1][-1][0]) + self.chance.uniform(0.5, 3)
        credit = ("byline", f"{one[0]}/{other[0]}")
        own = {sentence.key for paragraph in rest for sentence in paragraph}
        words = Counter(sentence.key in own for each in text for sentence in each for _ in sentence.text.split())
        main = other[0] if words[True] > words[False] else one[0]  # its end may be cut
        origin, parent = f"{self.number}-{main}", self.given[main][-1] if main in self.given else None
        first = self.add(self.free.pop(), at, text, origin, parent, credit, "stitched")
        if self.chance.random() < 0.3:  # a sister paper has it, too
            self.add(self.free.pop(), at + 0.1, text, origin, first, credit, "stitched")

    def own(self) -> None:
        """A reporter's own text, at times with the statement in it, or with its outlet's standing background."""
        text = [self.desk.paragraph(self.subject) for _ in range(self.chance.randint(5, 12))]
        if self.chance.random() < 0.6:
            text = put(text, self.quotation(), self.chance.uniform(0.2, 1))
        outlet = self.free.pop()
        if self.chance.random() < 0.25:
            text.append(self.chance.choice(self.desk.standing[outlet]))
        self.add(outlet, self.chance.uniform(1, 12), text, way="own")

    def excerpt(self, wire: Wire) -> None:
        """A reporter's own text that takes two paragraphs of an agency's."""
        text = [self.desk.paragraph(self.subject) for _ in range(self.chance.randint(7, 10))]
        taken = [each for each in wire[1][-1][1] if each[0].kind == "text"][1:3]
        note = Sentence("note", f"{wire[0]} reported:", "furniture")
        self.add(self.free.pop(), wire[1][-1][0] + 2, [*text[:4], (note,), *taken, *text[4:]], way="excerpt")

    def roundup(self, wire: Wire) -> None:
        """A roundup that holds the first draft whole among items about other things."""
        others = [self.desk.topic([word.title() for word in self.chance.sample(self.desk.words, 5)]) for _ in range(6)]
        items = [[self.desk.paragraph(topic) for _ in range(3)] for topic in others]
        brief = wire[1][0][1]
        text = [*(each for item in items[:3] for each in item), *brief, *(each for item in items[3:] for each in item)]
        self.add(self.free.pop(), wire[1][0][0] + 3, text, way="roundup")

    def next_main_story(self, wire: Wire) -> None:
        """The agency's main story of the next day in two outlets: a new text with a little of the old background."""
        old = [each for each in wire[1][-1][1] if each[0].kind == "text"][-2:]
        text = [*(self.desk.paragraph(self.subject) for _ in range(self.chance.randint(9, 12))), *old]
        for at in (25.0, 26.0):
            self.add(
                self.free.pop(),
                at,
                text,
                f"{self.number}-{wire[0]}-next",
                None,
                ("dateline", wire[0]),
                "next main story",
            )

    def add(
        self,
        outlet: str,
        at: float,
        text: Sequence[Paragraph],
        origin: str | None = None,
        parent: str | None = None,
        credit: tuple[str, str] = ("none", ""),
        way: str = "",
    ) -> str:
        """Add an article and return its id, which says nothing of its place in the story."""
        name = f"{self.chance.getrandbits(40):010x}"
        paragraphs = [" ".join(sentence.text for sentence in paragraph) for paragraph in text]
        when = self.began + timedelta(hours=at)
        day = f"{when:%B} {when.day}"
        position, agency = credit
        if position == "dateline":
            paragraphs[0] = f"{self.place}, {day} ({agency}) - {paragraphs[0]}"
        elif position == "byline":
            paragraphs.insert(0, f"By {agency}")
        elif position == "signature":
            paragraphs.append(f"({agency})")
        elif position == "first":
            paragraphs.append(f"This article first appeared in the {agency}.")
        if outlet in self.desk.standing and hash_of(outlet) % 3 == 0:
            paragraphs.append(f"Sign up for the letter of the {outlet} and support our journalism.")
        record = {
            "id": name,
            "url": f"https://{outlet.casefold().replace(' ', '')}.example/{name}",
            "outlet": outlet,
            "title": " ".join([*self.chance.sample(self.subject.names, 2), *self.chance.sample(self.subject.words, 4)]),
            "published": when.isoformat(timespec="seconds"),
            "text": "\n\n".join(paragraphs),
        }
        sentences = tuple(sentence for paragraph in text for sentence in paragraph)
        self.told_so_far.append(Telling(name, self.number, origin or name, parent, record, sentences, way))
        return name
