"""A parsed sentence, and how scores become a tree."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from consistency.clauses import words

if TYPE_CHECKING:
    from consistency.clauses.network import Floats

_DIGITS = 4  # of a score: what differs less is a tie, the first wins


@attrs.frozen(eq=False)  # one a sentence: told apart by identity, so that its clauses can be kept
class Parse:
    """The words of a sentence, the class of each, and the word that it hangs on (Universal Dependencies 2).

    Words are numbered from 0; all fields but ``text`` have one value a word.

    Attributes:
        text: the sentence.
        starts, ends: the place of each word in the article.
        forms: the words as written.
        upos: the universal part of speech: VERB, NOUN, ...
        xpos: the finer tag of the Penn Treebank: VBD, NNS, ...
        heads: the number of the word that it hangs on, -1 for the root; every sentence with a word has one root.
        relations: what it is to that word: nsubj, obj, ...

    >>> from consistency.clauses import parse
    >>> from consistency.model import Sentence
    >>> (found,) = parse([Sentence(0, 0, 20, "Ferries left Orlin.")])
    >>> found.forms[found.heads[0]], found.relations[0]
    ('left', 'nsubj')
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.forms)

    def norm(self, word: int) -> str:
        """Return the folded form of a word."""
        return self._norms[word]

    def children(self, word: int) -> tuple[int, ...]:
        """Return the words that hang on a word, in order; on -1 hangs the root."""
        return self._children.get(word, ())

    def subtree(self, word: int) -> Iterator[int]:
        """Yield a word and all that hangs on it, in no order."""
        waiting = [word]
        while waiting:
            yield (word := waiting.pop())
            waiting.extend(self.children(word))

    def word_at(self, offset: int) -> int | None:
        """Return the word that covers a place of the article, or the next one, ``None`` after the last."""
        word = bisect.bisect_right(self.ends, offset)
        return word if word < len(self) else None

    @functools.cached_property
    def types(self) -> tuple[str, ...]:
        """The relations without their subtypes: nsubj for nsubj:pass."""
        return tuple(relation.partition(":")[0] for relation in self.relations)

    @functools.cached_property
    def _norms(self) -> tuple[str, ...]:
        return tuple(map(words.fold, self.forms))

    @functools.cached_property
    def _children(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for word, head in enumerate(self.heads):
            found.setdefault(head, []).append(word)
        return {head: tuple(hanging) for head, hanging in found.items()}


def grow(scores: Floats) -> list[int]:
    """Return the head of each word, -1 for the one root: the best head of each, mended where that makes no tree.

    ``scores`` has a row for each word and a column for each head, the root last. A circle is opened where that costs
    least; this is the first step of Chu & Liu (1965) without the search for the best of all trees.

    >>> import numpy as np
    >>> grow(np.array([[-9.0, 5, 1], [5, -9, 2]]))
    [1, -1]
    """
    import numpy as np

    scores = scores.round(_DIGITS)
    size = len(scores)
    heads = scores.argmax(axis=1)
    roots = np.flatnonzero(heads == size)
    if len(roots) != 1:
        top = int((scores[:, -1] - scores[:, :-1].max(axis=1, initial=-np.inf)).argmax()) if size > 1 else 0
        if len(roots) > 1:
            top = int(roots[(scores[roots, -1] - scores[roots, :-1].max(axis=1)).argmax()])
            for word in roots.tolist():
                heads[word] = scores[word, :-1].argmax()
        heads[top] = size
    tree: list[int] = [-1 if head == size else head for head in heads.tolist()]
    while circle := _find_circle(tree):
        inside = _reach(tree, circle)
        outer = [word for word in range(size) if word not in inside]
        options = scores[np.ix_(circle, outer)]
        loss = options.max(axis=1) - scores[circle, [tree[word] for word in circle]]
        worst = int(loss.argmax())
        tree[circle[worst]] = outer[int(options[worst].argmax())]
    return tree


def _find_circle(tree: list[int]) -> list[int]:
    """Return the words of a circle, none for a tree."""
    seen = [-1] * len(tree)  # from which word each was first reached
    for start in range(len(tree)):
        word = start
        while word >= 0 and seen[word] < 0:
            seen[word] = start
            word = tree[word]
        if word >= 0 and seen[word] == start:
            circle = [word]
            while tree[circle[-1]] != word:
                circle.append(tree[circle[-1]])
            return circle
    return []


def _reach(tree: list[int], circle: list[int]) -> set[int]:
    """Return the words that hang on a circle, with the circle."""
    inside, outside = set(circle), {-1}
    for word in range(len(tree)):
        path: set[int] = set()
        while word not in inside and word not in outside and word not in path:  # the last: another circle
            path.add(word)
            word = tree[word]
        (inside if word in inside else outside).update(path)
    return inside
