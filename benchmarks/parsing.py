"""Measures a parser on a treebank: words as it cuts them, tags, heads, subjects, objects, clauses, and what it costs.

    python benchmarks/parsing.py ../shared/treebank/news_test.conllu.gz
    python benchmarks/parsing.py ../shared/treebank/news_test.conllu.gz --parser examples/parser.py    # needs spaCy

A word is right where it covers the characters of a word of the treebank; a head where it covers its head, too. What a
parser cuts otherwise counts as wrong.
"""

from __future__ import annotations

import argparse
import gzip
import pathlib
import runpy
import time
from collections import Counter
from collections.abc import Iterator

from consistency.clauses import Parse, Parser, parse
from consistency.model import Sentence

CLAUSAL = frozenset(["root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"])
SUBJECTS = frozenset(["nsubj", "csubj"])


def read_gold(path: pathlib.Path) -> Iterator[Parse]:
    """Yield the sentences of a CoNLL-U file with places in their text."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    for block in filter(None, blocks):
        lines = block.splitlines()
        text = next(line for line in lines if line.startswith("# text = ")).removeprefix("# text = ")
        rows = [row for line in lines if (row := line.split("\t"))[0].isdigit()]
        _, forms, _, upos, xpos, _, heads, relations, *_ = zip(*rows, strict=True)
        starts, place = [], 0
        for form in forms:
            place = text.index(form, place)
            starts.append(place)
            place += len(form)
        ends = tuple(start + len(form) for start, form in zip(starts, forms, strict=True))
        yield Parse(text, tuple(starts), ends, forms, upos, xpos, tuple(int(head) - 1 for head in heads), relations)


def list_words(found: Parse) -> dict[tuple[int, int], dict[str, object]]:
    """Return what is said of each word, by its place."""
    spans = list(zip(found.starts, found.ends, strict=True))
    return {
        span: {
            "upos": found.upos[k],
            "xpos": found.xpos[k],
            "head": spans[found.heads[k]] if found.heads[k] >= 0 else None,
            "relation": found.relations[k].partition(":")[0],
        }
        for k, span in enumerate(spans)
    }


def measure(gold: list[Parse], found: list[Parse]) -> dict[str, float]:
    """Return shares of right words, tags and heads, and F1 of subjects, objects and the heads of clauses."""
    hits: Counter[str] = Counter()
    for one, other in zip(gold, found, strict=True):
        ours, theirs = list_words(one), list_words(other)
        hits["all"] += len(ours)
        for span, word in ours.items():
            answer = theirs.get(span)
            if answer is None:
                continue
            hits["words"] += 1
            hits.update({name: word[name] == answer[name] for name in ("upos", "xpos")})
            hits["uas"] += word["head"] == answer["head"]
            hits["las"] += word["head"] == answer["head"] and word["relation"] == answer["relation"]
        for name, relations in (("subject", SUBJECTS), ("object", {"obj"}), ("clause", CLAUSAL)):
            sides = [
                {(span, word["head"]) for span, word in words.items() if word["relation"] in relations}
                for words in (ours, theirs)
            ]
            hits[f"{name} both"] += len(sides[0] & sides[1])
            hits[f"{name} any"] += len(sides[0]) + len(sides[1])
    shares = {name: hits[name] / hits["all"] for name in ("words", "upos", "xpos", "uas", "las")}
    return shares | {name: 2 * hits[f"{name} both"] / hits[f"{name} any"] for name in ("subject", "object", "clause")}


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("treebank", type=pathlib.Path, help="a CoNLL-U file, packed with gzip")
    options.add_argument("--parser", help="a Python file that has another parser as `parse`")
    args = options.parse_args()
    parser: Parser = runpy.run_path(args.parser)["parse"] if args.parser else parse
    gold = list(read_gold(args.treebank))
    sentences = [Sentence(0, 0, len(one.text), one.text) for one in gold]
    parser(sentences[:40])
    start = time.process_time()
    found = [one for first in range(0, len(sentences), 40) for one in parser(sentences[first : first + 40])]
    spent = time.process_time() - start
    print(" ".join(f"{name} {share:.3f}" for name, share in measure(gold, found).items()))
    print(f"{1000 * spent / sum(len(one) for one in gold) * 1000:.1f} ms of one core for 1,000 words")


if __name__ == "__main__":
    main()
