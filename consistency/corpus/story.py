"""The story of one event: all its articles compared with each other, and their pairs drawn together."""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from consistency.comparer import Comparer, Prepared, view
from consistency.dates import DateLike
from consistency.model import Agreement, Article, Change, Comparison, Fact, Nature, Pair, Relation, Sentence
from consistency.reading import ArticleLike, adopt_all
from consistency.story import Course, Point, StoryReport, Telling

_MOST_SENTENCES = 3  # in which one article tells one statement

_Place: TypeAlias = "tuple[int, int]"  # an article and its sentence
_Spot: TypeAlias = "tuple[int, Fact]"


def compare_event(
    articles: Iterable[ArticleLike],
    comparer: Comparer | None = None,
    *,
    published: Iterable[DateLike | None] = (),
) -> StoryReport:
    """Return what the articles of one event tell together: its statements, and the course of each changed fact.

    Every two articles are compared; the surest pairs are drawn together first. Sources that contradict each other on
    facts at one time stand first among the courses.

    Args:
        articles: two or more, each an article, a text, or the ``pathlib.Path`` of a file, which is read.
        comparer: the settings; the default ones if left out.
        published: the days on which they were published, in the same order; None leaves what is known.

    Raises:
        ReadError: a file cannot be read, a day is no date, or a text is the name of a file or a URL.
        TypeError: one of the articles is none of these.

    >>> first = Article("Two people died in Oslo on Monday.", name="first.txt", published="2024-05-06")
    >>> later = Article("Nine people died in Oslo on Monday.", name="later.txt", published="2024-05-08")
    >>> told = compare_event([later, first])
    >>> [(point.article, str(point.fact)) for point in told.courses[0].points]
    [(0, 'Two'), (1, 'Nine')]
    """
    ordered = tuple(sorted(adopt_all(articles, published), key=order))
    comparer = comparer or Comparer()
    prepared = tuple(map(comparer.prepare, ordered))
    found = {
        (i, j): comparer.compare(left, right)
        for (i, left), (j, right) in itertools.combinations(enumerate(prepared), 2)
    }
    sentences = [each.sentences for each in prepared]
    groups = _draw_together(found, sentences)
    relations = _index_relations(found)
    statements = tuple(_tell(group, sentences, relations) for group in groups)
    statement_of = {place: index for index, group in enumerate(groups) for place in group}
    courses = [_extend(course, statements, prepared, comparer) for course in _follow(found, statement_of)]
    natures = list(Nature)
    courses.sort(key=lambda course: (not course.clash, natures.index(course.nature), course.statement))
    return StoryReport(ordered, statements, tuple(courses), comparer.signature, tuple(found.values()), view)


def order(article: Article) -> tuple[datetime.date, str]:
    """Return by what the articles of an event are put in order: the day, then the name.

    >>> order(Article("Rain.", name="rain.txt", published="2024-05-06"))
    (datetime.date(2024, 5, 6), 'rain.txt')
    """
    return article.published or datetime.date.min, article.name


def _draw_together(
    found: Mapping[tuple[int, int], Comparison], sentences: Sequence[Sequence[Sentence]]
) -> list[tuple[_Place, ...]]:
    """Return all sentences in groups that make one statement each, in the order in which it was first told."""
    group = {(i, s.index): {(i, s.index)} for i, told in enumerate(sentences) for s in told}
    linked = [(pair.score, i, j, pair) for (i, j), comparison in found.items() for pair in comparison.pairs]
    linked.sort(key=lambda link: (-link[0], link[1:3]))
    for _, i, j, pair in linked:
        places = _places(i, j, pair)
        joined: set[_Place] = set().union(*(group[place] for place in places))
        if len(places) > 1 and _is_one_statement(joined):
            for place in joined:
                group[place] = joined
    unique = {id(places): tuple(sorted(places)) for places in group.values()}
    return sorted(unique.values())


def _places(i: int, j: int, pair: Pair) -> tuple[_Place, ...]:
    if pair.relation is Relation.UNIQUE:
        return ()
    return (*((i, s.index) for s in pair.left), *((j, s.index) for s in pair.right))


def _is_one_statement(places: Iterable[_Place]) -> bool:
    """Whether no article tells too much of it: chains of links must not swallow whole paragraphs."""
    told: dict[int, list[int]] = defaultdict(list)
    for article, sentence in places:
        told[article].append(sentence)
    return all(len(sentences) <= _MOST_SENTENCES for sentences in told.values())


def _index_relations(found: Mapping[tuple[int, int], Comparison]) -> dict[frozenset[_Place], Relation]:
    return {
        frozenset(((i, left.index), (j, right.index))): pair.relation
        for (i, j), comparison in found.items()
        for pair in comparison.pairs
        for left, right in itertools.product(pair.left, pair.right)
    }


def _tell(
    group: Sequence[_Place],
    sentences: Sequence[Sequence[Sentence]],
    relations: Mapping[frozenset[_Place], Relation],
) -> tuple[Telling, ...]:
    """Return the tellings of a group, one an article; all but the first relate to the earliest they are paired with."""
    tellings = []
    first = group[0][0]
    for article, places in itertools.groupby(group, key=lambda place: place[0]):
        own = tuple(places)
        either = ((other, frozenset((other, place))) for other in group for place in own)
        known = ((other[0], relations[both]) for other, both in either if both in relations and article != first)
        against, relation = next(known, (None, None))
        if relation is None and len({place[0] for place in group}) == 1:
            relation = Relation.UNIQUE
        text = " ".join(sentences[article][index].text for _, index in own)
        tellings.append(Telling(article, tuple(index for _, index in own), relation, text, against))
    return tuple(tellings)


def _follow(found: Mapping[tuple[int, int], Comparison], statement_of: Mapping[_Place, int]) -> Iterator[Course]:
    """Yield the courses: facts that changes link, from statement to statement."""
    linked: list[tuple[int, Nature, bool, set[_Spot]]] = []
    for (i, j), comparison in found.items():
        for pair, change in comparison.changes:
            if change.left is None or change.right is None:
                continue
            statement = statement_of[i, pair.left[0].index]
            spots = {(i, change.left), (j, change.right)}
            clash = _is_clash(comparison, change)
            nature = change.nature
            for other in [each for each in linked if each[0] == statement and _touch(each[3], spots)]:
                linked.remove(other)
                nature, clash, spots = (
                    min(nature, other[1], key=list(Nature).index),
                    clash or other[2],
                    spots | other[3],
                )
            linked.append((statement, nature, clash, spots))
    for statement, nature, clash, spots in linked:
        points = tuple(Point(article, fact) for article, fact in sorted(spots, key=lambda s: (s[0], s[1].start)))
        yield Course(statement, points[0].fact.kind, nature, clash, points)


def _touch(ours: set[_Spot], theirs: set[_Spot]) -> bool:
    spots = {(article, fact.kind, fact.start, fact.end) for article, fact in ours}
    return any((article, fact.kind, fact.start, fact.end) in spots for article, fact in theirs)


def _is_clash(comparison: Comparison, change: Change) -> bool:
    return change.nature is Nature.CONFLICT and _is_one_time(comparison.left, comparison.right)


def _is_one_time(left: Article, right: Article) -> bool:
    """Whether two articles are of one day, or may be, as a day is not known."""
    return left.published == right.published or None in (left.published, right.published)


def _extend(
    course: Course,
    statements: Sequence[Sequence[Telling]],
    articles: Sequence[Prepared],
    comparer: Comparer,
) -> Course:
    """Return the course with those who say the same as one of its points: agreement is no change, but it is news."""
    finder = next((finder for finder in comparer.finders if course.kind in finder.kinds), None)
    said = {point.article for point in course.points}
    points = list(course.points)
    for telling in statements[course.statement]:
        if finder is None or telling.article in said:
            continue
        facts = articles[telling.article].collect(finder, telling.sentences)
        own = (fact for fact in facts if fact.kind is course.kind)
        same = (f for f in own if any(finder.compare(p.fact, f) is Agreement.SAME for p in course.points))
        points += [Point(telling.article, fact) for fact in itertools.islice(same, 1)]
    points.sort(key=lambda point: (point.article, point.fact.start))
    # Who agrees with one side may be of the day of the other: what is told differently on one day is no course of time.
    clash = course.clash or any(
        finder is not None
        and left.article != right.article
        and _is_one_time(articles[left.article].article, articles[right.article].article)
        and finder.compare(left.fact, right.fact) is Agreement.DIFFERENT
        for left, right in itertools.combinations(points, 2)
    )
    nature = Nature.CONFLICT if clash else course.nature
    return attrs.evolve(course, points=tuple(points), clash=clash, nature=nature)
