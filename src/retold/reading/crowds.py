"""Markup whose elements have crowds of attributes, which parsers take minutes for."""

from __future__ import annotations

import re

# An element with thousands of attributes: the parser compares each with each, and 50,000 of them take it a minute.
TAG = re.compile(r"""(<[a-z][^\s<>"'/]*+)(?>"[^"]*+"|'[^']*+'|[^<>"']++|["'])*+""", re.IGNORECASE)
QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
PARTS = re.compile(r"[\s/=]+")
CROWD = 2000  # attributes, which take a hundredth of a second; real elements have under 50


def without_crowds(markup: str) -> str:
    """Markup in which an element with a crowd of attributes has none.

    >>> without_crowds("<p class='lead'>Rain.</p>")
    "<p class='lead'>Rain.</p>"
    """
    return TAG.sub(_bare, markup)


def _bare(tag: re.Match[str]) -> str:
    told = tag[0]
    if len(told) < CROWD or len(PARTS.findall(QUOTED.sub("", told))) < CROWD:
        return told
    return tag[1]
