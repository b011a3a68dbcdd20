"""The story of an event: statements, who tells them, and the course of each changed fact."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import EVENT, FIRST, WIRE

import consistency
from consistency import Article, Comparer, Kind, Nature, Relation, SettingsError
from consistency.clauses import Parse, parse
from consistency.corpus.story import compare_event
from consistency.model import Bead, Sentence
from consistency.report import FORMATS, build_report
from consistency.report.story import tell_moments
from consistency.segmenter import segment
from consistency.story import StoryReport
from strategies import bind


@pytest.fixture(scope="module")
def story() -> StoryReport:
    return compare_event(EVENT)


def find_statement(story: StoryReport, words: str) -> dict[str, Relation | None]:
    """Return who tells the one statement that begins so, and in which relation."""
    (statement,) = (each for each in story.statements if each[0].text.startswith(words))
    return {story.articles[telling.article].name: telling.relation for telling in statement}


def test_articles_stand_in_the_order_of_publication(story: StoryReport) -> None:
    assert [article.name for article in story.articles] == ["first.txt", "gazette.txt", "wire.txt"]


def test_a_statement_says_who_tells_it_and_how(story: StoryReport) -> None:
    told = find_statement(story, "The dam was built")
    assert told == {"first.txt": None, "gazette.txt": Relation.IDENTICAL, "wire.txt": Relation.UPDATED}


@pytest.mark.parametrize(("words", "name"), [("Rain fell", "first.txt"), ("Schools", "gazette.txt")])
def test_what_one_article_tells_is_unique(story: StoryReport, words: str, name: str) -> None:
    assert find_statement(story, words) == {name: Relation.UNIQUE}


def test_the_toll_has_a_course_over_time(story: StoryReport) -> None:
    (toll,) = (course for course in story.courses if course.kind is Kind.QUANTITY)
    said = [(str(story.articles[p.article].published), p.fact.text.split(" people")[0]) for p in toll.points]
    assert said == [("2024-05-07", "At least two"), ("2024-05-16", "Fourteen"), ("2024-05-16", "Nine")]


def test_conflicts_at_one_time_stand_first(story: StoryReport) -> None:
    flags = [course.clash for course in story.courses]
    assert flags == sorted(flags, reverse=True)
    assert {course.nature for course in story.clashes} == {Nature.CONFLICT}
    for course in story.clashes:
        days = [story.articles[point.article].published for point in course.points]
        assert len(days) > len(set(days))


def test_growth_over_time_is_no_clash() -> None:
    story = compare_event([FIRST, WIRE])
    assert [course.clash for course in story.courses if course.kind is Kind.QUANTITY] == [False]


@pytest.mark.parametrize(
    ("told", "clash"),
    [
        ({"upheld": 6, "overturned": 6}, True),
        ({"upheld": 6, "overturned": 6, "overturned ": 8}, True),  # and who says it again later
        ({"upheld": 6, "overturned": 8, "upheld ": 8}, True),  # and who said it before
        ({"upheld": 6, "overturned": 8}, False),
        ({"upheld": 6, "overturned": 8, "overturned ": 8}, False),
    ],
)
def test_what_two_contradict_at_one_time_stays_a_clash(told: dict[str, int], clash: bool) -> None:
    """What no finder compares too, an act and its opposite."""
    articles = [
        Article(f"The court {act.strip()} the ban on rafts.", name=str(number), published=f"2024-05-{day:02}")
        for number, (act, day) in enumerate(told.items())
    ]
    (course,) = compare_event(articles, Comparer(aligner=bind)).courses
    assert (course.kind, course.clash) == (Kind.DETAIL, clash)


def test_who_agrees_is_in_the_course() -> None:
    """An article that says what another says has no change with it, and still has its say."""
    echo = Article(
        "Nine people died when the Orlin dam broke on Monday, the mayor said.", "echo.txt", "Echo", "2024-05-16"
    )
    story = compare_event([FIRST, WIRE, echo])
    (toll,) = (course for course in story.courses if course.kind is Kind.QUANTITY)
    assert tell_moments(story, toll)[-1] == ("2024-05-16", "“Nine” (9 people) (Echo, River Wire)")


def test_the_order_of_the_articles_does_not_matter(story: StoryReport) -> None:
    for articles in itertools.permutations(EVENT):
        assert compare_event(articles) == story


@pytest.mark.parametrize("count", [0, 1])
def test_an_event_of_no_or_one_article(count: int) -> None:
    story = compare_event(EVENT[:count])
    assert len(story.articles) == count
    assert story.courses == ()
    assert all(telling.relation is Relation.UNIQUE for statement in story.statements for telling in statement)


def test_each_sentence_is_told_once(story: StoryReport) -> None:
    told = [(t.article, index) for statement in story.statements for t in statement for index in t.sentences]
    wanted = [(i, s.index) for i, a in enumerate(story.articles) for s in Comparer().segmenter(a)]
    assert sorted(told) == wanted


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([*EVENT, Article(""), Article("Rain fell.")]), max_size=4))
def test_laws_of_any_event(articles: list[Article]) -> None:
    story = compare_event(articles)
    told = [(t.article, index) for statement in story.statements for t in statement for index in t.sentences]
    assert len(told) == len(set(told))
    for statement in story.statements:
        assert [telling.article for telling in statement] == sorted({telling.article for telling in statement})
    for course in story.courses:
        assert len(course.points) > 1
        for point in course.points:
            text = story.articles[point.article].text
            assert text[point.fact.start : point.fact.end] == point.fact.text


def test_an_article_is_read_once_however_many_it_is_compared_with() -> None:
    split: list[Article] = []
    parsed: list[Sentence] = []

    def segmenter(article: Article) -> tuple[Sentence, ...]:
        split.append(article)
        return segment(article)

    def parser(sentences: Sequence[Sentence]) -> tuple[Parse, ...]:
        parsed.extend(sentences)
        return parse(sentences)

    story = compare_event(EVENT, Comparer(segmenter=segmenter, parser=parser))
    assert len(split) == len(EVENT)
    assert parsed
    assert len(parsed) == len(set(parsed))
    for left, right in itertools.combinations(range(len(EVENT)), 2):
        alone = Comparer().compare(story.articles[left], story.articles[right])
        found = story.find_comparison(left, right)
        assert found is not None
        assert found.pairs == alone.pairs


def test_a_course_shows_the_words_of_the_article_that_was_read() -> None:
    """Whoever agrees with one of two sides is shown as it was written, with what nobody sees."""
    told = [
        Article(f"{number} people died in Oslo on Monday.", name=f"{name}.txt", published="2024-05-06")
        for name, number in (("a", "Two"), ("b", "Nine"), ("c", "Ni\u200bne"))
    ]
    story = compare_event(told)
    shown = {point.article: point.fact.text for point in story.courses[0].points}
    assert shown == {0: "Two", 1: "Nine", 2: "Ni\u200bne"}


@pytest.mark.parametrize("form", ["plain", "markdown"])
def test_every_report_has_the_tables(story: StoryReport, form: str) -> None:
    report = build_report(story, form)
    assert report.endswith("\n")
    for words in ("conflicts at one time", "valley post", "2024-05-16: “fourteen” (14 people) (gazette)"):
        assert words in " ".join(report.lower().split())


def test_json_report_is_the_story(story: StoryReport) -> None:
    document = json.loads(build_report(story, "json"))
    assert [article["source"] for article in document["articles"]] == ["Valley Post", "Gazette", "River Wire"]
    assert document["courses"][0]["clash"] is True
    assert len(document["statements"]) == len(story.statements)
    point = document["courses"][0]["points"][0]
    assert story.articles[point["article"]].text[point["start"] : point["end"]] == point["text"]


@pytest.mark.parametrize("form", FORMATS[StoryReport])
def test_reports_are_safe_to_show(form: str) -> None:
    hostile = [
        Article(f"{number} people <script>alert(1)</script> died | in Oslo\x1b[31m on Monday.", name=f"<b>{number}\x07")
        for number in ("Two", "Nine")
    ]
    report = build_report(compare_event(hostile), form)
    assert not {"\x1b", "\x07"} & set(report)
    if form == "html":
        assert "<script" not in report
        assert "<b>Two" not in report


def test_unknown_format_is_told() -> None:
    with pytest.raises(SettingsError, match="pdf"):
        build_report(compare_event(()), "pdf")


def test_build_report_takes_a_story(story: StoryReport) -> None:
    for form in FORMATS[StoryReport]:
        assert consistency.build_report(story, form) == build_report(story, form)
    with pytest.raises(SettingsError, match="did you mean 'markdown'"):
        consistency.build_report(story, "markdwon")


def test_the_story_keeps_every_comparison_under_its_articles(story: StoryReport) -> None:
    for left, right in itertools.combinations(range(3), 2):
        found = story.find_comparison(left, right)
        assert found == consistency.compare(story.articles[left], story.articles[right])
    for left, right in ((0, 0), (1, 0), (0, 3), (-1, 0)):
        assert story.find_comparison(left, right) is None
    assert attrs.evolve(story, comparisons=()).find_comparison(0, 1) is None


def test_a_telling_names_the_article_that_it_is_compared_with(story: StoryReport) -> None:
    for statement in story.statements:
        for telling in statement:
            compared = telling.relation not in (None, Relation.UNIQUE)
            assert (telling.against is not None) == compared
            assert not compared or telling.against in [other.article for other in statement]


def link_last(left: Sequence[Sentence], right: Sequence[Sentence]) -> tuple[Bead, ...]:
    """Link all with all where the right side is the last article: an aligner that misses a link."""
    if "again" in right[0].text:
        return bind(left, right)
    return (*(Bead((s,), ()) for s in left), *(Bead((), (s,)) for s in right))


def test_only_the_first_of_a_statement_is_compared_with_none() -> None:
    """Who is paired with a later article alone relates to that one, in the value and on the page."""
    lines = ("Rain fell in Kelm.", "In Kelm rain fell.", "Rain fell in Kelm again.")
    days = [f"2024-05-0{day}" for day in (1, 2, 3)]
    articles = [Article(line, published=day) for line, day in zip(lines, days, strict=True)]
    story = compare_event(articles, Comparer(aligner=link_last))
    (statement,) = story.statements
    assert [telling.against for telling in statement] == [None, 2, 0]
    assert statement[0].relation is None
    assert 'href="#s1-2-3"' in build_report(story, "html")


def test_public_name() -> None:
    assert consistency.compare_event is compare_event


def test_what_is_not_seen_ends_no_sentence_of_a_story() -> None:
    """A story has the sentences of its comparisons, however the texts are split without them."""
    split = "The dam of Tarn broke on Monday.\ufeff The repairs cost 1.3 billion dollars."
    story = compare_event(
        [Article(split, "a.txt"), Article("The dam of Tarn broke.", "b.txt"), Article(split, "c.txt")]
    )
    assert sum(len(statement) for statement in story.statements) == 5


@pytest.mark.parametrize("form", ["plain", "markdown"])
def test_what_is_contradicted_has_the_sign_of_the_page(form: str) -> None:
    tolls = (
        "Two people died in Tarn on Sunday.",
        "Nine people died in Tarn on Sunday.",
        "In Tarn two people died on Sunday.",
    )
    story = compare_event([Article(text, published="2024-05-06") for text in tolls])
    assert story.clashes
    row = next(row for row in build_report(story, form).splitlines() if "2!" in row)
    assert "3!" not in row


@pytest.mark.parametrize("form", ["plain", "markdown", "html"])
@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((None, None), "these articles have no date: "),
        ((None, "2024-05-06"), "1 of 2 articles has no date: "),
        (("2024-05-06", "2024-05-06"), None),
    ],
)
def test_a_story_tells_of_missing_dates(form: str, days: tuple[str | None, str | None], told: str | None) -> None:
    report = build_report(compare_event(["Rain fell in Tarn.", "Rain fell in Tarn."], published=days), form)
    assert ("no date: " in report) == (told is not None)
    assert told is None or told in report
