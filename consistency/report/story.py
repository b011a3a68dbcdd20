"""The report of an event that many articles tell: its statements, who tells each, and the course of each fact."""

from __future__ import annotations

import datetime
import itertools
import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from consistency.errors import SettingsError
from consistency.model import Article, Comparison, Fact, Kind, Nature, Relation
from consistency.report.markdown import escape
from consistency.report.summary import neutralize, shorten, tell_fact

FORMATS = ("plain", "markdown", "html", "json")
SCHEMA = 1
_LONGEST = 100
_SIGNS = {None: "first", Relation.IDENTICAL: "=", Relation.PARAPHRASED: "~", Relation.UPDATED: "±"}


@attrs.frozen
class Telling:
    """How one article tells a statement.

    Attributes:
        article: index of the article in `StoryReport.articles`.
        sentences: indices of its sentences.
        relation: how it relates to who told it first; ``None`` for the first, UNIQUE where nobody else tells it.
        text: its words.
        against: index of the article that ``relation`` is to: the earliest one that it was paired with.

    >>> Telling(0, (3,), None, "Rain fell.").relation is None
    True
    """

    article: int
    sentences: tuple[int, ...]
    relation: Relation | None
    text: str
    against: int | None = None


@attrs.frozen
class Point:
    """What one article says of a fact.

    >>> Point(0, Fact(Kind.QUANTITY, 0, 3, "two", 2)).article
    0
    """

    article: int
    fact: Fact


@attrs.frozen
class Course:
    """How one fact went: what each article says of it, in the order of publication.

    Attributes:
        statement: index of its statement in `StoryReport.statements`.
        kind: the kind of the fact.
        nature: the strongest nature among its changes.
        clash: whether sources contradict each other at one time.
        points: who says what.

    >>> Course(0, Kind.QUANTITY, Nature.CONFLICT, True, ()).clash
    True
    """

    statement: int
    kind: Kind
    nature: Nature
    clash: bool
    points: tuple[Point, ...]


@attrs.frozen
class StoryReport:
    """An event as its articles tell it.

    Attributes:
        articles: in the order of publication, those without a date first.
        statements: what is told, as tellings in the order of the articles; in the order in which it was first told.
        courses: facts that changed; clashes at one time first, then conflicts, developments and elaborations.
        signature: of the comparer.
        comparisons: of every two articles, in the order (0, 1), (0, 2), …, (1, 2), …; empty where nobody kept them.

    >>> rain = Article("Rain fell.", name="rain.txt", published="2024-05-06")
    >>> told = StoryReport((rain,), ((Telling(0, (0,), Relation.UNIQUE, "Rain fell."),),), ())
    >>> print(told.render("plain"))
    EVENT told by 1 article
      1  rain.txt, 2024-05-06
    <BLANKLINE>
    STATEMENTS (1), 0 of them told by more than one
      1 only         Rain fell.
    <BLANKLINE>
    """

    articles: tuple[Article, ...]
    statements: tuple[tuple[Telling, ...], ...]
    courses: tuple[Course, ...]
    signature: str = ""
    comparisons: tuple[Comparison, ...] = attrs.field(default=(), repr=False)

    def render(self, format: str = "plain") -> str:  # noqa: A002  the word that every tool uses for this
        """Return the report as text that ends with a newline: ``plain``, ``markdown``, ``html`` or ``json``.

        Raises:
            SettingsError: there is no such format.
        """
        if format == "html":
            from consistency.report import story_page  # brings a template engine

            return story_page.render(self)
        renders = {"plain": _render_plain, "markdown": _render_markdown, "json": _render_json}
        if format not in renders:
            raise SettingsError(f"no story format {format!r}; there are {', '.join(FORMATS)}")
        return renders[format](self)

    @property
    def clashes(self) -> tuple[Course, ...]:
        """The facts on which sources contradict each other at one time."""
        return tuple(course for course in self.courses if course.clash)

    def find_comparison(self, left: int, right: int) -> Comparison | None:
        """Return the comparison of two articles, the lower index first; ``None`` where it was not kept."""
        if not 0 <= left < right < len(self.articles) or not self.comparisons:
            return None
        return self.comparisons[left * (2 * len(self.articles) - left - 1) // 2 + right - left - 1]

    def _repr_html_(self) -> str:
        """Return what a Jupyter notebook shows."""
        from consistency.report import cell

        return cell.render_story(self)


@attrs.frozen
class _Table:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tell_moments(story: StoryReport, course: Course) -> tuple[tuple[str, str], ...]:
    """Return a course as moments: a day, and what was said that day by whom.

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


def _tell_tellers(statement: Sequence[Telling]) -> str:
    if len(statement) == 1:
        return f"{statement[0].article + 1} only"
    return " ".join(f"{telling.article + 1}{_mark(telling)}" for telling in statement)


def _mark(telling: Telling) -> str:
    return "" if telling.relation is None else _SIGNS.get(telling.relation, "")


def _tabulate(story: StoryReport) -> Iterator[_Table]:
    """Yield the tables that every format has, in the order of what matters."""
    head = ("change", "course", "statement")
    clashes = tuple(_tell_course(story, course) for course in story.clashes)
    others = tuple(_tell_course(story, course) for course in story.courses if not course.clash)
    if clashes:
        yield _Table(f"Conflicts at one time ({len(clashes)})", head, clashes)
    if others:
        yield _Table(f"Facts that changed ({len(others)})", head, others)
    shared = sum(len(statement) > 1 for statement in story.statements)
    title = f"Statements ({len(story.statements)}), {shared} of them told by more than one"
    rows = tuple((_tell_tellers(statement), _shorten(statement[0].text)) for statement in story.statements)
    yield _Table(title, ("told by", "statement"), rows)


def _list_articles(story: StoryReport) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(number), neutralize(a.name), neutralize(a.source or ""), _tell_day(a.published) if a.published else "")
        for number, a in enumerate(story.articles, 1)
    )


def _title(story: StoryReport) -> str:
    return f"told by {len(story.articles)} article{'s' if len(story.articles) != 1 else ''}"


def _render_plain(story: StoryReport) -> str:
    lines = [f"EVENT {_title(story)}"]
    lines += [f"  {number}  {', '.join(filter(None, rest))}" for number, *rest in _list_articles(story)]
    for table in _tabulate(story):
        word, _, rest = table.title.partition(" ")
        lines += ["", f"{word.upper()} {rest}"]
        for first, *others in table.rows:
            for number, text in enumerate(others):
                margin = f"  {first:<14} " if not number else " " * 6
                lines += textwrap.wrap(text, 100, initial_indent=margin, subsequent_indent=" " * 17) or [
                    margin.rstrip()
                ]
    return "\n".join(lines) + "\n"


def _render_markdown(story: StoryReport) -> str:
    lines = [
        f"# Event {_title(story)}",
        "",
        *_tabulate_markdown(("", "name", "source", "published"), _list_articles(story)),
    ]
    for table in _tabulate(story):
        lines += ["", f"## {table.title}", "", *_tabulate_markdown(table.head, table.rows)]
    return "\n".join(lines) + "\n"


def _tabulate_markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head)):
        yield f"| {' | '.join(cells)} |"
    for row in rows:
        yield f"| {' | '.join(map(escape, row))} |"


def _render_json(story: StoryReport) -> str:
    return json.dumps(arrange_story(story), indent=2) + "\n"


def arrange_story(story: StoryReport) -> dict[str, Any]:
    """Return the document of the JSON report, of dicts, lists, strings and numbers.

    >>> list(arrange_story(StoryReport((), (), ())))
    ['schema', 'articles', 'statements', 'courses', 'signature']
    """
    return {
        "schema": SCHEMA,
        "articles": [
            {"name": a.name, "source": a.source, "published": a.published and a.published.isoformat(), "title": a.title}
            for a in story.articles
        ],
        "statements": [[_arrange_telling(telling) for telling in statement] for statement in story.statements],
        "courses": [_arrange_course(course) for course in story.courses],
        "signature": story.signature,
    }


def _arrange_telling(telling: Telling) -> dict[str, Any]:
    relation = None if telling.relation is None else str(telling.relation)
    return {**attrs.asdict(telling), "sentences": list(telling.sentences), "relation": relation}


def _arrange_course(course: Course) -> dict[str, Any]:
    return {
        "statement": course.statement,
        "kind": str(course.kind),
        "nature": str(course.nature),
        "clash": course.clash,
        "points": [_arrange_point(point) for point in course.points],
    }


def _arrange_point(point: Point) -> dict[str, Any]:
    fact = point.fact
    value = None if fact.value is None else str(fact.value)
    return {"article": point.article, "start": fact.start, "end": fact.end, "text": fact.text, "value": value}
