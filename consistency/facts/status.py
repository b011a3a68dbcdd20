"""Status and polarity: whether a statement is planned, possible, alleged or done, and whether it is denied.

A fact is found where a marker stands ("will visit", "allegedly", "did not", "refused to"); a plain
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
    """The phase of the verb ``head`` (a stem), and whether it is negated; ``verb`` is the verb as it stands.

    >>> print(Status(Phase.PLANNED, "announc", verb="announce"))
    planned to announce
    """

    phase: Phase
    head: str
    negated: bool = False
    verb: str = attrs.field(default="", eq=False)

    def __str__(self) -> str:
        verb = self.verb or self.head
        to = " to" if self.phase is Phase.PLANNED and not verb.endswith("ing") else ""
        return f"{'not ' if self.negated else ''}{'' if self.phase is Phase.DONE else f'{self.phase}{to} '}{verb}"


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
_PLANNING_AFTER_BE = frozenset(["set", "due", "about", "ready", "prepared"])
_PURPOSE = frozenset(["intended", "designed", "meant"])  # after a form of "be": "is intended to reduce"
_DATED, _DATING = frozenset("due scheduled slated planned expected".split()), frozenset("in at for on back".split())
_BELIEVED = frozenset("believed thought said alleged reported suspected understood rumored rumoured".split())
_NEGATION = frozenset("not never no without cannot neither nor none nobody".split())
_BARE = frozenset("dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt shouldnt".split())
_LASTING = frozenset("has have is are yet longer".split())  # beside "not": a state, no event that is over
_REFUSAL = frozenset("failed fails failure refused refuses refusal declined declines inability".split())
_DENIAL = frozenset("deny denies denied denying denial".split())  # "denied that it attacked" answers "did not attack"
_NO_NEGATION = frozenset({("no", "doubt"), ("no", "matter"), ("not", "only"), ("not", "just"), ("not", "least")})
_SKIPPED = (
    _AUXILIARY
    | _NEGATION
    | frozenset("also still soon then now ever yet both a an the any longer one anyone anybody anything having".split())
)
_CONDITIONAL = frozenset("would could should must can to be".split())  # what follows is not said to be done
_DETERMINERS = frozenset("a an the his her its their our my this that these those".split())
_HEADLESS = frozenset(
    "of in on at by for from with as than that this it he she they we i you who which and or but so if "
    "when because there its his her their our my him them me us".split()
)
_ALSO_PAST = frozenset("left felt found saw put set cut hit quit".split())  # words of other meanings too
_MARKERS = (
    frozenset(_MODAL) | _PLANNING | _PLANNING_AFTER_BE | _DATED | _BELIEVED | _BE | _NEGATION | _BARE | _REFUSAL
) | frozenset({"yet", "unable"})
_CLAUSE_ENDS = frozenset('.;:!?"“”—)')
_REACH = 4  # words from a marker to its verb


def find(article: Article, sentences: Sequence[Sentence]) -> tuple[tuple[Fact, ...], ...]:
    """Return the marked statuses (``Kind.STATUS``) and negations (``Kind.POLARITY``) of each sentence.

    >>> text = "Mara Veld will visit Oslo and did not rule out a second trip."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [(str(fact.kind), fact.text, str(fact.value)) for fact in facts]
    [('status', 'will visit', 'planned to visit'), ('polarity', 'not rule', 'not rule')]
    """
    return tuple(tuple(_scan(article.text, tokenize(s.text, s.start))) for s in sentences)


def compare(left: Fact, right: Fact) -> Agreement | None:
    """Return how two marked facts of one kind agree, ``None`` where their verbs have nothing in common.

    >>> will, may = (Fact(Kind.STATUS, 0, 4, "", Status(phase, "visit")) for phase in (Phase.PLANNED, Phase.POSSIBLE))
    >>> print(compare(will, will), compare(will, may))
    same different
    """
    one, other = left.value, right.value
    if not (isinstance(one, Status) and isinstance(other, Status)) or left.kind is not right.kind:
        return None
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
    denied = 0  # words to the end of what a negation reaches
    for token in tokens:
        if fact.kind is Kind.POLARITY:
            denied = _REACH + 1 if is_negation(token) or token.norm in _DENIAL else denied - 1
        free = denied <= 0 and before not in _CONDITIONAL and _can_answer(fact, token, before)
        if free and not any(start <= token.start < end for start, end in taken):
            yield Fact(fact.kind, token.start, token.end, token.text, Status(Phase.DONE, token.stem, verb=token.norm))
        before = token.norm


def _can_answer(fact: Fact, token: Token, before: str) -> bool:
    """Whether a plain word may tell that what is marked is done: the same verb, or what became of a plan."""
    assert isinstance(fact.value, Status)
    if fact.kind is Kind.POLARITY:
        return lexicon.are_synonyms(token.stem, fact.value.head)
    if token.norm.endswith("ing") and before not in _BE:  # "before taking"
        return False
    if fact.value.phase is not Phase.PLANNED:
        return lexicon.are_synonyms(token.stem, fact.value.head)
    if not _is_past(token):  # "opens on 14 September" may be a plan as well; "is opening", "is in town" are not
        placed = before in _DATING or (before in _BE and token.norm.endswith("ing"))
        return placed and lexicon.are_synonyms(token.stem, fact.value.head)
    if lexicon.are_synonyms(token.stem, fact.value.head):
        return True
    return (
        token.text.islower() and token.norm not in _SKIPPED and token.norm not in SAYING and before not in _DETERMINERS
    )


def _is_past(token: Token) -> bool:
    irregular = token.norm in irregular_forms() and not token.norm.endswith("s")  # went, no goes
    return irregular or token.norm.endswith("ed") or token.norm in _ALSO_PAST


def is_negation(token: Token) -> bool:
    """Say whether a word negates.

    >>> [token.text for token in tokenize("It isn't raining, nor did it.") if is_negation(token)]
    ["isn't", 'nor']
    """
    return token.norm in _NEGATION or token.norm in _BARE or token.norm.endswith("n't")


def is_denial(one: Token, other: Token) -> bool:
    """Say whether one of two words is the other with its negation: "can't" or "cannot" and "can".

    >>> can, cannot, will = tokenize("can cannot will")
    >>> is_denial(cannot, can), is_denial(can, cannot), is_denial(will, cannot)
    (True, True, False)
    """
    plain, denied = sorted((one.norm, other.norm), key=len)
    return denied in (f"{plain}n't", f"{plain}'t", f"{plain}not")


def is_lasting(fact: Fact, tokens: Sequence[Token]) -> bool:
    """Say whether a negated verb tells of a state that may end or begin: "has not paid", "no longer pays".

    >>> def last(text):
    ...     (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    ...     return [is_lasting(fact, tokenize(text)) for fact in facts]
    >>> last("The bank has not yet paid."), last("The bank did not pay.")
    ([True], [False])
    """
    if not (isinstance(fact.value, Status) and fact.value.negated):
        return False
    places = [k for k, token in enumerate(tokens) if fact.start <= token.start < fact.end]
    near = tokens[max(0, places[0] - 1) : places[-1]] if places else ()
    return any(token.norm.removesuffix("n't") in _LASTING for token in near)


def _scan(text: str, tokens: Sequence[Token]) -> Iterator[Fact]:
    for k, token in enumerate(tokens):
        if token.norm not in _MARKERS and not token.norm.endswith("n't"):
            continue
        phase, last = _read_phase(tokens, k)
        if phase and (head := _find_head(text, tokens, last + 1)):
            yield _build(Kind.STATUS, text, token, head, Status(phase, head.stem, verb=head.norm))
        if _negates(tokens, k) and (head := _find_head(text, tokens, k + 1)):
            yield _build(Kind.POLARITY, text, token, head, Status(Phase.DONE, head.stem, negated=True, verb=head.norm))


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
        if (word in _PLANNING and not (word in _PURPOSE and after_be)) or (word in _PLANNING_AFTER_BE and after_be):
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
