"""The plain report: for a terminal, a pipe or a mail. Signs carry the meaning, colours only repeat it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

import attrs

from consistency.model import Comparison, Nature, Relation
from consistency.report.story import list_articles, list_changes, list_hints, list_statements, tell_headline, tell_title
from consistency.report.summary import (
    MARKS,
    NATURE_SIGNS,
    Heading,
    Row,
    RowGroup,
    Summary,
    arrange_rows,
    disarm,
    shorten,
    summarize,
)
from consistency.report.verdict import SEVERITY_SIGNS, tell_finding, tell_total
from consistency.story import StoryReport
from consistency.verdict import Verdict

_NARROWEST = 40
_LONGEST_PLACE = 12
_UNDERLINED, _PLAIN = "\x1b[1;4m", "\x1b[0m"
_NO_BREAK = "\u00a0"
_SIDES = ("<", ">")
_COURSE = 17
_COLORS = {"=": "green", "~": "green", "!": "red", "±": "yellow", "+": "yellow", "<": "cyan", ">": "cyan"}


def render(comparison: Comparison, *, color: bool = False, width: int = 80, brief: bool = False) -> str:
    """Return the plain report, wrapped to ``width`` columns (at least 40); ``brief`` leaves out the sentences.

    >>> from consistency.model import Article
    >>> rain = Article("Rain fell.", name="rain.txt")
    >>> print(render(Comparison(rain, rain, (), (), ())).splitlines()[0])
    <  rain.txt
    """
    page = _Page(color, max(width, _NARROWEST))
    summary = summarize(comparison)
    groups = () if brief else arrange_rows(comparison, summary)
    lines = [*_head(page, summary), *_list_changes(page, summary), *_list_pairs(page, groups)]
    return disarm("\n".join(page.mark(lines)).replace(_NO_BREAK, " ")) + "\n"


@attrs.frozen
class _Page:
    color: bool
    width: int

    def paint(self, text: str, fg: str | None = None) -> str:
        if not self.color:
            return text
        import click

        return click.style(text, fg=fg, bold=True)

    def wrap(self, text: str, margin: str, indent: int, fg: str | None = None) -> list[str]:
        """Return the lines of ``text``, all behind ``indent`` spaces, the first behind the painted ``margin``."""
        lines = textwrap.wrap(
            text,
            self.width,
            initial_indent=margin.ljust(indent),
            subsequent_indent=" " * indent,
            break_on_hyphens=False,
        ) or [margin.rstrip()]
        mark = margin.strip()
        return [lines[0].replace(mark, self.paint(mark, fg), 1), *lines[1:]] if mark else lines

    def mark(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines with what stands between marks in brackets, and underlined where there are colours."""
        begin, end = (_UNDERLINED, _PLAIN) if self.color else ("", "")
        inside = False
        for line in lines:
            text = line.lstrip() if inside else line
            margin = line[: len(line) - len(text)] + (begin if inside else "")
            inside = line.rfind(MARKS[0]) > line.rfind(MARKS[1]) or (inside and MARKS[1] not in line)
            text = text.replace(MARKS[0], f"[{begin}").replace(MARKS[1], f"{end}]")
            yield margin + text + (end if inside else "")


def _head(page: _Page, summary: Summary) -> Iterator[str]:
    for side, heading in zip(_SIDES, (summary.left, summary.right), strict=True):
        yield from _introduce(page, side, heading)
    yield ""
    headline = page.wrap(summary.headline, "", 0)
    yield from (page.paint(line, _COLORS["!"] if summary.select(Nature.CONFLICT) else None) for line in headline)
    yield from page.wrap("   ".join(_join(f"{mark} {number} {word}") for mark, number, word in summary.figures), "", 0)
    yield from page.wrap(summary.extent, "", 0)
    for hint in summary.hints:
        yield from page.wrap(hint, "note:", 6)


def _join(words: str) -> str:
    """Return words that stay on one line; texts have no no-break space of their own, they are neutralized."""
    return words.replace(" ", _NO_BREAK)


def _introduce(page: _Page, side: str, heading: Heading) -> Iterator[str]:
    yield from page.wrap(str(heading), side, 3)
    if heading.title:
        yield from page.wrap(f"“{heading.title}”", "", 3)


def _list_changes(page: _Page, summary: Summary) -> Iterator[str]:
    for section in summary.sections:
        mark = NATURE_SIGNS[section.nature]
        yield from ("", page.paint(section.title, _COLORS[mark]))
        for statement in section.statements:
            text = f"{statement.change.kind}: {statement.text} {_join(f'[{statement.source}]')}"
            yield from page.wrap(text, f"  {mark}", 4, _COLORS[mark])
            if section.nature is Nature.CONFLICT:
                yield "      " + shorten(statement.about, page.width - 6)
        if section.rest:
            yield f"    {section.rest}"


def _list_pairs(page: _Page, groups: tuple[RowGroup, ...]) -> Iterator[str]:
    longest = max((len(row.place) for group in groups for row in group.rows), default=0)
    indent = 4 + min(longest, _LONGEST_PLACE)
    for group in groups:
        yield ""
        yield from map(page.paint, page.wrap(group.title, "", 0))
        for row in group.rows:
            yield from _tell_row(page, row, indent)


def _tell_row(page: _Page, row: Row, indent: int) -> Iterator[str]:
    first, color = f"{row.sign} {row.place}  ".ljust(indent), _COLORS[row.sign]
    if row.relation is Relation.IDENTICAL:
        yield from page.wrap(shorten(row.left, page.width - len(first)), first, indent, color)
    elif row.relation is Relation.UNIQUE:
        yield from page.wrap(row.left or row.right, first, indent, color)
    else:
        yield from page.wrap(row.left, f"{first}<", indent + 2, color)
        yield from page.wrap(row.right, f"{'':{indent}}>", indent + 2, color)
    for statement in row.statements:
        change, mark = statement.change, NATURE_SIGNS[statement.change.nature]
        text = f"{change.kind} {change.nature}: {statement.step}"
        yield from page.wrap(text, f"{'':{indent}}{mark}", indent + 2, _COLORS[mark])


def render_story(story: StoryReport, *, color: bool = False, width: int = 80, brief: bool = False) -> str:
    """Return the plain report of an event; ``brief`` leaves out the statements.

    >>> print(render_story(StoryReport((), (), ())).splitlines()[0])
    EVENT told by 0 articles
    """
    page = _Page(color, max(width, _NARROWEST))
    lines = [f"EVENT {tell_title(story)}"]
    lines += [f"  {number}  {', '.join(filter(None, rest))}" for number, *rest in list_articles(story)]
    lines += ["", page.paint(tell_headline(story), _COLORS["!"] if story.clashes else None)]
    for hint in list_hints(story):
        lines += page.wrap(hint, "note:", 6)
    tables = list_changes(story) if brief else (*list_changes(story), list_statements(story))
    for table in tables:
        word, _, rest = table.title.partition(" ")
        lines += ["", page.paint(f"{word.upper()} {rest}")]
        for first, *others in table.rows:
            for number, text in enumerate(others):
                lines += page.wrap(text, "" if number else f"  {first} ", _COURSE)
    return disarm("\n".join(lines)) + "\n"


def render_verdict(verdict: Verdict, *, color: bool = False, width: int = 80, brief: bool = False) -> str:
    """Return the plain report of findings; ``brief`` leaves out the total.

    >>> print(render_verdict(Verdict(checked=(("flood", "first.txt", "later.txt"),))), end="")
    nothing found in 1 pair
    """
    page = _Page(color, max(width, _NARROWEST))
    lines: list[str] = []
    for finding in verdict.findings:
        sign = SEVERITY_SIGNS[finding.severity]
        sign = page.paint(sign, _COLORS[sign])
        first, *rest = tell_finding(finding)
        lines += [f"{sign} {first}", *(f"  {line}" for line in rest), ""]
    lines = lines[:-1] if brief else [*lines, tell_total(verdict)]
    return disarm("".join(f"{line}\n" for line in lines))
