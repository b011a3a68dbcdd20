"""The page of a corpus: what the tables say, drawn together, and safe to open."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import NASTY, Page

from consistency.corpus.overview import draw_overview
from consistency.corpus.store import TABLES, Store
from consistency.report.overview import GraveConflict, OutletAgreement, Overview, render


def fill(table: str, **values: Any) -> dict[str, Any]:
    return {**dict.fromkeys(TABLES[table]), **values}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return tables of two events: the flood has two conflicts, one of them surer, the vote one."""
    sources = {"a": "Post", "b": "Wire", "c": None}
    pairs, changes, sentences = [], [], []
    for event, left, right, sure in (("flood", "a", "b", 0.9), ("flood", "a", "c", 0.8), ("vote", "b", "a", 0.6)):
        names = {"event": event, "left": left, "right": right}
        told = {"left_source": sources[left], "right_source": sources[right], "right_published": "2024-05-06"}
        shares = {"left_confirmed": 0.5, "right_confirmed": 0.7}
        pairs.append(fill("pairs", **names, **told, **shares, conflicts=1))
        said = {"kind": "quantity", "nature": "conflict", "left_text": "two", "right_text": "nine"}
        changes.append(fill("changes", **names, **said, pair=0, confidence=sure))
        changes.append(fill("changes", **names, **said | {"nature": "development"}, pair=0, confidence=1.0))
        sentences.append(fill("sentences", **names, pair=0, left_text="Two died.", right_text="Nine died."))
    store = Store(tmp_path, "jsonl")
    store.write(0, {"pairs": pairs, "changes": changes, "sentences": sentences})
    return store


def test_tables_are_drawn_together(store: Store) -> None:
    found = draw_overview(store, {"articles": 3, "pairs": 3, "seconds": 1})
    assert found.figures == (("articles", 3), ("pairs", 3), ("conflicts", 3))
    assert found.names == ("Post", "Wire", "no outlet named")
    (_, _, both), _ = found.outlets
    assert (both.pairs, round(both.confirmed, 2), both.conflicts) == (2, 0.6, 2)
    assert found.days == ((datetime.date(2024, 5, 6), 3),)


def test_one_conflict_of_each_thread_stands_first(tmp_path: Path) -> None:
    """A row across events has no event, and is known by its thread."""
    rows = [("flood", "dam", "a", "b", 0.9), (None, "dam", "a", "c", 0.8), (None, "vote", "d", "e", 0.6)]
    names = [dict(zip(("event", "thread", "left", "right"), row, strict=False)) for row in rows]
    said = {"kind": "quantity", "nature": "conflict", "left_text": "two", "right_text": "nine", "pair": 0}
    changes = [fill("changes", **each, **said, confidence=row[-1]) for each, row in zip(names, rows, strict=True)]
    pairs = [fill("pairs", **each, left_confirmed=0.5, right_confirmed=0.5, conflicts=1) for each in names]
    store = Store(tmp_path, "jsonl")
    store.write(0, {"pairs": pairs, "changes": changes})
    found = draw_overview(store, {"events": 1, "threads": 2})
    assert [each.about for each in found.gravest] == ["flood, thread dam", "thread vote", "thread dam"]
    assert found.figures == (("events", 1), ("threads", 2), ("conflicts", 3))
    assert '<p class="source">thread vote' in render(found)


def test_the_surest_conflict_of_each_event_stands_first(store: Store) -> None:
    gravest = draw_overview(store, {}).gravest
    assert [(each.event, each.confidence) for each in gravest] == [("flood", 0.9), ("vote", 0.6), ("flood", 0.8)]
    assert (gravest[0].called, gravest[0].said, gravest[0].statement) == (
        ("Post", "Wire"),
        ("two", "nine"),
        "Two died.",
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NASTY, NASTY, NASTY), max_size=3))
def test_no_outlet_breaks_out_of_the_page(told: list[tuple[str, str, str]]) -> None:
    outlets = {(min(one, other), max(one, other)) for one, other, _ in told}
    text = render(
        Overview(
            outlets=tuple((*key, OutletAgreement(1, 0.5, 1)) for key in sorted(outlets)),
            days=((datetime.date(2024, 5, 6), 1),),
            gravest=tuple(GraveConflict(one, "time", (one, other), (said, said), said) for one, other, said in told),
        )
    )
    Page(text).check()
    assert "<script" not in text


@pytest.mark.parametrize(("days", "bars"), [(1, 1), (60, 60), (61, 3), (59 * 30, 59), (365 * 70, 60)])
def test_time_has_at_most_sixty_bars(days: int, bars: int) -> None:
    first = datetime.date(1950, 1, 1)
    last = first + datetime.timedelta(days=days - 1)
    page = Page(render(Overview(days=((first, 1), (last, 2)))))
    assert len(page.select("rect")) == bars


def test_nothing_found_is_said_honestly() -> None:
    assert "<h1>No conflict found in the corpus</h1>" in render(Overview())
