"""docs/ci.md and examples/newsroom_ci: the tutorial prints what it shows, the files to copy are what they claim."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from consistency import Policy, baseline, suite
from consistency.cli import main
from consistency.policy import load_settings, parse_toml

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "examples" / "newsroom_ci"
COMMAND = re.compile(r"consistency check [^|\n']+")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def block_after(heading: str) -> str:
    """Return the first block under a heading."""
    found = re.search(rf"^### {heading}$.*?^```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a copy of the example."""
    copy = tmp_path / "newsroom_ci"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    monkeypatch.chdir(copy)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return copy


@pytest.mark.usefixtures("newsroom")
def test_the_tutorial_prints_what_it_shows(request: pytest.FixtureRequest) -> None:
    """With --regenerate it writes what the commands print today."""
    status, ran, page = 0, 0, PAGE
    for block in blocks("console"):
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            program, *arguments = shlex.split(command)
            if program == "echo":
                assert shown == f"{status}\n"
                continue
            assert program == "consistency"
            result = CliRunner().invoke(main, arguments)
            if request.config.getoption("--regenerate"):
                page = page.replace(f"$ {command}\n{shown}", f"$ {command}\n{result.output}")
            else:
                assert (command, result.output) == (command, shown)
            status, ran = result.exit_code, ran + 1
    assert ran >= 7
    if page != PAGE:
        (ROOT / "docs" / "ci.md").write_text(page, encoding="utf-8")
        pytest.fail("docs/ci.md was written anew: read it, then run the tests without --regenerate")


def test_the_tutorial_shows_the_files_of_the_example() -> None:
    assert blocks("ini") == [(EXAMPLE / "setup.cfg").read_text(encoding="utf-8")]
    assert block_after("Accept a finding").startswith("$ consistency check corpus/ferry --write-baseline")
    assert blocks("json") == [(EXAMPLE / "consistency-baseline.json").read_text(encoding="utf-8")]
    (test,) = blocks("python")[:1]
    body = re.sub(r'    """.*"""\n', "", (EXAMPLE / "test_newsroom.py").read_text(encoding="utf-8"))
    assert test in body


@pytest.mark.usefixtures("newsroom")
def test_the_example_has_exactly_one_new_finding() -> None:
    settings = load_settings()
    found = suite.run(suite.gather(["corpus"], settings.policy), suite.load_baseline(settings.baseline))
    assert [finding.places[1].marked for finding in found.findings] == [
        "[Five] people were injured in the market hall, the fire brigade said."
    ]
    assert (len(found.checked), len(found.accepted), found.gone, found.troubles) == (4, 1, (), ())


def test_the_accepted_finding_has_a_reason() -> None:
    text = (EXAMPLE / "consistency-baseline.json").read_text(encoding="utf-8")
    (accepted,) = baseline.parse(text, "consistency-baseline.json")
    assert accepted.reason
    assert baseline.render([accepted]) == text


def test_the_manifest_of_the_page_is_one(newsroom: Path) -> None:
    (newsroom / "pairs.toml").write_text(block_after("What is checked"), encoding="utf-8")
    (candidate,) = suite.gather(["pairs.toml"]).candidates
    assert candidate.event == "storm"
    assert candidate.policy == Policy(forbid="conflict,development", ignore_kinds="attribution")
    assert set(parse_toml(block_after("What is checked"), "")) == {"policies", "pairs"}


def test_the_page_has_every_setting_and_its_option() -> None:
    options = {option for parameter in main.commands["check"].params for option in parameter.opts}
    for name in Policy.__annotations__:
        assert f"| `{name}` |" in PAGE
        assert name == "sources" or f"--{name.replace('_', '-')}" in options
    for option in re.findall(r"`(--[a-z-]+)", PAGE.split("## Reference")[1]):
        assert option in options


@pytest.mark.parametrize("heading", ["GitHub Actions", "GitLab", "Jenkins"])
def test_every_command_of_a_pipeline_is_one_that_we_know(heading: str) -> None:
    commands = COMMAND.findall(block_after(heading))
    assert commands
    for command in commands:
        arguments = shlex.split(command)[2:]
        context = main.commands["check"].make_context("check", arguments)
        assert context.params["paths"] == ("corpus",)


def test_the_workflow_is_one_of_github_actions() -> None:
    workflow: dict[Any, Any] = yaml.safe_load(block_after("GitHub Actions"))
    assert workflow[True] == ["push", "pull_request"]  # YAML 1.1 reads "on" as a truth value
    assert workflow["permissions"]["security-events"] == "write"
    steps = workflow["jobs"]["check"]["steps"]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    (upload,) = (step for step in steps if "upload-sarif" in step.get("uses", ""))
    assert f"--out {upload['with']['sarif_file']}" in steps[-2]["run"]
    assert [step["if"] for step in steps[-2:]] == ["always()", "always()"]


def test_the_gitlab_job_keeps_what_it_writes() -> None:
    (job,) = yaml.safe_load(block_after("GitLab")).values()
    written = re.findall(r"--out (\S+)", "\n".join(job["script"]))
    assert written == [*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]]
    assert job["artifacts"]["when"] == "always"


def test_the_jenkinsfile_is_a_pipeline_that_reads_what_it_writes() -> None:
    """There is no Groovy here: braces, quotes and the names of the sections have to do."""
    text = block_after("Jenkins")
    depth = 0
    for line in text.splitlines():
        assert line.count("'") % 2 == 0
        assert len(line) - len(line.lstrip()) == 4 * (depth - line.strip().startswith("}"))
        depth += line.count("{") - line.count("}")
    assert depth == 0
    assert re.findall(r"^ {4}(\w+)", text, re.MULTILINE) == ["agent", "stages", "post"]
    assert re.findall(r"--out (\S+)", text) == re.findall(r"junit '(.*)'", text)


def test_the_hook_runs_the_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("consistency check", "python", False)
    for name in ("corpus/flood/1.txt", "corpus/1.html", "wire.jsonl", "pairs.toml", "setup.cfg"):
        assert re.search(hook["files"], name)
    assert not re.search(hook["files"], "newsroom.py")
    ((configured,),) = (repo["hooks"] for repo in yaml.safe_load(block_after("pre-commit"))["repos"])
    assert configured == {"id": hook["id"], "args": ["corpus"]}


def test_the_plugin_and_the_command_are_installed_by_name() -> None:
    setup = configparser.RawConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    assert setup["options.entry_points"]["pytest11"].strip() == "consistency = consistency.pytest_plugin"
    wanted = setup["options"]["install_requires"]
    for name in ("joblib", "tqdm", "tomli"):
        assert re.search(rf"^{name}\b", wanted, re.MULTILINE)


def test_json_in_the_page_is_json() -> None:
    assert [json.loads(block)["version"] for block in blocks("json")] == [baseline.VERSION]
