"""What several test files share: a comparison made by hand, and golden files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from consistency.model import (
    Article,
    Change,
    Comparison,
    Fact,
    Kind,
    Nature,
    Pair,
    Relation,
    Role,
    Sentence,
)

hypothesis.settings.register_profile("patient", deadline=None)  # the clock of a busy machine is no law
hypothesis.settings.load_profile("patient")

GOLDEN = Path(__file__).with_name("golden")
Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew; the test still fails")


@pytest.fixture(scope="session")
def daft() -> object:
    """Return the engine; one line of the summary counts the tests that are skipped without it."""
    return pytest.importorskip("daft", reason="Daft is missing: pip install '.[corpus]'")


@pytest.fixture(scope="session")
def ray() -> object:
    """Return the engine of clusters."""
    return pytest.importorskip("ray", reason="Ray is missing: pip install '.[ray]'")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a function that compares a text with the file of that name in tests/golden."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--regenerate"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            pytest.fail(f"{path.name} was written anew: read it, then run the tests without --regenerate")
        assert path.exists(), f"no golden file {path.name}: run pytest --regenerate"
        assert text == path.read_bytes().decode("utf-8")

    return check


def make_article(
    name: str, day: int, lines: tuple[tuple[Role, str], ...], source: str, title: str | None = None
) -> tuple[Article, tuple[Sentence, ...]]:
    """Return an article with a paragraph a line, and its sentences."""
    sentences, start = [], 0
    for index, (role, text) in enumerate(lines):
        sentences.append(Sentence(index, start, start + len(text), text, role, index))
        start += len(text) + 2
    text = "\n\n".join(text for _, text in lines)
    return Article(text, name, source, datetime.date(2023, 3, day), title), tuple(sentences)


def find_fact(article: Article, kind: Kind, words: str, value: object = None) -> Fact:
    """Return the fact that the first occurrence of ``words`` carries."""
    start = article.text.index(words)
    return Fact(kind, start, start + len(words), words, value)


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    """Return two short articles with every relation, nature and shape of change between them."""
    left, first = make_article(
        "first.txt",
        6,
        (
            (Role.HEADLINE, "Minister to Open Dam as River Rises"),
            (Role.BODY, "The water minister will open the Orlin dam next week, her office said."),
            (Role.BODY, "At least 10 people were hurt when the old wall broke on Monday."),
            (Role.BODY, "The dam cost $1.2bn."),
            (Role.BODY, "Its lake covers the valley from Orlin to Sested and feeds the canals of three districts."),
            (Role.BODY, "Farmers along the lower river say they were told too late. They left on foot."),
            (Role.CREDIT, "Reporting by the valley desk"),
        ),
        "Valley Post",
        title="A dam, late",
    )
    right, later = make_article(
        "later.txt",
        14,
        (
            (Role.BODY, "The water minister opened the Orlin dam on March 14."),
            (Role.BODY, "A school choir sang."),
            (Role.BODY, "Twelve people were hurt, two of them badly, when the old wall broke on Tuesday."),
            (Role.BODY, "Its lake covers the valley from Orlin to Sested and feeds the canals of three districts."),
            (Role.BODY, "Farmers on the lower river say that the warning came too late."),
            (Role.BODY, "They fled on foot."),
            (Role.BODY, "The price of the dam was 1.2 billion dollars, according to the Orlin Audit Court."),
        ),
        "River Gazette",
    )
    quantity, time, status = Kind.QUANTITY, Kind.TIME, Kind.STATUS
    pairs = (
        Pair(first[:1], (), Relation.UNIQUE),
        Pair(
            first[1:2],
            later[:1],
            Relation.UPDATED,
            0.83336,
            (
                Change(
                    status,
                    Nature.DEVELOPMENT,
                    find_fact(left, status, "will open", "planned"),
                    find_fact(right, status, "opened", "happened"),
                ),
                Change(
                    time,
                    Nature.ELABORATION,
                    find_fact(left, time, "next week", "2023-03-13 to 2023-03-19"),
                    find_fact(right, time, "March 14", "2023-03-14"),
                ),
            ),
        ),
        Pair(
            first[2:3],
            later[2:3],
            Relation.UPDATED,
            0.71,
            (
                Change(
                    quantity,
                    Nature.DEVELOPMENT,
                    find_fact(left, quantity, "At least 10 people", ">= 10"),
                    find_fact(right, quantity, "Twelve people", "12"),
                ),
                Change(Kind.DETAIL, Nature.ELABORATION, None, find_fact(right, Kind.DETAIL, "two of them badly")),
                Change(
                    time,
                    Nature.CONFLICT,
                    find_fact(left, time, "Monday", "2023-03-06"),
                    find_fact(right, time, "Tuesday", "2023-03-07"),
                ),
            ),
        ),
        Pair(
            first[3:4],
            later[6:7],
            Relation.UPDATED,
            0.6,
            (
                Change(
                    Kind.ATTRIBUTION,
                    Nature.ELABORATION,
                    None,
                    find_fact(right, Kind.ATTRIBUTION, "the Orlin Audit Court"),
                ),
            ),
        ),
        Pair(first[4:5], later[3:4], Relation.IDENTICAL, 1.0),
        Pair(first[5:6], later[4:6], Relation.PARAPHRASED, 0.55),
        Pair(first[6:7], (), Relation.UNIQUE),
        Pair((), later[1:2], Relation.UNIQUE),
    )
    return Comparison(left, right, first, later, pairs, "consistency 0.1.0, made by hand")
