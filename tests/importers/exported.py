"""The export of a journal for me: as the program writes it, and as the records that are in it say it has to be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from mentorlog.domain.plain import plain
from mentorlog.domain.record import Record, shapes
from mentorlog.export.json_records import write
from mentorlog.export.records import Records
from mentorlog.storage.dump import dump, snapshot
from mentorlog.storage.journal import Journal
from mentorlog.storage.timeline import Slice


def exported(journal: Journal) -> str:
    """Return the export of a whole journal for me."""
    with snapshot(journal):
        return "".join(write(Records("me", None, None, dump(journal, Slice()).batches, {})))


def as_json(record: Record, uids: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return a record as an export has it; without `uids` by id its references are uids already."""
    values = {name: plain(getattr(record, name)) for name in shapes(type(record))}
    if uids is not None:
        for name, shape in shapes(type(record)).items():
            if shape.refers_to and values[name] is not None:
                values[name] = uids[values[name]]
    return {
        "kind": record.kind, "id": record.id, "uid": record.uid, **values,
        "created_at": plain(record.created_at), "updated_at": plain(record.updated_at),
    }  # fmt: skip


def line(values: dict[str, Any]) -> str:
    """Return the line that such values are written on."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def written(lines: Iterable[str]) -> str:
    """Return the export of a journal whose records are on these lines."""
    batch = list(lines)
    return "".join(write(Records("me", None, None, iter([("any", batch)] if batch else []), {})))
