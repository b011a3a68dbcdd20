"""Every kind of fact and every rule has examples that must and must not fire; one without fails here."""

from __future__ import annotations

import pytest

from consistency import Article, Kind, compare, diff
from consistency.comparer import Comparer
from consistency.model import Bead

# For each kind of change: pairs of sentences that must show it, and pairs that must not.
EXAMPLES: dict[Kind, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {
    Kind.QUANTITY: (
        [("Twelve miners died in the Kelm shaft.", "Nineteen miners died in the Kelm shaft.")],
        [("The Kelm mill cost $5m to repair.", "The Kelm mill cost 5 million dollars to repair.")],
    ),
    Kind.TIME: (
        [("The Kelm bridge reopened on Monday.", "The Kelm bridge reopened on Thursday.")],
        [("The Kelm bridge reopened on 12 March.", "The Kelm bridge reopened on March 12.")],
    ),
    Kind.ENTITY: (
        [("Ada Brun signed the harbour treaty in Kelm.", "Ivo Sand signed the harbour treaty in Kelm.")],
        [("Mr Brun signed the harbour treaty in Kelm.", "Brun signed the harbour treaty in Kelm.")],
    ),
    Kind.PLACE: (
        [("The treaty was signed in Oslo by six states.", "The treaty was signed in Paris by six states.")],
        [("The UK signed the treaty with six states.", "The United Kingdom signed the treaty with six states.")],
    ),
    Kind.STATUS: (
        [("The minister will visit the Kelm shaft.", "The minister visited the Kelm shaft.")],
        [("The minister will visit the Kelm shaft.", "The minister is to visit the Kelm shaft.")],
    ),
    Kind.POLARITY: (
        [("The minister visited the Kelm shaft.", "The minister did not visit the Kelm shaft.")],
        [("The minister did not visit the Kelm shaft.", "The minister didn't visit the Kelm shaft.")],
    ),
    Kind.ATTRIBUTION: (
        [("The Kelm shaft flooded at dawn.", "The Kelm shaft flooded at dawn, prosecutors said.")],
        [("Police said the Kelm shaft flooded at dawn.", "The Kelm shaft flooded at dawn, police said.")],
    ),
    Kind.DETAIL: (
        [("Timber prices in Kelm rose sharply.", "Timber prices in Kelm fell sharply.")],
        [("Timber traders in Kelm began a strike.", "Timber traders in Kelm started a strike.")],
    ),
}
# For each rule: two texts whose only bead it judges.
RULED: dict[diff.Rule, tuple[str, str]] = {
    diff.judge_alone: ("Timber prices in Kelm rose sharply.", ""),
    diff.judge_same_words: ("“Timber prices rose”, she said.", '"Timber prices rose", she said'),
    diff.judge_changes: EXAMPLES[Kind.QUANTITY][0][0],
    diff.judge_rest: EXAMPLES[Kind.DETAIL][1][0],
}


def kinds(left: str, right: str) -> set[Kind]:
    return {change.kind for _, change in compare(left, right).changes}


def test_every_kind_and_every_rule_has_examples() -> None:
    """A kind without an example that fires and one that does not, or a rule without one, is not finished."""
    assert set(EXAMPLES) == set(Kind)
    assert all(fires and quiet for fires, quiet in EXAMPLES.values())
    assert set(RULED) == set(diff.RULES)


@pytest.mark.parametrize(("kind", "pair"), [(kind, pair) for kind in EXAMPLES for pair in EXAMPLES[kind][0]])
def test_fires(kind: Kind, pair: tuple[str, str]) -> None:
    """The change is seen, from either side."""
    assert kind in kinds(*pair)
    assert kind in kinds(*reversed(pair))


@pytest.mark.parametrize(("kind", "pair"), [(kind, pair) for kind in EXAMPLES for pair in EXAMPLES[kind][1]])
def test_stays_quiet(kind: Kind, pair: tuple[str, str]) -> None:
    """What says the same in another form is linked and no change of the kind."""
    assert compare(*pair).paraphrased
    assert kind not in kinds(*pair)


@pytest.mark.parametrize("rule", RULED)
def test_the_first_answer_is_that_of_the_rule(rule: diff.Rule) -> None:
    """No rule before it answers, and it does."""
    comparer = Comparer()
    stories = []
    for text in RULED[rule]:
        article = Article(text)
        stories.append(diff.Story.tell(article, comparer.segmenter(article), comparer.finders))
    case = diff.Case.open(Bead(*(story.sentences for story in stories)), *stories)
    assert next(asked for asked in diff.RULES if asked(case)) is rule
