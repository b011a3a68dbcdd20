"""The markdown report: for an issue, a wiki or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from consistency.model import Comparison, Nature, Relation
from consistency.report.story import list_articles, list_changes, list_hints, list_statements, tell_headline
from consistency.report.summary import (
    MARKS,
    UNSAFE,
    Row,
    RowGroup,
    Summary,
    arrange_rows,
    neutralize,
    shorten,
    summarize,
    tell_share,
)
from consistency.report.verdict import SEVERITY_SIGNS, cut_place, tell_total
from consistency.story import StoryReport
from consistency.verdict import Place, Verdict

_LONGEST = 160
_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$#]")
_LINKED = re.compile(r"@(?=\w)|\\#(?=\d)|:(?=//)|\bwww(?=\.)", re.I)
_BREAK = "&#8203;"  # a zero-width space: what is linked after markdown was read knows no backslash


def render(comparison: Comparison) -> str:
    r"""Return the markdown report (CommonMark with the tables of GitHub).

    >>> from consistency.model import Article
    >>> rain = Article("Rain fell.", name="rain_1.txt")
    >>> print(render(Comparison(rain, rain, (), (), ())).splitlines()[0])
    # No conflict found between rain\_1.txt (1) and rain\_1.txt (2)
    """
    summary = summarize(comparison)
    lines = [*_head(summary), *_list_changes(summary), *_list_pairs(arrange_rows(comparison, summary), summary)]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    r"""Return ``text`` so that markdown shows it as it stands, and nobody is called by it nor led anywhere.

    It never stands at the start of a line, so lists and quotes need no care.

    >>> print(escape("*12* [dead] @desk"))
    \*12\* \[dead\] @&#8203;desk
    """
    return _LINKED.sub(rf"\g<0>{_BREAK}", _SPECIAL.sub(r"\\\g<0>", text))


def _head(summary: Summary) -> Iterator[str]:
    left, right = summary.left, summary.right
    yield f"# {escape(summary.headline)}"
    yield ""
    rows = (
        ("", *map(escape, summary.called)),
        ("---", "---", "---"),
        ("name", escape(left.name), escape(right.name)),
        ("source", escape(left.source), escape(right.source)),
        ("published", left.published, right.published),
        ("title", escape(left.title), escape(right.title)),
        ("told by both", *map(tell_share, summary.shared)),
        ("of it unchanged", *map(tell_share, summary.confirmed)),
    )
    yield from map(_row, rows)
    yield ""
    yield _row(("sign", "relation", "pairs"))
    yield _row(("---", "---", "---:"))
    for mark, number, word in summary.figures:
        yield _row((f"`{mark}`", escape(word), str(number)))
    if summary.hints:
        yield ""
    for hint in summary.hints:
        yield f"- note: {escape(hint)}"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _list_changes(summary: Summary) -> Iterator[str]:
    for section in summary.sections:
        yield from ("", f"## {section.title}", "")
        for statement in section.statements:
            yield f"- **{statement.change.kind}**: {escape(statement.text)} ({statement.source})"
            if section.nature is Nature.CONFLICT:
                yield f"  - {escape(shorten(statement.about, _LONGEST))}"
        if section.rest:
            yield f"- {section.rest}"


def _list_pairs(groups: tuple[RowGroup, ...], summary: Summary) -> Iterator[str]:
    for group in groups:
        yield from ("", f"## {escape(group.title)}", "")
        for row in group.rows:
            yield from _tell_row(row, summary.called)


def _tell_row(row: Row, called: tuple[str, str]) -> Iterator[str]:
    left, right = (escape(text).replace(MARKS[0], "**").replace(MARKS[1], "**") for text in (row.left, row.right))
    first = f"- `{row.sign}` {row.place}"
    if row.relation in (Relation.IDENTICAL, Relation.UNIQUE):
        yield f"{first}: {left or right}"
    else:
        yield f"{first} {row.relation}"
        yield f"  - {escape(called[0])}: {left}"
        yield f"  - {escape(called[1])}: {right}"
    for statement in row.statements:
        yield f"  - **{statement.change.kind} {statement.change.nature}**: {escape(statement.text)}"


def render_story(story: StoryReport) -> str:
    """Return the markdown report of an event.

    >>> print(render_story(StoryReport((), (), ())).splitlines()[0])
    # No conflict found between 0 articles
    """
    lines = [
        f"# {tell_headline(story)}",
        "",
        *_tabulate(("", "name", "source", "published"), list_articles(story)),
    ]
    for hint in list_hints(story):
        lines += ["", f"- note: {escape(hint)}"]
    for table in (*list_changes(story), list_statements(story)):
        lines += ["", f"## {table.title}", "", *_tabulate(table.head, table.rows)]
    return "\n".join(lines) + "\n"


def _tabulate(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head)):
        yield f"| {' | '.join(cells)} |"
    for row in rows:
        yield f"| {' | '.join(map(escape, row))} |"


def render_verdict(verdict: Verdict) -> str:
    """Return the markdown report of findings.

    >>> print(render_verdict(Verdict(troubles=("first.txt: is empty",))), end="")
    # Nothing found in 0 pairs, 1 trouble
    <BLANKLINE>
    - trouble: first.txt: is empty
    """
    lines = [f"# {tell_total(verdict).capitalize()}", ""]
    for finding in verdict.findings:
        lines.append(f"- `{SEVERITY_SIGNS[finding.severity]}` {escape(neutralize(finding.message))} `{finding.id}`")
        lines += [f"  - {_escape_place(place)} {_embolden(place)}".rstrip() for place in finding.places]
    lines += [f"- trouble: {escape(neutralize(trouble))}" for trouble in verdict.troubles]
    return "\n".join(lines).rstrip() + "\n"


def _escape_place(place: Place) -> str:
    return f"{escape(neutralize(place.name))}:{place.line}:{place.column}"


def _embolden(place: Place) -> str:
    before, words, after = (escape(UNSAFE.sub("\ufffd", part)) for part in cut_place(place))
    return f"{before}**{words}**{after}" if words else before + after
