"""Measures what an aligner makes of order and of split sentences, on articles of the public sets.

    python benchmarks/structure.py SYSTEM PUBLIC [--articles 150] [--seed 7]

SYSTEM is MODULE:FUNCTION with the face that the gold scorer asks for: FUNCTION(left, right) takes two dicts with a
"text" and gives {"left": [[start, end]..], "right": [..], "pairs": [{"left": [i..], "right": [j..], ..}]}. The
directory above PUBLIC is searched for MODULE as well. Figures are shares in [0, 1] where nothing else is said:

moved_found       sentences linked to themselves when the right side is the left one shuffled
untouched_found   the same with the right side left as it is
symmetric_links   links of both directions among the links of either (left, right) or (right, left), real news pairs
symmetric_pairs   pairs of articles where all links are the same in both directions
split_found       real split sentences, set into an article, that come back as one 1-2 bead
merged_found      the same with the sides exchanged: 2-1
same_words        split_found where both sides have the same content words
false_many        beads of more than two sentences where there are none, per 1,000 sentences
"""

from __future__ import annotations

import argparse
import collections
import importlib
import json
import pathlib
import random
import sys
from collections.abc import Callable, Sequence
from typing import Any

import attrs
from articles import (
    BaseArticle,
    Slot,
    content_words,
    lay_out,
    likeness,
    read_articles,
    read_lines,
    read_splits,
    render,
)

Span = tuple[int, int]
Compare = Callable[[dict[str, str], dict[str, str]], dict[str, Any]]


@attrs.frozen
class Found:
    """What a system found: the sentences of both sides and its beads as groups of texts."""

    left: tuple[Span, ...]
    right: tuple[Span, ...]
    beads: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]

    @property
    def links(self) -> frozenset[tuple[Span, Span]]:
        """Every left span with every right span of its bead."""
        return frozenset((self.left[i], self.right[j]) for lefts, rights in self.beads for i in lefts for j in rights)

    @property
    def many(self) -> int:
        """How many beads have more than two sentences."""
        return sum(len(lefts) + len(rights) > 2 for lefts, rights in self.beads)


def main() -> None:
    """Print the figures of the system that the command line names."""
    parser = argparse.ArgumentParser(description="Measure an aligner on shuffled, exchanged and split articles.")
    parser.add_argument("system", help="MODULE:FUNCTION")
    parser.add_argument("public", type=pathlib.Path, help="directory of the public sets")
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    compare, rng = load_system(args.system, args.public), random.Random(args.seed)  # noqa: S311 (nothing secret)
    articles = read_articles(args.public, rng)[: args.articles]
    figures = measure_order(compare, articles, rng)
    figures |= measure_symmetry(compare, args.public, args.articles)
    figures |= measure_splits(compare, args.public, articles, rng)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1))


def load_system(name: str, public: pathlib.Path) -> Compare:
    """Return the function that ``name`` means."""
    sys.path[:0] = [str(pathlib.Path.cwd()), str(public.resolve().parent)]
    module, _, function = name.partition(":")
    compare: Compare = getattr(importlib.import_module(module), function)
    return compare


def run(compare: Compare, left: str, right: str) -> Found:
    """Return what ``compare`` finds in two texts; sentences that stand alone are left out."""
    found = compare({"text": left}, {"text": right})
    beads = ((tuple(pair["left"]), tuple(pair["right"])) for pair in found["pairs"] if pair["left"] and pair["right"])
    spans = [tuple((start, end) for start, end in found[side]) for side in ("left", "right")]
    return Found(spans[0], spans[1], tuple(beads))


def measure_order(compare: Compare, articles: Sequence[BaseArticle], rng: random.Random) -> dict[str, float]:
    """Return the share of sentences that are linked to themselves, in order and shuffled, and false many-beads."""
    own: collections.Counter[str] = collections.Counter()
    many = sentences = 0
    for article in articles:
        slots = lay_out(article.sentences, rng)
        text, spans = render(slots)
        for name, order in (("untouched_found", slots), ("moved_found", shuffle(slots, rng))):
            other, other_spans = render(order)
            found = run(compare, text, other)
            own[name] += sum((spans[slot.name], other_spans[slot.name]) in found.links for slot in slots)
            many += found.many
        sentences += len(slots)
    shares = {name: count / sentences for name, count in own.items()}
    return shares | {"false_many": 1000 * many / (2 * sentences)}


def shuffle(slots: Sequence[Slot], rng: random.Random) -> list[Slot]:
    """Return the slots in another order; the lengths of the paragraphs stay."""
    order = rng.sample(slots, len(slots))
    return [attrs.evolve(slot, paragraph=place.paragraph) for slot, place in zip(order, slots, strict=True)]


def measure_symmetry(compare: Compare, public: pathlib.Path, limit: int) -> dict[str, float]:
    """Return how far the links of (left, right) and (right, left) agree on news articles and their rewrites."""
    both = either = same = count = 0
    for record in list(read_lines(public / "align_news_synth.jsonl"))[:limit]:
        left, right = ("\n".join(sentence.strip() for sentence in record[side]) for side in "ab")
        there = run(compare, left, right).links
        back = frozenset((one, other) for other, one in run(compare, right, left).links)
        both, either, count = both + len(there & back), either + len(there | back), count + 1
        same += there == back
    return {"symmetric_links": both / max(1, either), "symmetric_pairs": same / max(1, count)}


def measure_splits(
    compare: Compare, public: pathlib.Path, articles: Sequence[BaseArticle], rng: random.Random
) -> dict[str, float]:
    """Return the share of real split sentences that come back as one bead, in both directions."""
    found: collections.Counter[str] = collections.Counter()
    tried: collections.Counter[str] = collections.Counter()
    many = sentences = 0
    records = list(read_splits(public))
    for article, (whole, halves) in zip(articles, rng.sample(records, len(records)), strict=False):
        place = rng.randrange(1, len(article.sentences) - 1)
        if max(likeness(content_words(whole), content_words(other)) for other in article.sentences) > 0.4:
            continue
        slots = lay_out((*article.sentences[:place], whole, *article.sentences[place + 1 :]), rng)
        split = [attrs.evolve(slot, sentences=halves) if slot.name == place else slot for slot in slots]
        (left, left_spans), (right, right_spans) = render(slots), render(split)
        start, end = right_spans[place]
        spans = {left_spans[place]}, {(start, start + len(halves[0])), (end - len(halves[1]), end)}
        there, back = run(compare, left, right), run(compare, right, left)
        names = ["split_found"]
        names += ["same_words"] * (content_words(whole) == content_words(" ".join(halves)))
        tried.update([*names, "merged_found"])
        found.update(names * has_bead(there, *spans))
        found["merged_found"] += has_bead(back, spans[1], spans[0])
        many += there.many - has_bead(there, *spans) + back.many - has_bead(back, spans[1], spans[0])
        sentences += 2 * len(slots)
    shares = {name: found[name] / count for name, count in tried.items()}
    return shares | {"splits": tried["split_found"], "false_many_beside_splits": 1000 * many / max(1, sentences)}


def has_bead(found: Found, left: set[Span], right: set[Span]) -> bool:
    """Return whether one bead has exactly these sentences."""
    beads = (({found.left[i] for i in lefts}, {found.right[j] for j in rights}) for lefts, rights in found.beads)
    return (left, right) in beads


if __name__ == "__main__":
    main()
