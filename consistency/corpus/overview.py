"""The overview of a run: its tables drawn together, a shard at a time."""

from __future__ import annotations

import datetime
import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from consistency.corpus.store import Store
from consistency.model import Kind, Nature
from consistency.report.overview import GraveConflict, OutletAgreement, Overview

_GRAVEST = 10
_FIGURES = ("articles", "events", "threads", "pairs")


def draw_overview(store: Store, figures: Mapping[str, int]) -> Overview:
    """Return the overview of the tables of a run.

    >>> import pathlib
    >>> draw_overview(Store(pathlib.Path("no_such_folder"), "jsonl"), {"articles": 0}).figures
    (('articles', 0), ('conflicts', 0))
    """
    pairs: Counter[tuple[str, str]] = Counter()
    conflicts: Counter[tuple[str, str]] = Counter()
    confirmed: Counter[tuple[str, str]] = Counter()
    days: Counter[datetime.date] = Counter()
    for row in store.iterate("pairs"):
        names = _call(row, "left"), _call(row, "right")
        key = min(names), max(names)
        pairs[key] += 1
        conflicts[key] += row["conflicts"]
        confirmed[key] += (row["left_confirmed"] + row["right_confirmed"]) / 2
        if row["conflicts"] and row["right_published"]:
            days[datetime.date.fromisoformat(row["right_published"])] += row["conflicts"]
    counted = [(name, figures[name]) for name in _FIGURES if name in figures and (name != "threads" or figures[name])]
    return Overview(
        figures=(*counted, ("conflicts", conflicts.total())),
        outlets=tuple(
            (*key, OutletAgreement(number, confirmed[key] / number, conflicts[key]))
            for key, number in sorted(pairs.items())
        ),
        days=tuple(sorted(days.items())),
        gravest=tuple(_find_gravest(store)),
    )


def _find_gravest(store: Store) -> Iterator[GraveConflict]:
    kinds = [str(kind) for kind in Kind]

    def rank(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return -row["confidence"], kinds.index(row["kind"]), find_story(row), row["left"], row["right"], row["pair"]

    def find_story(row: Mapping[str, Any]) -> str:
        story: str = row["thread"] or row["event"]
        return story

    def list_conflicts() -> Iterator[dict[str, Any]]:
        return (row for row in store.iterate("changes") if row["nature"] == str(Nature.CONFLICT))

    best: dict[str, dict[str, Any]] = {}  # one of each story, lest one story fill the list
    for row in list_conflicts():
        best[find_story(row)] = min(best.get(find_story(row), row), row, key=rank)
    found = heapq.nsmallest(_GRAVEST, best.values(), key=rank)
    others = heapq.nsmallest(2 * _GRAVEST, list_conflicts(), key=rank)
    found += [row for row in others if row not in found][: _GRAVEST - len(found)]
    wanted = {(row["left"], row["right"], row["pair"]): "" for row in found}
    sources: dict[str, str] = {}
    if wanted:
        for row in store.iterate("sentences"):
            if (key := (row["left"], row["right"], row["pair"])) in wanted:
                wanted[key] = row["left_text"] or row["right_text"] or ""
        names = {name for left, right, _ in wanted for name in (left, right)}
        for row in store.iterate("pairs"):
            sources |= {row[side]: _call(row, side) for side in ("left", "right") if row[side] in names}
    for row in found:
        yield GraveConflict(
            event=row["event"] or "",
            thread=row["thread"] or "",
            kind=row["kind"],
            called=(sources[row["left"]], sources[row["right"]]),
            said=(row["left_text"] or "nothing", row["right_text"] or "nothing"),
            statement=wanted[row["left"], row["right"], row["pair"]],
            confidence=row["confidence"],
            names=(row["left"], row["right"]),
        )


def _call(row: Mapping[str, Any], side: str) -> str:
    source: str | None = row[f"{side}_source"]
    return source or "no outlet named"
