"""Whole pairs of real articles that were read for this project: who links with whom, and what changed.

``readings.jsonl`` beside this file holds the labels alone, as places in the texts; the texts themselves are those of
``articles.jsonl`` and ``unlabelled.jsonl`` of the gold folder. One careful reader each, against the definition of the
labels; a change that its reader was not fairly sure of is left out. ``tellings.jsonl`` holds pairs of our own words,
with texts and labels in the form of the gold pairs.
"""

from __future__ import annotations

import itertools
import json
import pathlib
from collections.abc import Iterator
from typing import Any

HERE = pathlib.Path(__file__).parent
TOLD = 357  # our own pairs of articles that links are learned from
RELATIONS = {"i": "identical", "p": "paraphrased", "u": "updated"}


def read_lines(path: pathlib.Path) -> Iterator[Any]:
    """Yield what each line of a file of JSON lines tells."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_readings(gold: pathlib.Path) -> Iterator[dict[str, Any]]:
    """Yield the pairs that were read, in the form of the gold pairs; ``event`` says how their events stand."""
    articles = {row["doc"]: row for row in read_lines(gold / "articles.jsonl")}
    for row in read_lines(gold / "unlabelled.jsonl"):
        articles |= {row[side]["doc"]: row[side] for side in ("left", "right")}
    for row in read_lines(HERE / "readings.jsonl"):
        yield {
            "id": f"{row['left']} {row['right']}",
            "event": row["event"],
            "same_event": row["event"] == "same",
            "beads": [
                {
                    "left": left,
                    "right": right,
                    "relation": RELATIONS[relation],
                    "same": same,
                    "changes": [
                        dict(zip(("kind", "nature", "left", "right"), change, strict=True)) for change in changes
                    ],
                }
                for left, right, relation, same, changes in row["beads"]
            ],
            **{
                side: {
                    **articles[row[side]],
                    "published": published,
                    "sentences": list(zip(places[::2], places[1::2], strict=True)),
                }
                for side, published, places in zip(
                    ("left", "right"), row.get("published", (None, None)), row["sentences"], strict=True
                )
            },
        }


def read_tellings() -> Iterator[dict[str, Any]]:
    """Yield our own pairs of articles, in the form of the gold pairs."""
    for row in read_lines(HERE / "tellings.jsonl"):
        sides = {side: {"doc": f"{row['id']} {side}", "source": None, **row[side]} for side in ("left", "right")}
        yield {**row, "same_event": row["event"] == "same", **sides}


def read_further(gold: pathlib.Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the pairs that links are learned from, each with the name of its set; more of our own move nothing."""
    yield from (("readings", row) for row in read_readings(gold))
    yield from (("tellings", row) for row in itertools.islice(read_tellings(), TOLD))
