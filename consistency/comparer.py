"""The waist: the one place where the stages meet."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from consistency import aligner, clauses, diff, segmenter, visible
from consistency._version import __version__
from consistency.aligner import Similarity
from consistency.aligner.texts import Words
from consistency.dates import DateLike
from consistency.errors import SettingsError
from consistency.facts import Finder, build_finders
from consistency.foreign import note_foreign
from consistency.language import ENGLISH, Language, load
from consistency.model import Article, Bead, Comparison, Fact, Sentence
from consistency.overlap import measure_overlap
from consistency.reading import ArticleLike, adopt
from consistency.referee import Referee, consult
from consistency.text import find_data

_SHOWN = (".j2", ".css", ".js", ".md", ".schema.json")  # data files of reports: they decide nothing

Days = tuple["DateLike | None", "DateLike | None"]
Segmenter = Callable[[Article], tuple[Sentence, ...]]
Aligner = Callable[..., tuple[Bead, ...]]


@attrs.frozen(eq=False)
class Prepared:
    """An article as it was given, what it tells as a reader sees it, and its words; see `Comparer.prepare`."""

    article: Article
    story: diff.Story
    words: Words

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, as they stand in the article that was given."""
        return visible.lead_back(self.story.sentences, self.story.article, self.article)

    def collect(self, finder: Finder, places: Iterable[int]) -> tuple[Fact, ...]:
        """Return what a finder found in some of its sentences, as it stands in the article that was given."""
        facts = self.story.collect(finder, (self.story.sentences[place] for place in places))
        return visible.lead_back(facts, self.story.article, self.article)


@attrs.frozen
class Comparer:
    """The settings and stages of a comparison, in one value; every stage is a callable that can be replaced.

    Attributes:
        language: what the articles are written in: "en", the path of a folder of word files, or an installed pack.
        segmenter: article -> its sentences in order; by default those of the language.
        aligner: sentences of both sides -> beads that hold every sentence once.
        finders: what facts are looked for, and how two of them compare; by default those of the language.
        rules: how a bead is judged; the first rule that answers wins.
        similarity: texts of both sides -> a matrix of how alike they are in meaning; the aligner is called with it as
            ``similarity=``. None by default: shipped word vectors tell that.
        parser: sentences -> their parses, from which clauses are read; it is asked for those that may have an answer.
            By default that of the language; of one that is not English it tells nothing.
        referee: conflicts and developments -> a second opinion on each. None by default: nobody is asked.

    >>> found = Comparer().compare(Article("Rain fell in Oslo."), Article("Rain fell in Oslo."))
    >>> [str(pair.relation) for pair in found.pairs]
    ['identical']
    """

    language: Language = attrs.field(default=ENGLISH, kw_only=True, converter=load)
    segmenter: Segmenter = attrs.field(
        default=attrs.Factory(lambda self: self.language.bind(segmenter.segment), takes_self=True)
    )
    aligner: Aligner = aligner.align
    finders: tuple[Finder, ...] = attrs.field(
        default=attrs.Factory(lambda self: build_finders(self.language), takes_self=True)
    )
    rules: tuple[diff.Rule, ...] = diff.RULES
    similarity: Similarity | None = None
    parser: clauses.Parser = attrs.field(
        default=attrs.Factory(lambda self: clauses.find_parser(self.language), takes_self=True)
    )
    referee: Referee | None = None

    def compare(
        self, left: ArticleLike | Prepared, right: ArticleLike | Prepared, *, published: Days = (None, None)
    ) -> Comparison:
        """Return the comparison of two articles; the arguments are those of `compare`, or prepared articles."""
        if isinstance(published, str) or not isinstance(published, Sequence) or len(published) != 2:
            raise SettingsError("published: two days are wanted, that of the left and that of the right article")
        ours, theirs = (
            self._take(each, side, day)
            for each, side, day in zip((left, right), ("left", "right"), published, strict=True)
        )
        settings: dict[str, Any] = {} if self.similarity is None else {"similarity": self.similarity}
        if self.aligner is aligner.align:
            settings |= {"words": (ours.words, theirs.words), "language": self.language}
        beads = self.aligner(ours.story.sentences, theirs.story.sentences, **settings)
        pairs = tuple(diff.judge(bead, ours.story, theirs.story, self.rules) for bead in beads)
        seen = ours.story.article, theirs.story.article
        sentences = ours.story.sentences, theirs.story.sentences
        found = Comparison(*seen, *sentences, pairs, self.signature, view, measure_overlap(*seen, self.language))
        if self.referee is not None:
            found = consult(found, self.referee)
        return visible.restore(found, ours.article, theirs.article)

    def prepare(self, article: Article) -> Prepared:
        """Return an article with all that is read of it alone, for one that is compared with several.

        >>> comparer = Comparer()
        >>> rain = comparer.prepare(Article("Rain fell in Oslo."))
        >>> [str(comparer.compare(rain, text).pairs[0].relation) for text in ("Rain fell in Oslo.", "The mayor left.")]
        ['identical', 'unique']
        """
        article = self._note(article)
        seen = visible.see(article)
        cut = self.segmenter(seen)
        parses = clauses.Parses(cut, self.parser)
        story = diff.Story.tell(seen, cut, self.finders, parses, self.language)
        return Prepared(article, story, Words(story.sentences, parses, self.language))

    def _take(self, given: ArticleLike | Prepared, side: str, day: DateLike | None) -> Prepared:
        """Return an article that is prepared by this comparer."""
        if not isinstance(given, Prepared):
            return self.prepare(adopt(given, side, day))
        if day is not None:
            raise SettingsError(f"published: the {side} article is prepared; give its day before")
        if (given.story.finders, given.story.language) != (self.finders, self.language):
            raise SettingsError(f"the {side} article was prepared by another comparer; prepare it by this one")
        return given

    def _note(self, article: Article) -> Article:
        note = note_foreign(article, self.language)
        return attrs.evolve(article, notes=(*article.notes, note)) if note and note not in article.notes else article

    @property
    def signature(self) -> str:
        """Version, data and replaced stages, for a result that has to be reproduced.

        >>> Comparer().signature.startswith("consistency ")
        True
        """
        default = Comparer(language=self.language)
        stages = [
            f"{field.name}={_describe(getattr(self, field.name))}"
            for field in attrs.fields(Comparer)
            if field.name != "language" and getattr(self, field.name) != getattr(default, field.name)
        ]
        return " ".join([f"consistency {__version__}", f"data {_hash_data()}", str(self.language), *stages])


def compare(left: ArticleLike, right: ArticleLike, *, published: Days = (None, None)) -> Comparison:
    """Return the comparison of two articles with the default settings.

    Args:
        left: an article, a text, or the ``pathlib.Path`` of a file, which is read.
        right: the other one.
        published: the days on which they were published; None leaves what is known.

    Raises:
        ReadError: a file cannot be read, a day is no date, or a text is the name of a file or a URL.
        SettingsError: ``published`` is no pair.
        TypeError: a side is none of these.

    >>> found = compare("Two people died in Oslo on Monday.", "Nine people died in Oslo on Monday.")
    >>> [str(change) for pair in found.updated for change in pair.changes]
    ['quantity conflict: Two -> Nine']
    """
    return Comparer().compare(left, right, published=published)


def view(value: Any, form: str) -> str:
    """Return a comparison or a story as a notebook or ``print`` shows it.

    >>> compare("Rain fell.", "Rain fell.").view is view
    True
    """
    from consistency.report import show  # brings a template engine: only when it is shown

    return show(value, form)


def _describe(stage: object) -> str:
    if isinstance(stage, tuple):
        return "+".join(map(_describe, stage))
    if isinstance(stage, Finder):
        return _describe(stage.find)
    told = getattr(stage, "signature", None)  # of a stage that has settings of its own
    return told if isinstance(told, str) else str(getattr(stage, "__qualname__", type(stage).__qualname__))


@functools.cache
def _hash_data() -> str:
    """Return the first digits of the hash of the weights."""
    digest = hashlib.sha256()
    for file in sorted(find_data().iterdir(), key=lambda file: file.name):
        if not file.name.endswith(_SHOWN):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
