"""The rewordings that a news sentence can take with no fact changed: each rule yields drafts of the new sentence.

A rule yields nothing where the edit would not surely be right. Its word lists (``edit_words.json``) are written for
this generator alone: a finder that was tested on its own lists would be measured against itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from drafts import NAME, Draft, any_of, is_count, is_plural, is_range, keep, word_after, word_before, words


def keep_number_word(sentence: str) -> Iterator[Draft]:
    """12 and twelve.

    >>> [draft.new[0] for draft in keep_number_word("It hurt 12 people.")]
    ['It hurt twelve people.']
    """
    numbers = words("number_words")
    spelled = {str(value): word for word, value in numbers.items()}
    for match in re.finditer(r"(?<![\w.,$:/–—-])\d{1,2}(?= [a-z])", sentence):
        after = word_after(sentence, match.end())
        if match.group() in spelled and is_count(sentence, match) and is_plural(after) and after != "percent":
            yield keep(sentence, match, spelled[match.group()])
    for match in re.finditer(rf"(?<=[a-z] ){any_of(numbers)}(?= [a-z])", sentence):
        after = word_after(sentence, match.end())
        if is_plural(after) and after not in ("million", "billion") and not is_range(sentence, match):
            yield keep(sentence, match, str(numbers[match.group()]))


def keep_percent(sentence: str) -> Iterator[Draft]:
    """5%, 5 percent and 5 per cent.

    >>> sorted(draft.new[0] for draft in keep_percent("It fell 5%."))
    ['It fell 5 per cent.', 'It fell 5 percent.']
    """
    for match in re.finditer(r"\b\d[\d.,]*( percent\b(?!age)| per cent\b|%)", sentence):
        for new in (" percent", " per cent", "%"):
            if new != match.group(1):
                yield keep(sentence, match, new, 1)


def keep_money(sentence: str) -> Iterator[Draft]:
    """$5 million, $5m and 5 million dollars.

    >>> sorted(draft.new[0] for draft in keep_money("It cost $5 million."))
    ['It cost $5m.', 'It cost 5 million dollars.']
    """
    for match in re.finditer(r"(?<!\w)\$(\d+(?:\.\d+)?) (million|billion)\b(?!-)", sentence):
        number, unit = match.groups()
        yield keep(sentence, match, f"${number}{'m' if unit == 'million' else 'bn'}")
        if re.match(r"[,.;)]| (?:in|to|a|of|from|for|on|by|when|at|and)\b", sentence[match.end() :]):
            yield keep(sentence, match, f"{number} {unit} dollars")


def keep_separator(sentence: str) -> Iterator[Draft]:
    """1,400 and 1400.

    >>> [draft.new[0] for draft in keep_separator("It hurt 1,400 people.")]
    ['It hurt 1400 people.']
    """
    for match in re.finditer(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])", sentence):
        plain = match.group().replace(",", "")
        if not (len(plain) == 4 and 1800 <= int(plain) <= 2100):
            yield keep(sentence, match, plain)
    for match in re.finditer(r"(?<![\w.,#/:-])[1-9]\d{3,5}(?= [a-z]+s\b)", sentence):
        if not 1800 <= int(match.group()) <= 2100:
            yield keep(sentence, match, f"{int(match.group()):,}")


def keep_date_order(sentence: str) -> Iterator[Draft]:
    """March 12 and 12 March.

    >>> [draft.new[0] for draft in keep_date_order("It fell on March 12, 2003.")]
    ['It fell on 12 March 2003.']
    """
    month = f"({any_of(words('months'))})"
    for match in re.finditer(rf"\b{month} (\d{{1,2}})(?:, (\d{{4}})\b,?)?(?![\w–-]|,\d| (?:and|to|or) \d)", sentence):
        name, day, year = match.groups()
        yield keep(sentence, match, f"{day} {name}" + (f" {year}" if year else ""))
    for match in re.finditer(
        rf"(?<!\d )(?<!and )(?<!to )(?<![\w–-])(\d{{1,2}}) {month}(?: (\d{{4}}))?\b(?! \d)", sentence
    ):
        day, name, year = match.groups()
        yield keep(sentence, match, f"{name} {day}" + (f", {year}" if year else ""))


def keep_month(sentence: str) -> Iterator[Draft]:
    """September 12 and Sept. 12.

    >>> [draft.new[0] for draft in keep_month("It fell on Sept. 12.")]
    ['It fell on September 12.']
    """
    for full, short in words("month_abbreviations").items():
        for old, new in ((full, short), (short, full)):
            for match in re.finditer(rf"(?<=[a-z] ){re.escape(old)}(?= \d)", sentence):
                yield keep(sentence, match, new)


def keep_contraction(sentence: str) -> Iterator[Draft]:
    """Did not and didn't.

    >>> [draft.new[0] for draft in keep_contraction("It did not rain.")]
    ["It didn't rain."]
    """
    for pair in words("contractions"):
        for old, new in (pair, reversed(pair)):
            for match in re.finditer(rf"(?<![\w'-]){old}(?![\w'-])", sentence.replace("’", "'")):
                yield keep(sentence, match, new)


def keep_alias(sentence: str) -> Iterator[Draft]:
    """The UK and the United Kingdom.

    >>> [draft.new[0] for draft in keep_alias("It left the EU again.")]
    ['It left the European Union again.']
    """
    for pair in words("aliases"):
        for old, new in (pair, reversed(pair)):
            bare = new.removeprefix("the ")
            for match in re.finditer(rf"(?<![\w.-]){re.escape(old)}(?![\w-]|\.\w)", sentence, re.I):
                name = match.group().removeprefix("The ").removeprefix("the ")
                told_once = sentence.count(name) == 1 and not re.search(rf"\b{re.escape(bare)}", sentence)
                if told_once and name == old.removeprefix("the ") and not _joins_name(sentence, match):
                    yield keep(sentence, match, new)


def _joins_name(sentence: str, match: re.Match[str]) -> bool:
    return bool(
        re.match(r"['’]?s? ?\(|['’](?!s)|\$| [A-Z]|['’]s [A-Z]| and [A-Z]|\W*$", sentence[match.end() :])
        or word_before(sentence, match.start())[:1].isupper()
    )


def keep_title(sentence: str) -> Iterator[Draft]:
    """Mr Smith and Smith, President Smith and Smith.

    >>> [draft.new[0] for draft in keep_title("It was Mr. Smith.")]
    ['It was Smith.']
    """
    titles = any_of([*words("titles"), *words("offices")])
    for match in re.finditer(rf"(?<!['’\w/-])({titles} )[A-Z][a-z]+", sentence):
        before = word_before(sentence, match.start())
        if not before[:1].isupper() and before.lower() not in ("former", "vice", "deputy", "the", "then", "and", "ex"):
            yield keep(sentence, match, "", 1)


def keep_synonym(sentence: str) -> Iterator[Draft]:
    """A word and its near-synonym.

    >>> [draft.new[0] for draft in keep_synonym("It began again.")]
    ['It started again.']
    """
    for old, new in words("synonyms"):
        for match in re.finditer(rf"(?<![\w'-])(?:{old})(?![\w'-])", sentence.replace("’", "'")):
            yield keep(sentence, match, new)


def lower_start(clause: str) -> str | None:
    """Return ``clause`` as it reads inside a sentence; ``None`` where its first word may be a name.

    >>> lower_start("The rain fell"), lower_start("Smith fell")
    ('the rain fell', None)
    """
    first = clause.split(maxsplit=1)[0]
    return clause[0].lower() + clause[1:] if first in words("openers") else None


def raise_start(clause: str) -> str:
    """Return ``clause`` as it reads at the start of a sentence."""
    return clause[:1].upper() + clause[1:]


def keep_clause_order(sentence: str) -> Iterator[Draft]:
    """X fell after Y rose; After Y rose, X fell.

    >>> [draft.new[0] for draft in keep_clause_order("When the rain fell, the town stayed calm.")]
    ['The town stayed calm when the rain fell.']
    """
    if re.search(r'["“]|\b(?:said|says?|that|told|according|which|who|not|and)\b', sentence):
        return
    links = any_of(words("subordinators"))
    if match := re.fullmatch(rf"([^,;:]+?),? ({links}) ([^,;:]+)\.", sentence):
        main, link, clause = match.groups()
        main_low = lower_start(main) or (main if re.match(rf"{NAME} {NAME} [a-z]", main) else None)
        whole = link not in ("after", "before", "once") or re.search(FINITE, clause)
        hangs = re.search(r"\b(?:determine|see|know|ask|be|is|are|was|were|come|comes|came|wonder|decide)$", main)
        if main_low and whole and not hangs and min(main.count(" "), clause.count(" ")) >= 2:
            yield Draft((f"{raise_start(link)} {clause}, {main_low}.",))
    if match := re.fullmatch(rf"({links}) ([^,;:]+), ([^,;:]+)\.", sentence, re.I):
        link, clause, main = match.groups()
        if min(main.count(" "), clause.count(" ")) >= 2:
            yield Draft((f"{raise_start(main)} {link.lower()} {clause}.",))
    days, months = any_of(words("weekdays")), any_of(words("months"))
    time = rf"(?:on {days}|in {months}|in (?:19|20)\d\d|last (?:week|year|month)|[yY]esterday)"
    if match := re.fullmatch(rf"({time}),? ([^,;:]+)\.", sentence, re.I):
        when, main = match.groups()
        if not re.search(MOVES_BADLY, main):
            yield Draft((f"{raise_start(main)} {when[0].lower()}{when[1:]}.",))
    if match := re.fullmatch(rf"([^,;:]+) ({time})\.", sentence):
        main_low = lower_start(match.group(1))
        if main_low and not re.search(MOVES_BADLY, main_low):
            yield Draft((f"{raise_start(match.group(2))}, {main_low}.",))


def keep_speech_order(sentence: str) -> Iterator[Draft]:
    """X said: "..." and "...", said X.

    >>> [draft.new[0] for draft in keep_speech_order("The rain had stopped, Smith said.")]
    ['Smith said the rain had stopped.']
    """
    verb = any_of(("said", "says", "added"))
    speaker = r"([A-Z]\w+(?: [\w.'’-]+){0,5}|he|she|they)"
    if match := re.fullmatch(rf'(["“])([^"“”]+),(["”]) (?:{speaker} ({verb})|({verb}) {speaker})\.', sentence):
        start, quote, end, who, act, act_first, who_last = match.groups()
        yield Draft((f"{raise_start(who or who_last)} {act or act_first}: {start}{quote}.{end}",))
    if re.search(r'["“”:;]', sentence):
        return
    if match := re.fullmatch(
        rf"([A-Z]\w+(?: [\w.'’-]+){{0,4}}) ({verb}) (?:that )?((?:the|it|he|she|they|there|a|an|its|his) [^\"]+)\.",
        sentence,
    ):
        who, act, told = match.groups()
        if (
            not re.search(r"\b(?:but|said|says)\b", told)
            and (who_low := lower_start(who) or who)
            and not who.endswith((" has", " have", "also"))
        ):
            yield Draft((f"{raise_start(told)}, {who_low} {act}.",))
    if match := re.fullmatch(rf"([^\"]+), {speaker} ({verb})\.", sentence):
        told, who, act = match.groups()
        if "," not in told and (told_low := lower_start(told)):
            yield Draft((f"{raise_start(who)} {act} {told_low}.",))


def split_sentence(sentence: str) -> Iterator[Draft]:
    """One sentence becomes two at ", and", ", but" or a semicolon.

    >>> [draft.new for draft in split_sentence("The long rain stopped at noon, and the river has fallen again.")]
    [('The long rain stopped at noon.', 'The river has fallen again.')]
    """
    if re.search(r'["“”(:]|\b(?:that|if|between|both|either|not only)\b', sentence):
        return
    for match in re.finditer(rf"(?:, (and|but)|;) (?={any_of(words('split_subjects'))} )", sentence):
        first, second = sentence[: match.start()], sentence[match.end() :]
        if min(first.count(" "), second.count(" ")) >= 4 and first.count(",") == 0 and re.search(FINITE, second):
            opener = "But " + second if match.group(1) == "but" else raise_start(second)
            yield Draft((first + ".", opener))


MOVES_BADLY = r" (?:to|will|would|when|after|before|while|because|if|say|since) "
FINITE = r"^(?:\w+ ){1,4}?(?:is|are|was|were|has|have|had|will|would|could|can|did|does|said|plans|\w{3,}ed)\b"

REWORDINGS: dict[str, Callable[[str], Iterator[Draft]]] = {
    "keep:number_word": keep_number_word,
    "keep:percent": keep_percent,
    "keep:money": keep_money,
    "keep:separator": keep_separator,
    "keep:date_order": keep_date_order,
    "keep:month": keep_month,
    "keep:contraction": keep_contraction,
    "keep:alias": keep_alias,
    "keep:title": keep_title,
    "keep:synonym": keep_synonym,
    "keep:clause_order": keep_clause_order,
    "keep:speech_order": keep_speech_order,
    "split:split": split_sentence,
}
