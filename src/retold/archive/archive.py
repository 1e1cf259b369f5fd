"""The long-lived thing: add articles, learn from them, ask."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from retold.answers import Comparison
from retold.archive import (
    answers,
    asking,
    attributions,
    browsing,
    carrying,
    comparisons,
    correcting,
    dependence,
    descent,
    doctoring,
    exporting,
    habits,
    outlets,
    provenance,
    readings,
    tracing,
)
from retold.archive.adding import Estimate, Progress, add
from retold.archive.fetched import Fetch, fetching
from retold.archive.joining import Desk
from retold.archive.learning import learn
from retold.archive.own import Own
from retold.archive.prepared import piece_of
from retold.archive.runs import run
from retold.archive.unique import Known
from retold.archive.whys import why
from retold.archive.workers import FEW, workers
from retold.inputs.fields import COLUMNS
from retold.inputs.piece import Piece
from retold.inputs.pieces import pieces
from retold.model.errors import ArchiveError, BusyError, UsageError
from retold.model.records import Reject, Version
from retold.store.store import Store

if TYPE_CHECKING:
    import pyarrow

    from retold.archive.hearing import Fresh
    from retold.archive.reports import Report

Source = str | os.PathLike[str] | Mapping[str, Any]


class Archive:
    """One file that holds every version ever seen, and knows which articles tell the same story.

    Questions see what was committed when they are asked, while another process writes. Close it, or use it in a
    ``with``. Raises ArchiveError where there is no archive, or none that can be read.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False) -> None:
        self.path = os.fspath(path)
        if create:
            Store.writing(self.path, create=True).close()
        self._reader: Store | None = Store.reading(self.path)
        self.known = Known()  # what was read of versions, which do not change: archives of one file may share it

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a question would open it again."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    @property
    def _store(self) -> Store:
        """What answers, opened when it is needed."""
        if self._reader is None:
            self._reader = Store.reading(self.path)
        return self._reader

    def _writing(self) -> Store:
        """What writes. Nothing of ours reads meanwhile: the last one to close leaves the archive as one file."""
        self.close()
        return Store.writing(self.path)

    def add(
        self,
        sources: Source | Iterable[Source],
        *,
        columns: Mapping[str, str] | None = None,
        learn: bool = False,
        fetch: bool = False,
        private: bool = False,
        stdin: BinaryIO | None = None,
        processes: int | None = None,
        progress: Progress | None = None,
    ) -> answers.Added:
        """Read and store articles: paths of files or folders, URLs and feeds (with ``fetch``), or records.

        Nothing goes over the network without ``fetch``, and then only to public addresses unless ``private``.
        ``columns`` says how a table calls what we call id, url, outlet, title, published, seen, language, author,
        section, text or html. What cannot be read stands in the table ``rejects``. Whatever ends it early, what was
        committed stays, and the same call again goes on: nothing twice, nothing lost. Raises BusyError where another
        process is writing, and UsageError for the archive itself as a source, or a column that is none of ours.
        """
        named = [sources] if isinstance(sources, str | os.PathLike | Mapping) else list(sources)
        own = Own(self.path)
        for source in named:
            own.refuse(source)
        _check_columns(columns or {})
        estimate = Estimate(os.fsdecode(source) for source in named if not isinstance(source, Mapping))
        told = {"sources": [_told(source) for source in named]}
        with (
            workers(processes, start=True) as team,
            self._writing() as store,
            run(store, "add", told) as current,
            fetching(store, current.number, private=private) if fetch else nullcontext() as fetched,
        ):
            inputs = estimate.following(_inputs(named, own, columns=columns, fetch=fetched, stdin=stdin))
            count = add(store, inputs, run=current.number, team=team, progress=progress, total=estimate.total)
            current.rows = count.articles + count.versions + count.rejects
        return answers.Added(
            run=current.number,
            articles=count.articles,
            versions=count.versions,
            known=count.known,
            rejects=count.rejects,
            learned=self.learn(processes=processes, progress=progress) if learn else None,
        )

    def learn(
        self, *, processes: int | None = None, memory: int | None = None, progress: Progress | None = None
    ) -> answers.Learned:
        """Bring all that follows from the articles up to date: their outlets' furniture, the stories, who shares
        passages with whom, and the origins that the articles go back to.

        Only what new articles can have changed is done again; the result is the same as if all had come at once, in
        any order. ``memory``: so many bytes the search for copies may take; where it needs more it works in parts, on
        disk. Raises BusyError where another process is writing.
        """
        with workers(processes, start=True) as team, self._writing() as store:
            return learn(store, team=team, memory=memory, progress=progress)

    def desk(self) -> Desk:
        """A desk for articles that come one by one: ``with archive.desk() as desk: desk.join(record)``.

        It stores each and tells at once which story it joins; the next ``learn`` settles that. While it is open nobody
        else can write in the archive.
        """
        self.close()
        return Desk(self.path)

    def stories(self, **filters: Any) -> answers.Stories:
        """The stories, latest first, or ``by`` "articles", "texts", "outlets" or "origins", most first.

        Only those of an ``outlet``, a ``language`` or an ``agency``, with ``words``, ``since`` or ``until`` a time (ISO
        8601), of at ``least`` so many articles, so many ``unique`` texts, ``outlets`` or ``origins``; ``limit`` and
        ``offset``, or ``after`` the place that another answer calls ``next``. Raises UsageError for a time, an order or
        a place that is none.
        """
        with self._store.glance():
            return browsing.stories(self._store, self.known, **filters)

    def facets(self, **filters: Any) -> answers.Facets:
        """What the stories that the filters of ``stories`` let through can be narrowed down to."""
        with self._store.glance():
            return browsing.facets(self._store, self.known, **filters)

    def holdings(self) -> answers.Holdings:
        """What the archive holds, in numbers, and who wrote in it last."""
        with self._store.glance():
            return browsing.holdings(self._store)

    def versions(self, *names: str) -> list[Version]:
        """The newest versions of articles, each by its id, URL or name, or with ``@2`` behind it its second; with one
        name, of all that tell its story, the earliest first; without any, of all articles. Raises UsageError where
        there is no such article, version or story."""
        with self._store.glance():
            return comparisons.versions(self._store, names)

    def revised(self, versions: Sequence[Version]) -> list[tuple[int, int]]:
        """Which of some versions are an earlier and a later one of the same article, by their places."""
        with self._store.glance():
            return comparisons.revised(self._store, versions)

    def compare(self, *names: str) -> Comparison:
        """Articles of the archive side by side, as ``retold.compare`` compares files: 2 to 200 by their names, those of
        the one story that is named, or without a name all that there are. Of two versions of one article, such as
        "ferry@1" and "ferry@2", it is known which came first.

        Raises UsageError where there is no such article or story, or too few or too many of them.
        """
        found = self.versions(*names)
        return comparisons.compared(found, self.revised(found))

    @property
    def is_older(self) -> bool:
        """Whether it is of an older Retold: what this one would know more is empty, until somebody writes in it, and it
        is opened again."""
        return self._store.is_older

    def generation(self) -> int:
        """A number that is another one after each change that somebody else has committed."""
        return int(self._store.one("PRAGMA data_version")[0])

    def story(self, name: str) -> answers.Story:
        """A story by its id, an old id, or one of its articles; raises UsageError where there is none."""
        with self._store.glance():
            return asking.story(self._store, name)

    def search(self, words: str, **filters: Any) -> answers.Found:
        """The articles that hold all words: ``"a phrase"``, ``-not``, ``begin*``; ``outlet``, ``language``, ``since``,
        ``until`` and ``limit``. Raises UsageError where no word is asked for."""
        with self._store.glance():
            return asking.search(self._store, words, **filters)

    def why(self, one: str, other: str) -> answers.Why:
        """Why two articles are, or are not, one story; raises UsageError where there is no such article."""
        with self._store.glance():
            return why(self._store, one, other)

    def origins(self, name: str | None = None, *, limit: int | None = 20, text: bool = True) -> provenance.Origins:
        """How many origins a story's articles go back to, or without a name all articles; the largest ``limit`` of
        them, with their ``text`` put together. ``name`` is that of a story, as ``story`` takes it.

        Raises UsageError where there is no such story, or where nothing was learned yet.
        """
        with self._store.glance():
            return tracing.origins(self._store, name, limit=limit, text=text)

    def copies(
        self, name: str, *, label: str | Iterable[str] | None = None, limit: int | None = 20
    ) -> provenance.Copies:
        """Who shares what with an article, most first; ``label``: only pairs that are copy, partial, quotation,
        template, background or furniture. Raises UsageError where there is no such article, or it was not learned."""
        with self._store.glance():
            return tracing.copies(self._store, name, label=label, limit=limit)

    def lineage(self, name: str) -> provenance.Lineage:
        """Who had a story's text from whom, for each of its origins that several articles carry, with signs and
        probabilities; texts that nobody has seen have a place of their own. Raises UsageError as ``origins`` does."""
        with self._store.glance():
            return descent.lineage(self._store, name)

    def outlets(self, **filters: Any) -> dependence.Outlets:
        """Which outlet depends on which agencies and on whom, and how much is its own; those of most articles first.

        Only articles ``since`` or ``until`` a time (ISO 8601), outlets of at ``least`` so many stories; ``limit`` and
        ``offset``. Raises UsageError for a time that is none.
        """
        with self._store.glance():
            return outlets.outlets(self._store, **filters)

    def outlet(self, name: str) -> dependence.Outlet:
        """The same of one outlet, month by month, with whom it shares its texts; raises UsageError where the archive
        has no article of it."""
        with self._store.glance():
            return outlets.outlet(self._store, name)

    def habits(self, name: str) -> dependence.Habits:
        """The house style of an outlet: how it writes, story after story, what others write otherwise in the same text.
        Its latest articles are compared for that, which takes some seconds. Raises UsageError as ``outlet`` does."""
        with self._store.glance():
            return habits.habits(self._store, name)

    def check(self, text: str, *, limit: int | None = 20, stdin: BinaryIO | None = None) -> provenance.Check:
        """Which articles carry a text, and from how many origins: is it confirmed, or repeated? ``text`` is the path of
        a file, "-" for ``stdin``, or the words themselves, eight or more.

        Raises UsageError for less, SourceError where a file cannot be read.
        """
        with self._store.glance():
            return carrying.check(self._store, text, limit=limit, stdin=stdin)

    def statements(
        self,
        story: str | None = None,
        *,
        limit: int | None = None,
        after: str | None = None,
        processes: int | None = None,
        progress: Progress | None = None,
        **filters: Any,
    ) -> attributions.Statements:
        """Who said what in a story, in which versions, and how these differ; or what a speaker says in all stories.

        Only what ``speaker`` says, or ``outlet`` tells; ``changed``: what versions tell differently; ``difference``,
        ``form`` and ``cue`` as answers have them; ``spread``: what one version tells, several, all, or not all. The
        first ``limit`` of it; ``after`` is the ``next`` of another answer.

        What versions have people say is read when it is first asked for, and kept; where the archive cannot be written
        now, it is read again the next time. Raises UsageError where there is no such story, or nobody is named.
        """
        from retold.archive import ledgers
        from retold.archive.sifting import Sieve

        sieve = Sieve(**filters).checked()
        with self._store.glance():
            wanted = ledgers.asked_for(self._store, story=story, speaker=sieve.speaker)
        fresh = self._read(wanted.numbers(), processes=processes, progress=progress)
        with self._store.glance():
            return ledgers.statements(self._store, wanted, sieve, fresh, limit=limit, after=after)

    def evidence(self, story: str) -> attributions.Evidence:
        """The whole ledger of a story, with the sentences in which its statements stand; raises UsageError as
        ``statements`` does."""
        from retold.archive import ledgers, sentences

        with self._store.glance():
            wanted = ledgers.asked_for(self._store, story=story, speaker=None)
        fresh = self._read(wanted.numbers(), processes=None, progress=None)
        with self._store.glance():
            return sentences.evidence(self._store, ledgers.whole(self._store, wanted, fresh))

    def evidence_state(self, story: str) -> str:
        """What names all that the ``evidence`` of a story follows from: while it is the same, so is that."""
        from retold.archive import ledgers

        with self._store.glance():
            return ledgers.state(self._store, story)

    def check_quote(
        self,
        text: str,
        *,
        limit: int | None = 20,
        processes: int | None = None,
        progress: Progress | None = None,
    ) -> attributions.Quote:
        """Whether a quotation stands in any version word for word, by whom, and what comes near to it; the first
        ``limit`` places of each. Raises UsageError where no words are given."""
        from retold.archive import quotes, quotes_kept

        words = quotes.wanted(text)
        with self._store.glance():
            found = quotes.located(quotes_kept.candidates(self._store, text), words)
        self._read([one.number for some in found for one in some[:limit]], processes=processes, progress=progress)
        with self._store.glance():
            return quotes_kept.quote(self._store, text, found, limit=limit)

    def report(
        self,
        name: str,
        *,
        statements: bool = True,
        processes: int | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """A story with all that is known of it, for a report in one file: ``archive.report(name).to_html()``.

        ``statements``: with who said what, where there are no more than 60 articles; reading that takes most of the
        time when it is first asked for. Raises UsageError where there is no such story.
        """
        from retold.archive import reports

        with self._store.glance():
            found = reports.numbers(self._store, name)
        fresh = None
        if statements and len(found) <= reports.HEARD:
            fresh = self._read(found, processes=processes, progress=progress)
        if progress:
            progress("comparing", 0, len(found))
        with self._store.glance():
            return reports.report(self._store, name, fresh)

    def _read(self, numbers: Sequence[int], *, processes: int | None, progress: Progress | None) -> Fresh:
        """Read what some versions have people say, where nobody has yet, and keep it; what cannot be kept comes back.

        Others may write while this reads, which may take minutes: the archive is only held to keep what was read.
        """
        from retold.archive import hearing

        with self._store.glance():
            lacking = hearing.lacking(self._store, numbers)
        left: dict[int, hearing.Row] = {}
        if lacking:
            self.close()  # or the processes would hold it open
            with workers(processes, start=len(lacking) >= FEW) as team:
                for read in hearing.read(lambda: self._store, lacking, team=team, progress=progress):
                    left |= {} if self._keep(read) else read
        return left

    def _keep(self, read: Fresh) -> bool:
        """Keep what some versions have people say; False where the archive cannot be written now."""
        from retold.archive import hearing

        with suppress(BusyError, ArchiveError), self._writing() as store:
            hearing.keep(store, read)
            return True
        return False

    def revisions(self, name: str, *, steps: bool = True) -> answers.Revisions:
        """The history of an article by its URL, id or name: what each version cut and added, or without ``steps`` only
        which versions there are. Raises UsageError where there is no such article."""
        with self._store.glance():
            return asking.revisions(self._store, name, steps=steps)

    def history(self, name: str) -> list[Version]:
        """All versions of an article by its URL, id or name, the oldest first; raises UsageError as ``revisions``."""
        with self._store.glance():
            return asking.history(self._store, name)

    def reading(self, name: str, *, version: str | None = None) -> readings.Reading:
        """How an article was read, as read and as corrected: its fields, and each block of its newest ``version`` or of
        another. Raises UsageError where there is no such article or version."""
        with self._store.glance():
            return correcting.reading(self._store, name, version)

    def corrections(self, name: str | None = None) -> readings.Corrections:
        """What readers corrected, of one article or of all; raises UsageError where there is no such article."""
        with self._store.glance():
            return correcting.listed(self._store, name)

    def correct(
        self,
        name: str,
        *,
        title: str | None = None,
        outlet: str | None = None,
        author: str | None = None,
        published: str | None = None,
        language: str | None = None,
        blocks: Iterable[tuple[int, int, str]] = (),
        version: str | None = None,
    ) -> readings.Reading:
        """Say what was read wrongly of an article: a field, "" where its page states none, and ``blocks``, each
        ``(start, end, kind)``: what kind ``text[start:end]`` is of. The next ``learn``, and every ``add`` of the
        article, honours it, in all versions that were read the same; the text itself never changes.

        What was corrected before stands, but for the same field or place. ``version``: the one whose places are meant,
        the newest unless named. Raises UsageError for no such article or version, a place or a kind that is none, and
        what a field cannot say, BusyError where another process is writing.
        """
        given = {"title": title, "outlet": outlet, "author": author, "published": published, "language": language}
        fields = {part: stated for part, stated in given.items() if stated is not None}
        places = list(blocks)
        with self._writing() as store:
            plan = correcting.planned(store, name, fields=fields, blocks=places, version=version)
            if plan.said or plan.gone:
                with run(store, "correct", {"article": plan.article}) as current:
                    current.rows = correcting.keep(store, plan, current.number)
        return self.reading(name, version=version)

    def take_back(self, name: str) -> readings.Reading:
        """Take back all that was corrected of an article: with the next ``learn`` all is as it was read. Raises
        UsageError where nothing of it is corrected, BusyError where another process is writing."""
        with self._writing() as store:
            correcting.check_corrected(store, name)
            with run(store, "take back", {"article": name}) as current:
                current.rows = correcting.take_back(store, name, current.number)
        return self.reading(name)

    def table(self, name: str) -> pyarrow.Table:
        """A whole table: articles, versions, corrections, stories, tellings, successors, furniture, copies, passages,
        origins, lineage, statements, speakers, rejects, runs."""
        self._read_for(name, None, None)
        with self._store.glance():
            return exporting.table(self._store, name)

    def export(
        self, name: str, form: str, file: BinaryIO, *, processes: int | None = None, progress: Progress | None = None
    ) -> int:
        """Write a table as jsonl, csv or parquet, and return its rows. For ``statements`` and ``speakers`` all versions
        are read that were not asked about yet, which takes its time."""
        self._read_for(name, processes, progress)
        return exporting.export(self._store, name, form, file)

    def _read_for(self, name: str, processes: int | None, progress: Progress | None) -> None:
        """Read all versions where a table tells of what people say."""
        if name in exporting.READ:
            numbers = [number for (number,) in self._store.ask("SELECT number FROM versions ORDER BY number")]
            self._read(numbers, processes=processes, progress=progress)

    def doctor(self, *, repair: bool = True) -> answers.Checked:
        """Check the archive, and mend what can be mended; without ``repair``, only look."""
        if not repair:
            return doctoring.doctor(self._store, repair=False)
        with self._writing() as store:
            return doctoring.doctor(store)


def _inputs(
    sources: Iterable[Source],
    own: Own,
    *,
    columns: Mapping[str, str] | None,
    fetch: Fetch | None,
    stdin: BinaryIO | None,
) -> Iterator[Piece | Reject]:
    """Each piece of each source."""
    for source in sources:
        if isinstance(source, Mapping):
            yield piece_of(source, columns)
        else:
            for each in own.without(os.fsdecode(source)):
                if isinstance(each, Reject):
                    yield each
                else:
                    yield from pieces(each, columns=columns, stdin=stdin, fetch=fetch)


def _check_columns(columns: Mapping[str, str]) -> None:
    """Raise UsageError, before any work, for a column that stands for none of our fields."""
    strange = sorted(set(columns) - set(COLUMNS))
    if strange:
        raise UsageError(f"{strange[0]} is no field of ours. A column can stand for {', '.join(COLUMNS)}.")


def _told(source: Source) -> str:
    """A source as it stands in the table of runs."""
    return "record" if isinstance(source, Mapping) else os.fsdecode(source)
