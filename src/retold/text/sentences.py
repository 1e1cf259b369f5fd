"""Sentences with offsets: nupunkt's splits, mended by the language's own news rules."""

from __future__ import annotations

import re

from nupunkt import sent_spans

from retold.text.languages import Language, language

CLOSERS = "\"'”’»“)]"
OPENERS = "\"'“‘«„([¿¡—–- "
STOPS = ".!?…؟。！？।"
LAST_WORD = re.compile(r"(\S+)\Z")
INITIAL = re.compile(r"[^\W\d_]\.\Z")
# A stop that nupunkt has no rule for: other scripts', or one that is followed by a capital after "p.m." or "Mo."
MAY_END = re.compile(r"[.!?…؟。！？।][\"'”’»“)\]」』]*\s+\S|[。！？।]")
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
    following = re.match(r"[\"'“‘«„(]?([^\W\d_]+)", piece[match.end() :])
    if word not in data.maybe or following is None or not following.group(1)[0].isupper():
        return False
    after = following.group(1).casefold()
    return bool(match.group(2)) or (after in data.stopwords and after != "i")


def _is_end(piece: str, cut: int, data: Language) -> bool:
    """Whether a proposed end holds against the language's abbreviations, its ordinals and the next letter."""
    before, after = piece[:cut].rstrip(), piece[cut:].lstrip()
    first = after.lstrip(OPENERS)[:1]
    if first.islower() and not _opens_after_stop(before, after):
        return False
    found = LAST_WORD.search(before)
    last = found.group(1).lstrip(OPENERS) if found else ""
    if not last.endswith("."):
        return True
    stem = last[:-1]
    if stem in data.never or (stem[:1].isupper() and INITIAL.search(last) and len(last) == 2 and data.code != "ar"):
        return False
    if stem in data.maybe:
        return first.isupper() and first.casefold() != first and _starts_sentence(after, data)
    if "." in stem and len(stem) <= 7 and all(len(part) <= 2 for part in stem.split(".")):
        return _starts_sentence(after, data)
    return not (data.ordinal_stop and stem.isdecimal() and len(stem) <= 2)


def _opens_after_stop(before: str, after: str) -> bool:
    """A lower-case start holds only behind a stop that no abbreviation has ("…? asked", no; a new dash line, no)."""
    return before[-1:] in "。！？" and after[:1] != ""


def _starts_sentence(after: str, data: Language) -> bool:
    """Whether what follows reads like the start of a sentence and not like the rest of a name."""
    word = re.match(r"[^\W\d_]+", after.lstrip(OPENERS))
    if word is None:
        return False
    return word.group().casefold() in data.stopwords or after[:1] in '"“«„'


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
