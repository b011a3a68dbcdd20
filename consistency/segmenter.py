"""Article -> sentences with roles.

The text is read in three steps, each on the raw text, so that spans never have to be searched for:
lines become paragraphs (hard-wrapped lines are joined), stops become sentence ends, sentences get roles.

Whether a stop ends its sentence is asked of an ordered chain of rules; the last one is NLTK's Punkt (Kiss & Strunk
2006) with the abbreviations and sentence starters of ``data/``, so that nothing has to be downloaded.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from consistency.model import Article, Role, Sentence, Span
from consistency.text import find_data, fold

_LONGEST = 4000  # characters; what is longer is no sentence but must not slow the stages that follow
_WIDEST = 120  # columns; lines that are longer were not wrapped by hand or by a mail program
_NARROWEST = 30
_NOTE = 400  # characters; longer paragraphs are not a headline or caption as a whole

_BULLET = re.compile(r"[-*•>]\s|\d{1,3}[.)]\s")
_OPENERS = "\"'“‘«([{"
_CLOSERS = "\"'”’»)]}"
_STOP = re.compile(
    r"(?P<mark>[.!?…](?:\s{0,2}[.!?…]){0,99})"
    rf"(?P<close>[{re.escape(_CLOSERS)}]*(?:\[\d{{1,3}}\])?)"  # [12] is a footnote
    r"(?P<gap>\s*)"
    rf"(?=(?P<open>[{re.escape(_OPENERS)}–—―*•\-\s]{{0,12}})(?P<right>\S{{0,40}}))"
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
_SPEAKER = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|told|wrote|added|cried|shouted|yelled|replied|tweeted|"
    r"exclaimed|joked|screamed|wondered|continued|recalled|responded|posted|demanded)\b"
)


@functools.cache
def _vocabulary() -> dict[str, frozenset[str]]:
    """Return the word classes of ``data/abbreviations.txt`` and ``data/starters.txt``."""
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for name in ("abbreviations.txt", "starters.txt"):
        text = find_data(name).read_text(encoding="utf-8")
        for line in text.splitlines():
            if line and not line.startswith("#"):
                title, _, words = line.partition(":")
                classes["starter" if name == "starters.txt" else title].update(words.split())
    return {title: frozenset(words) for title, words in classes.items()}


@functools.cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer  # half a second to import

    parameters = PunktParameters()
    words = _vocabulary()
    parameters.abbrev_types = set(words["plain"] | words["title"] | words["clock"])
    parameters.sent_starters = set(words["starter"])
    parameters.ortho_context = Counter()  # the default remembers every word that it is asked for
    return PunktSentenceTokenizer(parameters)


@functools.lru_cache(1 << 14)  # the same few words stand around most stops
def _punkt_ends(words: str) -> bool:
    """Say whether a sentence ends inside these words."""
    return bool(_punkt().text_contains_sentbreak(words))


# ---- lines and paragraphs


def _paragraphs(text: str, start: int) -> list[Span]:
    """Return the paragraphs from ``start``: lines, or hard-wrapped lines that were joined."""
    blocks: list[list[Span]] = [[]]
    for row in text[start:].splitlines(keepends=True):
        words = row.strip()
        if words:
            first = start + row.index(words[0])
            blocks[-1].append(Span(first, first + len(words)))
        elif blocks[-1]:
            blocks.append([])
        start += len(row)
    width = _wrap_width(text, blocks)
    paragraphs: list[Span] = []
    for block in blocks:
        paragraphs += block[:1]
        for before, line in itertools.pairwise(block):
            if _flows_on(text, before, line, width):
                paragraphs[-1] = Span(paragraphs[-1].start, line.end)
            else:
                paragraphs.append(line)
    return paragraphs


def _wrap_width(text: str, blocks: list[list[Span]]) -> int:
    """Return the column at which the article is hard-wrapped, 0 if it is not."""
    breaks = [pair for block in blocks for pair in itertools.pairwise(block)]
    torn = [before for before, line in breaks if _is_torn(text, before, line)]
    if len(torn) * 3 < len(breaks):  # in wrapped prose two of three breaks stand before a lower-case word
        return 0
    return max((line.end - line.start for line in torn), default=0)


def _is_torn(text: str, before: Span, line: Span) -> bool:
    """Say whether a line break stands in the middle of a sentence, by its two sides alone."""
    return (
        _NARROWEST <= before.end - before.start <= _WIDEST
        and text[line.start].islower()
        and text[before.end - 1] not in ".!?:;" + _CLOSERS.replace(")", "")
    )


def _flows_on(text: str, before: Span, line: Span, width: int) -> bool:
    """Say whether ``line`` goes on with the paragraph of the line before it."""
    if _is_torn(text, before, line):
        return True
    if not width or _indent(text, line) > _indent(text, before) or _BULLET.match(text, line.start):
        return False
    word = text[line.start : min(line.end, line.start + _WIDEST)].split()[0]
    return before.end - before.start + 1 + len(word) > width  # it had no room on the line before


def _indent(text: str, line: Span) -> int:
    margin = text[max(0, line.start - 20) : line.start]
    return len(margin) - len(margin.rstrip(" \t"))


# ---- sentence ends


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

    @property
    def base(self) -> str:
        """The word on the left without what hangs in front of it: "Gov" of "ex-Gov"."""
        return _HYPHEN.split(self.left)[-1]

    def left_in(self, title: str) -> bool:
        """Say whether the word on the left is in a class of words."""
        return self.base.lower() in _vocabulary()[title]

    def right_in(self, title: str) -> bool:
        """Say whether the word on the right ("It's" as "it", "A." as none) is in a class of words."""
        word = _LETTERS.match(self.right)
        return word is not None and word.group().lower() in _vocabulary()[title]

    @property
    def starts(self) -> bool:
        """Whether the word on the right is one that starts sentences."""
        capital = self.right[:1].isupper() and self.right[1:2] != "." and not self.titled
        return capital and self.right_in("starter")

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
    return bool(plain) and (stop.starts or stop.left.islower()) and not stop.left_in("plain")


def _see_next(stop: _Stop) -> bool | None:
    """No sentence starts with a comma or, where capitals are used, with a lower-case word (but "iPhone sales")."""
    first = stop.right[0]
    if not first.isalnum() and first not in "$€£¥#@":
        return False
    if first.islower() and stop.cased and not _BRAND.match(stop.right):
        return False
    dash = any(mark in stop.open for mark in "-–—―")
    return False if dash and (stop.initials or any(map(stop.left_in, ("place", "plain", "clock")))) else None


def _see_enumerator(stop: _Stop) -> bool | None:
    """The number of a list item stays with its item: "1. Rain"."""
    return False if stop.mark == "." and not stop.before.strip("(") and _ENUMERATOR.fullmatch(stop.left) else None


def _see_title(stop: _Stop) -> bool | None:
    """A title has its name behind it, "No." and "Oct." their number."""
    if stop.mark != ".":
        return None
    if stop.left_in("title") and (stop.base[:1].isupper() or stop.left in {"v", "vs"}):
        return False
    return False if stop.left_in("numbered") and re.match(r"\d|[IVX]{2}", stop.right) else None


def _see_place(stop: _Stop) -> bool | None:
    """Within a sentence a comma follows "Tampa, Fla."; so a capital starts the next one."""
    if stop.mark != "." or not stop.left_in("place") or not stop.base[:1].isupper():
        return None
    return stop.starts or (stop.before.rstrip().endswith(",") and not re.match(r"\d{5}", stop.right))


def _see_clock(stop: _Stop) -> bool | None:
    """Behind "5 p.m." a capital starts a sentence unless it is a day or a time zone."""
    if stop.mark != "." or not stop.left_in("clock"):
        return None
    return stop.right[0].isupper() and not stop.right_in("after-clock") and not _ZONE.match(stop.rest)


def _see_initials(stop: _Stop) -> bool | None:
    """J.K. Rowling and the U.S. Senate stay whole; "the U.S. He" and "vitamin C. Experts" do not."""
    if stop.mark != "." or not stop.initials:
        return None
    word = stop.before.rpartition(" ")[2].lower()
    alone = len(stop.base) == 1 and (word in _vocabulary()["lettered"] or (stop.base == "I" and word.islower()))
    return stop.starts or alone


def _see_shout(stop: _Stop) -> bool | None:
    """The mark of "Yahoo! Inc." is a part of the name."""
    return False if (stop.left + stop.mark).lower() in _vocabulary()["shout"] and not stop.starts else None


def _see_speaker(stop: _Stop) -> bool | None:
    """A quoted question goes on with its speaker: "Is it over?" Smith asked."""
    if stop.mark == "." or not stop.close or stop.open:
        return None
    quoted = not re.search(r"[\"“«]", stop.before[1:])  # the quote began with the sentence or before it
    return False if quoted and _SPEAKER.match(stop.rest) else None


def _see_ellipsis(stop: _Stop) -> bool | None:
    """Dots end a sentence before a word that starts one, or if a full stop comes with them."""
    marks = "".join(stop.mark.split()).replace("…", "...")
    if ".." not in marks or marks.strip("."):
        return None
    return stop.starts or (stop.right[0].isupper() and (len(marks) > 3 or bool(stop.close)))


def _ask_punkt(stop: _Stop) -> bool:
    """What no rule answers is left to Punkt."""
    try:
        return _punkt_ends(f"{stop.left}{stop.mark}{stop.close} {stop.open}{stop.right}")
    except TimeoutError:  # nltk gives each of its regular expressions five seconds
        return not stop.left_in("plain")


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


def _ends(text: str, paragraph: Span) -> Iterator[int]:
    """Yield where the sentences of a paragraph end, the last one without its white space."""
    begin, quotes, counted = paragraph.start, 0, paragraph.start
    cased = not text[paragraph.start : paragraph.end].islower()
    titled = paragraph.end - paragraph.start <= _NOTE and _is_titled(paragraph.cut(text))
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        quotes += sum(text.count(mark, counted, at) for mark in '"“”')
        counted = at
        left = re.split(r"\s", text[max(begin, at - 40) : at])[-1].lstrip(_OPENERS)
        rest = text[match.start("right") : min(match.start("right") + 400, paragraph.end)]
        stop = _Stop(
            before=text[max(begin, at - 600) : at - len(left)].strip(),
            left=left,
            rest=rest,
            cased=cased,
            titled=titled,
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


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield the sentences of a paragraph, without outer white space; none is longer than ``_LONGEST``."""
    start = paragraph.start
    for end in _ends(text, paragraph):
        while start < end:
            stop = end
            if end - start > _LONGEST:
                space = max(text.rfind(white, start, start + _LONGEST) for white in " \n\t")
                stop = space if space > start else start + _LONGEST
            words = text[start:stop]
            if words.strip():
                yield Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
            start = stop


# ---- roles

_PROPER = r"[^\W\d_a-z][\w.'’&-]*"
_NAMES = rf"{_PROPER}(?: (?:{_PROPER}|of|the|and|for|de|van|von|bin|al)){{0,6}}"
_AGENCY = r"AP|AFP|AAP|ANI|CNN|DPA|EFE|EPA|IANS|PA|PTI|RFE/RL|TASS|UPI|Reuters|REUTERS|Xinhua|(?:The )?Associated Press"
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_LINK = re.compile(
    r"[\[(>*»•\s-]{0,6}(?:"
    r"(?i:see also|also (?:read|see|watch|on)\b.{0,20}[:|]|read (?:more|also|next|the full|it)\b"
    r"|(?:continue|keep) reading)"
    r"|(?i:related(?: \w+)?|recommended|more(?: on| from| about)[^:]{0,40}|watch(?: \w+)?|listen(?: \w+)?"
    r"|videos?|gallery|photos|pictures|slideshow|live updates)\s*:"
    r"|(?i:related (?:stories|articles|links|coverage|content|topics)|advertisement|share this|more on this)\W*$"
    r"|(?:WATCH|READ|LISTEN|RELATED|MORE)\b(?! [A-Z]{2})"
    r"|(?i:click (?:here|on|to|the|through)|tap here|scroll down|(?:story|article) continues|sign up (?:for|to|here)"
    r"|subscribe (?:to|now|here)|follow (?:us|me)\b|like us|join the conversation|get the latest|don['’]t miss"
    r"|share (?:it|your)\b.{0,40}comments|have (?:something|anything) to (?:add|say)|download (?:the|our)\b.{0,30}app)"
    r"|(?:Follow|Like|Find|Join) .{1,60}\bon (?:Facebook|Twitter|Instagram|YouTube|X)\b"
    r"|(?:https?://|www\.)\S+$"
    r"|(?:\W|_)+$"  # a rule between two parts
    r")|[^.?!]{0,100}\b(?i:click here)\W*$"
)
_CAPTION = re.compile(
    r"\W{0,3}(?:"
    r"(?i:photo|picture|image|pic|photograph|illustration|graphic|screen ?shot|video grab)"
    r"(?i:\s*(?:by|credit|courtesy|via)\b|\s*(?:shows|caption|credits?)?\s*:|\s*/\s*[A-Z])"
    r"|FILE(?: PHOTO| IMAGE| PICTURE| PIC)?\s?[-–—:]"
    r"|(?i:file photo|(?:a|an) (?:file|undated|handout) (?:photo|picture|image)|pictured\b)"
    r"|(?:Above|Below|Left|Right|Top|Bottom|Inset|Main|Caption)\s?:"
    r"|(?i:in this [\w.,' ]{0,40}\b(?:photo|image|picture|frame grab|still)\b)"
    r")"
)
_CAPTION_TAIL = re.compile(
    r"\((?i:file(?: photo| picture| image)?"
    r"|(?:photo|picture|image|pic|credit|source)s?(?: by| credit| courtesy)?\s?:[^()]{0,80}"
    r"|(?:photo|picture|image)s? (?:by|courtesy|via) [^()]{0,80})\)\W*$"
    rf"|\((?:{_AGENCY}|Getty(?: Images)?|Rex|SWNS|CEN|Shutterstock)(?: Photo| Images)?\s?/[^()]{{1,60}}\)\W*$"
    r"|\((?:AP Photo|Getty Images|Shutterstock|CEN|SWNS|REX)\)\W*$"
    r"|\b(?:REUTERS|AP Photo|AFP|EPA|Getty Images)/[^.!?]{1,40}\W*$"
    r"|/(?:Getty Images|AFP|AP|Reuters|REUTERS|Shutterstock)\W{0,3}$"
)
_CREDIT = re.compile(
    r"\W{0,3}(?:"
    r"(?i:(?:with )?(?:additional |further )?(?:reporting|writing|editing|research|translation) by\b)"
    r"|(?i:(?:written|edited|reported|compiled|produced|translated) by )[A-Z]"
    rf"|(?i:by) {_PROPER}(?: {_PROPER}){{1,3}}(?:\s?(?:,|\||/|&|and |for |in |[-–—] )[^.!?]{{0,80}})?$"
    r"|©|(?i:\(c\) (?:19|20)\d\d|copyright\b|all rights reserved)"
    r"|(?i:this (?:article|story|post|piece) (?:was (?:first |originally )?(?:published|produced|written|provided)"
    r"|(?:first|originally) (?:appeared|ran)|originally|has been (?:updated|corrected)))"
    r"|(?i:e-?mail|twitter|contact(?: \w+){0,4}|source|credits?|authors?|topics|tags|filed under)\s?: ?\S"
    r"|(?i:(?:first |last )?(?:published|updated|posted|modified))(?i:\s?:| (?:at|on)? ?(?:\d|[A-Z])[^.!?]{0,40}$)"
    rf"|(?:{_AGENCY})\W{{0,3}}$|(?i:ends|-30-|###)\W{{0,3}}$"
    rf"|(?:\w{{3,9}}day,? )?(?:{_MONTHS} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTHS} \d{{4}}|\d{{4}}-\d\d-\d\d)"
    r"[^.!?]{0,30}$"
    r")"
    rf"|(?:[–—]|--)\s?{_NAMES}(?:\.?$| (?:is|was|are|contributed|reported)\b)|-\s?{_PROPER} {_NAMES}\.?$"
    r"|.{0,160}\bcontributed (?:to this (?:report|story|article)|reporting)\b"
)
_DATELINE = re.compile(
    r"(?P<place>[^()\n–—―:;!?]{2,60}?)?\s?(?P<agency>\([A-Z][\w ./&]{1,30}\))?\s?"
    r"(?:--|(?<=[\s)])-|[–—―])\s+(?=\W{0,2}[^\W_a-z])"
    r"|(?P<brand>\(CNN\))\s?(?=[A-Z])"
)
_NO_PLACE = re.compile(r"\b(?:ANALYSIS|BREAKING|CORRECT|EXCLUSIVE|FILE|LIVE|NEWS|OPINION|OFFICIAL|UPDATE|VIDEO|WATCH)")


def _mark(words: str) -> Role:
    """Return the role that the words themselves tell, BODY for none."""
    if _CREDIT.match(words):
        return Role.CREDIT
    if _CAPTION.match(words) or _CAPTION_TAIL.search(words[-200:]):
        return Role.CAPTION
    return Role.LINK if _LINK.match(words) else Role.BODY


def _is_titled(line: str) -> bool:
    """Say whether a line is in Title Case and has no full stop but that of an abbreviation ("… the U.S.")."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    ended = line.endswith(".") and not re.search(r"\b(?:[A-Z]\.){2}$", line)
    return not ended and len(words) > 2 and all(word[0].isupper() for word in words)


def _is_heading(line: str, longest: int) -> bool:
    """Say whether a line looks like a headline: short, no speech, and no final punctuation unless in Title Case."""
    words = line.split()
    bare = line.rstrip(_CLOSERS + " ")
    if not bare or len(words) > longest or line[0] in "-*•" or not any(map(str.isalpha, line)):
        return False
    if line[0] in "\"'“‘" and (len(bare) < len(line) or not re.search(r".[\"'”’]", line)):
        return False
    if bare[-1] in ":;,":
        return False
    return bare[-1] not in ".!?…" or _is_titled(line)


def _roles(sentences: list[str], line: str, *, title: str, head: bool, last: bool) -> list[Role]:
    """Return the roles of the sentences of one paragraph, whose text is ``line``."""
    marks = [_mark(words) for words in sentences]
    if len(line) > _NOTE:
        return marks
    if title and not last and fold(line) == title:
        return [Role.HEADLINE] * len(marks)
    if marks[0] is not Role.BODY:
        return [marks[0]] * len(marks)
    if Role.CAPTION in marks or (line[-1] not in ".!?" and re.search(r"\b[Pp]ictured\b", line)):
        return [Role.CAPTION] * len(marks)
    subhead = _is_heading(line, 10) and not line[0].islower() and line[0] not in _OPENERS
    if not last and set(marks) == {Role.BODY} and (subhead or (head and _is_heading(line, 25))):
        return [Role.HEADLINE] * len(marks)
    return marks


def _dateline(words: str, start: int) -> Span | None:
    """Return the span of the dateline at the start of a sentence: a place in capitals or an agency, then a dash."""
    match = _DATELINE.match(words, 0, 120)
    if not match:
        return None
    place = (match["place"] or "").strip()
    city = place.partition(",")[0]
    capitals = city.isupper() and len(city) > 2 and len(city.split()) < 5 and not _NO_PLACE.search(city)
    wired = bool(match["agency"]) and place[:1].isupper() and len(place.split()) < 7
    if capitals or wired or match["brand"] or (match["agency"] and not place):
        return Span(start, start + match.end())
    return None


def segment(article: Article) -> tuple[Sentence, ...]:
    r"""Return the sentences of an article in order, each with its role.

    Every character of the text that is not white space, but for ``article.header``, is in exactly one sentence.
    No sentence is longer than 4,000 characters. An article without any body has only body: a lone line is no headline.

    The method is Punkt (Kiss & Strunk 2006) as NLTK has it, between rules for quotes, initials, dots and lists.

    >>> article = Article("Storm hits Port\n\nPORT -- Rain fell, Mr. Gray said. “Will it stop?” he asked.")
    >>> for sentence in segment(article):
    ...     print(sentence.role, sentence.paragraph, sentence.text)
    headline 0 Storm hits Port
    body 1 PORT -- Rain fell, Mr. Gray said.
    body 1 “Will it stop?” he asked.
    """
    text, title = article.text, fold(article.title or "")
    paragraphs = _paragraphs(text, article.header.end)
    sentences: list[Sentence] = []
    head = True
    for number, paragraph in enumerate(paragraphs):
        spans = list(_sentences(text, paragraph))
        roles = _roles(
            [span.cut(text) for span in spans],
            " ".join(paragraph.cut(text).split()),
            title=title,
            head=head,
            last=number == len(paragraphs) - 1,
        )
        head = head and Role.BODY not in roles
        for span, role in zip(spans, roles, strict=True):
            words = span.cut(text)
            dateline = _dateline(words, span.start) if role is Role.BODY and span.start == paragraph.start else None
            sentences.append(Sentence(len(sentences), span.start, span.end, words, role, number, dateline))
    if all(sentence.role is not Role.BODY for sentence in sentences):
        headlines = (sentence.role is Role.HEADLINE for sentence in sentences)
        sentences = [
            attrs.evolve(sentence, role=Role.BODY) if headline else sentence
            for sentence, headline in zip(sentences, headlines, strict=True)
        ]
    return tuple(sentences)
