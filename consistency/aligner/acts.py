"""Acts: the main predicate of a sentence, and what part each of its words has in it.

Of a sentence that tells what somebody says, the main predicate is that of what is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import attrs

from consistency.clauses import Parse
from consistency.language import ENGLISH, Language
from consistency.lexicon import Speech

_SUBJECTS = frozenset(["nsubj", "csubj"])
_OBJECTS = frozenset(["obj", "iobj", "ccomp", "xcomp", "obl"])
_SAID = frozenset(["ccomp", "parataxis", "xcomp"])
_MOST = 3  # sayings inside one another


@attrs.frozen(eq=False)
class Act:
    """Words stand for themselves by their numbers in the parse.

    Attributes:
        main: the main predicate, ``None`` in a sentence without a word.
        steps: for each word, how many arcs of the tree lie between it and the main predicate.
        who, whom: what is its subject; its objects, complements and obliques; with all that hangs on these.
        speaker: who says it, with all that hangs on it.
        verbs: the verbs, those of saying left out.
    """

    main: int | None
    steps: Sequence[int]
    who: Set[int]
    whom: Set[int]
    speaker: Set[int]
    verbs: Set[int]


def read_act(parse: Parse, language: Language = ENGLISH) -> Act:
    """Return the main act of a sentence, whose verbs of saying are those of a language.

    >>> from consistency.clauses import parse
    >>> from consistency.model import Sentence
    >>> (found,) = parse([Sentence(0, 0, 40, "The mayor said the port signed the deal.")])
    >>> act = read_act(found)
    >>> found.forms[act.main], [[found.forms[k] for k in sorted(part)] for part in (act.speaker, act.who, act.whom)]
    ('signed', [['The', 'mayor'], ['the', 'port'], ['the', 'deal']])
    """
    main = next(iter(parse.children(-1)), None)
    if main is None:
        return Act(None, (), frozenset(), frozenset(), frozenset(), frozenset())
    saying = Speech.read(language).saying
    speaker = _hang(parse, main, _SUBJECTS) if parse.norm(main) in saying else frozenset[int]()
    for aside in parse.children(main):  # "Rain fell, she said."
        if not speaker and parse.types[aside] == "parataxis" and parse.norm(aside) in saying:
            speaker = _hang(parse, aside, _SUBJECTS)
    for _ in range(_MOST):
        said = [k for k in parse.children(main) if parse.types[k] in _SAID]
        if not (said and parse.norm(main) in saying):
            break
        main = said[0]
    verbs = frozenset(k for k, tag in enumerate(parse.upos) if tag == "VERB" and parse.norm(k) not in saying)
    steps, limbs = _measure(parse, main)
    subjects, objects = ({k for k in parse.children(main) if parse.types[k] in some} for some in (_SUBJECTS, _OBJECTS))
    who, whom = (frozenset(k for k, limb in enumerate(limbs) if limb in some) for some in (subjects, objects))
    return Act(main, steps, who, whom, speaker, verbs)


def list_arcs(parse: Parse, words: Set[int]) -> Iterator[tuple[int, int]]:
    """Yield each of some words with its head, where that is one of them too.

    >>> from consistency.clauses import parse
    >>> from consistency.model import Sentence
    >>> (found,) = parse([Sentence(0, 0, 25, "The mayor signed the law.")])
    >>> [(found.forms[k], found.forms[head]) for k, head in list_arcs(found, {1, 2, 4})]
    [('mayor', 'signed'), ('law', 'signed')]
    """
    yield from ((k, head) for k, head in enumerate(parse.heads) if k in words and head in words)


def _hang(parse: Parse, head: int, names: Set[str]) -> frozenset[int]:
    """Return the words that hang on a word by one of some relations, with all that hangs on them."""
    return frozenset(k for child in parse.children(head) if parse.types[child] in names for k in parse.subtree(child))


def _measure(parse: Parse, main: int) -> tuple[list[int], list[int]]:
    """Return for each word its steps from the main predicate, and which word it hangs by there, -1 for none."""
    heads = parse.heads
    steps, limbs = [-1] * len(parse), [-1] * len(parse)
    word, step = main, 0
    while word >= 0:
        steps[word] = step
        word, step = heads[word], step + 1
    for word in range(len(parse)):
        below = []
        while steps[word] < 0:
            below.append(word)
            word = heads[word]
        limb = limbs[word] if word != main else below[-1] if below else -1
        for step, k in enumerate(reversed(below), steps[word] + 1):
            steps[k], limbs[k] = step, limb
    return steps, limbs
