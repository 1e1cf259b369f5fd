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
    from retold.archive.provenance import Origins

Source = str | os.PathLike[str] | Mapping[str, Any] | Version
FEWEST, MOST = 2, 200

__all__ = ["FEWEST", "MOST", "Source", "compare", "compared_text", "open", "origins", "read", "replay"]


def compare(
    sources: Iterable[Source],
    *,
    progress: Callable[[str, int, int], None] | None = None,
    stdin: BinaryIO | None = None,
) -> Comparison:
    """Compare 2 to 200 articles: paths ("-" is standard input), records, or versions already read, in any mix.

    What cannot be read stands in the answer's ``rejects``, and the rest is compared. Raises UsageError for fewer than 2
    or more than 200 articles, SourceError where bad inputs leave fewer than 2.

    >>> found = compare([{"text": "The ferry to Aldry sank."}, {"text": "The ferry to Aldry sank on Monday."}])
    >>> found.same_story
    True
    """
    given = [sources] if isinstance(sources, str | os.PathLike | Mapping | Version) else list(sources)
    if len(given) > MOST:
        raise UsageError(_wanted(len(given)))
    if progress:
        progress("reading", 0, len(given))
    versions, rejects = read_all(given, stdin=sys.stdin.buffer if stdin is None and "-" in given else stdin)
    _check(versions, rejects)
    if progress:
        progress("comparing", 0, len(versions))
    return comparison(versions, rejects, retold_version=__version__)


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


def _check(versions: Sequence[Version], rejects: Sequence[Reject]) -> None:
    if len(versions) < FEWEST and rejects:
        raise SourceError.of_many([(reject.source, reject.reason) for reject in rejects])
    if not FEWEST <= len(versions) <= MOST:
        raise UsageError(_wanted(len(versions)))


def _wanted(count: int) -> str:
    articles = "1 article was" if count == 1 else f"{count} articles were"
    return f"{articles} given; {FEWEST} to {MOST} are wanted. Name the files to compare, or one JSON file of records."
