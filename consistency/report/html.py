"""The HTML report: one page that needs no network, opens from disk and reads without script.

The two articles stand side by side in rows. A row holds the sentences of one pair, or what stands between two such
rows on either side, so each column keeps the order of its article and what belongs together is level. On a narrow
screen the same rows are one interleaved list.
"""

from __future__ import annotations

import base64
import bisect
import functools
import hashlib
import re
from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING

import attrs
from rapidfuzz.distance import Levenshtein

from consistency.model import Comparison, Kind, Nature, Pair, Relation, Role, Sentence
from consistency.report.summary import (
    LEFT,
    NATURE_SIGNS,
    RIGHT,
    SHORT_LIST,
    UNSAFE,
    Heading,
    Statement,
    Summary,
    sign,
    summarize,
    tell_share,
)
from consistency.text import Token, fold, tokenize

if TYPE_CHECKING:
    import jinja2

_MOST_WORDS = 4_000  # a longer side is shown without marked words: comparing them grows with the square
_ZERO_WIDTH = re.compile("[\u200b\u2060\ufeff]")


@attrs.frozen
class Mark:
    """A range of an article that stands out: a changed fact (the numbers of its statements) or words that differ."""

    start: int
    end: int
    numbers: tuple[int, ...] = ()


@attrs.frozen
class Piece:
    """A run of a sentence on the page; ``name`` is its anchor and ``target`` its counterpart's, both for facts only."""

    text: str
    differs: bool = False
    numbers: tuple[int, ...] = ()
    name: str = ""
    target: str = ""


@attrs.frozen
class Line:
    """A sentence on the page; ``target`` is the anchor of its counterpart, ``moved`` says where that stands."""

    name: str
    sentence: Sentence
    pair: Pair
    pair_number: int
    sign: str
    target: str
    moved: str
    new_paragraph: bool
    pieces: tuple[Piece, ...]

    @property
    def changes(self) -> str:
        """The kinds and natures of its changes, for the filters."""
        return " ".join(sorted({f"{change.kind}:{change.nature}" for change in self.pair.changes}))


@attrs.frozen
class Column:
    """An article on the page."""

    label: str
    heading: Heading
    title: str
    notes: tuple[str, ...]
    confirmed: str
    lines: tuple[Line, ...]

    @property
    def origin(self) -> str:
        """Who published it, else the name of its file without the folders, else nothing."""
        return self.heading.source or re.split(r"[/\\]", self.heading.name)[-1]

    @property
    def start(self) -> int:
        """Where the first sentence starts."""
        return self.lines[0].sentence.start if self.lines else 0

    @property
    def size(self) -> int:
        """How many characters the sentences run over, at least 1."""
        return max(self.lines[-1].sentence.end - self.start, 1) if self.lines else 1


@attrs.frozen
class Entry:
    """A line of the list of changes; ``target`` is the anchor of its place."""

    name: str
    statement: Statement
    target: str
    relation: Relation


def render(comparison: Comparison) -> str:
    """Return the report as one HTML page that loads nothing.

    Every text of the articles is escaped; what is unseen or turns the direction of the text is shown as ``U+FFFD``.
    The page forbids all requests: its Content-Security-Policy admits only its own style and script.

    >>> from consistency.model import Article
    >>> rain = Article("Rain fell.", name="<b>.txt")
    >>> page = render(Comparison(rain, rain, (), (), ()))
    >>> page.startswith("<!doctype html>"), "&lt;b&gt;.txt" in page
    (True, True)
    """
    summary = summarize(comparison)
    words = _mark_words(comparison)
    columns = _build_column(comparison, summary, 0, words[0]), _build_column(comparison, summary, 1, words[1])
    entries = _list_entries(comparison, summary, columns)
    style, script = _read("report.css"), _read("report.js")
    left, right = (column.origin or column.label for column in columns)
    return _template().render(
        called=(left, right) if left != right else (LEFT, RIGHT),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        columns=columns,
        rows=tuple(_lay_out(comparison, columns)),
        entries=entries,
        natures=[(nature, [e for e in entries if e.statement.change.nature is nature]) for nature in Nature],
        kinds=[(kind, sum(e.statement.change.kind is kind for e in entries)) for kind in Kind],
        counts=summary.counts,
        short_list=SHORT_LIST,
        signs=NATURE_SIGNS,
        signature=show(comparison.signature),
    )


def show(text: str) -> str:
    r"""Return ``text`` with ``U+FFFD`` for each character that is unseen or turns the direction of others.

    >>> show("15 \u202edead\u200b")
    '15 �dead�'
    """
    return _ZERO_WIDTH.sub("\ufffd", UNSAFE.sub(lambda match: " " if match.group().isspace() else "\ufffd", text))


def find_moved(places: list[int]) -> set[int]:
    """Return the indices that leave the common order, where ``places`` are the right places in the left order.

    What stays is a longest rising run (patience sorting, n log n), so as few as possible have moved.

    >>> find_moved([2, 0, 1])
    {0}
    """
    tops: list[int] = []  # the lowest place that ends a rising run of each length, and whose index it is
    ends: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect.bisect_left(tops, place)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        ends[length : length + 1] = [index]
    kept = set()
    last = ends[-1] if ends else -1
    while last >= 0:
        kept.add(last)
        last = before[last]
    return set(range(len(places))) - kept


def find_differing(left: tuple[Token, ...], right: tuple[Token, ...]) -> tuple[list[Token], list[Token]]:
    """Return the words of each side that the other does not have in this order (Levenshtein); none for very long sides.

    >>> [[token.text for token in side] for side in find_differing(tokenize("Two men died."), tokenize("Nine died."))]
    [['Two', 'men'], ['Nine']]
    """
    found: tuple[list[Token], list[Token]] = ([], [])
    if max(len(left), len(right)) > _MOST_WORDS:
        return found
    for step in Levenshtein.opcodes([token.norm for token in left], [token.norm for token in right]):
        if step.tag != "equal":
            found[0].extend(left[step.src_start : step.src_end])
            found[1].extend(right[step.dest_start : step.dest_end])
    return found


def merge_marks(text: str, marks: list[Mark]) -> list[Mark]:
    """Return ``marks`` in order and free of overlaps: facts that overlap become one, words give way to facts.

    Words with nothing but space between them become one mark.

    >>> merge_marks("Some two men", [Mark(0, 4), Mark(5, 8), Mark(5, 12, (0,)), Mark(9, 12)])
    [Mark(start=0, end=4, numbers=()), Mark(start=5, end=12, numbers=(0,))]
    """
    merged: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, not mark.numbers, mark.end)):
        last = merged[-1] if merged else Mark(-1, -1)
        apart = mark.start >= last.end
        alike = bool(mark.numbers) == bool(last.numbers)
        joins = last.end >= 0 and not mark.numbers and text[last.end : mark.start].isspace()
        if alike and (joins or not apart):
            merged[-1] = Mark(last.start, max(last.end, mark.end), last.numbers + mark.numbers)
        elif apart:
            merged.append(mark)
        elif mark.numbers:
            before = text[last.start : mark.start].rstrip()
            merged[-1:] = [Mark(last.start, last.start + len(before)), mark]
    return [mark for mark in merged if mark.start < mark.end]


def _build_column(comparison: Comparison, summary: Summary, side: int, words: list[Mark]) -> Column:
    article = (comparison.left, comparison.right)[side]
    sentences = _sentences(comparison)[side]
    marks = merge_marks(article.text, [*_mark_facts(summary, side), *words])
    heading = (summary.left, summary.right)[side]
    headlines = {fold(sentence.text) for sentence in sentences if sentence.role is Role.HEADLINE}
    return Column(
        label=(LEFT, RIGHT)[side],
        heading=attrs.evolve(heading, name=show(heading.name), source=show(heading.source)),
        title="" if fold(heading.title) in headlines else show(heading.title),
        notes=tuple(map(show, article.notes)),
        confirmed=tell_share(summary.confirmed[side]),
        lines=tuple(_build_lines(comparison, summary, side, marks)),
    )


def _build_lines(comparison: Comparison, summary: Summary, side: int, marks: list[Mark]) -> Iterator[Line]:
    owners = {
        sentence.index: n for n, pair in enumerate(comparison.pairs) for sentence in (pair.left, pair.right)[side]
    }
    linked = _find_linked(comparison)
    moved = {linked[index] for index in find_moved([comparison.pairs[n].right[0].index for n in linked])}
    paragraph = -1
    for sentence in _sentences(comparison)[side]:
        number = owners[sentence.index]
        pair = comparison.pairs[number]
        others = (pair.right, pair.left)[side]
        yield Line(
            name=_name(side, sentence),
            sentence=sentence,
            pair=pair,
            pair_number=number,
            sign=sign(pair),
            target=_name(1 - side, others[0]) if others else "",
            moved=f"{(RIGHT, LEFT)[side]} {others[0].index + 1}" if number in moved else "",
            new_paragraph=sentence.paragraph != paragraph,
            pieces=tuple(_cut(comparison, summary, side, sentence, marks)),
        )
        paragraph = sentence.paragraph


def _cut(comparison: Comparison, summary: Summary, side: int, sentence: Sentence, marks: list[Mark]) -> Iterator[Piece]:
    """Yield the pieces of a sentence; a mark that runs over its edge is cut there."""
    text = (comparison.left, comparison.right)[side].text
    place = sentence.start
    for mark in marks[bisect.bisect_right(marks, sentence.start, key=lambda mark: mark.end) :]:
        if mark.start >= sentence.end:
            break
        start, end = max(mark.start, sentence.start), min(mark.end, sentence.end)
        if place < start:
            yield Piece(show(text[place:start]))
        name = f"c{mark.numbers[0]}{'lr'[side]}" if mark.numbers and start == mark.start else ""
        target = _aim(comparison, summary.statements[mark.numbers[0]], 1 - side) if mark.numbers else ""
        yield Piece(show(text[start:end]), not mark.numbers, mark.numbers, name, target)
        place = end
    if place < sentence.end:
        yield Piece(show(text[place : sentence.end]))


def _mark_facts(summary: Summary, side: int) -> Iterator[Mark]:
    for number, statement in enumerate(summary.statements):
        fact = (statement.change.left, statement.change.right)[side]
        if fact is not None:
            yield Mark(fact.start, fact.end, (number,))


def _mark_words(comparison: Comparison) -> tuple[list[Mark], list[Mark]]:
    marks: tuple[list[Mark], list[Mark]] = ([], [])
    for pair in (*comparison.paraphrased, *comparison.updated):
        words = find_differing(_tokens(comparison.left.text, pair.left), _tokens(comparison.right.text, pair.right))
        for side in (0, 1):
            marks[side].extend(Mark(token.start, token.end) for token in words[side])
    return marks


def _tokens(text: str, sentences: tuple[Sentence, ...]) -> tuple[Token, ...]:
    return tuple(token for s in sentences for token in tokenize(text[s.start : s.end], s.start))


def _aim(comparison: Comparison, statement: Statement, side: int) -> str:
    """Return the anchor of the sentence of one side in which a statement is told, empty for none."""
    pair = comparison.pairs[statement.pair]
    fact = (statement.change.left, statement.change.right)[side]
    told = _find_sentence(_sentences(comparison)[side], fact.start) if fact else None
    found = told or next(iter((pair.left, pair.right)[side]), None)
    return _name(side, found) if found else ""


def _find_sentence(sentences: tuple[Sentence, ...], place: int) -> Sentence | None:
    index = bisect.bisect_right(sentences, place, key=lambda sentence: sentence.start) - 1
    return sentences[index] if index >= 0 and place < sentences[index].end else None


def _list_entries(comparison: Comparison, summary: Summary, columns: tuple[Column, Column]) -> list[Entry]:
    boxes = {
        n: piece.name
        for column in reversed(columns)
        for line in column.lines
        for piece in line.pieces
        if piece.name
        for n in piece.numbers
    }
    return [
        Entry(
            name=f"c{number}",
            statement=statement,
            target=boxes.get(number) or _aim(comparison, statement, 0) or _aim(comparison, statement, 1),
            relation=comparison.pairs[statement.pair].relation,
        )
        for number, statement in enumerate(summary.statements)
    ]


def _lay_out(comparison: Comparison, columns: tuple[Column, Column]) -> Iterator[tuple[tuple[Line, ...], ...]]:
    """Yield rows, each the lines of the left and of the right: a pair that has not moved starts a row on both sides."""
    linked = [comparison.pairs[n] for n in _find_linked(comparison)]
    moved = find_moved([pair.right[0].index for pair in linked])
    starts = [0, 0]
    for pair in [*(pair for index, pair in enumerate(linked) if index not in moved), None]:
        ends = [pair.left[0].index, pair.right[0].index] if pair else [len(column.lines) for column in columns]
        filler = tuple(column.lines[start:end] for column, start, end in zip(columns, starts, ends, strict=True))
        if any(filler):
            yield filler
        starts = ends
        if pair:
            starts = [_follow(pair.left), _follow(pair.right)]
            yield tuple(column.lines[first:end] for column, first, end in zip(columns, ends, starts, strict=True))


def _follow(sentences: tuple[Sentence, ...]) -> int:
    """Return the index after the unbroken run that a pair's sentences start with."""
    first = sentences[0].index
    return next((first + n for n, s in enumerate(sentences) if s.index != first + n), first + len(sentences))


def _find_linked(comparison: Comparison) -> list[int]:
    """Return the numbers of the pairs that have two sides, in the order of the left article."""
    linked = [number for number, pair in enumerate(comparison.pairs) if pair.left and pair.right]
    return sorted(linked, key=lambda number: comparison.pairs[number].left[0].index)


def _sentences(comparison: Comparison) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    return comparison.left_sentences, comparison.right_sentences


def _name(side: int, sentence: Sentence) -> str:
    return f"{'lr'[side]}{sentence.index + 1}"


def _read(name: str) -> str:
    return resources.files("consistency").joinpath("data", name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def _template() -> jinja2.Template:
    import jinja2  # only for those who ask for a page

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_read("report.html.j2"))
