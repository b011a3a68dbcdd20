"""Blocking: articles about one event share signs, keys and a similarity; the pure functions, without the engine."""

from __future__ import annotations

import datetime
from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import CHESS, DAM, DAM_TOO

from consistency import Article, SettingsError
from consistency.corpus import events
from consistency.corpus.events import Blocking
from consistency.overlap import Signs, find_signs

vectors = st.dictionaries(st.integers(0, 30), st.floats(0.01, 1), max_size=12).map(
    lambda vector: {term: weight / sum(w * w for w in vector.values()) ** 0.5 for term, weight in vector.items()}
)
days = st.none() | st.integers(700_000, 700_060)


def weigh_all(*texts: str) -> list[dict[int, float]]:
    signs = [find_signs(Article(text)) for text in texts]
    frequencies = Counter(term for sign in signs for term in sign.terms)
    return [events.weigh(sign, frequencies, len(signs)) for sign in signs]


def test_articles_of_one_event_are_nearer_than_others() -> None:
    dam, too, chess = weigh_all(DAM, DAM_TOO, CHESS)
    assert events.measure_similarity(dam, too) > 2 * Blocking().similarity
    assert events.measure_similarity(dam, chess) < Blocking().similarity


def test_near_copies_share_a_band_and_others_do_not() -> None:
    text = " ".join(DAM.split() * 3) + " " + CHESS
    copy, dam, chess = (set(events.find_bands(Article(each))) for each in (text + " Read more.", text, CHESS))
    assert copy & dam
    assert not dam & chess


def test_a_text_without_words_has_no_signs() -> None:
    assert find_signs(Article("!!! ...")) == Signs()
    assert events.find_bands(Article("!!! ...")) == ()


@given(vectors, vectors)
def test_similarity_is_symmetric_and_a_share(left: dict[int, float], right: dict[int, float]) -> None:
    similarity = events.measure_similarity(left, right)
    assert similarity == pytest.approx(events.measure_similarity(right, left))
    assert -1e-9 <= similarity <= 1 + 1e-9


@given(vectors)
def test_everything_is_most_similar_to_itself(vector: dict[int, float]) -> None:
    assert events.measure_similarity(vector, vector) == pytest.approx(1 if vector else 0)


@given(st.lists(st.text("abcdefg ", max_size=60), min_size=1, max_size=6))
def test_vectors_have_length_one_and_fall(texts: list[str]) -> None:
    for vector in weigh_all(*texts):
        assert sum(weight * weight for weight in vector.values()) == pytest.approx(1 if any(vector.values()) else 0)
        assert list(vector.values()) == sorted(vector.values(), reverse=True)


@given(days, days, st.integers(0, 20))
def test_days_within_a_window_share_a_key(left: int | None, right: int | None, window: int) -> None:
    """A common term is a key with a time, and no pair that may meet is lost by that."""
    blocking = Blocking(window=window, most=2, keys=2)
    keys = [{key for key, _ in events.find_keys({7: 1.0}, {7: 9}, day, blocking)} for day in (left, right)]
    if left is not None and right is not None and events.can_meet(left, right, window):
        assert keys[0] & keys[1]


@given(days, days, st.integers(0, 20))
def test_meeting_is_symmetric(left: int | None, right: int | None, window: int) -> None:
    assert events.can_meet(left, right, window) == events.can_meet(right, left, window)


def test_terms_of_one_article_are_no_keys() -> None:
    assert list(events.find_keys({1: 0.9, 2: 0.4}, {2: 2}, None, Blocking())) == [(2, 2)]


def test_articles_far_apart_in_time_do_not_meet() -> None:
    first, later = (datetime.date(2024, month, 1).toordinal() for month in (1, 3))
    assert not events.can_meet(first, later, 7)


@pytest.mark.parametrize(
    "setting",
    [
        {"window": -1},
        {"similarity": 2},
        {"sure": 0},
        {"nearest": 2},
        {"keys": 0},
        {"shared": 0},
        {"most": 1},
        {"weeks": -1},
    ],
)
def test_settings_that_cannot_be(setting: dict[str, float]) -> None:
    with pytest.raises(SettingsError, match=next(iter(setting))):
        attrs.evolve(Blocking(), **setting)


def test_articles_are_grouped_by_event_or_thread() -> None:
    assert Blocking(by="thread").reach > Blocking().reach == Blocking().window
    with pytest.raises(SettingsError, match="grouped by event or thread, not by 'day'"):
        Blocking(by="day")
