"""The command line: what it prints where, and the exit status it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import consistency
from consistency.cli import Exit, main, wants_color
from consistency.errors import ReadError
from consistency.model import Article, Comparison
from strategies import HANG

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="signals and devices of POSIX")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, comparison: Comparison) -> list[tuple[str, dict[str, str | None]]]:
    """Put known articles in the place of reading and comparing; return what reading was asked for."""
    asked = []

    def read(path: str, **known: str | None) -> Article:
        asked.append((path, known))
        if path == "missing.txt":
            raise ReadError(path, "no such file")
        return Article("Rain fell.", name=path, notes=("encoding: cp1252",))

    monkeypatch.setattr(consistency, "read", read, raising=False)
    monkeypatch.setattr(consistency.Comparer, "compare", lambda self, left, right: comparison)  # noqa: ARG005
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return asked


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment)


def run_process(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(Path(consistency.__file__).parents[1])}
    environment |= options.pop("env", {})  # type: ignore[arg-type]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, *arguments], env=environment, stderr=subprocess.PIPE, timeout=HANG, check=False, **options
    )


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize("form", ["plain", "markdown", "json"])
def test_compare_prints_the_report_that_was_asked_for(comparison, form):
    ran = run("compare", "first.txt", "later.txt", "--format", form)
    assert ran.exit_code == Exit.OK
    assert ran.stdout == consistency.report.build_report(comparison, form)
    assert ran.stderr == ""


def test_what_the_options_tell_goes_to_the_right_article(calls):
    run(
        *("compare", "first.txt", "-", "--published-left", "2023-03-06", "--source-right", "Gazette"),
        *("--title-right", "Dam"),
    )
    assert calls == [
        ("first.txt", {"published": "2023-03-06", "source": None, "title": None}),
        ("-", {"published": None, "source": "Gazette", "title": "Dam"}),
    ]


@pytest.mark.usefixtures("calls")
def test_a_file_that_cannot_be_read_is_one_line_and_exit_2():
    ran = run("compare", "first.txt", "missing.txt")
    assert ran.exit_code == Exit.TROUBLE
    assert ran.stderr == "consistency: missing.txt: no such file\n"
    assert ran.stdout == ""


def test_a_message_cannot_steer_the_terminal(calls, monkeypatch):
    def read(path: str, **_: str | None) -> Article:
        raise ReadError(path, "is\nempty \x1b[31m")

    monkeypatch.setattr(consistency, "read", read)
    ran = run("compare", "a\x1b]0;x\x07.txt", "b.txt")
    assert ran.stderr == "consistency: a�]0;x�.txt: is empty �[31m\n"
    assert calls == []


@pytest.mark.usefixtures("calls")
def test_standard_input_cannot_be_both_sides():
    ran = run("compare", "-", "-")
    assert ran.exit_code == Exit.TROUBLE
    assert ran.stderr == "consistency: only one of LEFT and RIGHT can be standard input (-)\n"


@pytest.mark.usefixtures("calls")
def test_notes_of_reading_are_told_only_when_asked():
    assert "cp1252" not in run("compare", "first.txt", "later.txt").stderr
    ran = run("compare", "first.txt", "later.txt", "-v")
    assert ran.stderr.splitlines() == [
        "consistency: first.txt: encoding: cp1252",
        "consistency: later.txt: encoding: cp1252",
    ]


def test_an_unreadable_date_is_told_with_the_way_out(tmp_path):
    for name, day in (("left", "09/10/2022"), ("right", "2022-09-14")):
        (tmp_path / name).write_text(f"Date: {day}\n\nTwo people died in Orlo.")
    paths = [str(tmp_path / name) for name in ("left", "right")]
    found = run("compare", *paths)
    assert found.exit_code == Exit.OK
    assert "more than one date; write it as YYYY-MM-DD, or give --published-left" in found.stderr
    assert not run("compare", *paths, "--published-left", "2022-09-10").stderr


def test_a_url_is_told_how_to_be_piped():
    found = run("compare", "https://example.org/rain", "examples/articles/first.txt")
    assert found.exit_code == Exit.TROUBLE
    assert "curl -sL 'https://example.org/rain' | consistency compare - OTHER" in found.stderr


@pytest.mark.usefixtures("calls")
def test_out_writes_utf_8_and_prints_nothing(tmp_path, comparison):
    target = tmp_path / "report.txt"
    ran = run("compare", "first.txt", "later.txt", "--out", str(target), FORCE_COLOR="")
    assert (ran.exit_code, ran.output) == (Exit.OK, "")
    assert target.read_bytes().decode("utf-8") == consistency.report.build_report(comparison)


@pytest.mark.usefixtures("calls")
def test_a_third_article_is_told_where_it_belongs():
    ran = run("compare", "first.txt", "later.txt", "agency.txt")
    told = "consistency: compare takes two articles; consistency story takes any number\n"
    assert (ran.exit_code, ran.stderr) == (Exit.TROUBLE, told)


@pytest.mark.usefixtures("calls")
def test_a_folder_is_no_place_for_a_report(tmp_path):
    ran = run("compare", "first.txt", "later.txt", "--out", str(tmp_path))
    assert (ran.exit_code, ran.stderr) == (
        Exit.TROUBLE,
        f"consistency: {tmp_path}: is a directory; name a file in it\n",
    )


@pytest.mark.usefixtures("calls")
def test_out_that_cannot_be_written_is_named(tmp_path):
    ran = run("compare", "first.txt", "later.txt", "--out", str(tmp_path / "none" / "report.txt"))
    assert ran.exit_code == Exit.TROUBLE
    assert ran.stderr.endswith("report.txt: is in no folder that there is; make it first\n")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.usefixtures("calls")
def test_out_does_not_overwrite_an_article(tmp_path):
    article = tmp_path / "first.txt"
    article.write_text("Rain fell.")
    ran = run("compare", str(article), "later.txt", "--out", str(article))
    assert ran.exit_code == Exit.TROUBLE
    assert "would overwrite it" in ran.stderr
    assert article.read_text() == "Rain fell."


@pytest.mark.parametrize(
    ("choice", "terminal", "environ", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_the_choice_then_the_environment_then_the_terminal(choice, terminal, environ, wanted):
    assert wants_color(choice, terminal, environ) is wanted


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always", "--format", "markdown"), {}, False),
    ],
)
def test_a_pipe_gets_colours_only_when_asked(arguments, environment, coloured):
    assert ("\x1b[" in run("compare", "first.txt", "later.txt", *arguments, **environment).stdout) is coloured


@pytest.mark.usefixtures("calls")
def test_the_width_is_asked_for_or_the_terminal_s(comparison):
    report = consistency.report.build_report
    assert run("compare", "a", "b", "--width", "100").stdout == report(comparison, width=100)
    assert run("compare", "a", "b", COLUMNS="60").stdout == report(comparison, width=60)
    assert run("compare", "a", "b", COLUMNS="300").stdout == report(comparison, width=120)
    assert run("compare", "a", "b", "--width", "300").stdout == report(comparison, width=300)
    assert run("compare", "a", "b").stdout == report(comparison, width=80)


def test_an_interrupt_exits_as_a_shell_says_it(calls, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(consistency.Comparer, "compare", stop)
    ran = run("compare", "first.txt", "later.txt")
    assert ran.exit_code == Exit.INTERRUPTED
    assert ran.stderr == "consistency: interrupted\n"
    assert len(calls) == 2


@pytest.mark.parametrize("arguments", [("compare", "one.txt"), ("compare", "a", "b", "--format", "pdf"), ("compair",)])
def test_wrong_usage_is_exit_2(arguments):
    ran = run(*arguments)
    assert ran.exit_code == Exit.TROUBLE
    assert "Usage:" in ran.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("compare", "--help")])
def test_help_is_there(arguments):
    ran = run(*arguments)
    assert ran.exit_code == Exit.OK
    assert "consistency" in ran.stdout or "Usage: main" in ran.stdout


def test_the_help_of_compare_has_examples_on_their_own_lines():
    lines = run("compare", "--help").stdout.splitlines()
    assert "    consistency compare first.txt later.txt" in lines


def test_python_m_consistency_is_the_command():
    ran = run_process("-m", "consistency", "--version", stdout=subprocess.PIPE)
    assert ran.returncode == Exit.OK
    assert ran.stdout.decode().split() == ["consistency", consistency.__version__]


def test_version_and_help_load_nothing_heavy():
    heavy = ("nltk", "numpy", "rapidfuzz", "jinja2", "trafilatura", "charset_normalizer")
    program = (
        "import sys, consistency.cli\n"
        "for word in ('--version', '--help'):\n"
        "    consistency.cli.main([word], standalone_mode=False)\n"
        f"sys.exit(','.join(set({heavy!r}) & set(sys.modules)))"
    )
    assert run_process("-c", program, stdout=subprocess.DEVNULL).stderr.decode().strip() == ""


STUB = r"""
import sys, json, consistency
from consistency.model import Article, Comparison
consistency.read = lambda path, **known: Article("Rain fell.", name="\u00dcber.txt")
consistency.compare = lambda left, right: Comparison(left, right, (), (), ())
from consistency.cli import main
main(json.loads(sys.argv[1]), prog_name="consistency")
"""


def run_stub(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return run_process("-c", STUB, json.dumps(["compare", *arguments]), **options)


def test_a_c_locale_still_gets_utf_8():
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ran = run_stub("a", "b", stdout=subprocess.PIPE, env=environment)
    assert (ran.returncode, ran.stderr) == (Exit.OK, b"")
    assert "<  Über.txt" in ran.stdout.decode("utf-8")


@POSIX_ONLY
def test_a_closed_pipe_is_silent():
    reader, writer = os.pipe()
    os.close(reader)
    ran = run_stub("a", "b", stdout=writer)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (Exit.PIPE_CLOSED, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk_is_one_line():
    with open("/dev/full", "wb") as full:
        ran = run_stub("a", "b", stdout=full)
    assert ran.returncode == Exit.TROUBLE
    assert ran.stderr.decode() == "consistency: standard output: No space left on device\n"


@POSIX_ONLY
def test_a_terminal_gets_colours_unless_no_color_is_set():
    import pty

    def show(**environment: str) -> bytes:
        master, slave = pty.openpty()
        clean = {"TERM": "xterm", "NO_COLOR": "", "FORCE_COLOR": ""}
        ran = run_stub("a", "b", stdout=slave, env=clean | environment)
        os.close(slave)
        assert ran.returncode == Exit.OK
        shown = os.read(master, 1 << 16)
        os.close(master)
        return shown

    assert b"\x1b[" in show()
    assert b"\x1b[" not in show(NO_COLOR="1")
