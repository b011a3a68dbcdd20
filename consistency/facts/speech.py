"""Attribution: who says it. A fact is a named or described source ("told the Herald", "according to police").

A pronoun, "in a statement" or a vague "reports say" is no source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from consistency.model import Agreement, Article, Fact, Kind, Sentence
from consistency.text import Token, tokenize


@attrs.frozen
class Source:
    """Who says it: the words as written, the stems that tell it from others, and the initials of its name.

    >>> print(Source("the Oslo police", frozenset({"oslo", "polic"})))
    the Oslo police
    """

    text: str
    words: frozenset[str]
    initials: str = ""

    def __str__(self) -> str:
        return self.text


SAYING = frozenset(
    "said says say told tells reported reports announced announces claimed claims confirmed confirms "
    "stated states insisted insists argued argues warned warns testified wrote writes tweeted added adds "
    "noted notes explained acknowledged alleged alleges declared suggested suggests".split()
)
_TELLING = frozenset(["told", "tells"])
# People and bodies that are a source without a name.
_SOURCES = frozenset(
    "police officials official authorities prosecutors prosecutor sources source doctors officers "
    "investigators experts scientists researchers analysts lawyers lawyer spokesman spokeswoman "
    "spokesperson witnesses witness residents neighbours neighbors relatives activists charity ministry "
    "government army military company agency newspaper hospital court reporters firefighters rescuers "
    "organisers organizers observers critics union".split()
)
_IGNORED = frozenset(
    "the a an and of in on at to for by with from as that this these those but however also later earlier "
    "then who he she it they we i you his her its their our my there what which when where while if "
    "because after before so or one some many more".split()
)
_STOPS = SAYING | frozenset("that how who which when after before because as but while if whether".split())
_BREAKS = frozenset(',;:."()“”—!?')
_REACH = 9  # words that a source may have


def find(article: Article, sentences: Sequence[Sentence]) -> tuple[tuple[Fact, ...], ...]:
    """Return the sources that each sentence names, in order.

    >>> text = "“It rained,” Mara Veld told the Harbour Herald, according to police."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [fact.text for fact in facts]
    ['Mara Veld', 'Harbour Herald', 'police']
    """
    return tuple(tuple(_scan(article.text, tokenize(s.text, s.start))) for s in sentences)


def compare(left: Fact, right: Fact) -> Agreement | None:
    """Return SAME where two sources share a word or one is the other's acronym, else DIFFERENT.

    Any source can answer any other.

    >>> one, other = (Fact(Kind.ATTRIBUTION, 0, 1, "", Source(word, frozenset({word}))) for word in ("veld", "police"))
    >>> print(compare(one, one), compare(one, other))
    same different
    """
    one, other = left.value, right.value
    assert isinstance(one, Source)
    assert isinstance(other, Source)
    acronyms = {source.initials for source in (one, other) if len(source.initials) > 1}
    same = one.words & other.words or acronyms & (one.words | other.words)
    return Agreement.SAME if same else Agreement.DIFFERENT


def _scan(text: str, tokens: Sequence[Token]) -> Iterator[Fact]:
    end = -1  # sources do not overlap
    for k, token in enumerate(tokens):
        spans = []
        if token.norm == "according" and k + 1 < len(tokens) and tokens[k + 1].norm == "to":
            spans.append(_read_forward(text, tokens, k + 2))
        elif token.norm in SAYING and token.text.islower():  # not the United States
            subject = _read_backward(text, tokens, k - 1)
            spans.append(subject)
            if token.norm in _TELLING or (not subject and k and not text[tokens[k - 1].end : token.start].isspace()):
                spans.append(_read_forward(text, tokens, k + 1))
        for words in spans:
            if words and words[0].start >= end and (fact := _build(text, words)):
                end = fact.end
                yield fact


def _read_forward(text: str, tokens: Sequence[Token], start: int) -> Sequence[Token]:
    stop = start
    while stop < min(len(tokens), start + _REACH) and not _ends(tokens[stop]):
        if stop > start and not _joins(text[tokens[stop - 1].end : tokens[stop].start]):
            break
        stop += 1
    return tokens[start:stop]


def _read_backward(text: str, tokens: Sequence[Token], last: int) -> Sequence[Token]:
    first = last
    while first > max(-1, last - _REACH) and not _ends(tokens[first]):
        if not _joins(text[tokens[first].end : tokens[first + 1].start]):
            break
        first -= 1
    return tokens[first + 1 : last + 1]


def _is_named(token: Token) -> bool:
    return token.text[0].isupper() and (token.norm not in _IGNORED or _is_acronym(token))


def _ends(token: Token) -> bool:
    return token.norm in _STOPS and not _is_acronym(token)


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > 1  # the WHO is no "who"


def _joins(gap: str) -> bool:
    return _BREAKS.isdisjoint(gap) and "--" not in gap


def _build(text: str, words: Sequence[Token]) -> Fact | None:
    """Return the source that the words hold, ``None`` where they hold neither a name nor a known body."""
    names = [k for k, token in enumerate(words) if _is_named(token) or token.norm in _SOURCES]
    if not names:
        return None
    first, last = words[names[0]], words[names[-1]]
    named = [words[k] for k in names]
    quoted = text[first.start : last.end]
    value = Source(quoted, frozenset(t.stem for t in named), "".join(t.norm[0] for t in named if t.text[0].isupper()))
    return Fact(Kind.ATTRIBUTION, first.start, last.end, quoted, value)
