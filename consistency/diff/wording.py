"""What is told in other words: opposites, words replaced, and phrases that only one article has."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from consistency import lexicon
from consistency.diff.case import CLOSE, MOST_FACTS, NAMES, Case, Side, is_state
from consistency.facts import speech, status
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Change, Fact, Kind, Nature
from consistency.text import Token, is_acronym

_ACRONYM = 3  # letters of the shortest acronym that is looked for in the initials of words
_ROOT = 4  # first letters from which two words are taken for one
_MENDED = 2  # letters
_PHRASE_GAP = 2  # known words inside of a phrase of unknown ones
_IN_PLACE = 0.5  # share of the other side's new words that are taken for other words for the same


def find_wording_changes(case: Case, least: float) -> Iterator[Change]:
    """Yield details: opposites in the same place, and phrases that the whole other article does not have.

    The phrases of one side count where they weigh at least ``least`` together, more than what the other side may say
    instead.

    >>> from consistency.diff.case import Story
    >>> from consistency.model import Article, Bead, Sentence
    >>> one, other = (Sentence(0, 0, len(text), text) for text in ("Prices rose.", "Timber prices rose."))
    >>> case = Case.open(Bead((one,), (other,)), *(Story.tell(Article(s.text), (s,), ()) for s in (one, other)))
    >>> [change.right.text for change in find_wording_changes(case, 1.0)]
    ['Timber']
    """
    opposites = [Change(Kind.DETAIL, Nature.ELABORATION, left, right) for left, right in _find_opposites(case)]
    yield from opposites or _find_replaced(case)
    ours, theirs = _find_phrases(case.left, case.right), _find_phrases(case.right, case.left)
    own, others = (sum(weight for _, weight in phrases) for phrases in (ours, theirs))
    if own - _IN_PLACE * others >= least:
        yield from (Change(Kind.DETAIL, Nature.ELABORATION, fact, None) for fact, _ in ours)
    if others - _IN_PLACE * own >= least:
        yield from (Change(Kind.DETAIL, Nature.ELABORATION, None, fact) for fact, _ in theirs)


def _find_opposites(case: Case) -> Iterator[tuple[Fact, Fact]]:
    """Yield opposite words in the same place, each told more often on its own side; "isn't clear" is no opposite."""
    language = case.language
    denied = {status.head_of(fact) for side in (case.left, case.right) for fact in side.states_of(Kind.POLARITY)}
    for side in (case.left, case.right):  # "not likely" is about the next verb
        denied |= {token.stem for no, token in itertools.pairwise(side.tokens) if status.is_negation(no, language)}
    for ours, theirs in pair_opposites(case):
        left, right = case.left.quote(ours.start, ours.end), case.right.quote(theirs.start, theirs.end)
        plain = case.closeness >= CLOSE or min(case.left.weigh(ours), case.right.weigh(theirs)) >= lexicon.CONTENT
        unsaid = denied & {ours.stem, theirs.stem}
        told = unsaid or is_converse(case, left, right) or case.are_of_facts(left, right)
        if plain and not told and case.is_same_place(left, right):
            yield left, right


def is_converse(case: Case, left: Fact, right: Fact) -> bool:
    """Say whether two opposite verbs tell one act from both ends: "Kelm beat Orlin", "Orlin lost to Kelm"."""
    for finder in case.left.story.finders:
        if finder.kinds & NAMES:
            doer, *others = _doer_first(case.left.facts_of(finder), left)
            agent, *rest = _doer_first(case.right.facts_of(finder), right)
            if doer and agent and finder.compare(doer, agent) is not Agreement.SAME:
                return any(finder.compare(doer, each) is Agreement.SAME for each in rest if each) and any(
                    finder.compare(agent, each) is Agreement.SAME for each in others if each
                )
    return False


def _doer_first(names: Iterable[Fact], verb: Fact) -> list[Fact | None]:
    """Return the last name before a verb, ``None`` without one, and the names after it."""
    listed = list(names)
    before = [each for each in listed if each.end <= verb.start]
    return [before[-1] if before else None, *(each for each in listed if each.start >= verb.end)]


def _find_replaced(case: Case) -> Iterator[Change]:
    """Yield the one content word that was put in the place of an unrelated one, where nothing else was edited."""
    edits = [edit for edit in case.edits if not case.is_kept(edit)]
    if case.closeness < CLOSE or len(edits) != 1:
        return
    ((i1, i2, j1, j2),) = edits
    if (i2 - i1, j2 - j1) != (1, 1):
        return
    ours, theirs = case.left.tokens[i1], case.right.tokens[j1]
    news = _find_phrases(case.left, case.right) and _find_phrases(case.right, case.left)
    if news and not is_respelled(ours.norm, theirs.norm) and not _are_akin(ours.stem, theirs.stem, case.language):
        left, right = case.left.quote(ours.start, ours.end), case.right.quote(theirs.start, theirs.end)
        yield Change(Kind.DETAIL, Nature.ELABORATION, left, right)


def is_respelled(one: str, other: str) -> bool:
    """Say whether a word may be the other with a letter or two mended, or in another form; short ones always may.

    >>> is_respelled("sqaure", "square"), is_respelled("bridge", "budget")
    (True, False)
    """
    from rapidfuzz.distance import OSA

    if one.isdecimal() or other.isdecimal():
        return False
    return min(len(one), len(other)) < _ROOT or one[:_ROOT] == other[:_ROOT] or OSA.distance(one, other) <= _MENDED


def _are_akin(one: str, other: str, language: Language) -> bool:
    """Whether two words are related, or each to a third."""
    ours, theirs = ({word, *lexicon.relatives(word, language)} for word in (one, other))
    return not ours.isdisjoint(theirs)


def pair_opposites(case: Case) -> Iterator[tuple[Token, Token]]:
    """Yield words of the left side, each with an opposite of it on the right, that their own side has more often.

    >>> from consistency.diff.case import Story
    >>> from consistency.model import Article, Bead, Sentence
    >>> one, other = (Sentence(0, 0, len(text), text) for text in ("Prices rose.", "Prices fell."))
    >>> case = Case.open(Bead((one,), (other,)), *(Story.tell(Article(s.text), (s,), ()) for s in (one, other)))
    >>> [(left.text, right.text) for left, right in pair_opposites(case)]
    [('rose', 'fell')]
    """
    lefts, rights = (Counter(token.stem for token in side.tokens) for side in (case.left, case.right))
    ours = [token for token in case.left.tokens if lefts[token.stem] > rights[token.stem]]
    theirs = [token for token in case.right.tokens if rights[token.stem] > lefts[token.stem]][:MOST_FACTS]
    for left in ours[:MOST_FACTS]:
        opposites = lexicon.opposites(left.stem, case.language)
        yield from ((left, right) for right in theirs if right.stem in opposites)


def _find_phrases(side: Side, other: Side) -> list[tuple[Fact, float]]:
    """Return phrases of content words that the whole other article does not have, with their weight."""
    language = side.story.language
    known = frozenset(token.stem for token in other.tokens) | _join(other.tokens)
    joined = _join(side.tokens) & {token.stem for token in other.tokens}
    covered = [(fact.start, fact.end) for fact in side.facts if not is_state(fact)]
    new = [
        k
        for k, token in enumerate(side.tokens)
        if token.stem not in other.story.stems
        and token.stem not in known
        and is_content(token, language)
        and known.isdisjoint(lexicon.relatives(token.stem, language))
        and not any(start <= token.start < end for start, end in covered)
    ]
    if joined:
        new = [k for k in new if not any(_compound(side.tokens[j : j + 2]) in joined for j in (k - 1, k))]
    spelled = find_spelled(other.tokens, side.tokens, language)
    new = [k for k in new if k not in spelled]
    phrases = []
    for group in _group(new):
        weight = sum(side.weigh(side.tokens[k]) for k in group)
        phrases.append((side.quote(side.tokens[group[0]].start, side.tokens[group[-1]].end), weight))
    return phrases


def _letters(acronym: Token) -> str:
    return acronym.norm.replace(".", "")


def find_spelled(acronyms: Iterable[Token], tokens: Sequence[Token], language: Language = ENGLISH) -> set[int]:
    """Return the places of the words whose initials acronyms are made of, "of" and "for" left out or not.

    Of ``acronyms`` only those words count that are some.

    >>> from consistency.text import tokenize
    >>> sorted(find_spelled(tokenize("The KRO met"), tokenize("the Kelm Rowing Office met")))
    [1, 2, 3]
    """
    letters = {_letters(token) for token in acronyms if is_acronym(token.text, _ACRONYM)}
    found: set[int] = set()
    for small in (frozenset[str](), lexicon.function_words(language)) if letters else ():
        places = [k for k, token in enumerate(tokens) if token.norm not in small]
        initials = "".join(tokens[k].norm[:1] or " " for k in places)
        spelled = {each: start for each in letters if (start := initials.find(each)) >= 0}
        found.update(k for each, start in spelled.items() for k in places[start : start + len(each)])
        letters -= spelled.keys()
    return found


def is_content(token: Token, language: Language = ENGLISH) -> bool:
    """Say whether a word tells something: no word of grammar, no negation, no verb of speech.

    >>> from consistency.text import tokenize
    >>> [token.text for token in tokenize("Not all of the horses, he said") if is_content(token)]
    ['horses']
    """
    small = token.norm in lexicon.function_words(language)
    small = small or status.is_negation(token, language) or speech.is_speech(token, language)
    return lexicon.rarity(token.stem, language) >= lexicon.CONTENT and not small


def _join(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the stems of compounds that two neighbouring words may also be written as."""
    return frozenset(_compound(pair) for pair in itertools.pairwise(tokens))


def _compound(pair: Sequence[Token]) -> str:
    return pair[0].norm + pair[1].stem if len(pair) == 2 else ""


def _group(places: Sequence[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for place in places:
        if group and place - group[-1] > _PHRASE_GAP + 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
