"""Train how sure it is that two articles tell one event (``consistency/data/event.json``), and measure it.

python benchmarks/train_events.py GOLD [--write]

Positive are the pairs of ``dev`` and ``hard``, of Wikinews articles and their machine rewrites, of ``readings.jsonl``
that say ``same``, and, with less weight, pairs of articles with a sentence that was read as one statement. Negative
are pairs that were read as something else, wire reports a week apart, those of other companies, and the nearest of
other articles; articles of BASIL about other events, as if they were of one day; and our own routine reports
(``templates.py``). Single sentences teach what little a short text can say. Each pair is taken again without its days
and without its headlines.

What is measured is told by a model that saw no article of that event (five folds). A seed makes every run the same.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import html
import itertools
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import scipy.sparse as sparse
from readings import HERE, read_lines
from scipy.optimize import minimize
from scipy.special import expit
from templates import make_reports

from consistency import Article
from consistency.overlap import measure
from consistency.overlap.signs import Signs, find_signs
from consistency.text import find_data

FOLDS, SEED = 5, 7
BARE = 0.6  # weight of a pair without its days or headlines
STRENGTH = 0.3  # the inverse of the penalty
APART = {"frame both", "frame alone", "one day"}  # those of ``twins.py``
FREE = ("short", "ratio", "dated")  # signals whose weight may have either sign
TICKER = re.compile(r"<([A-Z]+)[.A-Z]*>")
NEAREST = 80  # other articles that negatives are drawn from
ALIKE = 0.12  # cosine from which articles that nobody read may well be of one event
DAY = 738_000  # that articles are put on, as if they were of one


@attrs.frozen
class Row:
    """Two articles and whether they tell one event."""

    part: str
    left: str
    right: str
    same: bool
    weight: float


@attrs.define
class Corpus:
    """Articles by name, the group (event) of each, and rows."""

    articles: dict[str, Article]
    parents: dict[str, str]
    rows: dict[tuple[str, str], Row]
    signs: dict[str, Signs]

    def put(self, name: str, article: Article) -> str:
        """Keep an article; of two forms the one with a day."""
        known = self.articles.get(name)
        if known is None or (article.published and not known.published):
            self.articles[name] = article
            self.signs[name] = find_signs(article)
        self.parents.setdefault(name, name)
        return name

    def find_group(self, name: str) -> str:
        """Return the event that an article is of, as far as rows say."""
        while self.parents[name] != name:
            name = self.parents[name] = self.parents[self.parents[name]]
        return name

    def join(self, left: str, right: str) -> None:
        """Put two articles in one group: folds keep them together."""
        self.parents[self.find_group(left)] = self.find_group(right)

    def add(self, part: str, left: str, right: str, same: bool, weight: float) -> None:
        """Add a row; the first of a pair counts."""
        self.rows.setdefault((min(left, right), max(left, right)), Row(part, left, right, same, weight))

    def find_gap(self, left: str, right: str) -> int | None:
        """Return the days between two articles."""
        days = self.articles[left].published, self.articles[right].published
        return abs((days[0] - days[1]).days) if days[0] and days[1] else None


def make_article(row: Mapping[str, Any]) -> Article:
    """Return the article of a row."""
    day = row.get("published")
    published = datetime.date.fromisoformat(day) if day else None
    return Article(row["text"], title=html.unescape(row.get("title") or ""), published=published)


def read_corpus(gold: Path) -> Corpus:
    """Return all rows that learning sees."""
    corpus = Corpus({}, {}, {}, {})
    for row in read_lines(gold / "articles.jsonl"):
        corpus.put(row["doc"], make_article(row))
    for row in read_lines(gold / "unlabelled.jsonl"):
        for side in ("left", "right"):
            corpus.put(row[side]["doc"], make_article(row[side]))
    for path in sorted([*gold.glob("dev/*.json"), *gold.glob("hard/*.json")]):
        row = json.loads(path.read_text(encoding="utf-8"))
        left, right = (corpus.put(row[side]["doc"], make_article(row[side])) for side in ("left", "right"))
        corpus.add(left.partition(":")[0], left, right, row.get("same_event", True), 2.0)
    for row in read_lines(HERE / "readings.jsonl"):
        if {row["left"], row["right"]} <= corpus.articles.keys():
            part = row["left"].partition(":")[0]
            corpus.add(f"{part} read", row["left"], row["right"], row["event"] in ("same", "thread"), 1.0)
    for number, row in enumerate(read_lines(gold / "public" / "align_news_synth.jsonl")):
        left, right = (corpus.put(f"news:{number}{side}", Article(" ".join(row[side]))) for side in "ab")
        corpus.add("news", left, right, True, 1.0)
    told = add_weak_rows(corpus, gold)
    for pair in corpus.rows.values():
        corpus.join(pair.left, pair.right)
    for left, right in told:
        corpus.join(left, right)
    add_negatives(corpus)
    add_sentences(corpus, gold)
    add_reports(corpus)
    return corpus


def add_weak_rows(corpus: Corpus, gold: Path) -> list[tuple[str, str]]:
    """Add pairs of articles whose sentences were read; return them all, as they may be of one event."""
    found = collections.defaultdict(list)
    for row in read_lines(gold / "sentences.jsonl"):
        found[row["left_doc"], row["right_doc"]].append(row)
    for (left, right), rows in found.items():
        for name, day in ((left, rows[0]["published_left"]), (right, rows[0]["published_right"])):
            if day and not corpus.articles[name].published:
                corpus.put(name, attrs.evolve(corpus.articles[name], published=datetime.date.fromisoformat(day)))
        gap, same = corpus.find_gap(left, right), any(row["same"] and row["sure"] >= 2 for row in rows)
        if same:
            corpus.add("weak", left, right, True, 0.4)
        elif gap is not None and len(rows) >= 3 and not any(row["same"] for row in rows):
            corpus.add("weak", left, right, False, 0.4)
    return list(found)


def add_negatives(corpus: Corpus) -> None:
    """Add pairs of articles of other groups: what nobody read, so only where it is sure or unlike."""
    draw = random.Random(SEED)  # noqa: S311
    for name, others in find_nearest(corpus.signs).items():
        family = name.partition(":")[0]
        apart = [(n, s) for n, s in others if n.startswith(family) and corpus.find_group(n) != corpus.find_group(name)]
        if family == "fnc1":
            unlike = [other for other, similarity in apart if similarity < ALIKE]
            for other in unlike[:1] + draw.sample(unlike[1:20], min(1, len(unlike[1:20]))):
                corpus.add("other claims", name, other, False, 0.3)
        elif family == "news":
            for other, _ in apart[:2]:
                corpus.add("other news", name, other, False, 0.3)
        elif family == "reuters":
            add_wires(corpus, name, apart, draw)
    basil = sorted(name for name in corpus.articles if name.startswith("basil"))
    for left, right in itertools.combinations(basil, 2):
        if corpus.find_group(left) != corpus.find_group(right):
            corpus.add("other politics", left, right, False, 0.05)


def add_wires(corpus: Corpus, name: str, others: Sequence[tuple[str, float]], draw: random.Random) -> None:
    """Add wire reports that are of another week, of other companies, or unlike."""
    own = set(TICKER.findall(corpus.articles[name].title))
    for other, similarity in others:
        gap, theirs = corpus.find_gap(name, other), set(TICKER.findall(corpus.articles[other].title))
        if gap is None:
            continue
        named = any(ticker in corpus.articles[other].text for ticker in own)
        if own and theirs and not own & theirs and not named:
            corpus.add("other companies", name, other, False, 0.5 if gap <= 2 else 0.1)
        elif similarity < 0.15 and draw.random() < (0.2 if gap <= 2 else 0.02):
            corpus.add("other wires", name, other, False, 0.3)


def find_nearest(signs: Mapping[str, Signs]) -> dict[str, list[tuple[str, float]]]:
    """Return the articles that are nearest to each by TF-IDF, with their cosines."""
    names = list(signs)
    columns = {term: n for n, term in enumerate(sorted({term for each in signs.values() for term in each.terms}))}
    cells = [
        (row, columns[term], weight * np.log(prior) ** 2)
        for row, name in enumerate(names)
        for term, weight, prior in zip(signs[name].terms, signs[name].weights, signs[name].priors, strict=True)
    ]
    rows, places, values = zip(*cells, strict=True)
    table = sparse.csr_matrix((values, (rows, places)), shape=(len(names), len(columns)))
    table.data *= np.log(len(names) / np.bincount(table.indices, minlength=len(columns)))[table.indices]
    table = sparse.diags(1 / np.maximum(np.sqrt(table.multiply(table).sum(axis=1).A1), 1e-9)) @ table
    cosines = (table @ table.T).tocsr()
    nearest = {}
    for row, name in enumerate(names):
        part = cosines[row]
        order = np.argsort(-part.data, kind="stable")[: NEAREST + 1]
        nearest[name] = [(names[part.indices[k]], float(part.data[k])) for k in order if part.indices[k] != row]
    return nearest


def add_sentences(corpus: Corpus, gold: Path) -> None:
    """Add single sentences as if they were articles: one statement, or two of articles of other groups."""
    draw = random.Random(SEED)  # noqa: S311
    told = []
    for row in read_lines(gold / "sentences.jsonl"):
        left, right = (corpus.put(f"sentence:{row['id']}:{side}", Article(row[side])) for side in ("left", "right"))
        for name, of in ((left, row["left_doc"]), (right, row["right_doc"])):
            corpus.join(name, of)
        if row["same"] and row["sure"] >= 2:
            corpus.add("sentences", left, right, True, 0.1)
        told.append((left, right))
    for left, _ in told:
        _, right = draw.choice(told)
        if corpus.find_group(left) != corpus.find_group(right):
            corpus.add("sentences", left, right, False, 0.03)


def add_reports(corpus: Corpus) -> None:
    """Add our own routine reports: two of one event, and of other events those of one kind."""
    draw = random.Random(SEED)  # noqa: S311
    reports = [(corpus.put(f"report:{n}", make_article(row)), row) for n, row in enumerate(make_reports())]
    for (left, one), (right, other) in itertools.combinations(reports, 2):
        if one["kind"] != other["kind"]:
            continue
        corpus.join(left, right)
        if one["known"] == other["known"]:
            corpus.add("reports", left, right, True, 0.4)
        elif one["source"] == other["source"]:
            corpus.add("twins", left, right, False, 0.08)
        elif draw.random() < 0.3:
            corpus.add("cousins", left, right, False, 0.08)


def make_table(corpus: Corpus) -> tuple[list[str], np.ndarray, list[Row], np.ndarray]:
    """Return the names of the signals, a row of them for each pair, the pairs, and their weights."""
    bare = {
        name: find_signs(attrs.evolve(article, title="")) for name, article in corpus.articles.items() if article.title
    }
    found, rows, weights = [], [], []
    for row in corpus.rows.values():
        sides = [corpus.signs[name] for name in (row.left, row.right)]
        if row.part == "other politics":
            sides = [attrs.evolve(side, day=DAY) for side in sides]
        forms = [sides]
        if sides[0].day and sides[1].day:
            forms.append([attrs.evolve(side, day=None) for side in sides])
        if row.left in bare and row.right in bare:
            forms.append(
                [attrs.evolve(bare[n], day=side.day) for n, side in zip((row.left, row.right), sides, strict=True)]
            )
        for form, (left, right) in enumerate(forms):
            found.append(measure(left, right))
            rows.append(row)
            weights.append(row.weight * (BARE if form else 1.0))
    names = sorted(found[0].keys() - APART)
    return names, np.array([[signals[name] for name in names] for signals in found]), rows, np.array(weights)


def bound(name: str) -> tuple[float | None, float | None]:
    """Return the bounds of a signal's weight: likeness never speaks against one event, nor twins for it."""
    if name.startswith("twins"):
        return None, 0.0
    return (None, None) if name in FREE or name.endswith("known") else (0.0, None)


def fit(names: Sequence[str], table: np.ndarray, same: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Return bias and weights of a logistic model whose weights are held in bounds."""
    mean, deviation = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9)
    scaled, side = (table - mean) / deviation, np.where(same, 1.0, -1.0)

    def measure_loss(guess: np.ndarray) -> tuple[float, np.ndarray]:
        margin = side * (guess[0] + scaled @ guess[1:])
        slope = -side * weights * expit(-margin)
        loss = weights @ np.logaddexp(0, -margin) + guess[1:] @ guess[1:] / (2 * STRENGTH)
        return float(loss), np.concatenate([[slope.sum()], slope @ scaled + guess[1:] / STRENGTH])

    bounds = [(None, None), *map(bound, names)]
    found = minimize(measure_loss, np.zeros(len(bounds)), jac=True, bounds=bounds, options={"maxiter": 2000}).x
    learned = found[1:] / deviation
    return float(found[0] - learned @ mean), learned


def cross_validate(
    corpus: Corpus, names: Sequence[str], table: np.ndarray, rows: list[Row], weights: np.ndarray
) -> np.ndarray:
    """Return what a model that saw no article of its event says of each row."""
    groups = sorted({corpus.find_group(name) for name in corpus.articles})
    random.Random(SEED).shuffle(groups)  # noqa: S311
    fold = {group: number % FOLDS for number, group in enumerate(groups)}
    left, right = (np.array([fold[corpus.find_group(getattr(row, s))] for row in rows]) for s in ("left", "right"))
    same, found = np.array([row.same for row in rows]), np.zeros(len(rows))
    for number in range(FOLDS):
        seen = (left != number) & (right != number)
        bias, scaled = fit(names, table[seen], same[seen], weights[seen])
        asked = left == number
        found[asked] = 1 / (1 + np.exp(-(bias + table[asked] @ scaled)))
    return found


MEASURED = (
    ("wire, read", ("reuters", "reuters read"), ("reuters", "reuters read")),
    (
        "wire, read, against other companies",
        ("reuters", "reuters read"),
        ("reuters", "reuters read", "other companies"),
    ),
    ("claims, read", ("fnc1", "fnc1 read"), ("fnc1", "fnc1 read")),
    ("politics (BASIL), all as of one day", ("basil",), ("basil", "other politics")),
    ("news and rewrites", ("news",), ("other news",)),
    ("routine reports, same frame", ("reports",), ("twins",)),
    ("routine reports, other frame", ("reports",), ("cousins",)),
    ("single sentences", ("sentences",), ("sentences",)),
)


def tell(rows: list[Row], found: np.ndarray, least: float) -> Iterator[str]:
    """Yield the lines of a table of figures."""
    yield "| pairs | of one event | others | recall | precision | area under the curve |"
    yield "|---|---|---|---|---|---|"
    seen: set[int] = set()
    first = [not (id(row) in seen or seen.add(id(row))) for row in rows]  # type: ignore[func-returns-value]
    for name, ours, theirs in MEASURED:
        kept = [
            (row.same, p)
            for row, p, is_first in zip(rows, found, first, strict=True)
            if is_first and row.part in (ours if row.same else theirs)
        ]
        same = np.array([s for s, _ in kept])
        told = np.array([p for _, p in kept])
        area = np.mean(np.subtract.outer(told[same], told[~same]) > 0)
        right = np.sum(told[same] >= least)
        figures = right / max(same.sum(), 1), right / max(np.sum(told >= least), 1), area
        yield f"| {name} | {same.sum()} | {(~same).sum()} | " + " | ".join(f"{x:.3f}" for x in figures) + " |"


def main() -> None:
    """Learn, measure and write."""
    parser = argparse.ArgumentParser(description="Train how sure it is that two articles tell one event.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--least", type=float, default=0.5, help="probability from which a pair counts as one event")
    parser.add_argument("--write", action="store_true", help="write consistency/data/event.json")
    told = parser.parse_args()
    corpus = read_corpus(told.gold)
    names, table, rows, weights = make_table(corpus)
    print(f"{len(corpus.rows)} pairs, {len(names)} signals")
    for line in tell(rows, cross_validate(corpus, names, table, rows, weights), told.least):
        print(line)
    bias, scaled = fit(names, table, np.array([row.same for row in rows]), weights)
    learned = {"bias": round(bias, 4), "weights": {n: round(float(w), 4) for n, w in zip(names, scaled, strict=True)}}
    if told.write:
        path = Path(str(find_data("event.json")))
        path.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
