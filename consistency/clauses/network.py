"""The network that tags and parses: weights, and the scores that they give to the words of some sentences.

Embeddings of a word and its parts are summed (Honnibal 2015); a window of three words and simple recurrent units in
both directions (Lei et al. 2018) give each word its context; a biaffine score says which word governs which (Dozat &
Manning 2017). ``benchmarks/train_parser.py`` learns it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from consistency.clauses import words
from consistency.language import ENGLISH

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.floating[Any]]
    Ints: TypeAlias = npt.NDArray[np.int64]

_SMALL = 1 << 18  # multiplications; from here on OpenBLAS takes threads


@attrs.frozen(eq=False)
class Network:
    """Learned weights, and what their rows and columns stand for."""

    vocabulary: Mapping[str, int]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    relations: tuple[str, ...]
    weights: Mapping[str, Floats]

    @functools.cached_property
    def abbreviations(self) -> frozenset[str]:
        """The words of the vocabulary that are written with a stop, without it."""
        return frozenset(word[:-1] for word in self.vocabulary if word[-1] == "." and word[:-1].isalpha())

    def linear(self, name: str, x: Floats) -> Floats:
        """Return what a layer makes of its input."""
        y = _multiply(x, self.weights[f"{name}.weight"])
        y += self.weights[f"{name}.bias"]
        return y

    def encode(self, forms: Sequence[str], sizes: Ints) -> Floats:
        """Return a vector for each word of some sentences, which stand one after the other."""
        import numpy as np

        numbers = {form: k for k, form in enumerate(dict.fromkeys(forms))}
        rows = words.rows(numbers, self.vocabulary)
        places = np.fromiter((numbers[form] for form in forms), int, len(forms))
        # The window is linear: each of its three parts is made once for a word, however often it stands in the text.
        parts = _multiply(self.weights["embed.weight"][rows].sum(axis=1), self.weights["window.weight"])
        before, here, after = (part[places] for part in _cut(parts, 3))
        stops = np.cumsum(sizes)
        inner = np.ones(len(forms), bool)
        inner[stops - sizes] = False
        here += self.weights["window.bias"]
        here[inner] += before[np.flatnonzero(inner) - 1]
        inner[:] = True
        inner[stops - 1] = False
        here[inner] += after[np.flatnonzero(inner) + 1]
        x: Floats = np.maximum(here, 0)
        order = _Order.plan(sizes)
        layer = 0
        while f"layers.{layer}.weight" in self.weights:
            new, keep = _cut(np.tanh(self.linear(f"layers.{layer}", x)), 2)
            keep = keep * 0.5 + 0.5  # the logistic function, as its weights were halved
            x += order.recur(keep, new * (1 - keep))
            layer += 1
        return x

    def score(self, x: Floats, sizes: Ints) -> Sequence[Floats]:
        """Return for each sentence how well each word (a row) hangs on each other (a column); the last is the root."""
        import numpy as np

        dependents = np.maximum(self.linear("dependent", x), 0)
        governors = np.vstack([np.maximum(self.linear("governor", x), 0), self.weights["root"]])
        turned = _multiply(governors, self.weights["arc.weight"])
        near = self.weights["distance"]
        scores, start = [], 0
        for size in sizes.tolist():
            places = [*range(start, start + size), len(x)]
            arcs = dependents[start : start + size] @ turned[places, :-1].T + turned[places, -1]
            arcs[:, :-1] += near[_gaps(size, len(near) // 2)]
            np.fill_diagonal(arcs, -np.inf)
            scores.append(arcs)
            start += size
        return scores

    def label(self, x: Floats, heads: Ints) -> tuple[list[str], list[str], list[str]]:
        """Return tag, fine tag and relation of each word; ``heads`` are places among all words, -1 for the root."""
        import numpy as np

        above = np.vstack([_multiply(x, self.weights["above.weight"]), self.weights["root_above"]])
        joined = np.maximum(self.linear("below", x) + above[heads], 0)
        tables = (self.upos, "upos", x), (self.xpos, "xpos", x), (self.relations, "relation", joined)
        upos, xpos, relations = (
            [names[k] for k in self.linear(layer, vectors).argmax(axis=1).tolist()] for names, layer, vectors in tables
        )
        return upos, xpos, relations


def _multiply(x: Floats, weights: Floats) -> Floats:
    """Return a product, made in blocks that are too small for threads.

    Threads of a library for matrices wait for each other in loops: where other work has the cores, a parse took six to
    eleven times the time of the processor.
    """
    import numpy as np

    rows = max(1, _SMALL // weights.size)
    whole = len(x) - len(x) % rows
    product = np.empty((len(x), weights.shape[1]), np.float32)
    blocks = (part[:whole].reshape(-1, rows, part.shape[1]) for part in (x, product))
    np.matmul(next(blocks), weights, out=next(blocks))
    np.matmul(x[whole:], weights, out=product[whole:])
    return product


def _cut(x: Floats, parts: int) -> list[Floats]:
    """Return the columns in equal parts."""
    size = x.shape[1] // parts
    return [x[:, k * size : (k + 1) * size] for k in range(parts)]


@attrs.frozen(eq=False)
class _Order:
    """Where each word stands when all sentences are read abreast, the longest first, from both ends."""

    steps: Ints  # of each word, from the start of its sentence
    back: Ints  # from its end
    lanes: Ints
    active: tuple[int, ...]  # how many sentences have a word at each step

    @classmethod
    def plan(cls, sizes: Ints) -> _Order:
        import numpy as np

        steps = np.concatenate([np.arange(size) for size in sizes.tolist()])
        lane = np.empty_like(sizes)
        lane[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
        back = np.repeat(sizes, sizes) - 1 - steps
        active = (sizes[:, None] > np.arange(sizes.max())).sum(axis=0)
        return cls(steps, back, np.repeat(lane, sizes), tuple(active.tolist()))

    def recur(self, forget: Floats, new: Floats) -> Floats:
        """Return ``c[t] = forget[t] * c[t - 1] + new[t]`` along each sentence: half of the columns from its end."""
        import numpy as np

        half = new.shape[1] // 2
        shape = len(self.active), self.active[0], 2, half
        keep, state = np.empty(shape, np.float32), np.empty(shape, np.float32)
        for target, values in ((keep, forget), (state, new)):
            target[self.steps, self.lanes, 0] = values[:, :half]
            target[self.back, self.lanes, 1] = values[:, half:]
        for t in range(1, len(self.active)):
            n = self.active[t]
            state[t, :n] += keep[t, :n] * state[t - 1, :n]
        return np.hstack([state[self.steps, self.lanes, 0], state[self.back, self.lanes, 1]])


@functools.lru_cache(256)
def _gaps(size: int, far: int) -> Ints:
    """Return the row of the table of distances for each two words of a sentence."""
    import numpy as np

    places = np.arange(size)
    return np.asarray((places[None, :] - places[:, None]).clip(-far, far) + far)


@functools.cache
def load() -> Network:
    """Return the shipped network.

    >>> "VERB" in load().upos
    True
    """
    import numpy as np

    with ENGLISH.find("parser.npz").open("rb") as file:
        table = np.load(file, allow_pickle=False)
        names = {name: bytes(table[name]).decode().split("\n") for name in ("words", "upos", "xpos", "relations")}
        weights = {  # row by row: small products of what lies column by column take three times as long
            name: (table[name] * table.get(f"{name}:scale", 1)).astype(np.float32, order="C")
            for name in table.files
            if name not in names and ":" not in name
        }
    vocabulary = {word: row for row, word in enumerate(names["words"], 1)}
    upos, xpos, relations = (tuple(names[name]) for name in ("upos", "xpos", "relations"))
    return Network(vocabulary, upos, xpos, relations, weights)
