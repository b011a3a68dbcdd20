"""Rules as data: a pattern over the words of a line, what it builds, and texts on which it fires or stays quiet.

A rule is a list in a word file: patterns, then texts behind ``+`` that it finds and behind ``-`` that it leaves alone::

    week = ["which=last|next week >!of", "+ he left last week", "- in the last week of May"]

The parts of a pattern are parted by blanks, and stand in the text with a blank or a hyphen between them:

- ``last|next`` is one of some words, ``o_clock`` two words in a row, ``@names`` any word of a list of the file;
- ``{month}`` is a slot: what a function reads there;
- ``key=`` before a part names what it found, ``?`` behind it lets it be missing, ``,`` before it allows a comma;
- ``<in|since`` wants one of these words right before, ``<!the`` none of them, ``>`` and ``>!`` look right behind; ``.``
  among them is no word at all.

Which rules are tried at a word follows from the first words of their patterns. A pattern looks at a bounded number of
words, so that reading is linear.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from types import ModuleType
from typing import Any, Generic, Literal, Protocol, TypeVar

import attrs

from consistency.errors import SettingsError
from consistency.facts.line import Line, group_phrases

ABBREVIATED = 5  # letters of "Sept.", which keeps its dot


class HasLine(Protocol):
    """What a slot reads in: a line, and what else its readers want to know."""

    @property
    def line(self) -> Line:
        """The words."""


C = TypeVar("C", bound=HasLine)
Value = TypeVar("Value")
Found = TypeVar("Found", covariant=True)


@attrs.frozen(eq=False)
class Slot(Generic[C]):
    """A function that reads something at a word, and the words that it may start with."""

    read: Callable[[C, int], tuple[Any, int] | None]
    starts: Set[str]


@attrs.frozen
class Read(Generic[Found]):
    """A value with its first word and its end."""

    value: Found
    start: int
    end: int


@attrs.frozen
class Match:
    """What a pattern found from word ``start`` to ``end``: a value for each key, ``None`` where it is missing."""

    start: int
    end: int
    values: Mapping[str, tuple[Any, int, int]]

    def __getitem__(self, key: str) -> Any:
        return self.values[key][0] if key in self.values else None

    def place(self, key: str) -> tuple[int, int]:
        """Return the first word of a part that was found, and its end."""
        return self.values[key][1:]

    def read(self, value: Value) -> Read[Value]:
        """Return a value that all of it says."""
        return Read(value, self.start, self.end)


_Seen = dict[tuple[Slot[Any], int], "tuple[Any, int] | Literal[False] | None"]  # what slots have read: rules share them


@attrs.frozen
class _Part(Generic[C]):
    key: str
    slot: Slot[C]
    optional: bool
    comma: bool


@attrs.frozen
class Pattern(Generic[C]):
    """A pattern that was read from its text."""

    parts: tuple[_Part[C], ...]
    before: tuple[tuple[bool, frozenset[str]], ...]
    behind: tuple[tuple[bool, frozenset[str]], ...]

    @property
    def starts(self) -> frozenset[str]:
        """The keys of the first words it can have."""
        found: frozenset[str] = frozenset()
        for part in self.parts:
            found |= part.slot.starts
            if not part.optional:
                break
        return found

    def match(self, scene: C, k: int, seen: _Seen) -> Match | None:
        """Return what stands at word ``k``, ``None`` where the pattern does not fit; ``seen`` keeps what slots read."""
        line = scene.line
        if self.before and not _is_allowed(self.before, line.previous(k)):
            return None
        values: dict[str, tuple[Any, int, int]] = {}
        end = self._match(scene, 0, k, values, seen)
        return None if end is None else Match(k, end, values)

    def _match(self, scene: C, n: int, k: int, values: dict[str, tuple[Any, int, int]], seen: _Seen) -> int | None:
        """Return the end of the parts from ``n`` on, which start at word ``k`` or after what was found."""
        if n == len(self.parts):
            return None if self.behind and not _is_allowed(self.behind, scene.line.next(k)) else k
        part = self.parts[n]
        place = part.slot, k
        found = seen.get(place, False)
        if found is False:  # not asked yet
            found = seen[place] = part.slot.read(scene, k)
        if found and (not values or _is_next(scene.line, k, comma=part.comma)):
            values[part.key] = found[0], k, found[1]
            if (end := self._match(scene, n + 1, found[1], values, seen)) is not None:
                return end
            del values[part.key]
        return self._match(scene, n + 1, k, values, seen) if part.optional else None


def _is_allowed(conditions: Sequence[tuple[bool, frozenset[str]]], word: str) -> bool:
    return all((word in words) is wanted for wanted, words in conditions)


def _is_next(line: Line, k: int, *, comma: bool) -> bool:
    """Say whether word ``k`` stands right behind the word before it, or the dot of an abbreviation."""
    gap = line.gap(k)
    if gap == " " or k >= line.size:
        return k < line.size
    gap = gap.strip()
    if gap[:1] == "." and len(line.words[k - 1]) <= ABBREVIATED:
        gap = gap[1:]
    return gap in ("", "-", "'") or (comma and gap == ",")


def parse(text: str, slots: Mapping[str, Slot[C]], lists: Mapping[str, frozenset[str]]) -> Pattern[C]:
    """Return the pattern of a text, with the slots and the lists of words that it may name.

    Raises:
        SettingsError: the text names a slot or a list that is not there, or nothing has to be found.

    >>> pattern = parse("which=last|next_to_last {day}?", {"day": Slot(lambda scene, k: None, frozenset())}, {})
    >>> sorted(pattern.starts)
    ['last', 'next']
    >>> parse("@moon", {}, {})
    Traceback (most recent call last):
    consistency.errors.SettingsError: pattern '@moon': no slot or list 'moon': write that list, or leave the pattern out
    >>> parse("last||next", {}, {})
    Traceback (most recent call last):
    consistency.errors.SettingsError: pattern 'last||next' lacks a word where a mark wants one: write it
    """
    parts: list[_Part[C]] = []
    around: dict[str, list[tuple[bool, frozenset[str]]]] = {"<": [], ">": []}
    try:
        for item in text.split():
            if item[0] in around:
                wanted = item[1] != "!"
                around[item[0]].append((wanted, _read_words(item[1 + (not wanted) :], lists)))
                continue
            comma, item = item[0] == ",", item.removeprefix(",")
            optional, item = item.endswith("?"), item.removesuffix("?")
            key, _, atom = item.rpartition("=")
            slot = slots[atom[1:-1]] if atom.startswith("{") else _find_words(_read_words(atom, lists))
            parts.append(_Part(key or atom.strip("{}"), slot, optional, comma))
    except KeyError as error:
        raise SettingsError(
            f"pattern {text!r}: no slot or list {error}: write that list, or leave the pattern out"
        ) from None
    except IndexError:
        raise SettingsError(f"pattern {text!r} lacks a word where a mark wants one: write it") from None
    if all(part.optional for part in parts):
        raise SettingsError(f"pattern {text!r} finds nothing: every part may be missing")
    return Pattern(tuple(parts), tuple(around["<"]), tuple(around[">"]))


@functools.cache  # rules that look for the same words share what was read
def _find_words(words: frozenset[str]) -> Slot[Any]:
    """Return a slot that reads some words or phrases as they are."""
    phrases = group_phrases(words)
    return Slot(lambda scene, k: scene.line.read_phrase(k, phrases), phrases.keys())


def _read_words(text: str, lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    words: set[str] = set()
    for word in text.split("|"):
        words |= lists[word[1:]] if word[0] == "@" else {word.replace("_", " ") if word != "." else ""}
    return frozenset(words)


def list_words(words: attrs.AttrsInstance) -> dict[str, frozenset[str]]:
    """Return the lists of a word file, those of its table ``lists``, and what its tables stand for, by their names."""
    tables = {field.name: getattr(words, field.name) for field in attrs.fields(type(words))}
    return {name: frozenset(words) for name, words in (*tables.items(), *tables.get("lists", {}).items())}


def collect_functions(prefix: str, *modules: ModuleType) -> dict[str, Callable[..., Any]]:
    """Return the functions of some modules whose names start alike, by the rest of their names: that of a rule or slot.

    >>> import bisect
    >>> sorted(collect_functions("insort_", bisect))
    ['left', 'right']
    """
    found = (item for module in modules for item in vars(module).items() if item[0].startswith(prefix))
    return {name.removeprefix(prefix): function for name, function in found}


Builder = Callable[[C, Match], "Read[Value] | None"]


@attrs.frozen
class Production(Generic[C, Value]):
    """A name, patterns, what builds a value of a match, and texts on which it fires and on which it is quiet."""

    name: str
    patterns: tuple[Pattern[C], ...]
    build: Builder[C, Value]
    fires: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()


class Grammar(Generic[C, Value]):
    """Rules in order, brought together by the first words of their patterns: the first that builds something wins."""

    def __init__(
        self,
        rules: Mapping[str, Sequence[str]],
        builders: Mapping[str, Builder[C, Value]],
        slots: Mapping[str, Slot[C]],
        lists: Mapping[str, frozenset[str]],
        where: str,
    ) -> None:
        if unknown := sorted(rules.keys() - builders.keys()):
            raise SettingsError(f"{where}: no rule is named {unknown[0]!r}; there are {', '.join(sorted(builders))}")
        try:
            self.rules = tuple(
                Production(
                    name,
                    tuple(parse(row, slots, lists) for row in rows if row[:2] not in ("+ ", "- ")),
                    builders[name],
                    tuple(row[2:] for row in rows if row.startswith("+ ")),
                    tuple(row[2:] for row in rows if row.startswith("- ")),
                )
                for name, rows in rules.items()
            )
        except SettingsError as error:
            raise SettingsError(f"{where}: {error}") from None
        self._table: dict[str, list[tuple[Production[C, Value], Pattern[C]]]] = {}
        for rule in self.rules:
            for pattern in rule.patterns:
                for word in pattern.starts:
                    self._table.setdefault(word, []).append((rule, pattern))

    @property
    def starts(self) -> Collection[str]:
        """The keys of the words at which some rule may fire."""
        return self._table.keys()

    def read(self, scene: C, k: int) -> Read[Value] | None:
        """Return what the first rule that fits builds at word ``k``, ``None`` where none does."""
        return next(self.read_all(scene, k), (None, None))[1]

    def read_all(self, scene: C, k: int, without: Collection[str] = ()) -> Iterator[tuple[str, Read[Value]]]:
        """Yield what each rule builds at word ``k``, with its name; some rules may be left out."""
        seen: _Seen = {}
        for rule, pattern in self._table.get(scene.line.key(k), ()):
            if rule.name in without or not (match := pattern.match(scene, k, seen)):
                continue
            if read := rule.build(scene, match):
                yield rule.name, read
