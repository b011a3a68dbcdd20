"""Sentences -> parses: the default of ``Comparer(parser=…)``."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import attrs

from consistency.clauses import network, words
from consistency.clauses.tree import Parse, grow
from consistency.language import ENGLISH, Language
from consistency.model import Sentence

Parser: TypeAlias = Callable[[Sequence[Sentence]], tuple[Parse, ...]]

_LONGEST = 250  # words; what is longer is a table or a list, and is not parsed
_BATCH = 6000  # words, with those that pad the shorter sentences

_Columns: TypeAlias = tuple[
    tuple[str, ...], tuple[str, ...], tuple[int, ...], tuple[str, ...]
]  # upos, xpos, heads, relations


def parse(sentences: Sequence[Sentence]) -> tuple[Parse, ...]:
    """Return the parse of each sentence.

    Every word has one head, a sentence with a word has one root, spans lie inside the sentence. Time is linear in the
    length of the text: in a sentence of more than 250 words all of them hang on the first.

    >>> (found,) = parse([Sentence(0, 0, 25, "The mayor signed the law.")])
    >>> [found.forms[head] if head >= 0 else "" for head in found.heads]
    ['mayor', 'signed', '', 'law', 'signed', 'signed']
    """
    return _parse(sentences, network.load().abbreviations, parse_forms)


def parse_flat(sentences: Sequence[Sentence]) -> tuple[Parse, ...]:
    """Return parses that tell nothing, for a language without a parser: all words hang on the first.

    >>> (found,) = parse_flat([Sentence(0, 0, 10, "Rain fell.")])
    >>> found.heads
    (-1, 0, 0)
    """
    return _parse(sentences, frozenset(), lambda forms: [_lay_flat(len(each)) for each in forms])


def find_parser(language: Language) -> Parser:
    """Return what parses the sentences of a language: ``parse`` those of English, ``parse_flat`` all others.

    >>> find_parser(ENGLISH) is parse
    True
    """
    return parse if language.is_based_on(ENGLISH) else parse_flat


def _parse(
    sentences: Sequence[Sentence], short: frozenset[str], label: Callable[[Sequence[Sequence[str]]], Sequence[_Columns]]
) -> tuple[Parse, ...]:
    cuts = [tuple(words.split(sentence.text, short)) for sentence in sentences]
    columns_of = label([[form for _, _, form in cut] for cut in cuts])
    parses = []
    for sentence, cut, columns in zip(sentences, cuts, columns_of, strict=True):
        starts = tuple(sentence.start + start for start, _, _ in cut)
        ends = tuple(sentence.start + end for _, end, _ in cut)
        parses.append(Parse(sentence.text, starts, ends, tuple(form for *_, form in cut), *columns))
    return tuple(parses)


@attrs.frozen(eq=False)
class Parses(Sequence[Parse]):
    """The parses of some sentences, each made when it is asked for: of most articles not all are.

    >>> found = Parses([Sentence(0, 0, 10, "Rain fell."), Sentence(1, 11, 21, "Sun shone.")])
    >>> len(found), found[1].forms
    (2, ('Sun', 'shone', '.'))
    """

    sentences: Sequence[Sentence]
    parser: Parser = parse
    _known: dict[int, Parse] = attrs.field(factory=dict, init=False, repr=False)

    def read(self, places: Iterable[int]) -> None:
        """Parse some of the sentences at once, which takes less time than one after the other."""
        if new := [place for place in places if place not in self._known]:
            self._known.update(zip(new, self.parser([self.sentences[k] for k in new]), strict=True))

    def __getitem__(self, place: Any) -> Any:
        self.read([place])
        return self._known[place]

    def __len__(self) -> int:
        return len(self.sentences)


def parse_forms(sentences: Sequence[Sequence[str]]) -> list[_Columns]:
    """Return tags, fine tags, heads and relations for the words of each sentence, as they are cut.

    >>> [heads for _, _, heads, _ in parse_forms([["Ferries", "collide"], []])]
    [(1, -1), ()]
    """
    found = [_lay_flat(len(forms)) for forms in sentences]
    for batch in _batch([len(forms) if len(forms) <= _LONGEST else 0 for forms in sentences]):
        for k, columns in zip(batch, _parse_batch([sentences[k] for k in batch]), strict=True):
            found[k] = columns
    return found


def _lay_flat(size: int) -> _Columns:
    more = size - 1
    return ("X",) * size, ("FW",) * size, ((-1,) + (0,) * more)[:size], (("root",) + ("dep",) * more)[:size]


def _batch(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of sentences of like length together, so that few words are padding; none of empty ones."""
    batch: list[int] = []
    for k in sorted((k for k, size in enumerate(sizes) if size), key=sizes.__getitem__, reverse=True):
        if batch and (len(batch) + 1) * sizes[batch[0]] > _BATCH:
            yield batch
            batch = []
        batch.append(k)
    if batch:
        yield batch


def _parse_batch(sentences: Sequence[Sequence[str]]) -> Iterator[_Columns]:
    import numpy as np

    net = network.load()
    sizes = np.array([len(forms) for forms in sentences])
    vectors = net.encode([form for forms in sentences for form in forms], sizes)
    trees = [grow(arcs) for arcs in net.score(vectors, sizes)]
    starts = [0, *itertools.accumulate(map(len, sentences))]
    heads = [
        head if head < 0 else head + start for start, tree in zip(starts[:-1], trees, strict=True) for head in tree
    ]
    upos, xpos, relations = net.label(vectors, np.array(heads))
    for tree, (start, stop) in zip(trees, itertools.pairwise(starts), strict=True):
        yield tuple(upos[start:stop]), tuple(xpos[start:stop]), tuple(tree), tuple(relations[start:stop])
