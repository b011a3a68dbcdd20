"""Learns the weights of the aligner from news that was read, and writes ``consistency/data/aligner.json``.

    python benchmarks/train_aligner.py ../shared/gold              # cross-validate over article pairs
    python benchmarks/train_aligner.py ../shared/gold --write      # and write weights learned from all of them
    python benchmarks/train_aligner.py ../shared/gold --without meant,next    # signals left out: what do they bring?
    python benchmarks/train_aligner.py ../shared/gold --without-readings      # as `make quality` does: in less time

Learned from annotated pairs of articles (hard, dev), from pairs of sentences that were read one by one
(sentences.jsonl: in their whole articles, in cuts of one to five sentences, and each beside the other alone), and from
Wikinews articles with machine rewrites (news_synth), and from further pairs of real articles, as they came, which our
own readers annotated whole (readings.py). Articles are cut by the library's own splitter; its sentences stand for those
of the annotation that have their words. No article is in two folds.

The first look is a logistic regression with an L2 penalty on standardised signals, solved by Newton's method
(iteratively reweighted least squares; Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section
4.4.1). The second look is boosted trees (LightGBM), calibrated on whole pairs (Platt 1999). A case has its first
look from weights that never saw it. Seeds are fixed: the same pairs give the same weights.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import pathlib
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from readings import read_further, read_lines

from consistency import aligner, model, segmenter
from consistency.aligner.beads import Draft, Links, form_beads
from consistency.aligner.signals import Pairs, measure
from consistency.aligner.texts import Texts, Words
from consistency.aligner.weights import Weights
from consistency.clauses import Parse, parse
from consistency.learned import Forest, Model
from consistency.model import Article, Role, Sentence

DATA = pathlib.Path(model.__file__).parent.parent / "data" / "aligner.json"
PENALTY = 10.0
FOLDS = 6
SEED = 7
COUNTS = {  # weight of a pair
    "hard": 1.0,
    "dev": 1.0,
    "readings": 1.0,
    "tellings": 1.0,
    "shuffled": 0.5,
    "edited": 0.12,
    "news_synth": 1.0,
    "context": 0.5,
    "alone": 0.4,
    "cut": 0.5,
}
# Sets whose links are all known.
JUDGED = frozenset({"hard", "dev", "readings", "tellings", "news_synth", "alone", "shuffled"})
REAL = frozenset({"hard", "dev", "readings"})  # whole pairs of real articles: their shares of links are base rates
SURE = {3: 1.0, 2: 0.8, 1: 0.4}  # of a pair of sentences, by how sure its reader was
CUT = 5  # sentences at most
CUTS = 0.25  # share of the pairs of sentences that are read in a cut too
FIGURES = "123456789"
EDITED = 0.5  # share of the sentences whose figures are changed, and in short parts a name
NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{2,}(?= [a-z]|[.,])")  # of one word, inside a sentence
NAMES = ("Varda", "Orlo", "Kelm", "Tarn", "Brun", "Veld", "Dresta", "Halden")
TREES = {"num_leaves": 31, "max_depth": 7, "learning_rate": 0.04, "min_data_in_leaf": 40, "lambda_l2": 20.0}
TREES |= {"feature_fraction": 0.25, "bagging_fraction": 0.7, "bagging_freq": 1, "seed": SEED}
TREES |= {"objective": "binary", "num_threads": 1}
TREES |= {"deterministic": True, "force_row_wise": True, "verbose": -1}
ROUNDS = 300
# Thresholds of decoding: chosen by cross-validation on a grid (docs/evaluation.md).
THRESHOLDS = {"found": 0.4, "join": 0.4}

Span = Sequence[int]
Link = tuple[int, int]
Told = tuple[Sequence[Sentence], Sequence[Parse]]


@attrs.frozen(eq=False)
class Case:
    """Two articles, or parts of them, and what is known of their links."""

    kind: str
    documents: tuple[str, str]
    told: tuple[Told, Told]
    links: frozenset[Link]  # of the annotation
    meant: tuple[
        Sequence[Sequence[int]], Sequence[Sequence[int]]
    ]  # the annotated sentences that each sentence stands for
    read: Mapping[Link, float] | None  # pairs that were read, and how much each counts; None: all were
    texts: Texts  # of the body
    pairs: Pairs
    places: tuple[list[int], list[int]]  # of the sentences of the body

    @classmethod
    def open(
        cls,
        kind: str,
        documents: tuple[str, str],
        told: tuple[Told, Told],
        links: Iterable[Link],
        read: Mapping[Link, float] | None = None,
        meant: tuple[Sequence[Sequence[int]], Sequence[Sequence[int]]] | None = None,
    ) -> Case:
        """Return the case of two lists of sentences."""
        left, right = (tuple(attrs.evolve(s, index=k) for k, s in enumerate(sentences)) for sentences, _ in told)
        places = tuple([s.index for s in side if s.role is Role.BODY] for side in (left, right))
        both = places[0], places[1]
        texts = Texts.read(left, right, None, (told[0][1], told[1][1])).choose(*both)
        own = meant or tuple([(k,) for k in range(len(side))] for side in (left, right))
        sides = (left, told[0][1]), (right, told[1][1])
        return cls(kind, documents, sides, frozenset(links), (own[0], own[1]), read, texts, measure(texts), both)

    @property
    def sides(self) -> tuple[Sequence[Sentence], Sequence[Sentence]]:
        """The sentences of both sides."""
        return self.told[0][0], self.told[1][0]

    @property
    def words(self) -> tuple[Words, Words]:
        """The words of both sides."""
        return Words(*self.told[0]), Words(*self.told[1])

    def trace(self, i: int, j: int) -> set[Link]:
        """Return the pairs of annotated sentences that a pair of sentences stands for."""
        return set(itertools.product(self.meant[0][i], self.meant[1][j]))

    def is_link(self, i: int, j: int) -> bool:
        """Say whether two sentences of the body are linked."""
        return not self.links.isdisjoint(self.trace(self.places[0][i], self.places[1][j]))

    def count(self, i: int, j: int) -> float:
        """Return how much a pair of the body counts, 0 where it was not read."""
        read = 1.0 if self.read is None else self.read.get((self.places[0][i], self.places[1][j]), 0.0)
        return read * COUNTS[self.kind]

    def score(self, weights: Weights) -> np.ndarray:
        """Return how many links were true, were found, were annotated."""
        found: set[Link] = set()
        for bead in aligner.align(*self.sides, weights, None, self.words):
            for one, other in itertools.product(bead.left, bead.right):
                found |= self.trace(one.index, other.index)
        return np.array([len(found & self.links), len(found), len(self.links)], float)


# -- reading --------------------------------------------------------------------------------------------------------


def read_cases(gold: pathlib.Path, further: Iterable[tuple[str, dict[str, Any]]] = ()) -> list[Case]:
    """Return the cases of all sets, and of further pairs that were read, each with the name of its set."""
    files = [(name, path) for name in ("hard", "dev") for path in sorted((gold / name).glob("*.json"))]
    cases = [read_annotated(name, json.loads(path.read_text(encoding="utf-8"))) for name, path in files]
    rng = random.Random(SEED)  # noqa: S311 (nothing secret)
    whole = list(cases)
    cases += [shuffle(case, rng) for case in whole]
    cases += [made for case in whole for side in (0, 1) for made in edit(case, side, rng)]
    for row in read_lines(gold / "public" / "align_news_synth.jsonl"):
        links = [(i, j) for i, j in row["links"]]
        sides = parse_all(place(row["a"])), parse_all(place(row["b"]))
        cases.append(Case.open("news_synth", (str(row["id"]), str(row["id"])), sides, links))
    cases += itertools.starmap(read_annotated, further)
    return [*cases, *read_pairs(gold)]


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text as the library cuts it."""
    return segmenter.segment(Article(text))


def read_annotated(kind: str, gold: Mapping[str, Any]) -> Case:
    """Return the case of one annotated pair of articles."""
    both = gold["left"], gold["right"]
    sides = split(both[0]["text"]), split(both[1]["text"])
    meant = [find_meant(side, article["sentences"]) for side, article in zip(sides, both, strict=True)]
    links = [link for bead in gold["beads"] for link in itertools.product(bead["left"], bead["right"])]
    told = parse_all(sides[0]), parse_all(sides[1])
    return Case.open(kind, (both[0]["doc"], both[1]["doc"]), told, links, meant=(meant[0], meant[1]))


def find_meant(sentences: Sequence[Sentence], spans: Sequence[Span]) -> list[list[int]]:
    """Return for each sentence the places of the spans that share half of the shorter one of both with it."""
    return [
        [k for k, span in enumerate(spans) if _share(s, span) * 2 >= max(1, min(span[1] - span[0], s.end - s.start))]
        for s in sentences
    ]


def _share(sentence: Sentence, span: Span) -> int:
    return max(0, min(sentence.end, span[1]) - max(sentence.start, span[0]))


def read_pairs(gold: pathlib.Path) -> Iterator[Case]:
    """Yield the cases of the pairs of sentences: alone, in cuts, in their whole articles."""
    articles = {row["doc"]: row["text"] for row in read_lines(gold / "articles.jsonl")}
    contexts: dict[tuple[str, str], list[tuple[Link, bool, float]]] = collections.defaultdict(list)
    rng = random.Random(SEED)  # noqa: S311 (nothing secret)
    told = {doc: parse_all(split(text)) for doc, text in articles.items()}
    for row in read_lines(gold / "sentences.jsonl"):
        documents, same, count = (row["left_doc"], row["right_doc"]), row["same"], SURE[row["sure"]]
        spans = row["left_span"], row["right_span"]
        found = [
            [k for k, own in enumerate(find_meant(told[doc][0], [span])) if own]
            for doc, span in zip(documents, spans, strict=True)
        ]
        if len(found[0]) == len(found[1]) == 1:  # its sentences are cut as they were
            i, j = found[0][0], found[1][0]
            contexts[documents].append(((i, j), same, count))
            alone = tuple(as_body(pick(told[doc], [k])) for doc, k in zip(documents, (i, j), strict=True))
            yield Case.open("alone", documents, (alone[0], alone[1]), [(0, 0)] * same, {(0, 0): count})
            if rng.random() > CUTS:
                continue
            (ours, i), (theirs, j) = (cut(told[doc], k, rng) for doc, k in zip(documents, (i, j), strict=True))
            yield Case.open("cut", documents, (ours, theirs), [(i, j)] * same, {(i, j): count})
    for documents, known in contexts.items():
        links = [link for link, same, _ in known if same]
        whole = told[documents[0]], told[documents[1]]
        yield Case.open("context", documents, whole, links, {link: count for link, _, count in known})


def parse_all(sentences: Sequence[Sentence]) -> Told:
    """Return sentences with their parses."""
    return sentences, parse(sentences)


def pick(told: Told, places: Iterable[int]) -> Told:
    """Return some of the sentences."""
    kept = list(places)
    return [told[0][k] for k in kept], [told[1][k] for k in kept]


def as_body(told: Told) -> Told:
    """Return sentences as such of the body: alone, each is text."""
    return [attrs.evolve(s, role=Role.BODY) for s in told[0]], told[1]


def shuffle(case: Case, rng: random.Random) -> Case:
    """Return a case with the sentences of the right side in another order: a place is no proof."""
    order = rng.sample(range(len(case.sides[1])), len(case.sides[1]))
    sides = case.told[0], pick(case.told[1], order)
    meant = case.meant[0], [case.meant[1][k] for k in order]
    return Case.open("shuffled", case.documents, sides, case.links, meant=meant)


def edit(case: Case, side: int, rng: random.Random) -> Iterator[Case]:
    """Yield one side beside itself with other figures in half of its sentences: the same statements.

    In short parts these sentences have another name too, not in the whole article: there it would be a template that is
    told of somebody else.
    """
    sentences = case.sides[side]
    texts, named = [], []
    for k, sentence in enumerate(sentences):
        text = other = sentence.text
        if rng.random() < EDITED:
            text = "".join(rng.choice(FIGURES) if c in FIGURES else c for c in text)
            other = NAME.sub(NAMES[k % len(NAMES)], text, count=1)
        texts.append(text)
        named.append(other)
    both, short = ((case.told[side], write(some, sentences)) for some in (texts, named))
    documents = case.documents[side], case.documents[side]
    start = 0
    while start < len(sentences):
        stop = start + rng.randint(1, CUT)
        part = range(start, min(stop, len(sentences)))
        yield Case.open(
            "edited", documents, (pick(short[0], part), pick(short[1], part)), [(k, k) for k in range(len(part))]
        )
        start = stop
    yield Case.open("edited", documents, both, [(k, k) for k in range(len(sentences))])


def write(texts: Sequence[str], like: Sequence[Sentence]) -> Told:
    """Return the sentences of an article that has these texts, with the roles of others."""
    told = parse_all(place(texts))
    return [attrs.evolve(new, role=old.role) for new, old in zip(told[0], like, strict=True)], told[1]


def cut(told: Told, kept: int, rng: random.Random) -> tuple[Told, int]:
    """Return some successive sentences with one of them, and its place among them."""
    size = min(rng.randint(1, CUT), len(told[0]))
    start = min(max(0, kept - rng.randrange(size)), len(told[0]) - size)
    return pick(told, range(start, start + size)), kept - start


def place(texts: Sequence[str]) -> tuple[Sentence, ...]:
    """Return the sentences of an article that has these texts, one after the other."""
    starts = itertools.accumulate((len(text) + 1 for text in texts), initial=0)
    return tuple(
        Sentence(k, start, start + len(text), text)
        for k, (start, text) in enumerate(zip(starts, texts, strict=False))  # the last start is the end
    )


def deal(cases: Sequence[Case], seed: int) -> list[int]:
    """Return the fold of each case: cases that share an article, or are joined by others that do, are in one."""
    parents: dict[str, str] = {}

    def find(document: str) -> str:
        while (parent := parents.setdefault(document, document)) != document:
            document = parent
        return document

    for case in cases:
        parents[find(case.documents[0])] = find(case.documents[1])
    groups = [find(case.documents[0]) for case in cases]
    sizes: collections.Counter[str] = collections.Counter()
    for case, group in zip(cases, groups, strict=True):
        sizes[group] += 1000 * len(case.links) * (case.read is None) + 1
    rng = random.Random(seed)  # noqa: S311
    order = sorted(sizes, key=lambda group: (-sizes[group] // 1000, rng.random()))  # the largest are dealt evenly
    folds = {group: k % FOLDS if k // FOLDS % 2 else FOLDS - 1 - k % FOLDS for k, group in enumerate(order)}
    return [folds[group] for group in groups]


# -- learning -------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Lesson:
    """Pairs of sentences that were read: signals, one for a link or zero, and how much each counts."""

    names: tuple[str, ...]
    signals: np.ndarray
    labels: np.ndarray
    counts: np.ndarray

    @classmethod
    def prepare(cls, case: Case, pairs: Pairs) -> Lesson:
        """Return what a case teaches with its pairs."""
        read = np.array([case.count(*link) for link in pairs.links], float)
        kept = np.flatnonzero(read)
        labels = np.array([case.is_link(*pairs.links[k]) for k in kept.tolist()], float)
        return cls(pairs.names, pairs.signals[kept], labels, read[kept])

    @classmethod
    def join(cls, lessons: Sequence[Lesson]) -> Lesson:
        """Return the lessons as one."""
        columns = (
            np.concatenate([getattr(some, part) for some in lessons]) for part in ("signals", "labels", "counts")
        )
        return cls(lessons[0].names, *columns)


def regress(lesson: Lesson) -> Model:
    """Return the logistic model that tells the links."""
    signals, told, sizes = lesson.signals, lesson.labels, lesson.counts
    mean, scale = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(signals)), (signals - mean) / scale])
    penalty = np.diag([0.0] + [PENALTY] * signals.shape[1])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ beta))
        hessian = (design * (sizes * p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(hessian, design.T @ (sizes * (told - p)) - penalty @ beta)
        beta += step
        if abs(step).max() < 1e-8:
            break
    slopes = beta[1:] / scale
    named = zip(lesson.names, slopes, strict=True)
    return Model(round(float(beta[0] - slopes @ mean), 4), {name: round(float(slope), 4) for name, slope in named})


def grow(
    names: Sequence[str], rows: np.ndarray, told: np.ndarray, counts: np.ndarray, trees: dict[str, Any], rounds: int
) -> Forest:
    """Return boosted trees that tell what is so, from rows of signals and how much each row counts (LightGBM)."""
    import lightgbm

    grown = lightgbm.train(trees, lightgbm.Dataset(rows, told, weight=counts), rounds).dump_model()["tree_info"]
    return plant([tree["tree_structure"] for tree in grown], names)


def learn_likely(lesson: Lesson) -> Model:
    """Return the trees that tell the links."""
    return Model(0.0, {}, grow(lesson.names, lesson.signals, lesson.labels, lesson.counts, TREES, ROUNDS))


def read_odds(model: Model, lesson: Lesson) -> np.ndarray:
    """Return the log-odds of the pairs of a lesson."""
    nothing = np.zeros(len(lesson.labels), int)
    p = model.predict(Pairs(nothing, nothing, lesson.names, lesson.signals)).clip(1e-4, 1 - 1e-4)
    return np.asarray(np.log(p / (1 - p)))


def calibrate(known: Sequence[tuple[Lesson, np.ndarray]]) -> tuple[float, float]:
    """Return bias and slope by which log-odds say the share of pairs that are links (Platt 1999)."""
    lessons = [Lesson(("odds",), odds[:, None], lesson.labels, lesson.counts) for lesson, odds in known]
    found = regress(Lesson.join(lessons))
    return found.bias, found.signals["odds"]


def stretch(model: Model, bias: float, slope: float) -> Model:
    """Return a model whose log-odds are multiplied and moved.

    >>> stretch(Model(1.0, {"cosine": 2.0}), 0.5, 2.0)
    Model(bias=2.5, signals={'cosine': 4.0}, forest=None)
    """
    forest = model.forest and attrs.evolve(
        model.forest, values=tuple(tuple(round(value * slope, 4) for value in row) for row in model.forest.values)
    )
    signals = {name: round(value * slope, 4) for name, value in model.signals.items()}
    return Model(round(model.bias * slope + bias, 4), signals, forest)


def plant(trees: Sequence[dict[str, Any]], names: Sequence[str]) -> Forest:
    """Return trees as rows of numbers; signals that none asks for are left out."""
    rows = [list(number(tree)) for tree in trees]
    used = sorted({node["split_feature"] for nodes in rows for node, *_ in nodes if "split_feature" in node})
    most = max(map(len, rows))

    def table(read: Any) -> tuple[tuple[Any, ...], ...]:
        full = (
            [*map(read, nodes, itertools.count())] + [read(({}, k, k), k) for k in range(len(nodes), most)]
            for nodes in rows
        )
        return tuple(map(tuple, full))

    return Forest(
        tuple(names[k] for k in used),
        table(lambda n, _: used.index(n[0]["split_feature"]) if "split_feature" in n[0] else 0),
        table(lambda n, _: float(f"{n[0].get('threshold', 0):.6g}")),
        table(lambda n, _: n[1]),
        table(lambda n, _: n[2]),
        table(lambda n, _: round(n[0].get("leaf_value", 0.0), 4)),
    )


def number(root: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Yield the nodes of a tree from the root on, with the numbers of the two that follow each; of a leaf its own."""
    waiting, count = collections.deque([root]), 1
    for k in itertools.count():
        if not waiting:
            return
        node = waiting.popleft()
        if "split_feature" in node:
            waiting += [node["left_child"], node["right_child"]]
            yield node, count, count + 1
            count += 2
        else:
            yield node, k, k


@attrs.frozen(eq=False)
class Course:
    """Cases, their folds, and what the second look sees of each."""

    cases: Sequence[Case]
    folds: Sequence[int]
    first: Sequence[Model]  # the first look without each fold, and last the one that saw all
    likely: Sequence[Pairs]
    lessons: Sequence[Lesson]

    @classmethod
    def prepare(cls, cases: Sequence[Case], seed: int) -> Course:
        """Return the course of some cases."""
        folds = deal(cases, seed)
        words = [Lesson.prepare(case, case.pairs) for case in cases]
        first = [regress(leave(words, folds, fold)) for fold in (*range(FOLDS), -1)]
        likely = [
            aligner.look_again(case.texts, case.pairs, first[fold].predict(case.pairs))
            for case, fold in zip(cases, folds, strict=True)
        ]
        return cls(cases, folds, first, likely, list(map(Lesson.prepare, cases, likely)))

    def drop(self, names: frozenset[str]) -> Course:
        """Return the course without some signals of the second look."""
        kept = [k for k, name in enumerate(self.likely[0].names) if name.partition(".")[0] not in names]

        def keep(some: Any) -> Any:
            return attrs.evolve(some, names=tuple(some.names[k] for k in kept), signals=some.signals[:, kept])

        return attrs.evolve(self, likely=list(map(keep, self.likely)), lessons=list(map(keep, self.lessons)))

    def fit_all(self) -> list[Weights]:
        """Return the weights without each fold, and last those that all cases teach."""
        seconds = [learn_likely(leave(self.lessons, self.folds, fold)) for fold in (*range(FOLDS), -1)]
        odds = [read_odds(seconds[fold], lesson) for fold, lesson in zip(self.folds, self.lessons, strict=True)]
        slope = calibrate(
            [
                (lesson, known)
                for case, lesson, known in zip(self.cases, self.lessons, odds, strict=True)
                if case.kind in REAL
            ]
        )
        return [self.fit(fold, stretch(seconds[fold], *slope)) for fold in (*range(FOLDS), -1)]

    def fit(self, fold: int, second: Model) -> Weights:
        """Return the weights with a model of the second look, and with joining learned without a fold."""
        weights = attrs.evolve(aligner.load_weights(), words=self.first[fold], likely=second, **THRESHOLDS)
        whole = [
            (case, pairs)
            for case, pairs, other in zip(self.cases, self.likely, self.folds, strict=True)
            if other != fold and case.kind in REAL | {"shuffled"}
        ]
        joining = [Lesson.prepare(case, find_joiners(case, pairs, second, weights)) for case, pairs in whole]
        return attrs.evolve(weights, joining=regress(Lesson.join(joining)))


def leave(lessons: Sequence[Lesson], folds: Sequence[int], fold: int) -> Lesson:
    """Return all lessons but those of a fold as one."""
    return Lesson.join([lesson for lesson, other in zip(lessons, folds, strict=True) if other != fold])


def find_joiners(case: Case, pairs: Pairs, model: Model, weights: Weights) -> Pairs:
    """Return the links by which sentences could join rightly founded beads, without those that found one themselves."""
    links = Links.read(case.texts, pairs, model.predict(pairs))
    drafts = form_beads(links, attrs.evolve(weights, join=2.0))
    true = [draft for draft in drafts if case.is_link(draft.left[0], draft.right[0])]
    taken = {draft.left[0] for draft in true}, {draft.right[0] for draft in true}
    found = [links.find_joiners(draft, taken) for draft in (Draft((), (), 0.0), *true)]  # none joins the empty one
    left, right, signals = (
        np.concatenate([getattr(some, part) for some in found]) for part in ("left", "right", "signals")
    )
    return Pairs(left, right, found[0].names, signals)


# -- judging --------------------------------------------------------------------------------------------------------


def judge(course: Course, fitted: Sequence[Weights]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of links of each kind, each case judged by weights that never saw it."""
    counts: dict[str, np.ndarray] = collections.defaultdict(lambda: np.zeros(3))
    for case, fold in zip(course.cases, course.folds, strict=True):
        if case.kind in JUDGED:
            counts[case.kind] += case.score(fitted[fold])
    return {kind: rate(*count) for kind, count in counts.items()}


def cross_validate(cases: Sequence[Case], seed: int = SEED) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of links of each kind."""
    course = Course.prepare(cases, seed)
    return judge(course, course.fit_all())


def rank(course: Course, fitted: Sequence[Weights]) -> dict[str, float]:
    """Return how well the probabilities of likely pairs rank (average precision), and their log loss."""
    scores: dict[str, list[np.ndarray]] = collections.defaultdict(list)
    for case, fold, lesson in zip(course.cases, course.folds, course.lessons, strict=True):
        p = 1 / (1 + np.exp(-read_odds(fitted[fold].likely, lesson)))
        scores[case.kind].append(np.array([p, lesson.labels]).T)
    figures = {}
    for kind, rows in scores.items():
        p, labels = np.concatenate(rows).T
        order = np.argsort(-p, kind="stable")
        hits = labels[order].cumsum() / np.arange(1, len(p) + 1)
        figures[f"{kind}_ap"] = round(float((hits * labels[order]).sum() / labels.sum()), 4)
        cut = p.clip(1e-4, 1 - 1e-4)
        figures[f"{kind}_loss"] = round(-float(np.log(np.where(labels > 0, cut, 1 - cut)).mean()), 4)
    return figures


def tabulate(course: Course, fitted: Sequence[Weights]) -> list[tuple[str, float, float, int]]:
    """Return for tenths of the score of a bead its mean, the share of such beads that are right, and how many."""
    rows: list[tuple[float, bool]] = []
    for case, fold in zip(course.cases, course.folds, strict=True):
        if case.kind in REAL:
            for bead in aligner.align(*case.sides, fitted[fold], None, case.words):
                links = [case.trace(i.index, j.index) for i in bead.left for j in bead.right]
                rows += [(bead.score, not case.links.isdisjoint(set().union(*links)))] * bool(links)
    tenths = collections.defaultdict(list)
    for score, right in rows:
        tenths[min(int(score * 10), 9)].append((score, right))
    return [
        (f"{tenth / 10}", *(round(float(x), 3) for x in np.mean(found, axis=0)), len(found))  # type: ignore[misc]
        for tenth, found in sorted(tenths.items())
    ]


def rate(true: float, found: float, annotated: float) -> dict[str, float]:
    """Return precision, recall and F1.

    >>> rate(3, 4, 4)
    {'link_p': 0.75, 'link_r': 0.75, 'link_f1': 0.75}
    """
    return {
        "link_p": round(float(true / max(found, 1)), 3),
        "link_r": round(float(true / max(annotated, 1)), 3),
        "link_f1": round(float(2 * true / max(found + annotated, 1)), 3),
    }


def main() -> None:
    """Cross-validate, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "gold", type=pathlib.Path, help="folder with hard/, dev/, public/, sentences.jsonl, articles.jsonl"
    )
    parser.add_argument("--write", action="store_true", help="write the weights learned from all pairs")
    parser.add_argument(
        "--without", action="append", default=[], metavar="A,B", help="leave out signals; again: others"
    )
    parser.add_argument("--grid", action="store_true", help="try thresholds of decoding")
    parser.add_argument("--without-readings", action="store_true", help="leave out readings.jsonl and tellings.jsonl")
    args = parser.parse_args()
    course = Course.prepare(read_cases(args.gold, () if args.without_readings else read_further(args.gold)), SEED)
    fitted = course.fit_all()
    print("ranking", rank(course, fitted))
    for kind, figures in judge(course, fitted).items():
        print(kind, figures)
    for row in tabulate(course, fitted):
        print(*row)
    for names in args.without:
        less = course.drop(frozenset(names.split(",")))
        print("without", names, rank(less, less.fit_all()), flush=True)
    for found, join in itertools.product((0.2, 0.25, 0.3, 0.35, 0.4), (0.25, 0.35, 0.45)) if args.grid else ():
        tried = judge(course, [attrs.evolve(weights, found=found, join=join) for weights in fitted])
        print(found, join, {kind: figures["link_f1"] for kind, figures in tried.items()}, flush=True)
    if args.write:
        learned = attrs.asdict(fitted[-1], filter=lambda part, value: part.init and value is not None)
        DATA.write_text(json.dumps(learned, separators=(",", ":")).replace('},"', '},\n"') + "\n", encoding="utf-8")
        print("wrote", DATA.name)


if __name__ == "__main__":
    main()
