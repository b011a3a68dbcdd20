"""The values of an event that many articles tell: its statements, who tells each, and the course of each fact."""

from __future__ import annotations

from typing import Any

import attrs

from consistency.model import Article, Comparison, Fact, Kind, Nature, Relation, View

SCHEMA = 1
"""Of the JSON form: goes up when a field changes its meaning or goes away, not when one is added."""


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


@attrs.frozen(repr=False)
class StoryReport:
    """An event as its articles tell it.

    Attributes:
        articles: in the order of publication, those without a date first.
        statements: what is told, as tellings in the order of the articles; in the order in which it was first told.
        courses: facts that changed; clashes at one time first, then conflicts, developments and elaborations.
        signature: of the comparer.
        comparisons: of every two articles, in the order (0, 1), (0, 2), …, (1, 2), …; empty where nobody kept them.

        view: how it is shown in a notebook and by ``print``; no part of its value.

    >>> rain = Article("Rain fell.", name="rain.txt", published="2024-05-06")
    >>> told = StoryReport((rain,), ((Telling(0, (0,), Relation.UNIQUE, "Rain fell."),),), ())
    >>> told.clashes
    ()
    """

    articles: tuple[Article, ...]
    statements: tuple[tuple[Telling, ...], ...]
    courses: tuple[Course, ...]
    signature: str = ""
    comparisons: tuple[Comparison, ...] = ()
    view: View | None = attrs.field(default=None, eq=False)

    def __repr__(self) -> str:
        sizes = len(self.articles), len(self.statements), len(self.courses)
        return "StoryReport(articles={}, statements={}, courses={})".format(*sizes)

    def __str__(self) -> str:
        return repr(self) if self.view is None else self.view(self, "head")

    @property
    def clashes(self) -> tuple[Course, ...]:
        """The facts on which sources contradict each other at one time."""
        return tuple(course for course in self.courses if course.clash)

    def find_comparison(self, left: int, right: int) -> Comparison | None:
        """Return the comparison of two articles, the lower index first; ``None`` where it was not kept."""
        if not 0 <= left < right < len(self.articles) or not self.comparisons:
            return None
        return self.comparisons[left * (2 * len(self.articles) - left - 1) // 2 + right - left - 1]

    def to_dict(self) -> dict[str, Any]:
        """Return the document of the JSON report, of dicts, lists, strings and numbers.

        >>> list(StoryReport((), (), ()).to_dict())
        ['schema', 'articles', 'statements', 'courses', 'signature']
        """
        return {
            "schema": SCHEMA,
            "articles": [
                {
                    "id": a.id,
                    "name": a.name,
                    "source": a.source,
                    "published": a.published and a.published.isoformat(),
                    "title": a.title,
                }
                for a in self.articles
            ],
            "statements": [[_arrange_telling(telling) for telling in statement] for statement in self.statements],
            "courses": [_arrange_course(course) for course in self.courses],
            "signature": self.signature,
        }

    def _repr_html_(self) -> str | None:
        """Return what a Jupyter notebook shows."""
        return None if self.view is None else self.view(self, "cell")


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
