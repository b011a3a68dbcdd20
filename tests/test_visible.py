"""What nobody sees changes nothing but spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.comparer import compare
from consistency.model import Article, Comparison, Span
from consistency.visible import see
from strategies import LEFT, RIGHT, laws, write

UNSEEN = "\u00ad\u034f\u061c\u180e\u200b\u200d\u2060\u2063\u202e\ufe0f\ufeff\U000e0041\U000e007f"


def hide(text: str, places: list[tuple[int, str]]) -> str:
    """Return a text with characters put in that nobody sees."""
    for place, mark in sorted(places, reverse=True):
        text = text[: place % (len(text) + 1)] + mark + text[place % (len(text) + 1) :]
    return text


def outline(found: Comparison) -> list[object]:
    """Return what a reader sees of a comparison."""
    return [
        (
            [see(Article(s.text)).text for s in (*pair.left, *pair.right)],
            pair.relation,
            [[fact and (fact.kind, see(Article(fact.text)).text) for fact in (c.left, c.right)] for c in pair.changes],
        )
        for pair in found.pairs
    ]


@laws
@given(st.lists(st.tuples(st.integers(0, 2000), st.sampled_from(UNSEEN)), max_size=20))
def test_what_nobody_sees_changes_no_pair(places: list[tuple[int, str]]) -> None:
    """The same pairs and changes, whose spans cut the article as it was read."""
    left, right = write(LEFT), write(RIGHT)
    found = compare(hide(left, places), right)
    assert outline(found) == outline(compare(left, right))
    for article, listed in ((found.left, found.left_sentences), (found.right, found.right_sentences)):
        assert [article.text[s.start : s.end] for s in listed] == [s.text for s in listed]
    for _, change in found.changes:
        for article, fact in ((found.left, change.left), (found.right, change.right)):
            assert fact is None or article.text[fact.start : fact.end] == fact.text


@pytest.mark.parametrize("mark", UNSEEN)
def test_a_hidden_conflict_is_found(mark: str) -> None:
    """A number and a denial are read through whatever stands inside of them."""
    for hidden, plain, told in (
        (f"Ni{mark}ne ships sank.", "Two ships sank.", f"Ni{mark}ne"),
        (f"The mayor did n{mark}ot resign.", "The mayor did resign.", f"n{mark}ot"),
    ):
        ((_, change),) = compare(hidden, plain).changes
        assert change.left
        assert told in change.left.text


def test_a_text_that_is_seen_is_itself() -> None:
    """No copy is made; marks that are seen, accents and blanks among them, stay."""
    for text in ("Rain fell.", "Café\u0301 \u00a0 – “rain”", ""):
        article = Article(text)
        assert see(article) is article


def test_the_header_is_led_along() -> None:
    """A header with what nobody sees in it ends where its seen part ends."""
    article = Article("date\u200b: x\nRain.", header=Span(0, 9))
    assert see(article).header == Span(0, 8)
