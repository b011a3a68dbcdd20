"""What a typed program sees: every public name has a known type under mypy --strict."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = """
import datetime
from pathlib import Path

import consistency
from consistency import Agreement, Article, Comparer, Fact, Finder, Kind, Sentence

columns = {"text": "content", "id": "slug"}
articles: list[Article] = list(consistency.read_all(Path("wire.csv"), columns=columns))
found = Comparer().compare(articles[0], articles[1])
again = consistency.Comparison.from_json(consistency.build_report(found, "json"))
rows: list[dict[str, object]] = [dict(row) for row in again.to_rows("changes")]
for pair, change in found.changes:
    reveal_type(change.confidence)
    reveal_type(change.left)
    reveal_type(pair.nature)
reveal_type(found.shared)
story = consistency.compare_event(articles)
reveal_type(story.clashes[0].points[0].fact.kind)
day: datetime.date | None = story.articles[0].published
for finding in consistency.check(found, consistency.Policy(confidence=0.8)):
    reveal_type(finding.left)
    reveal_type(finding.left_id)
page: str = consistency.build_report(consistency.Verdict(consistency.check(found)), "html")


def find(article: Article, sentences: "tuple[Sentence, ...] | object") -> tuple[tuple[Fact, ...], ...]:
    return ()


def agree(left: Fact, right: Fact) -> Agreement | None:
    return Agreement.SAME if left.value == right.value else None


finder = Finder(frozenset({Kind.ENTITY}), find, agree)
summary: consistency.Summary = consistency.compare_corpus("wire.csv", "tables", blocking=consistency.Blocking(window=3))
reveal_type(summary.pairs)
"""


def test_a_typed_program_knows_every_type(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy is not installed: the types are not looked at")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file",
        "",
        "--follow-imports",
        "silent",
        "program.py",
    ]
    environ = {"MYPYPATH": str(ROOT), "MYPY_CACHE_DIR": str(tmp_path / "cache"), "PATH": "/usr/bin:/bin"}
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environ, timeout=300)
    assert ran.returncode == 0, ran.stdout
    assert "Any" not in ran.stdout
