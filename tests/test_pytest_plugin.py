"""The pytest plugin: the fixture, folders as tests, and what it costs those who do not use it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from defusedxml import ElementTree

import consistency
from consistency.cli import main
from strategies import HANG

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parent.parent
TWO = "Two people were injured in the flood in Oslo.\n"
NINE = "Nine people were injured in the flood in Oslo.\n"
ALIKE = "In the flood in Oslo, two people were injured.\n"
WORKERS = pytest.mark.parametrize("workers", [(), ("-p", "xdist", "-n", "2")], ids=["alone", "two workers"])


@pytest.fixture(autouse=True)
def plugin(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the plugin by its module: whether the package is installed or not, it is loaded once."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "consistency.pytest_plugin")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    pytester.makeini("[pytest]\n")


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Import all that a comparison takes: a run within this process forgets its imports, and numpy loads but once."""
    consistency.compare(TWO, NINE)
    consistency.assert_consistent(consistency.Article(TWO), consistency.Article(ALIKE))


def run(pytester: pytest.Pytester, *arguments: str, apart: bool = False) -> pytest.RunResult:
    arguments = ("-p", "no:cacheprovider", *arguments)
    if apart or "-n" in arguments:
        return pytester.runpytest_subprocess(*arguments, timeout=HANG)
    return pytester.runpytest_inprocess(*arguments)


def write(pytester: pytest.Pytester, name: str, text: str) -> None:
    path = pytester.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_corpus(pytester: pytest.Pytester) -> None:
    for name, text in (("flood/1", TWO), ("flood/2", NINE), ("calm/1", TWO), ("calm/2", ALIKE), ("lone/1", TWO)):
        write(pytester, f"corpus/{name}.txt", text)


@WORKERS
def test_the_fixture_passes_a_rewording_and_fails_a_clash(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    for name, text in (("first", TWO), ("later", NINE), ("alike", ALIKE)):
        write(pytester, f"{name}.txt", text)
    pytester.makepyfile(
        """
        def test_alike(assert_consistent):
            assert_consistent("first.txt", "alike.txt")

        def test_ignored(assert_consistent):
            assert_consistent("first.txt", "later.txt", forbid="conflict", ignore_kinds={"quantity"})

        def test_clash(assert_consistent):
            assert_consistent("first.txt", "later.txt", forbid="conflict", ignore_kinds={"time"})
        """
    )
    ran = run(pytester, *workers)
    ran.assert_outcomes(passed=2, failed=1)
    ran.stdout.fnmatch_lines(
        [
            "! quantity conflict: first.txt says “Two”, later.txt says “Nine” [[]*]",
            "  first.txt:1:1  [[]Two] people were injured in the flood in Oslo.",
            "  later.txt:1:1  [[]Nine] people were injured in the flood in Oslo.",
            "1 finding in 1 pair",
            "to see it again: consistency check first.txt later.txt --forbid conflict --ignore-kinds time",
        ]
    )
    ran.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_the_command_of_the_message_shows_the_same(pytester: pytest.Pytester) -> None:
    write(pytester, "tests/articles/it's first.txt", TWO)
    write(pytester, "tests/articles/later.txt", NINE)
    write(
        pytester,
        "tests/test_it.py",
        'def test_it(assert_consistent):\n    assert_consistent("articles/it\'s first.txt", "articles/later.txt")\n',
    )
    ran = run(pytester)
    ran.assert_outcomes(failed=1)
    (line,) = {line for line in ran.outlines if line.startswith("to see it again: ")}  # CI has it twice
    command = line.removeprefix("to see it again: consistency ")
    done = subprocess.run(  # noqa: S602  as a user pastes it
        f"{sys.executable} -m consistency {command}",
        shell=True,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        cwd=pytester.path,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "tests/articles/later.txt:1:1" in done.stdout
    assert set(done.stdout.splitlines()) <= set(ran.outlines)


def test_the_fixture_lays_its_policy_over_the_settings_of_the_root(pytester: pytest.Pytester) -> None:
    write(pytester, "first.txt", TWO)
    write(pytester, "later.txt", NINE)
    write(pytester, "setup.cfg", "[tool:consistency]\nignore_kinds = quantity\n")
    pytester.makepyfile(
        """
        import consistency

        def test_settings(assert_consistent):
            assert_consistent("first.txt", consistency.read("later.txt"))

        def test_own(assert_consistent):
            assert_consistent("first.txt", "later.txt", ignore_kinds=())

        def test_unknown(assert_consistent):
            assert_consistent("first.txt", "later.txt", ignore_kind=())
        """
    )
    ran = run(pytester)
    ran.assert_outcomes(passed=1, failed=2)
    ran.stdout.fnmatch_lines(["*SettingsError: no setting 'ignore_kind'; did you mean 'ignore_kinds'?"])


@WORKERS
def test_every_folder_is_a_test(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    write_corpus(pytester)
    pytester.makeini("[pytest]\nconsistency_pairs = corpus/*\n")
    pytester.makepyfile("def test_other(): pass")
    ran = run(pytester, "--junitxml=junit.xml", *workers)
    ran.assert_outcomes(passed=2, failed=2)
    ran.stdout.fnmatch_lines_random(
        [
            "! quantity conflict: corpus/flood/1.txt says “Two”, corpus/flood/2.txt says “Nine” [[]*]",
            "to see it again: consistency check corpus/flood",
            "corpus/lone: has one article; an event has two or more",
            "FAILED corpus/flood::consistent*",
            "FAILED corpus/lone::consistent*",
        ]
    )
    ran.stdout.no_fnmatch_line("*Traceback*")
    cases = ElementTree.parse(pytester.path / "junit.xml").iter("testcase")
    failed = {case.get("classname"): "“Nine”" in (case.findtext("failure") or "") for case in cases if len(case)}
    assert failed == {"corpus.flood": True, "corpus.lone": False}


def test_folders_have_the_settings_and_the_baseline_of_the_root(pytester: pytest.Pytester) -> None:
    write_corpus(pytester)
    pytester.makeini("[pytest]\nconsistency_pairs =\n    corpus/flood\n    corpus/calm\n")
    run(pytester).assert_outcomes(passed=1, failed=1)
    write(pytester, "setup.cfg", "[tool:consistency]\nbaseline = accepted.json\n")
    assert CliRunner().invoke(main, ["check", "corpus/flood", "--write-baseline", "accepted.json"]).exit_code == 0
    run(pytester).assert_outcomes(passed=2)
    shutil.rmtree(pytester.path / "corpus" / "calm")
    write(pytester, "setup.cfg", "[tool:consistency]\nforbidd = conflict\n")
    ran = run(pytester)
    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(["*setup.cfg: no setting 'forbidd'; did you mean 'forbid'?"])


@pytest.mark.parametrize("arguments", [["corpus/flood"], ["-k", "flood"]])
def test_one_folder_can_be_selected(pytester: pytest.Pytester, arguments: list[str]) -> None:
    write_corpus(pytester)
    pytester.makeini("[pytest]\nconsistency_pairs = corpus/*\n")
    outcomes = run(pytester, *arguments).parseoutcomes()
    assert outcomes["failed"] == 1
    assert "passed" not in outcomes


def test_folders_that_are_not_named_are_as_they_were(pytester: pytest.Pytester) -> None:
    write_corpus(pytester)
    write(pytester, "deep/corpus/calm/test_inside.py", "def test_inside(): pass")
    pytester.makeini("[pytest]\nconsistency_pairs = corpus/*\n")
    ran = run(pytester, "--collect-only", "-q")
    assert sorted(line for line in ran.outlines if "::" in line) == [
        "corpus/calm::consistent",
        "corpus/flood::consistent",
        "corpus/lone::consistent",
        "deep/corpus/calm/test_inside.py::test_inside",
    ]


def test_the_example_sees_one_new_finding(pytester: pytest.Pytester) -> None:
    shutil.copytree(
        ROOT / "examples" / "newsroom_ci",
        pytester.path / "newsroom",
        ignore=shutil.ignore_patterns("__pycache__", ".*"),
    )
    (pytester.path / "tox.ini").unlink()
    pytester.chdir()
    ran = run(pytester, "--rootdir=newsroom", "-c", "newsroom/setup.cfg", "newsroom")
    ran.assert_outcomes(passed=5, failed=1)
    ran.stdout.fnmatch_lines(
        ["to see it again: consistency check newsroom/corpus/storm --config newsroom/setup.cfg", "FAILED *storm::*"]
    )


FOREIGN = """
import json, sys, time
import pytest
start = time.process_time()
import consistency.pytest_plugin
print(json.dumps([(time.process_time() - start) * 1000, sorted(m for m in sys.modules if "consistency" in m)]))
"""
OURS = ["consistency", "consistency._version", "consistency.pytest_plugin"]


def test_loading_it_takes_less_than_5_ms(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the processor, so that other work on the machine does not count; the best of some runs after the first."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(pytester.path / "cache"))
    command = [sys.executable, "-c", FOREIGN]
    ran = [
        json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout)
        for _ in range(5)
    ]
    assert ran[0][1] == OURS
    assert min(spent for spent, _ in ran) < 5, ran


def test_a_foreign_test_run_imports_nothing_of_ours(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import sys

        def test_it():
            ours = sorted(name for name in sys.modules if name.split(".")[0] == "consistency")
            assert ours == {OURS}
            assert not {{"attrs", "click", "nltk", "numpy"}} & set(sys.modules)
        """
    )
    run(pytester, apart=True).assert_outcomes(passed=1)
