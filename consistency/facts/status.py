"""Status and polarity: whether a statement is planned, possible, alleged or done, and whether it is denied.

A fact is found where a marker stands ("will visit", "allegedly", "did not", "refused to"); a plain
past or present verb needs none. ``find_plain`` finds the plain verbs that can answer a marked one on the other side.
The markers are rules of ``status.toml``, in the form of ConText (Harkema et al. 2009): a category, literals, and what
they are about.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from consistency import lexicon
from consistency.facts.line import Line, read_lines
from consistency.facts.patterns import Builder, Grammar, Match, Read, Slot, list_words
from consistency.language import ENGLISH, Language, WordLists
from consistency.model import Agreement, Article, Fact, Kind, Sentence, Word
from consistency.text import Token, irregular_forms


class Phase(Word):
    """How far along a statement is.

    >>> print(Phase.PLANNED)
    planned
    """

    PLANNED = "planned"
    POSSIBLE = "possible"
    ALLEGED = "alleged"
    DONE = "done"


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


_REACH = 4  # words from a marker to its verb


@attrs.frozen
class Markers(WordLists):
    """The words of status of a language, as ``status.toml`` has them; it says what each class means.

    >>> "never" in ENGLISH.read("status.toml", Markers).negations
    True
    """

    phases: Mapping[str, tuple[str, ...]]
    denials: Mapping[str, tuple[str, ...]]


def find(_: Article, sentences: Sequence[Sentence], language: Language = ENGLISH) -> tuple[tuple[Fact, ...], ...]:
    """Return the marked statuses (``Kind.STATUS``) and negations (``Kind.POLARITY``) of each sentence.

    >>> text = "Mara Veld will visit Oslo and did not rule out a second trip."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [(str(fact.kind), fact.text, str(fact.value)) for fact in facts]
    [('status', 'will visit', 'planned to visit'), ('polarity', 'not rule', 'not rule')]
    """
    reader = _read_markers(language)
    return tuple(tuple(reader.read(line)) for line in read_lines(tuple(sentences), language))


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
    same = one.phase is other.phase and one.negated == other.negated
    return Agreement.SAME if same else Agreement.DIFFERENT


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
    reader = _read_markers(language)
    taken = [(other.start, other.end) for other in marked if other.kind is fact.kind]
    before = ""
    denied = 0  # words to the end of what a negation reaches
    for token in tokens:
        if fact.kind is Kind.POLARITY:
            denied = _REACH + 1 if token.norm in reader.denying else denied - 1
        free = denied <= 0 and before not in reader.words.conditional and reader.can_answer(fact, token, before)
        if free and not any(start <= token.start < end for start, end in taken):
            yield Fact(fact.kind, token.start, token.end, token.text, Status(Phase.DONE, token.stem, verb=token.norm))
        before = token.norm


def is_negation(token: Token, language: Language = ENGLISH) -> bool:
    """Say whether a word negates.

    >>> from consistency.text import tokenize
    >>> [token.text for token in tokenize("It isn't raining, nor did it.") if is_negation(token)]
    ["isn't", 'nor']
    """
    return token.norm in _read_markers(language).words.negations


def is_denied(tokens: Iterable[Token], language: Language = ENGLISH) -> bool:
    """Say whether one of some words negates.

    >>> from consistency.text import tokenize
    >>> is_denied(tokenize("It never rains.")), is_denied(tokenize("It rains."))
    (True, False)
    """
    return not _read_markers(language).words.negations.isdisjoint([token.norm for token in tokens])


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
    return not _read_markers(language).words.lasting.isdisjoint([token.norm for token in near])


class _MarkerReader:
    """Finds the markers of a line by the rules of a language."""

    def __init__(self, language: Language) -> None:
        self.language, self.words = language, language.read("status.toml", Markers)
        self.grammar, self.saying = lexicon.FunctionWords.read(language), lexicon.Speech.read(language).saying
        self.irregular = irregular_forms(language)
        words, grammar = self.words, self.grammar
        self.denying = words.negations | words.denying
        self.skipped = words.skipped.union(grammar.articles, grammar.be, grammar.auxiliaries, words.negations)
        readers = {"verb": self._read_verb, "act": self._read_act, "be": self._read_be}
        slots = {name: Slot(read, frozenset()) for name, read in readers.items()}
        builders: dict[str, Builder[Line, Fact | None]] = {"none": lambda _, match: match.read(None)}  # no marker
        builders |= {phase: functools.partial(_build, Kind.STATUS, phase) for phase in Phase}
        builders["denied"] = functools.partial(_build, Kind.POLARITY, Phase.DONE)
        where = f"status.toml of language {language.name}"
        self.rules = [
            Grammar(rows, builders, slots, list_words(words), where) for rows in (words.phases, words.denials)
        ]
        self.starts = frozenset().union(*[rules.starts for rules in self.rules])

    def read(self, line: Line) -> Iterator[Fact]:
        for k in line.find(self.starts):
            if line.words[k] in self.words.capitals and line.is_capital(k):
                continue
            for rules in self.rules:
                read = rules.read(line, k) if line.keys[k] in rules.starts else None
                if read and read.value:
                    yield read.value

    def _read_verb(self, line: Line, k: int) -> tuple[Token, int] | None:
        """Read the word that a marker is about: the next content word, if one is near in the same clause."""
        for n in range(k, k + _REACH):
            if n > k and not line.is_joined(n, "-,'"):
                return None
            word = line.words[n]
            if word not in self.skipped and not word.endswith("ly"):
                is_verb = line.text(n).islower() and word not in self.words.headless
                return (line.tokens[n], n + 1) if is_verb else None
        return None

    def _read_act(self, line: Line, k: int) -> tuple[Token, int] | None:
        """Read an act in its plain form."""
        is_plain = line.text(k).islower() and not line.words[k].endswith(("ing", "ed", "s", "ly"))
        return self._read_verb(line, k) if is_plain else None

    def _read_be(self, line: Line, k: int) -> tuple[str, int] | None:
        """Read nothing where a form of "be" is among the two words before the first one."""
        near = line.words[max(k - 3, 0) : k - 1]
        return None if self.grammar.be.isdisjoint(near) else ("", k)

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
def _read_markers(language: Language) -> _MarkerReader:
    return _MarkerReader(language)


def _build(kind: Kind, phase: Phase, line: Line, match: Match) -> Read[Fact | None]:
    first, verb = line.tokens[match.start], match["verb"]
    status = Status(phase, verb.stem, negated=kind is Kind.POLARITY, verb=verb.norm)
    return match.read(Fact(kind, first.start, verb.end, line.cut(first.start, verb.end), status))
