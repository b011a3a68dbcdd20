"""The gate: how sure it is that two rivals clash, and whether the clash is a conflict or a development.

Two logistic models a kind of fact (weights: ``data/gate.json``, made by ``benchmarks/train_gate.py``): one says whether
two rivals are two answers to one question, the other whether both answers can be true, each at its own time. Where the
gate is not sure enough the change stays an elaboration: one side tells something else, and no alarm is raised.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping

import attrs

from consistency.diff.rivals import Rival
from consistency.model import Change, Nature
from consistency.odds import Odds
from consistency.text import find_data


@attrs.frozen
class Gate:
    """What is learned of one kind of fact.

    Attributes:
        clash: whether two rivals answer one question in two ways.
        conflict: of two that do, whether they conflict; else one came after the other.
        least: the confidence from which a clash is told.
    """

    clash: Odds
    conflict: Odds
    least: float

    def judge(self, rival: Rival) -> Change | None:
        """Return the change that a rival is, with its confidence; ``None`` where it is too unsure to be told."""
        clash, conflict = self.clash.tell(rival.signals), self.conflict.tell(rival.signals)
        nature = rival.nature or (Nature.CONFLICT if conflict >= 0.5 else Nature.DEVELOPMENT)
        confidence = round(clash * (1.0 if rival.nature else max(conflict, 1 - conflict)), 4)
        if confidence < self.least:
            return None
        return Change(min(rival.left.kind, rival.right.kind), nature, rival.left, rival.right, confidence)


def _rank(change: Change) -> tuple[float, int, int]:
    """Return the place of a clash among others, the same from either side."""
    left, right = (fact.start if fact else 0 for fact in (change.left, change.right))
    return -change.confidence, abs(left - right), left + right


@functools.cache
def load_gates() -> Mapping[str, Gate]:
    """Return the shipped gates by the kind of fact.

    >>> sorted(load_gates())[:2]
    ['act', 'entity']
    """
    learned = json.loads(find_data("gate.json").read_text("utf-8"))
    return {
        kind: Gate(Odds(**rows["clash"]), Odds(**rows["conflict"]), rows["least"]) for kind, rows in learned.items()
    }


def judge_rivals(rivals: Iterable[Rival], gates: Mapping[str, Gate] | None = None) -> list[Change]:
    """Return the clashes among rivals, the surest first; each fact is in one of them.

    >>> judge_rivals([])
    []
    """
    gates = load_gates() if gates is None else gates
    found = [change for rival in rivals if (gate := gates.get(rival.gate)) and (change := gate.judge(rival))]
    found.sort(key=_rank)
    told: set[tuple[str, int, int]] = set()
    kept = []
    for change in found:
        sides = (("left", change.left), ("right", change.right))
        facts = {(name, fact.start, fact.end) for name, fact in sides if fact}
        if told.isdisjoint(facts):
            told |= facts
            kept.append(change)
    return kept
