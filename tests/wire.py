"""A corpus: three articles an event, days apart, and one that is alone."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

EVENTS = (
    ("The Orlin dam broke on March 14 after a week of rain.", "Mayor Ada Brisk closed the bridge at Sested.",
     "{} farmers drowned in the lower valley.", "Engineers had warned of a crack in the old wall."),
    ("Grandmaster Tove Lindqvist won the chess open in Harstad.", "She donated her purse to the town library.",
     "{} players from Norway entered the contest.", "A schoolboy held her to a draw in the last game."),
    ("A ferry ran aground off Cape Malva on Tuesday night.", "The coast guard took everyone off with two helicopters.",
     "{} passengers were treated for cold.", "Its captain Rui Teles said fog had hidden the beacon."),
    ("Pastry cooks of Brenholm struck over night shifts.", "Their union leader Olga Wendt wants a longer break.",
     "{} bakeries stayed shut on Friday.", "Customers queued for rye bread at the railway kiosk."),
)  # fmt: skip
LONE = "Botanists named a moss of the Karsu plateau after a forgotten gardener. Nobody had drawn its capsule before."
WORDS = ("Two", "Nine", "Fourteen")


def make_rows() -> list[dict[str, Any]]:
    """Return the rows of a corpus: three articles an event, days apart, and one that is alone."""
    rows: list[dict[str, Any]] = []
    for number, (event, (place, word)) in enumerate(itertools.product(EVENTS, enumerate(WORDS))):
        sentences = [sentence.format(word) for sentence in event]
        text = " ".join(sentences[place:] + sentences[:place])
        rows.append({"text": text, "published": f"2024-03-{15 + place}", "source": f"source {number % 3}"})
    return [*rows, {"text": LONE, "published": "2024-03-15", "source": "source 0"}]


def change_rows(rows: list[dict[str, Any]], draw: random.Random) -> list[dict[str, Any]]:
    """Return the rows of a corpus with one changed, one gone, and one more."""
    rows = [*rows[:-1], {"text": "Rain."}, *rows[-1:]]  # the names of articles are the numbers of their lines
    one, other = draw.sample(range(12), 2)
    rows[one] = {**rows[one], "text": rows[one]["text"].replace("Cape", "Point") + " More is not known."}
    rows[other] = {"text": LONE, "published": "2024-03-15", "source": "source 0"}
    return rows


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
