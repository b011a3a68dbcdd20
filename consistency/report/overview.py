"""The page of a corpus: which outlets agree with which, when they contradict each other, and the gravest conflicts."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

import attrs

from consistency.report.page import render_page, show
from consistency.report.summary import shorten, tell_share

_OUTLETS = 20  # that a table shows; a wider one nobody reads
_BARS = 60
_SHADES = 5
_LONGEST = 160


@attrs.frozen
class OutletAgreement:
    """How two outlets agree: the number of their pairs, the share that they confirm of each other, their conflicts.

    >>> OutletAgreement(3, 0.5).conflicts
    0
    """

    pairs: int = 0
    confirmed: float = 0.0
    conflicts: int = 0


@attrs.frozen
class GraveConflict:
    """A conflict of a corpus: what it is about, who says what, the statement, and where its page is, empty for nowhere.

    ``names`` are the two articles; ``event`` is empty where they tell two of one thread, and ``thread`` where
    threads were not looked for.

    >>> GraveConflict("flood", "quantity", ("Post", "Wire"), ("two", "nine"), "Two people died.").page
    ''
    """

    event: str
    kind: str
    called: tuple[str, str]
    said: tuple[str, str]
    statement: str
    confidence: float = 1.0
    names: tuple[str, str] = ("", "")
    page: str = ""
    thread: str = ""

    @property
    def about(self) -> str:
        """The event and the thread in words."""
        return ", ".join(filter(None, (self.event, self.thread and f"thread {self.thread}")))


@attrs.frozen
class Overview:
    """What a run over a corpus found, drawn together.

    Attributes:
        figures: what is counted, and the numbers.
        outlets: how two outlets agree, by their names in the order of the alphabet.
        days: how many conflicts there are by the day of the later article.
        gravest: the surest conflicts.

    >>> Overview().names
    ()
    """

    figures: tuple[tuple[str, int], ...] = ()
    outlets: tuple[tuple[str, str, OutletAgreement], ...] = ()
    days: tuple[tuple[datetime.date, int], ...] = ()
    gravest: tuple[GraveConflict, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The outlets with most pairs, in the order of the alphabet."""
        counts: Counter[str] = Counter()
        for left, right, agreement in self.outlets:
            for name in {left, right}:
                counts[name] += agreement.pairs
        return tuple(sorted(name for name, _ in counts.most_common(_OUTLETS)))


@attrs.frozen
class _Cell:
    shade: int
    told: str
    conflicts: int
    title: str


def render(overview: Overview) -> str:
    """Return the page of a corpus; it loads nothing and needs no script.

    >>> page = render(Overview((("articles", 2),)))
    >>> page.startswith("<!doctype html>"), "No conflict found" in page
    (True, True)
    """
    names = overview.names
    agreements = {(left, right): agreement for left, right, agreement in overview.outlets}
    left_out = {name for left, right, _ in overview.outlets for name in (left, right)} - {*names}
    bars = _fill_bars(overview.days)
    return render_page(
        "overview.html.j2",
        ("report.css", "overview.css"),
        conflicts=dict(overview.figures).get("conflicts", 0),
        figures=[(f"{number:,}", what) for what, number in overview.figures],
        names=[show(name) for name in names],
        rows=[(show(one), [_make_cell(agreements, one, other) for other in names]) for one in names],
        left_out=len(left_out),
        shades=range(_SHADES),
        bars=bars,
        most=max((number for _, number in bars), default=0),
        gravest=[
            (
                n,
                each,
                *(f"{show(name)} says “{show(words)}”" for name, words in zip(each.called, each.said, strict=True)),
                show(shorten(each.statement, _LONGEST)),
                show(each.about),
            )
            for n, each in enumerate(overview.gravest, 1)
        ],
    )


def _make_cell(agreements: dict[tuple[str, str], OutletAgreement], one: str, other: str) -> _Cell | None:
    found = agreements.get((min(one, other), max(one, other)))
    if found is None:
        return None
    title = f"{one} and {other}: {found.pairs} pairs, {found.conflicts} conflicts"
    shade = min(int(found.confirmed * _SHADES), _SHADES - 1)
    return _Cell(shade, tell_share(found.confirmed), found.conflicts, show(title))


def _fill_bars(days: Sequence[tuple[datetime.date, int]]) -> list[tuple[str, int]]:
    """Return how many conflicts each day had, those with none too; months or years where there are too many days."""
    if not days:
        return []
    first, last = min(days)[0], max(days)[0]
    counts: Counter[str] = Counter()
    if (last - first).days < _BARS:
        for n in range((last - first).days + 1):
            counts[(first + datetime.timedelta(days=n)).isoformat()] = 0
        form = "%Y-%m-%d"
    elif (months := (last.year - first.year) * 12 + last.month - first.month) < _BARS:
        for n in range(first.month - 1, first.month + months):
            counts[f"{first.year + n // 12}-{n % 12 + 1:02}"] = 0
        form = "%Y-%m"
    else:
        for year in range(max(first.year, last.year - _BARS + 1), last.year + 1):
            counts[str(year)] = 0
        form = "%Y"
    for day, number in days:
        if (name := day.strftime(form)) in counts:
            counts[name] += number
    return list(counts.items())
