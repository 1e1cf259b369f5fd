"""Statements as the page of a ledger shows them: by speaker, each with how versions tell it, and the sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from retold.pictures import ledger
from retold.pictures.evidence import BARS, Place, Sentence, sentences, strip
from retold.pictures.ledger import Row
from retold.pictures.rows import reads, tag
from retold.pictures.words import FEW, listed, many, outlet, plain

LETTERED = 12  # versions that have a square with their letter each; of more, a bar
SENTENCES = 6  # of a statement that are shown at once
LINKED = 4  # versions of one sentence that have a link each
LONGEST = 40  # characters of an outlet's name; the whole name stands in the table of the versions
NAMES = 8  # forms of a speaker that are shown
READABLE = 200  # articles that the reader puts side by side
PHRASE = 4  # words at the beginning and at the end of what is said, by which a browser finds it
FORMS = {"direct": "quoted", "mixed": "quoted in part", "indirect": "reported"}


@dataclass(frozen=True)
class Shown:
    """What the rows of a ledger are shown with: its versions, its story, and where the sentences are."""

    story: Mapping[str, Any]
    articles: Sequence[Mapping[str, Any]]
    texts: Sequence[str]
    places: Mapping[str, Mapping[int, tuple[int, int]]]
    everything: bool = False

    @cached_property
    def keys(self) -> list[str]:
        """The versions, by their letters."""
        return [article["key"] for article in self.articles]

    @cached_property
    def by_key(self) -> dict[str, Mapping[str, Any]]:
        """Each version by its letter."""
        return {article["key"]: article for article in self.articles}

    @cached_property
    def newest(self) -> set[str]:
        """The letters of the newest version of each article."""
        return set({article["article_id"]: article["key"] for article in self.articles}.values())

    @cached_property
    def languages(self) -> dict[str, str]:
        """The language of each article."""
        return {telling["article_id"]: telling["language"] for telling in self.story["tellings"]}

    def excerpt(self, key: str, start: int) -> tuple[str, int]:
        """The text around what is said at a place of a version, and where it begins."""
        number, begin = self.places[key][start]
        return self.texts[number], begin

    def name(self, key: str) -> str:
        """A version by its letter and its outlet."""
        told = plain(outlet(self.by_key[key]))
        return f"{key} {told if len(told) <= LONGEST else told[:LONGEST] + '…'}"

    def reading(self, place: Place, other: str | None) -> str:
        """Where a telling can be read in its article: in the reader, beside ``other`` where there are many."""
        article = self.by_key[place.key]["article_id"]
        count = self.story["articles"]
        if not 1 < count <= READABLE or place.key not in self.newest:
            return f"/articles/{quote(article)}"
        beside = f"&with={quote(other)}" if other and count > FEW else ""
        return f"/stories/{self.story['id']}/read?base={quote(article)}{beside}{self._words(place)}"

    def _words(self, place: Place) -> str:
        """What leads a browser to words of a page (https://wicg.github.io/scroll-to-text-fragment/)."""
        text, begin = self.excerpt(place.key, place.start)
        start, end = place.said["content"][0]
        words = text[start - begin : end - begin].split()
        parts = [words] if len(words) <= 2 * PHRASE else [words[:PHRASE], words[-PHRASE:]]
        told = [quote(" ".join(part).strip("\"'“”„‘’«»,.;:"), safe="").replace("-", "%2D") for part in parts]
        return f"#:~:text={','.join(told)}" if all(told) else ""


def by_speaker(
    rows: Sequence[Row], voices: Iterable[Mapping[str, Any]], counts: Mapping[str | None, int], shown: Shown
) -> list[dict[str, Any]]:
    """The rows of a page by who speaks, in the order in which they first do; ``counts`` are on all pages together."""
    known = {voice["id"]: voice for voice in voices}
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        voice = row.statement["speaker_id"]
        found[voice or "", "" if voice else row.speaker].append(row)
    return [
        {
            **speaker(known.get(voice), some[0], known),
            "rows": [line(row, shown) for row in some],
            "count": counts[voice] if voice else len(some),
        }
        for (voice, _), some in found.items()
    ]


def speaker(voice: Mapping[str, Any] | None, row: Row, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Who speaks: the name, what he or she is, and how else the versions write it."""
    if voice is None:
        note = "" if row.speaker == ledger.UNKNOWN else "as it is written; who is meant is not certain"
        return {"name": row.speaker, "kind": note, "forms": "", "rules": [], "beside": "", "named": False}
    return {
        "name": row.speaker,
        "kind": voice["kind"],
        "forms": forms(voice),
        "rules": [plain(rule) for rule in voice["rules"]],
        "beside": listed(plain(known[other]["name"]) for other in voice["speaks_for"] if other in known),
        "named": True,
    }


def forms(voice: Mapping[str, Any]) -> str:
    """How else a speaker is written, the commonest first."""
    counted = Counter(plain(mention["text"]) for mention in voice["mentions"])
    others = [form for form in counted if form.casefold() != plain(voice["name"]).casefold()]
    return listed((f"“{form}”" for form in sorted(others, key=lambda form: (-counted[form], form))), most=NAMES)


def line(row: Row, shown: Shown) -> dict[str, Any]:
    """A statement: how each version tells it, and its evidence."""
    found = sentences(row, shown.excerpt)
    most = len(found) if shown.everything else SENTENCES
    return {
        "row": row,
        "marks": squares(row, shown) if len(shown.keys) <= LETTERED else [],
        "bars": strip(row, shown.keys) if len(shown.keys) > LETTERED else {},
        "told": telling(row, shown),
        "sentences": [evidence(one, found, shown) for one in found[:most]],
        "hidden": max(0, len(found) - most),
    }


def squares(row: Row, shown: Shown) -> list[tuple[str, str]]:
    """Each version's letter, with how it tells a statement."""
    told = row.statement["spans"]
    return [(key, told[key]["type"] if key in told else "absent") for key in shown.keys]


def telling(row: Row, shown: Shown) -> list[tuple[str, str]]:
    """Who tells a statement how, as (how, which versions); last those that do not, where they are few."""
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for key, said in row.statement["spans"].items():
        ways[ledger.state(said, FORMS)].append(key)
    found = [(f"{way} in", _named(keys, shown)) for way, keys in ways.items()]
    absent = [key for key in shown.keys if key not in row.states]
    if 0 < len(absent) <= FEW and len(shown.keys) > 1:
        found.append(("not in", _named(absent, shown)))
    return found


def _named(keys: Sequence[str], shown: Shown) -> str:
    """Versions by their letters and outlets; of many, how many."""
    if len(keys) == len(shown.keys) > FEW:
        return f"all {len(keys):,} versions"
    named = listed(map(shown.name, keys[:FEW])) if len(keys) <= FEW else listed(map(shown.name, keys), most=FEW)
    return named if len(keys) <= FEW else f"{len(keys):,} versions: {named}"


def evidence(one: Sentence, among: Sequence[Sentence], shown: Shown) -> dict[str, Any]:
    """A sentence, the versions that have it, and where it can be read."""
    most = len(one.places) if shown.everything else LINKED
    others = (each.places[0].key for each in among if each is not one)
    beside = next((shown.by_key[key]["article_id"] for key in others if key in shown.newest), None)
    article = {"language": shown.languages.get(shown.by_key[one.places[0].key]["article_id"], "und")}
    versions = len({place.key for place in one.places})
    return {
        "sentence": one,
        "language": tag(article),
        "direction": reads(article),
        "same": f"The same in {many(versions, 'version')}" if versions > 1 else "",
        "how": FORMS[one.type],
        "places": [
            {
                "name": shown.name(place.key),
                "span": span(place),
                "address": shown.reading(place, None if beside == shown.by_key[place.key]["article_id"] else beside),
            }
            for place in one.places[:most]
        ],
        "more": ", ".join(f"{place.key} {span(place)}" for place in one.places[most:]),
        "count": len(one.places) - most,
    }


def span(place: Place) -> str:
    """From where to where in the version's text."""
    return f"{place.start}–{place.end}"


LEGEND = [(form, FORMS[form], height) for form, height in BARS.items()]
