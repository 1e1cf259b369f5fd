"""One call for the simple thing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from retold.answers import Comparison
from retold.comparing import comparison
from retold.model.errors import SourceError, UsageError
from retold.model.records import Reject, Version
from retold.model.version import __version__
from retold.reading.read import read, read_all
from retold.replaying import compared_text, replay

if TYPE_CHECKING:
    from retold.archive.archive import Archive
    from retold.archive.attributions import Quote, Statements
    from retold.archive.provenance import Origins
    from retold.attributing import Heard
    from retold.statements.extracting import Extractor

Source = str | os.PathLike[str] | Mapping[str, Any] | Version
FEWEST, MOST = 2, 200

__all__ = [
    "FEWEST",
    "MOST",
    "Source",
    "check_quote",
    "compare",
    "compared_text",
    "open",
    "origins",
    "read",
    "replay",
    "statements_of",
]


def compare(
    sources: Iterable[Source],
    *,
    statements: bool = True,
    progress: Callable[[str, int, int], None] | None = None,
    stdin: BinaryIO | None = None,
) -> Comparison:
    """Compare 2 to 200 articles: paths ("-" is standard input), records, or versions already read, in any mix.

    What cannot be read stands in the answer's ``rejects``, and the rest is compared. ``statements``: with the ledger of
    who said what, which takes most of the time where articles are many. Raises UsageError for fewer than 2 or more than
    200 articles, SourceError where bad inputs leave fewer than 2.

    >>> found = compare([{"text": "The ferry to Aldry sank."}, {"text": "The ferry to Aldry sank on Monday."}])
    >>> found.same_story
    True
    """
    given = [sources] if isinstance(sources, str | os.PathLike | Mapping | Version) else list(sources)
    if len(given) > MOST:
        raise UsageError(_wanted(len(given)))
    if statements:
        _prepare()
    if progress:
        progress("reading", 0, len(given))
    versions, rejects = read_all(given, stdin=sys.stdin.buffer if stdin is None and "-" in given else stdin)
    _check(versions, rejects)
    heard = _heard(versions, progress) if statements else None
    if progress:
        progress("comparing", 0, len(versions))
    return comparison(versions, rejects, retold_version=__version__, heard=heard)


def open(path: str | os.PathLike[str], *, create: bool = False) -> Archive:
    """The archive at a path; ``create`` makes an empty one where there is none.

    Raises ArchiveError where there is no archive, or none that can be read.
    """
    from retold.archive.archive import Archive

    return Archive(path, create=create)


def origins(
    sources: str | os.PathLike[str] | Mapping[str, Any] | Iterable[str | os.PathLike[str] | Mapping[str, Any]],
    *,
    limit: int | None = None,
    text: bool = True,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    stdin: BinaryIO | None = None,
) -> Origins:
    """How many origins articles go back to, without an archive: paths of files or folders ("-" is standard input), or
    records, as ``Archive.add`` reads them.

    The answer has the ``limit`` largest origins, with their ``text`` put together; what cannot be read stands in its
    ``rejects``. Raises SourceError where nothing could be read.

    >>> report = "The bridge at Orrin was closed on Monday after cracks were found in two of its nine stone piers. "
    >>> report += "Engineers will look at the others by Friday, and buses take the long way round until then."
    >>> found = origins([{"outlet": "Orrin Post", "text": report}, {"outlet": "Tarn Mail", "text": report}])
    >>> found.articles, found.count.likely
    (2, 1)
    """
    from retold.archive import files

    named = [sources] if isinstance(sources, str | os.PathLike | Mapping) else list(sources)
    given = sys.stdin.buffer if stdin is None and "-" in named else stdin
    return files.origins(named, limit=limit, text=text, columns=columns, progress=progress, stdin=given)


def statements_of(
    sources: str | os.PathLike[str] | Mapping[str, Any] | Iterable[str | os.PathLike[str] | Mapping[str, Any]],
    *,
    limit: int | None = None,
    after: str | None = None,
    extractor: Extractor | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    stdin: BinaryIO | None = None,
    **filters: Any,
) -> Statements:
    """Who said what in some articles, without an archive: paths of files or folders ("-" is standard input), or
    records, up to 200 articles.

    ``speaker``: only what one says; ``changed``: only what articles tell differently; more ``filters``, ``limit`` and
    ``after`` as ``Archive.statements`` takes them; ``extractor``: a model of your own in place of Retold's. What cannot
    be read stands in the answer's ``rejects``. Raises SourceError where nothing could be read, UsageError for too many
    articles.

    >>> found = statements_of({"text": '"The bridge is safe," the mayor of Orrin, Ada Holm, said on Monday.'})
    >>> [(one.speaker, one.type, one.spans["A"].text) for one in found.statements]
    [('Ada Holm', 'direct', '"The bridge is safe,"')]
    """
    from retold.archive import heard_files

    named = [sources] if isinstance(sources, str | os.PathLike | Mapping) else list(sources)
    given = sys.stdin.buffer if stdin is None and "-" in named else stdin
    return heard_files.statements(
        named,
        limit=limit,
        after=after,
        extractor=extractor,
        columns=columns,
        stdin=given,
        progress=progress,
        **filters,
    )


def check_quote(
    text: str,
    sources: str | os.PathLike[str] | Mapping[str, Any] | Iterable[str | os.PathLike[str] | Mapping[str, Any]],
    *,
    limit: int | None = 20,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    stdin: BinaryIO | None = None,
) -> Quote:
    """Whether a quotation stands in some articles word for word, by whom, and what comes near to it; ``sources`` as
    ``statements_of`` takes them. Raises UsageError where no words are given, SourceError where nothing could be read.

    >>> told = {"text": '"The bridge is safe," the mayor of Orrin, Ada Holm, said on Monday.'}
    >>> check_quote("The bridge is safe", told).verdict
    '1 article has it word for word as a quotation, said by Ada Holm.'
    """
    from retold.archive import heard_files

    named = [sources] if isinstance(sources, str | os.PathLike | Mapping) else list(sources)
    given = sys.stdin.buffer if stdin is None and "-" in named else stdin
    return heard_files.check_quote(text, named, limit=limit, columns=columns, stdin=given, progress=progress)


def _prepare() -> None:
    """Let the model load while the articles are read."""
    from retold.statements.tagging import preparing

    preparing()


def _heard(versions: Sequence[Version], progress: Callable[[str, int, int], None] | None) -> list[Heard]:
    from retold.archive.listening import listen

    return listen(versions, progress=progress)


def _check(versions: Sequence[Version], rejects: Sequence[Reject]) -> None:
    if len(versions) < FEWEST and rejects:
        raise SourceError.of_many([(reject.source, reject.reason) for reject in rejects])
    if not FEWEST <= len(versions) <= MOST:
        raise UsageError(_wanted(len(versions)))


def _wanted(count: int) -> str:
    articles = "1 article was" if count == 1 else f"{count} articles were"
    return f"{articles} given; {FEWEST} to {MOST} are wanted. Name the files to compare, or one JSON file of records."
