"""Attribution: who says it. A fact is a named or described source ("told the Herald", "according to police").

A pronoun, "in a statement" or a vague "reports say" is no source; ``says_by_pronoun`` tells where a pronoun speaks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

import attrs

from consistency import lexicon
from consistency.facts.line import Line, group_phrases, read_lines
from consistency.facts.name.gazetteer import load_tables
from consistency.facts.numbers import read_numbers
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Article, Fact, Kind, Sentence
from consistency.text import Token, is_acronym, stem


@attrs.frozen
class Source:
    """Who says it: the words as written, the stems that tell it from others, and the initials of its name.

    ``hears`` marks whom it is told to ("told the Herald").

    >>> print(Source("the Oslo police", frozenset({"oslo", "polic"})))
    the Oslo police
    """

    text: str
    words: frozenset[str]
    initials: str = ""
    hears: bool = False

    def __str__(self) -> str:
        return self.text


_BREAK = re.compile(r'[,;:."()!?]|--| -')
_REACH = 9  # words that a source may have


def find(_: Article, sentences: Sequence[Sentence], language: Language = ENGLISH) -> tuple[tuple[Fact, ...], ...]:
    """Return the sources that each sentence names, in order.

    >>> text = "“It rained,” Mara Veld told the Harbour Herald, according to police."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [fact.text for fact in facts]
    ['Mara Veld', 'Harbour Herald', 'police']
    """
    reader = _read_sources(language)
    return tuple(tuple(reader.read(line)) for line in read_lines(tuple(sentences), language))


def compare(left: Fact, right: Fact) -> Agreement | None:
    """Return SAME where two sources share a word or one is the other's acronym, else DIFFERENT.

    Any source can answer any other.

    >>> one, other = (Fact(Kind.ATTRIBUTION, 0, 1, "", Source(word, frozenset({word}))) for word in ("veld", "police"))
    >>> print(compare(one, one), compare(one, other))
    same different
    """
    one, other = left.value, right.value
    if not (isinstance(one, Source) and isinstance(other, Source)):
        return None
    same = one.words & other.words or _is_acronym_of(one, other) or _is_acronym_of(other, one)
    return Agreement.SAME if same else Agreement.DIFFERENT


def _is_acronym_of(short: Source, full: Source) -> bool:
    """Whether a word of one source is made of the initials of the other; an acronym may leave out the last ones."""
    return any(
        word == full.initials if len(word) == 2 else len(word) > 2 and full.initials.startswith(word)
        for word in short.words
    )


def is_speech(token: Token, language: Language = ENGLISH) -> bool:
    """Say whether a word only tells that something is said.

    >>> from consistency.text import tokenize
    >>> [token.text for token in tokenize("Brun said in a statement that rain fell.") if is_speech(token)]
    ['said', 'statement']
    """
    reader = _read_sources(language)
    return token.norm in reader.words.saying or token.stem in reader.around


def says_by_pronoun(tokens: Sequence[Token], language: Language = ENGLISH) -> bool:
    """Say whether a pronoun speaks: someone whom another sentence names.

    >>> from consistency.text import tokenize
    >>> says_by_pronoun(tokenize("It rained, he later said.")), says_by_pronoun(tokenize("Brun said he left."))
    (True, False)
    """
    words = lexicon.Speech.read(language)
    return any(
        token.norm in words.saying and any(before.norm in words.pronouns for before in tokens[max(0, k - 2) : k])
        for k, token in enumerate(tokens)
    )


class _SourceReader:
    """Finds the sources of a line by the words of a language."""

    def __init__(self, language: Language) -> None:
        self.words, self.grammar = lexicon.Speech.read(language), lexicon.FunctionWords.read(language)
        self.around = {stem(word, language) for word in self.words.around}
        # No part of a source even with a capital, but Prime Minister May is.
        self.ignored = (lexicon.function_words(language) | self.words.skipped) - self.grammar.modals
        numbers = read_numbers(language)
        self.numbers = numbers.small.keys() | numbers.tens.keys()
        self.short = load_tables(language).lists.short  # abbreviations and initials inside of names
        self.leads = group_phrases(self.words.sourcing)
        self.starts = self.words.saying.union(self.leads)

    def read(self, line: Line) -> Iterator[Fact]:
        floor = 0  # sources do not overlap
        for k in line.find(self.starts):
            for words, hears in self._find(line, k):
                names = self._find_names(line, words)
                if names and words[0] >= floor:
                    floor = names[-1] + 1
                    yield _build(line, names, hears)

    def _find(self, line: Line, k: int) -> Iterator[tuple[range, bool]]:
        """Yield the words around a word of speech that may hold a source, and whether it hears."""
        if lead := line.read_phrase(k, self.leads):
            yield self._run(line, lead[1], 1), False
        elif self._says(line, k):
            broken = _BREAK.search(line.gap(k))
            subject = self._read_apposed(line, k - 1) if broken else self._run(line, k - 1, -1)
            turned = not subject and k > 0 and not line.gap(k).isspace()
            yield subject, False
            if turned or line.words[k] in self.words.telling:
                yield self._run(line, k + 1, 1), not turned

    def _says(self, line: Line, k: int) -> bool:
        word, before = line.words[k], line.words[k - 1] if k else ""
        if not line.text(k).islower() or before in self.grammar.be:  # the United States; "was told", "is said to"
            return False
        return not k or word not in self.words.nouns_too or self._is_named(line, k - 1) or before in self.words.sources

    def _run(self, line: Line, first: int, step: int) -> range:
        """Return the words from one on, forward or backward, as far as a source may go."""
        end = first
        while 0 <= end < line.size and abs(end - first) < _REACH and not self._ends(line, end):
            if end != first and not self._goes_on(line, max(end, end - step)):
                break
            end += step
        return range(first, end) if step > 0 else range(end + 1, first + 1)

    def _read_apposed(self, line: Line, last: int) -> range:
        """Return a name with its apposition between commas: "Ada Brun, a lawyer for the port, said"."""
        role = self._run(line, last, -1)
        start = role.start
        if not (role and line.gap(start) == line.gap(last + 1) == ", "):
            return range(0)
        known = line.words[start] in self.grammar.articles or line.words[start].isdigit()
        name = self._run(line, start - 1, -1) if known else range(0)
        return range(name.start, last + 1) if any(self._is_named(line, k) for k in name) else range(0)

    def _is_named(self, line: Line, k: int) -> bool:
        return line.is_capital(k) and (line.words[k] not in self.ignored or is_acronym(line.text(k)))

    def _ends(self, line: Line, k: int) -> bool:
        return line.words[k] in self.words.ends and not is_acronym(line.text(k))  # the WHO is no "who"

    def _goes_on(self, line: Line, k: int) -> bool:
        gap = line.gap(k)
        return not _BREAK.search(gap) or (gap.strip() == "." and line.words[k - 1] in self.short)  # Harold W. Veld

    def _find_names(self, line: Line, words: range) -> list[int]:
        """Return the words of a source that tell it from others: names and known bodies."""
        names = [k for k in words if self._is_named(line, k) or line.words[k] in self.words.sources]
        if names and names[0] == words[0] and names[1:2] != [words[0] + 1] and line.words[words[0]] in self.numbers:
            names.pop(0)  # "Thirty per cent said"; Ten Hag and Channel Nine are names
        return names


def _build(line: Line, names: Sequence[int], hears: bool) -> Fact:
    named = [line.tokens[k] for k in names]
    start, end = named[0].start, named[-1].end
    quoted = line.cut(start, end)
    initials = "".join(token.norm[0] for token in named if token.text[0].isupper())
    return Fact(Kind.ATTRIBUTION, start, end, quoted, Source(quoted, frozenset(t.stem for t in named), initials, hears))


@functools.cache
def _read_sources(language: Language) -> _SourceReader:
    return _SourceReader(language)
