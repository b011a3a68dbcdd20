"""What is still true of a run whose input has changed: the rows of pairs of which both articles are what they were.

The shards of before are dealt among those of now, one at a time, and a shard takes what it still wants of its share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import attrs

from consistency.corpus.rows import find_common
from consistency.corpus.store import TABLES, Store

Key = tuple[str, str]
"""The names of the two articles of a pair."""
_REUSED = tuple(table for table in TABLES if table != "errors")  # what could not be compared is tried again


@attrs.frozen
class Placed:
    """Where an article is now: its event and thread, the shard of these, and the digest of what it says.

    >>> Placed("dam", None, 0, "0f").shard
    0
    """

    event: str | None
    thread: str | None
    shard: int
    digest: str


def deal(told: Store, kept: Store, place: Callable[[Collection[str]], Mapping[str, Placed]]) -> None:
    """Write those rows of ``told`` that are still true to ``kept``, under the shards that they belong to now.

    ``place`` says where articles are; one that is gone, or is alone, it does not name.
    """
    for part in told.list_parts("pairs"):
        pairs = [(_find_key(row), row) for row in told.read_part("pairs", part)]
        placed = place({name for key, _ in pairs for name in key})
        true = {key: there for key, row in pairs if (there := _place(row, *map(placed.get, key)))}
        for table in _REUSED if true else ():
            shares: dict[int, list[dict[str, Any]]] = defaultdict(list)
            for row in told.read_part(table, part):
                if where := true.get(_find_key(row)):
                    shares[where.shard].append({**row, "event": where.event, "thread": where.thread})
            for shard, rows in shares.items():
                kept.write_part(table, f"{shard:05}-{part}", rows)


def _place(row: Mapping[str, Any], left: Placed | None, right: Placed | None) -> Placed | None:
    """Return where a pair is now; ``None`` where it is not compared any more, or an article has changed."""
    if left is None or right is None or (row["left_digest"], row["right_digest"]) != (left.digest, right.digest):
        return None
    event = find_common(left.event, right.event)
    return attrs.evolve(left, event=event) if event or (left.thread and left.thread == right.thread) else None


def _find_key(row: Mapping[str, Any]) -> Key:
    return row["left"], row["right"]


@attrs.frozen
class Share:
    """What a shard has of the rows of before.

    >>> Share().keys
    frozenset()
    """

    keys: frozenset[Key] = frozenset()
    tables: Mapping[str, list[dict[str, Any]]] = attrs.field(factory=dict)

    def choose(self, keys: Iterable[Key]) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of these pairs, a list a table."""
        chosen = frozenset(keys)
        return {table: [row for row in rows if _find_key(row) in chosen] for table, rows in self.tables.items()}


def find_share(kept: Store, shard: int) -> Share:
    """Return what was dealt to a shard; a pair that two runs of before have told is in it once."""
    seen: set[Key] = set()
    tables: dict[str, list[dict[str, Any]]] = {table: [] for table in _REUSED}
    for part in kept.list_parts("pairs", f"{shard:05}-"):
        fresh = {_find_key(row) for row in kept.read_part("pairs", part)} - seen
        for table, rows in tables.items():
            rows += (row for row in kept.read_part(table, part) if _find_key(row) in fresh)
        seen |= fresh
    return Share(frozenset(seen), tables)
