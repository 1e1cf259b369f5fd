"""A page in one file: its style and scripts stand in it, it asks nothing of anybody, and is no larger than need be."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from retold.pictures import compact

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; style-src {style}; script-src {script}; img-src data:; base-uri 'none'; form-action 'none'"
)
STATED = re.compile(r'<meta http-equiv="?Content-Security-Policy"? content="([^"]*)"')


def one_file(
    environment: Environment,
    body: str,
    *,
    title: str,
    version: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    long: bool = False,
) -> str:
    """Return a page with its style and its scripts; ``long``: a browser need not lay out what nobody sees yet."""
    script = "".join(map(_script, scripts))
    style = compact.style("".join(map(_asset, styles)), f"{body}{FRAME if long else ''}", script)
    policy = POLICY.format(style=_hash(style), script=_hash(script))
    return environment.get_template("onefile.html.j2").render(
        body=Markup(compact.html(body)),
        title=title,
        version=version,
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        long=long,
    )


FRAME = '<body class="long">'  # what a style sheet may name, and the body does not


def policy(page: str) -> str:
    """Return the policy under which a page in one file works: its own style and scripts, and nothing else."""
    found = STATED.search(page)
    return unescape(found[1]) if found else POLICY.format(style="'none'", script="'none'")


@cache
def _script(name: str) -> str:
    return compact.script(_asset(name))


@cache
def _asset(name: str) -> str:
    return (STATIC / name).read_text("utf-8")


def _hash(text: str) -> str:
    """Return the hash by which a browser knows an inline style or script as ours."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
