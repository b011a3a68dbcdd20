"""Sentences -> parses: the default of ``Comparer(parser=…)``."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from consistency.clauses import network, words
from consistency.clauses.tree import Parse, grow
from consistency.model import Sentence

Parser: TypeAlias = Callable[[Sequence[Sentence]], tuple[Parse, ...]]

_MOST = 120  # words that are parsed as one tree; a longer sentence is a list, and is parsed piece by piece
_BATCH = 6000  # words, with those that pad the shorter sentences


def parse(sentences: Sequence[Sentence]) -> tuple[Parse, ...]:
    """Return the parse of each sentence.

    Every word has one head, a sentence with a word has one root, spans lie inside the sentence. Time is linear in the
    length of the text.

    >>> (found,) = parse([Sentence(0, 0, 25, "The mayor signed the law.")])
    >>> [found.forms[head] if head >= 0 else "" for head in found.heads]
    ['mayor', 'signed', '', 'law', 'signed', 'signed']
    """
    short = network.load().abbreviations
    cuts = [tuple(words.split(sentence.text, short)) for sentence in sentences]
    pieces = [
        [form for _, _, form in cut[start : start + _MOST]] for cut in cuts for start in range(0, len(cut), _MOST)
    ]
    done = iter(_parse_pieces(pieces))
    parses = []
    for sentence, cut in zip(sentences, cuts, strict=True):
        whole = _join(list(itertools.islice(done, -(-len(cut) // _MOST))))
        starts = tuple(sentence.start + start for start, _, _ in cut)
        ends = tuple(sentence.start + end for _, end, _ in cut)
        parses.append(Parse(sentence.text, starts, ends, tuple(form for *_, form in cut), *whole))
    return tuple(parses)


_Columns: TypeAlias = tuple[list[str], list[str], list[int], list[str]]  # upos, xpos, heads, relations


def _parse_pieces(pieces: Sequence[list[str]]) -> list[_Columns]:
    found: dict[int, _Columns] = {}
    for batch in _batch([len(piece) for piece in pieces]):
        found.update(zip(batch, _parse_batch([pieces[k] for k in batch]), strict=True))
    return [found[k] for k in range(len(pieces))]


def _batch(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of pieces of like length together, so that few words are padding."""
    batch: list[int] = []
    for k in sorted(range(len(sizes)), key=sizes.__getitem__, reverse=True):
        if batch and (len(batch) + 1) * sizes[batch[0]] > _BATCH:
            yield batch
            batch = []
        batch.append(k)
    if batch:
        yield batch


def _parse_batch(pieces: Sequence[list[str]]) -> Iterator[_Columns]:
    import numpy as np

    net = network.load()
    sizes = np.array([len(piece) for piece in pieces])
    vectors = net.encode([form for piece in pieces for form in piece], sizes)
    trees = [grow(arcs) for arcs in net.score(vectors, sizes)]
    starts = [0, *itertools.accumulate(map(len, pieces))]
    heads = [head if head < 0 else head + start for start, tree in zip(starts, trees) for head in tree]  # noqa: B905
    upos, xpos, relations = net.label(vectors, np.array(heads))
    for tree, (start, stop) in zip(trees, itertools.pairwise(starts), strict=True):
        yield upos[start:stop], xpos[start:stop], tree, relations[start:stop]


def _join(pieces: Sequence[_Columns]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """Return the columns of a sentence: the roots of its later pieces hang on the first."""
    upos, xpos, heads, relations = ([], [], [], []) if not pieces else pieces[0]  # type: _Columns
    top = heads.index(-1) if heads else -1
    for more in pieces[1:]:
        start = len(heads)
        heads = heads + [top if head < 0 else head + start for head in more[2]]
        relations = relations + ["parataxis" if head < 0 else name for head, name in zip(more[2], more[3], strict=True)]
        upos, xpos = upos + more[0], xpos + more[1]
    return tuple(upos), tuple(xpos), tuple(heads), tuple(relations)
