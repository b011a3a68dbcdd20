"""Attribution: who says it. A fact is a named or described source ("told the Herald", "according to police").

A pronoun, "in a statement" or a vague "reports say" is no source; ``says_by_pronoun`` tells where a pronoun speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from consistency.facts.name.gazetteer import load_tables
from consistency.model import Agreement, Article, Fact, Kind, Sentence
from consistency.text import Token, tokenize


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


SAYING = frozenset(
    "said says say told tells reported reports announced announces claimed claims confirmed confirms "
    "stated states insisted insists argued argues warned warns testified wrote writes tweeted added adds "
    "noted notes explained acknowledged alleged alleges declared suggested suggests replied replies "
    "remarked remarks admitted admits".split()
)
_ALSO_NOUNS = frozenset("states reports claims notes remarks".split())  # "other states", "police reports"
_SPEECH = frozenset(  # stems of what is said of any speech
    "say tell report announc claim state insist argu add note explain write accord ask continu describ statement "
    "interview spokesman spokeswoman spokesperson news conferenc press respond repli remark comment".split()
)
_BE = frozenset("be is are was were been being".split())
_PRONOUNS = frozenset("he she they it".split())
_TELLING = frozenset(["told", "tells"])
# People and bodies that are a source without a name.
_SOURCES = frozenset(
    "police officials official authorities prosecutors prosecutor sources source doctors officers "
    "investigators experts scientists researchers analysts lawyers lawyer spokesman spokeswoman "
    "spokesperson witnesses witness residents neighbours neighbors relatives activists charity ministry "
    "government army military company agency newspaper hospital court firefighters rescuers "
    "organisers organizers observers critics union".split()
)
_IGNORED = frozenset(
    "the a an and of in on at to for by with from as that this these those but however also later earlier "
    "then who he she it they we i you his her its their our my there what which when where while if "
    "because after before so or one some many more all both most few several other others another each every "
    "any no none neither".split()
)
_ARTICLES = frozenset(["a", "an", "the"])
_STOPS = frozenset("that how who which when after before because as but while if whether".split())
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


def is_speech(token: Token) -> bool:
    """Say whether a word only tells that something is said.

    >>> [token.text for token in tokenize("Brun said in a statement that rain fell.") if is_speech(token)]
    ['said', 'statement']
    """
    return token.norm in SAYING or token.stem in _SPEECH


def says_by_pronoun(tokens: Sequence[Token]) -> bool:
    """Say whether a pronoun speaks: someone whom another sentence names.

    >>> says_by_pronoun(tokenize("It rained, he later said.")), says_by_pronoun(tokenize("Brun said he left."))
    (True, False)
    """
    return any(
        token.norm in SAYING and any(before.norm in _PRONOUNS for before in tokens[max(0, k - 2) : k])
        for k, token in enumerate(tokens)
    )


def _scan(text: str, tokens: Sequence[Token]) -> Iterator[Fact]:
    end = -1  # sources do not overlap
    for k, token in enumerate(tokens):
        spans = []
        if token.norm == "according" and k + 1 < len(tokens) and tokens[k + 1].norm == "to":
            spans.append((_read_forward(text, tokens, k + 2), False))
        elif _says(tokens, k):
            subject = _read_backward(text, tokens, k - 1)
            turned = not subject and k > 0 and not text[tokens[k - 1].end : token.start].isspace()
            if turned and (named := _read_apposed(text, tokens, k - 1)):
                subject, turned = named, False
            spans.append((subject, False))
            if token.norm in _TELLING or turned:
                spans.append((_read_forward(text, tokens, k + 1), not turned))
        for words, hears in spans:
            if words and words[0].start >= end and (fact := _build(text, words, hears)):
                end = fact.end
                yield fact


def _says(tokens: Sequence[Token], k: int) -> bool:
    token = tokens[k]
    if token.norm not in SAYING or not token.text.islower():  # not the United States
        return False
    before = tokens[k - 1] if k else None
    if before is None or before.norm in _BE:  # "was told", "is said to"
        return before is None
    return token.norm not in _ALSO_NOUNS or _is_named(before) or before.norm in _SOURCES


def _read_forward(text: str, tokens: Sequence[Token], start: int) -> Sequence[Token]:
    stop = start
    while stop < min(len(tokens), start + _REACH) and not _ends(tokens[stop]):
        if stop > start and not _is_run(text, tokens[stop - 1], tokens[stop]):
            break
        stop += 1
    return tokens[start:stop]


def _read_backward(text: str, tokens: Sequence[Token], last: int) -> Sequence[Token]:
    """Return the words up to ``last``, none where a mark parts them from what follows."""
    if last < 0 or not _joins(text[tokens[last].end : tokens[last + 1].start]):
        return ()
    return _run_back(text, tokens, last)


def _run_back(text: str, tokens: Sequence[Token], last: int) -> Sequence[Token]:
    first = last + 1
    while first > max(0, last + 1 - _REACH) and not _ends(tokens[first - 1]):
        if first <= last and not _is_run(text, tokens[first - 1], tokens[first]):
            break
        first -= 1
    return tokens[first : last + 1]


def _read_apposed(text: str, tokens: Sequence[Token], last: int) -> Sequence[Token]:
    """Return a name with its apposition between commas: "Ada Brun, a lawyer for the port, said"."""
    role = _run_back(text, tokens, last)
    start = last + 1 - len(role)
    if not role or not start or not (role[0].norm in _ARTICLES or role[0].norm.isdigit()):
        return ()
    gaps = text[tokens[start - 1].end : role[0].start], text[role[-1].end : tokens[last + 1].start]
    name = _run_back(text, tokens, start - 1) if gaps == (", ", ", ") else ()
    return tokens[start - len(name) : last + 1] if any(map(_is_named, name)) else ()


def _is_named(token: Token) -> bool:
    return token.text[0].isupper() and (token.norm not in _IGNORED or _is_acronym(token))


def _ends(token: Token) -> bool:
    return token.norm in _STOPS and not _is_acronym(token)


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > 1  # the WHO is no "who"


def _is_run(text: str, one: Token, other: Token) -> bool:
    gap = text[one.end : other.start]
    return _joins(gap) or (gap.strip() == "." and one.norm in load_tables().lists["short"])  # Harold W. Veld


def _joins(gap: str) -> bool:
    return _BREAKS.isdisjoint(gap) and "--" not in gap


def _build(text: str, words: Sequence[Token], hears: bool = False) -> Fact | None:
    """Return the source that the words hold, ``None`` where they hold neither a name nor a known body."""
    names = [k for k, token in enumerate(words) if _is_named(token) or token.norm in _SOURCES]
    if not names:
        return None
    first, last = words[names[0]], words[names[-1]]
    named = [words[k] for k in names]
    quoted = text[first.start : last.end]
    initials = "".join(t.norm[0] for t in named if t.text[0].isupper())
    value = Source(quoted, frozenset(t.stem for t in named), initials, hears)
    return Fact(Kind.ATTRIBUTION, first.start, last.end, quoted, value)
