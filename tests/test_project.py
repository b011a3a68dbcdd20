"""What stands around the package: the action, the image, the site, the citation."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import consistency

ROOT = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCRIPTS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}


def run_step(name: str, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as a runner does: its script in bash, the inputs in its environment."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    tool = tools / "consistency"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m consistency "$@"\n')
    tool.chmod(0o755)
    known = {f"${{{{ inputs.{key} }}}}": value for key, value in inputs.items()}
    given = {key: known[value] for key, value in SCRIPTS[name]["env"].items()}
    environ = {**os.environ, **given, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPTS[name]["run"]]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environ, timeout=120)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder with an event that clashes."""
    for number, text in (("1", "Two people died in Tarn."), ("2", "Nine people died in Tarn.")):
        path = tmp_path / "corpus" / "flood" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_action_annotates_and_fails(corpus: Path) -> None:
    ran = run_step("Check", corpus, paths="corpus", arguments="")
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.startswith("::error ")
    assert run_step("Check", corpus, paths="corpus", arguments="--exit-zero -q").returncode == 0


def test_the_action_writes_sarif_and_goes_on(corpus: Path) -> None:
    ran = run_step("Write SARIF", corpus, paths="corpus", arguments="", sarif="found.sarif")
    assert (ran.returncode, (corpus / "found.sarif").exists()) == (0, True)
    assert run_step("Write SARIF", corpus, paths="nowhere", arguments="", sarif="found.sarif").returncode != 0


def test_no_input_of_the_action_is_a_part_of_a_script(corpus: Path) -> None:
    assert not [name for name, step in SCRIPTS.items() if "${{" in step["run"]]
    run_step("Check", corpus, paths="corpus;touch${IFS}owned $(touch owned)", arguments="")
    assert not (corpus / "owned").exists()


def test_the_image_copies_what_there_is() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for sources in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE):
        assert all((ROOT / source).exists() for source in sources.split())
    assert re.search(r"^USER (?!root)", text, re.MULTILINE)
    assert 'ENTRYPOINT ["consistency"]' in text


def test_the_image_is_built_and_runs() -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "info"], capture_output=True).returncode:
        pytest.skip("no Docker daemon here: the image is not built")
    built = subprocess.run([docker, "build", "-q", str(ROOT)], capture_output=True, text=True)
    if built.returncode and "pull" in built.stderr:
        pytest.skip(f"the base image cannot be had: {built.stderr.splitlines()[-1]}")
    assert built.returncode == 0, built.stderr
    ran = subprocess.run([docker, "run", "--rm", built.stdout.strip(), "--version"], capture_output=True, text=True)
    assert ran.stdout == f"consistency {consistency.__version__}\n"


def test_the_citation_has_the_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (str(citation["version"]), citation["license"]) == (consistency.__version__, "Apache-2.0")


def test_the_site_has_every_page_once() -> None:
    nav = re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(nav) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))


def test_the_reference_has_every_public_name() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^::: (\S+)$", page, re.MULTILINE))
    homes = {name: getattr(consistency, name).__module__ for name in consistency.__all__ if name != "__version__"}
    assert [name for name, home in homes.items() if not {home, f"{home}.{name}"} & told] == []


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_rows_are_a_dataframe_in_one_line(library: str) -> None:
    frames = pytest.importorskip(library, reason=f"{library} is not installed: no dataframe is made")
    found = consistency.compare("Two people died in Tarn. Rain fell.", "Nine people died in Tarn.")
    for table in ("sentences", "changes"):
        frame = frames.DataFrame(found.to_rows(table))
        assert list(frame.columns) == list(found.to_rows(table)[0])
        assert len(frame) == len(found.to_rows(table))
