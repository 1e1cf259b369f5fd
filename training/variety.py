"""What the annotated articles hold: the table of their variety."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from training.annotated import Article, Statement, is_test

Rule = Callable[[Article, Statement], bool]

# What carries no meaning of its own in a cue: "had been told" counts as "told".
AUXILIARIES = frozenset(
    """
    has have had having is are was were be been being am do does did
    will would can could may might must should not to
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
WORD = re.compile(r"\w+")
CUE_WORD = re.compile(r"[\w’'-]+")
OF_THE_PHRASE = re.compile(r",| (?:of|at|in|for|from|who|with|on|by|to|near|that|which|whose|close) |’s? |'s? ")
TOP = 30


def table(articles: Sequence[Article]) -> str:
    """The table of variety of articles, a row a line."""
    pairs = [(article, one) for article in articles for one in article.statements]
    statements = [one for _, one in pairs]
    rows = [
        ("articles", f"{len(articles)}, {sum(is_test(article.identity) for article in articles)} of them test"),
        ("words", f"{sum(len(WORD.findall(article.text)) for article in articles)}"),
        ("statements", f"{len(statements)}, an article {_span(len(a.statements) for a in articles)}"),
        ("type", _shares(Counter(one.type for one in statements))),
        ("class", _shares(Counter(one.cue_class for one in statements))),
        ("depth", _shares(Counter(str(one.depth) for one in statements))),
        ("unsourced", _shares(Counter(one.unsourced or "sourced" for one in statements))),
        ("speaker", _shares(Counter(_naming(article, one) for article, one in pairs))),
        (
            "constructions",
            _shares(Counter(name for pair in pairs for name, rule in RULES.items() if rule(*pair)), len(pairs)),
        ),
    ]
    rows += _words("kinds", (article.head["kind"] for article in articles))
    rows += _words("cue words", (cue for pair in pairs if (cue := cue_of(*pair))))
    rows += _words("source heads", (head for pair in pairs if (head := head_of(*pair))))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:{width}}  {told}" for name, told in rows)


def cue_of(article: Article, one: Statement) -> str:
    """The cue's words in small letters, without auxiliaries; nothing where there is no cue."""
    written = " ".join(article.text[start:end] for start, end in one.cues).casefold()
    words = [word for word in CUE_WORD.findall(written) if word not in AUXILIARIES]
    return " ".join(words) or written


def head_of(article: Article, one: Statement) -> str:
    """The last word of the source's first phrase: "minister" of "the minister of trade"."""
    if not one.sources:
        return ""
    start, end = one.sources[0]
    phrase = OF_THE_PHRASE.split(article.text[start:end].casefold())[0]
    words: list[str] = CUE_WORD.findall(phrase)
    return words[-1] if words else ""


def _naming(article: Article, one: Statement) -> str:
    written = {article.text[start:end] for start, end in one.sources}
    if one.speaker is None:
        return "none"
    return "as written" if one.speaker in written or len(written) > 1 else "by another form"


def _inverted(article: Article, one: Statement) -> bool:
    """Whether "said X" stands: the source right after its cue, both after the content's start."""
    ends = {end for _, end in one.cues}
    starts = {start - 1 for start, _ in one.sources}
    return bool(ends & starts) and one.contents[0][0] < min(ends) and not _according(article, one)


def _according(article: Article, one: Statement) -> bool:
    return any(article.text[start:end].casefold().startswith("according") for start, end in one.cues)


RULES: dict[str, Rule] = {
    "content first": lambda _, one: bool(one.cues) and one.contents[0][0] < one.cues[0][0],
    'inverted "said X"': _inverted,
    "according to": _according,
    "no cue": lambda _, one: not one.cues,
    "content in pieces": lambda _, one: len(one.contents) > 1,
    "nested": lambda _, one: one.depth > 0,
    "source shared": lambda article, one: any(
        set(one.sources) & set(other.sources) for other in article.statements if other is not one
    ),
    "cue before source": lambda _, one: bool(one.cues and one.sources) and one.cues[0][0] < one.sources[0][0],
}


def _shares(counted: Counter[str], total: int = 0) -> str:
    whole = total or counted.total() or 1
    return ", ".join(f"{name} {count} ({count / whole:.0%})" for name, count in _ranked(counted))


def _ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _words(name: str, words: Iterable[str]) -> list[tuple[str, str]]:
    counted = Counter(words)
    first = Counter(dict(_ranked(counted)[:TOP]))
    return [(name, f"{len(counted)} distinct"), ("", _shares(first, counted.total()))]


def _span(counts: Iterable[int]) -> str:
    ordered = sorted(counts)
    return f"{ordered[0]} to {ordered[-1]}, median {ordered[len(ordered) // 2]}" if ordered else "none"
