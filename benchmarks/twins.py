"""Train how sure it is that two articles are twins, routine reports in one frame (``consistency/data/twins.json``).

python benchmarks/twins.py GOLD [--write]

Twins are pairs that readers judged so (``readings.jsonl``), such of our own words (``tellings.jsonl``), and our
routine reports of one kind and desk (``templates.py``). Against them stand pairs of one event, and articles beside
themselves with sentences left out and other numbers, as outlets print the report of an agency. Pairs with days are
taken again without. Stages of one story are not learned from.

What is printed is told by weights that saw no article of that event (five folds).
"""

from __future__ import annotations

import argparse
import collections
import datetime
import itertools
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from events import ENDS
from readings import read_readings, read_tellings
from scipy.optimize import minimize
from templates import make_reports
from train_events import make_article

from consistency import Article
from consistency.overlap import TWINS, find_signs, measure, tell_story
from consistency.text import find_data

FOLDS, SEED = 5, 7
REPORTS = 23  # seed of our routine reports: those that are measured in ``events.py`` are others
SIGNALS = ("story", "frame both", "frame alone", "one day", "short")
WEIGHTS = {"read": 1.0, "own": 1.0, "reports": 0.1, "edited": 0.25}
MORE = 2.0  # times as much weight have twins, which are few
STRENGTH = 0.3  # the inverse of the penalty
EDITED = 900
DAY = datetime.date(2024, 3, 4)
NUMBER = re.compile(r"\b\d{1,3}\b(?![,.]\d)")


@attrs.frozen
class Row:
    """Two articles: where they are from, how their events stand, and the group (events) that they are of."""

    part: str
    event: str
    group: str
    left: Article
    right: Article

    def tell(self) -> list[float]:
        """Return the signals of the pair."""
        signals = measure(find_signs(self.left), find_signs(self.right))
        return [{**signals, "story": tell_story(signals)}[name] for name in SIGNALS]


def read_rows(gold: Path) -> Iterator[Row]:
    """Yield all pairs; those that share an article are of one group."""
    draw = random.Random(SEED)  # noqa: S311
    parents: dict[str, str] = {}

    def find_group(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    told: list[tuple[str, dict[str, Any]]] = [("read", row) for row in read_readings(gold)]
    told += [("own", row) for row in read_tellings()]
    for _, row in told:
        parents[find_group(row["left"]["doc"])] = find_group(row["right"]["doc"])
    articles: dict[str, Article] = {}
    for part, row in told:
        sides = [make_article(row[side]) for side in ("left", "right")]
        articles |= {row[side]["doc"]: article for side, article in zip(("left", "right"), sides, strict=True)}
        yield Row(part, row["event"], find_group(row["left"]["doc"]), *sides)
        if all(side.published for side in sides):
            bare = [attrs.evolve(side, published=None) for side in sides]
            yield Row(part, row["event"], find_group(row["left"]["doc"]), *bare)
    for name in draw.sample(sorted(articles), EDITED):
        for changes in (False, True):
            yield Row("edited", "same", find_group(name), *edit(articles[name], draw, changes=changes))
    reports = list(make_reports(REPORTS))
    for one, other in itertools.combinations(reports, 2):
        is_same = one["known"] == other["known"]
        if one["kind"] == other["kind"] and (is_same or (one["source"] == other["source"] and draw.random() < 0.3)):
            sides = [make_article(one), make_article(other)]
            yield Row("reports", "same" if is_same else "template", f"kind {one['kind']}", *sides)


def edit(article: Article, draw: random.Random, *, changes: bool) -> list[Article]:
    """Return an article twice, each with sentences left out, the second a little later, also with other numbers."""
    gap = draw.choice((0, 0, 1, 1, 2, None))
    sides = []
    for later in (False, True):
        first, *others = ENDS.split(article.text)
        text = " ".join([first, *(sentence for sentence in others if draw.random() < 0.85)])
        if later and changes:
            text = NUMBER.sub(lambda number: str(int(number[0]) + draw.randint(0, 1)), text)
        day = None if gap is None else DAY + datetime.timedelta(days=later * gap)
        title = "" if later and draw.random() < 0.5 else article.title
        sides.append(attrs.evolve(article, text=text, published=day, title=title))
    return sides


def fit(table: np.ndarray, same: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Return bias and weights of a logistic model."""
    mean, deviation = table.mean(axis=0), table.std(axis=0)
    scaled, side = (table - mean) / deviation, np.where(same, 1.0, -1.0)

    def measure_loss(guess: np.ndarray) -> float:
        loss = weights @ np.logaddexp(0, -side * (guess[0] + scaled @ guess[1:]))
        return float(loss + guess[1:] @ guess[1:] / (2 * STRENGTH))

    found = minimize(measure_loss, np.zeros(table.shape[1] + 1)).x
    learned = found[1:] / deviation
    return float(found[0] - learned @ mean), learned


def cross_validate(rows: Sequence[Row], table: np.ndarray, same: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return how sure it is of each pair that it is of one event, by weights that saw no article of its group."""
    groups = sorted({row.group for row in rows})
    random.Random(SEED).shuffle(groups)  # noqa: S311
    fold = {group: number % FOLDS for number, group in enumerate(groups)}
    folds, found = np.array([fold[row.group] for row in rows]), np.zeros(len(rows))
    for number in range(FOLDS):
        bias, learned = fit(*(part[folds != number] for part in (table, same, weights)))
        found[folds == number] = 1 / (1 + np.exp(-(bias + table[folds == number] @ learned)))
    return found


def main() -> None:
    """Learn, measure and write."""
    parser = argparse.ArgumentParser(description="Train how sure it is that two articles are twins.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true", help="write consistency/data/twins.json")
    told = parser.parse_args()
    rows = list(read_rows(told.gold))
    table = np.array([row.tell() for row in rows])
    same = np.array([row.event == "same" for row in rows])
    weights = np.array([WEIGHTS[row.part] * (1 if row.event == "same" else MORE) for row in rows])
    weights[[row.event in ("thread", "other") for row in rows]] = 0
    called: dict[tuple[str, str, str], list[bool]] = collections.defaultdict(list)
    for row, share in zip(rows, cross_validate(rows, table, same, weights), strict=True):
        days = "days" if row.left.published and row.right.published else "no days"
        called[row.part, row.event, days].append(share <= 1 - TWINS)
    for name, twins in sorted(called.items()):
        print(f"{', '.join(name)}: {sum(twins)} of {len(twins)} are called twins")
    bias, learned = fit(table, same, weights)
    weighed = {name: round(float(weight), 4) for name, weight in zip(SIGNALS, learned, strict=True)}
    print(bias, weighed)
    if told.write:
        text = json.dumps({"bias": round(bias, 4), "weights": dict(sorted(weighed.items()))}, indent=1)
        Path(str(find_data("twins.json"))).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
