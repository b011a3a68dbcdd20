"""The names of single sentences: capitalised words are read as runs, titles are taken off, and the rest is sorted.

What the article as a whole says about a name comes later, in :mod:`consistency.facts.name`.
"""

from __future__ import annotations

import functools
import itertools
import re
import string
from collections.abc import Iterator, Sequence, Set

import attrs

from consistency.facts.name.gazetteer import Path, Tables, Words, fold_name, load_tables
from consistency.language import ENGLISH, Language
from consistency.model import Role, Sentence, Word
from consistency.text import fold_typography, is_acronym, stem, strip_accents

_DASH = "\\-\u2010\u2011"
_TOKEN = re.compile(
    r"<[A-Z0-9.=]{1,12}>"  # Alder Mills Inc <ALD.N>
    r"|\b(?![a-z]*[\s,])(?:"  # most words are small
    r"[DRI]-[A-Z](?:[a-z]+\.?|\.?[A-Z]\b\.?)"  # D-Calif.: a party and a state, no place
    r"|(?<!@)(?<!\w['’])("  # the possessive stays outside
    r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?"  # U.N., J.K
    rf"|(?:\w{{1,9}}[{_DASH}])?[^\W\d_a-z]\w*(?:['’&/{_DASH}](?![sS]\b)\w+)*\b(?!@)))"
)
_JOINT = re.compile(f"[/{_DASH}]")
_SMALL = re.compile(r"\b[a-z]+")
_OPENING = re.compile(r"[.!?:\u2026][\"'”’)\]]*\s|[\"“‘']$|(?:[•*\u2013\u2014]|--)\s*$")
LONGEST = 8  # words of a name that are looked for in a headline


class Sort(Word):
    """What a name is the name of, as far as one can tell.

    >>> print(Sort.PLACE)
    place
    """

    PERSON = "person"
    GROUP = "group"
    PLACE = "place"
    OTHER = "other"


@attrs.frozen
class Name:
    """A name as the article as a whole gives it.

    Attributes:
        text: the fullest form, without titles; what reports show.
        words: that form, folded.
        sort: what it names.
        aliases: acronyms that stand for it, folded.
        path: where a place lies, from the outside in and with the place itself at the end; empty if not known.
        told: the article itself says where the place lies.
        demonym: a nationality, which names its country only weakly.
        generation: which of two of one name, "jr"; empty where it is not said.

    >>> print(Name("José Núñez", ("jose", "nunez"), Sort.PERSON))
    José Núñez
    """

    text: str
    words: Words
    sort: Sort = Sort.OTHER
    aliases: frozenset[str] = frozenset()
    path: Path = ()
    told: bool = False
    demonym: bool = False
    generation: str = ""

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class NameToken:
    """A word that can be a part of a name; ``gap`` is what stands before it.

    >>> NameToken(0, 3, "Ana", "ana", "").capital
    True
    """

    start: int
    end: int
    text: str
    norm: str
    gap: str
    capital: bool = True


@attrs.frozen
class NameMention:
    """A name at one place of the article, not yet joined with the others; ``before`` is the word before it.

    >>> NameMention(0, 3, Name("Ana", ("ana",))).sentence
    0
    """

    start: int
    end: int
    name: Name
    sentence: int = 0
    before: str = ""


def find_small(text: str, sentence: Sentence) -> list[str]:
    """Return the words of a sentence that are written with a small letter.

    >>> find_small("Rain fell.", Sentence(0, 0, 10, "Rain fell."))
    ['fell']
    """
    return _SMALL.findall(text, sentence.start, sentence.end)


def is_titled(sentence: Sentence, tokens: Sequence[NameToken], small: Sequence[str]) -> bool:
    """Return whether a line is in capitals or title case, so that capitals say nothing.

    >>> line = Sentence(0, 0, 31, "Old Bridge Opened By New Mayor", Role.HEADLINE)
    >>> is_titled(line, tokenize_names(line.text, 0, 30), find_small(line.text, line))
    True
    """
    words = [token for token in tokens if len(token.norm) > 3]
    count = len(words) + sum([len(word) > 3 for word in small])
    share = len(words) / (count or 1)
    if sentence.role is Role.HEADLINE:
        return share > (0.6 if count > 2 else 0.9)
    shouted = all(token.text.isupper() for token in words)
    goes_on = not sentence.text.rstrip("\"'”’) ").endswith((".", "!", "?"))
    return count >= 4 and share > 0.8 and (shouted or goes_on)


def tokenize_names(text: str, start: int, end: int, language: Language = ENGLISH) -> list[NameToken]:
    """Return the capitalised words of a range of the text; the small ones are in the gaps before them.

    >>> [(token.gap, token.text) for token in tokenize_names("the pro-Russian Mr. Silva’s aide", 0, 32)]
    [('the pro-', 'Russian'), (' ', 'Mr'), (' ', 'Silva')]
    """
    tables = load_tables(language)
    tokens: list[NameToken] = []
    last = start
    for match in _TOKEN.finditer(text, start, end):
        word, where = match[1] or "", match.start()
        parts = _JOINT.split(word)
        if len(parts) > 1 and _is_whole(word, parts, tables):
            parts = [word]
        for number, part in enumerate(parts):
            is_prefix = number + 1 < len(parts) and part.casefold() in tables.lists.prefixes
            if part[:1].isalpha() and part != part.lower() and not is_prefix:
                gap = text[last:where]
                if gap == ". " and tokens and tokens[-1].norm in tables.lists.short:
                    gap = " "  # Mr. Brown
                last = where + len(part)
                norm = strip_accents(fold_typography(part)).casefold().replace(".", "")
                tokens.append(NameToken(where, last, part, norm, gap))
            where += len(part) + 1
    return tokens


def _is_whole(word: str, parts: Sequence[str], tables: Tables) -> bool:
    """Return whether a joined word is one name: "Nur-Sultan", "al-Shabab", not "Russia-Ukraine", "pro-Russian"."""
    first, last = parts[0].casefold(), parts[-1].casefold()
    if first in tables.lists.prefixes:
        return False
    folded = fold_name(word)
    if word[0].isdigit() or last in tables.lists.hyphenated or locate(folded, tables) or folded in tables.groups:
        return True
    listed = all(locate((part.casefold(),), tables) or (part.casefold(),) in tables.groups for part in parts)
    named = all(part[:1].isupper() for part in parts) and "/" not in word and not listed
    return first in tables.lists.particles or named


def locate(words: Words, tables: Tables) -> Path | None:
    """Return where a place or the country of a nationality lies, None for other words.

    >>> locate(("kenyan",), load_tables())
    ('africa', 'kenya')
    """
    return tables.places.get(words) or tables.demonyms.get(words)


class Reader:
    """Reads the names of single sentences, knowing the words that the article writes small and capital inside.

    >>> reader = Reader(load_tables(), frozenset({"met"}), frozenset())
    >>> [str(mention.name) for mention in reader.read(0, tokenize_names("Mr Tarrow met Dr Prado.", 0, 23))]
    ['Tarrow', 'Prado']
    """

    def __init__(self, tables: Tables, lowercase: frozenset[str], inner: frozenset[str]) -> None:
        self.tables, self.lists = tables, tables.lists
        self.lowercase, self.inner = lowercase, inner

    def read(self, sentence: int, tokens: Sequence[NameToken]) -> Iterator[NameMention]:
        """Yield the names of one sentence."""
        for chain in self._chain(tokens):
            before, kept = chain[0].gap[:-1].rpartition(" ")[2], chain
            while kept and is_opening(chain[0], tokens[0]) and self._is_plain(kept):
                kept = kept[1:]
            for part in (list(part) for is_stop, part in itertools.groupby(kept, self._is_stop) if not is_stop):
                for named, name in self._classify(part):
                    near = before if named[0] is chain[0] else ""
                    yield NameMention(named[0].start, named[-1].end, name, sentence, near)

    def _chain(self, tokens: Sequence[NameToken]) -> Iterator[list[NameToken]]:
        """Yield runs of capitalised words with their connectors."""
        chain: list[NameToken] = []
        for token in tokens:
            small = self._connect(chain, token) if chain else None
            if small is None:
                if chain:
                    yield chain
                chain, small = [], []
            chain += [*small, token]
        if chain:
            yield chain

    def _connect(self, chain: Sequence[NameToken], token: NameToken) -> list[NameToken] | None:
        """Return the small words that join a word to the name before it, None where it starts a new name."""
        if len(chain) > 2 * LONGEST:
            return None
        if token.gap in (" ", "\n", " & "):
            return []
        words, end = tuple(token.gap.split()), chain[-1].end
        if not words or words[0] not in self.tables.joints:
            return None
        goes_on = (*fold_chain(chain), *words, token.norm) in self.tables.openings  # Islamic State of Iraq and Syria
        if not goes_on and not self._connects(chain, words):
            return None
        return [NameToken(end, end, word, word, " ", capital=False) for word in words]

    def _connects(self, chain: Sequence[NameToken], words: Words) -> bool:
        """Return whether small words can go on inside the name."""
        if all(word in self.lists.particles for word in words):
            return len(words) < 4
        if words[1:] not in ((), ("the",)):
            return False
        head = chain[-1].norm
        if words[0] == "of":
            plain = head in self.lists.of_heads and (len(chain) == 1 or head not in self.lists.place_words)
            return plain or any(token.norm == "for" for token in chain)
        heads = self.lists.connectors.get(words[0], frozenset())
        return any(token.norm in heads for token in chain)

    def _is_plain(self, chain: Sequence[NameToken]) -> bool:
        """Return whether the first word is an ordinary one, with a capital only because it opens the sentence."""
        first, second = chain[0], chain[1] if len(chain) > 1 else None
        acronym, opener = is_acronym(first.text), first.norm in self.lists.openers
        if acronym and fold_chain(chain[:1]) in self.tables.groups:
            return False  # the WHO
        if any(locate(fold_chain(chain[:size]), self.tables) for size in range(2 if opener else 1, 4)):
            return False
        if opener:
            return not (first.norm in self.inner and second and second.norm in self.inner)
        if acronym and first.norm not in self.lowercase:
            return False
        common = first.norm in self.lowercase or is_common(first.norm, self.tables)
        if second is None:
            return common and (first.norm not in self.inner or first.norm in self.lowercase)
        if first.norm in self.inner or first.norm in self.tables.titled or first.norm in self.lists.given:
            return False
        if second.norm in self.lists.group_words:
            return False
        introduced = len(chain) > 2 and second.capital and second.norm in self.lists.given
        return introduced or (common and not is_common(second.norm, self.tables))

    def _is_stop(self, token: NameToken) -> bool:
        """Return whether a word is never a part of a name: months, weekdays, "I", what is only shouted."""
        if token.gap == ", " and token.text.isupper() and token.text in self.tables.states:
            return False  # Portland, OR
        if token.norm in self.tables.stops or (token.text[0] == "I" and token.text[1:2] in ("'", "’")):
            return True
        if token.norm.rstrip(string.digits) in self.lists.counted and token.norm[-1].isdigit():
            return True  # Q2, FY2024
        if len(token.text) < 2 or not token.text.isupper():
            return False
        known = (token.norm,) in self.tables.groups or (token.norm,) in self.tables.places
        common = token.norm in self.lowercase or (len(token.norm) > 3 and is_common(token.norm, self.tables))
        return common and not known

    def _classify(self, chain: Sequence[NameToken]) -> Iterator[tuple[Sequence[NameToken], Name]]:
        """Yield the names in a chain: titles go, nationalities stand alone."""
        masthead = len(chain) > 1 and chain[0].text == "The"  # not dropped as the first word: The Example Reporter
        chain = _trim(chain, self.tables.articles)
        if not chain:
            return
        words = fold_chain(chain)
        if name := self._look_up(chain, words):
            yield chain, name
        elif not masthead and (title := self._find_title(chain)):
            start, end = title
            last, rest = chain[end - 1], chain[end:]
            yield from self._classify(chain[:start])
            named = last.capital and not self._has_group_word(rest)  # no "Prince of Wales", "King Bank"
            if rest and (named or last.norm in self.lists.titles):
                yield rest, self._make_name(rest, fold_chain(rest), Sort.PERSON)
            else:
                yield from self._classify(rest)
        elif cut := self._find_country(chain):
            yield from self._classify(chain[:cut])
            yield from self._classify(chain[cut:])
        elif len(chain) > 1 or (len(chain[0].norm) > 1 and chain[0].norm not in self.tables.nameless):
            yield chain, self._make_name(chain, words, self._guess_sort(chain))

    def _look_up(self, chain: Sequence[NameToken], words: Words) -> Name | None:
        group, path = self.tables.groups.get(words), self.tables.demonyms.get(words) or self.tables.places.get(words)
        sure = len(words) > 1 or is_acronym(chain[0].text)
        if group and (sure or len(words[0]) > 3 or words[0] in self.lists.spoken):
            return Name(group, fold_name(group), Sort.GROUP, _initials(group, fold_name(group)))
        return self._make_name(chain, words, Sort.PLACE, path) if path and (sure or len(words[0]) > 2) else None

    def _find_title(self, chain: Sequence[NameToken]) -> tuple[int, int] | None:
        """Return where the title or role of a person starts and ends in the chain."""
        stop = len(chain) - self._ends_in_surname(chain)
        ends = [n for n, token in enumerate(chain[:stop]) if token.norm in self.tables.ranks]
        if not ends or (self._has_group_word(chain[-1:]) and chain[0].norm not in self.lists.titles):
            return None
        start, end = ends[0], ends[-1] + 1
        while start and self._is_beside(chain[start - 1]):
            start -= 1
        while end < len(chain) and self._is_beside(chain[end]):
            end += 1
        return start, end

    def _is_beside(self, token: NameToken) -> bool:
        """Return whether a word beside a role belongs to it: "Foreign", "of"."""
        return not token.capital or token.norm in self.lists.modifiers or token.norm in self.lists.small

    def _ends_in_surname(self, chain: Sequence[NameToken]) -> bool:
        """Return whether a last word that could be a role is a surname here: Stephen King, not Apple CEO."""
        if len(chain) < 2 or chain[-1].norm not in self.lists.surnames_too:
            return False
        return chain[-2].norm not in self.lists.modifiers and not locate(fold_chain(chain[:-1]), self.tables)

    def _has_group_word(self, chain: Sequence[NameToken]) -> bool:
        return any(token.norm in self.lists.group_words for token in chain)

    def _find_country(self, chain: Sequence[NameToken]) -> int:
        """Return how many first words are a nationality or country that stands apart from what follows."""
        for size in range(min(3, len(chain) - 1), 0, -1):
            words, rest = fold_chain(chain[:size]), chain[size:]
            path = locate(words, self.tables)
            if path is None or not rest[0].capital:
                continue
            plain = all(token.norm in self.lists.generic or not token.capital for token in rest)
            named = rest[0].norm in self.lists.given or self._look_up(rest, fold_chain(rest))
            if (plain and len(path) < 3) or (named and words in self.tables.demonyms):
                return size
        return 0

    def _make_name(self, chain: Sequence[NameToken], words: Words, sort: Sort, path: Path = ()) -> Name:
        last, short = chain[-1], self.lists.short
        dots = ["." if token.capital and token.norm in short else "" for token in chain[:-1]]
        text = " ".join([token.text + dot for token, dot in zip(chain, [*dots, ""], strict=True)])
        if last.norm in self.lists.generations and len(words) > 1:
            return Name(text, words[:-1], Sort.PERSON, generation=last.norm)
        aliases = _initials(text, words) if sort is not Sort.PERSON else frozenset()
        return Name(text, words, sort, aliases, path, demonym=bool(path) and words in self.tables.demonyms)

    def _guess_sort(self, chain: Sequence[NameToken]) -> Sort:
        first, last = chain[0], chain[-1]
        if self._has_group_word(chain) or any(token.norm in self.lists.small for token in chain):
            return Sort.GROUP
        if len(chain) > 1 and (last.norm in self.lists.place_words or first.norm in self.lists.place_starts):
            return Sort.PLACE
        if first.norm in self.lists.given and (len(chain) > 1 or not is_common(first.norm, self.tables)):
            return Sort.PERSON
        return Sort.GROUP if len(chain) == 1 and is_acronym(first.text) else Sort.OTHER


def is_opening(token: NameToken, first: NameToken) -> bool:
    """Return whether a word opens a sentence or a quotation, so that its capital says little.

    >>> first, second = tokenize_names("Yes: Ana", 0, 8)
    >>> is_opening(second, first)
    True
    """
    return token is first or (token.gap != " " and bool(_OPENING.search(token.gap)))


def is_common(word: str, tables: Tables) -> bool:
    """Return whether a folded word is an ordinary English word.

    >>> is_common("witnesses", load_tables()), is_common("tarrow", load_tables())
    (True, False)
    """
    return stem(word, tables.language) in tables.common


def fold_chain(chain: Sequence[NameToken]) -> Words:
    """Return the folded words of a run of tokens.

    >>> fold_chain(tokenize_names("Ana-Luísa Prado", 0, 15))
    ('ana', 'luisa', 'prado')
    """
    return fold_name(chain[0].text if len(chain) == 1 else " ".join([token.text for token in chain]))


def _trim(chain: Sequence[NameToken], articles: Set[str]) -> list[NameToken]:
    """Return the chain without "The" in front and small words at either end."""
    kept = list(chain)
    while kept and (not kept[0].capital or kept[0].norm in articles):
        kept.pop(0)
    while kept and not kept[-1].capital:
        kept.pop()
    return kept


@functools.lru_cache(1 << 14)
def _initials(text: str, words: Words) -> frozenset[str]:
    """Return the acronyms that the capitals of a name make, with and without its small words."""
    written = re.split(rf"[\s/{_DASH}]+", text)
    capitals = "".join(word[0] for word in written if word[:1].isupper()).casefold()
    return frozenset({capitals, "".join(word[0] for word in words)}) if len(capitals) > 1 else frozenset()
