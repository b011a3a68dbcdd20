"""The file of verdicts, JSON Lines: what was asked, by its hash, the words that differ, and what was answered."""

from __future__ import annotations

import json
from collections.abc import Iterable

from consistency.errors import ConsistencyError, SettingsError
from consistency.files import read_text
from consistency.model import Nature
from consistency.referee.messages import clean
from consistency.referee.opinion import Opinion, Question

_FIELDS = ("asked", "left", "right", "verdict", "confidence")


def load(path: str) -> dict[str, Opinion | None]:
    """Return the verdicts of a file by what was asked; of two on one question the first.

    Raises:
        SettingsError: it cannot be read, or a line of it is no verdict.

    >>> load("nowhere.jsonl")
    Traceback (most recent call last):
    consistency.errors.SettingsError: nowhere.jsonl: there is no such file
    """
    known: dict[str, Opinion | None] = {}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            name, _, _, verdict, confidence = (json.loads(line)[field] for field in _FIELDS)
            known.setdefault(str(name), None if verdict is None else Opinion(Nature(verdict), confidence))
        except (ValueError, TypeError, LookupError, RecursionError):
            raise SettingsError(f"{path}:{number}: is no verdict; delete the line, and it is asked again") from None
    return known


def append(path: str, answered: Iterable[tuple[str, Question, Opinion | None]]) -> None:
    """Append verdicts to a file in one write, since other processes may write there too.

    Raises:
        ConsistencyError: it cannot be written.

    >>> append("/nowhere/verdicts.jsonl", [])
    Traceback (most recent call last):
    consistency.errors.ConsistencyError: /nowhere/verdicts.jsonl: cannot be written (No such file or directory)
    """
    lines = "".join(_dump(*each) for each in answered)
    try:
        with open(path, "a+b") as stream:
            stream.seek(max(stream.tell() - 1, 0))
            is_cut = stream.read() not in (b"", b"\n")  # by an editor that ends no last line
            stream.write(b"\n" * is_cut + lines.encode())
    except OSError as error:
        raise ConsistencyError(f"{path}: cannot be written ({error.strerror})") from None


def _dump(name: str, question: Question, opinion: Opinion | None) -> str:
    words = (fact and clean(fact.text) for fact in (question.change.left, question.change.right))
    verdict = (str(opinion.nature), opinion.confidence) if opinion else (None, None)
    return json.dumps(dict(zip(_FIELDS, (name, *words, *verdict), strict=True)), ensure_ascii=False) + "\n"
