"""The values: what they refuse, and the laws of the views on a comparison."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.model import (
    Agreement,
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
    Span,
)
from strategies import laws

facts = st.builds(Fact, st.sampled_from(Kind), st.just(0), st.just(4), st.just("Rain"))
changes = st.builds(Change, st.sampled_from(Kind), st.sampled_from(Nature), facts, st.none() | facts)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Return a comparison in which each sentence is in one pair."""
    n, m = draw(st.tuples(st.integers(0, 6), st.integers(0, 6)))
    left, right = (
        tuple(Sentence(k, 5 * k, 5 * k + 4, "Rain", draw(st.sampled_from(Role))) for k in range(size))
        for size in (n, m)
    )
    linked = st.sampled_from([Relation.IDENTICAL, Relation.PARAPHRASED, Relation.UPDATED])
    count = draw(st.integers(0, min(n, m)))
    pairs = [
        Pair((one,), (other,), draw(linked), 0.5, tuple(draw(st.lists(changes, max_size=3))))
        for one, other in zip(left[:count], right[:count], strict=True)
    ]
    pairs += [Pair((sentence,), (), Relation.UNIQUE) for sentence in left[count:]]
    pairs += [Pair((), (sentence,), Relation.UNIQUE) for sentence in right[count:]]
    return Comparison(Article("Rain " * n), Article("Rain " * m), left, right, tuple(pairs))


@laws
@given(comparisons())
def test_views_divide_the_pairs(found: Comparison) -> None:
    """Each pair is in exactly one of the four views, in order, and the counts sum to all."""
    views = {
        Relation.IDENTICAL: found.identical,
        Relation.PARAPHRASED: found.paraphrased,
        Relation.UPDATED: found.updated,
        Relation.UNIQUE: found.unique,
    }
    assert found.counts == {relation: len(view) for relation, view in views.items()}
    assert sum(found.counts.values()) == len(found.pairs)
    for relation, view in views.items():
        assert list(view) == [pair for pair in found.pairs if pair.relation is relation]
        assert found.select(relation) == view


@laws
@given(comparisons())
def test_changes_are_listed_strongest_first(found: Comparison) -> None:
    """The list holds every change once, conflicts before developments before elaborations."""
    ranks = [list(Nature).index(change.nature) for _, change in found.changes]
    assert ranks == sorted(ranks)
    assert len(found.changes) == sum(len(pair.changes) for pair in found.pairs)
    assert all(change in pair.changes for pair, change in found.changes)


@laws
@given(comparisons())
def test_confirmed_is_a_share(found: Comparison) -> None:
    """Both shares lie in [0, 1]; they are 0 where nothing agrees and 1 where all body sentences agree."""
    agreed = (*found.identical, *found.paraphrased)
    sides = zip(("left", "right"), (found.left_sentences, found.right_sentences), found.confirmed, strict=True)
    for name, sentences, share in sides:
        body = {s.index for s in sentences if s.role is Role.BODY}
        confirmed = {s.index for pair in agreed for s in getattr(pair, name)} & body
        assert 0 <= share <= 1
        assert (share == 0) is (not confirmed)
        assert (share == 1) is (bool(body) and confirmed == body)


def test_confirmed_counts_characters() -> None:
    """A long confirmed sentence weighs more than a short one."""
    long, short = Sentence(0, 0, 30, "x" * 30), Sentence(1, 31, 41, "x" * 10)
    article = Article("x" * 41)
    pairs = (Pair((long,), (short,), Relation.PARAPHRASED), Pair((short,), (long,), Relation.UPDATED))
    assert Comparison(article, article, (long, short), (long, short), pairs).confirmed == (0.75, 0.25)


@laws
@given(st.lists(changes, max_size=5))
def test_a_pair_has_the_strongest_nature(listed: list[Change]) -> None:
    """Conflict over development over elaboration, and none without a change."""
    pair = Pair((), (), Relation.UPDATED, 0.5, tuple(listed))
    strongest = min((list(Nature).index(change.nature) for change in listed), default=None)
    assert pair.nature is (None if strongest is None else list(Nature)[strongest])


@laws
@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_span_cuts_half_open(text: str, one: int, other: int) -> None:
    """A span has the characters from its start up to, not including, its end."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert text[:start] + Span(start, end).cut(text) + text[end:] == text
    assert len(Span(start, end).cut(text)) == end - start


def test_spans_are_ordered() -> None:
    """Spans sort by their start, then by their end."""
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]


@pytest.mark.parametrize("word", [*Role, *Relation, *Kind, *Nature, *Agreement])
def test_words_print_as_they_are_written(word: Relation) -> None:
    """An enum member prints its word, and the word finds it again."""
    assert str(word) == word.value == f"{word}"
    assert type(word)(str(word)) is word


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, None),
        ("2022-09-05", datetime.date(2022, 9, 5)),
        (" 2022-09-05 ", datetime.date(2022, 9, 5)),
        ("2022-09-05T23:10:00+06:00", datetime.date(2022, 9, 5)),
        (datetime.date(2022, 9, 5), datetime.date(2022, 9, 5)),
        (datetime.datetime(2022, 9, 5, 23), datetime.date(2022, 9, 5)),
    ],
)
def test_published_is_a_day(value: str | datetime.date | None, day: datetime.date | None) -> None:
    """Dates, times and ISO 8601 strings become one day; a datetime is none (it would never equal one)."""
    published = Article("Rain fell.", published=value).published
    assert published == day
    assert not isinstance(published, datetime.datetime)


@pytest.mark.parametrize(
    "value", ["", "soon", "2022-13-01", "2022-02-30", "05/09/2022", "2022", "2022-09-0512", "2022-09-05 or so"]
)
def test_published_refuses_what_is_no_day(value: str) -> None:
    """A date that is none is refused at the door."""
    with pytest.raises(ValueError, match=r"."):
        Article("Rain fell.", published=value)


@pytest.mark.parametrize("text", [None, b"Rain fell.", 5, ["Rain fell."]])
def test_text_is_a_string(text: object) -> None:
    """Bytes and other values are refused at the door."""
    with pytest.raises(TypeError):
        Article(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Span(0, 1), "start"),
        (Article("Rain fell."), "text"),
        (Sentence(0, 0, 4, "Rain"), "text"),
        (Fact(Kind.TIME, 0, 4, "Rain"), "value"),
        (Pair((), (), Relation.UNIQUE), "relation"),
    ],
)
def test_values_are_frozen(value: object, name: str) -> None:
    """A value never changes, so it can be a key."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, name, None)
    assert value in {value}


def test_repr_of_an_article_is_short() -> None:
    """A log line does not hold the whole article."""
    assert len(repr(Article("Rain fell. " * 10_000))) < 300


@pytest.mark.parametrize("side", [lambda pair: pair.left_text, lambda pair: pair.right_text])
def test_texts_of_a_pair(side: Callable[[Pair], str]) -> None:
    """Several sentences are joined by a blank; none is the empty string."""
    rain, sun = Sentence(0, 0, 10, "Rain fell."), Sentence(1, 12, 22, "Sun shone.")
    assert side(Pair((rain, sun), (rain, sun), Relation.UPDATED)) == "Rain fell. Sun shone."
    assert side(Pair((), (), Relation.UNIQUE)) == ""


def test_a_change_prints_both_sides() -> None:
    """A side that is silent is named as such."""
    fact = Fact(Kind.QUANTITY, 0, 3, "two", 2)
    assert str(Change(Kind.QUANTITY, Nature.ELABORATION, fact, None)) == "quantity elaboration: two -> (nothing)"
    assert str(Change(Kind.QUANTITY, Nature.ELABORATION, None, fact)) == "quantity elaboration: (nothing) -> two"


@pytest.mark.parametrize("word", [*Kind, *Relation, *Nature])
def test_words_are_looked_up_as_they_are_written(word: Kind | Relation | Nature) -> None:
    """A word is equal to the string that it is, so a set that holds one holds the other."""
    assert word in {str(word)}
    assert str(word) in {word}
