"""Who said what in some files, and whether a quotation stands in them: read at once, without an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from retold.archive.attributions import Quote, Statements
from retold.archive.listening import listen
from retold.archive.prepared import clean, first_known, seconds
from retold.archive.read_files import NOTHING, Progress, Source, pieces_of, unread, version_in_piece
from retold.archive.saying import text_of
from retold.archive.sifting import Sieve, sifted
from retold.attributing import Attributions, attributions, heard
from retold.model.errors import SourceError, UsageError
from retold.model.records import Reject, Version, letter

if TYPE_CHECKING:
    from retold.archive.quotes import Candidate
    from retold.statements.extracting import Extractor

MOST = 200  # versions that are set beside each other without an archive, as retold compare does
TOO_MANY = (
    "{:,} articles are more than the {} that are read without an archive. Make one: retold add SOURCE... --learn, and "
    "name a story of it, or --speaker NAME."
)


class Read(NamedTuple):
    """Every version of some sources, the earliest first, by the id of its article; and what could not be read."""

    versions: list[tuple[str, Version]]
    names: dict[str, set[str]]
    rejects: list[Reject]


def statements(
    sources: Iterable[Source],
    *,
    limit: int | None = None,
    after: str | None = None,
    extractor: Extractor | None = None,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    **filters: Any,
) -> Statements:
    """Who said what in the articles of some sources; ``filters`` are those of a Sieve. Raises SourceError where none
    could be read, and UsageError where there are too many, or for a filter that is none."""
    sieve = Sieve(**filters).checked()
    read = _read(sources, columns=columns, stdin=stdin, progress=progress)
    if len(read.versions) > MOST:
        raise UsageError(TOO_MANY.format(len(read.versions), MOST))
    told = _ledger([version for _, version in read.versions], extractor, progress)
    found = Statements(
        story_id=None,
        requested_id=None,
        title=None,
        speaker=None,
        articles=[
            text_of(article, version, read.names[article], letter(place), None)
            for place, (article, version) in enumerate(read.versions)
        ],
        total=len(told.statements),
        statements=told.statements,
        speakers=told.speakers,
        rejects=[unread(each) for each in read.rejects],
        next=None,
    )
    return sifted(found, sieve, limit=limit, after=after)


def _ledger(versions: Sequence[Version], extractor: Extractor | None, progress: Progress | None) -> Attributions:
    """The ledgers of the stories that some versions tell; a version alone need not be set beside others."""
    told = listen(versions, extractor=extractor, progress=progress)
    if len(versions) == 1:
        return attributions(versions, told, [letter(0)], stories=[[0]], one_origin=lambda one, other: True)
    from retold.comparing import ledger

    return ledger(versions, told)


def check_quote(
    text: str,
    sources: Iterable[Source],
    *,
    limit: int | None = None,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Quote:
    """Whether a quotation stands in the articles of some sources; raises SourceError where none could be read, and
    UsageError where no words are given."""
    from retold.archive.quotes import answer, located, wanted

    quote = wanted(text)
    read = _read(sources, columns=columns, stdin=stdin, progress=progress)
    found = located(_candidates(read), quote)
    return answer(
        text,
        found,
        lambda one: heard(one.version),
        read.names,
        {},
        None,
        limit=limit,
        rejects=[unread(each) for each in read.rejects],
    )


def _candidates(read: Read) -> Iterator[Candidate]:
    from retold.archive.quotes import Candidate

    newest = dict(read.versions)  # the last one of each article
    for number, (article, version) in enumerate(read.versions):
        yield Candidate(number, article, version, newest[article] is version)


def _read(
    sources: Iterable[Source],
    *,
    columns: Mapping[str, str] | None,
    stdin: BinaryIO | None,
    progress: Progress | None,
) -> Read:
    """Read all articles; the same text of one twice is one version. Raises SourceError where there is none."""
    found = Read([], {}, [])
    known: set[str] = set()
    for number, each in enumerate(map(version_in_piece, pieces_of(sources, columns, stdin))):
        if progress:
            progress("reading", number, 0)
        if isinstance(each, Reject):
            found.rejects.append(each)
            continue
        article, version = each
        found.names.setdefault(article, set()).add(clean(version.source_id or version.source))
        if version.id not in known:
            known.add(version.id)
            found.versions.append((article, version))
    if not found.versions:
        raise SourceError.of_many([(each.source, each.reason) for each in found.rejects] or [NOTHING])
    found.versions.sort(key=_order)
    return found


def _order(read: tuple[str, Version]) -> tuple[bool, float, str, bool, float, str]:
    """By time, as far as it is known, else by id: never by the order in which sources were given."""
    article, version = read
    published, seen = seconds(version.published), seconds(version.seen)
    moment, stood = first_known(published, seen), first_known(seen, published)
    return moment is None, moment or 0.0, article, stood is None, stood or 0.0, version.id
