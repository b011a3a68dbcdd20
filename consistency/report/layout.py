"""A comparison laid out for a page: two articles side by side in rows, and the list of changes.

A row holds the sentences of one pair, or what stands between two such rows on either side, so each column keeps the
order of its article and what belongs together is level. On a narrow screen the same rows are one interleaved list.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator

import attrs
from rapidfuzz.distance import Levenshtein

from consistency.model import Comparison, Kind, Nature, Pair, Relation, Role, Sentence
from consistency.report.page import show
from consistency.report.summary import (
    Heading,
    Statement,
    Summary,
    shorten,
    sign,
    summarize,
    tell_share,
)
from consistency.text import Token, fold, tokenize

_LONGEST = 160  # of a statement in the list of changes
_MOST_WORDS = 4_000  # a longer side is shown without marked words: comparing them grows with the square


@attrs.frozen
class Mark:
    """A range of an article that stands out: a changed fact (the numbers of its statements) or words that differ."""

    start: int
    end: int
    numbers: tuple[int, ...] = ()


@attrs.frozen
class Piece:
    """A run of a sentence on the page; a fact has the numbers and anchors of its statements and the strongest nature.

    ``name`` is its own anchor and ``target`` its counterpart's.
    """

    text: str
    differs: bool = False
    numbers: tuple[int, ...] = ()
    entries: tuple[str, ...] = ()
    nature: Nature | None = None
    name: str = ""
    target: str = ""


@attrs.frozen
class PageLine:
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
    shared: str
    confirmed: str
    lines: tuple[PageLine, ...]

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
    """A line of the list of changes; ``target`` is the anchor of its place, ``about`` the words that it is about."""

    name: str
    text: str
    kind: Kind
    nature: Nature
    target: str
    relation: Relation = Relation.UPDATED
    about: str = ""
    sure: str = ""


@attrs.frozen
class Layout:
    """A comparison laid out: its columns, its rows (each the lines of the left and of the right), its changes."""

    summary: Summary
    columns: tuple[Column, Column]
    rows: tuple[tuple[tuple[PageLine, ...], ...], ...]
    entries: tuple[Entry, ...]


@attrs.frozen
class _Sheet:
    """What is laid out, and what its anchors start with."""

    comparison: Comparison
    summary: Summary
    called: tuple[str, str]
    prefix: str

    @property
    def sentences(self) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
        return self.comparison.left_sentences, self.comparison.right_sentences

    def name(self, side: int, sentence: Sentence) -> str:
        return f"{self.prefix}{'lr'[side]}{sentence.index + 1}"

    def name_entry(self, number: int) -> str:
        return f"{self.prefix}c{number}"


def lay_out(comparison: Comparison, called: tuple[str, str] | None = None, prefix: str = "") -> Layout:
    """Return a comparison laid out, with what to call its sides and what its anchors start with.

    >>> from consistency.model import Article
    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> article = Article("Rain fell.")
    >>> pair = Pair((rain,), (rain,), Relation.IDENTICAL)
    >>> told = lay_out(Comparison(article, article, (rain,), (rain,), (pair,)), prefix="s1-")
    >>> [line.name for lines in told.rows[0] for line in lines]
    ['s1-l1', 's1-r1']
    """
    summary = summarize(comparison, called)
    sheet = _Sheet(comparison, summary, (show(summary.called[0]), show(summary.called[1])), prefix)
    words = _mark_words(comparison)
    columns = _build_column(sheet, 0, words[0]), _build_column(sheet, 1, words[1])
    return Layout(summary, columns, tuple(_build_rows(comparison, columns)), tuple(_list_entries(sheet, columns)))


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


def _build_column(sheet: _Sheet, side: int, words: list[Mark]) -> Column:
    article = (sheet.comparison.left, sheet.comparison.right)[side]
    sentences = sheet.sentences[side]
    marks = merge_marks(article.text, [*_mark_facts(sheet.summary, side), *words])
    heading = (sheet.summary.left, sheet.summary.right)[side]
    headlines = {fold(sentence.text) for sentence in sentences if sentence.role is Role.HEADLINE}
    return Column(
        label=sheet.called[side],
        heading=attrs.evolve(heading, name=show(heading.name), source=show(heading.source)),
        title="" if fold(heading.title) in headlines else show(heading.title),
        notes=tuple(map(show, article.notes)),
        shared=tell_share(sheet.summary.shared[side]),
        confirmed=tell_share(sheet.summary.confirmed[side]),
        lines=tuple(_build_lines(sheet, side, marks)),
    )


def _build_lines(sheet: _Sheet, side: int, marks: list[Mark]) -> Iterator[PageLine]:
    pairs = sheet.comparison.pairs
    owners = {sentence.index: n for n, pair in enumerate(pairs) for sentence in (pair.left, pair.right)[side]}
    linked = _find_linked(sheet.comparison)
    moved = {linked[index] for index in find_moved([pairs[n].right[0].index for n in linked])}
    paragraph = -1
    for sentence in sheet.sentences[side]:
        number = owners[sentence.index]
        pair = pairs[number]
        others = (pair.right, pair.left)[side]
        yield PageLine(
            name=sheet.name(side, sentence),
            sentence=sentence,
            pair=pair,
            pair_number=number,
            sign=sign(pair),
            target=sheet.name(1 - side, others[0]) if others else "",
            moved=f"{sheet.called[1 - side]} {others[0].index + 1}" if number in moved else "",
            new_paragraph=sentence.paragraph != paragraph,
            pieces=tuple(_cut(sheet, side, sentence, marks)),
        )
        paragraph = sentence.paragraph


def _cut(sheet: _Sheet, side: int, sentence: Sentence, marks: list[Mark]) -> Iterator[Piece]:
    """Yield the pieces of a sentence; a mark that runs over its edge is cut there."""
    text = (sheet.comparison.left, sheet.comparison.right)[side].text
    statements = sheet.summary.statements
    place = sentence.start
    for mark in marks[bisect.bisect_right(marks, sentence.start, key=lambda mark: mark.end) :]:
        if mark.start >= sentence.end:
            break
        start, end = max(mark.start, sentence.start), min(mark.end, sentence.end)
        if place < start:
            yield Piece(show(text[place:start]))
        if mark.numbers:
            first = sheet.name_entry(mark.numbers[0])
            yield Piece(
                show(text[start:end]),
                numbers=mark.numbers,
                entries=tuple(map(sheet.name_entry, mark.numbers)),
                nature=statements[min(mark.numbers)].change.nature,
                name=f"{first}{'lr'[side]}" if start == mark.start else "",
                target=_aim(sheet, statements[mark.numbers[0]], 1 - side),
            )
        else:
            yield Piece(show(text[start:end]), differs=True)
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


def _aim(sheet: _Sheet, statement: Statement, side: int) -> str:
    """Return the anchor of the sentence of one side in which a statement is told, empty for none."""
    pair = sheet.comparison.pairs[statement.pair]
    fact = (statement.change.left, statement.change.right)[side]
    told = find_sentence(sheet.sentences[side], fact.start) if fact else None
    found = told or next(iter((pair.left, pair.right)[side]), None)
    return sheet.name(side, found) if found else ""


def find_sentence(sentences: tuple[Sentence, ...], place: int) -> Sentence | None:
    """Return the sentence that a place of the text is in, ``None`` for none.

    >>> find_sentence((Sentence(0, 0, 10, "Rain fell."),), 10) is None
    True
    """
    index = bisect.bisect_right(sentences, place, key=lambda sentence: sentence.start) - 1
    return sentences[index] if index >= 0 and place < sentences[index].end else None


def _list_entries(sheet: _Sheet, columns: tuple[Column, Column]) -> Iterator[Entry]:
    boxes = {
        n: piece.name
        for column in reversed(columns)
        for line in column.lines
        for piece in line.pieces
        if piece.name
        for n in piece.numbers
    }
    for number, statement in enumerate(sheet.summary.statements):
        yield Entry(
            name=sheet.name_entry(number),
            sure=statement.sure,
            text=statement.text,
            kind=statement.change.kind,
            nature=statement.change.nature,
            target=boxes.get(number) or _aim(sheet, statement, 0) or _aim(sheet, statement, 1),
            relation=sheet.comparison.pairs[statement.pair].relation,
            about=show(shorten(statement.about, _LONGEST)) if statement.change.nature is Nature.CONFLICT else "",
        )


def _build_rows(comparison: Comparison, columns: tuple[Column, Column]) -> Iterator[tuple[tuple[PageLine, ...], ...]]:
    """Yield rows, each the lines of the left and of the right: a pair that has not moved starts a row on both sides."""
    linked = [comparison.pairs[n] for n in _find_linked(comparison)]
    moved = find_moved([pair.right[0].index for pair in linked])
    places = [{line.sentence.index: place for place, line in enumerate(column.lines)} for column in columns]
    starts = [0, 0]
    for pair in [*(pair for index, pair in enumerate(linked) if index not in moved), None]:
        sides = (pair.left, pair.right) if pair else ()
        ends = [place[side[0].index] for place, side in zip(places, sides, strict=False)]
        ends = ends or [len(column.lines) for column in columns]
        filler = tuple(column.lines[start:end] for column, start, end in zip(columns, starts, ends, strict=True))
        if any(filler):
            yield filler
        starts = ends
        if pair:
            starts = [end + _count_run(side) for end, side in zip(ends, sides, strict=True)]
            yield tuple(column.lines[first:end] for column, first, end in zip(columns, ends, starts, strict=True))


def _count_run(sentences: tuple[Sentence, ...]) -> int:
    """Return how many sentences the unbroken run has that a pair's sentences start with."""
    first = sentences[0].index
    return next((n for n, s in enumerate(sentences) if s.index != first + n), len(sentences))


def _find_linked(comparison: Comparison) -> list[int]:
    """Return the numbers of the pairs that have two sides, in the order of the left article."""
    linked = [number for number, pair in enumerate(comparison.pairs) if pair.left and pair.right]
    return sorted(linked, key=lambda number: comparison.pairs[number].left[0].index)
