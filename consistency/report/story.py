"""The words that all reports of an event share."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence

import attrs

from consistency.model import Nature, Relation
from consistency.report.summary import NO_DATE, neutralize, shorten, tell_fact
from consistency.story import Course, StoryReport, Telling

_LONGEST = 100
_SIGNS = {None: "first", Relation.IDENTICAL: "=", Relation.PARAPHRASED: "~", Relation.UPDATED: "±"}


@attrs.frozen
class Table:
    """A table that every text format has.

    >>> Table("Statements (0)", ("told by", "statement"), ()).rows
    ()
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tell_moments(story: StoryReport, course: Course) -> tuple[tuple[str, str], ...]:
    """Return a course as moments: a day, and what was said that day by whom.

    >>> from consistency.model import Article, Fact, Kind, Nature
    >>> from consistency.story import Point
    >>> first, later = (Article("", source=name, published="2024-05-06") for name in ("Post", "Wire"))
    >>> two, nine = (Fact(Kind.QUANTITY, 0, 1, text, int(text)) for text in "29")
    >>> course = Course(0, Kind.QUANTITY, Nature.CONFLICT, True, (Point(0, two), Point(1, nine)))
    >>> tell_moments(StoryReport((first, later), (), (course,)), course)
    (('2024-05-06', '“2” (Post); “9” (Wire)'),)
    """
    return tuple(
        (_tell_day(day), "; ".join(f"{what} ({', '.join(_name(story, n) for n in who)})" for what, who in said.items()))
        for day, said in _group_moments(story, course)
    )


def tell_course(story: StoryReport, course: Course, called: Sequence[str]) -> str:
    """Return a course as a sentence; ``called`` is what it calls the articles.

    >>> from consistency.model import Article, Fact, Kind, Nature
    >>> from consistency.story import Point
    >>> first, later = (Article("", published="2024-05-06") for _ in range(2))
    >>> two, nine = (Fact(Kind.QUANTITY, 0, 1, text, int(text)) for text in "29")
    >>> course = Course(0, Kind.QUANTITY, Nature.CONFLICT, True, (Point(0, two), Point(1, nine)))
    >>> tell_course(StoryReport((first, later), (), (course,)), course, ("Post", "Wire"))
    'On 2024-05-06 Post says “2”, Wire says “9”'
    """
    moments: list[str] = []
    for day, said in _group_moments(story, course):
        sides = (f"{_enumerate([called[n] for n in who])} {what}" for what, who in said.items())
        when = f"{'on' if moments else 'On'} {day.isoformat()} " if day else ""
        moments.append(when + ", ".join(sides))
    return "; ".join(moments)


def _enumerate(names: Sequence[str]) -> str:
    return f"{names[0]} says" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} say"


def _group_moments(
    story: StoryReport, course: Course
) -> Iterator[tuple[datetime.date | None, Mapping[str, Sequence[int]]]]:
    """Yield the days of a course, each with what was said and the articles that said it."""
    for day, points in itertools.groupby(course.points, key=lambda point: story.articles[point.article].published):
        said: dict[str, list[int]] = {}
        for point in points:
            said.setdefault(tell_fact(point.fact), []).append(point.article)
        yield day, said


def _tell_day(day: datetime.date | None) -> str:
    return day.isoformat() if day else "undated"


def _name(story: StoryReport, index: int) -> str:
    article = story.articles[index]
    return neutralize(article.source or article.name or f"article {index + 1}")


def _tell_course(story: StoryReport, course: Course) -> tuple[str, str, str]:
    moments = " → ".join(f"{day}: {said}" for day, said in tell_moments(story, course))
    place = story.statements[course.statement][0] if story.statements else None
    return f"{course.kind} {course.nature}", moments, _shorten(place.text if place else "")


def _shorten(text: str) -> str:
    return shorten(neutralize(text), _LONGEST)


def _tell_tellers(story: StoryReport, statement: Sequence[Telling]) -> str:
    if len(statement) == 1:
        return f"{statement[0].article + 1} only"
    return " ".join(f"{telling.article + 1}{_mark(story, telling, statement)}" for telling in statement)


def _mark(story: StoryReport, telling: Telling, statement: Sequence[Telling]) -> str:
    if telling.relation is None:
        return ""
    others = (each for each in statement if each.article == telling.against)
    grave = any(is_contradicted(story, telling, other) for other in others)
    return "!" if grave else _SIGNS.get(telling.relation, "")


def is_contradicted(story: StoryReport, telling: Telling, other: Telling) -> bool:
    """Say whether two articles contradict each other where they tell a statement.

    >>> is_contradicted(StoryReport((), (), ()), Telling(0, (0,), None, "Rain fell."), Telling(1, (0,), None, "Rain."))
    False
    """
    left, right = sorted((telling, other), key=lambda each: each.article)
    comparison = story.find_comparison(left.article, right.article)
    linked = find_linked(story, left, right)
    return comparison is not None and any(comparison.pairs[number].nature is Nature.CONFLICT for number in linked)


def find_linked(story: StoryReport, left: Telling, right: Telling) -> set[int]:
    """Return the numbers of the pairs that link what two articles tell.

    >>> find_linked(StoryReport((), (), ()), Telling(0, (0,), None, "Rain fell."), Telling(1, (0,), None, "Rain."))
    set()
    """
    comparison = story.find_comparison(left.article, right.article)
    return {
        number
        for number, pair in enumerate(comparison.pairs if comparison else ())
        if any(s.index in left.sentences for s in pair.left) and any(s.index in right.sentences for s in pair.right)
    }


def list_changes(story: StoryReport) -> tuple[Table, ...]:
    """Return the tables of what changed, what matters most first; none without a change.

    >>> list_changes(StoryReport((), (), ()))
    ()
    """
    head = ("change", "course", "statement")
    clashes = tuple(_tell_course(story, course) for course in story.clashes)
    others = tuple(_tell_course(story, course) for course in story.courses if not course.clash)
    tables = (
        Table(f"Conflicts at one time ({len(clashes)})", head, clashes),
        Table(f"Facts that changed ({len(others)})", head, others),
    )
    return tuple(table for table in tables if table.rows)


def list_statements(story: StoryReport) -> Table:
    """Return the table of all statements with who tells them.

    >>> list_statements(StoryReport((), (), ())).title
    'Statements (0), 0 of them told by more than one'
    """
    shared = sum(len(statement) > 1 for statement in story.statements)
    title = f"Statements ({len(story.statements)}), {shared} of them told by more than one"
    rows = tuple((_tell_tellers(story, statement), _shorten(statement[0].text)) for statement in story.statements)
    return Table(title, ("told by", "statement"), rows)


def list_articles(story: StoryReport) -> tuple[tuple[str, ...], ...]:
    """Return number, name, source and day of each article, empty for what is not known.

    >>> from consistency.model import Article
    >>> list_articles(StoryReport((Article("", "rain.txt"),), (), ()))
    (('1', 'rain.txt', '', ''),)
    """
    return tuple(
        (str(number), neutralize(a.name), neutralize(a.source or ""), _tell_day(a.published) if a.published else "")
        for number, a in enumerate(story.articles, 1)
    )


def tell_headline(story: StoryReport) -> str:
    """Return how many conflicts an event has, those at one time first.

    >>> tell_headline(StoryReport((), (), ()))
    'No conflict found between 0 articles'
    """
    now = len(story.clashes)
    later = sum(course.nature is Nature.CONFLICT for course in story.courses) - now
    told = [f"{n} {when}" for n, when in ((now, "at one time"), (later, "over time")) if n]
    found = f"{now + later} conflict{'s' if now + later > 1 else ''}" if told else "No conflict found"
    apart = f" ({', '.join(told)})" if told else ""
    return f"{found} between {_count_articles(story)}{apart}"


def list_hints(story: StoryReport) -> tuple[str, ...]:
    """Return what a reader has to know to judge the conflicts of an event, a line each.

    >>> from consistency.model import Article
    >>> list_hints(StoryReport((Article("Rain."), Article("Snow.", published="2024-05-06")), (), ()))
    ('1 of 2 articles has no date: what changes while an event goes on, a growing toll say, then counts as a conflict',)
    """
    undated = sum(article.published is None for article in story.articles)
    if not undated or len(story.articles) < 2:
        return ()
    if undated == len(story.articles):
        return (f"these articles have {NO_DATE}",)
    return (f"{undated} of {_count_articles(story)} {'has' if undated == 1 else 'have'} {NO_DATE}",)


def _count_articles(story: StoryReport) -> str:
    return f"{len(story.articles)} article{'s' if len(story.articles) != 1 else ''}"


def tell_title(story: StoryReport) -> str:
    """Return by how many articles an event is told.

    >>> tell_title(StoryReport((), (), ()))
    'told by 0 articles'
    """
    return f"told by {_count_articles(story)}"
