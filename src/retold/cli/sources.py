"""Questions about copies and origins: how many sources there are, who shares what with whom, who had it from whom."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from retold.cli import exits
from retold.cli.archives import answer, archived, followed, long, opened, told
from retold.cli.given import FULL, LIMIT, are_paths, picture, unread

GRAPHS = ("graphml", "dot")
FORMATS = ("text", "json", *GRAPHS)
ENDINGS = {".json": "json", ".graphml": "graphml", ".dot": "dot", ".gv": "dot"}
LABELS = ("copy", "partial", "quotation", "template", "background", "furniture")


@click.command(short_help="Count the origins of a story, of files, or of an archive.")
@click.argument("sources", metavar="[STORY|PATH...]", nargs=-1, type=click.Path(allow_dash=True))
@LIMIT
@FULL
@archived
@told
@long
def origins(
    sources: tuple[str, ...],
    *,
    limit: int,
    full: bool,
    place: str,
    as_json: bool,
    output: str | None,
    quiet: bool,
    progress: str,
) -> int:
    """Say how many origins articles go back to: five outlets that print one agency report have one.

    Without argument, all articles of the archive; with STORY (its id, or one of its articles) those that tell it. With
    PATHs of files or folders, those in them, without an archive; any input of retold add will do, and - is stdin.
    --full puts each origin's text together.

    \b
    retold origins qc-2204
    retold origins --limit 5
    retold origins pages/ articles.jsonl --json
    """
    text = as_json or full or Path(output or "").suffix == ".json"
    if are_paths(sources):
        from retold import api

        with followed(progress, quiet=quiet) as step:
            found = api.origins(sources, limit=limit, text=text, progress=step, stdin=sys.stdin.buffer)
    else:
        with opened(place) as archive:
            found = archive.origins(sources[0] if sources else None, limit=limit, text=text)
    answer(found, picture("origins", full=full), as_json=as_json, output=output)
    return unread(found.rejects, quiet=quiet)


@click.command(short_help="Show who shares which passages with an article.")
@click.argument("name", metavar="ARTICLE")
@click.option("--label", multiple=True, type=click.Choice(LABELS), help="Only pairs of this kind; may be repeated.")
@LIMIT
@FULL
@archived
@told
def copies(
    name: str,
    *,
    label: tuple[str, ...],
    limit: int,
    full: bool,
    place: str,
    as_json: bool,
    output: str | None,
) -> int:
    """Show who shares which passages with an article, most first, and what each is: copy, quotation, template,
    background or furniture. Numbers are characters of the articles' texts. ARTICLE is an id, a URL, or the id from the
    input.

    \b
    retold copies bp-1462
    retold copies bp-1462 --label copy --label partial --full
    """
    with opened(place) as archive:
        found = archive.copies(name, label=label or None, limit=limit)
    answer(found, picture("copies", full=full), as_json=as_json, output=output)
    return exits.DONE


@click.command(short_help="Show who probably had a story's text from whom.")
@click.argument("name", metavar="STORY")
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: by the ending of FILE, else text]")
@FULL
@archived
@told
def lineage(name: str, *, form: str | None, full: bool, place: str, as_json: bool, output: str | None) -> int:
    """Show who probably had the text of a story from whom, for each of its origins that several articles carry: with
    its probability and its signs. A text that follows from others and that nobody has seen is W1, W2 and so on. STORY
    is its id, or one of its articles.

    Graphs for other programs: --format graphml, or dot for Graphviz.

    \b
    retold lineage qc-2204
    retold lineage qc-2204 -o ferry.graphml
    """
    form = _form(form, as_json, output)
    with opened(place) as archive:
        found = archive.lineage(name)
    answer(
        found, _graph(form) if form in GRAPHS else picture("lineage", full=full), as_json=form == "json", output=output
    )
    return exits.DONE


def _form(form: str | None, as_json: bool, output: str | None) -> str:
    """The format asked for by name, else by the ending of the file that is written."""
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} contradict each other. Give one of them.")
    return "json" if as_json else form or ENDINGS.get(Path(output or "").suffix.lower(), "text")


def _graph(form: str) -> Callable[[dict[str, Any]], str]:
    """What writes a lineage as a graph."""
    from retold.pictures import graphs

    draw: Callable[[dict[str, Any]], str] = getattr(graphs, form)
    return draw


@click.command(short_help="Say whether a text is confirmed or repeated, or whether a quotation stands anywhere.")
@click.argument("sources", metavar="TEXT|FILE", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--quote", metavar="WORDS", help="Does this quotation stand anywhere, word for word, and by whom?")
@LIMIT
@FULL
@click.option("--exit-code", is_flag=True, help="Exit with 4 when no article carries it.")
@archived
@told
@long
def check(  # noqa: PLR0913  # one argument an option
    sources: tuple[str, ...],
    *,
    quote: str | None,
    limit: int,
    full: bool,
    exit_code: bool,
    place: str,
    as_json: bool,
    output: str | None,
    quiet: bool,
    progress: str,
) -> int:
    """Say which articles of the archive carry a text, and from how many origins: is it confirmed, or only repeated?

    The text is a claim's words (eight or more), a paragraph or a whole article: as words in quotation marks, as a FILE,
    or - for stdin. An article carries it that has half of it or more. Numbers are characters of the articles' texts.

    With --quote: whether the words stand in any version word for word, between quotation marks or not, who says them
    there, and what comes near to them. With FILEs or folders it asks these, without an archive.

    \b
    retold check "the ferry was going at nearly twice the limit when it hit the mole"
    retold check claim.txt --json
    pbpaste | retold check - --exit-code
    retold check --quote "I cannot sign what I cannot count"
    retold check --quote "I cannot sign" pages/
    """
    if quote is not None:
        from retold.cli.said import code, quoted

        words = quoted(quote, sources, limit=limit, place=place, quiet=quiet, progress=progress)
        answer(words, picture("quote", full=full), as_json=as_json, output=output)
        return code(words, strict=exit_code, quiet=quiet)
    if len(sources) != 1:
        raise click.UsageError("One TEXT or FILE is wanted, or --quote WORDS. Put the words between quotation marks.")
    with opened(place) as archive:
        found = archive.check(sources[0], limit=limit, stdin=sys.stdin.buffer)
    answer(found, picture("check", full=full), as_json=as_json, output=output)
    return exits.DIFFERENT if exit_code and not found.articles else exits.DONE
