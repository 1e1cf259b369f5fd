"""The same page in fewer bytes: what a browser does not need is left out, and no word of it.

HTML may leave out the quotation marks of simple values and the ends of cells and lines; a style sheet, the rules for
what is not on the page; a script, its comments. In all that is given here "<" and ">" of articles are escaped, so that
each "<" begins a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

TAG = re.compile(r"<[^>]*>|&(?:quot|#34|#39|#x27);")
VALUE = re.compile(r'="([\w#.:-]+)"(?=[ >])')
BETWEEN = re.compile(r">\s*\n\s*(?=<)")
ENDS = re.compile(  # which ends may be left out, and before what (the HTML standard, "optional tags")
    r"</(?:"
    r"li>\s*(?=<li|</[uo]l)|t[dh]>\s*(?=<t[dh]|</tr)|tr>\s*(?=<tr|</t(?:body|head|able))|d[td]>\s*(?=<d[td]|</d)|"
    r"thead>\s*(?=<tbody)|tbody>\s*(?=</table)|"
    r"p>\s*(?=<(?:p|div|[uo]l|table|h\d|article|section)[ >]|</(?:div|section|article|li|td)>)"
    r")"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_OF_COMMENT = re.compile(r"^\s*(?://.*|/\*\*.*\*/)?\n", re.MULTILINE)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
AROUND = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")
RULE = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")
PARTS = re.compile(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+")  # of a list of selectors, in brackets up to two deep
NUMBERED = re.compile(r":nth-[\w-]+\([^()]*\)")
NEGATION = re.compile(r":not\([^()]*\)")
CHOICE = re.compile(r":(?:is|has|where)\(([^()]*)\)")
QUALITY = re.compile(r"::?[\w-]+(?:\([^()]*\))?|\[[^\]]*\]")
NAME = re.compile(r"[.#]?[a-z][\w-]*")
NEVER = ".-never-"
CLASS = re.compile(r'\b(class|id)=(?:"([^"]*)"|([^\s">]+))')
ELEMENT = re.compile(r"<([a-z][\w-]*)")


def html(page: str) -> str:
    """Return a page, or a part of one, without quotation marks, ends and blanks that it can do without.

    >>> html('<ul class="a">\\n<li id="b">&quot;One&quot;</li>\\n<li title="x y">Two</li>\\n</ul>')
    '<ul class=a>\\n<li id=b>"One"<li title="x y">Two</ul>'
    """
    shorter = TAG.sub(lambda found: VALUE.sub(r"=\1", found[0]) if found[0][0] == "<" else unescape(found[0]), page)
    return BETWEEN.sub(">\n", ENDS.sub("", shorter))


def script(text: str) -> str:
    """Return a script of ours without comments, which stand in lines of their own, and without indents.

    >>> script("// Why.\\nif (one) {\\n  two();\\n}\\n")
    'if (one) {\\ntwo();\\n}\\n'
    """
    return INDENT.sub("", LINE_OF_COMMENT.sub("", text))


def style(text: str, page: str, scripts: str = "") -> str:
    """Return a style sheet with those rules that something on a page may obey, now or once the scripts have run.

    >>> style("p, .gone { color: red; } .gone b { margin: 0 }", "<p>One</p>")
    'p{color:red}'
    """
    known = _names(page) | {sign + word for word in re.findall(r"[\w-]+", scripts) for sign in (".", "#")}
    told = AROUND.sub(lambda found: found[1] or "", COMMENT.sub("", text).strip())
    return "".join(_rules(told, known)).replace(";}", "}")


def _names(page: str) -> set[str]:
    """Return what a selector may name: "p", ".class", "#id"."""
    found = {"html", "body", *ELEMENT.findall(page)}
    for kind, quoted, bare in CLASS.findall(page):
        found.update({"class": ".", "id": "#"}[kind] + name for name in (quoted or bare).split())
    return found


def _rules(text: str, known: set[str]) -> Iterator[str]:
    """Yield the rules that are wanted; of a rule for several things, its part for those that are there."""
    for head, body in RULE.findall(text):
        if head.startswith("@"):
            inner = "".join(_rules(body, known))
            if inner:
                yield f"{head}{{{inner}}}"
        elif wanted := [one for one in PARTS.findall(head) if _is_met(one, known)]:
            yield f"{','.join(wanted)}{{{body}}}"


def _is_met(selector: str, known: set[str]) -> bool:
    """Return whether a selector may find something: nothing that it names is missing on the page."""
    selector = NUMBERED.sub("", selector)
    while found := NEGATION.search(selector) or CHOICE.search(selector):
        some = found.re is NEGATION or any(_is_met(one, known) for one in PARTS.findall(found[1]))
        selector = selector[: found.start()] + ("" if some else NEVER) + selector[found.end() :]
    return NEVER not in selector and all(name in known for name in NAME.findall(QUALITY.sub("", selector)))
