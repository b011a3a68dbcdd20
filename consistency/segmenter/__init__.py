"""Article -> sentences with roles.

The text is read in three steps, each on the raw text, so that spans never have to be searched for:
lines become paragraphs (hard-wrapped lines are joined), stops become sentence ends, sentences get roles.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from consistency.language import ENGLISH, Language
from consistency.model import Article, Role, Sentence
from consistency.segmenter.ends import find_sentences
from consistency.segmenter.lines import find_paragraphs
from consistency.segmenter.marks import Marks
from consistency.segmenter.roles import find_dateline, tell_roles
from consistency.segmenter.words import SentenceWords
from consistency.text import fold


def segment(article: Article, language: Language = ENGLISH) -> tuple[Sentence, ...]:
    r"""Return the sentences of an article in order, each with its role.

    Every character of the text that is not white space, but for ``article.header``, is in exactly one sentence; the
    title in the header is a headline. No sentence is longer than 4,000 characters. An article without any body has only
    body: a lone line is no headline.

    The method is Punkt (Kiss & Strunk 2006) as NLTK has it, between rules for quotes, initials, dots and lists.

    >>> article = Article("Storm hits Port\n\nPORT -- Rain fell, Mr. Gray said. “Will it stop?” he asked.")
    >>> for sentence in segment(article):
    ...     print(sentence.role, sentence.paragraph, sentence.text)
    headline 0 Storm hits Port
    body 1 PORT -- Rain fell, Mr. Gray said.
    body 1 “Will it stop?” he asked.
    """
    words, marks = SentenceWords.read(language), Marks.read(language)
    text, title = article.text, fold(article.title or "")
    paragraphs = find_paragraphs(text, article.header.end, words)
    sentences = list(_find_headline(article))
    head = True
    for number, paragraph in enumerate(paragraphs, len(sentences)):
        dateline = find_dateline(text, paragraph, words, marks)
        spans = list(find_sentences(text, paragraph, language, dateline.end if dateline else 0))
        roles = tell_roles(
            [span.cut(text) for span in spans],
            paragraph.cut(text),
            marks,
            title=title,
            head=head,
            last=paragraph is paragraphs[-1],
        )
        head = head and Role.BODY not in roles
        for span, role in zip(spans, roles, strict=True):
            own = dateline if dateline and role is Role.BODY and span.start == dateline.start else None
            sentences.append(Sentence(len(sentences), span.start, span.end, span.cut(text), role, number, own))
    if all(sentence.role is not Role.BODY for sentence in sentences):
        headlines = (sentence.role is Role.HEADLINE and sentence.start >= article.header.end for sentence in sentences)
        sentences = [
            attrs.evolve(sentence, role=Role.BODY) if headline else sentence
            for sentence, headline in zip(sentences, headlines, strict=True)
        ]
    return tuple(sentences)


def _find_headline(article: Article) -> Iterator[Sentence]:
    """Yield the title where it stands in the header, unless the text starts with it again."""
    text, title, end = article.text, article.title, article.header.end
    start = text.find(title, 0, end) if title else -1
    if title and start >= 0 and fold(text[end : end + len(title) + 1]) != fold(title):
        yield Sentence(0, start, start + len(title), title, Role.HEADLINE)
