"""Whether a text is in another language than the one that is read: a note instead of facts that mean nothing.

A text tells its language by its commonest words (Cavnar & Trenkle 1994 take letters; in news words are as sure), and
by its letters where these are no Latin ones.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from consistency.language import ENGLISH, Language
from consistency.lexicon import function_words
from consistency.model import Article

_READ = 4_000  # characters that are looked at
_LEAST = 8  # words, fewer tell nothing
_SHARE = 0.15  # of the words are such as the other language has
_SURER = 1.5  # times as many as are words of the language that is read
_LOOKS = "the text looks "  # how a note begins
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")


@attrs.frozen
class Foreign:
    """The commonest words of other languages, by the titles of these, as ``foreign.toml`` has them.

    >>> "und" in Foreign({"German": frozenset({"und"})}).words["German"]
    True
    """

    words: Mapping[str, frozenset[str]]


def find_foreign(text: str, language: Language) -> str:
    """Return the title of the language that a text looks to be in, empty where that is the one that is read.

    A language that has no words of others knows no foreign text.

    >>> from consistency.language import ENGLISH
    >>> find_foreign("Der Sturm hat die Brücke von Kelm zerstört, und das Dorf ist nicht mehr zu erreichen.", ENGLISH)
    'German'
    >>> find_foreign("The storm has destroyed the bridge of Kelm, and the village cannot be reached.", ENGLISH)
    ''
    """
    profiles = language.read("foreign.toml", Foreign).words
    if not profiles:
        return ""
    words = _LETTERS.findall(text[:_READ].casefold())
    strange = _NO_LATIN.findall("".join(words))
    if 2 * len(strange) > sum(map(len, words)):
        script = Counter(unicodedata.name(letter, "strange").split()[0] for letter in strange).most_common(1)[0][0]
        return script.capitalize()
    known = _index_titles(language)
    counts = Counter(itertools.chain.from_iterable(known[word] for word in words if word in known))
    title = max(profiles, key=counts.__getitem__)
    own = sum(map(function_words(language).__contains__, words))
    sure = len(words) >= _LEAST and counts[title] >= max(_SHARE * len(words), _SURER * own)
    return title if sure else ""


@functools.cache
def _index_titles(language: Language) -> dict[str, list[str]]:
    """Return the titles of the languages that each word is common in."""
    titles: dict[str, list[str]] = {}
    for title, known in language.read("foreign.toml", Foreign).words.items():
        for word in known:
            titles.setdefault(word, []).append(title)
    return titles


def note_foreign(article: Article, language: Language = ENGLISH) -> str:
    """Return a note where the text of an article is in another language than the one that is read, else nothing.

    >>> note_foreign(Article("Le pont de Kelm est fermé, et les écoles ne sont pas ouvertes."))
    'the text looks French; only English is read'
    """
    title = find_foreign(article.text, language)
    return f"{_LOOKS}{title}; only {language.title} is read" if title else ""


def find_note(article: Article) -> str:
    """Return such a note among those that an article has since it was compared, else nothing.

    >>> find_note(Article("Le pont", notes=("text from HTML", "the text looks French; only English is read")))
    'the text looks French; only English is read'
    """
    return next((note for note in article.notes if note.startswith(_LOOKS)), "")


def tell_foreign(articles: Iterable[Article], language: Language = ENGLISH) -> tuple[str, ...]:
    """Return a line for each article that has such a note, its name first.

    >>> tell_foreign([Article("Le pont de Kelm est fermé, et les écoles ne sont pas ouvertes.", "first.txt")])
    ('first.txt: the text looks French; only English is read',)
    """
    return tuple(f"{article.name}: {note}" for article in articles if (note := note_foreign(article, language)))
