"""Make a corpus of routine reports: of twenty kinds ten events each, which have but their frame in common.

python benchmarks/templates.py > reports.jsonl

Each event is told by two desks, each in a frame of its own: articles of one event share names, numbers and the day,
those of one desk and kind share all the rest. Half of the kinds tell of another place on the same day, half are daily:
of one place, another day. ``known`` is the number of the event. The frames stand in ``templates.jsonl``; all names are
invented, and so is what is told.
"""

from __future__ import annotations

import datetime
import itertools
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPORTS = 10  # of a kind
FIRST_DAY = datetime.date(2024, 3, 4)
SYLLABLES = tuple("ba dor el fin gar hul ik jo kem lan mir nov os pel quin ras sul tor ul vek wen yar zor".split())


def make_reports(seed: int = 7) -> Iterator[dict[str, Any]]:
    """Yield the rows of the corpus, two an event."""
    draw = random.Random(seed)  # noqa: S311
    events = itertools.count()
    kinds = map(json.loads, Path(__file__).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines())
    for number, kind in enumerate(kinds):
        is_daily = kind["sort"] == "daily"
        fixed = _draw_names(draw)
        for report in range(REPORTS):
            day = FIRST_DAY + datetime.timedelta(days=report if is_daily else number % 5)
            names = _draw_names(draw)
            if is_daily:
                names |= {name: fixed[name] for name in ("place", "firm", "rival")}
            values = names | _draw_numbers(draw) | {"weekday": f"{day:%A}", "year": day.year + draw.randint(3, 12)}
            values["date"] = f"{day + datetime.timedelta(days=draw.randint(9, 30)):%B %d}".replace(" 0", " ")
            event = next(events)
            for desk, frame in zip(("north", "south"), kind["desks"], strict=True):
                told = {name: text.format(**values) for name, text in frame.items()}
                yield {**told, "published": day.isoformat(), "source": desk, "known": event, "kind": number}


def _draw_names(draw: random.Random) -> dict[str, str]:
    single = {name: _make_name(draw) for name in ("place", "other")}
    double = {name: f"{_make_name(draw)} {_make_name(draw)}" for name in ("person", "judge", "firm", "rival")}
    return {**single, **double, "wind": draw.choice(("north", "south", "east", "west"))}


def _draw_numbers(draw: random.Random) -> dict[str, object]:
    small = {name: draw.randint(1, 9) for name in "xy"}
    middle = {name: draw.randint(12, 94) for name in "abcd"}
    return {
        **small,
        **middle,
        "big": f"{draw.randint(1, 48)},{draw.randint(100, 999)}",
        "way": draw.choice(("higher", "lower")),
    }


def _make_name(draw: random.Random) -> str:
    return "".join(draw.choices(SYLLABLES, k=draw.randint(2, 3))).capitalize()


if __name__ == "__main__":
    sys.stdout.writelines(json.dumps(row) + "\n" for row in make_reports())
