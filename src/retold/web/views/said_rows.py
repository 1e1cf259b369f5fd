"""A ledger as a table: a line for each statement and version that tells it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

COLUMNS = (
    "story_id", "statement_id", "speaker_id", "speaker", "speaker_kind", "key", "article_id", "version_id", "outlet",
    "published", "start", "end", "type", "cue_class", "negated", "modality", "source", "cue", "content", "source_text",
    "content_text", "differs",
)  # fmt: skip


def table(found: Mapping[str, Any]) -> str:
    """An answer about statements as CSV; spans and differences are JSON in their cells."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(found))
    return out.getvalue()


def rows(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each statement as each version tells it, twice where one tells it twice."""
    texts = {text["key"]: text for text in found["articles"]}
    kinds = {voice["id"]: voice["kind"] for voice in found["speakers"]}
    for one in found["statements"]:
        for key, said in one["spans"].items():
            for each in (said, *one["again"].get(key, ())):
                yield {
                    "story_id": texts[key]["story_id"],
                    "statement_id": one["id"],
                    "speaker_id": one["speaker_id"],
                    "speaker": one["speaker"],
                    "speaker_kind": kinds.get(one["speaker_id"]),
                    "key": key,
                    **{name: texts[key][name] for name in ("article_id", "version_id", "outlet", "published")},
                    "start": each["content"][0][0],
                    "end": each["content"][-1][1],
                    **{name: each[name] for name in ("type", "cue_class", "modality")},
                    "negated": str(each["negated"]).lower(),
                    **{name: json.dumps(each[name]) for name in ("source", "cue", "content")},
                    "source_text": each["speaker"],
                    "content_text": each["text"],
                    "differs": json.dumps(differs(one, key)),
                }


def differs(one: Mapping[str, Any], key: str) -> list[list[str]]:
    """How other versions tell it differently than one, as (kind, the other version, manner)."""
    found = []
    for each in one["difference"]:
        if key in each["between"]:
            first, second = each["between"]
            found.append([each["kind"], second if key == first else first, each["manner"]])
    return sorted(found)
