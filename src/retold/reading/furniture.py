"""What belongs to the page and not to the article, told line by line: words and shape are weighed together."""

from __future__ import annotations

import re

from retold.reading.appeals import appeals
from retold.reading.dates import date_line
from retold.reading.lines import Line
from retold.reading.pagewords import PageWords
from retold.reading.phrases import DIGIT, WORD, end_of

ORNAMENT = "no words"
LABEL = "page label"
SHARE = "share bar"
NAVIGATION = "page navigation"
LINK = "link to another article"
APPEAL = "appeal to the reader"
NOTICE = "notice of the page"
NOTE = "note to editors"
COPYRIGHT = "copyright line"
TAGS = "tag list"
DATE = "date line"
ADDRESS = "address"

MOST_LABEL = 12  # words of a line of the page's machinery
MOST_LINK = 30  # words of a linked headline with its opener
DIRECT = 5  # letters of a label in capitals, "ANALYSIS: ...", with which a link begins by shape alone

SEPARATORS = re.compile(r"\s*[|·•›»>/,;:–—\u2022]\s*|\s{2,}|\s+[-]\s+")
URL = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?<!\S)@\w+")
CAPITAL_LABEL = re.compile(r"[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,2}\s?:\s")
HOLDER = re.compile(r"(?:©|\([cC]\)|\bcopyright\b)", re.IGNORECASE)


def furniture(line: Line, words: PageWords, *, edge: bool) -> str:
    """Why a line is the page's and not the article's; "" where nothing says so. ``edge``: it stands off the body."""
    if not line.words:
        return ORNAMENT
    if line.count <= MOST_LINK:
        for rule in SENTENCE_RULES if line.sentence and line.count > MOST_LABEL else RULES:
            reason = rule(line, words)
            if reason:
                return reason
    if words.labels.notices.at(line.words) and not line.quoted:
        return NOTICE
    return APPEAL if appeals(line, words, edge=edge) else ""


def _label(line: Line, words: PageWords) -> str:
    """A whole line of machinery, or a bare "Loading..." in any language."""
    if line.count > MOST_LABEL:
        return ""
    if words.labels.lines.whole(line.words) and not _says(line):
        return LABEL
    if line.unfinished and line.count == 1 and not line.quoted:
        return LABEL
    return ""


def _says(line: Line) -> bool:
    """Whether a short line is a sentence of the article rather than a label: it is quoted."""
    return line.quoted


def _tags(line: Line, words: PageWords) -> str:
    """ "Tags: ...", or a line of hash tags."""
    parts = line.text.split()
    if all(part.startswith("#") and len(part) > 1 for part in parts):
        return TAGS
    length = words.labels.tags.at(line.words)
    rest = line.text[end_of(line.text, length) :] if length else ""
    return TAGS if rest.lstrip().startswith((":", "|")) and line.stop in ("", ":") else ""


def _date(line: Line, words: PageWords) -> str:
    return DATE if date_line(line.text, words) else ""


def _share(line: Line, words: PageWords) -> str:
    """Names of platforms, alone or after a word that shares."""
    if line.count > MOST_LABEL or line.quoted:
        return ""
    platforms = sum(length for _, length in words.platforms.places(line.words))
    actions = sum(length for _, length in words.labels.actions.places(line.words))
    doing = platforms or words.labels.actions.at(line.words)
    named = platforms and platforms + actions >= line.count - (1 if platforms > 1 else 0)
    acted = doing and line.count > 1 and actions + platforms >= line.count and _items(line) + line.count > 4
    return SHARE if (named or acted) and line.stop in ("", ":", "!") else ""


def _items(line: Line) -> int:
    """How many items separators make of a line."""
    return len([part for part in SEPARATORS.split(line.text) if part.strip()])


def _navigation(line: Line, words: PageWords) -> str:
    """Names of sections with separators between, or two and more in a row."""
    if line.stop or line.quoted:
        return ""
    sections = words.labels.sections
    covered = sum(length for _, length in sections.places(line.words))
    if not covered:
        return ""
    parts = [part for part in SEPARATORS.split(line.text) if part.strip()]
    if len(parts) > 1 and "," not in line.text and covered * 2 >= line.count and sections.at(line.words):
        return NAVIGATION
    return NAVIGATION if len(sections.places(line.words)) > 2 and sections.cover(line.words) else ""


def _copyright(line: Line, words: PageWords) -> str:
    """ "© ...", "All rights reserved"."""
    said = words.labels.copyright.count(line.words)
    marked = HOLDER.match(line.text) and DIGIT.search(line.text)
    firm = said > 1 or (said and (line.count <= MOST_LABEL or words.labels.copyright.at(line.words)))
    return COPYRIGHT if marked or (firm and not line.quoted) or (said and HOLDER.search(line.text)) else ""


def _link(line: Line, words: PageWords) -> str:
    """An opener such as "READ MORE" before a headline; in any language a label in capitals before one."""
    links = words.links
    length = links.openers.at(line.words)
    if links.headers.whole(line.words) and not line.quoted:
        return LINK
    pointing = line.text.endswith(" »") and "«" not in line.text
    if pointing or line.text.startswith(ARROWS) or line.text.endswith(ARROWS):
        return LINK if line.stop in ("", "?", "…") else ""
    if length:
        rest = line.text[end_of(line.text, length) :].lstrip(" \u00a0")
        firm = links.firm.at(line.words) == length
        marked = rest.startswith((":", "：", "|", "–", "—", "- ", "→", ">"))
        if firm and (marked or (line.stop in ("", "?", "…") and _opens(line))):
            return LINK
        if marked and rest.startswith((":", "：", "|")) and line.stop in ("", "?", "!", "…"):
            return LINK
    return LINK if _capital_label(line) else ""


def _opens(line: Line) -> bool:
    """Whether a link's opener without a colon begins a line that is no sentence: it is short and unquoted."""
    return line.count <= LINE_OPENED and not line.text.startswith(('"', "“", "«", "'"))


ARROWS = ("→", "►", "▶", ">>", "▸")
LEAST_LABELLED = 4  # words of a label in capitals and its headline
LINE_OPENED = 16  # words of an opener and its headline


def _capital_label(line: Line) -> bool:
    """Whether a headline stands after a label in capitals: "LEES OOK: ...", whatever the language."""
    if line.stop not in ("", "?") or not LEAST_LABELLED <= line.count <= LINE_OPENED:
        return False
    match = CAPITAL_LABEL.match(line.text)
    if not match:
        return False
    label = match[0].rstrip(" :")
    return label.isupper() and len(label) >= DIRECT and not line.text[match.end() :].isupper()


def _address(line: Line, words: PageWords) -> str:
    """A line that is an address, or a few words before one."""
    if "@" not in line.text and "//" not in line.text and "www." not in line.text:
        return ""
    rest, found = URL.subn("", line.text)
    alone = line.stop in ("", ":") or not rest.strip(" .")
    return ADDRESS if found and alone and len(WORD.findall(rest)) <= 4 else ""


def _note(line: Line, words: PageWords) -> str:
    """What an agency tells editors of a new version: "UPDATE 1 - adds rescues", "(Recasts, adds quotes)"."""
    return NOTE if words.notes.match(line.text) else ""


RULES = (_note, _label, _tags, _date, _share, _navigation, _copyright, _link, _address)
SENTENCE_RULES = (_note, _copyright, _link, _address)
