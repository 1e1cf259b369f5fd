"""Words of articles on a page: on one line, without controls, what was searched for marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from retold.pictures.marks import shown
from retold.pictures.words import CLEAN, noun

__all__ = ["language", "marked", "numbers", "shown"]

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "und": "not known", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def marked(hit: Mapping[str, Any]) -> Markup:
    """The snippet of a hit, with the words that were asked for marked.

    >>> marked({"snippet": "the ferry sank", "start": 10, "marks": [[14, 19]]})
    Markup('<bdi>the <mark>ferry</mark> sank</bdi>')
    """
    text, place, parts = hit["snippet"], 0, []
    for mark in hit["marks"]:
        start, end = (edge - hit["start"] for edge in mark)
        parts += [_clean(text[place:start]), Markup("<mark>{}</mark>").format(_clean(text[start:end]))]
        place = end
    return Markup("<bdi>{}</bdi>").format(Markup("").join([*parts, _clean(text[place:])]))


def _clean(text: str) -> str:
    return text.translate(CLEAN)


def language(code: str) -> str:
    """A language by its name, else by its code.

    >>> language("de"), language("tlh")
    ('German', 'tlh')
    """
    return LANGUAGES.get(code, code)


def numbers(line: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The numbers of a story in a list, as (number, what it counts)."""
    origins = line["origins"]
    return [
        (f"{line['articles']:,}", noun(line["articles"], "article")),
        (f"{line['texts']:,}", noun(line["texts"], "unique text")),
        (f"{line['outlets']:,}", noun(line["outlets"], "outlet")),
        ("?" if origins is None else f"{origins:,}", noun(origins or 0, "origin")),
    ]
