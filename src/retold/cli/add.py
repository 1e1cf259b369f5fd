"""``retold add`` and ``retold learn``: articles into an archive, and what follows from them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from retold.cli import exits
from retold.cli.archives import answer, archived, followed, long, opened, told
from retold.cli.sizes import size
from retold.model.errors import SourceError

if TYPE_CHECKING:
    from retold.archive.answers import Added

FIELDS = ("id", "url", "outlet", "title", "published", "seen", "language", "author", "section", "text", "html")
ADDRESSES = ("http://", "https://")


@click.command(short_help="Read articles, feeds or crawls into an archive.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--map", "mapping", metavar="NAME=COLUMN,...", help="Columns of a table that have other names than ours.")
@click.option("--learn", "learning", is_flag=True, help="Learn from it afterwards, as retold learn does.")
@click.option("--fetch", "fetching", is_flag=True, help="Fetch URLs and feeds over the network (extra: fetch).")
@click.option("--private", is_flag=True, help="With --fetch: addresses of this machine and of private networks too.")
@click.option("--strict", is_flag=True, help="Exit with 5 when something could not be read.")
@archived
@told
@long
def add(  # noqa: PLR0913  # one argument an option
    sources: tuple[str, ...],
    *,
    mapping: str | None,
    learning: bool,
    fetching: bool,
    private: bool,
    strict: bool,
    place: str,
    as_json: bool,
    output: str | None,
    quiet: bool,
    progress: str,
) -> int:
    """Read articles into an archive, and make it where there is none.

    A SOURCE is a folder, a web page (HTML), a plain text, JSON or JSON lines, CSV, TSV or Parquet, WARC, a feed (RSS,
    Atom, JSON Feed), an OPML list, a URL with --fetch, or - for stdin. Most may be packed with gzip.

    Columns and fields are id, url, outlet, title, published, seen, language, author, section, and text or html. An
    article is known by its URL, else by its outlet and id: the same with another text is a new version. What cannot be
    read is kept in the table "rejects", and the rest goes on. Interrupt it whenever you like, and run it again.

    \b
    retold add articles.jsonl pages/ --learn
    retold add export.csv --map text=body,published=date
    retold add https://example.org/feed.xml --fetch

    See also: retold learn, retold stories, retold help archive.
    """
    from retold.archive.archive import Archive

    columns = _columns(mapping)
    _check(sources, fetching=fetching)
    with Archive(place, create=True) as archive, followed(progress, quiet=quiet) as step:
        found = archive.add(
            list(sources),
            columns=columns,
            fetch=fetching,
            private=private,
            learn=learning,
            stdin=sys.stdin.buffer,
            progress=step,
        )
    answer(found, _added, as_json=as_json, output=output)
    if found.rejects and not quiet:
        click.echo(f"retold: {_rejects(found.rejects)}: retold export rejects --archive {place}", err=True)
    return _exit_code(found, strict=strict)


@click.command(short_help="Bring the stories, copies and origins of an archive up to date.")
@click.option("--memory", metavar="SIZE", callback=size, help="The search for copies takes no more, such as 2GB.")
@archived
@told
@long
def learn(*, memory: int | None, place: str, as_json: bool, output: str | None, quiet: bool, progress: str) -> int:
    """Bring all that follows from an archive's articles up to date: page furniture that only many pages of an outlet
    show, which articles tell the same story, which share passages, and how many origins they go back to.

    Only what new articles can have changed is done again. The result is the same whatever the order they came in, and
    whatever memory may be used: where it does not suffice, the search works in parts, on disk.

    \b
    retold learn --archive news.retold
    retold learn --memory 2GB
    """
    with opened(place) as archive, followed(progress, quiet=quiet) as step:
        found = archive.learn(memory=memory, progress=step)
    answer(found, _learned, as_json=as_json, output=output)
    return exits.DONE


def _check(sources: tuple[str, ...], *, fetching: bool) -> None:
    """Refuse what is certainly a slip of the keyboard, before an archive is made for it."""
    if sources.count("-") > 1:
        raise click.UsageError("Stdin (-) can be read only once.")
    for source in sources:
        if source.startswith(ADDRESSES) and not fetching:
            raise click.UsageError(f"{source} is an address. Retold uses the network only when told to: add --fetch.")
        if source != "-" and not source.startswith(ADDRESSES) and not os.path.lexists(source):
            raise SourceError(source, "there is no such file or folder. Check the name; nothing was added.")


def _columns(mapping: str | None) -> dict[str, str] | None:
    """Our names and theirs; raises UsageError where the option says neither."""
    if not mapping:
        return None
    pairs = [pair.partition("=") for pair in mapping.split(",")]
    for name, equals, column in pairs:
        if not equals or not column.strip() or name.strip() not in FIELDS:
            raise click.UsageError(
                f"--map {mapping}: {name!r} is none of {', '.join(FIELDS)}, or has no column. "
                "Wanted is such as --map text=body,published=date"
            )
    return {name.strip(): column.strip() for name, _, column in pairs}


def _exit_code(found: Added, *, strict: bool) -> int:
    """3 where nothing could be read at all, 5 where --strict forbids any reject, else 0."""
    if found.rejects and not (found.articles or found.versions or found.known):
        return exits.INPUT
    return exits.REJECTED if strict and found.rejects else exits.DONE


def _added(found: dict[str, Any]) -> str:
    """What came in, in a line or two."""
    told_of = [
        _count(found["articles"], "new article"),
        _count(found["versions"], "new version"),
        f"{found['known']:,} known already",
    ]
    line = ", ".join(told_of) + (f"; {_rejects(found['rejects'])}" if found["rejects"] else "")
    return line + ("\n" + _learned(found["learned"]) if found["learned"] else "")


def _learned(found: dict[str, Any]) -> str:
    """What there is now, in a line."""
    stories, articles = _count(found["stories"], "story", "stories"), _count(found["articles"], "article")
    origins = _count(found["origins"], "origin")
    return f"{stories} told by {articles}, which go back to {origins}; {found['placed']:,} placed anew"


def _rejects(count: int) -> str:
    return f"{_count(count, 'input')} could not be read"


def _count(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
