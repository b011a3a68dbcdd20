"""Learns the parser, and writes ``consistency/languages/en/parser.npz``. Needs torch (2.13 for the shipped weights).

    python benchmarks/train_parser.py ../shared/treebank --minutes 15                 # from the treebank alone
    python benchmarks/train_parser.py ../shared/treebank --silver silver.jsonl --write  # and from what a teacher parsed

A tagger and a graph parser on one encoder: embeddings of words and hashed word parts (Honnibal 2015), a window of three
words, simple recurrent units in both directions (Lei et al. 2018), heads picked by a biaffine score (Dozat & Manning
2017). ``consistency/clauses/network.py`` is the same network in numpy. ``benchmarks/teach_parser.py`` makes the silver
trees. Training first reads the treebank alone for a third of the time, then both. It is bounded in time, so weights
differ from machine to machine; the shipped ones had 15 minutes and 32 minutes of a third of a core.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import math
import pathlib
import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np
import torch
from torch import nn

from consistency.clauses import words
from consistency.language import ENGLISH

DATA = pathlib.Path(str(ENGLISH.find("parser.npz")))
SEED = 7
KNOWN = 14000  # words that have a row of their own
FAR = 24  # words from which all distances are alike
BATCH = 1600  # words
LONGEST = 120  # words of a sentence that is learned from
RATE = 2.5e-3
DROPPED = 0.12  # share of what a layer gives
FORGOTTEN = 0.1  # share of words whose own row is not looked at, as if they were unknown
SURE = 0.75  # mean probability of the heads of a silver tree that is learned from
LARGEST = 127  # weights are kept as bytes
COLUMNS = ("upos", "xpos", "relations")


@attrs.frozen(eq=False)
class Tree:
    """A parsed sentence; head -1 is the root."""

    forms: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


def read_trees(path: pathlib.Path) -> Iterator[Tree]:
    """Yield the sentences of a CoNLL-U file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            rows = [row for line in block.splitlines() if (row := line.split("\t"))[0].isdigit()]
            if rows:
                _, forms, _, upos, xpos, _, heads, relations, *_ = zip(*rows, strict=True)
                yield Tree(forms, upos, xpos, tuple(int(head) - 1 for head in heads), relations)


def read_silver(path: pathlib.Path) -> Iterator[Tree]:
    """Yield the trees that a teacher is sure of."""
    for line in path.open(encoding="utf-8"):
        *columns, sure = json.loads(line)
        if sure > SURE:
            yield Tree(*map(tuple, columns))


class Recurrence(torch.autograd.Function):
    """c[t] = f[t] * c[t - 1] + g[t]; the first axis is time."""

    @staticmethod
    def forward(ctx: Any, f: torch.Tensor, g: torch.Tensor) -> torch.Tensor:
        """Return c."""
        c = g.clone()
        for t in range(1, len(c)):
            c[t].addcmul_(f[t], c[t - 1])
        ctx.save_for_backward(f, c)
        return c

    @staticmethod
    def backward(ctx: Any, grad: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the gradients of f and g."""
        f, c = ctx.saved_tensors
        dg = grad.clone()
        for t in range(len(c) - 2, -1, -1):
            dg[t].addcmul_(f[t + 1], dg[t + 1])
        df = torch.zeros_like(f)
        df[1:] = dg[1:] * c[:-1]
        return df, dg


@attrs.frozen(eq=False)
class Coder:
    """Numbers for words and labels."""

    vocabulary: dict[str, int]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    relations: tuple[str, ...]

    @classmethod
    def collect(cls, trees: Sequence[Tree], silver: Sequence[Tree] = ()) -> Coder:
        """Return numbers for the most frequent words, and for all labels of the treebank but the rarest."""
        seen = collections.Counter(words.parts(form)[0] for tree in (*trees, *silver) for form in tree.forms)
        known = sorted(word for word, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:KNOWN])
        counts = [collections.Counter(x for tree in trees for x in getattr(tree, name)) for name in COLUMNS]
        labels = (tuple(sorted(label for label, n in count.items() if n > 3)) for count in counts)
        return cls({word: k for k, word in enumerate(known, 1)}, *labels)

    def encode(self, trees: Sequence[Tree], rng: np.random.Generator | None = None) -> dict[str, torch.Tensor]:
        """Return rows and labels of some trees, -100 where there is none; ``rng`` makes some words unknown."""
        size = max(len(tree.forms) for tree in trees)
        rows = np.zeros((len(trees), size, 1 + len(words.parts("")[1])), np.int64)
        mask = np.zeros((len(trees), size), np.float32)
        columns = {name: np.full((len(trees), size), -100, np.int64) for name in ("heads", *COLUMNS)}
        tables = {name: {label: k for k, label in enumerate(getattr(self, name))} for name in COLUMNS}
        for k, tree in enumerate(trees):
            n = len(tree.forms)
            mask[k, :n] = 1
            rows[k, :n] = words.rows(tree.forms, self.vocabulary)
            columns["heads"][k, :n] = np.array(tree.heads) + 1
            for name, table in tables.items():  # a rare subtype counts as its type
                columns[name][k, :n] = [table.get(x, table.get(x.split(":")[0], -100)) for x in getattr(tree, name)]
        if rng is not None:
            rows[..., 0][rng.random(mask.shape) < FORGOTTEN] = 0
        arrays = {"rows": rows, "mask": mask, **columns}
        return {name: torch.from_numpy(array) for name, array in arrays.items()}


class Network(nn.Module):
    """The parser as it is trained."""

    def __init__(
        self, coder: Coder, *, embed: int = 64, hidden: int = 128, layers: int = 3, arc: int = 64, label: int = 64
    ) -> None:
        super().__init__()
        self.embed = nn.Embedding(len(coder.vocabulary) + 1 + words.BUCKETS, embed)
        nn.init.normal_(self.embed.weight, std=0.9 / math.sqrt(embed))
        self.window = nn.Linear(3 * embed, hidden)
        self.layers = nn.ModuleList(nn.Linear(hidden, 2 * hidden) for _ in range(layers))
        for layer in self.layers:
            nn.init.constant_(layer.bias[hidden:], 1.0)  # at first, remember
        self.dependent, self.governor = nn.Linear(hidden, arc), nn.Linear(hidden, arc)
        self.arc = nn.Linear(arc, arc + 1, bias=False)  # bilinear; the last column: how likely it governs at all
        self.root = nn.Parameter(torch.zeros(arc))
        self.distance = nn.Parameter(torch.zeros(2 * FAR + 1))
        self.below, self.above = nn.Linear(hidden, label), nn.Linear(hidden, label, bias=False)
        self.root_above = nn.Parameter(torch.zeros(label))
        self.relation = nn.Linear(label, len(coder.relations))
        self.upos, self.xpos = nn.Linear(hidden, len(coder.upos)), nn.Linear(hidden, len(coder.xpos))
        self.drop = nn.Dropout(DROPPED)

    def encode(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Return a vector for each word."""
        mask = batch["mask"][..., None]
        x = self.drop(self.embed(batch["rows"]).sum(2)) * mask
        edge = x.new_zeros(len(x), 1, x.shape[2])
        x = torch.cat([torch.cat([edge, x[:, :-1]], 1), x, torch.cat([x[:, 1:], edge], 1)], 2)
        x = self.drop(torch.relu(self.window(x) + self.hint(batch)))
        half = x.shape[2] // 2
        for layer in self.layers:
            z, f = layer(x).chunk(2, 2)
            f = torch.sigmoid(f)
            g = torch.tanh(z) * (1 - f) * mask
            f, g = (torch.cat([y[..., :half], y[..., half:].flip(1)]).transpose(0, 1).contiguous() for y in (f, g))
            c = Recurrence.apply(f, g).transpose(0, 1)
            x = x + self.drop(torch.cat([c[: len(x)], c[len(x) :].flip(1)], 2))
        return x

    def hint(self, batch: dict[str, torch.Tensor]) -> torch.Tensor | float:  # noqa: ARG002  a teacher asks for it
        """Return what is known of the words beside their forms: nothing."""
        return 0.0

    def prefer(self, batch: dict[str, torch.Tensor]) -> torch.Tensor | float:  # noqa: ARG002
        """Return what is known of the heads beforehand: nothing."""
        return 0.0

    def forward(self, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, ...]:
        """Return the scores of heads (0 is the root) and tags, and the vectors from which relations are told."""
        x, mask = self.encode(batch), batch["mask"].bool()
        n = x.shape[1]
        governors = torch.cat([self.root.expand(len(x), 1, -1), torch.relu(self.governor(x))], 1)
        turned = self.arc(self.drop(governors))
        dependents = self.drop(torch.relu(self.dependent(x)))
        arcs = dependents @ turned[..., :-1].transpose(1, 2) + turned[..., -1][:, None, :]
        gaps = (torch.arange(n)[None, :] - torch.arange(n)[:, None]).clamp(-FAR, FAR) + FAR
        arcs = arcs + torch.cat([arcs.new_zeros(n, 1), self.distance[gaps]], 1) + self.prefer(batch)
        never = ~torch.cat([mask.new_ones(len(x), 1), mask], 1)[:, None, :]
        itself = torch.cat([torch.zeros(n, 1), torch.eye(n)], 1).bool()
        arcs = arcs.masked_fill(never | itself, -1e4)
        above = torch.cat([self.root_above.expand(len(x), 1, -1), self.above(x)], 1)
        return arcs, self.below(x), above, self.upos(x), self.xpos(x)

    def label(self, below: torch.Tensor, above: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Return the scores of the relations to given heads (0 is the root)."""
        chosen = above.gather(1, heads[..., None].expand(-1, -1, above.shape[2]))
        return self.relation(self.drop(torch.relu(below + chosen)))

    def lose(self, batch: dict[str, torch.Tensor]) -> torch.Tensor:
        """Return the loss: cross-entropy of heads, relations and tags."""
        arcs, below, above, upos, xpos = self(batch)
        labels = self.label(below, above, batch["heads"].clamp(min=0))
        parts = ((1.0, arcs, "heads"), (1.0, labels, "relations"), (0.5, upos, "upos"), (0.5, xpos, "xpos"))
        return sum(
            weight * nn.functional.cross_entropy(scores.flatten(0, 1), batch[name].flatten())
            for weight, scores, name in parts
        )


def spoil(tree: Tree, rng: random.Random) -> Tree:
    """Return a sentence: some written as headlines are, some without the last stop."""
    forms, luck = tree.forms, rng.random()
    if luck < 0.02:
        forms = tuple(form.upper() for form in forms)
    elif luck < 0.06:
        forms = tuple(form[:1].upper() + form[1:] if len(form) > 3 else form for form in forms)
    elif luck < 0.08:
        forms = (forms[0][:1].lower() + forms[0][1:], *forms[1:])
    last = len(forms) - 1
    if rng.random() < 0.04 and last > 1 and tree.upos[-1] == "PUNCT" and last not in tree.heads:
        return Tree(forms[:-1], tree.upos[:-1], tree.xpos[:-1], tree.heads[:-1], tree.relations[:-1])
    return attrs.evolve(tree, forms=forms)


def batch_trees(trees: Sequence[Tree], rng: random.Random) -> list[list[Tree]]:
    """Return sentences of like length together, in any order."""
    batches: list[list[Tree]] = [[]]
    for tree in sorted(trees, key=lambda tree: len(tree.forms) + rng.random() * 4):
        if batches[-1] and (len(batches[-1]) + 1) * len(tree.forms) > BATCH:
            batches.append([])
        batches[-1].append(tree)
    rng.shuffle(batches)
    return batches


def train(net: Network, coder: Coder, trees: Sequence[Tree], minutes: float) -> None:
    """Train for a time, and leave the moving average of the weights in the network."""
    rng, dice = random.Random(SEED), np.random.default_rng(SEED)  # noqa: S311  to shuffle
    average = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.0, betas=(0.9, 0.95), weight_decay=1e-4)
    start, step, done = time.time(), 0, 0.0
    while done < 1:
        for some in batch_trees([spoil(tree, rng) for tree in trees], rng):
            done = (time.time() - start) / (60 * minutes)
            if done >= 1:
                break
            rate = RATE * min(1.0, (step + 1) / 50) * (0.01 + 0.99 * (1 + math.cos(math.pi * done)) / 2)
            for group in optimizer.param_groups:
                group["lr"] = rate
            loss = net.lose(coder.encode(some, dice))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            step += 1
            keep = min(0.997, step / (step + 10))
            with torch.no_grad():
                for name, tensor in net.state_dict().items():
                    average[name].mul_(keep).add_(tensor, alpha=1 - keep)
    net.load_state_dict(average)


@torch.no_grad()
def measure(net: Network, coder: Coder, trees: Sequence[Tree]) -> str:
    """Return the shares of right tags and heads, and of heads with their relation; each word takes its best head."""
    net.eval()
    right: collections.Counter[str] = collections.Counter()
    ordered = sorted(trees, key=lambda tree: len(tree.forms))
    for start in range(0, len(ordered), 48):
        batch = coder.encode(ordered[start : start + 48])
        arcs, below, above, upos, xpos = net(batch)
        heads, real = arcs.argmax(2), batch["mask"].bool()
        hits = {name: (scores.argmax(2) == batch[name]) & real for name, scores in (("upos", upos), ("xpos", xpos))}
        hits["uas"] = (heads == batch["heads"]) & real
        hits["las"] = hits["uas"] & (net.label(below, above, heads).argmax(2) == batch["relations"])
        right.update({name: int(hit.sum()) for name, hit in hits.items()})
        right["words"] += int(real.sum())
    net.train()
    return " ".join(f"{name} {right[name] / right['words']:.4f}" for name in ("upos", "xpos", "uas", "las"))


def write(net: Network, coder: Coder) -> None:
    """Write the weights: matrices as bytes with a scale for each column, the rest as they are."""
    names = {"words": sorted(coder.vocabulary, key=coder.vocabulary.__getitem__)}
    names |= {name: getattr(coder, name) for name in COLUMNS}
    table = {name: np.frombuffer("\n".join(values).encode(), np.uint8) for name, values in names.items()}
    for name, tensor in net.state_dict().items():
        weights = tensor.numpy().copy()
        if name.startswith("layers"):  # 1 / (1 + exp(-x)) = (tanh(x / 2) + 1) / 2: one function for all columns
            weights[len(weights) // 2 :] /= 2
        if name.endswith("weight") and name != "embed.weight":
            weights = weights.T  # x @ weights
        if name == "window.weight":  # three words above each other become three beside each other
            weights = np.hstack(np.split(weights, 3))
        if weights.ndim == 2:
            scale = table[f"{name}:scale"] = (np.abs(weights).max(axis=0) / LARGEST).astype(np.float32)
            weights = (weights / np.maximum(scale, 1e-9)).round().astype(np.int8)
        table[name] = weights
    np.savez_compressed(DATA, **table)
    print("wrote", DATA.name, DATA.stat().st_size)


def main() -> None:
    """Train, measure, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treebank", type=pathlib.Path, help="folder of train, dev and news_test.conllu.gz")
    parser.add_argument("--silver", type=pathlib.Path, help="trees of a teacher, as teach_parser.py writes them")
    parser.add_argument("--minutes", type=float, default=45.0, help="time of training (45)")
    parser.add_argument("--write", action="store_true", help="write the weights")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    trees = [tree for tree in read_trees(args.treebank / "train.conllu.gz") if len(tree.forms) < LONGEST]
    silver = list(read_silver(args.silver)) if args.silver else []
    coder = Coder.collect(trees, silver)
    net = Network(coder)
    train(net, coder, trees, args.minutes / 3 if silver else args.minutes)
    if silver:
        train(net, coder, [*trees, *silver], args.minutes * 2 / 3)
    for name in ("dev", "news_test"):
        print(name, measure(net, coder, list(read_trees(args.treebank / f"{name}.conllu.gz"))))
    if args.write:
        write(net, coder)


if __name__ == "__main__":
    main()
