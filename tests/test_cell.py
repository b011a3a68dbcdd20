"""What a notebook shows: the figures and the first changes, never the articles, and nothing of their markup."""

from __future__ import annotations

import html
import json
import pickle
import re
import subprocess
import sys

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import HOSTILE, NASTY, Page

import consistency
from consistency import Article, Comparison, Nature, compare_event
from consistency.report import cell
from consistency.report.summary import summarize

MAXIMUM = 40_000  # characters, however long the articles are
WHO = "mayor council school bank port hotel union court library bakery museum clinic theatre brewery airport"
MANY = [f"The {name} of Orlin hired {{}} workers." for name in WHO.split()]


def tell(number: int) -> str:
    return " ".join(line.format(number + place) for place, line in enumerate(MANY))


def test_a_comparison_shows_its_figures_and_the_changes_conflicts_first(comparison: Comparison) -> None:
    shown = cell.render(comparison)
    text = " ".join(re.sub("<[^>]*>", " ", shown).split())
    assert text.startswith("1 conflict between Valley Post and River Gazette 2 developments, 3 elaborations.")
    assert "= 1 identical" in text
    sentences = re.findall(r"</b> (.*?) <small", html.unescape(shown))
    called = ("Valley Post", "River Gazette")
    assert sentences == [statement.text for statement in summarize(comparison, called).statements]
    assert "Valley Post says “Monday” (2023-03-06)" in sentences[0]


def test_the_articles_are_not_shown(comparison: Comparison) -> None:
    assert "Its lake covers the valley" not in cell.render(comparison)


def test_what_compare_returns_shows_itself() -> None:
    found = consistency.compare("Two people died in Oslo on Monday.", "Nine people died in Oslo on Monday.")
    shown = found._repr_html_()
    assert shown == cell.render(found)
    assert "1 conflict between left and right" in re.sub("<[^>]*>", "", shown or "")


def test_a_comparison_without_a_view_shows_nothing(comparison: Comparison) -> None:
    assert comparison._repr_html_() is None


def test_the_view_is_no_part_of_the_value() -> None:
    found = consistency.compare("Two people died.", "Nine people died.")
    bare = attrs.evolve(found, view=None)
    assert found == bare
    assert hash(found) == hash(bare)
    assert repr(found) == repr(bare)
    assert consistency.build_report(found, "json") == consistency.build_report(bare, "json")
    assert "view" not in json.loads(consistency.build_report(found, "json"))


def test_a_comparison_and_its_view_go_through_a_pickle() -> None:
    found = consistency.compare("Two people died.", "Nine people died.")
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  our own
    assert again == found
    assert again._repr_html_() == found._repr_html_()


def test_a_story_shows_its_conflicts() -> None:
    articles = [
        Article(f"{number} people died in Oslo.", source=f"{number} Post", published="2024-05-06")
        for number in ("Two", "Nine")
    ]
    shown = compare_event(articles)._repr_html_()
    assert "1 conflict between 2 articles (1 at one time)" in shown
    assert "On 2024-05-06 Two Post says “Two” (2 people), Nine Post says “Nine” (9 people)" in shown


def test_a_long_comparison_is_cut() -> None:
    found = consistency.compare(Article(tell(10), published="2024-05-06"), Article(tell(50), published="2024-05-06"))
    assert len(found.changes) > 12
    shown = found._repr_html_() or ""
    assert shown.count("<li") == 12
    assert f"and {len(found.changes) - 12} more" in shown
    story = compare_event([found.left, found.right])
    assert story._repr_html_().count("<li") == min(12, len(story.courses))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=2, max_size=3))
def test_hostile_text_is_text_and_nothing_leaks(told: list[tuple[str, str, str]]) -> None:
    articles = [Article(f"{HOSTILE[0]} {text}\n\nTwo people died.", name, source) for text, name, source in told]
    for value in (consistency.compare(*articles[:2]), compare_event(articles)):
        shown = value._repr_html_() or ""
        shown.encode("utf-8")
        page = Page(shown)
        assert {tag for tag, _ in page.elements} <= {"div", "p", "bdi", "span", "ul", "li", "b", "small", "code"}
        assert {name for _, found in page.elements for name in found} <= {"style", "aria-hidden"}
        assert len(shown) < MAXIMUM


def test_the_longest_facts_are_cut() -> None:
    numbers = [f"{'<&>' * 200} {number} people died in Oslo {'on Monday ' * 50}." for number in ("Two", "Nine")]
    found = consistency.compare(Article(" ".join(numbers), "<" * 5_000), Article(" ".join(numbers[::-1]), "&" * 5_000))
    assert len(found._repr_html_() or "") < MAXIMUM


@pytest.mark.parametrize("nature", Nature)
def test_each_nature_has_a_colour_that_shows_on_white_and_on_black(comparison: Comparison, nature: Nature) -> None:
    """WCAG 1.4.11: three to one; the text itself has the colours of the notebook."""
    shown = cell.render(comparison)
    (line, *_) = re.findall(rf"#(\w{{6}})\">(?:(?!</li>).)*? {nature}</small>", shown, re.DOTALL)
    parts = [int(line[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (light + 0.05) > 3
    assert (light + 0.05) / 0.062 > 3  # on #111
    assert not re.search(r"[; \"](color|background|font-family):", shown)


def test_a_cell_of_ipython_shows_it() -> None:
    pytest.importorskip("IPython", reason="the notebook test wants IPython: pip install ipython")
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    try:
        shell.run_cell("import consistency", store_history=False)
        done = shell.run_cell('consistency.compare("Two people died.", "Nine people died.")', store_history=False)
        shown, _ = shell.display_formatter.format(done.result)
        assert "1 conflict between" in shown["text/html"]
    finally:
        InteractiveShell.clear_instance()


def test_comparing_brings_no_template_engine() -> None:
    code = (
        "import sys, consistency; found = consistency.compare('Two died.', 'Nine died.');"
        "sys.exit(bool({'jinja2', 'consistency.report.html', 'consistency.report.cell'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
