"""Acts of both sides that may be two answers to one question: opposites, acts undone, stages of a course, denials.

An act is the predicate of a clause, an entry of the table of predicates, or a plain content word. Two acts are rivals
where the table relates them, where one act is told in two states (planned and done, done and denied), or where one word
was put in the place of the other; and so are the two main acts of both sides, whatever their words.
"""

from __future__ import annotations

import collections
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from consistency import lexicon
from consistency.clauses import Clause, Mood, Phase
from consistency.diff import roles
from consistency.diff.case import CLOSE, Case, Side, is_state
from consistency.diff.changes import MUTUAL
from consistency.diff.rivals import Rival, Signals, Surroundings, compare_scenes
from consistency.diff.wording import is_content, is_converse, is_respelled
from consistency.facts.status import is_denied, is_lasting
from consistency.language import ENGLISH, Language
from consistency.model import Fact, Kind, Nature
from consistency.predicates import LexicalRelation, Stance, classify, find_predicates
from consistency.text import stem

GATE = "act"  # what judges acts
STATE = "state"  # what judges the two main acts of a bead
_EDITED = 0.5  # share of common words below which no word is taken for put in the place of another
_SHORT = 4  # letters
_MOST = 24  # acts of a side that are looked at
_COURSE = {"later": "course", "earlier": "course", "undoes": "undo", "undone": "undo"}
_STEPS = {"later": 1.0, "earlier": -1.0, "undoes": 1.0, "undone": -1.0}
_ORDER = {Phase.PLANNED: 0.0, Phase.POSSIBLE: 0.0, Phase.ONGOING: 0.5, Phase.DONE: 1.0}
_MARKED = Kind.STATUS, Kind.POLARITY
_SPOKEN = frozenset([Kind.ATTRIBUTION])
_STATES = frozenset(["same", "fulfilled", *_STEPS])
_STATIC = frozenset(["denied", "opposite", "contrast", "undoes", "undone"])  # told where they do not clash, too
_RELATED = frozenset(LexicalRelation) - {LexicalRelation.SAME, LexicalRelation.CONVERSE}


@attrs.frozen(eq=False)
class Act:
    """A predicate in a sentence: its base form, its words, the clause that it stands in.

    ``core`` is its words without the marks before them ("will", "not"), ``words`` their places. ``leads`` says whether
    it is the predicate of that clause; ``listed`` whether the table of predicates has it.
    """

    text: str
    fact: Fact
    core: Fact
    words: range
    clause: Clause | None
    leads: bool
    listed: bool
    denied: bool  # by a word right before it
    lasts: bool  # what is denied may still come: "has not yet paid"

    @functools.cached_property
    def stem(self) -> str:
        """The stem of its base form, by which acts of two sides are the same."""
        return stem(self.text)


def find_acts(side: Side) -> list[Act]:
    """Return the acts of a side, in order; what is a part of a number, a time or a name is none.

    >>> from consistency.diff.case import Story
    >>> from consistency.model import Article, Sentence
    >>> text = "The court acquitted him."
    >>> rain = Sentence(0, 0, len(text), text)
    >>> side = Side(Story.tell(Article(text), (rain,), ()), (rain,))
    >>> [(act.text, act.listed) for act in find_acts(side)]
    [('court', False), ('acquit', True)]
    """
    plain = [fact for fact in side.facts if not is_state(fact)]
    inside = {k for fact in plain for k in side.words_of(fact)}
    spoken = {k for fact in plain if fact.kind in _SPOKEN for k in side.words_of(fact)}
    states = {(state.end, state.kind): state for state in side.facts if is_state(state)}
    leading = {clause.start: clause for outline in side.outlines for clause in outline.clauses}
    found: list[Act] = []

    def add(text: str, places: Sequence[int], *, listed: bool) -> None:
        words = [side.tokens[k] for k in places]
        lead = next((leading[word.start] for word in words if word.start in leading), None)
        covered = places[0] in (spoken if listed else inside)
        if (covered and not lead) or not (lead or listed or is_content(words[0])):
            return
        marks = [state for word in words for kind in _MARKED if (state := states.get((word.end, kind)))]
        start = min([words[0].start, *(mark.start for mark in marks)])
        core = side.quote(words[0].start, words[-1].end)
        fact = core if start == core.start else side.quote(start, core.end)
        clause = lead or roles.find_clause(side.outlines, core)
        before = side.tokens[max(0, places[0] - 1) : places[0]]
        denied = any(mark.kind is Kind.POLARITY for mark in marks) or is_denied(before, side.story.language)
        text = lead.predicate if lead and not listed else text
        lasts = any(is_lasting(mark, side.tokens, side.story.language) for mark in marks)
        found.append(
            Act(text, fact, core, range(places[0], places[-1] + 1), clause, lead is not None, listed, denied, lasts)
        )

    predicates = find_predicates(side.tokens)
    taken = {k for predicate in predicates for k in predicate.positions}
    first = {predicate.positions[0]: predicate for predicate in predicates}
    for k, token in enumerate(side.tokens):
        if predicate := first.get(k):
            add(predicate.text, predicate.positions, listed=True)
        elif k not in taken:
            add(token.norm, [k], listed=False)
        if len(found) == _MOST:
            break
    return sorted(found, key=lambda act: act.fact.start)


def find_rival_acts(case: Case) -> list[Rival]:
    """Return the pairs of acts that may clash.

    >>> from consistency.diff.case import Story
    >>> from consistency.facts import FINDERS
    >>> from consistency.model import Article, Bead, Sentence
    >>> one, other = (Sentence(0, 0, len(text), text) for text in ("The court upheld it.", "The court overturned it."))
    >>> case = Case.open(Bead((one,), (other,)), *(Story.tell(Article(s.text), (s,), FINDERS) for s in (one, other)))
    >>> [(rival.left.text, rival.right.text) for rival in find_rival_acts(case)]
    [('upheld', 'overturned')]
    """
    if not case.language.is_based_on(ENGLISH):
        return []  # the parser and the table of predicates know no other language
    ours, theirs = find_acts(case.left), find_acts(case.right)
    found = list(_relate(case, ours, theirs))
    met = {id(act) for left, right, _ in found for act in (left, right)}
    scenes = {
        id(act): Surroundings.look(side, act.core)
        for side, acts in ((case.left, ours), (case.right, theirs))
        for act in acts
        if act.leads or id(act) in met
    }
    common = _compare_stances(ours, theirs)
    common |= {f"any_{_COURSE.get(relation, relation)}": 1.0 for _, _, relation in found}
    around = [compare_scenes(scenes[id(left)], scenes[id(right)]) for left, right, _ in found]
    rivals = []
    for n, (left, right, relation) in enumerate(found):
        others = [k for k, (one, other, _) in enumerate(found) if (one is left) is not (other is right)]
        signals = common | around[n] | _measure(case, left, right, relation)
        signals["margin"] = around[n]["context"] - max((around[k]["context"] for k in others), default=0.0)
        signals |= {"fewest": 1.0, "most": float(min(len(found), 6))}
        shown = (_show(side, act, relation) for side, act in ((case.left, left), (case.right, right)))
        one, other = (attrs.evolve(fact, kind=_name(relation)) for fact in shown)
        is_detail = relation in _STATIC or (relation == "none" and case.replaces(left.words, right.words))
        rivals.append(Rival(GATE, one, other, signals, _define(left, right, relation, case), is_detail))
    return [*rivals, *_find_rival_states(case, ours, theirs, scenes, common)]


def _find_rival_states(
    case: Case, ours: Sequence[Act], theirs: Sequence[Act], scenes: Mapping[int, Surroundings], common: Signals
) -> list[Rival]:
    """Return the two main acts of a bead as one rival: what has come of a plan is told in other words.

    Of all that both sides assert or report, the two acts whose words around, who and whom are most alike.
    """
    mains = [list(_find_mains(side, acts)) for side, acts in ((case.left, ours), (case.right, theirs))]
    met = [_Meeting.hold(left, right, scenes) for left, right in itertools.product(mains[0], mains[1])]
    if not met:
        return []
    best = min(met, key=lambda each: each.rank)
    (left, one), (right, other) = best.left, best.right
    if best.is_settled:
        return []
    if best.relation in _RELATED:
        relation = LexicalRelation(best.relation)
        if _is_known(relation, left, right, ours, theirs) or _agree(case, left, right, relation):
            return []
    phases = {one.phase, other.phase}
    signals = {
        **best.around,
        **roles.compare_clauses(one, other),
        **common,
        **{f"phase_{phase}": 1.0 for phase in phases if len(phases) > 1},
        **({f"relation_{_COURSE.get(best.relation, best.relation)}": 1.0} if best.relation else {}),
        "forward": case.order * (_ORDER[other.phase] - _ORDER[one.phase]),
        "score": best.score,
        "acts_meaning": _compare_meaning(one.predicate, other.predicate, case.language),
        "exact": float(case.replaces(left.words, right.words)),
        "fewest": 1.0,
        "most": float(min(len(met), 6)),
    }
    is_denied = best.is_denial and best.relation == LexicalRelation.SAME
    kind = Kind.POLARITY if is_denied else _name(best.relation) if best.relation in _RELATED else Kind.STATUS
    shown = [attrs.evolve(act.fact, kind=kind) for act in (left, right)]
    return [Rival(STATE, shown[0], shown[1], signals)]


def _find_mains(side: Side, acts: Iterable[Act]) -> Iterator[tuple[Act, Clause]]:
    """Yield the acts that are said to be so, without the saying."""
    clauses = [(outline, clause) for outline in side.outlines for clause in outline.clauses]
    saying = {
        outline.clauses[clause.parent].start
        for outline, clause in clauses
        if clause.parent is not None and clause.mood is Mood.REPORTED
    }
    for act in acts:
        if act.leads and act.clause and act.clause.mood in roles.SAID and act.clause.start not in saying:
            yield act, act.clause


@attrs.frozen(eq=False)
class _Meeting:
    """Two main acts, and how well they answer each other."""

    left: tuple[Act, Clause]
    right: tuple[Act, Clause]
    relation: str
    around: Signals
    score: float

    @classmethod
    def hold(cls, left: tuple[Act, Clause], right: tuple[Act, Clause], scenes: Mapping[int, Surroundings]) -> _Meeting:
        (act, one), (answer, other) = left, right
        around = compare_scenes(scenes[id(act)], scenes[id(answer)])
        relation = roles.relate_words(one.predicate, other.predicate)
        score = around["context"] + roles.compare_mentions(one.who, other.who)
        score = score + roles.compare_mentions(one.whom, other.whom) + (relation is not None)
        return cls(left, right, str(relation or ""), around, score)

    @property
    def is_settled(self) -> bool:
        """Whether both are one act, and not planned on one side and done on the other: nothing has come of it."""
        (act, one), (answer, other) = self.left, self.right
        same = self.relation == LexicalRelation.SAME and {one.phase, other.phase} != {Phase.PLANNED, Phase.DONE}
        return not self.is_denial and (same or act.fact.text.casefold() == answer.fact.text.casefold())

    @property
    def is_denial(self) -> bool:
        """Whether one of them is denied."""
        return self.left[1].negated is not self.right[1].negated

    @property
    def rank(self) -> tuple[float, list[str]]:
        """Its place among others, the same from either side."""
        return -round(self.score, 6), sorted((self.left[0].text, self.right[0].text))


def _show(side: Side, act: Act, relation: str) -> Fact:
    """Return the words that a change shows: of an act turned round, who did it."""
    doer = act.clause.who[0] if relation == "crossed" and act.clause and act.clause.who else None
    return act.fact if doer is None else side.quote(doer.start, doer.end)


def _name(relation: str) -> Kind:
    kinds = {"crossed": Kind.ENTITY, "denied": Kind.POLARITY}
    return Kind.STATUS if relation in _STATES else kinds.get(relation, Kind.DETAIL)


def _define(left: Act, right: Act, relation: str, case: Case) -> Nature | None:
    """Return the nature that the definition of the labels settles, ``None`` where it has to be learned.

    A plan and its fulfilment are a development, with or without dates, and so is what had not yet come days before; who
    did it to whom does not develop; and what cannot be both is a conflict where no time is known to have passed, and
    so is a denial in one sentence edited. What might be and what was is a development over days alone, and "are
    sleeping" and "slept" are one act. Words that nothing relates are another detail unless they are two things.
    """
    if relation == "none" and not (left.core.end in case.left.nouns and right.core.end in case.right.nouns):
        return Nature.ELABORATION
    awaited = relation == "denied" and ((case.order > 0 and left.lasts) or (case.order < 0 and right.lasts))
    phases = {act.clause.phase for act in (left, right) if act.clause}
    if relation == "same" and Phase.PLANNED not in phases:
        is_done = Phase.POSSIBLE in phases and case.time_has_passed
        return Nature.DEVELOPMENT if is_done else Nature.ELABORATION
    planned = left.clause and right.clause and Phase.PLANNED in phases
    if awaited or relation == "fulfilled" or (relation == "same" and planned):
        return Nature.DEVELOPMENT
    edited = case.closeness >= CLOSE and (relation == "denied" or (relation in _STATIC and not case.time_has_passed))
    timeless = relation in _STATIC and not case.is_dated
    return Nature.CONFLICT if relation == "crossed" or edited or timeless else None


def _relate(case: Case, ours: Sequence[Act], theirs: Sequence[Act]) -> Iterator[tuple[Act, Act, str]]:
    """Yield acts that may clash, and how: a relation of the table, one act in two states, or words replaced."""
    for left, right in itertools.product(ours, theirs):
        relation = roles.relate_words(left.text, right.text)
        if relation is None and left.leads and right.leads and left.clause and right.clause:
            relation = roles.relate_words(left.clause.predicate, right.clause.predicate)
        if relation in _RELATED:
            if not (_is_known(relation, left, right, ours, theirs) or _agree(case, left, right, relation)):
                yield left, right, str(relation)
        elif relation is None:
            if _is_fulfilled(left, right):
                yield left, right, "fulfilled"
            elif _is_replaced(case, left, right) and not (_has(theirs, left) or _has(ours, right)):
                yield left, right, "none"
        elif left.leads and right.leads and (state := _find_state(left.clause, right.clause, relation)):
            echoed = (left.denied and right.denied) or _is_echoed(left, theirs) or _is_echoed(right, ours)
            if state != "denied" or not echoed:
                yield left, right, state


def _is_replaced(case: Case, left: Act, right: Act) -> bool:
    """Whether one word was put in the place of the other, or some that end with it."""
    if case.closeness < _EDITED or not (
        case.replaces(left.words, right.words) or case.ends_replaced(left.words, right.words)
    ):
        return False
    alike = _are_alike(left, right) or case.writes_apart(left.core, right.core)
    return not (alike or lexicon.are_synonyms(left.stem, right.stem, case.language))


def _are_alike(left: Act, right: Act) -> bool:
    """Whether two words may be one in another form or spelling; of short ones nothing tells."""
    return left.stem == right.stem or (
        min(len(left.text), len(right.text)) > _SHORT and is_respelled(left.text, right.text)
    )


def _has(acts: Iterable[Act], act: Act) -> bool:
    return any(other.stem == act.stem for other in acts)


def _is_known(relation: str, left: Act, right: Act, ours: Iterable[Act], theirs: Iterable[Act]) -> bool:
    """Whether a side has the other's act too; who tells what was undone may name it: "which was cut, is open again"."""
    told, answered = _has(ours, right), _has(theirs, left)
    if relation == LexicalRelation.UNDOES:
        return told
    return answered if relation == LexicalRelation.UNDONE else told or answered


def _is_echoed(act: Act, others: Iterable[Act]) -> bool:
    """Whether the other side has an act just as far denied: "war is not the goal, peace is the goal"."""
    same = (other.clause for other in others if other.leads and other.stem == act.stem)
    return any(clause and act.clause and clause.negated is act.clause.negated for clause in same)


def _is_fulfilled(left: Act, right: Act) -> bool:
    """Whether one side plans and the other tells what was done, of one and the same doer, in whatever words."""
    if not (left.leads and right.leads and left.clause and right.clause):
        return False
    phases = {left.clause.phase, right.clause.phase}
    return phases == {Phase.PLANNED, Phase.DONE} and roles.compare_mentions(left.clause.who, right.clause.who) > 0


def _are_both_planned(left: Act, right: Act) -> bool:
    """Whether both acts are still to come: then none of them has come after the other."""
    return bool(left.clause and right.clause) and left.clause.phase is right.clause.phase is Phase.PLANNED  # type: ignore[union-attr]


def _agree(case: Case, left: Act, right: Act, relation: LexicalRelation) -> bool:
    """Whether both can hold: both planned, or two opposites of which one is denied, or one act from its two ends.

    Words of two facts that answer each other are no acts of their own: "last quarter", "the first quarter of 2024".
    """
    if _are_both_planned(left, right) or case.are_of_facts(left.core, right.core):
        return True
    one_denied = left.denied is not right.denied
    return relation is LexicalRelation.OPPOSITE and (one_denied or is_converse(case, left.core, right.core))


def _find_state(left: Clause | None, right: Clause | None, relation: LexicalRelation) -> str:
    """Return in what two states one act is told: who and whom exchanged, denied once, done on one side; or nothing."""
    if left is None or right is None:
        return ""
    crossed = roles.are_crossed(left, right) and MUTUAL.isdisjoint(map(stem, (left.predicate, right.predicate)))
    if relation is LexicalRelation.CONVERSE:
        return "" if crossed or roles.compare_mentions(left.who, right.who) <= 0 else "opposite"
    if crossed:
        return "crossed"
    if left.negated is not right.negated:
        return "denied"
    phases = {left.phase, right.phase}
    if Phase.PLANNED not in phases and not _sayings().isdisjoint((left.predicate, right.predicate)):
        return ""  # "saying that", "and said that"
    return "same" if len(phases) > 1 and Phase.DONE in phases else ""


@functools.cache
def _sayings() -> frozenset[str]:
    return lexicon.Speech.read(ENGLISH).around


def _measure(case: Case, left: Act, right: Act, relation: str) -> Signals:
    name = _COURSE.get(relation, relation)
    clauses, step = {}, _STEPS.get(relation, 0.0)
    if left.clause and right.clause:
        clauses = roles.compare_clauses(left.clause, right.clause)
        step += _ORDER[right.clause.phase] - _ORDER[left.clause.phase]
    stems = left.stem, right.stem
    exact = float(case.replaces(left.words, right.words))
    return {
        **clauses,
        f"relation_{name}": 1.0,
        **{
            f"{name}_{key}": clauses[key]
            for key in ("who", "whom", "planned_one", "negated_one", "main_both", "said_both")
            if key in clauses
        },
        "acts_meaning": _compare_meaning(left.text, right.text, case.language),
        "leading": (left.leads + right.leads) / 2,
        "exact": exact,
        "placed": float(case.is_same_place(left.core, right.core)),
        "word_same": float(stems[0] == stems[1]),
        "forward": case.order * step,
        f"{name}_forward": case.order * step,
        "rare": min(lexicon.rarity(word, case.language) for word in stems),
        f"{name}_alike": case.closeness,
        f"{name}_exact": exact,
        f"{name}_later": float(case.time_has_passed),
    }


def _compare_meaning(one: str, other: str, language: Language) -> float:
    """Return how alike two acts are in meaning."""
    left, right = (collections.Counter(stem(word, language) for word in text.split()) for text in (one, other))
    return lexicon.compare_meaning(left, right, language)


def _compare_stances(ours: Sequence[Act], theirs: Sequence[Act]) -> Signals:
    """Return what only one of both sides does: claim, deny, doubt."""
    stances = [{classify(act.text) for act in acts if act.listed} for acts in (ours, theirs)]
    return {f"{stance}_one": float((stance in stances[0]) is not (stance in stances[1])) for stance in Stance}
