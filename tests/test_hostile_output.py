"""What the words of an article cannot do to those who read a report: command their CI, call people, hide, lead away."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import consistency
from consistency import Article, build_report
from consistency.checks import check
from consistency.cli import main
from consistency.policy import Settings
from consistency.report.markdown import escape
from consistency.report.summary import UNSAFE, disarm, neutralize
from consistency.suite import explain, tell_verdict
from consistency.verdict import Verdict
from strategies import laws

COMMANDS = ("::stop-commands::token", " ::error::x", "##[add-mask]x", "##vso[task.setvariable]x", "##teamcity[x]")
RUN = re.compile(r"^\s*::|##\w*\[", re.M)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("width", [40, 80])
def test_no_line_of_a_plain_report_is_a_command(command: str, width: int) -> None:
    """Neither of a heading nor of a sentence, wherever it is wrapped."""
    kelm = [f"{command} {number} people died in Kelm." for number in "29" * 9]
    texts = ["rain " * (place // 2) + sentence for place, sentence in enumerate(kelm)]
    left, right = (Article("\n\n".join(texts[n::2]), name=command, title=command, source=command) for n in (0, 1))
    found = consistency.compare(left, right)
    findings = check(found, forbid=("updated", "unique"))
    story = consistency.compare_event([left, right])
    verdict = Verdict(findings, troubles=(command,))
    for report in (
        *(build_report(value, width=width) for value in (found, story, verdict)),
        tell_verdict(verdict, "check"),
        explain(left, right, {"forbid": "updated"}, Settings()),
    ):
        assert not RUN.search(report), RUN.search(report)


@given(st.text(st.sampled_from("::#[ \n\tvso"), max_size=30))
@laws
def test_disarming_is_done_once_and_keeps_the_width(text: str) -> None:
    safe = disarm(text)
    assert not RUN.search(safe)
    assert disarm(safe) == safe
    assert len(safe) == len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ask @desk", "ask @&#8203;desk"),
        ("a@b.example", "a@&#8203;b.example"),
        ("at 5 @ noon", "at 5 @ noon"),
        ("https://a.example", "https:&#8203;//a.example"),
        ("WWW.a.example", "WWW&#8203;.a.example"),
        ("awww.", "awww."),
        ("see #12", "see \\#&#8203;12"),
        ("# 12: none", "\\# 12: none"),
    ],
)
def test_markdown_calls_nobody_and_links_nothing(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(
    "hidden", ["\u00ad", "\u180e", "\u200b", "\u2063", "\u3164", "\ufeff", "\U000e0041", "\u202e", "\x1b", "\ud800"]
)
def test_what_is_not_seen_is_shown(hidden: str) -> None:
    """In every format for people as U+FFFD, in those for programs as an escape that gives it back."""
    assert neutralize(f"12{hidden}0") == "12\ufffd0"
    text = "Rain." if hidden == "\ud800" else f"Rain fell for 12{hidden}0 days."  # no text may have half a pair
    article = Article(text, name=f"a{hidden}.txt")
    found = consistency.compare(article, Article("Rain fell for 12 days in Kelm.", name="b.txt"))
    for form in ("plain", "markdown", "html", "json"):
        assert not UNSAFE.search(build_report(found, form).replace("\n", "").replace("\t", "")), form
    assert hidden in json.dumps(json.loads(build_report(found, "json")), ensure_ascii=False) or hidden == "\x1b"


@pytest.mark.parametrize("kept", ["é", "–", "👩\u200d🚒", "می\u200cخواهم", "❤\ufe0f"])
def test_what_writing_needs_is_left(kept: str) -> None:
    assert neutralize(kept) == kept


@pytest.mark.parametrize("place", ["corpus", "."])
def test_paths_are_those_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """Wherever below it the command runs, with relative and absolute paths; what is outside stays absolute."""
    (tmp_path / "top" / ".git").mkdir(parents=True)
    (tmp_path / "top" / "corpus").mkdir()
    for name, number in (("top/corpus/a b.txt", "Two"), ("top/corpus/c.txt", "Nine"), ("d.txt", "Six")):
        (tmp_path / name).write_text(f"{number} people died in Kelm on Monday.")
    monkeypatch.chdir(tmp_path / "top" / place)
    inside = [str(tmp_path / "top" / "corpus" / "a b.txt"), "c.txt" if place == "corpus" else "corpus/c.txt"]

    def list_paths(*arguments: str) -> set[str]:
        ran = CliRunner().invoke(main, ["check", *arguments, "--format", "sarif"])
        return set(re.findall(r'"uri": "([^"]*)"', ran.stdout))

    assert list_paths(*inside) == {"corpus/a%20b.txt", "corpus/c.txt"}
    assert list_paths(inside[0], str(tmp_path / "d.txt")) == {"corpus/a%20b.txt", (tmp_path / "d.txt").as_uri()}
    assert list_paths(*inside, "--root", str(tmp_path / "top" / "corpus")) == {"a%20b.txt", "c.txt"}
    ran = CliRunner().invoke(main, ["check", *inside, "--format", "github"])
    assert "file=corpus/c.txt," in ran.stdout
