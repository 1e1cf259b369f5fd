"""The words of pages, by what they do: one language's and English together, for pages mix the two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from retold.reading.phrases import Phrases, phrases
from retold.text.agencies import data as agencies
from retold.text.languages import language

SHIPPED = ("en", "de", "fr", "es", "ru", "ar")
TABLES = ("appeal", "links", "labels", "dates", "credits", "outlets")


@dataclass(frozen=True, slots=True)
class Appeal:
    """Words of a page that asks its reader for something."""

    ask: Phrases
    object: Phrases
    reader: Phrases
    house: Phrases
    urgent: Phrases
    said: Phrases


@dataclass(frozen=True, slots=True)
class Links:
    """Words before a link to another article: ``firm`` ones need no colon, ``headers`` stand above several."""

    openers: Phrases
    firm: Phrases
    headers: Phrases


@dataclass(frozen=True, slots=True)
class Labels:
    """Lines of the page's machinery."""

    lines: Phrases
    notices: Phrases
    tags: Phrases
    copyright: Phrases
    sections: Phrases
    actions: Phrases


@dataclass(frozen=True, slots=True)
class Dates:
    """Words that stand with a date."""

    published: Phrases
    updated: Phrases
    words: Phrases


@dataclass(frozen=True, slots=True)
class Credits:
    """Words of credit lines."""

    photo: Phrases
    video: Phrases
    byline: Phrases
    text: Phrases
    desk: Phrases  # who worked on it: "Reporting by", "Editing by"
    archive: Phrases
    beside: Phrases
    nouns: Phrases
    roles: Phrases
    joins: Phrases


@dataclass(frozen=True, slots=True)
class Outlets:
    """Words of mastheads; ``keeps_form`` where a name in a sentence is written as on the masthead."""

    nouns: Phrases
    keeps_form: bool


@dataclass(frozen=True, slots=True)
class PageWords:
    """All page words for one language, with the names that every language shares."""

    appeal: Appeal
    links: Links
    labels: Labels
    dates: Dates
    credits: Credits
    outlets: Outlets
    platforms: Phrases
    agencies: Phrases
    pictures: Phrases
    feeds: Phrases
    sources: re.Pattern[str]  # how a line begins that names the source of its article
    notes: re.Pattern[str]  # how an agency's note to editors reads
    credit_lasts: frozenset[str]  # the words with which one that ends so may end: "... contributed to this report"
    credit_firsts: frozenset[str]  # the words with which a credit that says what it is may begin
    months: dict[str, int]
    weekdays: frozenset[str]


@cache
def _data(name: str) -> dict[str, Any]:
    """One file of ``pages/``."""
    return tomli.loads(files("retold.reading").joinpath("pages", f"{name}.toml").read_text(encoding="utf-8"))


def _tables(codes: tuple[str, ...]) -> dict[str, dict[str, Phrases]]:
    """Every list of the languages' files, joined and made ready."""
    return {
        table: {
            name: phrases(phrase for code in codes for phrase in _data(code).get(table, {}).get(name, ()))
            for name, value in _data("en")[table].items()
            if isinstance(value, list)
        }
        for table in TABLES
    }


def _pattern(codes: tuple[str, ...], name: str) -> re.Pattern[str]:
    """The languages' patterns of one name as one, which is tried where a line begins."""
    return re.compile("|".join(each for code in codes for each in _data(code)["patterns"][name]), re.IGNORECASE)


def page_words(code: str) -> PageWords:
    """The page words for a language: its own and English; all shipped languages where the language is not known."""
    return _page_words(code if code in SHIPPED else "und")


@cache
def _page_words(code: str) -> PageWords:
    codes = SHIPPED if code == "und" else tuple(dict.fromkeys((code, "en")))
    shared = _data("all")
    tables = _tables((*codes, "all") if code == "und" else codes)
    nouns = phrases(noun for code in codes for noun in agencies()["nouns"][code])
    credits = Credits(nouns=nouns, **tables["credits"])
    openers = (credits.photo, credits.video, credits.byline, credits.text, credits.desk, credits.beside)
    return PageWords(
        appeal=Appeal(**tables["appeal"]),
        links=Links(**tables["links"]),
        labels=Labels(**tables["labels"]),
        dates=Dates(**tables["dates"]),
        credits=credits,
        outlets=Outlets(
            keeps_form=all(_data(each)["outlets"].get("keeps_form", False) for each in codes), **tables["outlets"]
        ),
        platforms=phrases(shared["platforms"]),
        agencies=phrases(name for names in agencies()["agencies"] for name in names),
        pictures=phrases(shared["pictures"]),
        feeds=phrases(phrase for each in codes for phrase in _data(each)["patterns"]["feeds"]),
        sources=_pattern(codes, "sources"),
        notes=_pattern(codes, "notes"),
        credit_lasts=credits.text.lasts,
        credit_firsts=frozenset().union(*[each.by_first for each in openers]),
        months={month.rstrip("."): number for each in codes for month, number in language(each).months.items()},
        weekdays=frozenset(day.rstrip(".") for each in codes for day in language(each).weekdays),
    )
