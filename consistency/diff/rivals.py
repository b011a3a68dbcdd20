"""Rivals: facts of both sides that may be two answers to one question, and the signals of whether they are.

Two numbers clash where they measure the same thing of the same moment in the same statement. What tells that is weighed
by a learned gate: how alike the two statements are, how alike the words around the two facts, how they compete with
others for each other, and what their values say.
"""

from __future__ import annotations

import collections
import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import attrs

from consistency import lexicon
from consistency.diff import roles
from consistency.diff.case import CLOSE, NAMES, Case, Side
from consistency.facts import Finder, status, time
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Fact, Kind, Nature
from consistency.overlap import measure_overlap
from consistency.text import Token

_NEAR, _FAR = 4, 8  # words before and after a fact
_BESIDE = 3  # words right before or after it that are compared one by one
_MOST = 12  # facts of a finder on a side; more are a table
_DAYS = 30  # more days between two articles tell no more
_MANY = 30  # rivals of a bead
_LONG = 60  # words
EDITED, ALONE = " edited", " alone"  # how the gates end that judge one sentence edited, and articles of one sentence

Signals = dict[str, float]


@attrs.frozen(eq=False)
class Rival:
    """A fact of either side that may answer the other, and the signals of whether they clash.

    ``gate`` names what judges it: the first of the kinds of its finder. ``nature`` is set where a clash can only be of
    that nature, whatever is learned. ``is_detail`` says that where they do not clash they are another detail.
    """

    gate: str
    left: Fact
    right: Fact
    signals: Mapping[str, float]
    nature: Nature | None = None
    is_detail: bool = False


def find_rivals(case: Case) -> list[Rival]:
    """Return the pairs of facts that differ and may answer each other, of all finders that tell how values stand.

    >>> from consistency.diff.case import Story
    >>> from consistency.facts import FINDERS
    >>> from consistency.model import Article, Bead, Sentence
    >>> one, other = (Sentence(0, 0, len(text), text) for text in ("Ten men died.", "Two men died."))
    >>> case = Case.open(Bead((one,), (other,)), *(Story.tell(Article(s.text), (s,), FINDERS) for s in (one, other)))
    >>> [(rival.left.text, rival.right.text, rival.signals["exact"]) for rival in find_rivals(case)]
    [('Ten', 'Two', 1.0)]
    """
    found = [
        (min(map(str, finder.kinds)), left, right, signals)
        for finder in case.left.story.finders
        if finder.measure is not None
        for left, right, signals in _pair(case, finder)
    ]
    if not found:
        return []
    crowd = {"rivals": min(len(found), _MANY) / _MANY}
    return [Rival(gate, left, right, crowd | signals) for gate, left, right, signals in found]


def complete(case: Case, rivals: Sequence[Rival]) -> list[Rival]:
    """Return the rivals of a bead with what all of them share, and the nature of those that can have but one.

    >>> from consistency.diff.case import Story
    >>> from consistency.model import Article, Bead, Sentence
    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> story = Story.tell(Article("Rain fell."), (rain,), ())
    >>> complete(Case.open(Bead((rain,), (rain,)), story, story), ())
    []
    """
    if not rivals:
        return []
    common, whole = measure_statements(case), []
    for rival in rivals:
        signals = combine({**common, **rival.signals})
        closeness = _measure_rest(case, rival)
        nature = rival.nature or _define(signals, edited=closeness >= CLOSE)
        sort = choose_sort(signals | {"closeness": closeness})
        signals |= {f"gate_{rival.gate}": 1.0, **({f"sort{sort}".replace(" ", "_"): 1.0} if sort else {})}
        whole.append(attrs.evolve(rival, gate=rival.gate + sort, signals=signals, nature=nature))
    return whole


def _measure_rest(case: Case, rival: Rival) -> float:
    """Return the share of common words with each rival as one of them: "ten" and "twenty-five" are one edit."""
    sides = (case.left, rival.left), (case.right, rival.right)
    words = sum(len(side.tokens) for side, _ in sides)
    more = sum(max(0, len(side.words_of(fact)) - 1) for side, fact in sides)
    return min(1.0, case.closeness * words / max(1, words - more))


def choose_sort(signals: Mapping[str, float]) -> str:
    """Return what sort of statements are compared, each with gates of its own: a clash is not equally likely in all.

    >>> choose_sort({"closeness": 0.9, "alone": 0.1}), choose_sort({"closeness": 0.3, "alone": 1.0})
    (' edited', ' alone')
    """
    return EDITED if signals["closeness"] >= CLOSE else ALONE if signals["alone"] == 1 else ""


def _define(signals: Signals, *, edited: bool) -> Nature | None:
    """Return the nature that the definition of the labels settles, ``None`` where it has to be learned.

    Two values conflict where the days of the articles are not both known, and no hours either: nothing tells then that
    time has passed. In one sentence edited, what does not change conflicts over days too, but a plan may be put off,
    and what can grow and is more has grown.
    """
    if "settled" not in signals:
        return None
    if not signals["dated"]:
        return None if signals["other_hours"] and not signals["settled"] else Nature.CONFLICT
    if not (edited and signals["exact"]):
        return None
    if not (signals["settled"] or signals["later"] or signals["moments"] or signals["other_hours"]):
        return Nature.CONFLICT
    if not (signals["settled"] or signals["past"]):
        return Nature.DEVELOPMENT if signals["rising"] else None
    return Nature.CONFLICT if signals["later"] and not signals.get("clauses_planned_both") else None


def combine(signals: Signals) -> Signals:
    """Return the signals with the products of those that speak together."""
    edited = signals["closeness"] * signals["exact"]
    return signals | {
        "edited": edited,
        "edited_alone": edited * (signals["fewest"] == 1),
        "lone_alike": signals["covered"] * (signals["most"] == 1),
        "placed_alike": signals["covered"] * signals["around"],
    }


def measure_statements(case: Case) -> Signals:
    """Return how alike the two sides of a bead are, and how their articles stand to each other in time.

    >>> from consistency.diff.case import Story
    >>> from consistency.model import Article, Bead, Sentence
    >>> one, other = (Sentence(0, 0, len(text), text) for text in ("Ten men died.", "Two men died."))
    >>> case = Case.open(Bead((one,), (other,)), *(Story.tell(Article(s.text), (s,), ()) for s in (one, other)))
    >>> measure_statements(case)["dated"]
    0.0
    """
    sides = case.left, case.right
    left, right = (side.story for side in sides)
    ours, theirs = ({token.stem for token in side.tokens} for side in sides)
    common, *masses = (_weigh(words, case.language) for words in (ours & theirs, ours, theirs))
    days = [side.story.article.published for side in sides]
    apart = abs((days[0] - days[1]).days) if days[0] and days[1] else None
    lengths = sorted(min(len(side.tokens), _LONG) / _LONG for side in sides)
    denied = [status.is_denied(side.tokens, case.language) for side in sides]
    return {
        "link": case.bead.score,
        "overlap": measure_overlap(left.article, right.article, case.language),
        "closeness": case.closeness,
        "covered": common / (min(masses) + 1e-9),
        "covered_both": common / (max(masses) + 1e-9),
        "shorter": lengths[0],
        "longer": lengths[1],
        "alone": 1 / max(1, min(len(left.sentences), len(right.sentences))),
        "sentences": float(len(case.bead.left) + len(case.bead.right) - 2),
        "denied": float(denied[0] is not denied[1]),
        "dated": float(apart is not None),
        "later": float(bool(apart)),
        "days": math.log1p(min(apart or 0, _DAYS)),
        "moments": _count_moments(case),
        "other_hours": float(_tells_other_hours(case)),
        "past": float(case.looks_back),
        **_compare_meaning(case),
        **_count_facts(case),
        **_compare_stories(case),
    }


@attrs.frozen
class Moments:
    """The words of a language that tell at what hour of a day something was so, as ``moments.toml`` has them.

    >>> from consistency.language import ENGLISH
    >>> "midday" in ENGLISH.read("moments.toml", Moments).words
    True
    """

    words: frozenset[str]


def _count_moments(case: Case) -> float:
    """Return how many words that tell a moment only one side has, 1 for three."""
    words = case.language.read("moments.toml", Moments).words
    ours, theirs = ({token.norm for token in side.tokens} & words for side in (case.left, case.right))
    return min(len(ours ^ theirs), 3) / 3


def _tells_other_hours(case: Case) -> bool:
    """Whether each side tells an hour of the day that the other does not: a value may have changed in between."""
    hours = [
        {fact.value.clock for fact in side.facts if isinstance(fact.value, time.Time) and fact.value.clock}
        for side in (case.left, case.right)
    ]
    return bool(hours[0] - hours[1] and hours[1] - hours[0])


def _compare_meaning(case: Case) -> Signals:
    """Return how alike in meaning both sides are, and what only one side says."""
    ours, theirs = (collections.Counter(token.stem for token in side.tokens) for side in (case.left, case.right))
    return {
        "meaning": lexicon.compare_meaning(ours, theirs, case.language),
        "rest_meaning": lexicon.compare_meaning(ours - theirs, theirs - ours, case.language),
    }


def _compare_stories(case: Case) -> Signals:
    """Return how alike the whole articles are: a template of one market tells of another issue each time."""
    return {"stories": _share_words(case.left.story.rare, case.right.story.rare, case.language)}


@functools.lru_cache(maxsize=8)  # each linked pair of sentences of two articles asks for it
def _share_words(ours: frozenset[str], theirs: frozenset[str], language: Language) -> float:
    """Return how much of the words of the article that has less the other has, in [0, 1]."""
    return _weigh(ours & theirs, language) / (min(_weigh(words, language) for words in (ours, theirs)) + 1e-9)


def _count_facts(case: Case) -> Signals:
    """Return for each kind how many facts both sides have and how many only one, and how the first names compare."""
    counts: Signals = {}
    for finder in case.left.story.finders:
        if finder.measure is not None:
            ours, theirs = case.left.facts_of(finder)[:_MOST], case.right.facts_of(finder)[:_MOST]
            same = [[finder.compare(one, other) is Agreement.SAME for other in theirs] for one in ours]
            answered = sum(map(any, same)), sum(map(any, zip(*same, strict=True)))
            agree, differ = min(answered), len(ours) + len(theirs) - sum(answered)
            kind = min(finder.kinds)
            counts |= {f"{kind}_agree": min(agree, 6) / 6, f"{kind}_differ": min(differ, 6) / 6}
            if finder.kinds & NAMES and ours and theirs:
                counts |= {
                    "first_name_same": float(same[0][0]),
                    "first_name_other": float(not any(same[0]) and not any(row[0] for row in same)),
                }
    return counts


def _weigh(stems: Iterable[str], language: Language) -> float:
    return math.fsum(lexicon.rarity(word, language) for word in stems)


def _pair(case: Case, finder: Finder) -> Iterator[tuple[Fact, Fact, Signals]]:
    """Yield the facts of a finder that may answer each other without being the same, and what only they signal."""
    ours, theirs = case.left.facts_of(finder)[:_MOST], case.right.facts_of(finder)[:_MOST]
    agreements = {
        (i, j): finder.compare(left, right)
        for (i, left), (j, right) in itertools.product(enumerate(ours), enumerate(theirs))
    }
    same = [link for link, agreement in agreements.items() if agreement is Agreement.SAME]
    lefts, rights = {i for i, _ in same}, {j for _, j in same}
    assert finder.measure is not None
    measured = {
        (i, j): values
        for (i, j), agreement in agreements.items()
        if agreement is not Agreement.SAME
        and (agreement is not Agreement.FINER or case.time_has_passed)  # what can both hold clashes over days alone
        and not (i in lefts and j in rights)
        and (not finder.kinds & NAMES or _may_answer(case, ours[i], theirs[j], i in lefts or j in rights))
        and (values := finder.measure(ours[i], theirs[j])) is not None
    }
    if not measured:
        return
    scenes = [
        [Surroundings.look(side, fact) for fact in facts] for side, facts in ((case.left, ours), (case.right, theirs))
    ]
    places = [
        [roles.locate(side.outlines, fact) for fact in facts]
        for side, facts in ((case.left, ours), (case.right, theirs))
    ]
    around = {(i, j): compare_scenes(scenes[0][i], scenes[1][j]) for i, j in measured}
    told_there = {i: case.right.story.tells(ours[i], finder) for i in sorted({i for i, _ in measured})}
    told_here = {j: case.left.story.tells(theirs[j], finder) for j in sorted({j for _, j in measured})}
    answers_there = {i: case.right.story.count_answers(ours[i], finder, _MOST) for i in told_there}
    answers_here = {j: case.left.story.count_answers(theirs[j], finder, _MOST) for j in told_here}
    for (i, j), values in measured.items():
        others = [link for link in measured if (link[0] == i) is not (link[1] == j)]
        fewest, most = sorted(
            (
                sum(link[0] == i for link in measured if link[1] not in rights),
                sum(link[1] == j for link in measured if link[0] not in lefts),
            )
        )
        told = sorted((told_there[i], told_here[j]))
        answers = sorted((answers_there[i], answers_here[j]))
        agreement = agreements[i, j]
        best = max((around[link]["context"] for link in others), default=0.0)
        yield (
            ours[i],
            theirs[j],
            {
                **{name: value for name, value in values.items() if name != "growth"},
                "rising": float(values.get("growth", 0.0) * case.order > 0),
                **roles.compare_places(places[0][i], places[1][j]),
                **around[i, j],
                "margin": around[i, j]["context"] - best,
                "exact": float(case.replaces(case.left.words_of(ours[i]), case.right.words_of(theirs[j]))),
                "placed": float(case.is_same_place(ours[i], theirs[j])),
                "fewest": float(min(fewest, 6)),
                "most": float(min(most, 6)),
                "answered": float((i in lefts) + (j in rights)),
                "facts_agree": min(len(same), 6) / 6,
                "told_once": float(told[1]),
                "told_both": float(told[0]),
                "answers": answers[0] / _MOST,
                "answers_most": answers[1] / _MOST,
                "settled": float(finder.is_settled(ours[i]) and finder.is_settled(theirs[j])),
                "finer": float(agreement is Agreement.FINER),
                "unlike": float(agreement is None),
            },
        )


def _may_answer(case: Case, left: Fact, right: Fact, answered: bool) -> bool:
    """Whether two names may answer each other: in one place of the statement, or neither has its equal.

    Two speakers do not: what two people say of one thing is no conflict.
    """
    if _speaks(case.left, left) and _speaks(case.right, right):
        return False
    return case.is_same_place(left, right) or (not answered and left.kind is right.kind)


def _speaks(side: Side, name: Fact) -> bool:
    """Whether a name stands in what tells the source of a statement."""
    sources = (fact for fact in side.facts if fact.kind is Kind.ATTRIBUTION)
    return any(source.start <= name.start and name.end <= source.end for source in sources)


@attrs.frozen(eq=False)
class Surroundings:
    """The words around a fact: right before and after it, and which content words stand near and a little farther."""

    before: Sequence[str]
    after: Sequence[str]
    near: Set[str]
    ahead: Set[str]
    behind: Set[str]
    place: float  # 0 at the start of the sentence, 1 at its end
    language: Language = ENGLISH

    @classmethod
    def look(cls, side: Side, fact: Fact) -> Surroundings:
        """Return the scene of a fact.

        >>> from consistency.diff.case import Story
        >>> from consistency.model import Article, Kind, Sentence
        >>> rain = Sentence(0, 0, 10, "Rain fell.")
        >>> side = Side(Story.tell(Article("Rain fell."), (rain,), ()), (rain,))
        >>> Surroundings.look(side, Fact(Kind.DETAIL, 0, 4, "Rain")).after
        ('fall',)
        """
        tokens, words, language = side.tokens, side.words_of(fact), side.story.language
        ahead = tokens[max(0, words.start - _FAR) : words.start]
        behind = tokens[words.stop : words.stop + _FAR]
        return cls(
            tuple(token.stem for token in reversed(ahead[-_BESIDE:])),
            tuple(token.stem for token in behind[:_BESIDE]),
            _content((*ahead[-_NEAR:], *behind[:_NEAR]), language),
            _content(ahead, language),
            _content(behind, language),
            words.start / max(1, len(tokens)),
            language,
        )


def _content(tokens: Iterable[Token], language: Language) -> frozenset[str]:
    return frozenset(token.stem for token in tokens if lexicon.rarity(token.stem, language) >= lexicon.CONTENT)


def compare_scenes(one: Surroundings, other: Surroundings) -> Signals:
    """Return how alike the words around two facts are, each signal in [0, 1] but ``context``, which sums them.

    >>> scene = Surroundings(("rain",), (), frozenset(["rain"]), frozenset(["rain"]), frozenset(), 0.0)
    >>> compare_scenes(scene, scene)["around"]
    1.0
    """
    before, after = _run(one.before, other.before), _run(one.after, other.after)
    sides = (one.near, other.near), (one.ahead, other.ahead), (one.behind, other.behind)
    near, ahead, behind = (_share(ours, theirs, one.language) for ours, theirs in sides)
    return {
        "before": before / _BESIDE,
        "after": after / _BESIDE,
        "around": near,
        "ahead": ahead,
        "behind": behind,
        "shifted": abs(one.place - other.place),
        "context": near + (ahead + behind) / 2 + (before + after) / _BESIDE,
    }


def _run(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words are the same, counted from the fact."""
    unlike = (k for k, (word, answer) in enumerate(zip(one, other, strict=False)) if word != answer)
    return next(unlike, min(len(one), len(other)))


def _share(ours: Set[str], theirs: Set[str], language: Language) -> float:
    """Return how much of the words of either side the other has, or a word related to it; 0 where one has none."""
    if not (ours and theirs):
        return 0.0
    return (_cover(ours, theirs, language) + _cover(theirs, ours, language)) / 2


def _cover(ours: Set[str], theirs: Set[str], language: Language) -> float:
    masses: list[float] = []
    known: list[float] = []
    for word in ours:
        weight = lexicon.rarity(word, language)
        masses.append(weight)
        if word in theirs:
            known.append(weight)
        elif met := (related := lexicon.relatives(word, language)).keys() & theirs:
            known.append(weight * max(map(related.__getitem__, met)))
    return math.fsum(known) / math.fsum(masses)  # in any order of the words the same sum
