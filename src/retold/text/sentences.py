"""Sentences with offsets: nupunkt's splits, mended by the language's own news rules."""

from __future__ import annotations

import re

from nupunkt import sent_spans

from retold.text.languages import Language, language

OPENERS = "\"'“‘«„([¿¡—–-"
QUOTE_OPENERS = '"“«„'
NEXT_LETTER = re.compile(r"[\s\"'“‘«„(\[¿¡—–-]*([^\s\"'“‘«„(\[¿¡—–-])")
NEXT_WORD = re.compile(r"[\s\"'“‘«„(\[¿¡—–-]*([^\W\d_]+)")
LONGEST_LAST = 40  # letters of the last word looked at; no abbreviation is longer
LONGEST_DOTTED = 7  # letters of an abbreviation with stops inside ("z.B", "U.S.A")
DOTTED_PART = 2
# A stop that nupunkt has no rule for: other scripts', or one that is followed by a capital after "p.m." or "Mo."
# Every branch begins with the same set of marks, for which a search runs fast.
MAY_END = re.compile(r"[.!?…؟。！？।](?:(?<=[。！？।])|[\"'”’»“)\]」』]*\s+\S)")
FOREIGN = re.compile(r"[。！？।]+[」』”’\"']*|[؟](?=\s)")
MAYBE_END = re.compile(r"(\S+\.)([\"'”’»)]*)\s+(?=[\"'“‘«„(]?[^\W\d_])")


def sentences(text: str, code: str, *, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the [start, end) of each sentence in ``text[start:end]``, white space around it left out."""
    stop = len(text) if end is None else end
    piece = text[start:stop]
    if MAY_END.search(piece) is None:  # most paragraphs of news are one sentence
        return _trimmed(piece, [len(piece)], start)
    data = language(code)
    cuts = {cut for _, cut in sent_spans(piece)} | {match.end() for match in FOREIGN.finditer(piece)}
    cuts |= {match.end(2) for match in MAYBE_END.finditer(piece) if _ends_after_maybe(match, piece, data)}
    kept = [cut for cut in sorted(cuts) if cut >= len(piece) or _is_end(piece, cut, data)]
    return _trimmed(piece, [*kept, len(piece)], start)


def _ends_after_maybe(match: re.Match[str], piece: str, data: Language) -> bool:
    """Whether an abbreviation that may end a sentence does: the next word is one that only starts sentences with a
    capital ("8 p.m. Fans", "Mo. His")."""
    word = match.group(1).lstrip(OPENERS)[:-1]
    following = NEXT_WORD.match(piece, match.end())
    if word not in data.maybe or following is None or not following.group(1)[0].isupper():
        return False
    after = following.group(1).casefold()
    return bool(match.group(2)) or (after in data.stopwords and after != "i")


def _is_end(piece: str, cut: int, data: Language) -> bool:
    """Whether a proposed end holds against the language's abbreviations, its ordinals and the next letter."""
    end = cut
    while end and piece[end - 1].isspace():
        end -= 1
    following = NEXT_LETTER.match(piece, cut)
    first = following.group(1) if following else ""
    if first.islower() and piece[end - 1 : end] not in "。！？":
        return False
    start = end
    while start and end - start < LONGEST_LAST and not piece[start - 1].isspace():
        start -= 1
    last = piece[start:end].lstrip(OPENERS)
    if not last.endswith("."):
        return True
    word = last[:-1]
    if word in data.never or (len(word) == 1 and word.isalpha() and word.isupper()):
        return False
    if word in data.maybe:
        return first.isupper() and _starts_sentence(piece, cut, data)
    if "." in word and len(word) <= LONGEST_DOTTED and all(len(part) <= DOTTED_PART for part in word.split(".")):
        return _starts_sentence(piece, cut, data)
    return not (data.ordinal_stop and word.isdecimal() and len(word) <= DOTTED_PART)


def _starts_sentence(piece: str, cut: int, data: Language) -> bool:
    """Whether what follows reads like the start of a sentence and not like the rest of a name."""
    following = NEXT_WORD.match(piece, cut)
    if following is None:
        return False
    return following.group(1).casefold() in data.stopwords or following.group().lstrip()[:1] in QUOTE_OPENERS


def _trimmed(piece: str, cuts: list[int], offset: int) -> list[tuple[int, int]]:
    spans = []
    begin = 0
    for cut in cuts:
        stretch = piece[begin:cut]
        bare = stretch.strip()
        if bare:
            lead = len(stretch) - len(stretch.lstrip())
            spans.append((offset + begin + lead, offset + begin + lead + len(bare)))
        begin = max(begin, cut)
    return spans
