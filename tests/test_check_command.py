"""``consistency check``: what it takes, what it prints where, and the exit status it leaves."""

from __future__ import annotations

import io
import json
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import consistency
from consistency import Article, ConsistencyError, Policy, SettingsError, suite
from consistency.cli import Exit, main
from consistency.report import FORMATS
from consistency.story import StoryReport
from consistency.verdict import Verdict

TWO = "Two people were injured in the flood in Oslo.\n"
NINE = "Nine people were injured in the flood in Oslo.\n"
ALIKE = "In the flood in Oslo, two people were injured.\n"
CLASH = "quantity conflict: {} says “Two”, {} says “Nine”"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def write_corpus() -> None:
    """Write an event that clashes, one that does not, and files that are no articles."""
    write("corpus/flood/1.txt", TWO)
    write("corpus/flood/2.txt", NINE)
    write("corpus/calm/1.txt", TWO)
    write("corpus/calm/2.txt", ALIKE)
    write("corpus/calm/notes.md", "# Notes")
    write("corpus/calm/.hidden.txt", NINE)


def write_lines(name: str, lines: list[dict[str, object] | str]) -> None:
    write(name, "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))


def findings(*arguments: str) -> list[str]:
    """Return the messages that a run finds."""
    return [each["message"] for each in json.loads(run(*arguments, "--format", "json").stdout)["findings"]]


# -- what it takes ------------------------------------------------------------------------------------------------


def test_two_files_that_clash_are_exit_1() -> None:
    write("first.txt", TWO)
    write("later.txt", NINE)
    ran = run("first.txt", "later.txt")
    assert (ran.exit_code, ran.stderr) == (Exit.FINDINGS, "")
    assert ran.stdout.startswith("! " + CLASH.format("first.txt", "later.txt"))


def test_a_rewording_is_exit_0() -> None:
    write("first.txt", TWO)
    write("later.txt", ALIKE)
    ran = run("first.txt", "later.txt")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (Exit.OK, "nothing found in 1 pair\n", "")


def test_every_two_of_several_files_are_compared() -> None:
    for name, text in (("a.txt", TWO), ("b.txt", NINE), ("c.txt", ALIKE)):
        write(name, text)
    assert len(findings("a.txt", "b.txt", "c.txt")) == 2
    assert "2 findings in 3 pairs" in run("a.txt", "b.txt", "c.txt").stdout


@pytest.mark.parametrize("path", ["corpus", "corpus/", "corpus/flood"])
def test_every_subfolder_is_an_event(path: str) -> None:
    write_corpus()
    ran = run(path)
    assert ran.exit_code == Exit.FINDINGS
    assert CLASH.format("corpus/flood/1.txt", "corpus/flood/2.txt") in ran.stdout
    assert ran.stderr == ""


def test_json_lines_are_grouped_by_event() -> None:
    write_lines(
        "wire.jsonl",
        [
            {"event": "flood", "text": TWO},
            {"event": 7, "text": TWO},
            "",
            {"event": "flood", "text": NINE},
            {"event": 7, "text": ALIKE},
        ],
    )
    document = json.loads(run("wire.jsonl", "--format", "json").stdout)
    assert [each["event"] for each in document["checked"]] == ["flood", "7"]
    (finding,) = document["findings"]
    places = [
        (side["article"], side["place"]["file"], side["place"]["line"]) for side in (finding["left"], finding["right"])
    ]
    assert places == [("wire.jsonl:1", "wire.jsonl", 1), ("wire.jsonl:4", "wire.jsonl", 4)]


MANIFEST = """
[policies.lenient]
forbid = ""

[[pairs]]
event = "flood"
left = "first.txt"
right = "later.txt"

[[pairs]]
left = "first.txt"
right = "later.txt"
policy = "lenient"
"""


def test_a_manifest_names_pairs_and_policies() -> None:
    write("night/pairs.toml", MANIFEST)
    write("night/first.txt", TWO)
    write("night/later.txt", NINE)
    assert findings("night/pairs.toml") == [CLASH.format("night/first.txt", "night/later.txt")]
    assert len(findings("night/pairs.toml", "--forbid", "conflict")) == 2  # the command line wins over the manifest
    assert findings("night/pairs.toml", "--ignore-kinds", "quantity") == []


def test_options_win_over_settings() -> None:
    write("first.txt", TWO)
    write("later.txt", NINE)
    write("setup.cfg", "[tool:consistency]\nignore_kinds = quantity\n")
    assert run("first.txt", "later.txt").exit_code == Exit.OK
    assert run("first.txt", "later.txt", "--ignore-kinds", "").exit_code == Exit.FINDINGS
    write("strict.toml", "[tool.consistency]\nforbid = ['conflict']\n")
    assert run("first.txt", "later.txt", "--config", "strict.toml").exit_code == Exit.FINDINGS


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--forbid", "conflit"], "no rule 'conflit'; did you mean 'conflict'?"),
        (["--minimum-confirmed", "2"], "minimum_confirmed: a share from 0 to 1 is wanted, not '2'"),
        (["--config", "none.toml"], "none.toml: there is no such file"),
    ],
)
def test_a_wrong_setting_is_one_line_and_exit_2(arguments: list[str], message: str) -> None:
    write_corpus()
    ran = run("corpus", *arguments)
    assert (ran.exit_code, ran.stdout) == (Exit.TROUBLE, "")
    assert ran.stderr == f"consistency: {message}\n"


@pytest.mark.parametrize("form", FORMATS[Verdict])
def test_the_report_is_written_in_every_format(form: str) -> None:
    write_corpus()
    ran = run("corpus", "--format", form, "--out", "report")
    assert (ran.exit_code, ran.output) == (Exit.FINDINGS, "")
    assert Path("report").read_text(encoding="utf-8") == run("corpus", "--format", form).stdout


def test_several_processes_find_the_same_in_the_same_order() -> None:
    for number in range(6):
        write(f"corpus/{number}/1.txt", TWO.replace("Two", str(2 + number)))
        write(f"corpus/{number}/2.txt", NINE.replace("Nine", str(4 + number)))
    one, two = (run("corpus", "--format", "json", "--jobs", jobs) for jobs in "12")
    assert one.stdout == two.stdout
    assert len(json.loads(two.stdout)["findings"]) == 6


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_drawn_on_a_terminal_and_only_for_long_work(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = Article(TWO, "first.txt"), Article(ALIKE, "later.txt")
    work = suite.Suite(tuple(suite.Candidate("", *articles, Policy()) for _ in range(3)))

    def draw(seconds: float) -> str:
        screen = Terminal()
        monkeypatch.setattr("sys.stderr", screen)
        monkeypatch.setattr(suite, "_check_one", lambda *_: (time.sleep(seconds), suite._Outcome())[1])
        suite.run(work, show_progress=True)
        return screen.getvalue()

    assert draw(0) == ""
    assert "checking" in draw(1.1)


def test_no_bar_is_drawn_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    real = suite.run
    monkeypatch.setattr(suite, "run", lambda *args, **options: (shown.append(options), real(*args, **options))[1])
    write_corpus()
    assert run("corpus").stderr == ""
    assert [options["show_progress"] for options in shown] == [False]


# -- baselines ----------------------------------------------------------------------------------------------------


def test_a_baseline_accepts_what_is_there_and_nothing_else() -> None:
    write_corpus()
    ran = run("corpus", "--write-baseline", "accepted.json")
    assert (ran.exit_code, ran.stdout) == (Exit.OK, "")
    assert ran.stderr == "consistency: accepted.json: accepts 1 finding\n"
    ran = run("corpus", "--baseline", "accepted.json")
    assert (ran.exit_code, ran.stdout) == (Exit.OK, "nothing found in 2 pairs, 1 accepted\n")
    write("corpus/flood/3.txt", TWO.replace("Two", "Four"))
    ran = run("corpus", "--baseline", "accepted.json")
    assert ran.exit_code == Exit.FINDINGS
    assert "2 findings in 4 pairs, 1 accepted" in ran.stdout


def test_accepted_findings_that_are_gone_are_told() -> None:
    write_corpus()
    run("corpus", "--write-baseline", "accepted.json")
    write("corpus/flood/2.txt", ALIKE)
    ran = run("corpus", "--baseline", "accepted.json")
    assert ran.exit_code == Exit.OK
    assert re.fullmatch(
        r"consistency: accepted and no longer found: quantity conflict: .* \[[0-9a-f]{12}\]\n", ran.stderr
    )
    assert run("corpus/calm", "--baseline", "accepted.json").stderr == ""  # the flood was not looked at


def test_a_reason_outlives_the_next_baseline() -> None:
    write_corpus()
    run("corpus", "--write-baseline", "accepted.json")
    text = Path("accepted.json").read_text(encoding="utf-8").replace('"reason": ""', '"reason": "a typo"')
    Path("accepted.json").write_text(text, encoding="utf-8")
    run("corpus", "--write-baseline", "accepted.json")
    assert Path("accepted.json").read_text(encoding="utf-8") == text
    run("corpus/calm", "--write-baseline", "accepted.json")
    assert Path("accepted.json").read_text(encoding="utf-8") == text


def test_the_baseline_of_the_settings_is_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpus()
    run("corpus", "--write-baseline", "accepted.json")
    write("setup.cfg", "[tool:consistency]\nbaseline = accepted.json\n")
    assert run("corpus").exit_code == Exit.OK
    monkeypatch.chdir("corpus")
    assert run("flood", "--config", "../setup.cfg").exit_code == Exit.OK
    assert run("flood").exit_code == Exit.OK


# -- trouble ------------------------------------------------------------------------------------------------------


def check_with_trouble(*arguments: str) -> list[str]:
    """Return the lines of trouble of a run that still finds the clash in the corpus."""
    ran = run("corpus", *arguments)
    assert ran.exit_code == Exit.TROUBLE
    assert CLASH.format("corpus/flood/1.txt", "corpus/flood/2.txt") in ran.stdout
    return ran.stderr.splitlines()


def test_an_event_with_one_article() -> None:
    write_corpus()
    write("corpus/lone/1.txt", TWO)
    assert check_with_trouble() == ["consistency: corpus/lone: has one article; an event has two or more"]


def test_an_event_without_articles() -> None:
    write_corpus()
    write("corpus/empty/README.md", "Nothing yet.")
    assert check_with_trouble() == ["consistency: corpus/empty: has no article; an event has two or more"]


def test_one_file_is_no_event() -> None:
    write("first.txt", TWO)
    ran = run("first.txt")
    assert (ran.exit_code, ran.stderr) == (
        Exit.TROUBLE,
        "consistency: first.txt: is one article; an event has two or more\n",
    )


def test_one_file_that_cannot_be_read_is_one_line() -> None:
    ran = run("nowhere.txt")
    assert (ran.exit_code, len(ran.stderr.splitlines())) == (Exit.TROUBLE, 1)
    assert ran.stderr.startswith("consistency: nowhere.txt: there is no such file")


def test_the_same_article_twice() -> None:
    write_corpus()
    write("corpus/calm/3.txt", f"Date: 2024-05-06\n\n{TWO}")
    assert check_with_trouble() == [
        "consistency: corpus/calm/3.txt: is the same article as corpus/calm/1.txt; remove one of them"
    ]


def test_an_article_beside_the_events() -> None:
    write_corpus()
    write("corpus/stray.txt", TWO)
    assert check_with_trouble() == [
        "consistency: corpus/stray.txt: stands beside the folders of events; move it into one"
    ]


def test_an_article_that_cannot_be_read() -> None:
    write_corpus()
    write("corpus/flood/3.txt", "")
    assert check_with_trouble() == ["consistency: corpus/flood/3.txt: is empty; an article has a sentence or more"]


def test_a_manifest_with_a_missing_file() -> None:
    write_corpus()
    write("pairs.toml", MANIFEST)
    write("first.txt", TWO)
    lines = check_with_trouble("pairs.toml")
    assert [line.split(" there is")[0] for line in lines] == [
        "consistency: pairs.toml:5: later.txt:",
        "consistency: pairs.toml:10: later.txt:",
    ]


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("pairs = [\n", "pairs.toml: is no TOML: "),
        ("", "pairs.toml: names no pairs; write [[pairs]] with left and right"),
        ("pair = 1", "pairs.toml: no key 'pair'; did you mean 'pairs'?"),
        ("policies = 1", "pairs.toml: policies: a table of settings for each policy is wanted"),
        ("pairs = [1]\n[policies.a]\nkind = 'time'", "pairs.toml: policy a: no setting 'kind'; did you mean 'kinds'?"),
        ("\n[[pairs]]\nleft = 'a'", "pairs.toml:2: a pair names left and right"),
        ("[[pairs]]\nleft = 'a'\nright = 3", "pairs.toml:1: a pair has strings for left, right"),
        ("[[pairs]]\nleft = 'a'\nrigth = 'b'", "pairs.toml:1: pair: no key 'rigth'; did you mean 'right'?"),
        ("[[pairs]]\nleft='a'\nright='b'\npolicy='c'\n[policies.d]", "pairs.toml:1: no policy 'c'; use one of d"),
        ("pairs = [3]", "pairs.toml:1: a pair has strings for left, right"),
        (None, "pairs.toml: there is no such file"),
    ],
)
def test_a_manifest_that_is_wrong(manifest: str | None, message: str) -> None:
    write_corpus()
    if manifest is not None:
        write("pairs.toml", manifest)
    (line,) = check_with_trouble("pairs.toml")
    assert line.startswith(f"consistency: {message}")


def test_a_baseline_of_another_version() -> None:
    write_corpus()
    write("accepted.json", '{"version": 2, "accepted": []}\n')
    (line,) = check_with_trouble("--baseline", "accepted.json")
    assert line.startswith("consistency: accepted.json:1: is a baseline of version 2, version 1 is wanted")
    ran = run("corpus", "--write-baseline", "accepted.json")
    assert ran.exit_code == Exit.TROUBLE
    assert ran.stderr.splitlines()[-1].startswith("consistency: accepted.json: is not written")
    assert '"version": 2' in Path("accepted.json").read_text(encoding="utf-8")


def test_a_baseline_that_is_missing() -> None:
    write_corpus()
    assert check_with_trouble("--baseline", "none.json") == ["consistency: none.json: there is no such file"]


def test_a_line_that_is_broken_in_the_middle_of_a_thousand_good_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "_check_one", lambda *_: suite._Outcome())  # what is compared is counted, not compared
    lines: list[dict[str, object] | str] = [
        {"event": number // 2, "text": f"Event {number // 2} took place. It was told by desk {number}."}
        for number in range(1000)
    ]
    lines[500:500] = ['{"event": 7, "text": "Rain', "[]", '{"text": "Rain fell."}', '{"event": 3, "text": ""}']
    write_lines("wire.jsonl", lines)
    ran = run("wire.jsonl")
    assert ran.exit_code == Exit.TROUBLE
    assert "nothing found in 500 pairs, 4 troubles" in ran.stdout
    first, second, third, fourth = ran.stderr.splitlines()
    assert first.startswith("consistency: wire.jsonl:501: is broken JSON at column 27 (")
    assert second == "consistency: wire.jsonl:502: has no field event; name the event that the article is about"
    assert third == second.replace("502", "503")
    assert fourth.startswith("consistency: wire.jsonl:504: has no article body")


def test_an_event_of_one_line() -> None:
    write_lines("wire.jsonl", [{"event": "flood", "text": TWO}, {"event": "calm", "text": TWO}])
    assert run("wire.jsonl").stderr.splitlines() == [
        "consistency: wire.jsonl:1: event flood has one article; an event has two or more",
        "consistency: wire.jsonl:2: event calm has one article; an event has two or more",
    ]


def test_a_line_that_is_no_utf_8_or_too_deep() -> None:
    write_corpus()
    Path("wire.jsonl").write_bytes(b'{"event": "\xff"}\n' + b"[" * 100_000 + b"\n")
    lines = check_with_trouble("wire.jsonl")
    assert lines[0] == "consistency: wire.jsonl:1: is not UTF-8 at byte 11"
    assert lines[1].startswith("consistency: wire.jsonl:2: is ")


def test_a_pair_that_cannot_be_compared_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpus()
    real = suite.comparer.compare

    def compare(left: Article, right: Article) -> consistency.Comparison:
        if "calm" in left.name:
            raise ZeroDivisionError("by\nzero")
        return real(left, right)

    monkeypatch.setattr(suite.comparer, "compare", compare)
    assert check_with_trouble() == [
        "consistency: corpus/calm/1.txt: cannot be compared with corpus/calm/2.txt (ZeroDivisionError: by zero)"
    ]


def test_a_folder_that_links_to_itself_is_read_once(folder: Path) -> None:
    write_corpus()
    try:
        Path("corpus/calm/up").symlink_to(folder / "corpus", target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert run("corpus").exit_code == Exit.FINDINGS


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["wire.jsonl", "pairs.toml", "setup.cfg", "pyproject.toml", "accepted.json", "first.txt"]),
    st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))),
    st.sampled_from(
        [
            b"",
            b'{"event": ',
            b"[[pairs]]\nleft = ",
            b"[tool:consistency]\n",
            b"[tool.consistency]\n",
            b'{"version": 1, "accepted": ',
        ]
    ),
)
def test_whatever_a_file_holds_trouble_is_lines_and_no_crash(name: str, content: bytes, start: bytes) -> None:
    for each in ("wire.jsonl", "pairs.toml", "setup.cfg", "pyproject.toml", "accepted.json"):
        Path(each).unlink(missing_ok=True)
    write("later.txt", ALIKE)
    write("first.txt", TWO)
    Path(name).write_bytes(start + content)
    paths = ["first.txt", "later.txt", *([name] if name in ("wire.jsonl", "pairs.toml") else [])]
    ran = run(*paths, *(["--baseline", name] if name == "accepted.json" else []))
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    assert ran.exit_code in (Exit.OK, Exit.FINDINGS, Exit.TROUBLE)
    trouble = [line for line in ran.stderr.splitlines() if "only English is read" not in line]  # that is but a note
    assert (ran.exit_code == Exit.TROUBLE) == (trouble != [])
    assert all(line.startswith("consistency: ") for line in ran.stderr.splitlines())


# -- the assertion ------------------------------------------------------------------------------------------------


def test_the_assertion_says_statements_changes_and_the_command() -> None:
    write("first.txt", TWO)
    write("later.txt", NINE)
    with pytest.raises(AssertionError) as raised:
        consistency.assert_consistent("first.txt", Path("later.txt"), forbid="conflict", ignore_kinds={"time"})
    lines = str(raised.value).splitlines()
    assert "  first.txt:1:1  [Two] people were injured in the flood in Oslo." in lines
    assert lines[-1] == ("to see it again: consistency check first.txt later.txt --forbid conflict --ignore-kinds time")
    ran = run(*lines[-1].split()[6:])
    assert ran.exit_code == Exit.FINDINGS
    assert ran.stdout.splitlines() == lines[:-1]


def test_the_assertion_reads_the_settings_of_the_folder() -> None:
    write_corpus()
    write("setup.cfg", "[tool:consistency]\nbaseline = accepted.json\n")
    sides = "corpus/flood/1.txt", "corpus/flood/2.txt"
    with pytest.raises(SettingsError, match=re.escape("accepted.json: there is no such file")):
        consistency.assert_consistent(*sides)
    run("corpus", "--config", "setup.cfg", "--write-baseline", "accepted.json")
    consistency.assert_consistent(*sides)


def test_the_command_of_a_source_tells_its_settings() -> None:
    write("first.txt", f"Source: Wire\n\n{TWO}")
    write("later.txt", NINE)
    with pytest.raises(AssertionError, match=r"--forbid updated$"):
        consistency.assert_consistent("first.txt", "later.txt", sources={"Wire": {"forbid": "updated"}})


def test_the_assertion_takes_articles_and_raises_what_is_wrong() -> None:
    consistency.assert_consistent(Article(TWO, "first"), Article(ALIKE, "later"))
    with pytest.raises(AssertionError, match="consistency check first later"):
        consistency.assert_consistent(Article(TWO, "first"), Article(NINE, "later"))
    with pytest.raises(ConsistencyError, match=r"nowhere.txt: there is no such file"):
        consistency.assert_consistent("nowhere.txt", Article(TWO))


# -- habits of linters ---------------------------------------------------------------------------------------------


def test_settings_are_found_upward_from_what_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder below, and from elsewhere: a policy that is not seen would be green by accident."""
    write_corpus()
    write("pyproject.toml", '[tool.consistency]\nforbid = "unique"\n')
    assert run("corpus/flood").exit_code == Exit.OK
    monkeypatch.chdir("corpus/flood")
    assert run("1.txt", "2.txt").exit_code == Exit.OK
    monkeypatch.chdir("../..")
    write("corpus/flood/setup.cfg", "[tool:consistency]\nforbid = conflict\n")
    assert run("corpus/flood").exit_code == Exit.FINDINGS  # the nearest one holds


def test_a_baseline_holds_from_every_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpus()
    write("pyproject.toml", '[tool.consistency]\nbaseline = "accepted.json"\n')
    assert run("corpus", "--write-baseline", "accepted.json").exit_code == Exit.OK
    monkeypatch.chdir("corpus/flood")
    ran = run(".")
    assert (ran.exit_code, ran.stderr) == (Exit.OK, "")
    assert "1 accepted" in ran.stdout
    assert run(".", "--write-baseline", "../../accepted.json").exit_code == Exit.OK
    (accepted,) = json.loads(Path("../../accepted.json").read_text(encoding="utf-8"))["accepted"]
    assert (accepted["left"], accepted["right"]) == ("corpus/flood/1.txt", "corpus/flood/2.txt")


def test_show_settings_says_what_holds_and_checks_nothing() -> None:
    write_corpus()
    write("setup.cfg", "[tool:consistency]\nforbid = updated\nexclude =\n  drafts\n  *.html\n")
    ran = run("corpus", "--show-settings", "--ignore-kinds", "time", "--exclude", "old")
    lines = ran.stdout.splitlines()
    assert (ran.exit_code, lines[0]) == (Exit.OK, "# setup.cfg")
    for line in ("forbid = updated", "ignore_kinds = time", "confidence = 0.5", "exclude = drafts, *.html, old"):
        assert line in lines


def test_exit_zero_says_the_same() -> None:
    write_corpus()
    ran = run("corpus", "--exit-zero")
    assert (ran.exit_code, ran.stdout) == (Exit.OK, run("corpus").stdout)
    assert run("corpus", "nowhere.txt", "--exit-zero").exit_code == Exit.TROUBLE


@pytest.mark.parametrize("pattern", ["flood", "flood/", "corpus/flood", "*/flood/2.txt", "2.*"])
def test_what_is_excluded_is_not_checked(pattern: str) -> None:
    write_corpus()
    assert "Two" not in run("corpus", "--exclude", pattern).stdout


def test_statistics_count_by_kind_and_rule() -> None:
    write_corpus()
    ran = run("corpus/flood", "--statistics")
    assert (ran.exit_code, ran.stdout) == (Exit.FINDINGS, "1  quantity conflict\n1 finding in 1 pair\n")


def test_quiet_says_nothing_but_findings() -> None:
    write_corpus()
    assert run("corpus/flood", "-q").stdout == run("corpus/flood").stdout.partition("\n\n")[0] + "\n"
    write("first.txt", TWO)
    write("later.txt", ALIKE)
    assert run("first.txt", "later.txt", "-q").stdout == ""


def test_a_table_with_columns_of_its_own_is_checked() -> None:
    write("wire.csv", f'story,slug,content\nflood,a-1,"{TWO}"\nflood,a-2,"{NINE}"\n')
    ran = run("wire.csv", "--event", "story", "--id", "slug", "--text", "content", "--format", "json")
    (finding,) = json.loads(ran.stdout)["findings"]
    assert (finding["event"], finding["left"]["id"], finding["right"]["id"]) == ("flood", "a-1", "a-2")
    assert finding["right"]["article"] == "wire.csv:2"
    command = run("wire.csv", "--event", "story", "--text", "content", "--format", "github").stdout
    assert command.startswith("::error file=wire.csv,line=2,")


def test_a_table_without_events_is_told_once_with_its_columns() -> None:
    write("wire.csv", f'text,id\n"{TWO}",1\n"{NINE}",2\n')
    told = "consistency: wire.csv: has no field event, but 'text', 'id'; name yours with --event COLUMN"
    assert run("wire.csv").stderr.splitlines() == [told]


def test_a_denial_in_the_same_words_says_that_one_denies() -> None:
    write("first.txt", "Police said the firm had inspected the dam in Tarn.")
    write("later.txt", "Police denied that the firm had inspected the dam in Tarn.")
    told = "polarity conflict: one of first.txt and later.txt denies “inspected” ["
    assert told in run("first.txt", "later.txt", "--confidence", "0").stdout


def write_strangers() -> None:
    for number, text in enumerate(
        (
            "Two people were injured in the flood in Tarn. The river rose for three days. Schools are closed.",
            "The council of Orlo voted for a tram on Monday. It will cost nine million. Work starts in May.",
            "A bakery in Kelm won the prize for bread. Its owner thanked her mother. Forty bakeries took part.",
        )
    ):
        write(f"mixed/{number}.txt", text)


def test_articles_that_hardly_overlap_are_no_event() -> None:
    """What strangers differ in is noise; that nothing was checked is told."""
    write_strangers()
    ran = run("mixed", "--forbid", "unique")
    assert (ran.exit_code, ran.stdout) == (Exit.TROUBLE, "nothing found in 0 pairs, 1 trouble\n")
    assert "mixed: in 3 of 3 pairs the articles hardly overlap; are these one event?" in ran.stderr


# -- the story of an event -----------------------------------------------------------------------------------------


def tell(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["story", *arguments])


@pytest.mark.parametrize("paths", [("corpus/flood",), ("corpus/flood/1.txt", "corpus/flood/2.txt"), ("wire.jsonl",)])
def test_a_story_of_files_of_a_folder_and_of_lines(paths: tuple[str, ...]) -> None:
    write_corpus()
    write_lines("wire.jsonl", [{"text": TWO}, {"text": NINE}])
    ran = tell(*paths)
    assert (ran.exit_code, ran.stderr) == (Exit.OK, "")
    assert "1 conflict between 2 articles (1 at one time)" in ran.stdout


@pytest.mark.parametrize("form", FORMATS[StoryReport])
def test_a_story_is_written_in_every_format(form: str) -> None:
    write_corpus()
    assert tell("corpus/flood", "--format", form, "--out", "told").exit_code == Exit.OK
    assert Path("told").read_text(encoding="utf-8")


def test_one_of_several_events_is_to_be_chosen() -> None:
    write_lines("wire.jsonl", [{"event": event, "text": text} for event in ("a", "b") for text in (TWO, NINE)])
    ran = tell("wire.jsonl")
    assert (ran.exit_code, ran.stdout) == (Exit.TROUBLE, "")
    assert ran.stderr == "consistency: wire.jsonl: has 2 events (a, b); choose one with --only EVENT\n"
    assert "told by 2 articles" in tell("wire.jsonl", "--only", "b").stdout


def test_a_story_goes_on_without_what_cannot_be_read() -> None:
    write_corpus()
    ran = tell("corpus/flood", "nowhere.txt")
    assert (ran.exit_code, "told by 2 articles" in ran.stdout) == (Exit.TROUBLE, True)
    assert ran.stderr.startswith("consistency: nowhere.txt: there is no such file")
    write("empty/notes.md", "nothing")
    assert tell("empty").stderr.startswith("consistency: empty: has no article")
