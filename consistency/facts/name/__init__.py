"""Names of people, organisations and places: found by their capitals, joined within the article, compared by spelling.

A name is a run of capitalised words. Titles and roles are taken off, nationalities and countries in front of a plain
office ("Russian Foreign Ministry") become places of their own, and a place inside an organisation belongs to it. Then
the article is read as a whole: surnames and acronyms get the full name that it gives them, and the first word of a
sentence, or a headline in capitals, is a name where the rest of the article says so.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

import attrs

from consistency.facts.name.gazetteer import (
    Lists,
    Path,
    Tables,
    Words,
    fold_name,
    is_variant,
    list_spellings,
    load_tables,
)
from consistency.facts.name.reader import (
    LONGEST,
    Name,
    NameMention,
    NameToken,
    Reader,
    Sort,
    find_small,
    fold_chain,
    is_common,
    is_opening,
    is_titled,
    locate,
    tokenize_names,
)
from consistency.facts.name.signals import measure
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Article, Fact, Kind, Sentence
from consistency.text import is_acronym

__all__ = ["Name", "Sort", "compare", "find", "is_title", "list_keys", "measure"]

_NEXT = re.compile(r" ([a-z]+)\b")
_LED = re.compile(r"\b([a-z]+) of (?:the )?$")
_FAR = 30  # characters before a name in which a word leads to it
_LONG = 25  # letters


def find(article: Article, sentences: Sequence[Sentence], language: Language = ENGLISH) -> tuple[tuple[Fact, ...], ...]:
    """Return the entities and places of each sentence, in order of start; every value is a :class:`Name`.

    A headline in capitals or title case gives only names that the rest of the article has, and countries.

    >>> text = "President Ana Silva left Paris. Silva had met the U.N. chief."
    >>> found = find(Article(text), [Sentence(0, 0, 31, text[:31]), Sentence(1, 32, 61, text[32:])])
    >>> [[(fact.text, str(fact.value), str(fact.kind)) for fact in facts] for facts in found]
    [[('Ana Silva', 'Ana Silva', 'entity'), ('Paris', 'Paris', 'place')],
     [('Silva', 'Ana Silva', 'entity'), ('U.N.', 'United Nations', 'entity')]]
    """
    tables, text = load_tables(language), article.text
    small = [find_small(text, s) for s in sentences]
    tokens = [tokenize_names(text, s.dateline.end if s.dateline else s.start, s.end, language) for s in sentences]
    titled = [is_titled(*sides) for sides in zip(sentences, tokens, small, strict=True)]
    body = [(n, words) for n, words in enumerate(tokens) if not titled[n]]
    inner = frozenset([token.norm for _, words in body for token in words if not is_opening(token, words[0])])
    reader = Reader(tables, frozenset(itertools.chain.from_iterable(small)), inner)
    mentions = [
        mention for n, words in body for mention in reader.read(n, words) if not _is_money(text, mention, tables)
    ]
    mentions = _join_containers(text, [_tell_region(text, mention, tables) for mention in mentions], tables)
    names = _resolve(text, mentions, tables)
    found: list[list[Fact]] = [[] for _ in sentences]
    for mention, name in zip(mentions, names, strict=True):
        found[mention.sentence].append(_make_fact(text, mention.start, mention.end, name))
    known = _index_known(text, mentions, names, tables) if any(titled) else {}
    for n, words in enumerate(tokens):
        if titled[n]:
            found[n] = list(_read_titled(text, words, known, tables))
    return tuple(tuple(facts) for facts in found)


def compare(left: Fact, right: Fact, language: Language = ENGLISH) -> Agreement | None:
    """Return how two names agree; None where they cannot answer each other (a person and a place).

    SAME: one name in another form (surname, title, acronym, nickname, spelling, nationality). FINER: one place lies
    in the other. DIFFERENT: another name.

    >>> def fact(text, *words, sort=Sort.PERSON): return Fact(Kind.ENTITY, 0, 1, text, Name(text, words, sort))
    >>> print(compare(fact("Silva", "silva"), fact("Ana Silva", "ana", "silva")))
    same
    >>> print(compare(fact("Rui Silva", "rui", "silva"), fact("Ana Silva", "ana", "silva")))
    different
    """
    one, other = left.value, right.value
    if not (isinstance(one, Name) and isinstance(other, Name)):
        return None
    if _are_apart(one.generation, other.generation) and _is_one_name(one.words, other.words, language):
        return Agreement.DIFFERENT
    settlements = load_tables(language).lists.settlements if not (one.path and other.path) else frozenset()
    if _drop_last(one.words, settlements) == _drop_last(other.words, settlements) and not (one.told and other.told):
        return Agreement.SAME
    sorts = (one.sort, other.sort)
    if sorts == (Sort.PLACE, Sort.PLACE):
        return _compare_places(one, other, language)
    if Sort.PLACE in sorts or (one.sort is not other.sort and Sort.OTHER not in sorts):
        return None
    is_one = any(
        _is_one_name(ours, theirs, language) and (Sort.PERSON in sorts or _is_one_body(ours, theirs, language))
        for ours, theirs in itertools.product(_list_forms(one, other), _list_forms(other, one))
    )
    return Agreement.SAME if is_one else Agreement.DIFFERENT


def list_keys(fact: Fact, language: Language = ENGLISH) -> frozenset[str] | None:
    """Return keys of which two names that `compare` takes for the same share at least one.

    ``None`` where any other name may be the same: an initial stands for all words that begin with it, and of very long
    words no keys are made.

    >>> def fact(text, *words): return Fact(Kind.ENTITY, 0, 1, text, Name(text, words))
    >>> "silva" in list_keys(fact("Ana Silva", "ana", "silva")) & list_keys(fact("Silvas", "silvas"))
    True
    >>> print(list_keys(fact("A. Silva", "a", "silva")))
    None
    """
    name = fact.value
    if not isinstance(name, Name) or any(not 1 < len(word) < _LONG for word in name.words):
        return None
    spelled = itertools.chain.from_iterable(list_spellings(word, language) for word in name.words)
    return frozenset((*spelled, *name.aliases, "".join(_drop_small(name.words, language)), *name.path[-1:]))


def is_title(text: str, name: Fact, bearer: Fact, language: Language = ENGLISH) -> bool:
    """Say whether a name is a part of the title of the person whose name follows: "French President Ana Silva".

    >>> text = "French President Ana Silva left."
    >>> ((french, silva),) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> is_title(text, french, silva), is_title(text, silva, french)
    (True, False)
    """
    if not isinstance(bearer.value, Name) or bearer.value.sort not in (Sort.PERSON, Sort.OTHER):
        return False
    between = text[name.end : bearer.start]
    tables = load_tables(language)
    words = [word.rstrip(".") for word in between.casefold().removeprefix("'s").removeprefix("’s").split()]
    return bool(words) and words[-1] in tables.ranks and tables.titled.issuperset(words)


def _compare_places(one: Name, other: Name, language: Language) -> Agreement:
    tables = load_tables(language)
    if not (one.path and other.path):
        path = one.path or other.path
        if len(one.words) == len(other.words) and all(
            is_variant(*words, language) for words in zip(one.words, other.words, strict=True)
        ):
            return Agreement.SAME
        # what lies we do not know where may lie in a country, never in a city
        wide = 0 < len(path) < 3 or path in tables.regions or path in tables.states.values()
        return Agreement.FINER if wide else Agreement.DIFFERENT
    if one.path == other.path or (one.path[-1] == other.path[-1] and not (one.told and other.told)):
        return Agreement.SAME
    short, long = sorted((one.path, other.path), key=len)
    # Of a city and a province of one country the gazetteer does not say more.
    parted = one.path[:2] == other.path[:2] and (one.path in tables.regions) is not (other.path in tables.regions)
    return Agreement.FINER if parted or long[: len(short)] == short else Agreement.DIFFERENT


@functools.lru_cache(1 << 14)
def _is_one_name(one: Words, other: Words, language: Language) -> bool:
    """Return whether each word of the shorter name has its own variant in the longer one."""
    bare = _drop_small(one, language), _drop_small(other, language)
    short, long = sorted(bare, key=lambda words: (len(words), len("".join(words))))  # "N" is shorter than "Nicolas"
    if "".join(short) == "".join(long):
        return True
    left = [*long]
    for word in short:
        match = next((each for each in left if is_variant(each, word, language)), "")
        if not match:
            return False
        left.remove(match)
    return len("".join(short)) > 1


@functools.lru_cache(1 << 14)  # each name is compared with many
def _drop_small(words: Words, language: Language) -> Words:
    """Return a name without particles and the small words of an organisation."""
    lists = load_tables(language).lists
    return tuple(word for word in words if word not in lists.particles and word not in lists.small)


def _list_forms(name: Name, other: Name) -> tuple[Words, ...]:
    """Return the words of a name, and its acronym where the other name has that among its words: "BBC Radio"."""
    if name.aliases.isdisjoint(other.words):  # most names, and many are compared
        return (name.words,)
    return (name.words, *((acronym,) for acronym in name.aliases.intersection(other.words)))


@functools.lru_cache(1 << 14)
def _is_one_body(one: Words, other: Words, language: Language) -> bool:
    """Return whether two names of which one has the words of the other can be of one body.

    Not so where both say what sort of company they are and one has more words ("Brandt & Alder LLC", "Alder LLC"),
    where they are bodies of another sort ("Tarn Police Union", "Tarn Police"), and where a word tells two of a sort
    apart ("University of Ohio", "Ohio State University").
    """
    lists = load_tables(language).lists
    bare = [_drop_last(words, lists.legal) for words in (one, other)]
    if bare[0] != one and bare[1] != other:
        counts = [len([word for word in words if word not in lists.small]) for words in bare]
        return counts[0] == counts[1]
    heads = [_find_head(_drop_last(words, lists.offices), lists) for words in bare]
    if not all(heads):
        return True
    return is_variant(heads[0], heads[1], language) and lists.apart.isdisjoint({*bare[0]} ^ {*bare[1]})


def _find_head(words: Words, lists: Lists) -> str:
    """Return the word of a name that says what sort of body it is: the last one, or the last before "of"."""
    stop = words.index("of") if "of" in words else len(words)
    return next((word for word in reversed(words[:stop]) if word in lists.group_words), "")


def _drop_last(words: Words, endings: Set[str]) -> Words:
    """Return a name without the last word, where that is one of some and another stands before it."""
    return words[:-1] if len(words) > 1 and words[-1] in endings else words


def _are_apart(one: str, other: str) -> bool:
    """Return whether two generations are told, and are not the same: Jr. and Sr., not Jr. and Jnr."""
    return bool(one and other) and one.replace("n", "") != other.replace("n", "")


def _is_money(text: str, mention: NameMention, tables: Tables) -> bool:
    """Return whether a nationality only says whose money is counted: "three million US dollars"."""
    word = _NEXT.match(text, mention.end) if mention.name.sort is Sort.PLACE else None
    return word is not None and word[1] in tables.currencies


def _tell_region(text: str, mention: NameMention, tables: Tables) -> NameMention:
    """Return a mention with the place that a word beside it tells: "Washington state", "the country of Georgia"."""
    led = _LED.search(text, max(0, mention.start - _FAR), mention.start) if mention.before in ("of", "the") else None
    said = (match[1] for match in (_NEXT.match(text, mention.end), led) if match)
    kind = next((tables.regional[word] for word in said if word in tables.regional), "")
    if not kind:
        return mention
    words = mention.name.words
    path: Path | None = tables.states.get(mention.name.text) if kind == "state" else tables.places.get(words)
    if kind == "city":
        path = tables.places.get((*words, "city"))
    if not path or (kind == "country" and len(path) != 2):
        return mention
    return attrs.evolve(mention, name=attrs.evolve(mention.name, sort=Sort.PLACE, path=path, told=True))


def _make_fact(text: str, start: int, end: int, name: Name) -> Fact:
    kind = Kind.PLACE if name.sort is Sort.PLACE else Kind.ENTITY
    return Fact(kind, start, end, text[start:end], name)


def _join_containers(text: str, mentions: Sequence[NameMention], tables: Tables) -> list[NameMention]:
    """Return the mentions with "Ferguson, Missouri" as one place that lies in the second."""
    joined: list[NameMention] = []
    for mention in mentions:
        near = bool(joined) and text[joined[-1].end : mention.start] in (", ", " (", ". , ")
        if near and (path := _contain(joined[-1], mention, text, tables)):
            inner = joined.pop()
            dot = text[mention.start : mention.end + 1] in tables.states  # Mo.
            name = attrs.evolve(inner.name, sort=Sort.PLACE, path=path, told=True)
            mention = attrs.evolve(inner, name=name, end=mention.end + dot)
        joined.append(mention)
    return joined


def _contain(inner: NameMention, outer: NameMention, text: str, tables: Tables) -> Path | None:
    """Return the path of the inner place if the outer name is what it lies in."""
    written = text[outer.start : outer.end]
    dotted = written + text[outer.end : outer.end + 1]
    state = tables.states.get(written) or tables.states.get(dotted)
    path = state or (() if outer.name.demonym else outer.name.path)
    if not path or inner.name.sort in (Sort.PERSON, Sort.GROUP) or inner.name.demonym or inner.name.told:
        return None
    own = inner.name.path
    if own:
        return own if own[: len(path)] == path != own else (*path, own[-1]) if state else None
    located = len(path) < 4 and inner.before in tables.located
    return (*path, " ".join(inner.name.words)) if state or located else None


def _resolve(text: str, mentions: Sequence[NameMention], tables: Tables) -> list[Name]:
    """Return the name of each mention as the whole article gives it."""
    full: dict[Words, Name] = {}
    for mention in mentions:
        known = full.get(mention.name.words)
        full[mention.name.words] = _merge(known, mention.name) if known else mention.name
    for words in _place_by_context(text, mentions, tables):
        if full[words].sort is Sort.OTHER:
            full[words] = attrs.evolve(full[words], sort=Sort.PLACE)
    for words, acronym in _bracketed(text, mentions):
        full[words] = attrs.evolve(full[words], aliases=full[words].aliases | {acronym})
    parts = _index_parts(full)
    return [
        mention.name if mention.name.generation else _find_full(mention, full[mention.name.words], parts, tables)
        for mention in mentions
    ]


def _merge(known: Name, name: Name) -> Name:
    """Return what two mentions of the same words say together: the surer sort, the told place."""
    if (name.told and not known.told) or (known.text.isupper() and not name.text.isupper()):
        return name
    return attrs.evolve(known, sort=name.sort) if known.sort is Sort.OTHER else known


def _place_by_context(text: str, mentions: Sequence[NameMention], tables: Tables) -> set[Words]:
    """Return the names that stand after "in" or "near" and do nothing that people do."""
    placed = {
        mention.name.words
        for mention in mentions
        if mention.before in tables.lists.near and text[mention.end : mention.end + 1] not in ("'", "’")
    }
    acting = ((mention.name.words, _NEXT.match(text, mention.end)) for mention in mentions)
    return placed - {words for words, verb in acting if verb and verb[1] in tables.saying}


def _bracketed(text: str, mentions: Sequence[NameMention]) -> Iterator[tuple[Words, str]]:
    """Yield full names with the acronym that follows them in brackets."""
    for left, right in itertools.pairwise(mentions):
        around = text[left.end : right.start].strip() + text[right.end : right.end + 1]
        if around == "()" and is_acronym(text[right.start : right.end]) and left.name.sort in (Sort.GROUP, Sort.OTHER):
            yield left.name.words, "".join(fold_name(text[right.start : right.end]))


def _index_parts(full: dict[Words, Name]) -> dict[str, list[Name]]:
    """Return full names by what can stand for them alone: surname, first name, acronym."""
    parts: dict[str, list[Name]] = defaultdict(list)
    for words, name in full.items():
        if len(words) > 1 and name.sort is not Sort.PLACE:
            ends = set() if name.sort is Sort.GROUP else {words[0], words[-1]}
            for key in name.aliases | ends:
                if len(parts[key]) <= LONGEST:  # more are no help, and cost time on hostile input
                    parts[key].append(name)
    return parts


def _find_full(mention: NameMention, name: Name, parts: dict[str, list[Name]], tables: Tables) -> Name:
    """Return the full name that a mention of one word stands for, or that word with what is known of it."""
    found = parts.get(name.words[0], []) if len(name.words) == 1 and not name.demonym else []
    if name.sort is Sort.PLACE:
        found = [full for full in found if mention.before not in tables.located and _is_person(full, name, tables)]
    if not found:
        return name
    longest = max(found, key=lambda full: (len(full.words), full.text))
    if len(found) > LONGEST or not all(_is_one_name(full.words, longest.words, tables.language) for full in found):
        return attrs.evolve(name, sort=Sort.PERSON) if name.sort is Sort.OTHER else name
    is_person = name.sort is Sort.PERSON and longest.sort is Sort.OTHER
    return attrs.evolve(longest, sort=Sort.PERSON) if is_person else longest


def _is_person(full: Name, place: Name, tables: Tables) -> bool:
    """Return whether a place's name is rather the surname of someone whom the article has named in full."""
    surname = len(full.words) == 2 and full.words[-1] == place.words[-1]
    return full.sort is Sort.PERSON or (surname and not is_common(full.words[0], tables))


def _index_known(
    text: str, mentions: Sequence[NameMention], names: Sequence[Name], tables: Tables
) -> dict[Words, Name]:
    """Return the names of the article by their words, and by their surnames unless those are ordinary words."""
    known = {fold_name(text[each.start : each.end]): name for each, name in zip(mentions, names, strict=True)}
    for name in names:
        if name.sort in (Sort.PERSON, Sort.OTHER) and not is_common(name.words[-1], tables):
            known.setdefault(name.words[-1:], name)
    return known


def _read_titled(text: str, tokens: Sequence[NameToken], known: dict[Words, Name], tables: Tables) -> Iterator[Fact]:
    """Yield the names of a line whose capitals say nothing: those the article has elsewhere, and countries."""
    start = 0
    while start < len(tokens):
        for size in range(min(LONGEST, len(tokens) - start), 0, -1):
            chain = tokens[start : start + size]
            words = fold_chain(chain)
            name, path = known.get(words), locate(words, tables) or ()
            if not name and len(path) == 2 and (len(words[0]) > 3 or "." in chain[0].text):
                name = Name(
                    text[chain[0].start : chain[-1].end], words, Sort.PLACE, path=path, demonym=words in tables.demonyms
                )
            if name:
                yield _make_fact(text, chain[0].start, chain[-1].end, name)
                break
        start += size
