"""Questions to an archive: its stories, one of them, a search, why two articles are one story, a history."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import Any

import click

from retold.cli import exits
from retold.cli.archives import answer, archived, opened, told

ORDERS = ("latest", "articles", "texts", "outlets", "origins")
PLAIN_WIDTH = 120  # columns where there is no terminal to ask


def _picture(name: str) -> Callable[[dict[str, Any]], str]:
    """What draws an answer for a terminal."""
    from retold.pictures import listing

    draw: Callable[..., str] = getattr(listing, name)
    return lambda found: draw(found, width=width())


def width() -> int:
    """The columns of the terminal that shows the answer."""
    return max(60, shutil.get_terminal_size().columns) if sys.stdout.isatty() else PLAIN_WIDTH


@click.command(short_help="Say what an archive holds.")
@archived
@told
def holdings(*, place: str, as_json: bool, output: str | None) -> int:
    """Say what an archive holds: articles, outlets, stories and origins, and who wrote in it last.

    \b
    retold holdings --archive news.retold
    """
    with opened(place) as archive:
        found = archive.holdings()
    answer(found, _picture("holdings"), as_json=as_json, output=output)
    return exits.DONE


@click.command(short_help="List the stories of an archive.")
@click.argument("words", required=False, metavar="[WORDS]")
@click.option("--outlet", metavar="NAME", help="Only stories that this outlet tells.")
@click.option("--language", metavar="CODE", help="Only stories told in this language, such as en.")
@click.option("--agency", metavar="NAME", help="Only stories with a text credited to this agency.")
@click.option("--since", metavar="TIME", help="Only stories with an article from this day on.")
@click.option("--until", metavar="TIME", help="Only stories that began up to the end of this day.")
@click.option("--least", type=click.IntRange(1), default=1, help="Only stories of this many articles.")
@click.option("--unique", type=click.IntRange(0), default=0, help="Only stories with this many distinct texts.")
@click.option("--outlets", type=click.IntRange(0), default=0, help="Only stories told by this many outlets.")
@click.option("--origins", type=click.IntRange(0), default=0, help="Only stories of this many origins.")
@click.option("--by", type=click.Choice(ORDERS), default="latest", help="Which come first.  [default: latest]")
@click.option("--limit", type=click.IntRange(1), default=50, help="How many to show.  [default: 50]")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to pass over first.")
@click.option("--after", metavar="PLACE", help='Go on after this place: the "next" of another answer\'s JSON.')
@archived
@told
def stories(*, place: str, as_json: bool, output: str | None, **filters: Any) -> int:
    """List the stories of an archive, latest first; with WORDS, those that an article with these words tells.

    \b
    retold stories --least 5 --since 2026-05-01
    retold stories "ferry harbour" --outlet "Coast Tribune"
    """
    with opened(place) as archive:
        found = archive.stories(**filters)
    answer(found, _picture("stories"), as_json=as_json, output=output)
    return exits.DONE


@click.command(short_help="Show a story and the articles that tell it.")
@click.argument("name", metavar="STORY")
@archived
@told
def story(name: str, *, place: str, as_json: bool, output: str | None) -> int:
    """Show a story and the articles that tell it. STORY is its id, an id that it had before, or one of its articles: by
    id, URL, or the id from the input.

    \b
    retold story 5d1f0c3a9be7a210
    retold story https://coast.example/ferry --json
    """
    with opened(place) as archive:
        found = archive.story(name)
    answer(found, _picture("story"), as_json=as_json, output=output)
    return exits.DONE


@click.command(short_help="Find articles by their words.")
@click.argument("words", nargs=-1, required=True)
@click.option("--outlet", metavar="NAME", help="Only articles of this outlet.")
@click.option("--language", metavar="CODE", help="Only articles in this language, such as en.")
@click.option("--since", metavar="TIME", help="Only articles from this day on.")
@click.option("--until", metavar="TIME", help="Only articles up to the end of this day.")
@click.option("--limit", type=click.IntRange(1), default=20, help="How many to show.  [default: 20]")
@archived
@told
def search(words: tuple[str, ...], *, place: str, as_json: bool, output: str | None, **filters: Any) -> int:
    """Find the articles that hold all WORDS, best first, each with where it does.

    A phrase stands in quotation marks, -word must not be there, and begin* is the beginning of a word. Accents and
    capitals do not matter. A question with -word is quoted as a whole, or -w would be taken for an option.

    \b
    retold search ferry harbour
    retold search '"state of emergency" minist* -drill' --since 2026-05-01
    """
    asked = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with opened(place) as archive:
        found = archive.search(asked, **filters)
    answer(found, _picture("search"), as_json=as_json, output=output)
    return exits.DONE


@click.command(short_help="Say why two articles are, or are not, one story.")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@archived
@told
def why(one: str, other: str, *, place: str, as_json: bool, output: str | None) -> int:
    """Say why two articles are, or are not, one story: the words they share and what these weigh, the time between
    them, and what forbids it. A and B are ids, URLs, ids from the input, or files.

    \b
    retold why ferry-17 https://coast.example/ferry
    """
    with opened(place) as archive:
        found = archive.why(one, other)
    answer(found, _picture("why"), as_json=as_json, output=output)
    return exits.DONE


@click.command(short_help="Show what each version of an article changed.")
@click.argument("name", metavar="URL")
@archived
@told
def revisions(name: str, *, place: str, as_json: bool, output: str | None) -> int:
    """Show the history of an article, by its URL, its id, or the id from its input: each version that was seen, and
    what it cut and added.

    \b
    retold revisions https://coast.example/ferry
    """
    with opened(place) as archive:
        found = archive.revisions(name)
    answer(found, _picture("revisions"), as_json=as_json, output=output)
    return exits.DONE
