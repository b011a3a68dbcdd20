"""Articles made of a stock of sentences, and what the tests of laws share.

All names, places and events are made up for these tests.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from hypothesis import settings
from hypothesis import strategies as st

from consistency.comparer import Comparer
from consistency.model import Article, Bead, Comparison, Sentence

# The same examples in every run: a law that fails here fails everywhere.
laws = settings(max_examples=60, deadline=None, derandomize=True)

HANG = 1800
"""Seconds after which a process that a test started is given up: it ends what hangs, and measures nothing."""

# Two reports of one event. LINKS says which sentences make the same statement.
LEFT = (
    "The harbour bridge of Orlin collapsed on Monday after a cargo ship struck its middle pillar.",
    "Eleven workers were repairing the road surface when the span fell into the water.",
    "Divers searched the muddy river bed for the missing crew until midnight.",
    "Governor Ada Brun declared a state of emergency and asked the army for help.",
    "The ship, the Velda Star, was carrying timber from Sested to the southern ports.",
    "Its captain had reported a loss of power four minutes before the impact.",
    "Insurance companies expect the largest marine claim in the history of the country.",
    "Schools on the eastern bank will stay closed until the ferries run again.",
    "The bridge was built in 1974 and carried thirty thousand vehicles a day.",
    "Fishermen complained that oil from the wreck has already killed their oyster beds.",
)
RIGHT = (
    "Insurers expect this to become the largest marine claim in the country's history.",
    "A cargo ship struck the middle pillar of Orlin's harbour bridge on Monday, and the bridge collapsed.",
    "A wedding party watched the flames from the hotel terrace and called the fire brigade.",
    "When the span fell into the water, eleven workers were repairing its road surface.",
    "The Velda Star, the ship, was carrying timber to the southern ports from Sested.",
    "Governor Ada Brun declared a state of emergency.",
    "She also asked the army for help.",
    "Four minutes before the impact its captain had reported a loss of power.",
    "Built in 1974, the bridge carried thirty thousand vehicles a day.",
    "Until midnight divers searched the muddy bed of the river for the missing crew.",
)
LINKS = {
    ((0,), (1,)),
    ((1,), (3,)),
    ((2,), (9,)),
    ((3,), (5, 6)),
    ((4,), (4,)),
    ((5,), (7,)),
    ((6,), (0,)),
    ((8,), (8,)),
}
FOREIGN = (
    "A violin teacher from Kelm won the chess championship with a bold sacrifice.",
    "Scientists discovered a fossil beetle inside a lump of amber.",
    "Parliament debated whether dentists should prescribe antibiotics online.",
    "The goalkeeper signed a contract with her childhood club.",
)

_WHO = ("Ada Brun", "the governor", "Two fishermen", "Police", "The mayor of Sested", "A spokesman for the army")
_VERBS = (
    "said that {}",
    "did not say that {}",
    "denied that {}",
    "told the Harbour Herald that {}",
    "may confirm that {}",
    "will announce on Friday that {}",
    "allegedly wrote that {}",
)
_WHAT = (
    "{} people died",
    "{} houses burned in Kelm",
    "the river rose by {} metres",
    "prices fell by {} percent",
    "the bridge will open in {} days",
    "the bank never opened its {} vaults",
    "“{} ships were lost”",
)
_NUMBERS = ("12", "nine", "at least 40", "1,400", "several", "nearly 50", "two or three")

statements = st.builds(
    lambda who, verb, what, number: f"{who[0].upper()}{who[1:]} {verb.format(what.format(number))}.",
    *map(st.sampled_from, (_WHO, _VERBS, _WHAT, _NUMBERS)),
)
sentences = st.one_of(st.sampled_from(LEFT + RIGHT + FOREIGN), statements)
article_texts = st.lists(sentences, max_size=8).map("\n\n".join)
distinct_sentences = st.lists(sentences, min_size=1, max_size=8, unique=True)


def write(lines: Sequence[str]) -> str:
    """Return the text of an article that has these sentences, a paragraph each."""
    return "\n\n".join(lines)


def make_sentences(lines: Sequence[str]) -> list[Sentence]:
    """Return body sentences as the segmenter would."""
    made, start = [], 0
    for index, line in enumerate(lines):
        made.append(Sentence(index, start, start + len(line), line, paragraph=index))
        start += len(line) + 2
    return made


def bind(left: Sequence[Sentence], right: Sequence[Sentence]) -> tuple[Bead, ...]:
    """Align all of the left with all of the right: an aligner for tests of what comes after it."""
    return (Bead(tuple(left), tuple(right), 1.0),)


def judge(left: str, right: str, published: tuple[str | None, str | None] = (None, None)) -> Comparison:
    """Return the comparison of two statements that are known to be counterparts."""
    articles = (Article(text, published=day) for text, day in zip((left, right), published, strict=True))
    return Comparer(aligner=bind).compare(*articles)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError when the body takes so much time of the processor, however busy the machine is."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"still running after {seconds} s of processor time")

    if not hasattr(signal, "SIGVTALRM"):  # no alarms on this platform
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
