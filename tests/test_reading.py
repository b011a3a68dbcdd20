"""Reading: what becomes text, what becomes metadata, and what every refusal says."""

import datetime
import io
import json
import pathlib
import random
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import consistency
from consistency.corpus import source
from consistency.errors import ConsistencyError, ReadError, SettingsError
from consistency.model import Article, Span
from consistency.reading import SIZE_LIMIT, UNDATED, adopt, read, read_all

DAY = datetime.date(2022, 9, 14)
BODY = "Rain fell in the hills on Monday.\r\n\r\nTwo roads were closed: the old one and the new one.\r\n"
PAGE = """<!DOCTYPE html>
<html><head><title>River bridge closes</title>
<meta property="og:site_name" content="The Daily Example">
<meta property="article:published_time" content="2022-09-14T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>River bridge closes</h1>
<p>The old <b>bridge</b> over the river was closed on <a href="/t">Tuesday</a>.</p>
<p>A ferry will run for free, the mayor said.</p></article><footer>Imprint</footer></body></html>"""


def _has_trafilatura() -> bool:
    try:
        import trafilatura
    except ImportError:
        return False
    return bool(trafilatura)


needs_html = pytest.mark.skipif(not _has_trafilatura(), reason="the extra `html` is not installed")


def reading(content: str | bytes, **known: Any) -> Article:
    stream = io.StringIO(content, newline="") if isinstance(content, str) else io.BytesIO(content)
    return read(stream, **{"name": "it.txt", **known})


def refusal(content: str | bytes, **known: Any) -> str:
    with pytest.raises(ReadError) as caught:
        reading(content, **known)
    message = str(caught.value)
    assert message.startswith("it.txt")
    assert message.isprintable(), "one line, and nothing that steers a terminal"
    return message


def outcome(content: str | bytes) -> Article | str:
    """The article, or the words of the refusal; any other exception is a fault."""
    try:
        return reading(content)
    except ReadError as error:
        return str(error)


def shown(article: Article) -> str:
    """What is left of the text once the header is taken away."""
    return article.text[article.header.end :]


# -- text ---------------------------------------------------------------------------------------------------------


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_a_text_is_never_altered(body: str) -> None:
    """Whatever stands behind a first word, the article shows exactly the characters of the file."""
    content = "Rain: " + body + "\r\n"
    assert reading(content.encode()).text == content
    assert reading(content).text == content


PIECES = ("date ", "Date:", "2022-09-14", "14/9/22", " Sept. 14, 2022", "---", "\n", "\r\n", ": ", "title: ", "{", '"',
          "[", "<html>", "<p>", "\ufeff", " ", "\x1b", "\ud800", "Rain fell. ")  # fmt: skip


@settings(deadline=None)  # the first example pays for an import
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join))
def test_any_text_is_read_or_refused_in_one_line(content: str) -> None:
    """A header is a prefix, it leaves something to read, and a note says what was taken from it."""
    found = outcome(content)
    if isinstance(found, str):
        assert found.isprintable()
    elif not found.notes:
        assert (found.text, found.header) == (content, Span(0, 0))
    else:
        assert found.header.start == 0
        assert shown(found).strip()


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_line(content: bytes) -> None:
    found = outcome(content)
    assert found.isprintable() if isinstance(found, str) else found.text.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_give_the_same_text(encoding: str) -> None:
    body = "Rain fell in Málaga — “for hours”, they said.\r\nIt stopped.\n"
    assert reading(body.encode(encoding)).text == body


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        ("The mayor said “we won’t leave” – the café stayed open.", "cp1252"),
        ("£5 was paid.", "latin-1"),
        ("The mayor said “we won’t leave” – the café in Málaga stayed open.", "mac-roman"),
        ("Дождь прошёл в горах в среду, сообщили власти города.", "cp1251"),
    ],
)
def test_another_encoding_is_detected_and_said(body: str, encoding: str) -> None:
    article = reading(body.encode(encoding))
    assert article.text == body
    assert "detected" in article.notes[0]


def test_utf16_is_said() -> None:
    assert reading(BODY.encode("utf-16")).notes == ("read as utf-16, by its byte order mark",)


# -- headers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "date 2022-09-14\n\n",
        " date 2022-09-14 ",
        "\n\n  date 2022-09-14\r\n",
        "Date: 2022-09-14 ",
        "DATE: 2022-09-14T23:30:00-04:00\n",
        "date 14 September 2022\n",
        "Date: 14 September 2022\n\n",
        "Date: 14th of September, 2022\n",
        "Published: September 14, 2022\n",
        "Published on: Sept. 14, 2022, 10:30 a.m. ET\n",
        "Date: Wed, 14 Sep 2022 10:00:00 +0000\r\n",
        "Date: Wednesday 14 September 2022\n",
        "publication-date: 20220914T100000Z\n",
        "---\ndate: '2022-09-14'\n---\n",
        "Date: 14/09/2022\n",
        "Date: Wednesday, September 14, 2022 - 10:32\n",
    ],
)
def test_a_date_in_a_header_is_metadata(header: str) -> None:
    article = reading(header + BODY)
    assert article.published == DAY
    assert article.text == header + BODY
    assert shown(article) == BODY
    assert article.notes[0].startswith('published 2022-09-14 from "')


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.sampled_from(["{:%Y-%m-%d}", "{:%Y-%m-%dT10:00:00Z}"]))
def test_every_iso_date_is_read_as_itself(day: datetime.date, form: str) -> None:
    assert reading(f"date {form.format(day)} Rain fell.").published == day


@pytest.mark.parametrize(
    "head",
    [
        "Rain in the hills\n\nPublished: 14 September 2022\n\n",
        "Rain in the hills\r\nBy Jo Kern\r\nWednesday, 14 September 2022\r\n",
        "Rain in the hills\nJo Kern\nThe Daily Example\nTarn\nSept. 14, 2022, 10:30 a.m. ET\n",
        "Rain in the hills\n2022-09-14\n",
    ],
)
def test_a_day_below_the_headline_is_the_day_of_publication_and_stays_text(head: str) -> None:
    article = reading(head + BODY)
    assert (article.published, shown(article)) == (DAY, head + BODY)


@pytest.mark.parametrize(
    "head",
    [
        "Rain fell.\n14 September 2022\n",
        "Rain in the hills\nJo Kern\nThe Daily Example\nTarn\nWeather\n14 September 2022\n",
        "Rain on 14 September 2022\n",
        "14 September 2022\n",  # the headline is a day of history
        "Rain in the hills\nDate: 14 dead in the valley\n",
        "Rain in the hills\n1663149600\n",
    ],
)
def test_a_day_in_the_body_is_no_day_of_publication(head: str) -> None:
    assert reading(head + BODY).published is None


def test_header_lines_become_fields() -> None:
    article = reading("Title: Rain: a survey\nAuthor: nobody\n\nSource: The Daily Example\nDate: 2022-09-14\n\n" + BODY)
    assert (article.title, article.source, article.published) == ("Rain: a survey", "The Daily Example", DAY)
    assert shown(article) == BODY
    assert 'passed over "Author: nobody"' in article.notes
    assert len(article.notes) == 4


def test_front_matter_is_read_one_simple_value_a_line() -> None:
    article = reading('---\n# a comment\nheadline: "Rain: a survey"\ntags: [a, b]\nsource: >\n  nested\n---\n\n' + BODY)
    assert (article.title, article.source, shown(article)) == ("Rain: a survey", None, BODY)


@pytest.mark.parametrize(
    "body",
    [
        "Breaking: rain fell in the hills.",
        "Date palms were planted along the road.",
        "Dates: a fruit for winter.",
        "Sources said on Monday: it rained.",
        "Author: a novel about rain.\nIt rained.",
        "Rain fell.\n\nDate: 2022-09-14\n",
        "Rain fell on date 2022-09-14 in the hills.",
        "---\nRain fell.\n---\nIt stopped.",
        "---\ntitle: never closed\nIt rained.",
        "[The editor notes: it rained.]",
        "{sic} It rained.",
        "<b>Rain</b> fell in the hills.",
        "Source: " + "the ministry and its many offices " * 20,
    ],
)
def test_a_body_is_no_header(body: str) -> None:
    article = reading(body)
    assert (article.header.end, article.published, article.title, article.source) == (0, None, None, None)
    assert article.text == body
    assert article.notes == ()


def test_what_the_caller_says_wins() -> None:
    """Also over a date that could not be read: it is the way out of a header that is wrong."""
    header = "Title: Rain\nSource: One\nDate: someday\n\n"
    article = reading(header + BODY, title="Snow", source="Two", published="14 September 2022", name="wire")
    assert (article.title, article.source, article.published, article.name) == ("Snow", "Two", DAY, "wire")
    assert shown(article) == BODY
    assert all(note.startswith("passed over") for note in article.notes)


@pytest.mark.parametrize("day", [DAY, datetime.datetime(2022, 9, 14, 23, 59), "2022-09-14", "2022-09-14T10:00Z"])
def test_published_may_be_a_date_or_a_string(day: datetime.date | str) -> None:
    assert reading(BODY, published=day).published == DAY


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Date: 09/10/2022", "more than one date"),
        ("date 09/10/2022", "more than one date"),
        ("date 2022-02-30 Rain fell.", "no day of the calendar"),
        ("Date: 31 June 2022", "no day of the calendar"),
        ("Date: Monday, 14 September 2022", "no day of the calendar"),
        ("Date: tomorrow", "is no date"),
        ("Published: September 2022", "is no date"),
        ("Date: 14 Sep 22", "is no date"),
        ("---\ndate: soon\n---", "is no date"),
    ],
)
def test_a_date_is_never_guessed(header: str, why: str) -> None:
    """An unreadable date is a note, and the article is read all the same."""
    article = reading(f"{header}\n\nRain fell.")
    (note,) = article.notes
    assert (article.published, shown(article).endswith("Rain fell.")) == (None, True)
    assert note.startswith(UNDATED)
    assert why in note
    assert "write it as YYYY-MM-DD" in note
    assert '"date' in note.lower() or '"published' in note.lower()


@pytest.mark.parametrize("length", [60, 61])
def test_a_sentence_behind_date_is_no_header(length: int) -> None:
    value = "the day on which rain fell in the hills and did not stop till noon"[:length]
    assert (reading(f"Date: {value}\n\nRain fell.").header.end > 0) == (length <= 60)


def test_a_published_argument_that_is_no_date_is_refused() -> None:
    assert refusal(BODY, published="soon") == 'it.txt: published "soon" is no date; write it as YYYY-MM-DD'


# -- JSON ---------------------------------------------------------------------------------------------------------

NEWS_ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Rain in the hills",
    "articleBody": BODY,
    "datePublished": "2022-09-14T23:30:00-04:00",
    "publisher": {"@type": "Organization", "name": "The Daily Example"},
}
NINJS = {
    "uri": "http://example.com/1",
    "type": "text",
    "headline": "Rain in the hills",
    "body_text": BODY,
    "versioncreated": "2022-09-14T10:00:00Z",
    "provider": "The Daily Example",
}
NINJS_3 = {
    "uri": "http://example.com/1",
    "headlines": [{"role": "short", "value": "Rain"}, {"role": "main", "value": "Rain in the hills"}],
    "bodies": [
        {"role": "rich", "contentType": "text/html", "value": "<p>Snow</p>"},
        {"role": "main", "contentType": "text/plain", "value": BODY},
    ],
    "versionCreated": "2022-09-14T10:00:00Z",
    "provider": {"name": "The Daily Example"},
}
GRAPH = {
    "@graph": [
        {"@type": "WebPage", "headline": "a page"},
        {**NEWS_ARTICLE, "@type": ["ReportageNewsArticle"], "publisher": {"@id": "#us"}},
        {"@type": "Organization", "@id": "#us", "name": "The Daily Example"},
    ]
}
PLAIN_STRINGS = {"title": "Rain in the hills", "text": BODY, "date": "2022-09-14", "source": "The Daily Example"}


@pytest.mark.parametrize("item", [NEWS_ARTICLE, NINJS, NINJS_3, GRAPH, [NEWS_ARTICLE], PLAIN_STRINGS])
@pytest.mark.parametrize("indent", [None, 2])
def test_the_shapes_of_newsrooms(item: object, indent: int | None) -> None:
    article = reading(json.dumps(item, indent=indent).encode())
    assert article.text == BODY
    assert (article.title, article.source, article.published) == ("Rain in the hills", "The Daily Example", DAY)
    assert article.header.end == 0
    assert len(article.notes) == 4


def test_a_body_in_json_has_no_header() -> None:
    article = reading(json.dumps({"articleBody": "date 2022-09-14 Rain fell."}))
    assert (article.header.end, article.published) == (0, None)


JSON_LINES = json.dumps(NEWS_ARTICLE) + "\r\n\n" + json.dumps(NINJS) + "\n"


@pytest.mark.parametrize("binary", [True, False])
def test_json_lines_are_read_one_by_one(binary: bool) -> None:
    stream = io.BytesIO(JSON_LINES.encode("utf-8-sig")) if binary else io.StringIO(JSON_LINES)
    articles = list(read_all(stream, name="wire.jsonl", source="mine"))
    assert [article.name for article in articles] == ["wire.jsonl:1", "wire.jsonl:3"]
    assert {(article.text, article.source) for article in articles} == {(BODY, "mine")}


def test_json_lines_are_limited_by_the_line() -> None:
    """A corpus may be of any size; what is held in memory is one line."""
    limit = len(json.dumps(NEWS_ARTICLE)) + 2
    many = io.StringIO(JSON_LINES * 20)
    assert sum(1 for _ in read_all(many, size_limit=limit)) == 40
    with pytest.raises(ReadError, match="is larger than"):
        list(read_all(io.StringIO(JSON_LINES), size_limit=limit // 2))


@pytest.mark.parametrize("size_limit", [SIZE_LIMIT, 60])
def test_what_is_broken_can_be_collected(size_limit: int) -> None:
    """The lines behind a broken one are read, whatever is wrong with it."""
    lines = [
        b'{"text": "Rain fell."}',
        b'{"text": ',
        b"[]",
        b'{"text": "Rain \xff\xfe\x81."}',
        b'{"text": "Snow fell."}',
    ]
    if size_limit < SIZE_LIMIT:
        lines.insert(2, b'{"text": "' + b"Rain. " * 100 + b'"}')
    found = list(read_all(io.BytesIO(b"\n".join(lines)), name="wire.jsonl", size_limit=size_limit, errors="collect"))
    assert [each.text for each in found if isinstance(each, Article)] == ["Rain fell.", "Snow fell."]
    assert all(isinstance(each, Article) or str(each).startswith("wire.jsonl") for each in found)
    assert len(found) == len(lines)
    with pytest.raises(ReadError):
        list(read_all(io.BytesIO(b"\n".join(lines)), name="wire.jsonl", size_limit=size_limit))


def test_a_row_that_is_no_article_can_be_collected(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "wire.csv"
    path.write_text("title,text\nRain,Rain fell.\nSnow,\nSun,Sun shone.\n", encoding="utf-8")
    found = list(read_all(path, errors="collect"))
    assert [isinstance(each, ReadError) for each in found] == [False, True, False]
    assert str(found[1]).startswith(f"{path}:2: has no article body")


def test_a_file_that_is_none_can_be_collected() -> None:
    (found,) = read_all("nowhere.jsonl", errors="collect")
    assert isinstance(found, ReadError)
    with pytest.raises(SettingsError, match="errors is"):
        read_all("nowhere.jsonl", errors="ignore")  # type: ignore[call-overload]


def test_a_json_array_holds_many() -> None:
    articles = list(read_all(io.StringIO(json.dumps([NEWS_ARTICLE, NINJS])), name="wire.json"))
    assert [article.name for article in articles] == ["wire.json#1", "wire.json#2"]


def test_read_all_of_a_plain_text_is_one_article() -> None:
    assert [article.published for article in read_all(io.StringIO("date 2022-09-14 Rain fell."))] == [DAY]


@pytest.mark.parametrize("content", [JSON_LINES, json.dumps([NEWS_ARTICLE, NINJS])])
def test_read_says_how_many_articles_there_are(content: str) -> None:
    message = refusal(content)
    assert "holds 2 articles" in message
    assert "read_all()" in message


def test_a_bad_line_is_named(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text('{"text": "Rain fell."}\n{"text": "Snow"\n')
    articles = read_all(path)
    assert next(articles).text == "Rain fell."
    with pytest.raises(ReadError, match=r"wire\.jsonl: is broken JSON at line 2, column"):
        next(articles)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"text": "Rain fell.",\n "date" "x"}', "broken JSON at line 2, column 9"),
        ('{"headline": "Rain"}', "no article body"),
        ('{"articleBody": "  "}', "no article body"),
        ('{"@type": "Organization", "name": "x"}', "holds no article"),
        ("[]", "holds no article"),
        ("[null, 3]", "is no JSON object"),
        ('{"text": "\\ud83d rain"}', "half of a surrogate pair at 0"),
        ('{"text": "\\u0000\\u0001"}', "is binary"),
        ('{"a":' * 100_000, "too deep"),
        ('{"text": ' + "9" * 10_000 + "}", "no article"),
    ],
)
def test_json_that_is_no_article(content: str, why: str) -> None:
    assert why in refusal(content)


# -- HTML ---------------------------------------------------------------------------------------------------------


@needs_html
def test_a_page_gives_its_article_and_its_metadata() -> None:
    article = reading(PAGE)
    paragraphs = article.text.split("\n\n")
    assert paragraphs[0] == "River bridge closes"
    assert "The old bridge over the river was closed on Tuesday." in paragraphs
    assert "Imprint" not in article.text
    assert (article.published, article.source) == (DAY, "The Daily Example")
    assert article.title is None, "it is a part of the text"


def test_a_body_in_html_keeps_its_sentences() -> None:
    markup = "<p>Rain fell in the <b>hills</b>\n on <a href='/m'>Monday</a>.</p><p>It stopped.</p>"
    article = reading(json.dumps({"body_xhtml": markup}))
    assert article.text.split("\n\n") == ["Rain fell in the hills on Monday.", "It stopped."]


@needs_html
def test_a_suffix_tells_html_without_a_frame(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "rain.htm"
    path.write_text("<p>Rain fell in the hills.</p>")
    assert read(path).text == "Rain fell in the hills."


@needs_html
def test_a_page_without_an_article_is_refused() -> None:
    assert "without the text of an article" in refusal("<html><body></body></html>")


def test_without_the_extra_the_line_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert 'pip install "news-consistency[html]"' in refusal(PAGE)


# -- files and streams --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (" \n\u00a0\ufeff\n", "only white space"),
        ("Title: Rain\n\n", "no text below it"),
        (b"Rain\x00fell", "a NUL byte at 4"),
        (bytes(range(1, 32)) * 4, "control characters"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"{\\rtf1 Rain fell.}", "an RTF document"),
        (b"PK\x03\x04\x00", "a ZIP archive"),
        (bytes(range(128, 256)), "cannot be decoded (byte 0x80 at 0"),
        (b"\xff\xfeR\x00\x00\xd8a", "starts as utf-16"),
        ("Rain \ud83d fell", "half of a surrogate pair"),
    ],
)
def test_what_is_no_text_is_refused(content: str | bytes, why: str) -> None:
    assert why in refusal(content)


def test_a_stray_control_character_is_no_binary() -> None:
    assert reading(BODY * 3 + "\x0c\x08").text.endswith("\x08")


def test_random_bytes_are_refused() -> None:
    for seed in range(20):
        refusal(random.Random(seed).randbytes(400))  # noqa: S311


@pytest.mark.parametrize(("content", "unit"), [("Rain fell.", "characters"), (b"Rain fell.", "bytes")])
def test_the_size_limit_is_exact(content: str | bytes, unit: str) -> None:
    message = refusal(content, size_limit=9)
    assert f"is larger than 9 {unit}" in message
    assert len(reading(content, size_limit=10).text) == 10


def test_no_more_than_the_limit_is_read() -> None:
    stream = io.StringIO("Rain. " * 1000)
    with pytest.raises(ReadError):
        read(stream, size_limit=100)
    assert stream.tell() == 101


def test_a_limit_below_one_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="size_limit"):
        reading(BODY, size_limit=0)


def test_a_pipe_that_gives_little_at_a_time_is_read_to_its_end() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 7))

    assert read(Slow(BODY.encode())).text == BODY


def test_a_path_names_the_article(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "rain.txt"
    path.write_bytes(BODY.encode())
    assert read(path) == read(str(path))
    assert read(path).name == str(path)
    with path.open("rb") as stream:
        assert read(stream) == read(path)
        assert not stream.closed


@pytest.mark.parametrize("binary", [True, False])
def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch, binary: bool) -> None:
    raw = io.BytesIO(BODY.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw, encoding="ascii") if binary else io.StringIO(BODY))
    article = read("-")
    assert (article.text, article.name) == (BODY, "<stdin>")


def test_files_that_cannot_be_opened(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, why in [
        (str(tmp_path / "none.txt"), "no such file"),
        ("a\0b", "no such file"),
        (str(tmp_path), "is a directory"),
        ("x" * 5000, "cannot be read"),
    ]:
        with pytest.raises(ReadError, match=why) as caught:
            read(path)
        assert str(caught.value).isprintable()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(ReadError, match="check its permissions"):
        read(tmp_path / "rain.txt")


def test_a_stream_of_another_encoding_is_refused() -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"caf\xe9 rain"), encoding="utf-8")
    with pytest.raises(ReadError, match="is not utf-8; open the stream in binary mode"):
        read(stream)


def test_a_name_cannot_steer_a_terminal() -> None:
    with pytest.raises(ConsistencyError) as caught:
        read("no\nsuch\x1b[31m file")
    assert str(caught.value).startswith("no such [31m file: there is no such file")


# -- what a door takes --------------------------------------------------------------------------------------------


def test_a_path_is_read_and_a_text_is_taken(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "rain.txt"
    path.write_text("Date: 2022-09-14\n\nRain fell.")
    assert adopt(path).published == DAY
    assert adopt("Rain fell.", "left") == Article("Rain fell.", name="left")
    assert adopt(path, published="Sept. 5, 2022").published == datetime.date(2022, 9, 5)
    assert adopt(Article("Rain.", published=DAY), published="2022-9-5").published == datetime.date(2022, 9, 5)
    article = Article("Rain.")
    assert adopt(article) is article


def test_a_text_that_names_a_file_is_a_mistake(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rain in the hills").write_text("Rain fell.")
    (tmp_path / "rain").write_text("Rain fell.")
    monkeypatch.chdir(tmp_path)
    for text, why in [
        (str(tmp_path / "rain"), "give a pathlib.Path"),
        ("rain", "give a pathlib.Path"),
        ("rain in the hills", "give a pathlib.Path"),
        ("rain.txt", "there is none"),
        ("https://example.org/rain.html", "curl -sL 'https://example.org/rain.html' | consistency compare - OTHER"),
    ]:
        with pytest.raises(ReadError, match=re.escape(why)) as caught:
            adopt(text)
        assert str(caught.value).isprintable()
    for text in (
        "Rain",
        "Rain fell in rain.txt",
        "rain\n",
        "",
        "Rain: https://example.org",
        "x" * 5000,
        "a\0b",
        "\ud800",
    ):
        assert adopt(text).text == text


def test_every_door_takes_articles_texts_and_paths(tmp_path: pathlib.Path) -> None:
    """Dates can be given beside them, and win."""
    path = tmp_path / "first.txt"
    path.write_text("Date: Sept. 5, 2022\n\nTwo people died in Orlo today.")
    text = "Two people died in Orlo on Monday."
    for found in (
        consistency.compare(path, text),
        consistency.Comparer().compare(path, text),
        consistency.compare(path, Article(text, name="right")),
        consistency.compare_event([path, text]).comparisons[0],
    ):
        names = {article.name: article.published for article in (found.left, found.right)}
        assert names.pop(str(path)) == datetime.date(2022, 9, 5)
        assert list(names.values()) == [None]
    days = ("2022-9-5", datetime.date(2022, 9, 14))
    for found in (
        consistency.compare(path, text, published=days),
        consistency.Comparer().compare(text, text, published=days),
        consistency.compare_event(iter([text, path]), published=days).comparisons[0],
    ):
        assert [found.left.published, found.right.published] == [datetime.date(2022, 9, 5), datetime.date(2022, 9, 14)]


@pytest.mark.parametrize(
    "compare", [consistency.compare, consistency.Comparer().compare, lambda *two: consistency.compare_event(two)]
)
def test_a_file_name_is_no_text(compare: Callable[..., object], tmp_path: pathlib.Path) -> None:
    path = tmp_path / "first.txt"
    path.write_text("Rain fell.")
    with pytest.raises(consistency.ReadError, match=r"give a pathlib\.Path to compare the file"):
        compare(str(path), "Rain fell.")
    with pytest.raises(consistency.ReadError, match="is no date"):
        consistency.compare("Rain fell.", "Rain fell.", published=("soon", None))


@pytest.mark.parametrize("given", [None, b"Rain fell.", ["Rain fell."], 7])
def test_what_is_no_article_is_told_with_its_side(given):
    with pytest.raises(TypeError, match=f"right: an Article, a text or .* is wanted, not {type(given).__name__}"):
        consistency.compare("Rain fell.", given)


@pytest.mark.parametrize("days", ["2024-05-06", ("2024-05-06",), DAY])
def test_the_days_of_a_comparison_are_two(days):
    with pytest.raises(SettingsError, match="published: two days are wanted"):
        consistency.compare("Rain fell.", "Snow fell.", published=days)


@pytest.mark.parametrize("alone", ["Rain fell.", b"Rain fell.", pathlib.Path("rain.txt"), Article("Rain fell.")])
def test_one_article_is_no_list_of_them(alone):
    for door in (consistency.compare_event, consistency.group_articles):
        with pytest.raises(TypeError, match="articles: a list is wanted"):
            door(alone)
    with pytest.raises(TypeError, match="published: a list of days is wanted"):
        consistency.compare_event(["Rain fell.", "Snow fell."], published="2024-05-06")


def test_texts_are_called_by_numbers_that_keep_their_order():
    texts = [f"Rain fell in the year {year}." for year in range(1900, 1911)]
    assert [article.text for article in consistency.compare_event(texts).articles] == texts
    assert [article.name for (article,) in consistency.group_articles(["Rain fell.", "The vote was lost."])] == [
        "text 1",
        "text 2",
    ]


@pytest.mark.parametrize("text", [PAGE, "<rss version='2.0'><channel/></rss>", "<?xml version='1.0'?><nitf/>"])
def test_markup_is_no_text(text: str) -> None:
    with pytest.raises(
        ReadError, match=r"^left: is markup, not a text; give what read\(io\.StringIO\(text\)\) returns"
    ):
        consistency.compare(text, "Rain fell.")
    for body in ("<b>Rain</b> fell.", "1 < 2", "<Brandt> rose"):
        assert adopt(body).text == body


def test_a_url_is_not_fetched() -> None:
    for url in ("https://example.org/rain", "s3://archive/rain.txt", pathlib.Path("https://example.org/rain")):
        with pytest.raises(ReadError, match="nothing is fetched; curl -sL"):
            read(url)


def test_hostile_shapes_take_linear_time() -> None:
    """The patterns never look back: a megabyte of what almost fits is read or refused at once."""
    size = SIZE_LIMIT // 5
    for piece in ("<", " ", "date ", "a ", "---\n", "a: b\n", "<!--", "{ ", "[", "\n", "1-", "Title: x\n"):
        content = (piece * (size // len(piece)))[:size]
        for start in ("", "date ", "---\n"):
            found = outcome(start + content)
            assert found.isprintable() if isinstance(found, str) else found.text == start + content


# -- names of one's own ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "own"),
    [
        ({"id": 17}, "17"),
        ({"identifier": "urn:tarn:17", "url": "https://example.org/17"}, "urn:tarn:17"),
        ({"@id": "https://example.org/17#article"}, "https://example.org/17#article"),
        ({"url": "https://example.org/17"}, "https://example.org/17"),
        ({}, ""),
    ],
)
def test_an_article_keeps_what_its_owner_calls_it(item: dict[str, Any], own: str) -> None:
    article = read(io.StringIO(json.dumps({**item, "text": "Rain fell in Tarn."})), name="rain.json")
    assert (article.id, article.name) == (own, "rain.json")


def test_a_link_alone_makes_no_header() -> None:
    article = read(io.StringIO("URL: https://example.org/17\n\nRain fell in Tarn."))
    assert (article.id, article.header.end) == ("", 0)
    article = read(io.StringIO("URL: https://example.org/17\nDate: 2024-05-06\n\nRain fell in Tarn."))
    assert (article.id, article.published) == ("https://example.org/17", datetime.date(2024, 5, 6))


COLUMNS = {"text": "content", "published": "day", "source": "outlet", "id": "slug"}
ROW = {"slug": "t-1", "day": "2024-05-06", "outlet": "Post", "content": "Rain fell in Tarn.", "text": "rain, weather"}


def write_table(form: str) -> str:
    if form == "csv":
        return ",".join(ROW) + "\n" + ",".join(f'"{value}"' for value in ROW.values()) + "\n"
    return json.dumps([ROW] if form == "json" else ROW) + "\n"


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_columns_of_ones_own_are_read_and_no_others(form: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / f"wire.{form}"
    path.write_text(write_table(form), encoding="utf-8-sig")
    (article,) = read_all(path, columns=COLUMNS)
    assert (article.text, article.source, article.id) == ("Rain fell in Tarn.", "Post", "t-1")
    assert article.published == datetime.date(2024, 5, 6)


def test_a_column_that_is_not_there_leaves_no_text(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "wire.csv"
    path.write_text(write_table("csv"), encoding="utf-8")
    with pytest.raises(ReadError, match=r"wire.csv:1: has no article body"):
        list(read_all(path, columns={"text": "body"}))


def test_no_field_of_another_name_is_asked_for() -> None:
    with pytest.raises(SettingsError, match="did you mean 'published'"):
        read_all(io.StringIO("{}"), columns={"publish": "day"})


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\r\n", " \n\n"])
def test_cells_stand_between_commas_semicolons_or_tabs(mark: str, before: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "wire.csv"
    head = mark.join(("source", "text", "published"))
    row = mark.join(("Post", '"Rain fell; it stopped, at noon.\nSnow fell."', "2024-05-06"))
    path.write_bytes(f"{before}{head}\r\n{row}\r\n".encode())
    (article,) = read_all(path)
    told = (article.source, article.text, str(article.published))
    assert told == ("Post", "Rain fell; it stopped, at noon.\nSnow fell.", "2024-05-06")
    (found,) = source.read_chunk(source.Chunk(str(path)))
    assert (found.article.source, found.article.text) == (article.source, article.text)


@pytest.mark.parametrize("text", ["text\n", 'text\n"Rain', "text,text\nRain fell.,x,y,z\n", "\n\n", "text\nRain\x00"])
def test_odd_tables_raise_nothing_but_read_errors(text: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "wire.csv"
    path.write_text(text, encoding="utf-8")
    assert all(isinstance(each, (Article, ReadError)) for each in read_all(path, errors="collect"))
