"""The parts of a comparison: articles and sentences, facts and changes, beads and pairs.

Every span is a half-open range of characters of ``Article.text``. Times are dates, scores lie in [0, 1].
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Sequence

import attrs

from consistency.dates import DateLike, read_date


class Word(str, enum.Enum):
    """A closed set of words; each prints as it is written in reports, and is hashed as the word that it is equal to."""

    __hash__ = str.__hash__  # that of enum.Enum takes the name, and the time of a Python call

    def __str__(self) -> str:
        return str(self.value)


class Role(Word):
    """What a sentence is in its article.

    >>> print(Role.HEADLINE)
    headline
    """

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    LINK = "link"
    TABLE = "table"


class Relation(Word):
    """How the two sides of a pair relate (after Cross-document Structure Theory, Radev 2000).

    >>> [str(relation) for relation in Relation]
    ['identical', 'paraphrased', 'updated', 'unique']
    """

    IDENTICAL = "identical"
    PARAPHRASED = "paraphrased"
    UPDATED = "updated"
    UNIQUE = "unique"


class Kind(Word):
    """What sort of fact changed.

    >>> Kind("quantity") is Kind.QUANTITY
    True
    """

    QUANTITY = "quantity"
    TIME = "time"
    ENTITY = "entity"
    PLACE = "place"
    STATUS = "status"
    POLARITY = "polarity"
    ATTRIBUTION = "attribution"
    DETAIL = "detail"


class Nature(Word):
    """How the two sides of a change stand to each other, strongest first.

    >>> [str(nature) for nature in Nature]
    ['conflict', 'development', 'elaboration']
    """

    CONFLICT = "conflict"
    DEVELOPMENT = "development"
    ELABORATION = "elaboration"


class Agreement(Word):
    """How two facts that answer each other compare.

    SAME: one reader learns nothing from the other side. FINER: both can hold, one side says it more exactly.
    DIFFERENT: they cannot both hold of one moment.

    >>> print(Agreement.SAME)
    same
    """

    SAME = "same"
    FINER = "finer"
    DIFFERENT = "different"


@attrs.frozen(order=True)
class Span:
    """A half-open character range ``[start, end)`` of a text.

    >>> Span(2, 5).cut("abcdefg")
    'cde'
    """

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]


def _date(value: DateLike | None) -> datetime.date | None:
    return read_date(value)  # a converter has one argument


@attrs.frozen
class Article:
    """A news article as it was read.

    Attributes:
        text: the whole text, never altered; all spans index into it.
        name: what to call it in messages (a file name, an identifier).
        source: who published it.
        published: the day it was published; what `read_date` of ``consistency.dates`` reads is converted.
        title: its title, where that is not a part of ``text``.
        header: the span at the start of ``text`` that was read as metadata and is no sentence.
        notes: one line for each thing that reading took as metadata or had to detect.
        id: what its owner calls it (the number of a content system, a URI); empty for nothing.

    Raises:
        ValueError: ``published`` is no date.
        TypeError: ``text`` is not a string.

    >>> Article("Rain fell.", published="Sept. 5, 2022").published
    datetime.date(2022, 9, 5)
    """

    text: str = attrs.field(validator=attrs.validators.instance_of(str), repr=lambda text: repr(text[:40]))
    name: str = ""
    source: str | None = None
    published: datetime.date | None = attrs.field(default=None, converter=_date)
    title: str | None = None
    header: Span = Span(0, 0)
    notes: tuple[str, ...] = ()
    id: str = ""


@attrs.frozen(cache_hash=True)  # what is read of sentences is kept by them
class Sentence:
    """One sentence of an article, with its place, its text and its role.

    ``dateline`` is the span of a dateline ("NUR-SULTAN -- ") at its start; ``paragraph`` counts from 0.

    >>> Sentence(0, 0, 10, "Rain fell.").role is Role.BODY
    True
    """

    index: int
    start: int
    end: int
    text: str
    role: Role = Role.BODY
    paragraph: int = 0
    dateline: Span | None = None


@attrs.frozen
class Fact:
    """A checkable fact: its kind, its place in the article, its words and its normalised value.

    ``value`` is a hashable value whose ``str`` is the normalised form that reports show.

    >>> print(Fact(Kind.QUANTITY, 4, 7, "two", 2))
    two
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: object = None

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class Bead:
    """Sentences of both sides that make one statement (Gale & Church 1993): a link that is not yet judged.

    ``score`` in [0, 1] says how sure the link is.

    >>> Bead((Sentence(0, 0, 3, "Yes"),), (), 1.0).right
    ()
    """

    left: tuple[Sentence, ...]
    right: tuple[Sentence, ...]
    score: float = 1.0


@attrs.frozen
class Change:
    """A fact that differs between the two sides; ``None`` stands for a side that does not have it.

    ``confidence`` in [0, 1] says how sure it is that the nature is right.

    >>> two, nine = (Fact(Kind.QUANTITY, 0, 1, text, int(text)) for text in "29")
    >>> print(Change(Kind.QUANTITY, Nature.CONFLICT, two, nine))
    quantity conflict: 2 -> 9
    """

    kind: Kind
    nature: Nature
    left: Fact | None
    right: Fact | None
    confidence: float = 1.0

    def __str__(self) -> str:
        return f"{self.kind} {self.nature}: {self.left or '(nothing)'} -> {self.right or '(nothing)'}"


@attrs.frozen
class Pair:
    """A judged bead, or a sentence that stands alone (``Relation.UNIQUE``, one side empty).

    >>> Pair((Sentence(0, 0, 3, "Yes"),), (), Relation.UNIQUE).left_text
    'Yes'
    """

    left: tuple[Sentence, ...]
    right: tuple[Sentence, ...]
    relation: Relation
    score: float = 0.0
    changes: tuple[Change, ...] = ()

    @property
    def left_text(self) -> str:
        """The left sentences as one string, empty for none."""
        return " ".join(sentence.text for sentence in self.left)

    @property
    def right_text(self) -> str:
        """The right sentences as one string, empty for none."""
        return " ".join(sentence.text for sentence in self.right)

    @property
    def nature(self) -> Nature | None:
        """The strongest nature among the changes, ``None`` without a change."""
        found = {change.nature for change in self.changes}
        return next((nature for nature in Nature if nature in found), None)


def call_articles(articles: Sequence[Article], unnamed: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what to call each article in a sentence, no two the same: who published it, else its file.

    What is called the same is told apart by the day, else by the whole name, else by a number.

    Args:
        articles: the articles.
        unnamed: what to call each if nothing is known of it.

    >>> call_articles([Article("", "wire/1.txt", "Post", "2024-05-06"), Article("", "wire/2.txt")])
    ('Post', '2.txt')
    >>> call_articles([Article("", source="Post", published=f"2024-05-0{day}") for day in (6, 7)])
    ('Post of 2024-05-06', 'Post of 2024-05-07')
    """
    plain = [
        article.source or re.split(r"[/\\]", article.name)[-1] or (unnamed[n] if unnamed else f"article {n + 1}")
        for n, article in enumerate(articles)
    ]
    called = list(plain)
    for name in {name for name in plain if plain.count(name) > 1}:
        alike = [n for n, each in enumerate(plain) if each == name]
        days = [f"{name} of {articles[n].published}" for n in alike if articles[n].published]
        names = [articles[n].name for n in alike if articles[n].name]
        numbers = [f"{name} ({n + 1})" for n in alike]
        for told in (days, names, numbers):
            if len(set(told)) == len(alike) and not set(told) & ({*plain} - {name}):
                for n, better in zip(alike, told, strict=True):
                    called[n] = better
                break
    return tuple(called)


def split_name(name: str) -> tuple[str, int]:
    """Return the file in an article's name, and the line of JSON Lines or row of CSV that it is, 0 for none.

    >>> split_name("wire.jsonl:3"), split_name("wire.csv:2"), split_name("first.txt")
    (('wire.jsonl', 3), ('wire.csv', 2), ('first.txt', 0))
    """
    file, _, line = name.rpartition(":")
    is_line = file.lower().endswith((".jsonl", ".ndjson", ".csv")) and line.isascii() and line.isdigit()
    return (file, int(line)) if is_line else (name, 0)
