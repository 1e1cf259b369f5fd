"""Copies and origins as lines for a terminal, and as graphs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from typing import Any

import pytest

from retold.pictures import graphs
from retold.pictures.checks import check
from retold.pictures.columns import breadth
from retold.pictures.lineages import lineage
from retold.pictures.passages import percent
from retold.pictures.sources import copies, origins
from retold.pictures.verdicts import carried, descends

NAMED: dict[str, Any] = {"article_id": "a" * 16, "source_ids": ["f1"], "version_id": "v", "outlet": "Pell Post"}
NAMED |= {"title": "Ferry", "url": None, "published": "2026-05-03T08:00:00Z"}
OTHER = NAMED | {"article_id": "b" * 16, "source_ids": ["f2"], "outlet": None, "title": None, "published": None}
MEMBER = {"role": "main", "share": 0.997, "asked": True}
FRAGMENT = {
    "article_id": "a" * 16,
    "version_id": "v",
    "start": 0,
    "end": 15,
    "text": "The ferry sank.",
    "support": ["a", "b"],
}
ORIGIN = {
    "id": "c" * 16,
    "agency": "Norlandia Press",
    "source": None,
    "earliest": "a" * 16,
    "fullest": "a" * 16,
    "articles": 2,
}
ORIGIN |= {"members": [NAMED | MEMBER, OTHER | MEMBER | {"role": "part", "asked": False}], "text": [FRAGMENT]}
ALONE = ORIGIN | {"agency": None, "articles": 1, "members": [NAMED | MEMBER | {"share": 1.0}], "text": []}
COUNT = {"low": 1, "likely": 2, "high": 2, "reasons": ["f1 and f2 may share a source: they share half"]}
PARTIAL = {"one": NAMED, "other": OTHER, "one_origin": "c", "other_origin": "d", "words": 38, "one_share": 0.12}
PARTIAL |= {"other_share": 0.4, "label": "partial"}
ORIGINS = {
    "story_id": "d" * 16,
    "requested_id": "f1",
    "title": "Ferry aground",
    "articles": 3,
    "texts": 2,
    "outlets": 1,
}
ORIGINS |= {"count": COUNT, "doubts": [], "total": 4, "origins": [ORIGIN, ALONE], "partial": [PARTIAL], "unlearned": 1}
ORIGINS |= {"picture_credits": [{"name": "Vesta", "articles": ["a"]}], "rejects": []}
PASSAGE = {"label": "copy", "words": 3, "moved": True, "start": 0, "end": 15, "text": "The ferry sank."}
PASSAGE |= {"other_start": 4, "other_end": 19, "other_text": "The ferry sank."}
COPY = OTHER | {"words": 3, "share": 0.5, "other_share": 1.0, "label": "copy", "passages": [PASSAGE]}
COPIES = {"article": NAMED, "current": False, "total": 2, "beyond": 0, "copies": [COPY]}
SIGN = {"kind": "reading", "note": "only these two read so", "start": 4, "end": 9, "text": "ferry"}
EDGE = {
    "source": "W1",
    "target": "a" * 16,
    "probability": 0.9,
    "signs": [SIGN],
    "note": "f1 probably goes back to a text",
}
DOTTED = EDGE | {"source": "b" * 16, "probability": 0.2, "signs": []}
LINE = {"origin_id": "c" * 16, "agency": "Norlandia Press", "nodes": [NAMED | {"words": 120}, OTHER | {"words": 90}]}
LINE |= {"unseen": ["W1"], "edges": [EDGE, DOTTED]}
LINEAGE = {
    "story_id": "d" * 16,
    "requested_id": "f1",
    "title": "Ferry aground",
    "origins": [LINE],
    "alone": 1,
    "unlearned": 0,
}
HELD = {
    "label": "copy",
    "words": 9,
    "start": 4,
    "end": 19,
    "text": "The ferry sank.",
    "asked_start": 0,
    "asked_end": 15,
}
CARRIER = NAMED | {"origin_id": "c" * 16, "agency": "Norlandia Press", "words": 9, "share": 1.0, "label": "copy"}
CARRIER |= {"carries": True, "passages": [HELD]}
CHECK = {
    "text": "The ferry sank.",
    "words": 9,
    "articles": 2,
    "parts": 1,
    "outlets": 1,
    "count": COUNT,
    "public": False,
}
CHECK |= {"verdict": "so it is.", "carriers": [CARRIER, CARRIER | {"carries": False, "share": 0.3}], "unlearned": 2}


@pytest.mark.parametrize(
    ("picture", "lines"),
    [
        (
            origins(ORIGINS, width=100),
            [
                "2 ORIGINS (1 to 2)  3 articles, 2 unique texts, 1 outlet",
                "Ferry aground",
                "story dddddddddddddddd, asked for as f1",
                "- f1 and f2 may share a source: they share half",
                "",
                "1  2 articles: credited to Norlandia Press, the source is a text we have not seen",
                "   origin cccccccccccccccc, earliest f1, fullest f1",
                "   article  published   outlet     role  share  title",
                "   f1       2026-05-03  Pell Post  main    99%  Ferry",
                "   f2       -           -          part    99%  -",
                "   not asked about: f2",
                "",
                "Alone in their origin",
                "   article  published   outlet     credited  title",
                "   f1       2026-05-03  Pell Post  -         Ferry",
                "",
                "Text taken over between origins, in part",
                "   38 words of f1 (12%) and f2 (40%): partial",
                "",
                "2 of 4 origins; --limit shows more",
                "Picture credits ignored: Vesta (1 article)",
                "1 article is newer than the last `retold learn`, and not counted: run it.",
            ],
        ),
        (
            copies(COPIES, width=100),
            [
                "Ferry",
                "f1  2026-05-03  Pell Post",
                "",
                "f2  -  outlet not stated  -",
                "   COPY  3 words in common, copied: 50% of f1, 100% of f2",
                "   copy, 3 words, in another place",
                "     f1  0-15        The ferry sank.",
                "     f2  4-19        The ferry sank.",
                "",
                "1 of 2 articles; --limit shows more",
                "Some of these have a newer version than the last `retold learn` saw: run it.",
            ],
        ),
        (
            lineage(LINEAGE, width=100),
            [
                "Ferry aground",
                "story dddddddddddddddd",
                "",
                "1  2 articles, credited to Norlandia Press",
                "   origin cccccccccccccccc",
                "   article  published          outlet     words  title",
                "   f1       2026-05-03 08:00Z  Pell Post    120  Ferry",
                "   f2       -                  -             90  -",
                "   not seen: W1",
                "    90%  f1 probably goes back to a text",
                "           - only these two read so: ferry",
                "    20%  f1 probably goes back to a text",
                "",
                "1 more article is alone in its origin.",
            ],
        ),
        (
            check(CHECK, width=100),
            [
                "2 ORIGINS (1 to 2)  2 articles, 1 outlet",
                "So it is.",
                "- f1 and f2 may share a source: they share half",
                "",
                "asked, 9 words: The ferry sank.",
                "",
                "origin cccccccccccccccc, credited to Norlandia Press",
                "   article  published   outlet     label  of it  at    title",
                "   f1       2026-05-03  Pell Post  copy    100%  4-19  Ferry",
                "",
                "In part, or in captions and page furniture",
                "   article  published   outlet     label  of it  at    title",
                "   f1       2026-05-03  Pell Post  copy     30%  4-19  Ferry",
                "",
                "2 of 3 articles; --limit shows more",
                "2 articles are newer than the last `retold learn`, and not counted: run it.",
            ],
        ),
    ],
)
def test_an_answer_in_lines(picture, lines):
    assert picture.splitlines() == lines


def test_the_text_of_an_origin_stands_behind_its_support():
    assert "     2  The ferry sank." in origins(ORIGINS, width=100, full=True).splitlines()


def test_an_origin_whose_source_was_seen_names_it():
    told = origins(ORIGINS | {"origins": [ORIGIN | {"source": "a" * 16}]}, width=100)
    assert "credited to Norlandia Press, the source is f1" in told


def test_where_nothing_is_shared_it_is_said():
    assert copies(COPIES | {"copies": [], "total": 0, "current": True}, width=100).endswith(
        "No other article shares a passage with it that was asked for."
    )
    assert "none has its text from another" in lineage(LINEAGE | {"origins": []}, width=100)
    nobody = CHECK | {"articles": 0, "parts": 0, "carriers": [], "unlearned": 0, "count": COUNT | {"reasons": []}}
    assert check(nobody, width=100).splitlines()[0] == "So it is."


def test_long_lists_are_cut_and_say_how_long_they_are():
    many = ORIGINS | {"origins": [ORIGIN | {"members": [NAMED | MEMBER] * 40}]}
    assert "and 28 more articles (--full)" in origins(many, width=100)
    assert "more article" not in origins(many, width=100, full=True)
    passages = COPIES | {"copies": [COPY | {"passages": [PASSAGE] * 40}]}
    assert "and 28 more passages (--full)" in copies(passages, width=100)
    assert "more passage" not in copies(passages, width=100, full=True)
    edges = LINEAGE | {"origins": [LINE | {"nodes": [NAMED | {"words": 1}] * 40, "edges": [EDGE] * 40}]}
    assert {"and 28 more articles (--full)", "and 16 more edges (--full)"} <= {
        line.strip() for line in lineage(edges, width=100).splitlines()
    }


LONG = "渡船 sank off Đorđevo " * 20
WIDE = NAMED | {"title": LONG, "outlet": LONG, "source_ids": [LONG], "published": "2026-05-03T08:00:00.000000+02:00"}


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_fit_a_terminal_whatever_the_writing(width, full):
    members = [WIDE | MEMBER, WIDE | MEMBER | {"asked": False}]
    wide = ORIGIN | {"agency": LONG, "members": members, "text": [FRAGMENT | {"text": LONG}]}
    found = ORIGINS | {"title": LONG, "requested_id": LONG, "origins": [wide, wide | {"members": members[:1]}]}
    found |= {"partial": [PARTIAL | {"one": WIDE, "other": WIDE}], "count": COUNT | {"reasons": [LONG]}}
    found |= {"rejects": [{"source": LONG, "place": "1", "reason": LONG}]}
    passage = PASSAGE | {"text": LONG, "other_text": LONG}
    line = LINE | {
        "agency": LONG,
        "nodes": [WIDE | {"words": 1}],
        "edges": [EDGE | {"note": LONG, "signs": [SIGN | {"text": LONG}]}],
    }
    carrier = CARRIER | WIDE | {"agency": LONG, "passages": [HELD | {"text": LONG}] * 9}
    pictures = [
        origins(found, width=width, full=full),
        copies(COPIES | {"article": WIDE, "copies": [COPY | WIDE | {"passages": [passage]}]}, width=width, full=full),
        lineage(LINEAGE | {"title": LONG, "origins": [line]}, width=width, full=full),
        check(CHECK | {"text": LONG, "verdict": LONG, "carriers": [carrier]}, width=width, full=full),
    ]
    for picture in pictures:
        assert [line for line in picture.splitlines() if breadth(line) > width] == []


@pytest.mark.parametrize(("share", "told"), [(0.0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.999, "99%"), (1.0, "100%")])
def test_a_share_that_is_not_all_is_not_called_so(share, told):
    assert percent(share) == told


@pytest.mark.parametrize(
    ("articles", "origins", "parts", "public", "said"),
    [
        (0, 0, 0, False, "No article of the archive carries it."),
        (0, 0, 2, False, "No article of the archive carries it: 2 articles have a part of it."),
        (1, 1, 0, False, "1 article carries it, and no other: neither repeated nor confirmed."),
        (2, 1, 0, False, "2 articles from 1 origin carry it: repeated, not confirmed."),
        (3, 2, 0, False, "3 articles from 2 origins carry it: repeated, not confirmed three times."),
        (200, 3, 0, False, "200 articles from 3 origins carry it: repeated, not confirmed 200 times."),
        (
            2,
            2,
            0,
            False,
            "2 articles from 2 origins carry it in the same words: one may have them from the other.",
        ),
        (
            5,
            4,
            0,
            True,
            "5 articles from 4 origins carry it: these are public words, which each origin may have heard itself.",
        ),
    ],
)
def test_a_verdict_says_no_more_than_was_found(articles, origins, parts, public, said):
    assert carried(articles, origins, parts=parts, public=public) == said


def test_what_has_a_part_of_the_words_only_confirms_and_repeats_nothing():
    assert carried(3, 1, parts=0, public=False, most=0.67) == (
        "3 articles from 1 origin have at most 67% of its words: what is different may say something else. "
        "Look at the passages."
    )


@pytest.mark.parametrize(
    ("probability", "signs", "shorter", "seen", "said"),
    [
        (0.9, 2, True, (True, True), "B probably shortened A's text (2 signs)"),
        (0.9, 1, False, (True, True), "B probably has its text from A (1 sign)"),
        (0.3, 1, True, (True, True), "B may have shortened A's text (1 sign)"),
        (0.3, 0, False, (True, True), "B may have its text from A"),
        (0.9, 0, False, (False, True), "B probably goes back to a text we have not seen, A"),
        (0.3, 1, False, (False, True), "B may go back to a text we have not seen, A (1 sign)"),
        (
            1.0,
            1,
            False,
            (False, False),
            "B, a text we have not seen, probably goes back to a text we have not seen, A (1 sign)",
        ),
    ],
)
def test_a_descent_is_told_as_surely_as_it_is_known(probability, signs, shorter, seen, said):
    assert descends("A", "B", probability=probability, signs=signs, shorter=shorter, seen=seen) == said


HOSTILE = 'a"b\\n<&>\x00\x1b]\ud800\uffff\u202e'


def test_a_graph_is_whole_whatever_its_articles_hold():
    node = NAMED | {"source_ids": [HOSTILE], "outlet": HOSTILE, "published": None, "words": 1}
    found = LINEAGE | {"origins": [LINE | {"nodes": [node], "edges": [EDGE | {"note": HOSTILE}]}]}
    read = Xml.fromstring(graphs.graphml(found).encode())
    assert {data.text for data in read.iter() if data.get("key") == "label"} >= {'a"b\\n<&> ]\ufffd\ufffd'}
    drawn = graphs.dot(found)
    assert 'label="a\\"b\\\\n<&> ]\ufffd\ufffd\\na\\"b\\\\n<&> ]\ufffd\ufffd"' in drawn
    assert not re.search("[\x00\x1b\ud800\u202e]", drawn)


def test_what_was_not_seen_is_dashed_and_what_is_not_likely_dotted():
    drawn = graphs.dot(LINEAGE).splitlines()
    assert [line for line in drawn if "dashed" in line] == [
        '  "W1" [label="W1: a text we have not seen", style=dashed];'
    ]
    assert [line for line in drawn if "dotted" in line] == [
        f'  "{"b" * 16}" -> "{"a" * 16}" [label="0.20", tooltip="f1 probably goes back to a text", style=dotted];'
    ]


def test_an_article_of_two_origins_is_one_node():
    found = LINEAGE | {"origins": [LINE, LINE | {"unseen": [], "edges": []}]}
    assert [key for key, _ in graphs.nodes(found)] == ["a" * 16, "b" * 16, "W1"]
