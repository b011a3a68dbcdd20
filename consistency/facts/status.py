"""Status and polarity: whether a statement is planned, possible, alleged or done, and whether it is denied.

A fact is found where a marker stands ("will visit", "allegedly", "did not", "refused to"); a plain
past or present verb needs none. ``find_plain`` finds the plain verbs that can answer a marked one on the other side.
The markers are data of the language, in the form of ConText (Harkema et al. 2009): literal, category, direction.
"""

from __future__ import annotations

import enum
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from consistency import lexicon
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Article, Fact, Kind, Sentence
from consistency.text import Token, irregular_forms, tokenize_sentences


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


_CLAUSE_ENDS = frozenset('.;:!?"“”—)')
_REACH = 4  # words from a marker to its verb
_NEGATED = "n't"  # of an auxiliary
_AFTER_BE, _DATING, _ACT = "{be}", "{dating}", "{act}"  # slots of a literal
_DENIED = "denied"  # the category beside those of Phase


@attrs.frozen
class Markers:
    """The words of status of a language, as ``status.toml`` has them; it says what each class means.

    >>> "may" in Markers.read(ENGLISH).rules["possible"]["forward"]
    True
    """

    rules: Mapping[str, Mapping[str, tuple[str, ...]]]
    dating: frozenset[str]
    capitals: frozenset[str]
    skipped: frozenset[str]
    headless: frozenset[str]
    conditional: frozenset[str]
    lasting: frozenset[str]
    denying: frozenset[str]
    past: frozenset[str]

    @classmethod
    def read(cls, language: Language) -> Markers:
        """Return the words of a language."""
        return language.read("status.toml", cls)


def find(article: Article, sentences: Sequence[Sentence], language: Language = ENGLISH) -> tuple[tuple[Fact, ...], ...]:
    """Return the marked statuses (``Kind.STATUS``) and negations (``Kind.POLARITY``) of each sentence.

    >>> text = "Mara Veld will visit Oslo and did not rule out a second trip."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [(str(fact.kind), fact.text, str(fact.value)) for fact in facts]
    [('status', 'will visit', 'planned to visit'), ('polarity', 'not rule', 'not rule')]
    """
    scanner = _build_scanner(language)
    return tuple(tuple(scanner.scan(article.text, told)) for told in tokenize_sentences(tuple(sentences), language))


def compare(left: Fact, right: Fact, language: Language = ENGLISH) -> Agreement | None:
    """Return how two marked facts of one kind agree, ``None`` where their verbs have nothing in common.

    >>> will, may = (Fact(Kind.STATUS, 0, 4, "", Status(phase, "visit")) for phase in (Phase.PLANNED, Phase.POSSIBLE))
    >>> print(compare(will, will), compare(will, may))
    same different
    """
    one, other = left.value, right.value
    if not (isinstance(one, Status) and isinstance(other, Status)) or left.kind is not right.kind:
        return None
    if not lexicon.are_synonyms(one.head, other.head, language):
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


def find_plain(
    fact: Fact, tokens: Iterable[Token], marked: Iterable[Fact], language: Language = ENGLISH
) -> Iterator[Fact]:
    """Yield the plain words of the other side that can answer a marked fact.

    ``tokens`` are the words of the other side, ``marked`` its own facts: a word inside one of them is not plain.

    >>> from consistency.text import tokenize
    >>> fact = Fact(Kind.STATUS, 0, 10, "will visit", Status(Phase.PLANNED, "visit"))
    >>> [str(plain) for plain in find_plain(fact, tokenize("Mara Veld visited Oslo."), [])]
    ['visited']
    """
    scanner = _build_scanner(language)
    taken = [(other.start, other.end) for other in marked if other.kind is fact.kind]
    before = ""
    denied = 0  # words to the end of what a negation reaches
    for token in tokens:
        if fact.kind is Kind.POLARITY:
            denies = scanner.is_negation(token) or token.norm in scanner.words.denying
            denied = _REACH + 1 if denies else denied - 1
        free = denied <= 0 and before not in scanner.words.conditional and scanner.can_answer(fact, token, before)
        if free and not any(start <= token.start < end for start, end in taken):
            yield Fact(fact.kind, token.start, token.end, token.text, Status(Phase.DONE, token.stem, verb=token.norm))
        before = token.norm


def is_negation(token: Token, language: Language = ENGLISH) -> bool:
    """Say whether a word negates.

    >>> from consistency.text import tokenize
    >>> [token.text for token in tokenize("It isn't raining, nor did it.") if is_negation(token)]
    ["isn't", 'nor']
    """
    return _build_scanner(language).is_negation(token)


def is_denied(tokens: Iterable[Token], language: Language = ENGLISH) -> bool:
    """Say whether one of some words negates.

    >>> from consistency.text import tokenize
    >>> is_denied(tokenize("It never rains.")), is_denied(tokenize("It rains."))
    (True, False)
    """
    return any(map(_build_scanner(language).is_negation, tokens))


def is_denial(one: Token, other: Token) -> bool:
    """Say whether one of two words is the other with its negation: "can't" or "cannot" and "can".

    >>> from consistency.text import tokenize
    >>> can, cannot, will = tokenize("can cannot will")
    >>> is_denial(cannot, can), is_denial(can, cannot), is_denial(will, cannot)
    (True, True, False)
    """
    plain, denied = sorted((one.norm, other.norm), key=len)
    return denied in (f"{plain}n't", f"{plain}'t", f"{plain}not")


def is_lasting(fact: Fact, tokens: Sequence[Token], language: Language = ENGLISH) -> bool:
    """Say whether a negated verb tells of a state that may end or begin: "has not paid", "no longer pays".

    >>> from consistency.text import tokenize
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
    lasting = Markers.read(language).lasting
    return any(token.norm.removesuffix(_NEGATED) in lasting for token in near)


@attrs.frozen
class _Literal:
    """A literal of a rule, without the word that it starts with."""

    category: str
    rest: tuple[str, ...]
    after_be: bool
    act: bool
    pseudo: bool


class _MarkerScanner:
    """Finds the markers of a sentence by the words of a language."""

    def __init__(self, language: Language) -> None:
        self.language, self.words = language, Markers.read(language)
        self.grammar, self.saying = lexicon.FunctionWords.read(language), lexicon.Speech.read(language).saying
        self.irregular = irregular_forms(language)
        literals: dict[str, list[_Literal]] = {}
        for category, directions in self.words.rules.items():
            for direction, phrases in directions.items():
                for phrase in phrases:
                    first, *rest = (word for word in phrase.split() if word not in (_AFTER_BE, _ACT))
                    after_be, act = phrase.startswith(_AFTER_BE), phrase.endswith(_ACT)
                    literal = _Literal(category, tuple(rest), after_be, act, direction == "pseudo")
                    literals.setdefault(first, []).append(literal)
        self.literals = {
            word: tuple(sorted(found, key=lambda each: (len(each.rest), each.after_be), reverse=True))
            for word, found in literals.items()
        }
        self.negations = {word for word, found in literals.items() if any(map(_is_bare_denial, found))}
        grammar = self.grammar
        self.skipped = self.words.skipped | grammar.articles | grammar.be | grammar.auxiliaries | self.negations

    def scan(self, text: str, tokens: Sequence[Token]) -> Iterator[Fact]:
        for k, token in enumerate(tokens):
            bare = token.norm.removesuffix(_NEGATED)  # "won't" plans as "will" does
            if bare not in self.literals and bare == token.norm:
                continue
            phase = self._match(tokens, k, bare, denied=False)
            denial = self._match(tokens, k, token.norm, denied=True)
            if phase and (head := self._find_head(text, tokens, k + 1 + len(phase.rest))):
                yield _build(Kind.STATUS, text, token, head, Status(Phase(phase.category), head.stem, verb=head.norm))
            if denial or bare != token.norm:
                head = self._find_head(text, tokens, k + 1 + len(denial.rest if denial else ()))
                if head:
                    yield _build(
                        Kind.POLARITY, text, token, head, Status(Phase.DONE, head.stem, negated=True, verb=head.norm)
                    )

    def _match(self, tokens: Sequence[Token], k: int, word: str, *, denied: bool) -> _Literal | None:
        """Return the longest literal at a word that is a denial, or is none; ``None`` where that is no marker."""
        for literal in self.literals.get(word, ()):
            if (literal.category == _DENIED) is denied and self._fits(literal, tokens, k):
                return None if literal.pseudo else literal
        return None

    def _fits(self, literal: _Literal, tokens: Sequence[Token], k: int) -> bool:
        following = tokens[k + 1 : k + 1 + len(literal.rest)]
        if len(following) < len(literal.rest) or (
            tokens[k].text[0].isupper() and tokens[k].norm in self.words.capitals
        ):
            return False
        if not all(
            token.norm in self.words.dating if word == _DATING else token.norm == word
            for word, token in zip(literal.rest, following, strict=True)
        ):
            return False
        if literal.after_be and not any(token.norm in self.grammar.be for token in tokens[max(0, k - 2) : k]):
            return False
        after = k + 1 + len(literal.rest)
        return not literal.act or (after < len(tokens) and _is_base_form(tokens[after]))

    def _find_head(self, text: str, tokens: Sequence[Token], start: int) -> Token | None:
        """Return the word that a marker is about: the next content word, if one is near in the same clause."""
        for before, token in itertools.pairwise(tokens[start - 1 : start + _REACH]):
            if not _CLAUSE_ENDS.isdisjoint(text[before.end : token.start]):
                return None
            if token.norm not in self.skipped and not token.norm.endswith("ly"):
                return token if token.text.islower() and token.norm not in self.words.headless else None
        return None

    def is_negation(self, token: Token) -> bool:
        return token.norm in self.negations or token.norm.endswith(_NEGATED)

    def can_answer(self, fact: Fact, token: Token, before: str) -> bool:
        """Whether a plain word may tell that what is marked is done: the same verb, or what became of a plan."""
        assert isinstance(fact.value, Status)
        alike = lexicon.are_synonyms(token.stem, fact.value.head, self.language)
        if fact.kind is Kind.POLARITY:
            return alike
        lasts, is_so = token.norm.endswith("ing"), before in self.grammar.be
        if lasts and not is_so:  # "before taking"
            return False
        if fact.value.phase is not Phase.PLANNED:
            return alike
        if not self._is_past(token):  # "opens on 14 September" may be a plan; "is opening", "is in town" are not
            return alike and (lasts or before in self.words.dating)
        owned = before in self.grammar.articles | self.grammar.determiners | self.grammar.possessives
        plain = token.text.islower() and token.norm not in self.skipped | self.saying
        return alike or (plain and not owned)

    def _is_past(self, token: Token) -> bool:
        irregular = token.norm in self.irregular and not token.norm.endswith("s")  # went, no goes
        return irregular or token.norm.endswith("ed") or token.norm in self.words.past


@functools.cache
def _build_scanner(language: Language) -> _MarkerScanner:
    return _MarkerScanner(language)


def _is_bare_denial(literal: _Literal) -> bool:
    return literal.category == _DENIED and not literal.rest and not literal.pseudo


@functools.lru_cache(1 << 12)
def _is_ending(word: str) -> bool:
    return word.endswith(("ing", "ed", "s", "ly"))


def _is_base_form(token: Token) -> bool:
    return token.text.islower() and not _is_ending(token.norm)


def _build(kind: Kind, text: str, first: Token, head: Token, status: Status) -> Fact:
    return Fact(kind, first.start, head.end, text[first.start : head.end], status)
