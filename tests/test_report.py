"""The reports: they say the same things in the same order, and no article can break out of one."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import EVENT

import consistency
from consistency import check, compare_event
from consistency.errors import SettingsError
from consistency.model import (
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
)
from consistency.report import FORMATS, build_report
from consistency.report.markdown import escape
from consistency.report.summary import (
    SHORT_LIST,
    UNSAFE,
    arrange_rows,
    neutralize,
    sign,
    summarize,
    tell_change,
    tell_fact,
    tell_share,
)
from consistency.verdict import Verdict

TEXT_FORMATS = [name for name in FORMATS[Comparison] if name != "html"]
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x07\x9b\u202e\u2066\u2028\ud800\n\r\t`*_[]<>|\\#&~$ "),
    ),
    min_size=1,
    max_size=60,
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Any words on both sides, judged in any way that the model allows."""
    sides = []
    for name in ("left", "right"):
        texts, sentences, start = draw(st.lists(NASTY, max_size=5)), [], 0
        for index, text in enumerate(texts):
            sentences.append(Sentence(index, start, start + len(text), text, draw(st.sampled_from(Role)), index))
            start += len(text) + 1
        article = Article("\n".join(texts), draw(NASTY), draw(st.none() | NASTY), draw(st.none() | st.dates()))
        sides.append((attrs.evolve(article, title=draw(st.none() | NASTY), name=f"{name}{article.name}"), sentences))
    (left, first), (right, later) = sides
    linked = draw(st.integers(0, min(len(first), len(later))))
    pairs = []
    for one, other in zip(first[:linked], later[:linked], strict=True):
        relation = draw(st.sampled_from([Relation.IDENTICAL, Relation.PARAPHRASED, Relation.UPDATED]))
        changes = draw(st.lists(changed(one, other), min_size=1, max_size=3)) if relation is Relation.UPDATED else []
        pairs.append(Pair((one,), (other,), relation, draw(st.floats(0, 1)), tuple(changes)))
    pairs += [Pair((sentence,), (), Relation.UNIQUE) for sentence in first[linked:]]
    pairs += [Pair((), (sentence,), Relation.UNIQUE) for sentence in later[linked:]]
    return Comparison(left, right, tuple(first), tuple(later), tuple(pairs), draw(NASTY))


def changed(one: Sentence, other: Sentence) -> st.SearchStrategy[Change]:
    kind = st.sampled_from(Kind)
    left, right = (
        st.builds(Fact, kind, st.just(s.start), st.just(s.end), st.just(s.text), st.none() | NASTY)
        for s in (one, other)
    )
    sides = st.tuples(left, right) | st.tuples(left, st.none()) | st.tuples(st.none(), right)
    return st.builds(lambda k, n, pair: Change(k, n, *pair), kind, st.sampled_from(Nature), sides)


def load_schema(name: str = "comparison") -> dict[str, Any]:
    path = resources.files("consistency") / "data" / f"{name}.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def validate(document: dict[str, Any], name: str = "comparison") -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(load_schema(name), format_checker=checker).validate(document)


def collect_fields(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(collect_fields, schema))
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", ()))
    return own.union(*map(collect_fields, schema.values()))


# -- what is said ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form", "width"),
    [
        ("report.txt", "plain", 80),
        ("report-120.txt", "plain", 120),
        ("report.md", "markdown", 80),
        ("report.json", "json", 80),
    ],
)
def test_a_report_is_as_it_was_read_and_approved(comparison, golden, name, form, width):
    golden(name, build_report(comparison, form, width=width))


def test_a_summary_puts_conflicts_before_developments_before_elaborations(comparison):
    natures = [statement.change.nature for statement in summarize(comparison).statements]
    assert natures == sorted(natures, key=list(Nature).index)
    assert natures[0] is Nature.CONFLICT


def test_a_summary_counts_the_two_sides_of_what_is_unique(comparison):
    summary = summarize(comparison)
    assert (summary.only_left, summary.only_right) == (2, 1)
    assert sum(number for _, number, _ in summary.figures) == len(comparison.pairs)


def test_plain_and_markdown_say_the_same_changes_in_the_same_order(comparison):
    plain = " ".join(build_report(comparison, "plain").split())
    markdown = " ".join(re.sub(r"\\(.)", r"\1", build_report(comparison, "markdown")).split())
    for report in (plain, markdown):
        places = [report.index(statement.text) for statement in summarize(comparison).statements]
        assert places == sorted(places)


def test_a_statement_points_to_its_pair(comparison):
    for statement in summarize(comparison).statements:
        assert statement.change in comparison.pairs[statement.pair].changes


def test_every_pair_is_one_row_and_keeps_its_order(comparison):
    rows = [row for group in arrange_rows(comparison, summarize(comparison)) for row in group.rows]
    assert [row.sign for row in rows] == [sign(pair) for pair in comparison.pairs] == list("<±!±=~<>")
    assert sum(len(row.statements) for row in rows) == len(comparison.changes)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((6, 14), "LEFT says “10”, RIGHT later says “14”"),
        ((14, 6), "LEFT later says “10”, RIGHT says “14”"),
        ((6, 6), "LEFT says “10”, RIGHT says “14”"),
        ((6, None), "LEFT says “10”, RIGHT says “14”"),
    ],
)
def test_a_development_says_who_is_later_only_where_the_dates_tell(days, said):
    dates = [f"2023-03-{day:02}" if day else None for day in days]
    left, right = Article("10", published=dates[0]), Article("14", published=dates[1])
    one, other = Sentence(0, 0, 2, "10"), Sentence(0, 0, 2, "14")
    change = Change(
        Kind.QUANTITY,
        Nature.DEVELOPMENT,
        Fact(Kind.QUANTITY, 0, 2, "10"),
        Fact(Kind.QUANTITY, 0, 2, "14"),
    )
    found = Comparison(left, right, (one,), (other,), (Pair((one,), (other,), Relation.UPDATED, 1.0, (change,)),))
    assert [statement.text for statement in summarize(found).statements] == [said]


def make_elaborations(number: int, nature: Nature = Nature.ELABORATION) -> Comparison:
    sentence = Sentence(0, 0, 4, "Rain")
    changes = tuple(
        Change(Kind.DETAIL, nature, Fact(Kind.DETAIL, 0, 4, f"rain{i}"), None) for i in range(1, number + 1)
    )
    article = Article("Rain")
    pair = Pair((sentence,), (sentence,), Relation.UPDATED, 1.0, changes)
    return Comparison(article, article, (sentence,), (sentence,), (pair,))


def test_a_long_list_of_elaborations_is_cut_on_top_and_whole_below():
    report = build_report(make_elaborations(SHORT_LIST + 2))
    assert "and 2 more, below" in report
    assert report.count("“rain1”") == 2
    assert report.count(f"“rain{SHORT_LIST + 2}”") == 1


def test_conflicts_are_never_cut():
    report = build_report(make_elaborations(SHORT_LIST + 2, Nature.CONFLICT))
    assert "more, below" not in report
    assert report.count(f"“rain{SHORT_LIST + 2}”") == 2


@pytest.mark.parametrize(
    ("words", "value", "told"),
    [
        ("a dozen", 12, "“a dozen” (12)"),
        ("12 people", 12, "“12 people”"),
        ("120 people", 12, "“120 people” (12)"),
        ("Moscow", "moscow", "“Moscow”"),
        ("arrived", None, "“arrived”"),
        ("two\nmen", "two men", "“two men”"),
        ("x" * 300, None, "“" + "x" * 159 + "…”"),
    ],
)
def test_a_value_is_told_only_where_the_words_do_not_show_it(words, value, told):
    assert tell_fact(Fact(Kind.DETAIL, 0, len(words), words, value)) == told


@given(st.floats(0, 1))
def test_only_the_whole_is_a_hundred_percent(share):
    assert (tell_share(share) == "100%") == (share > 1 - 1e-10)


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_articles_without_sentences_have_a_report(form):
    empty = Article("")
    report = build_report(Comparison(empty, empty, (), (), ()), form)
    assert report.endswith("\n")
    assert not report.endswith("\n\n")


# -- formats ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "mend"),
    [
        ("markdwon", "did you mean 'markdown'?"),
        ("htm", "did you mean 'html'?"),
        ("JSON", "did you mean 'json'?"),
        ("", "use one of plain, markdown, html, json"),
        ("pdf", "use one of plain, markdown, html, json"),
    ],
)
def test_an_unknown_format_names_the_nearest_one_or_all(comparison, asked, mend):
    with pytest.raises(SettingsError) as caught:
        build_report(comparison, asked)
    assert str(caught.value) == f"no report format {asked!r}; {mend}"


def test_what_is_no_value_of_ours_has_no_report():
    with pytest.raises(TypeError, match="a Comparison, a StoryReport or a Verdict is wanted, not str"):
        build_report("Rain fell.")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_plain_keeps_to_its_width(comparison, width):
    lines = build_report(comparison, width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


def test_plain_shows_an_identical_sentence_on_one_line(comparison):
    lines = [line for line in build_report(comparison, width=60).splitlines() if line.startswith("= L")]
    assert lines == ["= L5 R4    Its lake covers the valley from Orlin to Sested…"]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_colour_adds_nothing_but_colour(comparison, width):
    coloured = build_report(comparison, color=True, width=width)
    assert ANSI.search(coloured)
    assert ANSI.sub("", coloured) == build_report(comparison, width=width)


@given(comparisons(), st.integers(1, 130))
@settings(max_examples=60, deadline=None)
def test_no_article_can_steer_a_terminal(found, width):
    for form in TEXT_FORMATS:
        report = build_report(found, form, width=width)
        assert not UNSAFE.search(report.replace("\n", ""))
        report.encode("utf-8")
    plain = build_report(found, width=width)
    assert ANSI.sub("", build_report(found, width=width, color=True)) == plain
    assert max(map(len, plain.splitlines())) <= max(width, 40)


@given(NASTY)
def test_neutralized_text_is_one_safe_line(text):
    safe = neutralize(text)
    assert not UNSAFE.search(safe)
    assert len(safe.splitlines()) <= 1
    assert neutralize(safe) == safe


def test_one_endless_word_is_wrapped_in_linear_time():
    word = "z" * 200_000
    article, sentence = Article(word), Sentence(0, 0, len(word), word)
    report = build_report(Comparison(article, article, (sentence,), (), (Pair((sentence,), (), Relation.UNIQUE),)))
    assert max(map(len, report.splitlines())) == 80
    assert report.count("z") == len(word)


# -- markdown --------------------------------------------------------------------------------------------------------


@given(NASTY)
def test_escaped_text_gives_itself_back(text):
    assert re.sub(r"\\(.)", r"\1", escape(text).replace("&#8203;", ""), flags=re.DOTALL) == text


@pytest.mark.parametrize("text", ["*a*", "<b>", "[a](b)", "a|b", "`a`", "&amp;", "~~a~~", "$a$", "\\*a"])
def test_nothing_in_a_text_is_read_as_markdown(text):
    bare = re.sub(r"\\[\\`*_\[\]<>&|~$#]", "", escape(text))
    assert not re.search(r"[\\`*_\[\]<>&|~$#]", bare)


@given(comparisons())
@settings(max_examples=40, deadline=None)
def test_a_markdown_table_keeps_its_cells(found):
    rows = [line for line in build_report(found, "markdown").splitlines() if line.startswith("|")]
    cells = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows]
    assert cells == [4] * 15


def test_the_lines_of_a_markdown_report_start_as_it_wants(comparison):
    starts = re.compile(r"# |## |- |  - |\||$")
    assert all(starts.match(line) for line in build_report(comparison, "markdown").splitlines())


# -- json ------------------------------------------------------------------------------------------------------------


SCHEMAS = ("comparison", "findings", "story")


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(load_schema(name))


@given(comparisons())
@settings(max_examples=60, deadline=None)
def test_json_keeps_the_contract_and_every_character(found):
    report = build_report(found, "json")
    document = json.loads(report)
    validate(document)
    assert report == build_report(attrs.evolve(found), "json")
    assert document["left"]["name"] == found.left.name
    assert document["signature"] == found.signature
    assert [p["relation"] for p in document["pairs"]] == [str(pair.relation) for pair in found.pairs]
    assert sum(document["counts"].values()) == len(found.pairs)


def test_json_spans_cut_the_words_out_of_the_article(comparison):
    document = json.loads(build_report(comparison, "json"))
    facts = 0
    for side, article in (("left", comparison.left), ("right", comparison.right)):
        for sentence, expected in zip(
            document[side]["sentences"], getattr(comparison, f"{side}_sentences"), strict=True
        ):
            assert article.text[sentence["start"] : sentence["end"]] == expected.text
        for fact in (change[side] for pair in document["pairs"] for change in pair["changes"] if change[side]):
            facts += 1
            assert article.text[fact["start"] : fact["end"]] == fact["text"]
    assert facts == 10


@pytest.mark.parametrize("name", SCHEMAS)
def test_json_has_every_field_of_its_schema_and_no_other(comparison, name):
    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        return set(value).union(*map(keys, value.values())) if isinstance(value, dict) else set()

    findings = check(comparison, forbid="updated, unique")
    verdict = Verdict(findings, checked=(("dam", "first.txt", "later.txt"),), troubles=("third.txt: is empty",))
    values = {"comparison": comparison, "findings": verdict, "story": compare_event(EVENT)}
    document = json.loads(build_report(values[name], "json"))
    validate(document, name)
    assert keys(document) == collect_fields(load_schema(name))


@given(comparisons())
@settings(max_examples=60, deadline=None)
def test_a_comparison_is_read_back_from_its_report(found):
    """All but the values of facts, which become strings: they are made by code that the report does not carry."""
    again = Comparison.from_json(build_report(found, "json"))
    assert again.to_dict() == found.to_dict()
    assert (again.left, again.right) == (found.left, found.right)
    assert (again.left_sentences, again.right_sentences) == (found.left_sentences, found.right_sentences)
    assert again.to_rows() == found.to_rows()


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"schema": 2}', '{"schema": 1}', '{"schema": 1, "left": {"name": ""}}']
)
def test_what_is_no_report_is_told(text):
    with pytest.raises(ValueError, match=r"report|Expecting"):
        Comparison.from_json(text)


# -- tables ----------------------------------------------------------------------------------------------------------


@given(comparisons())
@settings(max_examples=60, deadline=None)
def test_rows_are_flat_and_all_of_a_table_have_the_same_columns(found):
    assert len(found.to_rows()) == len(found.pairs)
    assert len(found.to_rows("changes")) == len(found.changes)
    for table in ("sentences", "changes"):
        rows = found.to_rows(table)
        assert len({tuple(row) for row in rows}) <= 1
        assert all(value is None or type(value) in (str, int, float) for row in rows for value in row.values())


def test_rows_carry_the_identifiers_of_the_owner(comparison):
    known = attrs.evolve(comparison, left=attrs.evolve(comparison.left, id="urn:dam:1"))
    assert {row["left_id"] for row in known.to_rows()} == {"urn:dam:1"}
    assert {row["left"] for row in known.to_rows("changes")} == {"first.txt"}


def test_there_is_no_other_table(comparison):
    with pytest.raises(ValueError, match="sentences and changes"):
        comparison.to_rows("pairs")


FRENCH = "Le pont de Kelm est fermé, et les écoles de la ville ne sont pas ouvertes."


@pytest.mark.parametrize(
    ("left", "right", "hint"),
    [
        (
            Article("Rain.", "a.txt"),
            Article("Snow.", "b.txt", published="2024-05-06"),
            "a.txt has no date: what changes",
        ),
        (Article("Rain.", "a.txt"), Article("Snow.", "b.txt"), "a.txt and b.txt have no date: what changes"),
        (Article("Rain.", "a.txt"), Article("Rain.", "b.txt"), "both sides are the same text"),
        (Article(FRENCH, "a.txt"), Article("Snow.", "b.txt"), "a.txt: the text looks French; only English is read"),
    ],
)
def test_what_spoils_a_comparison_is_told_in_every_report_for_people(left, right, hint):
    found = consistency.compare(left, right)
    assert any(line.startswith(hint) for line in summarize(found).hints)
    for form in ("plain", "markdown", "html"):
        assert hint in " ".join(build_report(found, form, width=120).replace("\\", "").split())


def test_nothing_is_hinted_at_where_nothing_is_missing(comparison):
    assert summarize(comparison).hints == ()


def test_a_comparison_is_one_line_for_a_debugger_and_the_head_of_its_report_for_print():
    found = consistency.compare("Two people died in Tarn.", "Nine people died in Tarn.")
    assert repr(found) == "Comparison('left', 'right', identical=0, paraphrased=0, updated=1, unique=0)"
    assert build_report(found).startswith(str(found))
    assert "Conflicts (1)" in str(found)
    assert "In the order of" not in str(found)


@pytest.mark.parametrize(
    "damage",
    [
        {"schema": 2},
        {"pairs": [{"left": [0], "right": [0], "relation": "unique", "score": 0, "changes": []}]},
        {"pairs": [{"left": [0], "right": [], "relation": "updated", "score": 0, "changes": []}]},
        {"pairs": [{"left": [0], "right": [0], "relation": "moved", "score": 0, "changes": []}]},
        {"confirmed": {"left": 1.5, "right": 0}},
        {"counts": {"identical": 1}},
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(comparison, damage):
    document = json.loads(build_report(comparison, "json"))
    validate(document)
    with pytest.raises(jsonschema.ValidationError):
        validate(document | damage)


def test_the_score_is_rounded_to_four_places(comparison):
    document = json.loads(build_report(comparison, "json"))
    assert document["pairs"][1]["score"] == 0.8334


def test_non_ascii_text_stands_as_it_is():
    article = Article("é", name="Über.txt")
    assert '"Über.txt"' in build_report(Comparison(article, article, (), (), ()), "json")


def test_the_page_on_the_wire_schema_names_every_field(request):
    page = (request.config.rootpath / "docs" / "wire-schema.md").read_text(encoding="utf-8")
    fields = set().union(*(collect_fields(load_schema(name)) for name in SCHEMAS))
    assert [field for field in sorted(fields) if f"`{field}`" not in page] == []


def test_a_denial_in_the_same_words_says_that_one_side_denies():
    left, right = (Fact(Kind.POLARITY, 4, 13, "inspected", "inspected") for _ in range(2))
    article = Article("She inspected it.")
    found = Comparison(article, article, (), (), ())
    same = Change(Kind.POLARITY, Nature.CONFLICT, left, right)
    assert tell_change(found, same) == "one of LEFT and RIGHT denies “inspected”"
    apart = attrs.evolve(same, right=attrs.evolve(right, text="not inspect"))
    assert tell_change(found, apart).startswith("LEFT says “inspected”, RIGHT says “not inspect”")
    assert tell_change(found, attrs.evolve(same, kind=Kind.STATUS)).count("says") == 2


@pytest.mark.parametrize("form", ["plain", "markdown", "html"])
@pytest.mark.parametrize(
    ("nature", "shown"), [(Nature.CONFLICT, True), (Nature.DEVELOPMENT, True), (Nature.ELABORATION, False)]
)
def test_reports_say_how_sure_an_alarm_is(form, nature, shown):
    article = Article("Two died.")
    sentence = Sentence(0, 0, 9, "Two died.")
    two = Fact(Kind.QUANTITY, 0, 3, "Two", 2)
    nine = attrs.evolve(two, text="Nine", value=9)
    for confidence, told in ((0.417, "41% sure"), (1.0, "% sure")):
        change = Change(Kind.QUANTITY, nature, two, nine, confidence)
        pair = Pair((sentence,), (sentence,), Relation.UPDATED, 0.9, (change,))
        report = build_report(Comparison(article, article, (sentence,), (sentence,), (pair,)), form)
        assert (told in report) == (shown and confidence < 1)
