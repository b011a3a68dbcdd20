"""What a right comparison of the two seed articles says; the articles themselves are not in this repository.

    python benchmarks/seeds.py ../shared/seeds

Sentences are found by their first words. LEFT is the article of 5 September 2022, RIGHT that of 14 September.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterator

import consistency
from consistency import Comparison, Kind, Nature, Pair, Relation

IDENTICAL = (
    "During the summit he is expected",
    "The report by outgoing UN High Commissioner",
    "China says the camps",
    "Kazakhs are the second-largest",
    "The region is also home",
)
PARAPHRASED = (
    ("After that, Xi is scheduled to travel", "Xi is scheduled to leave Kazakhstan"),
    ("The SCO comprises", "The SCO's members are"),
    ("China has not condemned", "China has not condemned"),
    ("The United Nations last week issued", "In late August, the United Nations issued"),
)
VISIT = ("NUR-SULTAN -- Chinese President Xi Jinping will visit", "Chinese President Xi Jinping arrived")
RALLY = ("Also on September 5, several men and women", "Before Xi's visit, Kazakh authorities sent")
UNIQUE_LEFT = (
    "Chinese President's First Trip",
    "Chinese President Xi Jinping (file photo)",
    "A group of people whose relatives",
    "SEE ALSO:",
    "Kazakh Foreign Ministry spokesman",
)
UNIQUE_RIGHT = (
    "Toqaev thanked Xi",
    '"In this short period of time',
    '"The Chinese government pays',
    "Hours before Xi's visit",
    "With reporting by",
)
NO_FACT = ("COVID-19", "RFE/RL", "date 2022-09-14")


def compare(folder: pathlib.Path) -> Comparison:
    """Return the comparison of the two seed articles."""
    (left,), (right,) = (list(folder.glob(f"{number}_*.txt")) for number in ("001", "000"))
    return consistency.compare(consistency.read(left, published="2022-09-05"), consistency.read(right))


def check(folder: pathlib.Path) -> dict[str, bool]:
    """Return each statement on the seed articles, and whether it holds."""
    return dict(_check(compare(folder)))


def _check(found: Comparison) -> Iterator[tuple[str, bool]]:
    for start in IDENTICAL:
        yield f"identical: {start}", _is(find(found, start, start), Relation.IDENTICAL)
    for starts in PARAPHRASED:
        yield f"paraphrased: {' / '.join(starts)}", _is(find(found, *starts), Relation.PARAPHRASED)
    visit, rally = find(found, *VISIT), find(found, *RALLY)
    yield f"updated: {' / '.join(VISIT)}", _is(visit, Relation.UPDATED)
    yield "the visit: status, development", _has(visit, Kind.STATUS, Nature.DEVELOPMENT)
    yield "the visit: the two times agree", visit is not None and Kind.TIME not in _kinds(visit)
    yield f"updated: {' / '.join(RALLY)}", _is(rally, Relation.UPDATED)
    yield "the rally: a quantity", Kind.QUANTITY in _kinds(rally)
    yield "the rally: a detail", Kind.DETAIL in _kinds(rally)
    yield "the rally: development", rally is not None and rally.nature is Nature.DEVELOPMENT
    for start in UNIQUE_LEFT:
        yield f"unique on the left: {start}", _is(find(found, start, None), Relation.UNIQUE)
    for start in UNIQUE_RIGHT:
        yield f"unique on the right: {start}", _is(find(found, None, start), Relation.UNIQUE)
    yield "the header is metadata", str(found.right.published) == "2022-09-14" and not _reads_header(found)
    for words in NO_FACT:
        yield f"no fact is read out of {words}", not any(_inside(found, words))


def find(found: Comparison, left: str | None, right: str | None) -> Pair | None:
    """Return the pair with a sentence on each side that starts so; None for a side that is empty."""
    for pair in found.pairs:
        sides = ((pair.left, left), (pair.right, right))
        if all(any(s.text.startswith(start) for s in side) if start else not side for side, start in sides):
            return pair
    return None


def _is(pair: Pair | None, relation: Relation) -> bool:
    return pair is not None and pair.relation is relation


def _has(pair: Pair | None, kind: Kind, nature: Nature) -> bool:
    return pair is not None and any((c.kind, c.nature) == (kind, nature) for c in pair.changes)


def _kinds(pair: Pair | None) -> set[Kind]:
    return {change.kind for change in pair.changes} if pair else set()


def _reads_header(found: Comparison) -> bool:
    return any(sentence.start < found.right.header.end for sentence in found.right_sentences)


def _inside(found: Comparison, words: str) -> Iterator[bool]:
    """Yield for each fact that the default finders read whether it is a part of these words."""
    comparer = consistency.Comparer()
    for article, sentences in ((found.left, found.left_sentences), (found.right, found.right_sentences)):
        places = [k for k in range(len(article.text)) if article.text.startswith(words, k)]
        for finder in comparer.finders:
            for fact in (fact for facts in finder.find(article, sentences) for fact in facts):
                if fact.kind in (Kind.QUANTITY, Kind.TIME, Kind.PLACE):  # that an outlet says it is no misreading
                    yield any(place < fact.end and fact.start < place + len(words) for place in places)


if __name__ == "__main__":
    statements = check(pathlib.Path(sys.argv[1]))
    for statement, is_true in statements.items():
        print("PASS" if is_true else "FAIL", statement)
    sys.exit(not all(statements.values()))
