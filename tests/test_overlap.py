"""Overlap: how sure it is that two articles tell one event."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import CHESS, DAM, DAM_TOO

from consistency import Article, Comparison, Span, build_report, compare
from consistency.overlap import UNSURE, find_signs, measure_overlap
from consistency.overlap.signs import DAY, HEADLINE, LEAD, NAME, NUMBER, RUN, hash_sign
from strategies import HANG

MATCH = "{} won {} at home against {} on Saturday. {} scored first. A crowd of {} watched in mild weather."
PRICES = "Oats traded in Tarn at {} crowns a ton on {}. Exporters bought {} tons. Rye was not quoted."


def find_mark(article: Article, sign: str) -> int:
    signs = find_signs(article)
    return signs.marks[signs.terms.index(hash_sign(sign))]


def test_two_tellings_of_one_event_are_surer_than_two_events() -> None:
    dam, too, chess = map(Article, (DAM, DAM_TOO, CHESS))
    assert measure_overlap(dam, too) > 0.9
    assert measure_overlap(dam, chess) < 0.1


def test_reports_of_one_frame_about_other_names_are_two_events() -> None:
    left = MATCH.format("Tarn Rovers", "3-1", "Varda", "Ivo Stell", "12,400")
    right = MATCH.format("Kelm United", "2-0", "Orlo", "Mats Ferrin", "8,150")
    assert measure_overlap(Article(left), Article(right)) < UNSURE


def test_daily_reports_of_two_days_are_two_events_and_of_one_day_are_one() -> None:
    def tell(price: int, weekday: str, tons: str, day: int) -> Article:
        return Article(PRICES.format(price, weekday, tons), published=datetime.date(2024, 3, day))

    monday, tuesday = tell(212, "Monday", "4,300", 4), tell(219, "Tuesday", "1,750", 5)
    assert measure_overlap(monday, tuesday) < UNSURE
    assert measure_overlap(monday, tell(212, "Monday", "4,300", 4)) > UNSURE


def test_a_changed_figure_alone_makes_no_other_event() -> None:
    assert measure_overlap(Article(DAM), Article(DAM.replace("Two farmers", "Nine farmers"))) > 0.9


@pytest.mark.parametrize(
    ("sign", "mark"),
    [
        ("orlin", LEAD | NAME),
        ("dam", LEAD),
        ("3-14", LEAD | DAY),
        ("14", LEAD | NUMBER),
        ("ada brisk", LEAD | NAME | RUN),
        ("flood", LEAD | HEADLINE),
        ("chess", 0),
    ],
)
def test_signs_are_marked(sign: str, mark: int) -> None:
    late = " The town has a mill and a school." * 8 + " Its chess club met."
    assert find_mark(Article(DAM + late, title="FLOOD IN VALLEY"), sign) == mark


def test_a_headline_in_capitals_makes_no_names() -> None:
    assert not find_mark(Article(DAM, title="BRIDGE CLOSED IN VALLEY"), "bridg") & NAME


@pytest.mark.parametrize("term", ["orlin", "3-14", "ada brisk", "dam"])
def test_rare_stems_names_and_days_are_terms(term: str) -> None:
    assert hash_sign(term) in find_signs(Article(DAM)).terms


@pytest.mark.parametrize("term", ["the", "of", "a"])
def test_common_words_are_no_terms(term: str) -> None:
    assert hash_sign(term) not in find_signs(Article(DAM)).terms


@pytest.mark.parametrize(("text", "count"), [("on 14 March", 1), ("in March 2024", 0), ("he may 14 times", 1)])
def test_days_of_the_calendar(text: str, count: int) -> None:
    """A month beside a number up to 31; that "may" is a verb at times costs nothing here."""
    wanted = {hash_sign("3-14"), hash_sign("5-14")}
    assert len(wanted & set(find_signs(Article(text)).terms)) == count


def test_header_is_no_sign_and_title_is_one() -> None:
    article = Article("source: Gazette\n\nThe dam broke.", header=Span(0, 17), title="Orlin flooded")
    terms = find_signs(article).terms
    assert hash_sign("gazett") not in terms
    assert hash_sign("orlin") in terms


def test_signs_are_the_same_in_every_process() -> None:
    """Else workers of a cluster would never find each other's articles."""
    code = f"from consistency import overlap as o; print(o.find_signs(o.Article({DAM!r})))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=HANG)
    assert told.stdout.strip() == str(find_signs(Article(DAM)))


texts = st.lists(st.sampled_from([*DAM.split(), *CHESS.split(), "9" * 400, "1,000", "£", "é", "\ud800"]), max_size=60)
days = st.none() | st.dates()


@given(texts, texts, days, days, st.text(max_size=30))
def test_overlap_is_a_probability_and_the_same_from_either_side(
    left: list[str], right: list[str], day: datetime.date | None, other: datetime.date | None, title: str
) -> None:
    one = Article(" ".join(left), published=day, title=title)
    two = Article(" ".join(right), published=other)
    assert 0 <= measure_overlap(one, two) <= 1
    assert measure_overlap(one, two) == measure_overlap(two, one)


def test_long_articles_have_as_many_signs_as_short_ones() -> None:
    words = " ".join(f"Wo{a}{b}rd {n}{a}" for n, (a, b) in enumerate((x, y) for x in "bcdfghjk" * 9 for y in "lmnpqr"))
    assert len(find_signs(Article(words, title=words)).terms) < 400


def test_a_comparison_tells_it_and_json_keeps_it() -> None:
    found = compare(DAM, DAM_TOO)
    document = build_report(found, "json")
    assert found.overlap == json.loads(document)["overlap"] == Comparison.from_json(document).overlap > UNSURE


@pytest.mark.parametrize("form", ["plain", "markdown", "html"])
def test_reports_tell_a_low_one_and_no_other(form: str) -> None:
    low, high = (build_report(compare(DAM, other), form) for other in (CHESS, DAM_TOO))
    assert "may tell two events" in low
    assert "may tell two events" not in high


def test_a_report_of_before_it_was_told_is_read() -> None:
    document = json.loads(build_report(compare(DAM, DAM_TOO), "json"))
    del document["overlap"]
    assert Comparison.from_json(json.dumps(document)).overlap == 1.0
