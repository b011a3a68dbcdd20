"""The figures and sentences that all report formats share, so that each says the same things in the same order.

Every string of a summary is one line and safe to show: what would steer a terminal or turn the direction of the text
is replaced.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import attrs

from consistency.foreign import find_note
from consistency.model import (
    Article,
    Change,
    Comparison,
    Fact,
    Kind,
    Nature,
    Pair,
    Relation,
    Role,
    Sentence,
    call_articles,
)
from consistency.overlap import UNSURE
from consistency.text import fold

LEFT, RIGHT = "LEFT", "RIGHT"
"""What the two articles are called where nothing is known of them."""
MARKS = "\ue000", "\ue001"
"""What stands around a changed fact in the sentences of a row; each format writes them in its own way."""
SHORT_LIST = 5
"""How many elaborations a summary lists; conflicts and developments are always listed in full."""
NO_DATE = "no date: what changes while an event goes on, a growing toll say, then counts as a conflict"
NATURE_SIGNS = {Nature.CONFLICT: "!", Nature.DEVELOPMENT: "±", Nature.ELABORATION: "+"}
_LONGEST_QUOTE = 160
_LONGEST_NAME = 60
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", re.ASCII)
_BOUNDS = {"≥": "at least", "≤": "at most", "≈": "about", "≳": "just over", "≲": "nearly"}

UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f\u2028-\u2029\ud800-\udfff"  # control characters, line separators, halves of pairs
    "\u061c\u200e-\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of the text (UAX #9)
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"  # what is
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # not seen, but for the joiners of scripts and emoji
    "]"
)
"""What could steer a terminal, or the reader, who sees something else than a program does."""

_COMMAND = re.compile(r"^([ \t]*):(?=:)|##(?=\w*\[)", re.M)


@attrs.frozen
class Heading:
    """What a report says of an article at its top; empty for what is not known."""

    name: str
    source: str
    published: str
    title: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.source, self.published))) or "(no name)"


@attrs.frozen
class Statement:
    """A change as a sentence that a person can read.

    Attributes:
        change: the change itself.
        pair: index of its pair in ``Comparison.pairs``.
        place: the numbers of the pair's sentences, counted from 1.
        text: the sentence.
        about: the statement that it is about, as the left article has it.
    """

    change: Change
    pair: int
    place: str
    text: str
    about: str = ""

    @property
    def sure(self) -> str:
        """How sure an alarm is that its nature is right; empty for an elaboration, and for what is certain."""
        doubtful = self.change.nature is not Nature.ELABORATION and self.change.confidence < 1
        return f"{tell_share(self.change.confidence)} sure" if doubtful else ""

    @property
    def source(self) -> str:
        """Where it stands, and how sure it is."""
        return ", ".join(filter(None, (self.place, self.sure)))

    @property
    def step(self) -> str:
        """The change alone, for where its sentences stand beside it."""
        left, right = self.change.left, self.change.right
        if _are_denied(self.change):
            return f"{tell_fact(left)} denied by one side"
        return f"{tell_fact(left)} → {tell_fact(right)}" if left and right else self.text


@attrs.frozen
class Summary:
    """The top of every report.

    Attributes:
        left, right: what is known of the two articles.
        called: what the sentences call them.
        counts: for each relation, in the order of ``Relation``, how many pairs it has.
        only_left, only_right: the unique sentences by side.
        confirmed: share of each article that the other confirms, in [0, 1].
        shared: share of each article that the other tells too, changed or not, in [0, 1].
        hints: what a reader has to know to judge the figures, a line each.
        statements: all changes: conflicts first, then developments, then elaborations, each in the order of the pairs.
    """

    left: Heading
    right: Heading
    called: tuple[str, str]
    counts: tuple[tuple[Relation, int], ...]
    only_left: int
    only_right: int
    confirmed: tuple[float, float]
    shared: tuple[float, float]
    hints: tuple[str, ...]
    statements: tuple[Statement, ...]

    def select(self, nature: Nature) -> tuple[Statement, ...]:
        """Return the statements of one nature, in order."""
        return tuple(statement for statement in self.statements if statement.change.nature is nature)

    @property
    def figures(self) -> tuple[tuple[str, int, str], ...]:
        """Sign, number and name of each group of pairs."""
        counts = dict(self.counts)
        return (
            ("=", counts[Relation.IDENTICAL], "identical"),
            ("~", counts[Relation.PARAPHRASED], "paraphrased"),
            ("±", counts[Relation.UPDATED], "updated"),
            ("<", self.only_left, f"only {self.called[0]}"),
            (">", self.only_right, f"only {self.called[1]}"),
        )

    @property
    def headline(self) -> str:
        """The number of conflicts in words; that none was found does not say that there is none."""
        found = len(self.select(Nature.CONFLICT))
        told = f"{found} conflict{'s' if found > 1 else ''}" if found else "No conflict found"
        return f"{told} between {self.called[0]} and {self.called[1]}"

    @property
    def extent(self) -> str:
        """How much of each article the other tells too, and how much of that without a change."""
        told = (
            f"{tell_share(shared)} of {name} ({tell_share(confirmed)} unchanged)"
            for name, shared, confirmed in zip(self.called, self.shared, self.confirmed, strict=True)
        )
        return f"told by both: {', '.join(told)}"

    @property
    def sections(self) -> tuple[Section, ...]:
        """The changes by nature, strongest first, without the natures that have none."""
        found = ((nature, self.select(nature)) for nature in Nature)
        return tuple(
            Section(nature, listed[:SHORT_LIST] if nature is Nature.ELABORATION else listed, len(listed))
            for nature, listed in found
            if listed
        )


@attrs.frozen
class Section:
    """The changes of one nature: those that a summary lists, and how many there are."""

    nature: Nature
    statements: tuple[Statement, ...]
    total: int

    @property
    def title(self) -> str:
        """The heading of the section."""
        return f"{str(self.nature).capitalize()}s ({self.total})"

    @property
    def rest(self) -> str:
        """The line that stands for those that are not listed, empty for none."""
        hidden = self.total - len(self.statements)
        return f"and {hidden} more, below" if hidden else ""


@attrs.frozen
class Row:
    """A pair as reports show it: its sign, its place, the text of both sides and its changes."""

    sign: str
    place: str
    relation: Relation
    left: str
    right: str
    statements: tuple[Statement, ...]


@attrs.frozen
class RowGroup:
    """Rows under one title."""

    title: str
    rows: tuple[Row, ...]


def summarize(comparison: Comparison, called: tuple[str, str] | None = None) -> Summary:
    """Return the summary of a comparison; ``called`` is what its sentences call the two articles.

    >>> article = Article("Rain fell.", name="first.txt", published="2022-09-05")
    >>> sentence = Sentence(0, 0, 10, "Rain fell.")
    >>> pair = Pair((sentence,), (sentence,), Relation.IDENTICAL, 1.0)
    >>> summary = summarize(Comparison(article, article, (sentence,), (sentence,), (pair,)))
    >>> print(summary.left)
    first.txt, 2022-09-05
    >>> summary.confirmed
    (1.0, 1.0)
    """
    called = called or call_sides(comparison.left, comparison.right)
    only_left = sum(bool(pair.left) for pair in comparison.unique)
    position = {id(pair): index for index, pair in enumerate(comparison.pairs)}
    return Summary(
        left=describe(comparison.left),
        right=describe(comparison.right),
        called=called,
        counts=tuple(comparison.counts.items()),
        only_left=only_left,
        only_right=len(comparison.unique) - only_left,
        confirmed=comparison.confirmed,
        shared=comparison.shared,
        hints=tuple(list_hints(comparison)),
        statements=tuple(
            Statement(
                change,
                position[id(pair)],
                locate(pair),
                tell_change(comparison, change, called),
                neutralize(pair.left_text or pair.right_text),
            )
            for pair, change in comparison.changes
        ),
    )


def arrange_rows(comparison: Comparison, summary: Summary) -> tuple[RowGroup, ...]:
    """Return all pairs, those with a left side first; a group without rows is left out.

    >>> yes = Sentence(0, 0, 3, "Yes")
    >>> article = Article("Yes")
    >>> found = Comparison(article, article, (yes,), (yes,), (Pair((yes,), (yes,), Relation.IDENTICAL),))
    >>> [(group.title, group.rows[0].place) for group in arrange_rows(found, summarize(found))]
    [('All sentences, in the order of LEFT', 'L1 R1')]
    """
    told: dict[int, list[Statement]] = {}
    for statement in summary.statements:
        told.setdefault(statement.pair, []).append(statement)
    left: list[Row] = []
    right: list[Row] = []
    for index, pair in enumerate(comparison.pairs):
        texts = (
            tell_side(pair.left, tuple(change.left for change in pair.changes)),
            tell_side(pair.right, tuple(change.right for change in pair.changes)),
        )
        row = Row(sign(pair), locate(pair), pair.relation, *texts, tuple(told.get(index, ())))
        (left if pair.left else right).append(row)
    first, second = summary.called
    groups = (
        RowGroup(f"All sentences, in the order of {first}", tuple(left)),
        RowGroup(f"Sentences of {second} alone", tuple(right)),
    )
    return tuple(group for group in groups if group.rows)


def neutralize(text: str) -> str:
    r"""Return ``text`` on one line, with ``U+FFFD`` for each character that could steer a terminal or the reader.

    >>> neutralize("Toll\n rises \x1b[31mto 9")
    'Toll rises �[31mto 9'
    """
    return UNSAFE.sub("\ufffd", " ".join(text.split()))


def disarm(text: str) -> str:
    """Return a report of lines in which none is a command to the CI server that shows it.

    GitHub runs lines that start with two colons, Azure and TeamCity what follows two number signs.

    >>> print(disarm("  ::stop-commands::x"))
      �:stop-commands::x
    """
    return _COMMAND.sub(lambda match: "#\ufffd" if match[1] is None else f"{match[1]}\ufffd", text)


def shorten(text: str, width: int) -> str:
    """Return ``text`` cut to ``width`` characters, the last of them an ellipsis where something was cut.

    >>> shorten("Rain fell all day", 10)
    'Rain fell…'
    """
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def sign(pair: Pair) -> str:
    """Return the one character that stands for the relation of a pair.

    ``=`` identical, ``~`` paraphrased, ``!`` updated with a conflict, ``±`` updated without one, ``<`` only on the
    left, ``>`` only on the right.

    >>> sign(Pair((Sentence(0, 0, 3, "Yes"),), (), Relation.UNIQUE))
    '<'
    """
    if pair.relation is Relation.UNIQUE:
        return "<" if pair.left else ">"
    if pair.relation is Relation.UPDATED:
        return "!" if pair.nature is Nature.CONFLICT else "±"
    return "=" if pair.relation is Relation.IDENTICAL else "~"


def locate(pair: Pair) -> str:
    """Return the numbers of the sentences of a pair, counted from 1 in each article.

    >>> yes, no = Sentence(0, 0, 3, "Yes"), Sentence(1, 4, 6, "No")
    >>> locate(Pair((yes, no), (yes,), Relation.PARAPHRASED))
    'L1+2 R1'
    """
    sides = (("L", pair.left), ("R", pair.right))
    return " ".join(letter + "+".join(str(s.index + 1) for s in sentences) for letter, sentences in sides if sentences)


def tell_side(sentences: tuple[Sentence, ...], facts: tuple[Fact | None, ...] = ()) -> str:
    r"""Return the text of one side of a pair, safe to show, with the role of what is no body sentence.

    ``facts`` stand between ``MARKS``.

    >>> tell_side((Sentence(0, 0, 10, "Rain\nfalls", Role.HEADLINE),))
    '(headline) Rain falls'
    """
    told = (_mark(s, facts) if s.role is Role.BODY else f"({s.role}) {_mark(s, facts)}" for s in sentences)
    return neutralize(" ".join(told))


def _mark(sentence: Sentence, facts: tuple[Fact | None, ...]) -> str:
    """Return the text of a sentence with marks around the facts in it; facts that overlap are marked as one."""
    spans = sorted(
        (fact.start - sentence.start, fact.end - sentence.start)
        for fact in facts
        if fact and sentence.start <= fact.start < fact.end <= sentence.end
    )
    text = sentence.text
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        if stop <= end:
            continue
        if start < end:
            pieces[-1] = pieces[-1].removesuffix(MARKS[1])
            pieces.append(_unmark(text[end:stop]) + MARKS[1])
        else:
            pieces += [_unmark(text[end:start]), MARKS[0] + _unmark(text[start:stop]) + MARKS[1]]
        end = stop
    return "".join([*pieces, _unmark(text[end:])])


def _unmark(text: str) -> str:
    return text.replace(MARKS[0], "\ufffd").replace(MARKS[1], "\ufffd")


def call_sides(left: Article, right: Article) -> tuple[str, str]:
    """Return what to call two articles in a sentence, safe to show.

    >>> call_sides(Article("", "first.txt"), Article("", "later.txt", "Wire"))
    ('first.txt', 'Wire')
    """
    called = call_articles((left, right), (LEFT, RIGHT))
    return shorten(neutralize(called[0]), _LONGEST_NAME), shorten(neutralize(called[1]), _LONGEST_NAME)


def list_hints(comparison: Comparison) -> Iterator[str]:
    """Yield what a reader has to know to judge a comparison, a line each.

    >>> list(list_hints(Comparison(Article("Rain."), Article("Snow.", published="2024-05-06"), (), (), ())))
    ['LEFT has no date: what changes while an event goes on, a growing toll say, then counts as a conflict']
    """
    sides = comparison.left, comparison.right
    called = call_sides(*sides)
    undated = [name for name, article in zip(called, sides, strict=True) if article.published is None]
    if undated:
        yield f"{' and '.join(undated)} {'have' if len(undated) > 1 else 'has'} {NO_DATE}"
    if comparison.overlap < UNSURE:
        yield "these articles may tell two events: then what they differ in is no contradiction"
    for name, article in zip(called, sides, strict=True):
        if note := find_note(article):
            yield f"{name}: {note}"
    if any(article.text for article in sides) and sides[0].text == sides[1].text:
        yield "both sides are the same text: is one of them meant to be another file?"


def tell_change(comparison: Comparison, change: Change, called: tuple[str, str] | None = None) -> str:
    """Return a change as a sentence; in a development it says which side is the later one, where the dates tell.

    >>> from consistency.model import Kind
    >>> rain = Article("Rain fell.")
    >>> found = Comparison(rain, rain, (), (), ())
    >>> two, nine = Fact(Kind.QUANTITY, 0, 3, "two", 2), Fact(Kind.QUANTITY, 0, 1, "9", 9)
    >>> tell_change(found, Change(Kind.QUANTITY, Nature.CONFLICT, two, nine))
    'LEFT says “two” (2), RIGHT says “9”'
    >>> tell_change(found, Change(Kind.QUANTITY, Nature.ELABORATION, None, nine))
    'only RIGHT has “9”'
    """
    called = called or call_sides(comparison.left, comparison.right)
    if change.left is None or change.right is None:
        side, fact = (called[1], change.right) if change.left is None else (called[0], change.left)
        return f"only {side} has {tell_fact(fact)}"
    if _are_denied(change):
        return f"one of {called[0]} and {called[1]} denies {tell_fact(change.left)}"
    later = _find_later(comparison) if change.nature is Nature.DEVELOPMENT else None
    facts = change.left, change.right
    return ", ".join(f"{called[n]}{' later' if n == later else ''} says {tell_fact(facts[n])}" for n in (0, 1))


def _are_denied(change: Change) -> bool:
    """Say whether the words of both sides are the same, so that they do not show which is denied."""
    left, right = change.left, change.right
    return change.kind is Kind.POLARITY and bool(left and right and fold(left.text) == fold(right.text))


def tell_fact(fact: Fact | None) -> str:
    """Return the words of a fact in quote marks, and its normalised value where the words do not show it.

    >>> from consistency.model import Kind
    >>> tell_fact(Fact(Kind.QUANTITY, 0, 7, "a dozen", 12))
    '“a dozen” (12)'
    >>> tell_fact(Fact(Kind.QUANTITY, 0, 7, "12 dead", 12))
    '“12 dead”'
    """
    if fact is None:
        return "nothing"
    words = neutralize(fact.text)
    value = "" if fact.value is None else _shorten_days(neutralize(str(fact.value)))
    value = _BOUNDS.get(value[:1], value[:1]) + value[1:]
    shown = f" {fold(value)} " in f" {fold(words)} "
    return f"“{shorten(words, _LONGEST_QUOTE)}”" + ("" if shown or not value else f" ({value})")


def _shorten_days(value: str) -> str:
    """Return a range of days as people write it: a year, a month, or from one day to another."""
    if not (found := _DAYS.fullmatch(value)):
        return value
    first, last = (datetime.date.fromisoformat(day) for day in found.groups())
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    whole = first.day == 1 and (last + datetime.timedelta(days=1)).day == 1 if last < datetime.date.max else False
    if whole and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first} to {last}"


def tell_share(share: float) -> str:
    """Return a share as whole percent, rounded down so that only the whole is 100%.

    >>> tell_share(0.999), tell_share(0.29), tell_share(1)
    ('99%', '29%', '100%')
    """
    return f"{int(share * 100 + 1e-9)}%"  # 0.29 * 100 is 28.999999999999996


def describe(article: Article) -> Heading:
    """Return what a report says of an article at its top.

    >>> print(describe(Article("Rain fell.", "rain.txt", published="2024-05-06")))
    rain.txt, 2024-05-06
    """
    published = article.published.isoformat() if article.published else ""
    return Heading(
        neutralize(article.name), neutralize(article.source or ""), published, neutralize(article.title or "")
    )


def _find_later(comparison: Comparison) -> int | None:
    """Return which side is the later one, ``None`` where the dates do not tell."""
    left, right = comparison.left.published, comparison.right.published
    return None if left is None or right is None or left == right else int(right > left)
