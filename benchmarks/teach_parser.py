"""Makes trees that the parser learns from beside the treebank: a larger parser reads plain news.

    python benchmarks/teach_parser.py cut ../shared/gold work               # sentences of public sets and articles
    python benchmarks/teach_parser.py read MODEL ../shared/treebank work   # read by a model of spaCy (needs spaCy)
    python benchmarks/teach_parser.py teach ../shared/treebank work        # writes work/silver.jsonl (needs torch)

The teacher is the parser's own network with what en_core_web_sm (spaCy 3.8, MIT) makes of each word: its vector, tag,
relation and head, and its head's vector. It learns from the treebank how these become Universal Dependencies, and then
parses the sentences. That is knowledge distillation (Hinton, Vinyals & Dean 2015).
"""

from __future__ import annotations

import argparse
import gzip
import json
import pathlib
import random
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np

from consistency.clauses import words
from consistency.clauses.network import load

SEED = 5
WORDS = 480_000  # of annotated articles
CLAIMS = 3000  # sentences of VitaminC
LENGTHS = range(3, 81)  # words
NAMES = ("news_test", "train", "silver")
MOST = 64  # labels of the other parser
RELATED = 10  # ways in which two words can stand to each other in the other parse


def cut_sentences(gold: pathlib.Path) -> Iterator[list[str]]:
    """Yield the words of sentences: annotated articles, MRPC, Wikinews with machine rewrites, some of VitaminC."""
    rng = random.Random(SEED)  # noqa: S311  to shuffle
    for text in sorted(set(read_texts(gold, rng))):
        forms = [form for *_, form in words.split(text, load().abbreviations)]
        if len(forms) in LENGTHS:
            yield forms


def read_texts(gold: pathlib.Path, rng: random.Random) -> Iterator[str]:
    """Yield sentences."""
    from consistency.model import Article
    from consistency.segmenter import segment

    articles = read_lines(gold / "articles.jsonl")
    rng.shuffle(articles)
    count = 0
    for article in articles:
        for sentence in segment(Article(article["text"])) if count < WORDS else ():
            count += len(sentence.text.split())
            yield sentence.text
    for row in read_lines(gold / "public" / "pair_mrpc.jsonl"):
        yield from (row["a"], row["b"])
    for row in read_lines(gold / "public" / "align_news_synth.jsonl"):
        yield from (*row["a"], *row["b"])
    for row in rng.sample(read_lines(gold / "public" / "pair_vitaminc_real.jsonl"), CLAIMS):
        yield join_words(row["a"])


def read_lines(path: pathlib.Path) -> list[dict[str, Any]]:
    """Return the objects of JSON Lines."""
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def join_words(text: str) -> str:
    """Return a sentence whose words were put apart as it is printed."""
    for apart, joined in ((" ,", ","), (" .", "."), (" 's", "'s"), ("( ", "("), (" )", ")"), (" n't", "n't")):
        text = text.replace(apart, joined)
    return text


def read_forms(path: pathlib.Path) -> Iterator[list[str]]:
    """Yield the words of the sentences of a CoNLL-U or JSON Lines file."""
    if path.suffix == ".jsonl":
        yield from map(json.loads, path.open(encoding="utf-8"))
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            rows = [row for line in block.splitlines() if (row := line.split("\t"))[0].isdigit()]
            if rows:
                yield [row[1] for row in rows]


def read_with_spacy(model: str, source: pathlib.Path, target: pathlib.Path) -> None:
    """Write what a model of spaCy makes of each word of a file; each sentence stays one."""
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.load(model, exclude=["ner", "lemmatizer", "attribute_ruler"])

    def make_docs() -> Iterator[Any]:
        for forms in read_forms(source):
            doc = Doc(nlp.vocab, words=forms)
            for token in doc[1:]:
                token.is_sent_start = False
            yield doc

    docs = list(nlp.pipe(make_docs(), batch_size=256))
    tokens = [token for doc in docs for token in doc]
    np.savez(
        target,
        sizes=np.array([len(doc) for doc in docs]),
        heads=np.array([token.head.i for token in tokens], np.int16),
        relations=np.array([token.dep_ for token in tokens]),
        tags=np.array([token.tag_ for token in tokens]),
        vectors=np.vstack([doc.tensor for doc in docs]).astype(np.float16),
    )


@attrs.frozen(eq=False)
class Hints:
    """What the other parser says of the words of a sentence."""

    heads: np.ndarray
    relations: np.ndarray
    tags: np.ndarray
    vectors: np.ndarray


def load_hints(folder: pathlib.Path, name: str, labels: dict[str, int]) -> Iterator[Hints]:
    """Yield the hints of each sentence; ``labels`` numbers relations and tags."""
    table = np.load(folder / f"{name}.npz", allow_pickle=False)
    relations, tags = (
        np.array([labels.setdefault(label, len(labels)) for label in table[column].tolist()])
        for column in ("relations", "tags")
    )
    heads, vectors, start = table["heads"].astype(int), table["vectors"], 0
    for size in table["sizes"].tolist():
        span = slice(start, start + size)
        yield Hints(heads[span], relations[span], tags[span], vectors[span])
        start += size


def relate(heads: np.ndarray) -> np.ndarray:
    """Return how each word (a row) stands to each other (a column, the first the root) in the other parse."""
    size = len(heads)
    places, above = np.arange(size), heads[heads]
    kinds = np.zeros((size, size + 1), np.int64)
    inner = kinds[:, 1:]
    inner[heads[:, None] == heads[None, :]] = 4  # sisters
    inner[above[:, None] == heads[None, :]] = 5  # its head's sister
    inner[heads[None, :] == places[:, None]] = 2  # hangs on it
    inner[places, above] = 3
    inner[(above[None, :] == places[:, None]) & (inner == 0)] = 6
    inner[places, heads] = 1
    is_root = heads == places
    kinds[:, 0] = np.where(is_root, 8, np.where(is_root[heads], 9, 7))
    return kinds


def teach(treebank: pathlib.Path, folder: pathlib.Path, minutes: float) -> None:
    """Train a teacher on the treebank, and write the trees that it gives the sentences."""
    import torch
    import train_parser
    from torch import nn

    from consistency.clauses.tree import grow

    train_parser.DROPPED = 0.33

    class Teacher(train_parser.Network):
        """The network, with hints."""

        def __init__(self, coder: train_parser.Coder) -> None:
            super().__init__(coder, hidden=192, layers=2, arc=128, label=96)
            self.labels = nn.Embedding(2 * MOST, 32)
            self.hints = nn.Linear(2 * 96 + 3 * 32, 192)
            self.kinds = nn.Embedding(RELATED * 2 * MOST, 1)
            nn.init.zeros_(self.kinds.weight)

        def hint(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
            heads, vectors, relations = batch["other_heads"], batch["vectors"], batch["labels"]
            above = vectors.gather(1, heads[..., None].expand(-1, -1, vectors.shape[2]))
            names = [self.labels(x) for x in (relations, batch["tags"], relations.gather(1, heads))]
            return self.hints(self.drop(torch.cat([vectors, above, *names], 2)))

        def prefer(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
            return self.kinds(batch["kinds"] * 2 * MOST + batch["labels"][..., None])[..., 0]

    @attrs.frozen(eq=False)
    class Coder(train_parser.Coder):
        """Numbers for words, labels and hints; ``hints`` is keyed by the words of a sentence."""

        hints: dict[tuple[str, ...], Hints] = attrs.field(factory=dict)

        def encode(self, trees: Sequence[Any], rng: np.random.Generator | None = None) -> dict[str, torch.Tensor]:
            batch = super().encode(trees, rng)
            count, size = batch["mask"].shape
            more = {name: np.zeros((count, size), np.int64) for name in ("other_heads", "labels", "tags")}
            more |= {"vectors": np.zeros((count, size, 96), np.float32)}
            more |= {"kinds": np.zeros((count, size, size + 1), np.int64)}
            for k, tree in enumerate(trees):
                hints, n = self.hints[tree.forms], len(tree.forms)
                more["other_heads"][k, :n], more["labels"][k, :n] = hints.heads, hints.relations
                more["tags"][k, :n], more["vectors"][k, :n] = hints.tags, hints.vectors
                more["kinds"][k, :n, : n + 1] = relate(hints.heads)
            return batch | {name: torch.from_numpy(array) for name, array in more.items()}

    labels: dict[str, int] = {}
    trees = {name: list(train_parser.read_trees(treebank / f"{name}.conllu.gz")) for name in NAMES[:2]}
    forms = {name: [tree.forms for tree in some] for name, some in trees.items()}
    forms["silver"] = [tuple(row) for row in read_forms(folder / "silver_words.jsonl")]
    hints = {
        words: found
        for name in NAMES
        for words, found in zip(forms[name], load_hints(folder, name, labels), strict=True)
    }
    known = [tree for tree in trees["train"] if len(tree.forms) < train_parser.LONGEST]
    base = train_parser.Coder.collect(known)
    coder = Coder(base.vocabulary, base.upos, base.xpos, base.relations, hints)
    torch.manual_seed(SEED)
    net = Teacher(coder)
    train_parser.spoil = lambda tree, _: tree  # hints are for the words as they are
    train_parser.train(net, coder, known, minutes)
    print("news_test", train_parser.measure(net, coder, trees["news_test"]))
    net.eval()
    blank = [
        train_parser.Tree(row, *(("",) * len(row),) * 2, (-1,) * len(row), ("",) * len(row)) for row in forms["silver"]
    ]
    with (folder / "silver.jsonl").open("w", encoding="utf-8") as file, torch.no_grad():
        for start in range(0, len(blank), 48):
            some = blank[start : start + 48]
            batch = coder.encode(some)
            arcs, below, above, upos, xpos = net(batch)
            chosen = torch.zeros(batch["mask"].shape, dtype=torch.int64)
            for k, tree in enumerate(some):
                n = len(tree.forms)
                scores = arcs[k, :n, : n + 1].numpy()
                chosen[k, :n] = torch.tensor(grow(np.hstack([scores[:, 1:], scores[:, :1]]))) + 1
            sure = torch.softmax(arcs, 2).gather(2, chosen[..., None])[..., 0]
            columns = upos.argmax(2), xpos.argmax(2), chosen - 1, net.label(below, above, chosen).argmax(2)
            for k, tree in enumerate(some):
                n = len(tree.forms)
                tags, fine, heads, relations = (column[k, :n].tolist() for column in columns)
                row = [
                    tree.forms,
                    [coder.upos[x] for x in tags],
                    [coder.xpos[x] for x in fine],
                    heads,
                    [coder.relations[x] for x in relations],
                    round(float(sure[k, :n].mean()), 3),
                ]
                file.write(json.dumps(row) + "\n")


def main() -> None:
    """Do one of the three steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    for name, arguments in {"cut": ["gold"], "read": ["model", "treebank"], "teach": ["treebank"]}.items():
        step = steps.add_parser(name)
        for argument in (*arguments, "folder"):
            step.add_argument(argument, type=str if argument == "model" else pathlib.Path)
        if name == "teach":
            step.add_argument("--minutes", type=float, default=15.0)
    args = parser.parse_args()
    args.folder.mkdir(exist_ok=True)
    if args.step == "cut":
        with (args.folder / "silver_words.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(forms) + "\n" for forms in cut_sentences(args.gold))
    elif args.step == "read":
        for name in NAMES:
            source = args.treebank / f"{name}.conllu.gz" if name != "silver" else args.folder / "silver_words.jsonl"
            read_with_spacy(args.model, source, args.folder / f"{name}.npz")
    else:
        teach(args.treebank, args.folder, args.minutes)


if __name__ == "__main__":
    main()
