"""Sentences get roles and datelines."""

from __future__ import annotations

import re

from consistency.model import Role, Span
from consistency.segmenter.lines import CLOSERS, NOTE, OPENERS, is_titled
from consistency.segmenter.marks import Marks
from consistency.segmenter.words import SentenceWords
from consistency.text import fold

_DATELINE = re.compile(
    r"(?P<place>[^()\n–—―:;!?]{2,60}?)?\s?(?P<agency>\([A-Z\d][\w ./&]{1,30}\)|/[A-Z][\w -]{1,30}/)?\s?"
    r"(?:(?:--|(?<=[\s)])-|[–—―‑]|(?<=[)/] )_|(?<=[)/]):)\s+|(?<=[)/\s])-{1,2}|—)(?=\W{0,2}[^\W_a-z])"
)
_GAP = re.compile(r"\t+| {2,}|\s?\|\s?")
_LONGEST_TIME = 100  # characters
_WIDEST_CELL = 40


def _mark(words: str, marks: Marks) -> Role:
    """Return the role that the words themselves tell, BODY for none."""
    if marks.credit.match(words) or _is_time(words, marks):
        return Role.CREDIT
    if marks.caption.match(words) or marks.caption_end.search(words[-200:]):
        return Role.CAPTION
    return Role.LINK if marks.link.match(words) else Role.BODY


def _is_time(line: str, marks: Marks) -> bool:
    """Say whether all that a line says is when it was published: "6 May 2024, 10:32 a.m. ET", "Posted 1 hour ago"."""
    if len(line) > _LONGEST_TIME or not any(map(str.isdigit, line)):
        return False
    words = [word.strip(".:") for word in re.split(r"[\s,|/·•()–—-]+", line) if word.strip(".:")]
    sure = [bool(marks.moment.fullmatch(word)) for word in words]
    return any(sure) and all(known or marks.beside.fullmatch(word) for known, word in zip(sure, words, strict=True))


def _is_sign_off(line: str, marks: Marks) -> bool:
    """Say whether a line tells who reported from where: names, and nothing that they reported."""
    found = marks.sign_off.fullmatch(line)
    words = " ".join(found.groups()).replace(",", " ").split() if found else []
    return bool(words) and all(word[0].isupper() or word in marks.among_names for word in words)


def _is_row(paragraph: str) -> bool:
    """Say whether a line is a row of a table: short cells between tabs, bars or wide gaps."""
    cells = [cell.strip() for cell in _GAP.split(paragraph) if cell.strip()]
    ruled = "|" in paragraph or "\t" in paragraph
    if "\n" in paragraph or not cells or max(map(len, cells)) > _WIDEST_CELL:
        return False
    if not ruled and paragraph[-1] in ".!?":  # two blanks are a slip in prose
        return False
    return len(cells) > 2 or paragraph[0] == "|" or (ruled and len(cells) > 1 and any(map(str.isdigit, cells[1])))


def _is_heading(line: str, longest: int) -> bool:
    """Say whether a line looks like a headline: short, no speech, and no final punctuation unless in Title Case."""
    words = line.split()
    bare = line.rstrip(CLOSERS + " ")
    if not bare or len(words) > longest or line[0] in "-*•" or not any(map(str.isalpha, line)):
        return False
    if line[0] in "\"'“‘" and (len(bare) < len(line) or not re.search(r".[\"'”’]", line)):
        return False
    if bare[-1] in ":;,":
        return False
    return bare[-1] not in ".!?…" or is_titled(line)


def tell_roles(
    sentences: list[str], paragraph: str, patterns: Marks, *, title: str, head: bool, last: bool
) -> list[Role]:
    """Return the roles of the sentences of one paragraph."""
    line = " ".join(paragraph.split())
    marks = [_mark(words, patterns) for words in sentences]
    if len(line) > NOTE:
        return marks
    below = not head and (_is_sign_off(line, patterns) or (last and patterns.about_author.match(line)))
    if below or _is_time(line, patterns):
        return [Role.CREDIT] * len(marks)
    if title and not last and fold(line) == title:
        return [Role.HEADLINE] * len(marks)
    if marks[0] is not Role.BODY:
        return [marks[0]] * len(marks)
    if _is_row(paragraph):
        return [Role.TABLE if any(map(str.isdigit, line)) else Role.LINK] * len(marks)
    if Role.CAPTION in marks or (line[-1] not in ".!?" and patterns.pictured.search(line)):
        return [Role.CAPTION] * len(marks)
    subhead = _is_heading(line, 10) and not line[0].islower() and line[0] not in OPENERS
    if not last and set(marks) == {Role.BODY} and (subhead or (head and _is_heading(line, 25))):
        return [Role.HEADLINE] * len(marks)
    return marks


def find_dateline(text: str, paragraph: Span, words: SentenceWords, marks: Marks) -> Span | None:
    """Return the span of the dateline at the start of a paragraph: a place or an agency, then a dash.

    The place is in capitals, has the abbreviation of a state behind it, or an agency in brackets.
    """
    end = min(paragraph.end, paragraph.start + 120)
    match = _DATELINE.match(text, paragraph.start, end)
    if not match:
        brand = marks.agency.match(text, paragraph.start, end)
        return Span(paragraph.start, brand.end()) if brand else None
    place = (match["place"] or "").strip()
    city, _, behind = place.partition(",")
    if any(_is_end(word, words) for word in place.split()):
        return None
    capitals = city.isupper() and len(city) > 2 and len(city.split()) < 5 and not marks.no_place.search(city)
    state = behind.strip().endswith(".") and place[:1].isupper() and len(place.split()) < 5
    wired = bool(match["agency"]) and place[:1].isupper() and len(place.split()) < 7
    if capitals or state or wired or (match["agency"] and not place):
        return Span(paragraph.start, match.end())
    return None


def _is_end(word: str, words: SentenceWords) -> bool:
    """Say whether a word with a full stop can end a sentence: it is no abbreviation of a dateline."""
    bare = word.rstrip(",").removesuffix(".")
    return bare != word.rstrip(",") and len(bare) > 2 and bare.lower() not in words.places | words.numbered
