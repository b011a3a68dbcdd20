"""What a sentence says, clause by clause: who does what to whom, in which phase, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from consistency.model import Word

if TYPE_CHECKING:
    from consistency.clauses.syntax import Syntax
    from consistency.clauses.tree import Parse


class Phase(Word):
    """How far along an act is.

    >>> [str(phase) for phase in Phase]
    ['planned', 'possible', 'ongoing', 'done']
    """

    PLANNED = "planned"
    POSSIBLE = "possible"
    ONGOING = "ongoing"
    DONE = "done"


class Mood(Word):
    """How a clause is put: only what is asserted or reported is said to be so.

    ATTRIBUTIVE is a participle that tells which one is meant ("the stolen car"); REPORTED is what somebody says.

    >>> print(Mood.ASKED)
    asked
    """

    ASSERTED = "asserted"
    REPORTED = "reported"
    CONDITIONAL = "conditional"
    ASKED = "asked"
    ATTRIBUTIVE = "attributive"


class Part(Word):
    """What a word is in its clause.

    >>> print(Part.WHO)
    who
    """

    PREDICATE = "predicate"
    WHO = "who"
    WHOM = "whom"
    OBLIQUE = "oblique"


@attrs.frozen
class Mention:
    """Somebody or something in a clause: its span in the article, and the base form of its head.

    ``word`` is the number of the head in the parse. The span holds neither the preposition before it nor the clauses
    that hang on it. Of a name, the last word is the head: "brun" of "Ada Brun".

    >>> Mention(0, 4, 12, "brun").head
    'brun'
    """

    word: int
    start: int
    end: int
    head: str


@attrs.frozen
class Oblique:
    """What hangs on a predicate by a preposition, empty for none: "in Tarn", "last week".

    >>> Oblique("in", Mention(3, 10, 14, "tarn")).preposition
    'in'
    """

    preposition: str
    mention: Mention


@attrs.frozen
class Clause:
    """One predicate with what hangs on it; places are those of the article.

    Attributes:
        word: the number of its predicate in the parse.
        start, end: the span of its predicate, with what stands inside it ("called the talks off").
        predicate: the base form with its particle ("sign", "call off"); of a copula the noun or adjective that it
            gives, with its preposition ("guilty", "in custody"); without a negating prefix.
        phase, mood: how far along it is, and how it is put.
        negated: whether it is said not to be so, by whatever word: not, never, no, without, deny, refuse, un-.
        who, whom: who does it and to whom, a passive turned round; several where they are coordinated.
        obliques: what hangs on it by prepositions.
        complement: what who or whom becomes or is called ("was named minister").
        via: the verbs and nouns that carry it, outermost first ("plans to open": plan).
        is_copular: whether the predicate is given by a copula.
        source: who says so, ``None`` where it is the article.
        quoted: whether it stands between quote marks.
        parent: the number of the clause that it hangs on, ``None`` for a main clause.

    >>> from consistency.clauses import outline, parse
    >>> from consistency.model import Sentence
    >>> text = "The port refused to sign the deal."
    >>> (found,) = parse([Sentence(0, 0, len(text), text)])
    >>> (clause,) = outline(found).clauses
    >>> clause.predicate, clause.negated, [m.head for m in (*clause.who, *clause.whom)], clause.via
    ('sign', True, ['port', 'deal'], ('refuse',))
    """

    word: int
    start: int
    end: int
    predicate: str
    phase: Phase
    mood: Mood = Mood.ASSERTED
    negated: bool = False
    who: tuple[Mention, ...] = ()
    whom: tuple[Mention, ...] = ()
    obliques: tuple[Oblique, ...] = ()
    complement: Mention | None = None
    via: tuple[str, ...] = ()
    is_copular: bool = False
    source: Mention | None = None
    quoted: bool = False
    parent: int | None = None


@attrs.frozen
class Attachment:
    """Where a fact stands: the clause that it hangs on, its part there, and the nouns between.

    Attributes:
        clause: the number of the clause.
        part: what it is in the clause, or a part of.
        preposition: that of an oblique.
        noun: the noun that a number, a name or an adjective hangs on ("12 people": people); ``None`` where it is the
            head of its part.
        owner: whose or of what that is, where the text says so ("a debt of 12 towns": of a debt).

    >>> Attachment(0, Part.OBLIQUE, "in").preposition
    'in'
    """

    clause: int
    part: Part
    preposition: str = ""
    noun: Mention | None = None
    owner: Mention | None = None


@attrs.frozen(eq=False)
class Outline:
    """The clauses of a sentence, in the order of the text.

    ``owners`` has the number of the clause of each word, ``None`` for a word outside (in a text without a predicate).
    """

    syntax: Syntax = attrs.field(repr=False)
    clauses: tuple[Clause, ...]
    owners: tuple[int | None, ...] = attrs.field(repr=False)

    @property
    def parse(self) -> Parse:
        """The parse that the clauses were read from."""
        return self.syntax.parse

    def clause_at(self, offset: int) -> Clause | None:
        """Return the clause that the word at a place of the article belongs to, ``None`` outside of all.

        >>> from consistency.clauses import outline, parse
        >>> from consistency.model import Sentence
        >>> outline(*parse([Sentence(0, 0, 10, "Rain fell.")])).clause_at(0).predicate
        'fall'
        """
        _, clause = self._own(offset)
        return None if clause is None else self.clauses[clause]

    def _own(self, offset: int) -> tuple[int | None, int | None]:
        word = self.parse.word_at(offset)
        return word, None if word is None else self.owners[word]

    def locate(self, offset: int) -> Attachment | None:
        """Return where the word at a place of the article hangs, ``None`` outside of all clauses.

        >>> from consistency.clauses import outline, parse
        >>> from consistency.model import Sentence
        >>> text = "The mayor said 12 bridges collapsed."
        >>> found = outline(*parse([Sentence(0, 0, len(text), text)]))
        >>> place = found.locate(text.index("12"))
        >>> found.clauses[place.clause].predicate, str(place.part), place.noun.head
        ('collapse', 'who', 'bridge')
        """
        word, clause = self._own(offset)
        if word is None or clause is None:
            return None
        top = self.clauses[clause].word
        path = [word]
        while path[-1] != top and self.owners[head := self.parse.heads[path[-1]]] == clause and head >= 0:
            path.append(head)
        part, preposition = self._find_part(clause, path)
        nouns = [k for k in path[1:] if k != top and self.parse.upos[k] in _NOUNS]
        is_measure = self.parse.upos[word] == "NUM" and self.parse.relations[word].partition(":")[0] == "nummod"
        noun = nouns[0] if nouns else path[1] if is_measure and len(path) > 1 else None
        owner = next(
            (k for k in (nouns[1:] or self.parse.children(word if noun is None else noun)) if self._owns(k)), None
        )
        return Attachment(
            clause,
            part,
            preposition,
            None if noun is None else self.syntax.mention(noun),
            None if owner is None else self.syntax.mention(owner),
        )

    def _find_part(self, number: int, path: list[int]) -> tuple[Part, str]:
        clause = self.clauses[number]
        for part, mentions in ((Part.WHO, clause.who), (Part.WHOM, clause.whom)):
            if any(mention.word in path for mention in mentions):
                return part, ""
        found = next((o.preposition for o in clause.obliques if o.mention.word in path), None)
        if found is None and path[-2:-1] and self.parse.relations[path[-2]].startswith(("obl", "nmod", "advmod")):
            found = ""
        return (Part.PREDICATE, "") if found is None else (Part.OBLIQUE, found)

    def _owns(self, word: int) -> bool:
        return self.parse.upos[word] in _NOUNS and self.parse.relations[word].startswith(
            ("nmod", "compound", "obl", "nsubj", "obj")
        )


_NOUNS = frozenset(["NOUN", "PROPN", "PRON"])
