"""Pure functions over strings: folding, tokens with spans, stems."""

from __future__ import annotations

import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from consistency.errors import SettingsError
from consistency.language import ENGLISH, Language
from consistency.model import Sentence

if TYPE_CHECKING:
    from importlib.abc import Traversable

_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TYPOGRAPHY = (
    dict.fromkeys(map(ord, _SINGLE), "'")
    | dict.fromkeys(map(ord, _DOUBLE), '"')
    | dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, _INVISIBLE))
    | {0x2026: "..."}
)
_OUTER_QUOTES = re.compile(r"[\"']{1,2}(?![^\W_])|(?<![^\W_])[\"']{1,2}")
_DASH_RUN = re.compile(r"-{1,3}")
_LONG = 7  # letters; in capitals that is a word of a headline
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,]\d+)*"  # 1,400.5
    r"|(?<!\w['\u2019])[^\W\d_]+(?:['\u2019](?![sS]\b)[^\W\d_]+)*"  # can't, O'Brien; the possessive stays outside
)


@attrs.frozen
class Token:
    """A word with its place: ``norm`` is its folded form, ``stem`` its Snowball stem.

    >>> [token.norm for token in tokenize("China’s 1,400 U.S. guests can't stay")]
    ['china', '1,400', 'u.s.', 'guests', "can't", 'stay']
    """

    start: int
    end: int
    text: str
    norm: str
    stem: str


def fold_typography(text: str) -> str:
    r"""Return ``text`` with quote marks, dashes and invisible characters in their plain ASCII form.

    >>> fold_typography("“Moscow’s” — now")
    '"Moscow\'s" - now'
    """
    return text if text.isascii() and "`" not in text else text.translate(_TYPOGRAPHY)


def fold(text: str) -> str:
    """Return the form in which two identical sentences are equal.

    Folded are quote marks, dashes, spaces, case and the final punctuation; inner commas stay.

    >>> fold("“Rain  fell”, he said.") == fold('"rain fell", he said')
    True
    >>> fold("Rain fell, again") == fold("Rain fell again")
    False
    """
    plain = unicodedata.normalize("NFC", fold_typography(text)).casefold()
    plain = _OUTER_QUOTES.sub("", plain) if "'" in plain or '"' in plain else plain
    plain = _DASH_RUN.sub(" ", plain) if "-" in plain else plain
    return " ".join(plain.split()).rstrip(".!?:;, ")


def strip_accents(text: str) -> str:
    """Return ``text`` without diacritics.

    >>> strip_accents("Calderón")
    'Calderon'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def is_acronym(word: str, least: int = 2) -> bool:
    """Say whether a word is short and in capitals only; full stops between them do not count.

    Args:
        word: as it is written.
        least: how many letters it has at least.

    >>> [is_acronym(word) for word in ("U.N.", "UNICEF", "Ana", "I", "EMERGENCY")]
    [True, True, False, False, False]
    """
    return word.isupper() and least <= len(word.replace(".", "")) < _LONG


def find_data(*names: str) -> Traversable:
    """Return a file of ``consistency/data``, or without a name the folder, wherever the package is installed.

    >>> find_data("aligner.json").is_file()
    True
    """
    return importlib.resources.files("consistency").joinpath("data", *names)


@functools.cache
def irregular_forms(language: Language = ENGLISH) -> dict[str, str]:
    """Return irregular verb and noun forms with their lemma (English: of WordNet).

    >>> irregular_forms()["women"]
    'woman'
    """
    return {form: lemma for form, lemma in language.read_rows("irregular.txt")}  # noqa: C416  rows of two


@functools.cache
def _stemmer(language: Language) -> Callable[[str], str]:
    if not language.stemmer:
        return str  # a word is its own stem
    import Stemmer

    try:
        algorithm = Stemmer.Stemmer(language.stemmer, 0)  # without a cache: words and their stems are kept below
    except KeyError:
        raise SettingsError(f"language {language.name}: no Snowball stemmer {language.stemmer!r}") from None
    stem_word: Callable[[str], str] = algorithm.stemWord
    return stem_word


@functools.lru_cache(1 << 15)  # an article says the same words again and again
def stem(word: str, language: Language = ENGLISH) -> str:
    """Return the Snowball (Porter2) stem of a folded word; irregular forms have the stem of their lemma.

    >>> stem("visited") == stem("visits"), stem("went") == stem("goes")
    (True, True)
    """
    word = irregular_forms(language).get(word, word)
    return _stemmer(language)(word) if word.isprintable() else word  # half a surrogate has no bytes to be stemmed


def tokenize(text: str, offset: int = 0, language: Language = ENGLISH) -> tuple[Token, ...]:
    """Return the words of ``text`` with their spans, moved by ``offset``; punctuation is left out.

    >>> [(token.start, token.text) for token in tokenize("Rain fell.", offset=10)]
    [(10, 'Rain'), (15, 'fell')]
    """
    return _tokenize(text, offset, language)  # one form of the call: a cache takes each form for another


@functools.lru_cache(maxsize=4)  # of the two articles of a comparison, however long they are
def tokenize_sentences(sentences: tuple[Sentence, ...], language: Language = ENGLISH) -> tuple[tuple[Token, ...], ...]:
    """Return the words of each sentence of an article, with their spans in the article.

    >>> [[token.start for token in tokens] for tokens in tokenize_sentences((Sentence(0, 4, 14, "Rain fell."),))]
    [[4, 9]]
    """
    return tuple([tokenize(sentence.text, sentence.start, language) for sentence in sentences])


@functools.lru_cache(1 << 10)  # for those who ask for single sentences
def _tokenize(text: str, offset: int, language: Language) -> tuple[Token, ...]:
    found = [(*match.span(), _fold_word(match.group(), language)) for match in _WORD.finditer(text)]
    return tuple([Token(start + offset, end + offset, *word) for start, end, word in found])


@functools.lru_cache(1 << 15)  # an article says the same words again and again
def _fold_word(word: str, language: Language) -> tuple[str, str, str]:
    """Return a word as it is written (one text, however often it is), its folded form and its stem."""
    norm = strip_accents(fold_typography(word)).casefold()
    return word, norm, stem(norm, language)
