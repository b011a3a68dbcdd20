"""What single words of a parse tell: base form, mention, preposition, auxiliaries, tense, negation, quotation."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

import attrs

from consistency.clauses import lemmas
from consistency.clauses.clause import Mention, Phase
from consistency.clauses.tree import Parse
from consistency.facts.name.gazetteer import load_tables
from consistency.language import ENGLISH
from consistency.text import stem

_OUTSIDE = frozenset("acl advcl appos ccomp cop csubj discourse mark nsubj parataxis punct".split())  # of a mention
_BESIDE = frozenset(["case", "cc", "conj"])  # outside where they hang on its head
_NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"])
_FINITE = {"VBD": Phase.DONE, "VBN": Phase.DONE, "VBZ": Phase.ONGOING, "VBP": Phase.ONGOING, "VBG": Phase.ONGOING}
RELATIVE = frozenset(["WDT", "WP"])  # who, which and that, where they stand for a noun before them
_UN = "un"  # the prefix that negates an adjective


@attrs.frozen
class ClauseWords:
    """What ``clauses.toml`` of a language says."""

    forms: Mapping[str, str]
    verbs: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    modals: Mapping[str, frozenset[str]]
    marks: Mapping[str, frozenset[str]]
    adverbs: Mapping[str, frozenset[str]]
    pronouns: Mapping[str, frozenset[str]]
    genders: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]


@functools.cache
def load_words() -> ClauseWords:
    """Return the words of clauses.

    >>> "plan" in load_words().verbs["planning"]
    True
    """
    return ENGLISH.read("clauses.toml", ClauseWords)


class Syntax:
    """A parse, and what can be asked about its words.

    >>> from consistency.clauses import parse
    >>> from consistency.model import Sentence
    >>> syntax = Syntax(*parse([Sentence(0, 0, 33, "Two ferries did not sail in March.")]))
    >>> syntax.lemma(1), syntax.is_negated(4), syntax.preposition(6)
    ('ferry', True, 'in')
    """

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.relations = parse.types
        self.below: list[list[int]] = [[] for _ in parse.forms]
        for word, head in enumerate(parse.heads):
            if head >= 0:
                self.below[head].append(word)
        self.quoted: list[bool] = _find_quotes(parse.forms)
        self._lemmas: dict[int, str] = {}

    def lemma(self, word: int) -> str:
        """Return the base form of a word."""
        if word not in self._lemmas:
            norm = self.parse.norm(word)
            is_verb = self.parse.upos[word] in ("VERB", "AUX")
            known = load_words().forms.get(norm) if is_verb else None
            self._lemmas[word] = known or lemmas.reduce(norm, self.parse.xpos[word])
        return self._lemmas[word]

    def hanging(self, word: int, *relations: str) -> list[int]:
        """Return the words that hang on a word by some relations, whatever their subtypes are."""
        below = self.below[word]
        return [child for child in below if self.relations[child] in relations] if below else below

    def is_copular(self, word: int) -> bool:
        """Say whether a copula gives a word as predicate."""
        return any(self.relations[child] == "cop" for child in self.below[word])

    def is_nominal(self, word: int) -> bool:
        """Say whether a word can name somebody or something."""
        return self.parse.upos[word] in _NOMINAL

    def mention(self, word: int) -> Mention:
        """Return the mention whose head a word is."""
        inside, waiting = {word}, [word]
        while waiting:
            head = waiting.pop()
            for child in self.below[head]:
                beside = head == word and self.relations[child] in _BESIDE and self.parse.xpos[child] != "POS"
                if not beside and self.relations[child] not in _OUTSIDE:
                    inside.add(child)
                    waiting.append(child)
        first = last = word
        while (before := first - 1 - self._joins(first - 1)) in inside:
            first = before
        while (after := last + 1 + self._is_tight(last + 1)) in inside and not self._is_own_mark(after, word):
            last = after
        return Mention(word, self.parse.starts[first], self.parse.ends[last], self.lemma(self._find_core(word)))

    def _find_core(self, word: int) -> int:
        """Return the word that tells a name best: the last one that is no legal form ("Orlin Steel Inc": Steel)."""
        names = [k for k in self.hanging(word, "flat", "compound") if self.parse.upos[k] == "PROPN"]
        core = max((k for k in names if self.relations[k] == "flat"), default=word)
        legal = load_tables().lists.legal
        if not names or self.parse.norm(core).rstrip(".") not in legal:
            return core
        return max((k for k in (word, *names) if self.parse.norm(k).rstrip(".") not in legal), default=core)

    def _joins(self, word: int) -> bool:
        """Say whether a mark stands between two words of one mention: a hyphen, or a comma behind an adjective."""
        behind_adjective = self.parse.norm(word) == "," and word > 0 and self.relations[word - 1] == "amod"
        return self._is_tight(word) or behind_adjective

    def _is_tight(self, word: int) -> bool:
        """Say whether a word is a mark that touches the words on both its sides: "al-Veld"."""
        if not 0 < word < len(self.parse) - 1 or self.relations[word] != "punct":
            return False
        starts, ends = self.parse.starts, self.parse.ends
        return ends[word - 1] == starts[word] and ends[word] == starts[word + 1]

    def _is_own_mark(self, word: int, head: int) -> bool:
        return self.parse.xpos[word] == "POS" and self.parse.heads[word] == head

    def mentions(self, heads: Iterable[int]) -> tuple[Mention, ...]:
        """Return the mentions of some heads, and of what is coordinated with them."""
        joined = [
            k for head in heads for k in (head, *self.hanging(head, "conj")) if self.parse.xpos[k] not in RELATIVE
        ]
        return tuple(self.mention(k) for k in joined if self.is_nominal(k))

    def preposition(self, word: int) -> str:
        """Return the preposition of a word in full, empty for none: "because of"."""
        cases = [k for k in self.hanging(word, "case") if self.parse.xpos[k] != "POS"]
        return " ".join(self.parse.norm(k) for case in cases for k in (case, *self.hanging(case, "fixed")))

    def auxiliaries(self, word: int) -> tuple[int, ...]:
        """Return the auxiliaries and the copula of a predicate."""
        return tuple(self.hanging(word, "aux", "cop"))

    def tense(self, word: int, auxiliaries: Sequence[int], *, is_said: bool) -> Phase | None:
        """Return the phase of a predicate by its form, ``None`` of an infinitive; ``is_said``: somebody said so."""
        modals, xpos = load_words().modals, self.parse.xpos[word]
        norms = [self.parse.norm(k) for k in auxiliaries]
        bases = [self._base(word, k) for k in auxiliaries]
        if not modals["planned"].isdisjoint(norms):
            return Phase.PLANNED
        would = not modals["conditional"].isdisjoint(norms) and not (xpos == "VBN" and "be" not in bases)  # 'd = had
        possible = not modals["possible"].isdisjoint(norms) or not load_words().adverbs["possible"].isdisjoint(
            self.parse.norm(k) for k in self.hanging(word, "advmod")
        )
        if would or possible:
            return Phase.PLANNED if would and is_said and "have" not in bases else Phase.POSSIBLE
        continuous = xpos == "VBG" and "be" in bases
        if "have" in bases:
            return Phase.ONGOING if continuous else Phase.DONE
        if not auxiliaries:
            return None if xpos == "VB" else _FINITE.get(xpos, Phase.ONGOING)
        first = next((k for k in auxiliaries if self.parse.xpos[k] in _FINITE), None)
        if first is None:
            return None
        if continuous or self.parse.xpos[first] != "VBD":
            return Phase.ONGOING
        return Phase.DONE

    def _base(self, word: int, auxiliary: int) -> str:
        """Return the base form of an auxiliary; "'s" before a participle that is no passive is "has"."""
        is_perfect = self.parse.xpos[word] == "VBN" and self.parse.relations[auxiliary] == "aux"
        return "have" if is_perfect and self.parse.norm(auxiliary) == "'s" else self.lemma(auxiliary)

    def is_negated(self, word: int) -> bool:
        """Say whether a predicate is negated in its own clause, by an adverb, a mark, a determiner or a pronoun."""
        marks, last = load_words().marks, len(self.parse) - 1
        near = self.hanging(word, "advmod", "aux", "case", "cc", "det", "mark")
        arguments = self.hanging(word, "nsubj", "obj")
        inner = [k for above in (*near, *arguments) for k in self.hanging(above, "advmod", "cc", "det")]
        return any(
            self.parse.norm(k) in marks["negative"]
            and (k == last or self.parse.norm(k + 1) not in marks["not_negative"])
            for k in (*near, *arguments, *inner)
        )

    def adjective(self, word: int) -> tuple[str, bool]:
        """Return the base of an adjective (of a participle the verb), and whether "un-" negates it."""
        lemma, common = self.lemma(word), load_tables().common
        rest = lemma.removeprefix(_UN)
        negated = rest != lemma and len(rest) > 3 and stem(rest) in common
        base = rest if negated else lemma
        return (lemmas.reduce(base, "VBN") if base.endswith("ed") and stem(base) in common else base), negated


def _find_quotes(forms: Sequence[str]) -> list[bool]:
    """Return for each word whether it stands between quote marks."""
    inside, found = False, []
    closes = next((form[0] for form in forms if form[0] in "“”"), "")
    if closes == "”":  # the quotation began before the sentence
        inside = True
    for form in forms:
        if form[0] in '“"«':
            inside = not inside if form[0] == '"' else True
        elif form[0] in "”»":
            inside = False
        found.append(inside)
    return found
