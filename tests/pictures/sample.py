"""Documents to draw: two invented articles with every feature, and large families from a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from retold.answers import Comparison

Document = dict[str, Any]

A_BLOCKS = [
    ("title", "Lake council: Sarn will open its harbour to night boats"),
    ("standfirst", "A deal after eleven hours, and a “new quiet” on the water."),
    ("caption", "The old pier at Sarn. (Velm Archive)"),
    ("paragraph", "The lake council has said that Sarn will open its harbour to night boats before the spring."),
    (
        "paragraph",
        "Mayor Yorin Askel and the pilots' union are on the same course about the lights, the council's "
        "secretary Dana Oble said on Monday.",
    ),
    (
        "paragraph",
        "Fishermen have accused the town of hiding over 400 complaints, which they warned would lead to "
        "“serious delays”.",
    ),
    ("furniture", "READ ON: How the lake froze"),
    ("paragraph", "The pilots say that the channel near Kesta is too narrow."),
    ("paragraph", "The figures remain clear about the noise that each boat may make."),
    ("paragraph", "But the draft promises “fair hours … for every boat” on the lake."),
]
B_BLOCKS = [
    ("title", "Sarn to Open Harbour at Night, Council Says"),
    ("paragraph", "The lake council said Monday that Sarn will open its harbour to night boats before the spring."),
    (
        "paragraph",
        "As storms kept the ferries in port, a senior clerk said Mayor Jorin Askel and the pilots' union were on the "
        "same course about the lights.",
    ),
    ("furniture", "Support the Kesta Lantern. Your gift keeps us afloat."),
    ("paragraph", "Fishermen have accused the town of hiding more than 400 complaints."),
    (
        "paragraph",
        "The crews have warned that a closed harbour would lead to “serious delays” including empty markets.",
    ),
    ("credit", "Photo: Mira Holt / Velm Archive"),
    ("paragraph", "The pilots say that the channel near Kesta is too narrow."),
    ("paragraph", "“Nobody sleeps when the horn sounds,” the teacher Ila Brandt said at the meeting."),
    ("paragraph", "The Sarn Bell on Sunday printed what it called the council's leaked noise figures."),
    ("paragraph", "The figures remain clear about the noise that each boat may make."),
    ("paragraph", "But the draft promises “fair hours by day and by night for every boat” on the lake"),
]


def blocks(parts: Sequence[tuple[str, str]]) -> tuple[str, list[dict[str, Any]]]:
    """Return a text of paragraphs, and its blocks."""
    text, told = "", []
    for kind, words in parts:
        text += "\n\n" if text else ""
        reason = "link to another page" if kind == "furniture" else ""
        told.append({"start": len(text), "end": len(text) + len(words), "kind": kind, "reason": reason})
        text += words
    return text, told


def article(key: str, parts: Sequence[tuple[str, str]], **more: Any) -> dict[str, Any]:
    """Return an article of a document."""
    text, told = blocks(parts)
    known = {"source": f"{key.lower()}.txt", "id": f"id-{key}", "outlet": None, "title": parts[0][1], "language": "en"}
    words = sum(len(part.split()) for kind, part in parts if kind in ("standfirst", "paragraph"))
    rest = {"published": None, "seen": None, "url": None, "words": words, "credits": []}
    return {"key": key, "text": text, "blocks": told} | known | rest | more


def side(text: str, words: str, *, after: str = "") -> dict[str, Any]:
    """Return the place of words in a text, or the empty place right behind other words."""
    start = text.index(after) + len(after) if after else 0
    start = text.index(words, start) if words else start
    return {"start": start, "end": start + len(words), "text": words}


def pair() -> Document:
    """Return a comparison of two articles that shows every feature."""
    one = article("A", A_BLOCKS, source="lake/harbour_post.txt")
    other = article("B", B_BLOCKS, source="lake/kesta_lantern.txt", outlet="The Kesta Lantern")
    one["credits"] = [{"kind": "photo", "name": "Velm Archive", **side(one["text"], "(Velm Archive)")}]
    other["credits"] = [
        {"kind": "photo", "name": "Mira Holt / Velm Archive", **side(other["text"], "Photo: Mira Holt / Velm Archive")}
    ]
    passages = _passages(one, other)
    return filled(
        {
            "retold_version": "0.1.0",
            "articles": [one, other],
            "same_story": True,
            "same_text": True,
            "story": {
                "same": True,
                "certainty": "high",
                "evidence": [_reason("names", "Four names and two numbers stand in both.", "1", "2", "3")],
                "groups": [["A", "B"]],
            },
            "origins": {
                "count": 1,
                "certainty": "high",
                "groups": [
                    {
                        "articles": ["A", "B"],
                        "source_seen": False,
                        "source": None,
                        "credit": None,
                        "evidence": [_reason("shared text", "Six passages run alike beyond all quotations.", "1", "4")],
                    }
                ],
            },
            "direction": _direction(),
            "words": {"A": one["words"], "B": other["words"], "identical": 68},
            "passages": passages,
            "edits": _edits(one["text"], other["text"]),
            "quotations": _quotations(one["text"], other["text"]),
            "names": [_name()],
            "watch": [_watch(one["text"])],
            "statements": _statements({"A": one["text"], "B": other["text"]}),
            "speakers": _speakers({"A": one["text"], "B": other["text"]}),
            "rejects": [{"source": "lake/empty.txt", "place": "", "reason": "The file is empty."}],
        }
    )


def filled(document: Mapping[str, Any]) -> Document:
    """Return the document as the published answer writes it; one that does not fit is refused."""
    return msgspec.convert(document, Comparison).to_dict()


def _reason(kind: str, note: str, *passages: str) -> dict[str, Any]:
    return {"kind": kind, "note": note, "passages": list(passages), "articles": ["A", "B"]}


def _direction() -> dict[str, Any]:
    """Nobody can say who came first, but B can hardly have come from A."""
    against = {"passage": "8", "speaks_against": [{"from": "A", "to": "B"}]}
    return {
        "verdict": "undetermined",
        "from": None,
        "to": None,
        "unlikely": [{"from": "A", "to": "B"}],
        "signs": [
            {"kind": "ellipsis", "note": "A has an ellipsis where B has words inside the quotation.", **against},
            {"kind": "lost source", "note": "“The figures” are told of nowhere in A.", "needs": "6", **against},
        ],
    }


SPANS: list[tuple[str, str, float, list[int], list[int]]] = [
    ("S", "only", 0.0, [1], []),
    ("1", "reworded", 0.94, [3], [1]),
    ("2", "reworded", 0.64, [4], [2]),
    ("3", "reworded", 0.71, [5], [4, 5]),
    ("4", "identical", 1.0, [7], [7]),
    ("5", "only", 0.0, [], [8]),
    ("6", "only", 0.0, [], [9]),
    ("7", "identical", 1.0, [8], [10]),
    ("8", "reworded", 0.86, [9], [11]),
]


def _passages(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": name,
            "relation": relation,
            "score": score,
            "spans": {
                whole["key"]: [[whole["blocks"][at]["start"], whole["blocks"][at]["end"]] for at in places]
                for whole, places in ((one, mine), (other, theirs))
                if places
            },
            "moved": [],
        }
        for name, relation, score, mine, theirs in SPANS
    ]


# ruff: noqa: E501 (a table)
# passage, class, (words of A, after), (words of B, after), inside a quotation, note
EDITS: list[tuple[str, str, tuple[str, str], tuple[str, str], bool, str]] = [
    ("1", "structure", ("has said", ""), ("said", "council "), False, "tense"),
    ("1", "content", ("", "has said"), ("Monday", "council said "), False, ""),
    ("2", "content", ("", "before the spring.\n\n"), ("As storms kept the ferries in port, a senior clerk said ", ""), False, ""),
    ("2", "name", ("Yorin", ""), ("Jorin", ""), False, "one name in two spellings"),
    ("2", "structure", ("are", "union "), ("were", "union "), False, "tense"),
    ("2", "content", (", the council's secretary Dana Oble said on Monday", ""), ("", "about the lights"), False, "A names the speaker here"),
    ("3", "number", ("over", "hiding "), ("more than", "hiding "), False, "same bound"),
    ("3", "structure", (", which they", ""), (".\n\nThe crews have", "complaints"), False, "one sentence, or two"),
    ("3", "content", ("", "they warned"), ("that a closed harbour", "warned "), False, ""),
    ("3", "content", ("", "“serious delays”"), ("including empty markets", ""), False, ""),
    ("8", "content", ("…", ""), ("by day and by night", ""), True, "words inside a quotation left out in A"),
    ("8", "style", (".", "every boat” on the lake"), ("", "every boat” on the lake"), False, "full stop"),
]  # fmt: skip


def _edits(one: str, other: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"E{at}",
            "passage": passage,
            "class": kind,
            "in_quote": quoted,
            "note": note,
            "sides": {"A": side(one, mine[0], after=mine[1]), "B": side(other, theirs[0], after=theirs[1])},
        }
        for at, (passage, kind, mine, theirs, quoted, note) in enumerate(EDITS, start=1)
    ]


def _quotations(one: str, other: str) -> list[dict[str, Any]]:
    delays = {"A": side(one, "“serious delays”"), "B": side(other, "“serious delays”")}
    hours = {
        "A": side(one, "“fair hours … for every boat”"),
        "B": side(other, "“fair hours by day and by night for every boat”"),
    }
    horn = {"B": side(other, "“Nobody sleeps when the horn sounds,”")}
    return [
        {"id": "Q1", "passage": "3", "state": "same", "sides": delays, "speakers": {}},
        {
            "id": "Q2",
            "passage": "8",
            "state": "shortened",
            "sides": hours,
            "speakers": {},
            "left_out": "by day and by night",
            "shortened_in": ["A"],
        },
        {"id": "Q3", "passage": "5", "state": "only", "sides": horn, "speakers": {"B": "Ila Brandt"}},
    ]


def _name() -> dict[str, Any]:
    variants = [{"text": "Yorin Askel", "counts": {"A": 1}}, {"text": "Jorin Askel", "counts": {"B": 1}}]
    return {"id": "N1", "kind": "transliteration", "variants": variants, "note": "Y and J for one sound"}


def _watch(one: str) -> dict[str, Any]:
    note = "“The figures” stand without their source, the Sarn Bell's leak in passage 6."
    place = side(one, "The figures")
    return {"kind": "lost source", "article": "A", "passage": "7", "needs": "6", "side": place, "note": note}


# speaker, type, cue class, per article (source, cue, content)
STATEMENTS: list[tuple[str, str, str, dict[str, tuple[str, str, str]]]] = [
    ("lake council", "indirect", "say", {
        "A": ("The lake council", "has said", "Sarn will open its harbour to night boats before the spring"),
        "B": ("The lake council", "said", "Sarn will open its harbour to night boats before the spring"),
    }),
    ("Dana Oble", "indirect", "say", {
        "A": ("the council's secretary Dana Oble", "said on Monday", "are on the same course about the lights"),
        "B": ("a senior clerk", "said Mayor", "were on the same course about the lights"),
    }),
    ("", "mixed", "warn", {
        "A": ("they", "warned", "would lead to “serious delays”"),
        "B": ("The crews", "have warned", "would lead to “serious delays” including empty markets"),
    }),
    ("Ila Brandt", "direct", "say", {"B": ("Ila Brandt", "said", "“Nobody sleeps when the horn sounds,”")}),
    ("", "direct", "show", {
        "A": ("the draft", "promises", "“fair hours … for every boat”"),
        "B": ("the draft", "promises", "“fair hours by day and by night for every boat”"),
    }),
]  # fmt: skip

# statement, kind, words of A, words of B
DIFFERENCES: list[tuple[int, str, str, str]] = [
    (1, "named against anonymous", "the council's secretary Dana Oble", "a senior clerk"),
    (2, "shortened", "", "including empty markets"),
    (4, "shortened", "", "by day and by night"),
]


def _statements(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"s{at}",
            "speaker": speaker,
            "speaker_id": f"v-{speaker}" if speaker else None,
            "type": form,
            "cue_class": kind,
            "spans": {key: _said(texts[key], form, kind, *words) for key, words in told.items()},
            "difference": [_difference(texts, *rest) for place, *rest in DIFFERENCES if place == at],
        }
        for at, (speaker, form, kind, told) in enumerate(STATEMENTS)
    ]


def _said(text: str, form: str, kind: str, source: str, cue: str, content: str) -> dict[str, Any]:
    spans = {name: [span(text, words)] for name, words in (("source", source), ("cue", cue), ("content", content))}
    return spans | {"type": form, "cue_class": kind, "text": content, "speaker": source}


def span(text: str, words: str) -> list[int]:
    """Return where words stand in a text."""
    start = text.index(words)
    return [start, start + len(words)]


def _difference(texts: Mapping[str, str], kind: str, one: str, other: str) -> dict[str, Any]:
    words = [[side(texts[key], each)] if each else [] for key, each in (("A", one), ("B", other))]
    return {"kind": kind, "between": ["A", "B"], "words": words, "manner": "altered"}


def _speakers(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, _, _, told in STATEMENTS:
        if name:
            one = found.setdefault(name, {"id": f"v-{name}", "name": name, "kind": "person", "mentions": []})
            one["mentions"] += [{"article": key, **side(texts[key], words[0])} for key, words in told.items()]
    return list(found.values())


def established() -> Document:
    """Return the pair with a direction that is beyond doubt: B first, A after it."""
    document = pair()
    for at, day in enumerate(("2031-03-02T10:00:00Z", "2031-03-01T18:00:00Z")):
        document["articles"][at]["published"] = day
    signs = [
        {
            "kind": "dates",
            "note": "B was published sixteen hours before A.",
            "passage": None,
            "speaks_for": [{"from": "B", "to": "A"}],
        }
    ]
    told = {"verdict": "established", "from": "B", "to": "A", "unlikely": [], "signs": signs}
    return filled(document | {"direction": told})


SYLLABLES = [
    "ba",
    "be",
    "ko",
    "lu",
    "mi",
    "na",
    "or",
    "pe",
    "ri",
    "sa",
    "te",
    "un",
    "va",
    "wel",
    "yr",
    "zo",
    "dan",
    "fer",
    "gil",
    "hos",
]


def word(chance: random.Random) -> str:
    """Return an invented word."""
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))


def key_of(at: int) -> str:
    """Return A, B, ... Z, AA, AB, ..."""
    return (key_of(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def family(versions: int, passages: int, seed: int = 1, *, words: int = 24) -> Document:
    """Return a comparison of many versions of one text, each with its own small edits and gaps."""
    chance = random.Random(seed)
    base = [[word(chance) for _ in range(chance.randint(words - 6, words + 6))] for _ in range(passages)]
    slots = [sorted(chance.sample(range(len(sentence)), 3)) for sentence in base]
    others = [[[word(chance), word(chance)] for _ in slots[at]] for at in range(passages)]
    drawn = [_version(chance, at, base, slots, others) for at in range(versions)]
    return filled(_family(drawn, passages))


KINDS = ("content", "name", "style")


def _version(
    chance: random.Random, at: int, base: list[list[str]], slots: list[list[int]], others: list[list[list[str]]]
) -> dict[str, Any]:
    """Return one version: an article with the spans of its passages, and its sides of each place."""
    key, parts, spans, sides, place = key_of(at), [], {}, {}, 0
    for passage, sentence in enumerate(base):
        if at and chance.random() < 0.15:
            continue
        offset = place
        told = []
        for number, usual in enumerate(sentence):
            mine = usual
            if number in slots[passage]:
                slot = slots[passage].index(number)
                mine = chance.choice([usual, usual, *others[passage][slot], ""]) if at else usual
                start = offset if mine else max(offset - 1, place)
                sides[passage, slot] = {"start": start, "end": start + len(mine), "text": mine}
            if mine:
                told.append(mine)
                offset += len(mine) + 1
        parts.append(("paragraph", " ".join(told)))
        spans[passage] = [[place, place + len(parts[-1][1])]]
        place += len(parts[-1][1]) + 2
    return {
        "article": article(key, parts, outlet=f"The {key} Chronicle", title=f"What {key} tells of it"),
        "spans": spans,
        "sides": sides,
    }


def _family(drawn: Sequence[Mapping[str, Any]], passages: int) -> dict[str, Any]:
    keys = [version["article"]["key"] for version in drawn]
    group = {"articles": keys, "source_seen": False, "source": None, "credit": None, "evidence": []}
    return {
        "retold_version": "0.1.0",
        "articles": [version["article"] for version in drawn],
        "same_story": True,
        "same_text": True,
        "story": {"same": True, "certainty": "high", "evidence": [], "groups": [keys]},
        "origins": {"count": 1, "certainty": "high", "groups": [group]},
        "direction": {"verdict": "undetermined", "from": None, "to": None, "unlikely": [], "signs": []},
        "words": {version["article"]["key"]: version["article"]["words"] for version in drawn}
        | {"identical": min(version["article"]["words"] for version in drawn) // 2},
        "passages": [
            {
                "id": str(at + 1),
                "relation": "reworded",
                "score": 0.9,
                "spans": {
                    version["article"]["key"]: version["spans"][at] for version in drawn if at in version["spans"]
                },
            }
            for at in range(passages)
        ],
        "edits": list(_family_edits(drawn, passages)),
        "quotations": [],
        "names": [],
        "watch": [],
    }


def _family_edits(drawn: Sequence[Mapping[str, Any]], passages: int) -> Any:
    """Yield each place where some version differs, with the sides of all that have the passage."""
    number = 0
    for at in range(passages):
        for slot, kind in enumerate(KINDS):
            sides = {one["article"]["key"]: one["sides"][at, slot] for one in drawn if (at, slot) in one["sides"]}
            if len({place["text"] for place in sides.values()}) > 1:
                number += 1
                told = {"id": f"E{number}", "passage": str(at + 1), "class": kind, "in_quote": False, "note": ""}
                yield told | {"sides": sides}
