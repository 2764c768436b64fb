"""The settings of a store held against what its events say of them; faults are said and none is raised."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.store import schema, tables
from desktop_app.store.records import ChainFault
from desktop_app.store.settings import LOOKS, scope_of


def as_texts(settings: Mapping[str, Any], replica_id: str) -> dict[tuple[str, str], str]:
    """Return settings as an event says them, by scope and name, in a text that equal values share."""
    return {
        (scope_of(key, replica_id), key): json.dumps(value, sort_keys=True) for key, value in settings.items()
    }


def setting_faults(session: Session, told: Mapping[tuple[str, str], str]) -> Iterator[ChainFault]:
    """Yield each setting that is not as the events say; how a window looks is nobody's promise."""
    kept = {
        (row.scope, row.key): row.value
        for row in session.execute(select(tables.setting))
        if row.key != schema.OWN_REPLICA and not row.key.startswith(LOOKS)
    }
    said = {key: value for key, value in told.items() if not key[1].startswith(LOOKS)}
    for key in sorted(kept.keys() | said.keys()):
        if key not in kept or key not in said or not _is_same(kept[key], said[key]):
            yield ChainFault("", 0, "有设置与记录不一致，请联系技术人员核查。")


def _is_same(kept: str, said: str) -> bool:
    try:
        return json.dumps(json.loads(kept), sort_keys=True) == said
    except ValueError:
        return False
