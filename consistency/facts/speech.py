"""Attribution: who says it. A fact is a named or described source ("told the Herald", "according to police").

A pronoun, "in a statement" or a vague "reports say" is no source; ``says_by_pronoun`` tells where a pronoun speaks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

import attrs

from consistency import lexicon
from consistency.facts.line import group_phrases
from consistency.facts.name.gazetteer import load_tables
from consistency.facts.numbers import read_numbers
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Article, Fact, Kind, Sentence
from consistency.text import Token, is_acronym, stem, tokenize_sentences


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


_BREAKS = frozenset(',;:."()“”—!?')
_TICKER = re.compile(r"<[A-Z0-9.=]{1,12}>")
_REACH = 9  # words that a source may have


def find(article: Article, sentences: Sequence[Sentence], language: Language = ENGLISH) -> tuple[tuple[Fact, ...], ...]:
    """Return the sources that each sentence names, in order.

    >>> text = "“It rained,” Mara Veld told the Harbour Herald, according to police."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [fact.text for fact in facts]
    ['Mara Veld', 'Harbour Herald', 'police']
    """
    scanner = _build_scanner(language)
    return tuple(tuple(scanner.scan(article.text, told)) for told in tokenize_sentences(tuple(sentences), language))


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
    scanner = _build_scanner(language)
    return token.norm in scanner.words.saying or token.stem in scanner.around


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


class _SourceScanner:
    """Finds the sources of a sentence by the words of a language."""

    def __init__(self, language: Language) -> None:
        self.words, self.grammar = lexicon.Speech.read(language), lexicon.FunctionWords.read(language)
        self.around = {stem(word, language) for word in self.words.around}
        # No part of a source even with a capital, but Prime Minister May is.
        self.ignored = (lexicon.function_words(language) | self.words.skipped) - self.grammar.modals
        numbers = read_numbers(language)
        self.numbers = numbers.small.keys() | numbers.tens.keys()
        self.short = load_tables(language).lists.short  # abbreviations and initials inside of names
        self.leads = group_phrases(self.words.sourcing)

    def scan(self, text: str, tokens: Sequence[Token]) -> Iterator[Fact]:
        if "<" in text:
            tokens = _drop_tickers(text, tokens)
        end = -1  # sources do not overlap
        for k, token in enumerate(tokens):
            spans = []
            lead = self._read_lead(tokens, k) if token.norm in self.leads else 0
            if lead:
                spans.append((self._run(text, tokens, k + lead, 1), False))
            elif token.norm in self.words.saying and self._says(tokens, k):
                subject = self._read_backward(text, tokens, k - 1)
                turned = not subject and k > 0 and not text[tokens[k - 1].end : token.start].isspace()
                if turned and (named := self._read_apposed(text, tokens, k - 1)):
                    subject, turned = named, False
                spans.append((subject, False))
                if token.norm in self.words.telling or turned:
                    spans.append((self._run(text, tokens, k + 1, 1), not turned))
            for words, hears in spans:
                if words and words[0].start >= end and (fact := self._build(text, words, hears)):
                    end = fact.end
                    yield fact

    def _read_lead(self, tokens: Sequence[Token], k: int) -> int:
        """Return how many words at a place lead to a source: "according to"."""
        for words in self.leads[tokens[k].norm]:
            if tuple(token.norm for token in tokens[k : k + len(words)]) == words:
                return len(words)
        return 0

    def _says(self, tokens: Sequence[Token], k: int) -> bool:
        token = tokens[k]
        if not token.text.islower():  # not the United States
            return False
        before = tokens[k - 1] if k else None
        if before is None or before.norm in self.grammar.be:  # "was told", "is said to"
            return before is None
        return token.norm not in self.words.nouns_too or self._is_named(before) or before.norm in self.words.sources

    def _run(self, text: str, tokens: Sequence[Token], first: int, step: int) -> Sequence[Token]:
        """Return the words from one on, forward or backward, as far as a source may go."""
        end = first
        while 0 <= end < len(tokens) and abs(end - first) < _REACH and not self._ends(tokens[end]):
            near = sorted((end, end - step))
            if end != first and not self._is_run(text, *(tokens[k] for k in near)):
                break
            end += step
        return tokens[first:end] if step > 0 else tokens[end + 1 : first + 1]

    def _read_backward(self, text: str, tokens: Sequence[Token], last: int) -> Sequence[Token]:
        """Return the words up to ``last``, none where a mark parts them from what follows."""
        if last < 0 or not _joins(text[tokens[last].end : tokens[last + 1].start]):
            return ()
        return self._run(text, tokens, last, -1)

    def _read_apposed(self, text: str, tokens: Sequence[Token], last: int) -> Sequence[Token]:
        """Return a name with its apposition between commas: "Ada Brun, a lawyer for the port, said"."""
        role = self._run(text, tokens, last, -1)
        start = last + 1 - len(role)
        if not role or not start or not (role[0].norm in self.grammar.articles or role[0].norm.isdigit()):
            return ()
        gaps = text[tokens[start - 1].end : role[0].start], text[role[-1].end : tokens[last + 1].start]
        name = self._run(text, tokens, start - 1, -1) if gaps == (", ", ", ") else ()
        return tokens[start - len(name) : last + 1] if any(map(self._is_named, name)) else ()

    def _is_named(self, token: Token) -> bool:
        return token.text[0].isupper() and (token.norm not in self.ignored or is_acronym(token.text))

    def _ends(self, token: Token) -> bool:
        return token.norm in self.words.ends and not is_acronym(token.text)  # the WHO is no "who"

    def _is_run(self, text: str, one: Token, other: Token) -> bool:
        gap = text[one.end : other.start]
        return _joins(gap) or (gap.strip() == "." and one.norm in self.short)  # Harold W. Veld

    def _build(self, text: str, words: Sequence[Token], hears: bool = False) -> Fact | None:
        """Return the source that the words hold, ``None`` where they hold neither a name nor a known body."""
        names = [k for k, token in enumerate(words) if self._is_named(token) or token.norm in self.words.sources]
        if names[:1] == [0] and names[1:2] != [1] and words[0].norm in self.numbers:
            names.pop(0)  # "Thirty per cent said"; Ten Hag and Channel Nine are names
        if not names:
            return None
        first, last = words[names[0]], words[names[-1]]
        named = [words[k] for k in names]
        quoted = text[first.start : last.end]
        initials = "".join(t.norm[0] for t in named if t.text[0].isupper())
        value = Source(quoted, frozenset(t.stem for t in named), initials, hears)
        return Fact(Kind.ATTRIBUTION, first.start, last.end, quoted, value)


@functools.cache
def _build_scanner(language: Language) -> _SourceScanner:
    return _SourceScanner(language)


def _drop_tickers(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the words that are no symbol of a company: "Alder Mills Inc <ALD.N>"."""
    first, last = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
    inside = {n for match in _TICKER.finditer(text, first, last + 1) for n in range(*match.span())}
    return [token for token in tokens if token.start not in inside]


def _joins(gap: str) -> bool:
    bare = _TICKER.sub("", gap) if "<" in gap else gap
    return _BREAKS.isdisjoint(bare) and "--" not in bare
