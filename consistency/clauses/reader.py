"""A parse -> its clauses: predicates are read from the root down, each with what those above it say of it."""

from __future__ import annotations

import functools

import attrs

from consistency import predicates
from consistency.clauses.clause import Clause, Mention, Mood, Oblique, Outline, Phase
from consistency.clauses.syntax import RELATIVE, Syntax, load_words
from consistency.clauses.tree import Parse
from consistency.language import ENGLISH
from consistency.lexicon import Speech
from consistency.predicates import Stance

_NEVER = frozenset("aux case cc compound cop det discourse fixed flat goeswith mark nummod punct reparandum".split())
_CLAUSAL = frozenset(["acl", "advcl", "ccomp", "csubj", "parataxis"])
_HOLDING = frozenset(["be", "have"])  # "is to open", "has to open", "has yet to open"
_SPEAKING = frozenset([Stance.CLAIM, Stance.CONFIRM, Stance.DENY, Stance.RETRACT])


def outline(parse: Parse) -> Outline:
    """Return the clauses of a parsed sentence.

    >>> from consistency.clauses import parse
    >>> from consistency.model import Sentence
    >>> text = "Brun denied that the harbour will be closed."
    >>> found = outline(*parse([Sentence(0, 0, len(text), text)]))
    >>> [(c.predicate, str(c.phase), c.negated, str(c.mood)) for c in found.clauses]
    [('deny', 'done', False, 'asserted'), ('close', 'planned', True, 'reported')]
    """
    return _Reader(Syntax(parse)).read()


@attrs.frozen
class _Above:
    """What the words above a predicate say of it."""

    parent: int | None = None
    mood: Mood = Mood.ASSERTED
    phase: Phase = Phase.POSSIBLE  # of an infinitive
    negated: bool = False
    via: tuple[str, ...] = ()
    who: tuple[Mention, ...] = ()
    obliques: tuple[Oblique, ...] = ()
    source: Mention | None = None
    shared: tuple[int, ...] = ()  # the auxiliaries of the first of coordinated verbs
    noun: int | None = None  # that the clause hangs on


@attrs.frozen
class _Arguments:
    who: tuple[Mention, ...]
    whom: tuple[Mention, ...]
    obliques: tuple[Oblique, ...]
    source: Mention | None


@functools.cache
def _speech_verbs() -> frozenset[str]:
    """Return the verbs of saying, as ``speech.toml`` has them written and ``clauses.toml`` in their base form."""
    return Speech.read(ENGLISH).saying | load_words().verbs["saying"]


class _Reader:
    """The reading of one parse: clauses as they are found, and the words that belong to each."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax, self.parse, self.words = syntax, syntax.parse, load_words()
        self.clauses: list[Clause] = []
        self.owner: dict[int, int] = {}
        self.waiting: list[tuple[int, _Above]] = []

    def read(self) -> Outline:
        """Return the clauses in the order of the text."""
        asks = self.parse.forms[-1:] == ("?",)
        self.waiting = [(root, _Above(mood=Mood.ASKED if asks else Mood.ASSERTED)) for root in self.parse.children(-1)]
        while self.waiting:
            self._visit(*self.waiting.pop())
        order = sorted(range(len(self.clauses)), key=lambda k: self.clauses[k].word)
        number: dict[int | None, int | None] = {None: None} | {old: new for new, old in enumerate(order)}
        found = [self.clauses[k] for k in order]
        clauses = tuple(c if number[c.parent] == c.parent else attrs.evolve(c, parent=number[c.parent]) for c in found)
        owners: list[int | None] = [None] * len(self.parse)
        for word in self.parse.subtree(self.parse.heads.index(-1)) if owners else ():
            own = self.owner.get(word)
            owners[word] = owners[self.parse.heads[word]] if own is None else number[own]
        return Outline(self.syntax, clauses, tuple(owners))

    # ---- one predicate

    def _visit(self, word: int, above: _Above) -> None:
        syntax = self.syntax
        auxiliaries = syntax.auxiliaries(word) or above.shared
        negated = above.negated ^ syntax.is_negated(word)
        if auxiliaries and auxiliaries == above.shared:  # "did not sail or land"
            first = self.parse.heads[auxiliaries[0]]
            negated = above.negated ^ (syntax.is_negated(first) or syntax.is_negated(word))
        tense = syntax.tense(word, auxiliaries, is_said=above.mood is Mood.REPORTED)
        phase = above.phase if tense is None else tense
        if auxiliaries and syntax.lemma(word) in self.words.verbs["dated"]:  # "is due in June"
            phase = Phase.PLANNED
        arguments = self._read_arguments(word, above, auxiliaries)
        carried = self._find_carried(word)
        if carried is not None:
            self._carry(word, carried, attrs.evolve(above, phase=phase, negated=negated), arguments)
            return
        self.owner[word] = number = len(self.clauses)
        clause = self._build(word, above, arguments, phase, negated)
        self.clauses.append(clause)
        self._go_on(word, clause, number, auxiliaries)

    def _build(self, word: int, above: _Above, arguments: _Arguments, phase: Phase, negated: bool) -> Clause:
        syntax, parse = self.syntax, self.parse
        predicate, via, last = syntax.lemma(word), above.via, word
        is_copular = syntax.is_copular(word)
        if parse.upos[word] in ("ADJ", "VERB") and (is_copular or parse.upos[word] == "ADJ"):
            predicate, prefixed = syntax.adjective(word)
            negated ^= prefixed
        for particle in (k for k in syntax.hanging(word, "compound") if parse.relations[k] == "compound:prt"):
            predicate, last = f"{predicate} {parse.norm(particle)}", max(last, particle)
        if is_copular and (preposition := syntax.preposition(word)):
            predicate = f"{preposition} {predicate}"
        whom, complement = arguments.whom, None
        objects = syntax.hanging(word, "obj")
        if predicate in self.words.verbs["light"] and objects and syntax.lemma(objects[0]) in self.words.nouns["acts"]:
            via, predicate, last = (*via, predicate), syntax.lemma(objects[0]), max(last, objects[0])
            whom = syntax.mentions(k for k in syntax.hanging(objects[0], "nmod") if syntax.preposition(k))
        becoming = [k for k in syntax.hanging(word, "xcomp") if parse.upos[k] not in ("VERB", "AUX")]
        if becoming:
            complement = syntax.mention(becoming[0])
        mood = above.mood
        adverbs = {parse.norm(k) for k in syntax.hanging(word, "advmod")}
        if mood is Mood.ASSERTED and (arguments.source or self.words.adverbs["claimed"] & adverbs):
            mood = Mood.REPORTED
        return Clause(
            word,
            parse.starts[min(word, last)],
            parse.ends[max(word, last)],
            predicate,
            phase,
            mood,
            negated,
            arguments.who,
            whom,
            (*above.obliques, *arguments.obliques),
            complement,
            via,
            is_copular,
            arguments.source or above.source,
            syntax.quoted[word],
            above.parent,
        )

    def _read_arguments(self, word: int, above: _Above, auxiliaries: tuple[int, ...]) -> _Arguments:
        syntax, parse = self.syntax, self.parse
        subjects = [k for k in syntax.hanging(word, "nsubj") if parse.relations[k] != "nsubj:outer"]
        objects = syntax.hanging(word, "obj")
        is_participle = parse.xpos[word] == "VBN" and not auxiliaries
        passive = any(parse.relations[k] == "nsubj:pass" for k in subjects) or any(
            parse.relations[k] == "aux:pass" for k in auxiliaries
        )
        passive |= is_participle and not objects and (above.noun is not None or not subjects)
        who = self._resolve(subjects, above) if subjects else above.who
        whom = self._resolve(objects, above)
        obliques, agents, source = [], list[int](), None
        for k in syntax.hanging(word, "obl", "iobj"):
            preposition = syntax.preposition(k) or ("to" if syntax.relations[k] == "iobj" else "")
            mentions = self._resolve([k], above)
            if self.words.marks["sources"].intersection(preposition.split()[:1]):
                source = mentions[0] if mentions else None
            elif passive and (parse.relations[k] == "obl:agent" or preposition == "by"):
                agents.append(k)
            else:
                obliques += [Oblique(preposition, mention) for mention in mentions]
        if above.noun is not None and not any(parse.xpos[k] in RELATIVE for k in parse.subtree(word)):
            antecedent = syntax.mentions([above.noun])
            if passive or (subjects and not objects and parse.upos[word] == "VERB"):  # "the deal the mayor signed"
                whom = whom or (() if subjects and passive else antecedent)
            elif not subjects and not who:
                who = antecedent
        if passive:
            who, whom = syntax.mentions(agents), who or whom
        for k in syntax.hanging(word, "parataxis"):  # "It sank, he said."
            speakers = syntax.hanging(k, "nsubj")
            if speakers and self._says(k) and not syntax.hanging(k, "ccomp"):
                source = syntax.mention(speakers[0])
        return _Arguments(who, whom, tuple(obliques), source)

    def _resolve(self, heads: list[int], above: _Above) -> tuple[Mention, ...]:
        """Return the mentions of some heads; a relative pronoun stands for the noun that its clause hangs on."""
        heads = [k for k in heads if self.parse.upos[k] != "CCONJ"]
        relative = [k for k in heads if self.parse.xpos[k] in RELATIVE]
        if relative and above.noun is not None:
            return self.syntax.mentions([above.noun])
        return self.syntax.mentions(heads)

    def _says(self, word: int) -> bool:
        verbs = _speech_verbs()
        lemma = self.syntax.lemma(word)
        return self.parse.norm(word) in verbs or lemma in verbs or predicates.classify(lemma) in _SPEAKING

    # ---- what a predicate says of those below it

    def _find_carried(self, word: int) -> int | None:
        """Return the verb that a predicate only carries: "plans to open", "is likely to open", "failed to open"."""
        syntax = self.syntax
        below = [k for k in syntax.hanging(word, "xcomp") if self._is_predicate(k)]
        if not below or syntax.hanging(word, "obj", "iobj"):
            return None
        lemma, verbs = syntax.lemma(word), self.words.verbs
        carries = any(lemma in verbs[kind] for kind in ("planning", "open", "carrying", "ending"))
        return below[0] if carries or lemma in _HOLDING or self._refuses(lemma) else None

    def _refuses(self, lemma: str) -> bool:
        found = predicates.classify(lemma) or predicates.classify(f"{lemma} to")
        return found is Stance.REFUSE or lemma in self.words.nouns["refusing"]

    def _carry(self, word: int, carried: int, above: _Above, arguments: _Arguments) -> None:
        syntax, verbs = self.syntax, self.words.verbs
        lemma = syntax.lemma(word)
        phase, negated = above.phase, above.negated
        unfinished = lemma in _HOLDING and any(
            self.parse.norm(k) in self.words.marks["unfinished"]
            for k in (*self.syntax.below[carried], *self.syntax.below[word])
        )
        if lemma in verbs["ending"] or self._refuses(lemma) or unfinished:
            negated = not negated
        if lemma in verbs["planning"] or lemma == "be":
            phase = Phase.PLANNED
        elif lemma in verbs["open"] or lemma == "have":
            phase = Phase.POSSIBLE
        inner = attrs.evolve(
            above,
            phase=phase,
            negated=negated,
            via=(*above.via, lemma),
            who=arguments.who or arguments.whom,
            obliques=(*above.obliques, *arguments.obliques),
            source=arguments.source or above.source,
            shared=(),
            noun=None,
        )
        before = len(self.clauses)
        self._visit(carried, inner)
        self.owner[word] = self.owner.get(carried, before)
        clause = self.clauses[self.owner[word]]
        self._go_on(word, clause, self.owner[word], (), skip=carried)

    def _go_on(self, word: int, clause: Clause, number: int, auxiliaries: tuple[int, ...], skip: int = -1) -> None:
        """Put the predicates below a predicate on the list, with what it says of them."""
        base = _Above(parent=number, mood=clause.mood, source=clause.source)
        below = self.syntax.below
        stack = [(child, word) for child in below[word] if child != skip]
        while stack:
            child, head = stack.pop()
            if not self._is_predicate(child):
                stack.extend([(inner, child) for inner in below[child]])
            elif head == word:
                self.waiting.append((child, self._say(word, child, clause, base, auxiliaries)))
            else:
                self.waiting.append((child, self._say_of_noun(head, child, base)))

    def _say(self, word: int, child: int, clause: Clause, base: _Above, auxiliaries: tuple[int, ...]) -> _Above:
        """Return what a predicate says of one that hangs on it."""
        syntax, relation, verbs = self.syntax, self.syntax.relations[child], self.words.verbs
        lemma = syntax.lemma(word)
        marks = {self.parse.norm(k) for k in syntax.hanging(child, "mark", "case", "advmod")}
        who = clause.who or clause.whom
        if relation == "parataxis" and self._says(child):  # "It sank, he said.": this is no part of what he said
            return _Above(parent=base.parent)
        to_come = self.parse.xpos[child] == "VB" and not syntax.auxiliaries(child)
        has_subject = bool(syntax.hanging(child, "nsubj"))
        if relation == "conj":
            shared = auxiliaries if not syntax.auxiliaries(child) and self._is_alike(word, child) else ()
            above = attrs.evolve(base, parent=clause.parent, phase=clause.phase)
            if has_subject:
                return above
            return attrs.evolve(above, who=who, shared=shared, via=clause.via if to_come else ())
        asks = bool(self.words.marks["asked"] & marks) or (
            relation == "ccomp" and bool(self.words.marks["conditional"] & marks)
        )
        if asks or (relation == "ccomp" and lemma in verbs["asking"] and not to_come):
            return attrs.evolve(base, mood=Mood.ASKED)
        if relation == "ccomp" and not (to_come and not has_subject):
            denies = predicates.classify(lemma) is Stance.DENY
            if denies or self._says(word):
                source = self._first(clause.who) or base.source
                return attrs.evolve(base, mood=self._weaken(base, Mood.REPORTED), source=source, negated=denies)
            return attrs.evolve(base, phase=Phase.PLANNED if lemma in verbs["planning"] else clause.phase)
        if relation in ("ccomp", "xcomp"):
            open_ended = self._says(word) or lemma in verbs["open"] or lemma in verbs["asking"]
            phase = Phase.PLANNED if lemma in verbs["planning"] else Phase.POSSIBLE if open_ended else clause.phase
            denies = predicates.classify(lemma) is Stance.DENY  # "denied stealing"
            return attrs.evolve(base, who=() if has_subject else clause.whom or clause.who, phase=phase, negated=denies)
        if relation == "advcl":
            conditional = bool(self.words.marks["conditional"] & marks)
            mood = self._weaken(base, Mood.CONDITIONAL) if conditional else base.mood
            return attrs.evolve(base, mood=mood, phase=Phase.PLANNED, who=who)
        return base

    def _say_of_noun(self, noun: int, child: int, base: _Above) -> _Above:
        """Return what a noun says of a predicate that hangs on it."""
        syntax, nouns = self.syntax, self.words.nouns
        lemma, relation = syntax.lemma(noun), self.parse.relations[child]
        above = attrs.evolve(base, noun=noun)
        if relation in ("amod", "acl") and self.parse.xpos[child] in ("VBN", "VBG"):
            return attrs.evolve(above, mood=self._weaken(base, Mood.ATTRIBUTIVE))
        if relation not in ("acl", "ccomp"):
            return above
        owners = syntax.mentions(k for k in syntax.hanging(noun, "nmod") if self.parse.relations[k] == "nmod:poss")
        said_by = attrs.evolve(above, noun=None, who=owners, via=(lemma,))
        if self._refuses(lemma):
            return attrs.evolve(said_by, negated=True, phase=Phase.DONE)
        if lemma in nouns["planning"]:
            return attrs.evolve(said_by, phase=Phase.PLANNED)
        if lemma in nouns["saying"]:
            source = self._first(owners) or base.source
            return attrs.evolve(base, mood=self._weaken(base, Mood.REPORTED), source=source)
        return above

    def _is_predicate(self, word: int) -> bool:
        syntax, relation, upos = self.syntax, self.syntax.relations[word], self.parse.upos[word]
        if relation == "root":
            return True
        if relation in _NEVER:
            return False
        if syntax.is_copular(word):
            return True
        if upos in ("VERB", "AUX"):
            return relation != "amod" or self.parse.xpos[word] in ("VBN", "VBG")
        if relation == "conj" and upos == "ADJ":
            return syntax.is_copular(self.parse.heads[word])
        return relation in _CLAUSAL and bool(syntax.hanging(word, "nsubj", "csubj", "mark"))

    def _is_alike(self, one: int, other: int) -> bool:
        return self.parse.xpos[one] == self.parse.xpos[other] or self.parse.upos[other] == "ADJ"

    @staticmethod
    def _first(mentions: tuple[Mention, ...]) -> Mention | None:
        return mentions[0] if mentions else None

    @staticmethod
    def _weaken(base: _Above, mood: Mood) -> Mood:
        """Return a mood below another: what hangs on a condition or a question is no more asserted than that."""
        return base.mood if base.mood in (Mood.ASKED, Mood.CONDITIONAL) else mood
