"""Stops become sentence ends.

Whether a stop ends its sentence is asked of an ordered chain of rules; the last one is NLTK's Punkt (Kiss & Strunk
2006) with the abbreviations and sentence starters of the language, so that nothing has to be downloaded.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Set

import attrs

from consistency.language import ENGLISH, Language
from consistency.lexicon import Speech
from consistency.model import Span
from consistency.segmenter.lines import CLOSERS, NOTE, OPENERS, is_titled
from consistency.segmenter.punkt import build_punkt
from consistency.segmenter.words import SentenceWords

_LONGEST = 4000  # characters; what is longer is no sentence but must not slow the stages that follow

_STOP = re.compile(
    r"(?P<mark>[.!?…](?:\s{0,2}[.!?…]){0,99})"
    rf"(?P<close>[{re.escape(CLOSERS)}]*(?:\[\d{{1,3}}\])?)"  # [12] is a footnote
    r"(?P<gap>\s*)"
    rf"(?=(?P<open>[{re.escape(OPENERS)}–—―*•\-\s]{{0,12}})(?P<right>\S{{0,40}}))"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[^\W\d_a-z][a-z]*(?:['’][a-z]+)?(?![\w@/]|\.\w)")
_ZONE = re.compile(r"(?:[A-Z]\w+ ){1,2}[Tt]ime\b")  # "Korea Standard Time"
_ODD = re.compile(r"[@/.]")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")
_HYPHEN = re.compile(r"[-/–]")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})")
_QUOTED = re.compile(r"[^\"]{0,300}[^\"\s(]\"")  # the next straight quote closes
_CITED = re.compile(r"[^()\d.]{0,40}\d{1,4}(?:[-–]\d{1,4})?\)[.,;]")  # "(Gray 55)."
_SPEAKER = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s+){1,4}(?P<verb>[a-z]+)\b")


@functools.lru_cache(1 << 14)  # the same few words stand around most stops
def _punkt_ends(words: str, language: Language) -> bool:
    """Say whether a sentence ends inside these words."""
    return bool(build_punkt(language).text_contains_sentbreak(words))


@attrs.frozen
class _Stop:
    """A full stop or its like, with what the rules look at."""

    before: str  # the sentence so far, without ``left``
    left: str  # the word in front of the mark
    mark: str  # ".", "?!", "..."
    close: str  # the quotes and brackets that close behind it
    gap: str  # the white space behind those
    open: str  # quotes, brackets and dashes in front of the next word
    right: str  # the next word, or what stands there
    rest: str  # the next words
    cased: bool  # whether the paragraph uses capitals
    titled: bool  # whether it gives one to each word, as headlines do
    language: Language
    words: SentenceWords
    speech: Speech

    @property
    def base(self) -> str:
        """The word on the left without what hangs in front of it: "Gov" of "ex-Gov"."""
        return _HYPHEN.split(self.left)[-1]

    def left_in(self, words: Set[str]) -> bool:
        """Say whether the word on the left is one of some."""
        return self.base.lower() in words

    def right_in(self, words: Set[str]) -> bool:
        """Say whether the word on the right ("It's" as "it", "A." as none) is one of some."""
        word = _LETTERS.match(self.right)
        return word is not None and word.group().lower() in words

    @property
    def starts(self) -> bool:
        """Whether the word on the right is one that starts sentences."""
        capital = self.right[:1].isupper() and self.right[1:2] != "." and not self.titled
        return capital and self.right_in(self.words.starters)

    @property
    def initials(self) -> bool:
        """Whether the word on the left is an initial or an acronym with full stops."""
        return bool(_INITIALS.fullmatch(self.base)) and self.base.isupper()


def _need_words(stop: _Stop) -> bool | None:
    """Both sides must hold a word: marks alone are no sentence."""
    sides = (stop.before + stop.left, stop.right)
    return None if all(any(map(str.isalnum, side)) for side in sides) else False


def _see_lost_space(stop: _Stop) -> bool | None:
    """Without white space only two plain words are parted ("rain.The mayor"): not 3.5, U.S., example.com."""
    if stop.gap.strip():
        return True
    if stop.gap:
        return None
    plain = _PLAIN.match(stop.right) and stop.left[-2:].isalnum() and not _ODD.search(stop.left)
    return bool(plain) and (stop.starts or stop.left.islower()) and not stop.left_in(stop.words.plain)


def _see_next(stop: _Stop) -> bool | None:
    """No sentence starts with a comma or, where capitals are used, with a lower-case word (but "iPhone sales").

    Nor does one between an abbreviation and a dash or a year ("Adler et al. (2004)"), or with a source in brackets.
    """
    first = stop.right[0]
    if not first.isalnum() and first not in "$€£¥#@":
        return False
    if first.islower() and stop.cased and not _BRAND.match(stop.right):
        return False
    if stop.open.strip() == "(" and _CITED.match(stop.rest):
        return False
    if first.isdigit() and stop.left_in(stop.words.plain) and stop.open.strip() in ("(", "["):
        return False
    dash = any(mark in stop.open for mark in "-–—―")
    short = stop.initials or stop.left_in(stop.words.places | stop.words.plain | stop.words.hours)
    return False if dash and short else None


def _see_enumerator(stop: _Stop) -> bool | None:
    """The number of a list item stays with its item: "1. Rain"."""
    return False if stop.mark == "." and not stop.before.strip("(") and _ENUMERATOR.fullmatch(stop.left) else None


def _see_title(stop: _Stop) -> bool | None:
    """A title has its name behind it, "No." and "Oct." their number, "Fig." its letter."""
    if stop.mark != ".":
        return None
    if stop.left_in(stop.words.titles) and (stop.base[:1].isupper() or stop.left in {"v", "vs"}):
        return False
    if stop.left_in(stop.words.numbered) and re.match(r"\d|[IVX]{2}", stop.right):
        return False
    lettered = re.match(r"[A-Z]\b" if stop.base[:1].isupper() else r"[B-Z]\b", stop.right)  # "a fig. A man"
    return False if lettered and stop.left_in(stop.words.figures) else None


def _see_place(stop: _Stop) -> bool | None:
    """Within a sentence a comma follows "Tampa, Fla."; so a capital starts the next one."""
    if stop.mark != "." or not stop.left_in(stop.words.places) or not stop.base[:1].isupper():
        return None
    return stop.starts or (stop.before.rstrip().endswith(",") and not re.match(r"\d{5}", stop.right))


def _see_clock(stop: _Stop) -> bool | None:
    """Behind "5 p.m." a capital starts a sentence unless it is a day or a time zone.

    But not where the hour is all that is said so far ("At 5 p.m. Gray left"), or says which ("the 5 p.m. Orlo train").
    """
    if stop.mark != "." or not stop.left_in(stop.words.hours):
        return None
    before = stop.before.lower().split()
    if before and ((before[0] in stop.words.at_hours and len(before) < 4) or before[-2:-1] in (["the"], ["a"])):
        return False
    return stop.right[0].isupper() and not stop.right_in(stop.words.after_hours) and not _ZONE.match(stop.rest)


def _see_initials(stop: _Stop) -> bool | None:
    """J.K. Rowling and the U.S. Senate stay whole; "the U.S. He" and "vitamin C. Experts" do not."""
    if stop.mark != "." or not stop.initials:
        return None
    word = stop.before.rpartition(" ")[2]
    alone = len(stop.base) == 1 and (word.lower() in stop.words.lettered or (stop.base == "I" and word.islower()))
    return stop.starts or alone


def _see_shout(stop: _Stop) -> bool | None:
    """The mark of "Yahoo! Inc." is a part of the name."""
    return False if (stop.left + stop.mark).lower() in stop.words.shouts and not stop.starts else None


def _see_speaker(stop: _Stop) -> bool | None:
    """A quoted question goes on with its speaker: "Is it over?" Smith asked."""
    if stop.mark == "." or not stop.close or stop.open:
        return None
    quoted = not re.search(r"[\"“«]", stop.before[1:])  # the quote began with the sentence or before it
    speaker = _SPEAKER.match(stop.rest) if quoted else None
    return False if speaker and speaker["verb"] in stop.speech.saying | stop.speech.asking else None


def _see_ellipsis(stop: _Stop) -> bool | None:
    """Dots end a sentence before a word that starts one, or if a full stop comes with them."""
    marks = "".join(stop.mark.split()).replace("…", "...")
    if ".." not in marks or marks.strip("."):
        return None
    return stop.starts or (stop.right[0].isupper() and (len(marks) > 3 or bool(stop.close)))


def _ask_punkt(stop: _Stop) -> bool:
    """What no rule answers is left to Punkt."""
    try:
        return _punkt_ends(f"{stop.left}{stop.mark}{stop.close} {stop.open}{stop.right}", stop.language)
    except TimeoutError:  # nltk gives each of its regular expressions five seconds
        return not stop.left_in(stop.words.plain)


_RULES: tuple[Callable[[_Stop], bool | None], ...] = (
    _need_words,  # first, so that the others may look at the words
    _see_lost_space,  # before all that takes white space for granted
    _see_next,  # the surest sign against an end
    _see_enumerator,  # before the initials: "A. Rain" is an item
    _see_title,
    _see_place,  # before the initials: "N.C." is a place
    _see_clock,
    _see_initials,
    _see_shout,
    _see_speaker,
    _see_ellipsis,
    _ask_punkt,
)


def _ends(text: str, paragraph: Span, language: Language, first: int) -> Iterator[int]:
    """Yield where the sentences of a paragraph end, none before ``first``, the last one without its white space."""
    words, speech = SentenceWords.read(language), Speech.read(language)
    begin, quotes, counted = paragraph.start, 0, paragraph.start
    cased = not text[paragraph.start : paragraph.end].islower()
    titled = paragraph.end - paragraph.start <= NOTE and is_titled(paragraph.cut(text))
    for match in _STOP.finditer(text, max(first, paragraph.start), paragraph.end):
        at = match.start()
        quotes += sum(text.count(mark, counted, at) for mark in '"“”')
        counted = at
        left = re.split(r"\s", text[max(begin, at - 40) : at])[-1].lstrip(OPENERS)
        rest = text[match.start("right") : min(match.start("right") + 400, paragraph.end)]
        stop = _Stop(
            before=text[max(begin, at - 600) : at - len(left)].strip(),
            left=left,
            rest=rest,
            cased=cased,
            titled=titled,
            language=language,
            words=words,
            speech=speech,
            **match.groupdict(),
        )
        if next(answer for answer in (rule(stop) for rule in _RULES) if answer is not None):
            begin = _end(match, stop, odd=quotes % 2 == 1)
            yield begin
    yield paragraph.end


def _end(match: re.Match[str], stop: _Stop, *, odd: bool) -> int:
    """Return where the sentence ends; a straight quote belongs to it if it is the second of a pair."""
    if stop.gap.strip():
        return match.end("gap")
    if not stop.gap and stop.close == '"' and not odd:
        return match.end("mark")
    if odd and stop.gap and '"' not in stop.close and stop.open.startswith('"') and not _QUOTED.match(stop.rest):
        return match.start("open") + 1
    return match.end("close")


def find_sentences(text: str, paragraph: Span, language: Language = ENGLISH, dateline: int = 0) -> Iterator[Span]:
    """Yield the sentences of a paragraph, without outer white space; none is longer than ``_LONGEST``.

    None ends before ``dateline``, the end of a dateline at the start.
    """
    start = paragraph.start
    for end in _ends(text, paragraph, language, dateline):
        while start < end:
            stop = end
            if end - start > _LONGEST:
                space = max(text.rfind(white, start, start + _LONGEST) for white in " \n\t")
                stop = space if space > start else start + _LONGEST
            words = text[start:stop]
            if words.strip():
                yield Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
            start = stop
