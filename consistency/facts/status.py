"""Status and polarity: whether a statement is planned, possible, alleged or done, and whether it is denied.

A fact is found where a marker stands ("will visit", "is scheduled to leave", "allegedly", "did not", "denied"); a plain
past or present verb needs none. ``find_plain`` finds the plain verbs that can answer a marked one on the other side.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable, Iterator, Sequence

import attrs

from consistency import lexicon
from consistency.facts.speech import SAYING
from consistency.model import Agreement, Article, Fact, Kind, Sentence
from consistency.text import Token, irregular_forms, tokenize


class Phase(str, enum.Enum):
    """How far along a statement is.

    >>> print(Phase.PLANNED)
    planned
    """

    PLANNED = "planned"
    POSSIBLE = "possible"
    ALLEGED = "alleged"
    DONE = "done"

    def __str__(self) -> str:
        return str(self.value)


@attrs.frozen
class Status:
    """The phase of the verb ``head`` (a stem), and whether it is negated.

    >>> print(Status(Phase.PLANNED, "visit"))
    planned visit
    """

    phase: Phase
    head: str
    negated: bool = False

    def __str__(self) -> str:
        return f"{'not ' if self.negated else ''}{self.phase} {self.head}"


_BE = frozenset("is are was were be been being am 's 're".split())
_AUXILIARY = _BE | frozenset("has have had having do does did to".split())
_MODAL = {
    **dict.fromkeys("will shall wo i'll he'll she'll it'll we'll they'll you'll".split(), Phase.PLANNED),
    **dict.fromkeys("may might could possibly probably likely perhaps maybe".split(), Phase.POSSIBLE),
    **dict.fromkeys(
        "allegedly reportedly purportedly supposedly alleged rumored rumoured suspected".split(), Phase.ALLEGED
    ),
}
# Words that mark a plan when "to" follows them; those in the second set only after a form of "be".
_PLANNING = frozenset(
    "plan plans planned planning intends intend intended hopes hope hoping aims aim vowed vows pledged "
    "pledges promised promises agreed agrees preparing prepares wants want expects expect scheduled "
    "expected going poised slated".split()
)
_PLANNING_AFTER_BE = frozenset(["set", "due", "about", "ready"])
_DATED, _DATING = frozenset("due scheduled slated planned expected".split()), frozenset("in at for on back".split())
_BELIEVED = frozenset("believed thought said alleged reported suspected understood rumored rumoured".split())
_NEGATION = frozenset("not never no without cannot neither nor none nobody".split())
_REFUSAL = frozenset("failed fails refused refuses declined declines".split())
_NO_NEGATION = frozenset({("no", "doubt"), ("no", "matter"), ("not", "only"), ("not", "just"), ("not", "least")})
_SKIPPED = _AUXILIARY | _NEGATION | frozenset("also still soon then now ever yet both a an the any longer one".split())
_CONDITIONAL = frozenset("would could should must can to".split())  # what follows is not said to be done
_HEADLESS = frozenset(
    "of in on at by for from with as than that this it he she they we i you who which and or but so if "
    "when because there its his her their our my".split()
)
_ALSO_PAST = frozenset("left felt found saw put set cut hit quit".split())  # words of other meanings too
_MARKERS = (
    frozenset(_MODAL) | _PLANNING | _PLANNING_AFTER_BE | _DATED | _BELIEVED | _BE | _NEGATION | _REFUSAL
) | frozenset({"yet", "unable"})
_CLAUSE_ENDS = frozenset('.;:!?"“”—)')
_REACH = 4  # words from a marker to its verb


def find(article: Article, sentences: Sequence[Sentence]) -> tuple[tuple[Fact, ...], ...]:
    """Return the marked statuses (``Kind.STATUS``) and negations (``Kind.POLARITY``) of each sentence.

    >>> text = "Mara Veld will visit Oslo and did not rule out a second trip."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [(str(fact.kind), fact.text, str(fact.value)) for fact in facts]
    [('status', 'will visit', 'planned visit'), ('polarity', 'not rule', 'not done rule')]
    """
    return tuple(tuple(_scan(article.text, tokenize(s.text, s.start))) for s in sentences)


def compare(left: Fact, right: Fact) -> Agreement | None:
    """Return how two marked facts of one kind agree, ``None`` where their verbs have nothing in common.

    >>> will, may = (Fact(Kind.STATUS, 0, 4, "", Status(phase, "visit")) for phase in (Phase.PLANNED, Phase.POSSIBLE))
    >>> print(compare(will, will), compare(will, may))
    same different
    """
    one, other = left.value, right.value
    assert isinstance(one, Status)
    assert isinstance(other, Status)
    if not lexicon.are_synonyms(one.head, other.head):
        return None
    if left.kind is Kind.POLARITY:
        return Agreement.SAME if one.negated == other.negated else Agreement.DIFFERENT
    return Agreement.SAME if one.phase is other.phase else Agreement.DIFFERENT


def head_of(fact: Fact) -> str:
    """Return the stem of the word that a status or polarity is about.

    >>> head_of(Fact(Kind.STATUS, 0, 10, "will visit", Status(Phase.PLANNED, "visit")))
    'visit'
    """
    assert isinstance(fact.value, Status)
    return fact.value.head


def find_plain(fact: Fact, tokens: Iterable[Token], marked: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the plain words of the other side that can answer a marked fact.

    ``tokens`` are the words of the other side, ``marked`` its own facts: a word inside one of them is not plain.

    >>> fact = Fact(Kind.STATUS, 0, 10, "will visit", Status(Phase.PLANNED, "visit"))
    >>> [str(plain) for plain in find_plain(fact, tokenize("Mara Veld visited Oslo."), [])]
    ['visited']
    """
    taken = [(other.start, other.end) for other in marked if other.kind is fact.kind]
    before = ""
    for token in tokens:
        free = before not in _CONDITIONAL and not any(start <= token.start < end for start, end in taken)
        before = token.norm
        if free and (lexicon.are_synonyms(token.stem, head_of(fact)) or _can_follow(fact, token)):
            yield Fact(fact.kind, token.start, token.end, token.text, Status(Phase.DONE, token.stem))


def _can_follow(fact: Fact, token: Token) -> bool:
    """Whether a past verb may tell what became of a plan in other words: "will visit", "arrived"."""
    assert isinstance(fact.value, Status)
    if fact.value.phase is not Phase.PLANNED:
        return False
    past = token.norm.endswith("ed") or token.norm in irregular_forms() or token.norm in _ALSO_PAST
    return past and token.text.islower() and token.norm not in _SKIPPED and token.norm not in SAYING


def is_negation(token: Token) -> bool:
    """Say whether a word negates.

    >>> [token.text for token in tokenize("It isn't raining, nor did it.") if is_negation(token)]
    ["isn't", 'nor']
    """
    return token.norm in _NEGATION or token.norm.endswith("n't")


def _scan(text: str, tokens: Sequence[Token]) -> Iterator[Fact]:
    for k, token in enumerate(tokens):
        if token.norm not in _MARKERS and not token.norm.endswith("n't"):
            continue
        phase, last = _read_phase(tokens, k)
        if phase and (head := _find_head(text, tokens, last + 1)):
            yield _build(Kind.STATUS, text, token, head, Status(phase, head.stem))
        if _negates(tokens, k) and (head := _find_head(text, tokens, k + 1)):
            yield _build(Kind.POLARITY, text, token, head, Status(Phase.DONE, head.stem, negated=True))


def _read_phase(tokens: Sequence[Token], k: int) -> tuple[Phase | None, int]:
    """Return the phase that a marker at ``k`` sets, and the index of the marker's last word."""
    word = tokens[k].norm.removesuffix("n't")  # "won't" plans as "will" does
    if word in _MODAL and not (word == "may" and tokens[k].text == "May"):
        return _MODAL[word], k
    following = tokens[k + 1].norm if k + 1 < len(tokens) else ""
    if following != "to" and following not in _DATING:
        return None, k
    after_be = any(token.norm in _BE for token in tokens[max(0, k - 2) : k])
    if following == "to":
        if word in _PLANNING or (word in _PLANNING_AFTER_BE and after_be):
            return Phase.PLANNED, k + 1
        if word in _BELIEVED and after_be:
            return Phase.ALLEGED, k + 1
        if word in _BE and k + 2 < len(tokens) and _is_base_form(tokens[k + 2]):  # "is to visit"
            return Phase.PLANNED, k + 1
    if word in _DATED and following in _DATING and after_be:  # "is due in town", "was scheduled for"
        return Phase.PLANNED, k + 1
    return None, k


@functools.lru_cache(1 << 12)
def _is_ending(word: str) -> bool:
    return word.endswith(("ing", "ed", "s", "ly"))


def _is_base_form(token: Token) -> bool:
    return token.text.islower() and not _is_ending(token.norm)


def _negates(tokens: Sequence[Token], k: int) -> bool:
    word = tokens[k].norm
    if word in _REFUSAL:
        return k + 1 < len(tokens) and tokens[k + 1].norm == "to"
    following = tokens[k + 1].norm if k + 1 < len(tokens) else ""
    if word in {"yet", "unable"}:
        return following == "to"
    return is_negation(tokens[k]) and (word, following) not in _NO_NEGATION


def _find_head(text: str, tokens: Sequence[Token], start: int) -> Token | None:
    """Return the word that a marker is about: the next plain content word, if one is near in the same clause."""
    for before, token in zip(tokens[start - 1 :], tokens[start : start + _REACH]):  # noqa: B905  ends with the shorter
        if not _CLAUSE_ENDS.isdisjoint(text[before.end : token.start]):
            return None
        if token.norm not in _SKIPPED and not token.norm.endswith("ly"):
            return token if token.text.islower() and token.norm not in _HEADLESS else None
    return None


def _build(kind: Kind, text: str, first: Token, head: Token, status: Status) -> Fact:
    return Fact(kind, first.start, head.end, text[first.start : head.end], status)
