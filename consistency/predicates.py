"""How predicates bear on each other (opposites, acts undone, stages of a course), and what words claim or deny.

The table is ``predicates.txt`` of the language; its head explains its form. An entry is one word ("acquit") or several
("find guilty"), in any inflection; it is compared by its stems.
"""

from __future__ import annotations

import enum
import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence, Set

import attrs

from consistency.language import ENGLISH
from consistency.text import Token, stem

_REACH = 3  # words that may stand at the gap of an entry: "found both men guilty"
_GAP = "*"
_Key = tuple[str, ...]


class LexicalRelation(str, enum.Enum):
    """What one predicate is to another.

    >>> print(LexicalRelation.UNDOES, LexicalRelation.UNDOES.reverse, LexicalRelation.OPPOSITE.reverse)
    undoes undone opposite
    """

    SAME = "same"  #: one act in other words
    CONVERSE = "converse"  #: one act from its other end: who and whom change places
    UNDOES = "undoes"  #: ends or reverses the other
    UNDONE = "undone"  #: is ended or reversed by the other
    LATER = "later"  #: a later stage of one course
    EARLIER = "earlier"  #: an earlier stage of one course
    OPPOSITE = "opposite"  #: cannot hold of one thing at one moment
    CONTRAST = "contrast"  #: clashes only in the same role with the same head

    def __str__(self) -> str:
        return str(self.value)

    @property
    def reverse(self) -> LexicalRelation:
        """The relation from the other side."""
        return _REVERSE.get(self, self)


_REVERSE = {
    LexicalRelation.UNDOES: LexicalRelation.UNDONE,
    LexicalRelation.UNDONE: LexicalRelation.UNDOES,
    LexicalRelation.LATER: LexicalRelation.EARLIER,
    LexicalRelation.EARLIER: LexicalRelation.LATER,
}


_RELATIONS = {
    "contrast": LexicalRelation.CONTRAST,
    "converse": LexicalRelation.CONVERSE,
    "course": LexicalRelation.LATER,
    "opposite": LexicalRelation.OPPOSITE,
    "undo": LexicalRelation.UNDOES,
}


class Stance(str, enum.Enum):
    """What a word does to the statement it is about.

    >>> print(Stance.DENY)
    deny
    """

    CLAIM = "claim"  #: says it without vouching for it
    CONFIRM = "confirm"  #: says that it is so
    DENY = "deny"  #: says that it is not so
    DOUBT = "doubt"  #: leaves open whether it is so
    REFUSE = "refuse"  #: will not do it
    RETRACT = "retract"  #: takes back that it was said

    def __str__(self) -> str:
        return str(self.value)


_STANCES = frozenset(stance.value for stance in Stance)


@attrs.frozen
class Predicate:
    """An entry of the table as it stands in a text: the entry, and which tokens are its words.

    >>> Predicate("find guilty", (3, 6))
    Predicate(text='find guilty', positions=(3, 6))
    """

    text: str
    positions: tuple[int, ...]


@attrs.frozen
class Group:
    """A line of the table: what it says, where it is from, and its cells.

    >>> Group("undo", "own", (("close",), ("reopen", "open again"))).kind
    'undo'
    """

    kind: str
    source: str
    cells: tuple[tuple[str, ...], ...]


@attrs.frozen
class _Entry:
    text: str
    key: _Key
    gaps: frozenset[int]  # before which words others may stand


@attrs.frozen
class _Table:
    relations: dict[tuple[_Key, _Key], LexicalRelation]  # what the second is to the first
    stances: dict[_Key, Stance]
    entries: dict[str, tuple[_Entry, ...]]  # by first stem, the longest first
    prefixes: frozenset[str]  # that negate whatever word follows them


def relate(one: str, other: str) -> LexicalRelation | None:
    """Return what predicate ``other`` is to predicate ``one``, ``None`` where the table does not relate them.

    Any inflection will do, without auxiliaries. Equal predicates are the same. Of several relations the first in the
    order of ``LexicalRelation`` is returned: "lift" undoes "impose" and could not hold beside it either. Where who and
    whom did *not* change places, a converse is an opposite: nobody buys and sells in one act.

    >>> print(relate("acquitted", "found guilty"), relate("closed", "reopened"), relate("reopened", "closed"))
    opposite undoes undone
    >>> print(relate("considers", "signed"), relate("beat", "lost to"), relate("charged", "discharged"))
    later converse None
    """
    here, there = _key(one), _key(other)
    if here == there:
        return LexicalRelation.SAME
    if len(here) != len(there) and (_negates(here, there) or _negates(there, here)):
        return LexicalRelation.OPPOSITE
    return _load().relations.get((here, there))


def classify(predicate: str) -> Stance | None:
    """Return what a predicate does to the statement it is about, ``None`` where the table does not say.

    >>> print(classify("denied"), classify("hoax"), classify("backtracked"), classify("walked"))
    deny deny retract None
    """
    return _load().stances.get(_key(predicate))


def find_predicates(tokens: Sequence[Token]) -> tuple[Predicate, ...]:
    """Return the entries of the table in ``tokens``, in order; of entries that share a word, the longest one.

    Words are not told apart by their part of speech: "back" is found in "the back of the house" too.

    >>> from consistency.text import tokenize
    >>> [(p.text, p.positions) for p in find_predicates(tokenize("Found guilty, he called the talks off."))]
    [('find guilty', (0, 1)), ('call off', (3, 6)), ('talks', (5,))]
    """
    table = _load()
    stems = [_stem(token.norm) for token in tokens]
    taken: set[int] = set()
    found = []
    for start in range(len(stems)):
        if start not in taken and (match := _find(table, tokens, stems, start, taken)):
            taken.update(match.positions)
            found.append(match)
    return tuple(found)


def _find(
    table: _Table, tokens: Sequence[Token], stems: Sequence[str], start: int, taken: Set[int]
) -> Predicate | None:
    """Return the longest entry that begins at ``start`` and has no word that is taken."""
    if stems[start] in table.prefixes and start + 1 < len(stems):
        return Predicate(f"{stems[start]} {tokens[start + 1].norm}", (start, start + 1))
    for entry in table.entries.get(stems[start], ()):
        if positions := _match(stems, start, entry, taken):
            return Predicate(entry.text, positions)
    return None


def _match(stems: Sequence[str], start: int, entry: _Entry, taken: Set[int]) -> tuple[int, ...]:
    """Return where the words of an entry stand that begins at ``start``, nothing where one is missing or taken."""
    positions = [start]
    for number, word in enumerate(entry.key[1:], 1):
        place = positions[-1] + 1
        last = min(place + (_REACH if number in entry.gaps else 0), len(stems) - 1)
        while place <= last and (stems[place] != word or place in taken):
            place += 1
        if place > last:
            return ()
        positions.append(place)
    return tuple(positions)


def _negates(one: _Key, other: _Key) -> bool:
    """Say whether ``one`` is ``other`` with a prefix of its own before it: "non-binding"."""
    return len(one) > len(other) and one[1:] == other and one[0] in _load().prefixes


@functools.lru_cache(1 << 15)
def _key(text: str) -> _Key:
    return tuple(_stem(word) for word in text.casefold().replace("-", " ").split() if word != _GAP)


@functools.lru_cache(1 << 15)
def _stem(word: str) -> str:
    """Return the stem of a word, in the form and the spelling that the table prefers."""
    forms, endings = _forms("form"), _forms("ending")
    word = forms.get(word, word)
    ending = next((ending for ending in endings if word.endswith(ending)), "")
    return stem(word[: -len(ending)] + endings[ending] if ending else word)


@functools.cache
def _forms(kind: str) -> dict[str, str]:
    return {form: group.cells[0][0] for group in read_groups() if group.kind == kind for form in group.cells[1]}


@functools.cache
def read_groups() -> tuple[Group, ...]:
    """Return the groups of the table in their order, as they are written.

    >>> sorted({group.kind for group in read_groups()})[:4]
    ['claim', 'confirm', 'contrast', 'converse']
    """
    groups, kind, source = [], "", ""
    for line in ENGLISH.read_text("predicates.txt").splitlines():
        if line.startswith("["):
            kind, source = line.strip("[]").split(": ")
        elif line and not line.startswith("#"):
            cells = line.split(" > " if kind in ("course", "undo") else " | ")
            groups.append(Group(kind, source, tuple(tuple(cell.split(", ")) for cell in cells)))
    return tuple(groups)


def list_pairs(group: Group) -> Iterator[tuple[LexicalRelation, str, str]]:
    """Yield what a group says: of each pair of entries what the second is to the first, in one direction.

    An entry that heads a group of the same act stands in every other group for all of that group.

    >>> [(str(relation), *pair) for relation, *pair in list_pairs(Group("prefix", "own", (("un",), ("armed", "able"))))]
    [('opposite', 'armed', 'unarmed'), ('opposite', 'able', 'unable')]
    """
    if group.kind == "same":
        yield from ((LexicalRelation.SAME, *pair) for pair in itertools.combinations(group.cells[0], 2))
    elif group.kind == "prefix":
        (prefix,), words = group.cells
        yield from ((LexicalRelation.OPPOSITE, word, prefix + word) for word in words if word != _GAP)
    elif group.kind in _RELATIONS:
        for one, other in itertools.combinations(group.cells, 2):
            pairs = (
                itertools.product(one, other)
                if group.kind == "contrast"
                else itertools.product(_expand(one), _expand(other))
            )
            yield from ((_RELATIONS[group.kind], *pair) for pair in pairs)


def _expand(entries: Iterable[str]) -> tuple[str, ...]:
    """Return entries, with the same acts in other words behind each."""
    return tuple(word for entry in entries for word in _same().get(entry, (entry,)))


@functools.cache
def _same() -> dict[str, tuple[str, ...]]:
    return {group.cells[0][0]: group.cells[0] for group in read_groups() if group.kind == "same"}


@functools.cache
def _load() -> _Table:
    order = {relation: rank for rank, relation in enumerate(LexicalRelation)}
    pairs = sorted(itertools.chain.from_iterable(map(list_pairs, read_groups())), key=lambda pair: order[pair[0]])
    relations: dict[tuple[_Key, _Key], LexicalRelation] = {}
    for relation, one, other in pairs:  # the first relation of a pair stays
        here, there = _key(one), _key(other)
        relations.setdefault((here, there), relation)
        relations.setdefault((there, here), relation.reverse)
    stances = {
        entry: Stance(group.kind) for group in read_groups() if group.kind in _STANCES for entry in group.cells[0]
    }
    entries: dict[str, list[_Entry]] = {}
    for text in sorted({*itertools.chain.from_iterable(pair[1:] for pair in pairs), *stances}, key=_rank):
        entries.setdefault(_key(text)[0], []).append(_Entry(text.replace(f"{_GAP} ", ""), _key(text), _find_gaps(text)))
    return _Table(
        relations,
        {_key(text): stance for text, stance in stances.items()},
        {first: tuple(rows) for first, rows in entries.items()},
        frozenset(group.cells[0][0] for group in read_groups() if group.kind == "prefix" and _GAP in group.cells[1]),
    )


def _rank(text: str) -> tuple[int, bool, int, str]:
    """Return the place of an entry among those that begin alike: the most words, then the plainest form."""
    return -len(_key(text)), text in _forms("form"), len(text), text


def _find_gaps(text: str) -> frozenset[int]:
    """Return before which words of an entry others may stand.

    >>> _find_gaps("give * the * sack")
    frozenset({1, 2})
    """
    words = text.replace(f"{_GAP} ", _GAP).split()
    return frozenset(k for k, word in enumerate(words) if word.startswith(_GAP))
