"""What each word of a report means, with an example: for SARIF, for the command line and for the docs."""

from __future__ import annotations

import attrs

from consistency.errors import SettingsError
from consistency.policy import suggest


@attrs.frozen
class Topic:
    """A word of a report, what sort of word it is, and two sentences between which it is found, empty for none.

    >>> TOPICS["conflict"].sort
    'nature, rule'
    """

    name: str
    sort: str
    text: str
    left: str = ""
    right: str = ""
    later: str = "2024-05-06"  # when the right one was published; the left one on that day


TOPICS = {
    topic.name: topic
    for topic in (
        Topic(
            "conflict",
            "nature, rule",
            "Two articles say what cannot both hold.",
            "Two people died in Tarn on Sunday.",
            "Nine people died in Tarn on Sunday.",
        ),
        Topic(
            "development",
            "nature, rule",
            "A fact has changed between two articles: the later one supersedes.",
            "The minister will visit Tarn on Tuesday.",
            "The minister visited Tarn on Tuesday.",
            "2024-05-08",
        ),
        Topic(
            "elaboration",
            "nature, rule",
            "One article tells a fact that the other does not.",
            "The mayor closed the school in Tarn.",
            "The mayor closed the school in Tarn on Sunday.",
        ),
        Topic("updated", "relation, rule", "Two statements differ, in whatever way: all three natures."),
        Topic("unique", "relation, rule", "One article has a sentence that the other has no counterpart of."),
        Topic("unconfirmed", "rule", "Less of an article is confirmed by the other than minimum_confirmed wants."),
        Topic("identical", "relation", "Two statements have the same words but for typography."),
        Topic("paraphrased", "relation", "Two statements say the same facts in other words."),
        Topic(
            "quantity",
            "kind",
            "A number with what it measures: people, money, lengths, shares, ages, places in an order.",
            "Two people died in Tarn on Sunday.",
            "Nine people died in Tarn on Sunday.",
        ),
        Topic(
            "time",
            "kind",
            "A day, a clock time, a year or a length of time, counted from the day of publication.",
            "The dam was built in 1954.",
            "The dam was built in 1951.",
        ),
        Topic(
            "entity",
            "kind",
            "A person, an organisation or another name.",
            "The bridge in Tarn was opened by Mara Lind on Sunday.",
            "The bridge in Tarn was opened by Petra Novak on Sunday.",
        ),
        Topic(
            "place",
            "kind",
            "A place; one that lies in another agrees with it.",
            "The ferry sank near Gdansk on Sunday.",
            "The ferry sank near Hamburg on Sunday.",
        ),
        Topic(
            "status",
            "kind",
            "How far along something is: planned, possible, alleged or done.",
            "The minister will visit Tarn on Tuesday.",
            "The minister visited Tarn on Tuesday.",
            "2024-05-08",
        ),
        Topic(
            "polarity",
            "kind",
            "Whether something is so or not.",
            "Police arrested the driver in Tarn.",
            "Police did not arrest the driver in Tarn.",
        ),
        Topic("attribution", "kind", "Who says it.", "The dam is safe, Ana Kell said.", "The dam is safe."),
        Topic(
            "detail",
            "kind",
            "Words of substance that are none of the other kinds: opposites (open, closed), or what one side adds.",
            "Prices rose in Orlo on Sunday.",
            "Prices fell in Orlo on Sunday.",
        ),
    )
}
"""Every nature, relation, kind and rule by its name."""


def find_topic(name: str) -> Topic:
    """Return the topic of a word.

    Raises:
        SettingsError: there is none; the message has the nearest one.

    >>> find_topic("conflicts")
    Traceback (most recent call last):
    consistency.errors.SettingsError: nothing is called 'conflicts'; did you mean 'conflict'?
    """
    if name not in TOPICS:
        raise SettingsError(f"nothing is called {name!r}; {suggest(name, TOPICS)}")
    return TOPICS[name]
