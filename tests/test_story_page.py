"""The HTML page of an event as text: every cell opens its pair, and no article can break out of it."""

from __future__ import annotations

import base64
import hashlib
import random
import re

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import HOSTILE, NASTY, Page
from stories import EVENT

from consistency import Article, Change, Comparison, Fact, Kind, Nature, Pair, Relation, Sentence, compare_event
from consistency.report.html import render_story as render
from consistency.report.page import show
from consistency.report.story import tell_course
from consistency.report.story_layout import cut_out, lay_out_story, list_sources
from consistency.story import Course, Point, StoryReport, Telling

MAXIMUM = 3_000_000  # bytes of a page of 10 articles with 30 sentences each


@pytest.fixture(scope="module")
def story() -> StoryReport:
    return compare_event(EVENT)


TEXTS = st.lists(st.one_of(NASTY, st.sampled_from([*(article.text for article in EVENT), *HOSTILE])), max_size=4).map(
    "\n\n".join
)
ARTICLES = st.builds(
    Article, TEXTS, NASTY, st.none() | NASTY, st.sampled_from([None, "2024-05-07", "2024-05-16"]), st.none() | NASTY
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ARTICLES, max_size=4))
def test_no_article_breaks_the_page(articles: list[Article]) -> None:
    text = render(compare_event(articles))
    text.encode("utf-8")
    page = Page(text)
    page.check()
    assert len(page.select("style")) == 1
    assert not page.select("script")
    assert "style" not in {name for _, found in page.elements for name in found}


@settings(max_examples=40, deadline=None)
@given(st.lists(ARTICLES, max_size=4))
def test_the_table_has_a_row_a_statement_and_a_cell_a_telling(articles: list[Article]) -> None:
    story = compare_event(articles)
    page = Page(render(story))
    rows = [body["id"] for body in page.select("tbody")]
    assert rows == [f"s{number}" for number in range(1, len(story.statements) + 1)]
    assert len(page.select("td")) == len(rows) * len(articles) + len(page.select("tr", "pairs"))
    names = [show(source.called) for source in list_sources(story)]
    told = [text for text in page.hidden if re.search(r": (.*compared with|only here$|tells it first$)", text)]
    wanted = [names[telling.article] for statement in story.statements for telling in statement]
    assert len(told) == len(wanted)
    assert all(text.startswith(name) for text, name in zip(told, wanted, strict=True))


@settings(max_examples=40, deadline=None)
@given(st.lists(ARTICLES, max_size=4))
def test_every_cell_opens_the_sentences_that_it_compares(articles: list[Article]) -> None:
    story = compare_event(articles)
    page = Page(render(story))
    for number, statement in enumerate(story.statements, 1):
        for telling in statement:
            if telling.against is None:
                continue
            left, right = sorted((telling.against, telling.article))
            section = f"s{number}-{left + 1}-{right + 1}"
            assert f"#{section}" in [link["href"] for link in page.select("a")]
            shown = {name.removeprefix(f"{section}-") for name in page.sentences if name.startswith(f"{section}-")}
            for side, article in (("l", left), ("r", right)):
                (told,) = (each for each in statement if each.article == article)
                assert {f"{side}{index + 1}" for index in told.sentences} & shown


def test_conflicts_at_one_time_stand_first_as_sentences(story: StoryReport) -> None:
    page = Page(render(story))
    names = ["Valley Post", "Gazette", "River Wire"]
    entries = page.entries[: len(names) + len(story.courses)]
    told = [tell_course(story, course, names) for course in story.courses]
    assert [entry for entry in entries if entry][: len(told)] == told
    toll = "On 2024-05-07 Valley Post says “At least two” (at least 2 people); on 2024-05-16 Gazette says"
    assert told[0] == f"{toll} “Fourteen” (14 people), River Wire says “Nine” (9 people)"
    assert "<h1>2 conflicts between 3 articles (2 at one time)</h1>" in render(story)


def test_a_conflict_opens_the_two_articles_of_one_day_that_clash(story: StoryReport) -> None:
    """Both differ from the first, too, and the cells open that: this pair has no cell, so its row has a link to it."""
    page = render(story)
    assert re.search(r'<li id="e1"[^>]*><a href="#s1-2-3">', page)
    section = page[page.index('id="s1-2-3"') :]
    assert re.search(r'<a class="fact conflict"[^>]*>Fourteen', section)
    assert re.search(r'<a class="fact conflict"[^>]*>Nine', section)
    assert re.search(
        r'<th scope="row"><span dir="auto">At least two.*? <a class="updated conflict" href="#s1-2-3">', page
    )


@pytest.mark.parametrize(("clash", "target"), [(True, "s1-2-3"), (False, "s1-1-2")])
def test_a_clash_is_shown_in_two_articles_of_one_day(clash: bool, target: str) -> None:
    """Where the first two differ as much, they are of two days; what is no clash is shown in the first two."""
    told = [(7, "Two died in Kelm."), (16, "Nine died in Kelm."), (16, "Two died in Kelm.")]
    articles = [Article(text, published=f"2024-05-{day:02}") for day, text in told]
    sentences = [(Sentence(0, 0, len(text), text),) for _, text in told]
    facts = [Fact(Kind.QUANTITY, 0, text.index(" "), text[: text.index(" ")]) for _, text in told]

    def compare(one: int, other: int) -> Comparison:
        changes = (Change(Kind.QUANTITY, Nature.CONFLICT, facts[one], facts[other]),) if one + other != 2 else ()
        relation = Relation.UPDATED if changes else Relation.IDENTICAL
        pair = Pair(sentences[one], sentences[other], relation, 1.0, changes)
        return Comparison(articles[one], articles[other], sentences[one], sentences[other], (pair,))

    tellings = [Telling(n, (0,), Relation.UPDATED if n else None, told[n][1], 0 if n else None) for n in range(3)]
    course = Course(0, Kind.QUANTITY, Nature.CONFLICT, clash, tuple(map(Point, range(3), facts)))
    comparisons = tuple(compare(*pair) for pair in ((0, 1), (0, 2), (1, 2)))
    story = StoryReport(tuple(articles), (tuple(tellings),), (course,), comparisons=comparisons)
    assert [entry.target for entry in lay_out_story(story).entries] == [target]


def test_the_first_cell_opens_all_pairs_of_its_statement(story: StoryReport) -> None:
    page = render(story)
    assert re.search(r'<td class=" "><a href="#s1-all">', page)
    start = page.index('id="s1-all"')
    assert re.findall(r'class="pair [^"]*" id="([^"]+)"', page[start : page.index("</tbody>", start)]) == [
        "s1-1-2",
        "s1-1-3",
        "s1-2-3",
    ]


def test_a_story_without_its_comparisons_is_a_table_alone(story: StoryReport) -> None:
    page = Page(render(attrs.evolve(story, comparisons=())))
    page.check()
    assert [link["href"] for link in page.select("a")] == ["#statements"]
    assert len(page.select("tbody")) == len(story.statements)


def test_a_fact_of_another_sentence_is_shown_with_its_sentence() -> None:
    texts = ("The dam broke.", "Two people died.")
    sentences = tuple(Sentence(n, n * 20, n * 20 + len(text), text) for n, text in enumerate(texts))
    article = Article("The dam broke.      Two people died.")
    change = Change(Kind.QUANTITY, Nature.CONFLICT, None, Fact(Kind.QUANTITY, 20, 23, "Two", 2))
    pairs = (
        Pair(sentences[:1], sentences[:1], Relation.UPDATED, 1.0, (change,)),
        Pair(sentences[1:], (), Relation.UNIQUE),
        Pair((), sentences[1:], Relation.UNIQUE),
    )
    found = cut_out(Comparison(article, article, sentences, sentences, pairs), {0})
    assert found.pairs == (pairs[0], pairs[2])
    assert (found.left_sentences, found.right_sentences) == (sentences[:1], sentences)


def test_a_cell_has_the_sign_of_the_gravest_pair_that_it_opens() -> None:
    """Else a conflict could stand behind the sign of identical sentences, and not be printed."""
    texts = ("The dam broke.", "Two people died.")
    sentences = tuple(Sentence(n, n * 20, n * 20 + len(text), text) for n, text in enumerate(texts))
    article = Article("The dam broke.      Two people died.")
    fact = Fact(Kind.QUANTITY, 20, 23, "Two", 2)
    change = Change(Kind.QUANTITY, Nature.CONFLICT, fact, fact)
    pairs = (
        Pair(sentences[:1], sentences[:1], Relation.IDENTICAL, 1.0),
        Pair(sentences[1:], sentences[1:], Relation.UPDATED, 1.0, (change,)),
    )
    tellings = Telling(0, (0, 1), None, article.text), Telling(1, (0, 1), Relation.IDENTICAL, article.text, 0)
    comparison = Comparison(article, article, sentences, sentences, pairs)
    page = Page(render(StoryReport((article, article), (tellings,), (), comparisons=(comparison,))))
    assert [found["class"] for found in page.select("section", "pair")] == ["pair updated conflict"]
    assert page.select("td")[1]["class"] == "updated conflict"
    assert set(page.sentences) == {f"s1-1-2-{side}{n}" for side in "lr" for n in (1, 2)}


def test_the_page_allows_its_own_style_and_nothing_else(story: StoryReport) -> None:
    page = render(story)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    (style,) = re.findall("(?s)<style>(.*?)</style>", page)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|https?:", style)


def test_sources_are_told_apart() -> None:
    story = StoryReport(
        tuple(Article("", n, s) for n, s in (("a/x.txt", None), ("b/x.txt", None), ("", "Wire"))), (), ()
    )
    assert [source.called for source in list_sources(story)] == ["a/x.txt", "b/x.txt", "Wire"]


def make_event(articles: int, sentences: int) -> list[Article]:
    """Return articles that tell the same sentences, some of them with another number or in another order of words."""
    chance = random.Random(7)  # noqa: S311  no secret
    who = ("council", "ferry company", "mayor", "hospital", "school board", "fire brigade")
    drafts = [
        (chance.choice(who), chance.randint(3, 90), chance.choice(("the bridge", "the harbour", "the museum")), number)
        for number in range(sentences)
    ]
    told = []
    for n in range(articles):
        lines = []
        for name, workers, place, number in drafts:
            count = workers + chance.choice((0, 0, 5))
            tail = f"according to report number {number} of the province, which was read aloud in the evening"
            line = f"The {name} of Orlin hired {count} workers for the repair of {place}, {tail}."
            lines.append(
                line if chance.random() < 0.6 else f"{tail[0].upper()}{tail[1:]}, the {line[4:].split(',')[0]}."
            )
        told.append(Article("\n\n".join(lines), f"{n}.txt", published=f"2024-05-{10 + n // 2}"))
    return told


def test_ten_articles_make_a_page_of_bearable_size() -> None:
    story = compare_event(make_event(10, 30))
    assert max(map(len, story.statements)) == 10
    assert len(render(story).encode("utf-8")) < MAXIMUM
