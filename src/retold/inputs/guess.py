"""The language of a text, where the stop words of our own languages leave a doubt: by its letters."""

from __future__ import annotations

from functools import cache
from typing import Any

from retold.text.languages import DETECT_LENGTH, UNKNOWN, detect

LEAST = 40  # letters; below this a headline's names decide, not its language
SURE = 0.8  # of the model's own confidence: it errs in none of the 215 English headlines that it is so sure of
# Languages whose short words are partly those of one of ours: the stop words alone take them for it.
NEIGHBOURS = {
    "es": frozenset({"pt", "ca", "gl", "it", "eu"}),
    "fr": frozenset({"ca", "oc", "it", "ro", "ht"}),
    "de": frozenset({"nl", "lb", "af", "da", "nb", "sv"}),
    "ru": frozenset({"uk", "be", "bg", "mk", "sr", "kk", "ky", "mn"}),
    "ar": frozenset({"fa", "ur", "ps", "ug", "ku"}),
}


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; ``und`` where nothing decides it.

    >>> language_of("The mayor said that the bridge was closed.")
    'en'
    """
    found = detect(text)
    if found != UNKNOWN and found not in NEIGHBOURS:
        return found
    guessed = _guessed(text[:DETECT_LENGTH])
    return guessed if found == UNKNOWN or guessed in NEIGHBOURS[found] else found


def _guessed(head: str) -> str:
    """The language that the letters of a text show, ``und`` where the model is not sure."""
    if sum(map(str.isalpha, head)) < LEAST:
        return UNKNOWN
    language, sureness = _model().classify(head)
    return str(language) if sureness >= SURE else UNKNOWN


@cache
def _model() -> Any:
    """The model that py3langid ships: it takes most of a second to load, so only a text in doubt calls for it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
