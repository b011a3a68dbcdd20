"""An event laid out for a page: a table of statements and sources, and below each statement its pairs."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from operator import attrgetter, itemgetter

import attrs

from consistency.model import Comparison, Nature, Pair, Relation, call_articles
from consistency.report.layout import Entry, Layout, find_sentence, lay_out
from consistency.report.page import show
from consistency.report.story import find_linked, tell_course
from consistency.report.summary import Heading, describe, shorten, sign
from consistency.story import Course, StoryReport, Telling

_FIRST = "•"
_LONGEST = 120
_SIDES = attrgetter("left"), attrgetter("right")


@attrs.frozen
class StorySource:
    """An article of the event; ``called`` is what no other one is called."""

    number: int
    called: str
    heading: Heading


@attrs.frozen
class Cell:
    """How a source tells a statement; ``target`` is the anchor of what it opens, empty for nothing."""

    source: StorySource
    sign: str
    relation: Relation | None
    nature: Nature | None
    against: str
    target: str


@attrs.frozen
class StorySection:
    """Two sources on one statement: the sentences of both, side by side, and the gravest of their pairs."""

    name: str
    sign: str
    pair: Pair
    layout: Layout


@attrs.frozen
class StoryRow:
    """A statement in the table: a cell for each source, ``None`` for one that does not tell it, and its pairs."""

    name: str
    text: str
    cells: tuple[Cell | None, ...]
    sections: tuple[StorySection, ...]

    @property
    def others(self) -> tuple[StorySection, ...]:
        """The pairs that no cell opens: sources that differ from each other, not from the first."""
        opened = {cell.target for cell in self.cells if cell}
        return tuple(section for section in self.sections if section.name not in opened)

    @property
    def is_shared(self) -> bool:
        """Whether more than one source tells it."""
        return sum(cell is not None for cell in self.cells) > 1

    @property
    def differs(self) -> bool:
        """Whether a source has another fact than one that it is compared with."""
        updated = Relation.UPDATED
        return any(c and c.relation is updated for c in self.cells) or any(
            s.pair.relation is updated for s in self.sections
        )


@attrs.frozen
class StoryLayout:
    """An event laid out: its sources, the rows of its table, and an entry for each of its courses."""

    sources: tuple[StorySource, ...]
    rows: tuple[StoryRow, ...]
    entries: tuple[Entry, ...]


def lay_out_story(story: StoryReport) -> StoryLayout:
    """Return an event laid out.

    >>> lay_out_story(StoryReport((), (), ())).rows
    ()
    """
    sources = list_sources(story)
    shown = [_choose_change(story, course) for course in story.courses]
    rows = tuple(
        _build_row(story, sources, number, [at for at in shown if at and at.statement == number])
        for number in range(len(story.statements))
    )
    entries = (
        Entry(
            name=f"e{n}",
            text=tell_course(story, course, [source.called for source in sources]),
            kind=course.kind,
            nature=course.nature,
            target=_name(at.statement, at.left, at.right) if at else "",
            about=shorten(rows[course.statement].text, _LONGEST) if rows else "",
        )
        for n, (course, at) in enumerate(zip(story.courses, shown, strict=True), 1)
    )
    return StoryLayout(sources, rows, tuple(entries))


def list_sources(story: StoryReport) -> tuple[StorySource, ...]:
    """Return the articles with what to call them; a number tells apart those that are called the same.

    >>> from consistency.model import Article
    >>> articles = tuple(Article("", source=source) for source in ("Post", "Post", ""))
    >>> [source.called for source in list_sources(StoryReport(articles, (), ()))]
    ['Post (1)', 'Post (2)', 'article 3']
    """
    called = call_articles(story.articles)
    return tuple(
        StorySource(n, show(name), describe(article))
        for n, (name, article) in enumerate(zip(called, story.articles, strict=True), 1)
    )


def group_courses(story: StoryReport) -> list[tuple[Nature, str, list[int]]]:
    """Return the courses in groups: nature, singular name, and their indices; conflicts at one time first.

    >>> from consistency.model import Kind
    >>> courses = tuple(Course(0, Kind.TIME, Nature.CONFLICT, clash, ()) for clash in (True, False))
    >>> [(name, numbers) for _, name, numbers in group_courses(StoryReport((), (), courses))]
    [('conflict at one time', [0]), ('conflict over time', [1])]
    """
    others = [(n, course) for n, course in enumerate(story.courses) if not course.clash]
    names = {nature: "conflict over time" if nature is Nature.CONFLICT else str(nature) for nature in Nature}
    groups = [
        (Nature.CONFLICT, "conflict at one time", [n for n, course in enumerate(story.courses) if course.clash]),
        *((nature, name, [n for n, course in others if course.nature is nature]) for nature, name in names.items()),
    ]
    return [group for group in groups if group[2]]


@attrs.frozen
class _Shown:
    """The pair in which a course is shown: its statement, the two articles, and the number of the pair."""

    statement: int
    left: int
    right: int
    pair: int


def _choose_change(story: StoryReport, course: Course) -> _Shown | None:
    """Return the pair that shows the strongest change of a course; for a clash, one of two articles of one day."""
    said = {(point.article, point.fact) for point in course.points}
    found = []
    for left, right in itertools.combinations(sorted({article for article, _ in said}), 2):
        comparison = story.find_comparison(left, right)
        for number, pair in enumerate(comparison.pairs if comparison else ()):
            natures = [c.nature for c in pair.changes if {(left, c.left), (right, c.right)} <= said]
            if natures:
                days = {story.articles[left].published, story.articles[right].published}
                rank = (course.nature not in natures, course.clash and len(days) > 1, left, right, number)
                found.append((rank, _Shown(course.statement, left, right, number)))
    return min(found, key=itemgetter(0))[1] if found else None


def _build_row(story: StoryReport, sources: tuple[StorySource, ...], number: int, shown: list[_Shown]) -> StoryRow:
    tellings = {telling.article: telling for telling in story.statements[number]}
    wanted: dict[tuple[int, int], set[int]] = {}
    for telling in tellings.values():
        if telling.against is None:
            continue
        left, right = sorted((telling.against, telling.article))
        if linked := find_linked(story, tellings[left], tellings[right]):
            wanted.setdefault((left, right), set()).update(linked)
    for at in shown:
        wanted.setdefault((at.left, at.right), set()).add(at.pair)
    sections = {
        (left, right): _build_section(story, sources, number, left, right, pairs)
        for (left, right), pairs in sorted(wanted.items())
    }
    cells = (
        _build_cell(sources, number, tellings[n], sections) if n in tellings else None for n in range(len(sources))
    )
    text = next(iter(tellings.values())).text if tellings else ""
    return StoryRow(f"s{number + 1}", show(text), tuple(cells), tuple(sections.values()))


def _build_cell(
    sources: tuple[StorySource, ...], number: int, telling: Telling, sections: dict[tuple[int, int], StorySection]
) -> Cell:
    source = sources[telling.article]
    if telling.against is None:  # the first: it opens all pairs of its statement
        return Cell(source, _FIRST, telling.relation, None, "", f"s{number + 1}-all" if sections else "")
    left, right = sorted((telling.against, telling.article))
    section = sections.get((left, right))
    pair = section.pair if section else Pair((), (), telling.relation or Relation.UNIQUE)
    target = section.name if section else ""
    return Cell(source, sign(pair), pair.relation, pair.nature, sources[telling.against].called, target)


def _build_section(
    story: StoryReport, sources: tuple[StorySource, ...], number: int, left: int, right: int, pairs: set[int]
) -> StorySection:
    comparison = story.find_comparison(left, right)
    assert comparison is not None  # its pairs were found in it
    called = sources[left].called, sources[right].called
    name = _name(number, left, right)
    pair = min((comparison.pairs[number] for number in sorted(pairs)), key=_rank)
    return StorySection(
        name=name,
        sign=sign(pair),
        pair=pair,
        layout=lay_out(cut_out(comparison, pairs), called, f"{name}-"),
    )


def _rank(pair: Pair) -> int:
    """Return how far down a pair stands in gravity: conflicts first, what is identical last."""
    grave = [*Nature, Relation.UPDATED, Relation.PARAPHRASED, Relation.IDENTICAL, Relation.UNIQUE]
    return grave.index(pair.nature or pair.relation)


def _name(statement: int, left: int, right: int) -> str:
    return f"s{statement + 1}-{left + 1}-{right + 1}"


def cut_out(comparison: Comparison, numbers: Collection[int]) -> Comparison:
    """Return a comparison of some pairs alone, and of those that hold a fact which clashes with one of theirs.

    >>> from consistency.model import Article, Sentence
    >>> rain = tuple(Sentence(n, 0, 10, "Rain fell.") for n in range(2))
    >>> pairs = tuple(Pair((s,), (s,), Relation.IDENTICAL) for s in rain)
    >>> cut_out(Comparison(Article(""), Article(""), rain, rain, pairs), {1}).left_sentences == rain[1:]
    True
    """
    owners = [
        {s.index: n for n, pair in enumerate(comparison.pairs) for s in (pair.left, pair.right)[side]}
        for side in (0, 1)
    ]
    kept = set(numbers)
    for change in (change for number in numbers for change in comparison.pairs[number].changes):
        for side, fact in enumerate((change.left, change.right)):
            told = (
                find_sentence((comparison.left_sentences, comparison.right_sentences)[side], fact.start)
                if fact
                else None
            )
            if told:
                kept.add(owners[side][told.index])
    pairs = tuple(comparison.pairs[number] for number in sorted(kept))
    left, right = (sorted({s for pair in pairs for s in side(pair)}, key=lambda s: s.index) for side in _SIDES)
    return attrs.evolve(comparison, left_sentences=tuple(left), right_sentences=tuple(right), pairs=pairs)
