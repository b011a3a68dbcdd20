"""Sentences get roles and datelines."""

from __future__ import annotations

import re

from consistency.model import Role, Span
from consistency.segmenter.lines import CLOSERS, NOTE, OPENERS, is_titled
from consistency.segmenter.words import Words
from consistency.text import fold

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
    r"(?P<place>[^()\n–—―:;!?]{2,60}?)?\s?(?P<agency>\([A-Z][\w ./&]{1,30}\)|/[A-Z][\w -]{1,30}/)?\s?"
    r"(?:(?:--|(?<=[\s)])-|[–—―])\s+|(?<=[)/\s])-{1,2}|—)(?=\W{0,2}[^\W_a-z])"
    rf"|(?P<brand>\((?:{_AGENCY})\))\s?(?=[A-Z])"
)
_NO_PLACE = re.compile(r"\b(?:ANALYSIS|BREAKING|CORRECT|EXCLUSIVE|FILE|LIVE|NEWS|OPINION|OFFICIAL|UPDATE|VIDEO|WATCH)")


def _mark(words: str) -> Role:
    """Return the role that the words themselves tell, BODY for none."""
    if _CREDIT.match(words):
        return Role.CREDIT
    if _CAPTION.match(words) or _CAPTION_TAIL.search(words[-200:]):
        return Role.CAPTION
    return Role.LINK if _LINK.match(words) else Role.BODY


def _is_heading(line: str, longest: int) -> bool:
    """Say whether a line looks like a headline: short, no speech, and no final punctuation unless in Title Case."""
    words = line.split()
    bare = line.rstrip(CLOSERS + " ")
    if not bare or len(words) > longest or line[0] in "-*•" or not any(map(str.isalpha, line)):
        return False
    if line[0] in "\"'“‘" and (len(bare) < len(line) or not re.search(r".[\"'”’]", line)):
        return False
    if bare[-1] in ":;,":
        return False
    return bare[-1] not in ".!?…" or is_titled(line)


def tell_roles(sentences: list[str], line: str, *, title: str, head: bool, last: bool) -> list[Role]:
    """Return the roles of the sentences of one paragraph, whose text is ``line``."""
    marks = [_mark(words) for words in sentences]
    if len(line) > NOTE:
        return marks
    if title and not last and fold(line) == title:
        return [Role.HEADLINE] * len(marks)
    if marks[0] is not Role.BODY:
        return [marks[0]] * len(marks)
    if Role.CAPTION in marks or (line[-1] not in ".!?" and re.search(r"\b[Pp]ictured\b", line)):
        return [Role.CAPTION] * len(marks)
    subhead = _is_heading(line, 10) and not line[0].islower() and line[0] not in OPENERS
    if not last and set(marks) == {Role.BODY} and (subhead or (head and _is_heading(line, 25))):
        return [Role.HEADLINE] * len(marks)
    return marks


def find_dateline(text: str, paragraph: Span, words: Words) -> Span | None:
    """Return the span of the dateline at the start of a paragraph: a place or an agency, then a dash.

    The place is in capitals, has the abbreviation of a state behind it, or an agency in brackets.
    """
    match = _DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + 120))
    if not match:
        return None
    place = (match["place"] or "").strip()
    city, _, behind = place.partition(",")
    if any(_is_end(word, words) for word in place.split()):
        return None
    capitals = city.isupper() and len(city) > 2 and len(city.split()) < 5 and not _NO_PLACE.search(city)
    state = behind.strip().endswith(".") and place[:1].isupper() and len(place.split()) < 5
    wired = bool(match["agency"]) and place[:1].isupper() and len(place.split()) < 7
    if capitals or state or wired or match["brand"] or (match["agency"] and not place):
        return Span(paragraph.start, match.end())
    return None


def _is_end(word: str, words: Words) -> bool:
    """Say whether a word with a full stop can end a sentence: it is no abbreviation of a dateline."""
    bare = word.rstrip(",").removesuffix(".")
    return bare != word.rstrip(",") and len(bare) > 2 and bare.lower() not in words.places | words.numbered
