"""From read versions to the answer: the crafts asked one after the other, their records keyed for the reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from retold import answers
from retold.alignment.align import Alignment, align
from retold.attributing import Attributions, Heard, attributions, joined
from retold.copies.direction import Direction, Sign, direction, seen_source
from retold.copies.origins import LEAST_WORDS, Origin, Reuse, certainty, origins, reuses, share_note
from retold.model.records import COMPARED, Edit, Name, Passage, Quotation, Reject, Version, Watch, letter
from retold.stories.same import Stories, likeness_note, stories
from retold.text.words import tokens

EVIDENCE = 12  # reasons told per group; a family of a hundred has thousands of pairs


def comparison(
    versions: Sequence[Version],
    rejects: Sequence[Reject],
    *,
    retold_version: str,
    heard: Sequence[Heard] | None = None,
    revised: Collection[tuple[int, int]] = (),
) -> answers.Comparison:
    """Return the comparison of two versions or more; with the ledger of who said what, where ``heard`` tells what each
    of them has people say. ``revised``: which of them are an earlier and a later version of one article."""
    aligned = align(versions)
    shared = reuses(aligned.passages, versions)
    groups = origins(versions, shared)
    way = direction(versions, groups, aligned.passages, aligned.quotations, aligned.watch, revised=revised)
    sources = [seen_source(versions, group, way) for group in groups]
    told = stories(versions, {pair: reuse.strength for pair, reuse in shared.items()})
    said = Attributions([], []) if heard is None else _said(versions, heard, told.groups, groups, shared)
    return answers.Comparison(
        retold_version=retold_version,
        articles=[_article(place, version, aligned.words[place]) for place, version in enumerate(versions)],
        same_story=len(told.groups) == 1,
        same_text=any(reuse.words >= LEAST_WORDS or reuse.strength > 0 for reuse in shared.values()),
        story=_story(told),
        origins=_origins(groups, sources, shared),
        direction=_direction(way),
        words=_words(aligned, len(versions)),
        passages=[_passage(passage) for passage in aligned.passages],
        edits=[_edit(number, edit, versions) for number, edit in enumerate(aligned.edits, 1)],
        quotations=[_quotation(number, found, versions) for number, found in enumerate(aligned.quotations, 1)],
        names=[_name(number, name) for number, name in enumerate(aligned.names, 1)],
        watch=[_watch(item, versions) for item in aligned.watch],
        rejects=[answers.Reject(source=_shown(r.source), place=r.place, reason=_shown(r.reason)) for r in rejects],
        statements=said.statements,
        speakers=said.speakers,
    )


def ledger(versions: Sequence[Version], heard: Sequence[Heard]) -> Attributions:
    """Return who said what in two versions or more of any stories, without the rest of a comparison."""
    shared = reuses(align(versions).passages, versions)
    told = stories(versions, {pair: reuse.strength for pair, reuse in shared.items()})
    return _said(versions, heard, told.groups, origins(versions, shared), shared)


def _said(
    versions: Sequence[Version],
    heard: Sequence[Heard],
    told: Sequence[Sequence[int]],
    groups: Sequence[Origin],
    shared: Mapping[tuple[int, int], Reuse],
) -> Attributions:
    """Who said what, story by story; articles that share text are read together, whatever story each tells."""
    home = {version: place for place, group in enumerate(groups) for version in group.versions}
    pairs = [pair for pair, reuse in shared.items() if reuse.words >= LEAST_WORDS]
    return attributions(
        versions,
        heard,
        [letter(place) for place in range(len(versions))],
        stories=joined(told, pairs),
        one_origin=lambda one, other: home.get(one) == home.get(other),
    )


def _shown(path: str) -> str:
    """A path as text: bytes of a file's name that are no UTF-8 are shown as such."""
    return path.encode("utf-8", "backslashreplace").decode()


def articles(versions: Sequence[Version]) -> list[answers.Article]:
    """Return versions as a comparison names them, of which nothing is compared."""
    return [_article(place, version, _count(version)) for place, version in enumerate(versions)]


def _count(version: Version) -> int:
    """The words that a comparison would look at."""
    blocks = [block for block in version.blocks if block.kind in COMPARED]
    return sum(
        token.word
        for block in blocks
        for token in tokens(version.text, version.language, start=block.start, end=block.end)
    )


def _article(place: int, version: Version, words: int) -> answers.Article:
    return answers.Article(
        key=letter(place),
        source=_shown(version.source),
        id=version.id,
        outlet=version.outlet,
        title=version.title,
        language=version.language,
        published=version.published,
        seen=version.seen,
        url=version.url,
        words=words,
        text=version.text,
        credits=[
            answers.Credit(kind=c.kind.value, name=c.name, start=c.start, end=c.end, text=version.text[c.start : c.end])
            for c in version.credits
        ],
        blocks=[answers.Block(start=b.start, end=b.end, kind=b.kind.value, reason=b.reason) for b in version.blocks],
    )


def _story(told: Stories) -> answers.Story:
    evidence = [
        answers.Evidence(kind="words", note=likeness_note(pair), articles=[letter(pair.one), letter(pair.other)])
        for pair in told.likenesses
    ]
    return answers.Story(
        same=len(told.groups) == 1,
        certainty=told.certainty,
        evidence=evidence,
        groups=[[letter(version) for version in group] for group in told.groups],
    )


def _origins(
    groups: Sequence[Origin], sources: Sequence[int | None], shared: Mapping[tuple[int, int], Reuse]
) -> answers.Origins:
    home = {version: place for place, group in enumerate(groups) for version in group.versions}
    partial = [reuse for reuse in shared.values() if reuse.partial and home[reuse.one] != home[reuse.other]]
    partial.sort(key=lambda reuse: (-reuse.words, reuse.one, reuse.other))
    return answers.Origins(
        count=len(groups),
        certainty=certainty(groups, shared),
        groups=[_group(group, source) for group, source in zip(groups, sources, strict=True)],
        partial=[_shared(reuse, "partial") for reuse in partial[:EVIDENCE]],
    )


def _group(group: Origin, source: int | None) -> answers.Group:
    strongest = sorted(group.reuses, key=lambda reuse: (-reuse.strength, reuse.one, reuse.other))[:EVIDENCE]
    evidence = [_shared(reuse, "shared_text") for reuse in strongest]
    if group.credit is not None:
        evidence.append(answers.Evidence(kind="credit", note=f"the text credits {group.credit}"))
    return answers.Group(
        articles=[letter(version) for version in group.versions],
        source_seen=source is not None,
        source=None if source is None else letter(source),
        credit=group.credit,
        evidence=evidence,
    )


def _shared(reuse: Reuse, kind: str) -> answers.Evidence:
    pair = [letter(reuse.one), letter(reuse.other)]
    return answers.Evidence(kind=kind, note=share_note(reuse), passages=list(reuse.passages), articles=pair)


def _direction(found: Direction) -> answers.Direction:
    return answers.Direction(
        verdict=found.verdict,
        from_=None if found.source is None else letter(found.source),
        to=None if found.target is None else letter(found.target),
        unlikely=_arrows(found.unlikely),
        signs=[_sign(sign) for sign in found.signs],
        pairs=[
            answers.PairDirection(
                verdict=way.verdict,
                from_=letter(way.source),
                to=letter(way.target),
            )
            for way in found.ways
        ],
    )


def _arrows(arrows: Iterable[tuple[int, int]]) -> list[answers.Arrow]:
    return [answers.Arrow(from_=letter(one), to=letter(other)) for one, other in arrows]


def _sign(sign: Sign) -> answers.Sign:
    return answers.Sign(
        kind=sign.kind,
        note=sign.note,
        passage=sign.passage,
        needs=sign.needs,
        speaks_for=_arrows(sign.favour),
        speaks_against=_arrows(sign.against),
    )


def _words(aligned: Alignment, count: int) -> dict[str, int]:
    """Words per article, and those that stand word for word in every article."""
    words = {letter(place): aligned.words[place] for place in range(count)}
    everywhere = [passage for passage in aligned.passages if len(passage.spans) == count]
    return words | {"identical": sum(min(passage.matched.values()) for passage in everywhere)}


def _passage(passage: Passage) -> answers.Passage:
    return answers.Passage(
        id=passage.id,
        relation=passage.relation.value,
        score=passage.score,
        spans={letter(version): list(spans) for version, spans in sorted(passage.spans.items())},
        moved=[letter(version) for version in passage.moved],
    )


def _side(version: Version, start: int, end: int) -> answers.Side:
    return answers.Side(start=start, end=end, text=version.text[start:end])


def _sides(sides: Mapping[int, tuple[int, int]], versions: Sequence[Version]) -> dict[str, answers.Side]:
    return {letter(version): _side(versions[version], *span) for version, span in sorted(sides.items())}


def _edit(number: int, edit: Edit, versions: Sequence[Version]) -> answers.Edit:
    return answers.Edit(
        id=f"E{number}",
        passage=edit.passage,
        class_=edit.kind.value,
        in_quote=edit.in_quote,
        note=edit.note,
        sides=_sides(edit.sides, versions),
        apart=edit.apart,
    )


def _quotation(number: int, found: Quotation, versions: Sequence[Version]) -> answers.Quotation:
    return answers.Quotation(
        id=f"Q{number}",
        passage=found.passage,
        state=found.state,
        sides=_sides(found.sides, versions),
        speakers={letter(version): said for version, said in found.speakers.items()},
        left_out=found.left_out,
        shortened_in=[letter(version) for version in found.shortened_in],
        note=found.note,
    )


def _name(number: int, name: Name) -> answers.Name:
    return answers.Name(
        id=f"N{number}",
        kind=name.kind,
        variants=[
            answers.Variant(text=text, counts={letter(version): count for version, count in counts.items()})
            for text, counts in name.variants.items()
        ],
        note=name.note,
    )


def _watch(item: Watch, versions: Sequence[Version]) -> answers.Watch:
    return answers.Watch(
        kind=item.kind,
        article=letter(item.version),
        passage=item.passage,
        needs=item.needs,
        side=_side(versions[item.version], item.start, item.end),
        note=item.note,
    )
