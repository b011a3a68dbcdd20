"""The baseline: findings that an editor has accepted, in a file that reads well in a review.

One finding a line, sorted, with room for a reason; known again by its id, so that it does not matter where it stands.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence

import attrs

from consistency.errors import SettingsError
from consistency.model import split_name
from consistency.verdict import Accepted, Finding

VERSION = 1
"""Goes up when an accepted finding could no longer be known again."""


def accept(
    findings: Iterable[Finding],
    before: Iterable[Accepted] = (),
    gone: Iterable[Accepted] = (),
    folder: str | os.PathLike[str] = ".",
) -> tuple[Accepted, ...]:
    """Return the baseline that accepts these findings, each once.

    Args:
        findings: what is to be accepted.
        before: the baseline up to now. Its reasons stay, and so does what was not looked at this time.
        gone: what of that is no longer found.
        folder: the one that the baseline is in; the files in it are named from there.

    >>> from consistency.verdict import Severity
    >>> toll = Finding("0f", "conflict", Severity.ERROR, "two, nine", "first.txt", "later.txt")
    >>> [accepted.reason for accepted in accept([toll, toll], [Accepted("0f", "conflict", "", "", "", "a typo")])]
    ['a typo']
    """
    known = {accepted.id: accepted for accepted in before}
    reasons = {accepted.id: accepted.reason for accepted in known.values()}
    for accepted in gone:
        del known[accepted.id]
    for f in findings:
        names = _relate(f.left_name, folder), _relate(f.right_name, folder)
        known[f.id] = Accepted(f.id, f.rule, *names, f.message, reasons.get(f.id, ""))
    return tuple(sorted(known.values(), key=lambda each: (each.left, each.right, each.message, each.id)))


def split(findings: Iterable[Finding], baseline: Iterable[Accepted]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings that are new, and those that are accepted.

    >>> split([], [])
    ((), ())
    """
    known = {accepted.id for accepted in baseline}
    new: list[Finding] = []
    accepted: list[Finding] = []
    for finding in findings:
        (accepted if finding.id in known else new).append(finding)
    return tuple(new), tuple(accepted)


def find_gone(
    findings: Iterable[Finding],
    baseline: Iterable[Accepted],
    checked: Sequence[tuple[str, str, str]],
    folder: str | os.PathLike[str] = ".",
) -> tuple[Accepted, ...]:
    """Return what is accepted and was not found, though its articles were compared or one of them is no more.

    ``folder`` is the one that the baseline is in.

    >>> gone = find_gone([], [Accepted("0f", "conflict", "first.txt", "later.txt", "two, nine")], [])
    >>> [accepted.id for accepted in gone]
    ['0f']
    """
    found = {finding.id for finding in findings}
    compared = {_files(".", left, right) for _, left, right in checked}
    missing = (each for each in baseline if each.id not in found)
    return tuple(
        each
        for each in missing
        if (files := _files(folder, each.left, each.right)) in compared or not all(map(os.path.exists, files))
    )


def _files(folder: str | os.PathLike[str], *names: str) -> frozenset[str]:
    """Return the files of articles: the line of a JSON Lines file changes with every line above it."""
    return frozenset(os.path.abspath(os.path.join(folder, split_name(name)[0])) for name in names)


def _relate(name: str, folder: str | os.PathLike[str]) -> str:
    """Return the name of an article as seen from a folder, with slashes; a name that is no file stays."""
    file, line = split_name(name)
    if not os.path.exists(file):
        return name
    try:
        near = os.path.relpath(file, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return name
    return f"{near}:{line}" if line else near


def render(baseline: Iterable[Accepted]) -> str:
    """Return the text of the file.

    >>> print(render([Accepted("0f", "conflict", "first.txt", "later.txt", "two, nine")]), end="")
    {"version": 1, "accepted": [
    {"id": "0f", "rule": "conflict", "left": "first.txt", "right": "later.txt", "message": "two, nine", "reason": ""}
    ]}
    """
    lines = [json.dumps(attrs.asdict(accepted), ensure_ascii=False) for accepted in baseline]
    text = f'{{"version": {VERSION}, "accepted": [\n' + ",\n".join(lines) + "\n]}\n"
    return text.encode("utf-8", "backslashreplace").decode()


def parse(text: str, name: str) -> tuple[Accepted, ...]:
    """Return the accepted findings of a file.

    Raises:
        SettingsError: it is no baseline, or one of another version; the message names file and line.

    >>> parse('{"version": 2, "accepted": []}', "consistency-baseline.json")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    consistency.errors.SettingsError: consistency-baseline.json:1: is a baseline of version 2, version 1 is wanted; ...
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(f"{name}:{error.lineno}: is broken JSON at column {error.colno} ({error.msg})") from None
    except (ValueError, RecursionError):
        raise SettingsError(f"{name}:1: is JSON that no baseline needs (too deep, or too long a number)") from None
    if not isinstance(document, dict) or not isinstance(document.get("accepted"), list):
        raise SettingsError(f"{name}:1: is no baseline; write it with --write-baseline")
    version = document.get("version")
    if version != VERSION:
        line = _find_line(text, '"version"')
        reason = f"is a baseline of version {version}, version {VERSION} is wanted"
        raise SettingsError(f"{name}:{line}: {reason}; move it away and write another with --write-baseline")
    return tuple(_parse_entry(entry, text, name) for entry in document["accepted"])


def _parse_entry(entry: object, text: str, name: str) -> Accepted:
    fields = {field.name: field.default for field in attrs.fields(Accepted)}
    if isinstance(entry, dict) and entry.keys() <= fields.keys() and all(isinstance(v, str) for v in entry.values()):
        missing = [field for field, default in fields.items() if default is attrs.NOTHING and field not in entry]
        if not missing:
            return Accepted(**entry)
    line = _find_line(text, json.dumps(entry, ensure_ascii=False))
    raise SettingsError(f"{name}:{line}: is no accepted finding; strings for {', '.join(fields)} are wanted")


def _find_line(text: str, words: str) -> int:
    return text.count("\n", 0, max(text.find(words), 0)) + 1
