"""What a page states about its article: JSON-LD, microdata, Open Graph, meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from retold.reading.bylines import NAMED, author
from retold.reading.moments import stated_moment
from retold.reading.versions import Metadata

ARTICLES = frozenset(
    {
        "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
        "OpinionNewsArticle", "ReviewNewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting",
        "TechArticle", "Report", "AskPublicNewsArticle",
    }
)  # fmt: skip
PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
    "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date",
    "article.published", "cxenseparse:recs:publishtime", "publication_date", "article_date_original", "timestamp",
)  # fmt: skip
TITLES = ("og:title", "headline", "twitter:title", "dc.title", "parsely-title")
OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site_name", "cre")
SECTIONS = (
    "article:section",
    "section",
    "parsely-section",
    "og:article:section",
    "cxenseparse:recs:articlesection",
    "category",
)
LONGEST = 300  # characters of a meta element that names authors
SUMMARIES = ("og:description", "description", "twitter:description", "dc.description")
MOST_NODES = 5000  # values of a page's JSON-LD that are looked at


def metadata(tree: Any) -> tuple[Metadata, str]:
    """What a page states about its article, and its own summary of it ("" where it has none)."""
    told = list(_told(tree))
    meta = _meta(told)
    things: dict[str, Any] = {}
    linked = next(iter(list(_articles(tree, things))), {})
    stated = Metadata(
        title=_first((_text(linked.get("headline")), *(meta.get(name) for name in TITLES), _page_title(tree))),
        outlet=_first(
            (
                *(meta.get(name) for name in OUTLETS[:1]),
                _name(linked.get("publisher")),
                *(meta.get(name) for name in OUTLETS[1:]),
            )
        ),
        url=_first(map(_address, _addresses(tree, meta, linked))),
        published=_first(map(stated_moment, _dates(tree, meta, linked))),
        language=_language(tree, linked),
        author=author(tree, _authors(told), linked, things),
        section=_first((_section(linked.get("articleSection")), *(meta.get(name) for name in SECTIONS))),
    )
    return stated, _first(meta.get(name) for name in SUMMARIES) or ""


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _told(tree: Any) -> Iterator[tuple[str, str]]:
    """The name and the content of each meta element."""
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            yield name[:60].casefold(), content


def _meta(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The page's meta elements by name; the first of a name counts."""
    found: dict[str, str] = {}
    for name, content in told:
        if name not in found and (bare := " ".join(content[:2000].split())):
            found[name] = bare
    return found


def _authors(told: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each meta element that could name an author; a page may name several in as many."""
    return ((name, content) for name, content in told if name in NAMED and len(content) < LONGEST)


def _section(value: Any) -> str | None:
    """The first section that JSON-LD names."""
    return _text(next((each for each in value if isinstance(each, str)), None) if isinstance(value, list) else value)


def _articles(tree: Any, things: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The articles in the page's JSON-LD, outermost first; what else it names goes to ``things``, by its id."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                yield from _typed(json.loads((script.text or "").strip().strip(";"), strict=False), things)
            except (ValueError, RecursionError):
                continue


def _typed(value: Any, things: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The articles in a JSON value, level by level."""
    level, seen = [value], 0
    while level and seen < MOST_NODES:
        seen += len(level)
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                types = each.get("@type")
                if isinstance(each.get("@id"), str) and each.get("name"):
                    things.setdefault(each["@id"], each)
                if ARTICLES.intersection(
                    types if isinstance(types, list) else [types] if isinstance(types, str) else []
                ):
                    yield each
                below.extend(part for part in each.values() if isinstance(part, dict | list))
            elif isinstance(each, list):
                below.extend(each)
        level = below


def _text(value: Any) -> str | None:
    return " ".join(unescape(value).split()) if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    """The name of a JSON-LD thing."""
    first = value[0] if isinstance(value, list) and value else value
    return _text(first.get("name")) if isinstance(first, dict) else _text(first)


def _page_title(tree: Any) -> str | None:
    element = next(tree.iter("title"), None)
    return " ".join((element.text or "").split()) if element is not None else None


def _addresses(tree: Any, meta: dict[str, str], linked: dict[str, Any]) -> Iterator[str | None]:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").casefold().split():
            yield element.get("href")
    yield meta.get("og:url")
    main = linked.get("mainEntityOfPage")
    yield _text(main.get("@id") if isinstance(main, dict) else main)
    yield _text(linked.get("url"))


def _address(value: str | None) -> str | None:
    return value.strip() if value and value.strip().startswith(("http://", "https://")) else None


def _dates(tree: Any, meta: dict[str, str], linked: dict[str, Any]) -> Iterator[str | None]:
    yield _text(linked.get("datePublished"))
    for name in PUBLISHED:
        yield meta.get(name)
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]"):
        yield element.get("content") or element.get("datetime") or (element.text or "")
    for element in tree.xpath("//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]"):
        yield element.get("datetime")


def _language(tree: Any, linked: dict[str, Any]) -> str | None:
    """The language that a page declares, as a code of two letters."""
    stated = (
        tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or _text(linked.get("inLanguage"))
        or ""
    ).strip()
    code = re.split(r"[-_]", stated.casefold())[0]
    return code if len(code) == 2 and code.isalpha() else None
