"""The HTML page as text: complete, in order, self-contained, and no article can break out of it."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import subprocess
import sys
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import NASTY, Page

from consistency.model import Article, Change, Comparison, Fact, Kind, Nature, Pair, Relation, Sentence
from consistency.report.html import render
from consistency.report.layout import Mark, find_differing, find_moved, merge_marks
from consistency.report.page import show
from consistency.report.summary import summarize
from consistency.text import tokenize


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Any beads in any order between two articles of any words, with facts anywhere."""
    sides = []
    for _ in range(2):
        sentences, start = [], 0
        texts = draw(st.lists(NASTY.filter(len), max_size=6))
        for index, text in enumerate(texts):
            sentences.append(Sentence(index, start, start + len(text), text, paragraph=index // 2))
            start += len(text) + 1
        sides.append((Article("\n".join(texts), draw(NASTY), draw(NASTY), None, draw(NASTY)), tuple(sentences)))
    (left, first), (right, later) = sides

    def draw_fact(article: Article) -> Fact | None:
        if not article.text or draw(st.booleans()):
            return None
        start = draw(st.integers(0, len(article.text) - 1))
        end = draw(st.integers(start + 1, len(article.text)))
        return Fact(Kind.DETAIL, start, end, article.text[start:end], draw(NASTY))

    groups = [draw(st.lists(st.integers(0, 4), min_size=len(side), max_size=len(side))) for side in (first, later)]
    members = [
        [tuple(s for s, g in zip(side, group, strict=True) if g == n) for n in range(5)]
        for side, group in zip((first, later), groups, strict=True)
    ]
    pairs = []
    for one, two in zip(*members, strict=True):
        if one and two:
            relation = draw(st.sampled_from([Relation.IDENTICAL, Relation.PARAPHRASED, Relation.UPDATED]))
            facts = [(draw_fact(left), draw_fact(right)) for _ in range(draw(st.integers(0, 3)))]
            changes = [Change(Kind.DETAIL, draw(st.sampled_from(Nature)), *both) for both in facts if any(both)]
            pairs.append(Pair(one, two, relation, 0.5, tuple(changes)))
        else:
            pairs += [Pair((s,), (), Relation.UNIQUE) for s in one] + [Pair((), (s,), Relation.UNIQUE) for s in two]
    pairs.sort(key=lambda pair: (not pair.left, (pair.left or pair.right)[0].index))
    return Comparison(left, right, first, later, tuple(pairs), draw(NASTY))


@settings(max_examples=60, deadline=None)
@given(comparisons())
def test_each_sentence_is_there_once_in_its_order_as_text(comparison: Comparison) -> None:
    page = Page(render(comparison))
    for letter, article, sentences in (
        ("l", comparison.left, comparison.left_sentences),
        ("r", comparison.right, comparison.right_sentences),
    ):
        told = [(name, text) for name, text in page.sentences.items() if name[0] == letter]
        assert told == [(f"{letter}{s.index + 1}", show(article.text[s.start : s.end])) for s in sentences]


@settings(max_examples=60, deadline=None)
@given(comparisons())
def test_no_article_breaks_the_page(comparison: Comparison) -> None:
    """Every link leads somewhere, no name is given twice, no element or attribute is added."""
    text = render(comparison)
    text.encode("utf-8")
    page = Page(text)
    page.check()
    assert len(page.select("script")) == 1
    assert len(page.select("style")) == 1
    assert "style" not in {name for _, found in page.elements for name in found}


def test_the_page_forbids_all_but_its_own_style_and_script(comparison: Comparison) -> None:
    page = render(comparison)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    directives = dict(part.split(" ", 1) for part in policy.group(1).split("; "))
    assert directives["default-src"] == "'none'"
    for tag in ("style", "script"):
        (content,) = re.findall(f"(?s)<{tag}>(.*?)</{tag}>", page)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert directives[f"{tag}-src"] == f"'sha256-{digest}'"
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)|fetch|XMLHttp|import\(", content)


def test_the_list_of_changes_is_that_of_the_other_reports(comparison: Comparison) -> None:
    assert Page(render(comparison)).entries == [statement.text for statement in summarize(comparison).statements]


def test_golden(comparison: Comparison, golden: Callable[[str, str], None]) -> None:
    """The markup alone: style and script have tests of their own, in a browser."""
    page = re.sub(r"(?s)(<(style|script)>).*?(</\2>)", r"\1\3", render(comparison))
    golden("report.html", re.sub(r"'sha256-[^']+'", "'sha256-'", page))


def test_changed_facts_are_boxed_and_differing_words_marked(comparison: Comparison) -> None:
    page = render(comparison)
    assert re.search(r'<a class="fact conflict" id="c0l" href="#r3" aria-describedby="c0">Monday</a>', page)
    assert re.search(r'<a class="fact conflict" id="c0r" href="#l3" aria-describedby="c0">Tuesday</a>', page)
    assert "<mark>along</mark>" in page
    assert "<mark>on</mark>" in page
    lake = re.search(r'id="l5".*?</p>', page, re.DOTALL)
    assert lake
    assert "<mark>" not in lake.group()
    assert 'class="fact' not in lake.group()


def test_moved_sentences_say_where_they_stand(comparison: Comparison) -> None:
    page = render(comparison)
    assert re.findall(r'class="moved" href="#(\w+)"', page) == ["r7", "l4"]


def test_a_fact_in_another_sentence_is_boxed_there(comparison: Comparison) -> None:
    start = comparison.right.text.index("choir")
    change = Change(Kind.DETAIL, Nature.CONFLICT, None, Fact(Kind.DETAIL, start, start + 5, "choir"))
    pairs = tuple(
        attrs.evolve(p, changes=(change,)) if p.left and p.left[0].index == 1 else p for p in comparison.pairs
    )
    page = render(attrs.evolve(comparison, pairs=pairs))
    assert re.search(
        r'id="r2".*A school <a class="fact conflict" id="c0r" href="#l2" aria-describedby="c0">choir', page
    )


def test_a_title_that_is_the_headline_is_shown_once(comparison: Comparison) -> None:
    article = attrs.evolve(comparison.left, title="Minister to open dam as river rises.")
    page = render(attrs.evolve(comparison, left=article))
    assert page.lower().count("minister to open dam as river rises") == 1


@pytest.mark.parametrize(
    ("left", "right", "headline"),
    [
        (Article("", "a/b/one.txt"), Article("", "c:\\d\\two.txt", "Valley Post"), "one.txt and Valley Post"),
        (Article("", "one.txt"), Article("", "other/one.txt"), "one.txt and other/one.txt"),
        (Article(""), Article("", "two.txt"), "LEFT and two.txt"),
        (Article(""), Article("", "c:\\d\\two.txt"), "LEFT and two.txt"),
    ],
)
def test_the_headline_tells_the_articles_apart(left: Article, right: Article, headline: str) -> None:
    page = render(Comparison(left, right, (), (), ()))
    (found,) = re.findall("<h1>(.*?)</h1>", page)
    assert re.sub("<.*?>", "", found) == f"No conflict found between {headline}"


def test_empty_articles_make_a_page() -> None:
    nothing = Article("", name="nothing.txt")
    assert "No conflict found between" in render(Comparison(nothing, nothing, (), (), ()))


@given(st.permutations(range(7)).flatmap(lambda order: st.integers(0, 7).map(lambda size: list(order[:size]))))
def test_what_has_not_moved_is_a_longest_rising_run(places: list[int]) -> None:
    kept = [place for index, place in enumerate(places) if index not in find_moved(places)]
    assert kept == sorted(kept)
    runs = (run for size in range(len(places), -1, -1) for run in itertools.combinations(places, size))
    assert len(kept) == len(next(run for run in runs if list(run) == sorted(run)))


MARKS = st.builds(
    lambda start, size, numbers: Mark(start, start + size, numbers),
    st.integers(0, 20),
    st.integers(1, 8),
    st.one_of(st.just(()), st.integers(0, 9).map(lambda number: (number,))),
)


@given(st.text("ab ", min_size=28, max_size=28), st.lists(MARKS, max_size=8))
def test_merged_marks_are_apart_and_lose_no_fact(text: str, marks: list[Mark]) -> None:
    merged = merge_marks(text, marks)
    assert all(one.end <= two.start for one, two in itertools.pairwise(merged))
    facts = [mark for mark in marks if mark.numbers]
    assert sorted(n for mark in merged for n in mark.numbers) == sorted(n for mark in facts for n in mark.numbers)
    covered = {place for mark in merged if mark.numbers for place in range(mark.start, mark.end)}
    assert covered == {place for mark in facts for place in range(mark.start, mark.end)}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Two died.", "Nine died.", (["Two"], ["Nine"])),
        ("Rain fell.", "“Rain” fell", ([], [])),
        ("He came home late", "He came late", (["home"], [])),
        ("", "New", ([], ["New"])),
    ],
)
def test_differing_words(left: str, right: str, expected: tuple[list[str], list[str]]) -> None:
    found = find_differing(tokenize(left), tokenize(right))
    assert tuple([token.text for token in side] for side in found) == expected


def test_very_long_sentences_are_shown_without_marked_words() -> None:
    many = tokenize("a " * 5_000)
    assert find_differing(many, tokenize("b")) == ([], [])


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\ufeff", "\u202e", "\u2067", "\x00", "\x1b", "\ud800"])
def test_what_is_unseen_is_shown(hidden: str) -> None:
    assert show(f"1{hidden}5") == "1\ufffd5"


@pytest.mark.parametrize("kept", ["é", "–", "👩\u200d🚒", "می\u200cخواهم", "“”"])
def test_what_writing_needs_is_left(kept: str) -> None:
    assert show(kept) == kept


def test_the_template_engine_is_imported_only_for_a_page() -> None:
    code = "import sys, consistency.report.html; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
