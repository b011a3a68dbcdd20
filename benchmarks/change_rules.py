"""The changes of fact that a news sentence can take: each rule yields drafts of the edited sentence.

A rule yields nothing where the edit would not surely be right. Its word lists (``edit_words.json``) are written for
this generator alone: a finder that was tested on its own lists would be measured against itself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from drafts import (
    NAME,
    NUMBER,
    Draft,
    any_of,
    change,
    is_count,
    is_plural,
    is_range,
    put,
    stands_free,
    word_after,
    word_before,
    words,
)


def change_quantity(sentence: str, rng: random.Random) -> Iterator[Draft]:
    """A number before a noun, a percentage or an amount of dollars becomes another.

    >>> [draft.new_fact != "12" for draft in change_quantity("The fire hurt 12 people.", random.Random(1))]
    [True]
    """
    for match in NUMBER.finditer(sentence):
        if is_count(sentence, match):
            new = other_number(match.group(), is_exact(sentence, match), rng)
            yield change(sentence, match, new, quantity_kinds(sentence, match))
    numbers = words("number_words")
    for match in re.finditer(rf"\b{any_of(numbers)}\b(?= [a-z])", sentence, re.I):
        after = word_after(sentence, match.end())
        if match.group().lower() in numbers and is_plural(after) and not is_range(sentence, match):
            others = [word for word in numbers if word != match.group().lower()]
            yield change(sentence, match, rng.choice(others), quantity_kinds(sentence, match))


def is_exact(sentence: str, match: re.Match[str]) -> bool:
    """Return whether the number means itself: it is not round, and no word near it says "about"."""
    near = re.findall(r"[a-z]+", sentence[: match.start()].lower())[-3:]
    return not match.group().endswith("0") and not set(near) & set(words("approximators"))


def other_number(number: str, exact: bool, rng: random.Random) -> str:
    """Return another number in the same form: near by where ``exact``, else too far to be a rounding.

    >>> other_number("1,400", False, random.Random(2)) != "1,400"
    True
    """
    places = len(number.partition(".")[2])
    value = float(number.replace(",", ""))
    if exact and rng.random() < 0.5:
        value += rng.choice((1, 2, 3)) / 10**places
    else:
        value *= rng.choice((0.4, 0.6, 1.5, 1.8, 2.5))
    value = max(value, 2.0)
    text = f"{value:,.{places}f}" if "," in number else f"{value:.{places}f}"
    return text if text != number else other_number(number, False, rng) if value > 3 else f"{value + 3:.{places}f}"


def quantity_kinds(sentence: str, match: re.Match[str]) -> tuple[str, ...]:
    """Return the kinds that fit: a number of days is a time as well."""
    after = re.split(r"[-.,]", word_after(sentence, match.end()))[0]
    return ("quantity", "time") if after in words("time_units") else ("quantity",)


def change_time(sentence: str, rng: random.Random) -> Iterator[Draft]:
    """A weekday, month, day of the month, year or relative time becomes another.

    >>> [len(draft.new) for draft in change_time("Rain fell in March 2003.", random.Random(1))]
    [1, 1]
    """
    kinds = ("time",)
    for listed, pattern in ((words("weekdays"), r"\b{}\b"), (words("months"), r"(?<=\bin ){}\b|\b{}(?= \d{{1,2}}\b)")):
        for match in re.finditer(pattern.replace("{}", any_of(listed)).replace("{{", "{").replace("}}", "}"), sentence):
            if (
                not re.match(r" [A-Z]|-", sentence[match.end() :])
                and word_before(sentence, match.start())[:1].islower()
            ):
                yield change(sentence, match, rng.choice([name for name in listed if name != match.group()]), kinds)
    month = any_of(words("months"))
    for match in re.finditer(rf"\b{month} (\d{{1,2}})\b(?!,\d|[-–.:]\d)|(?<![\d–-])\b(\d{{1,2}}) {month}\b", sentence):
        group = 1 if match.group(1) else 2
        days = [day for day in range(1, 29) if abs(day - int(match.group(group))) > 1]
        yield change(sentence, match, str(rng.choice(days)), kinds, group)
    for match in re.finditer(
        rf"\b(?:in|since|from|until|of|late|early|\d,|{month}) ((?:19|20)\d\d)\b(?![-–%]| [a-z]+s\b)", sentence
    ):
        year = int(match.group(1))
        yield change(sentence, match, str(year + rng.choice((-4, -3, -2, -1))), kinds, 1)
    for old, new in words("relative_times"):
        for match in re.finditer(
            rf"(?<!late )(?<!early )(?<!since )(?<!earlier )\b{old}\b(?!['’-]| of\b)", sentence, re.I
        ):
            yield change(sentence, match, new, kinds)


def change_entity(sentence: str, rng: random.Random) -> Iterator[Draft]:
    """A person or an organisation becomes another of the same sort, everywhere in the sentence.

    >>> [draft.old_fact for draft in change_entity("The mayor thanked Mary Jones.", random.Random(1))]
    ['Jones']
    """
    surname = f"({NAME})"
    for names in (words("men"), words("women")):
        for match in re.finditer(rf"\b({any_of(names)}) (?:[A-Z]\. )?{surname}\b", sentence):
            if not re.match(r" (?:[A-Z]|& |[a-z]+ Foundation)|-|['’]s [A-Z]|, (?:Inc|Jr)", sentence[match.end() :]):
                new_first = match.group(1) if rng.random() < 0.3 else rng.choice(names)
                new_last = rng.choice(words("surnames"))
                renamed = sentence[: match.start()] + f"{new_first} {new_last}" + sentence[match.end() :]
                renamed = re.sub(rf"(?<!\w){match.group(2)}(?!\w)", new_last, renamed)
                yield Draft((renamed,), match.group(2), new_last, entity_kinds(sentence))
    for match in re.finditer(rf"\b{any_of(words('titles'))} {surname}\b(?![ -][A-Z])", sentence):
        yield change(sentence, match, rng.choice(words("surnames")), entity_kinds(sentence), 1)
    for group in words("organisations").values():
        for match in re.finditer(rf"(?<![\w-]){any_of(group)}(?!\w)", sentence):
            if stands_free(sentence, match):
                new = rng.choice([name for name in group if name != match.group()])
                yield change(sentence, match, new, entity_kinds(sentence))


def entity_kinds(sentence: str) -> tuple[str, ...]:
    """Return the kinds that fit: who speaks is an attribution as well."""
    speech = rf"\b(?:{any_of(words('speech_verbs'))}|according to|told|statement|asked|reported|interview)\b"
    return ("entity", "attribution") if re.search(speech, sentence) else ("entity",)


def change_place(sentence: str, rng: random.Random) -> Iterator[Draft]:
    """A city, state or country after a preposition of place becomes another.

    >>> [draft.old_fact for draft in change_place("Rain fell in Paris.", random.Random(1))]
    ['Paris']
    """
    for group in words("places").values():
        pattern = rf"\b{any_of(words('place_prepositions'))} ({any_of(group)})\b"
        for match in re.finditer(pattern, sentence, re.I):
            name = match.group(1)
            if name in group and stands_free(sentence, match, 1) and not re.match(r"['’-]", sentence[match.end() :]):
                yield change(sentence, match, rng.choice([place for place in group if place != name]), ("place",), 1)


def change_polarity(sentence: str, _rng: random.Random) -> Iterator[Draft]:
    """A "not" comes or goes, or a denial turns into its opposite.

    >>> next(change_polarity("The bank has closed the branch.", random.Random(1))).new
    ('The bank has not closed the branch.',)
    """
    kinds = ("polarity",)
    lower = set(re.findall(r"[a-z]+", sentence.lower()))
    if not lower & set(words("negation_marks")) and "n't" not in sentence and "n’t" not in sentence:
        modal = r"(?:will|would|could|should|must) (?!also\b|have\b|soon\b|still\b|now\b|like\b|rather\b)(?=[a-z]+ )"
        perfect = r"(?:is|are|was|were|has|have|had) (?=(?:been|[a-z]{2,}(?<!ne)ed|made|taken|given|found|held|sold) )"
        for match in re.finditer(rf"(?<=\w )\b(?:{modal}|{perfect})(?![a-z]+ly\b)", sentence):
            new = match.group() + "not "
            yield Draft((put(sentence, match.span(), new),), match.group().strip(), new.strip(), kinds)
    for match in re.finditer(
        r"\b(will|would|could|should|is|are|was|were|has|have|had|can|did|does) ?(?:n't|n’t|not)(?= [a-z])", sentence
    ):
        if not re.match(
            r" (?:only|yet|just|necessarily|even)\b| [^.,]*\b(?:any|yet|either|until|but|nor|anyone)\b",
            sentence[match.end() :],
        ):
            yield change(sentence, match, match.group(1), kinds)
    for old, new in words("denials"):
        for match in re.finditer(rf"\b{old}\b", sentence if not lower & {"neither", "nor", "not"} else ""):
            yield change(sentence, match, new, ("polarity", "status"))


def change_status(sentence: str, rng: random.Random) -> Iterator[Draft]:
    """What is planned has happened or the reverse; what is stated is alleged or the reverse.

    >>> [draft.new[0] for draft in change_status("They will visit the site.", random.Random(1))]
    ['They visited the site.']
    """
    times = set(re.findall(r"[a-z]+", sentence.lower()))
    if not times & set(words("future_times")) and not re.search(r"\b(?:if|not|whether|said it|when)\b", sentence):
        yield from _fulfil(sentence)
    if not times & set(words("past_times")):
        yield from _postpone(sentence, rng)
    yield from _doubt(sentence)


def _fulfil(sentence: str) -> Iterator[Draft]:
    """What is planned has happened."""
    verbs, kinds = words("verbs"), ("status",)
    plan = r"(?:will|(?:is|are) (?:expected|scheduled|due|set|planning|likely) to|plans? to|intends? to|hopes? to)"
    for match in re.finditer(rf"\b{plan} ({any_of(verbs)})\b(?= [a-z$\d])", sentence):
        yield change(sentence, match, verbs[match.group(1)], kinds)
    subject = r"(?:(he|she|it|[a-z]+[^s\W])|(?:they|we|[a-z]{3,}[^s]s))"
    for match in re.finditer(rf"\b{subject} (will be)(?= [a-z]+ed\b)", sentence):
        yield change(sentence, match, "was" if match.group(1) else "were", kinds, 2)


def _postpone(sentence: str, rng: random.Random) -> Iterator[Draft]:
    """What has happened is planned."""
    pasts = words("strong_pasts")
    subject = r"(?:\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ww]e)|^(?:The|A) [a-z]+(?: [a-z]+)?|^[A-Z][a-z]+)"
    for match in re.finditer(rf"{subject} ({any_of(pasts)})\b(?! that| by\b)", sentence):
        if re.search(r"\b(?:was|were|is|are|has|have|had|be|been) $", sentence[: match.start(1)]):
            continue
        plan = rng.choice(words("planned"))
        plural = re.match(r"[Tt]hey|[Ww]e|(?:The )?(?:[A-Za-z]+ )?[A-Za-z]{3,}[^s]s ", match.group())
        yield change(sentence, match, f"{'will' if plural else plan} {pasts[match.group(1)]}", ("status",), 1)


def _doubt(sentence: str) -> Iterator[Draft]:
    """What is stated is alleged, or the reverse."""
    kinds = ("status",)
    if not re.search(r"alleg|report|appear|suspect|accus|charg|convict|believ|claim|admit", sentence):
        for match in re.finditer(rf"(?<=[a-z] )(?<!to )(?<!not )({any_of(words('hedged'))})\b(?= [a-z\d])", sentence):
            yield change(sentence, match, f"allegedly {match.group(1)}", kinds)
    for match in re.finditer(r"\b(?:allegedly|reportedly) (?=[a-z])", sentence):
        yield change(sentence, match, "", kinds)
    for match in re.finditer(r"\b(confirmed)(?= that\b)", sentence):
        yield change(sentence, match, "alleged", ("status", "attribution"))


def change_antonym(sentence: str, _rng: random.Random) -> Iterator[Draft]:
    """A word becomes its opposite.

    >>> [draft.new[0] for draft in change_antonym("Shares rose again.", random.Random(1))]
    ['Shares fell again.']
    """
    for pair in words("antonyms"):
        for old, new in (pair, reversed(pair)):
            for match in re.finditer(rf"(?<![\w-]){old}(?![\w-])", sentence):
                if old != "lost" or re.match(r" (?:the|a|\d|\$|his|her|its|their)", sentence[match.end() :]):
                    yield change(sentence, match, new, None)
    for match in re.finditer(
        r"\b(up|down)(?= (?:about |nearly |almost |more than )?\$?[\d.]+ ?(?:%|percent|cents|points))", sentence
    ):
        yield change(sentence, match, "down" if match.group(1) == "up" else "up", None)


CHANGES: dict[str, Callable[[str, random.Random], Iterator[Draft]]] = {
    "change:quantity": change_quantity,
    "change:time": change_time,
    "change:entity": change_entity,
    "change:place": change_place,
    "change:polarity": change_polarity,
    "change:status": change_status,
    "change:antonym": change_antonym,
}
