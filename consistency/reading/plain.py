"""Plain text: front matter or header lines, then the article as it is; the day may stand below its headline."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from consistency.dates import CLOCK, NUMERIC, is_day, is_written
from consistency.errors import ReadError
from consistency.model import Span
from consistency.reading.draft import FIELDS, Draft, Taken, fold_label, quoted

_PASSED_OVER = ("author", "authors", "byline", "category", "keywords", "language", "link", "section", "tags",
                "updated")  # fmt: skip
_LABELS = {*FIELDS, *_PASSED_OVER}
_HEADER_LINES = 50  # no header is longer
_LONGEST_DATE = 60  # characters; what is longer behind "Date:" is a sentence
_HEAD_LINES = 5  # headline, summary, byline: how far down the day may stand
_SENTENCE_ENDS = (".", "!", "?", '"', "\u201d")  # with one of these a line is the first of the body

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_LABEL = re.compile(r"\s*([A-Za-z][A-Za-z _-]{0,24}):[ \t]*((?:\S[^\r\n]{0,299})?)(?=[\r\n]|\Z)")
_DATE_LINE = re.compile(r"\s*date[ \t]+([A-Za-z0-9][^\r\n]{3,60})(?=[\r\n]|\Z)", re.I)
_DATE_WORD = re.compile(rf"\s*date:?[ \t]+({NUMERIC}(?:[T ]{CLOCK})?)[,;:]?(?=\s|\Z)", re.I)
_FENCE = re.compile(r"\s*---[ \t]*[\r\n]+")
_FRONT_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?")


def read_plain(text: str, name: str, notes: tuple[str, ...]) -> Draft:
    """Return the draft of a plain text.

    Raises:
        ReadError: it has a header and nothing else.
    """
    taken, end = _front_matter(text) or _header_lines(text)
    if not any(each.field not in (None, "id") for each in taken):  # "URL:" alone makes no header
        return Draft(name, text, tuple(_find_day(text)), notes=notes)
    body = text[end:].lstrip()
    if not body:
        raise ReadError(name, "has a header and no text below it; add the text of the article")
    return Draft(name, text, tuple(taken), Span(0, len(text) - len(body)), notes)


def _find_day(text: str) -> Iterator[Taken]:
    """Yield the day on a line of its own below a headline, as in a pasted article; the line stays text."""
    lines = filter(None, (line[1].strip() for line in _LINE.finditer(text)))
    for place, line in enumerate(itertools.islice(lines, _HEAD_LINES)):
        found = _LABEL.fullmatch(line)
        value = found[2] if found and FIELDS.get(fold_label(found[1])) == "published" else line
        if place and is_day(value):
            yield Taken("published", value, quoted(line))
            return
        if line.endswith(_SENTENCE_ENDS):
            return


def _front_matter(text: str) -> tuple[list[Taken], int] | None:
    """Return what stands between two ``---`` lines at the top, if it is ``key: value`` lines, and where it ends."""
    opening = _FENCE.match(text)
    taken: list[Taken] = []
    lines = _LINE.finditer(text, opening.end()) if opening else ()
    for line in itertools.islice(lines, _HEADER_LINES):
        content = line[1].rstrip()
        if content in ("---", "..."):
            return taken, line.end()
        if entry := _FRONT_LINE.fullmatch(content):
            value = (entry[2] or "").strip()
            value = value[1:-1] if value[:1] in ("'", '"') and value[-1:] == value[:1] else value
            simple = value and value[0] not in "[{|>&*!"
            taken.append(Taken(FIELDS.get(fold_label(entry[1])) if simple else None, value, quoted(content)))
        elif content and content[0] not in " \t#-":  # nested values and comments are not read, other text is no header
            break
    return None


def _header_lines(text: str) -> tuple[list[Taken], int]:
    taken: list[Taken] = []
    end = 1 if text.startswith("\ufeff") else 0
    while len(taken) < _HEADER_LINES and (found := _header_line(text, end)):
        taken.append(found[0])
        end = found[1]
    return taken, end


def _header_line(text: str, start: int) -> tuple[Taken, int] | None:
    """Return the header line at ``start`` and where it ends; a bare date may have the first sentence behind it."""
    if found := _DATE_WORD.match(text, start):
        return Taken("published", found[1], quoted(found[0])), found.end()
    if (found := _LABEL.match(text, start)) and (label := fold_label(found[1])) in _LABELS:
        field = FIELDS.get(label) if found[2] else None
        if field != "published" or len(found[2]) <= _LONGEST_DATE:
            return Taken(field, found[2], quoted(found[0])), found.end()
    if (found := _DATE_LINE.match(text, start)) and is_written(found[1].rstrip()):
        return Taken("published", found[1], quoted(found[0])), found.end()
    return None
