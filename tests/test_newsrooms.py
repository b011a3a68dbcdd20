"""What newsrooms hand over: JSON with markup, containers and odd members, ninjs of all versions, XML."""

import datetime
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.errors import ReadError
from consistency.model import Article
from consistency.reading import read, read_all
from consistency.reading.markup import flatten

DAY = datetime.date(2024, 5, 6)
FIRST, SECOND = "A ferry sank off Orlo.", "Nobody was hurt, the harbour master said."
TEXT = f"{FIRST}\n\n{SECOND}"
MARKED = f"<p>{FIRST}</p>\n<p>Nobody was <strong>hurt</strong>, the harbour&nbsp;master said.</p>"
NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>Orlo ferry</title><docdata><date.issue norm="20240506T103200Z"/>
<doc.copyright holder="Orlo Wire" year="2024"/></docdata></head>
<body><body.head><hedline><hl1>Ferry sinks</hl1></hedline><byline>By A. Writer</byline></body.head>
<body.content><p>{FIRST}</p><media media-type="image"><media-caption>The ferry</media-caption></media>
<block><p>{SECOND}</p></block></body.content></body></nitf>"""


def told(value: object, name: str = "it.json") -> Article:
    stream = io.StringIO(value if isinstance(value, str) else json.dumps(value), newline="")
    stream.name = name  # type: ignore[misc]  # the suffix tells what the content does not
    return read(stream)


def outcome(value: object) -> Article | str:
    """The article, or the words of the refusal; any other exception is a fault."""
    try:
        return told(value)
    except ReadError as error:
        return str(error)


@pytest.mark.parametrize(
    "body",
    [
        TEXT,
        MARKED,
        f"{FIRST}<br/><br>{SECOND}",
        f"<div>{FIRST}</div><div>{SECOND}</div>",
        MARKED.replace("<", "&lt;").replace(">", "&gt;"),
        f"<script>if (a<b) x()</script><p>{FIRST}</p><figure><img alt='a > b'><p>A ferry</p></figure>{SECOND}",
        f"<!-- <p>old</p> --><![CDATA[<p>{FIRST}</p>]]><p>{SECOND}</p>",
        f"<P CLASS=x>{FIRST}<P>{SECOND}",
        f"{FIRST}\n\nNobody was <a href='/h'>hurt</a>, the harbour master said.",
        [FIRST, SECOND],
        [f"<p>{FIRST}</p>", SECOND],
        [{"type": "paragraph", "text": FIRST}, {"type": "image"}, {"content": SECOND}, None],
        {"rendered": MARKED},
        {"@value": TEXT},
    ],
)
def test_a_body_is_prose_however_it_is_wrapped(body: object) -> None:
    assert told({"@type": "NewsArticle", "articleBody": body}).text == TEXT


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Brandt <BRD.N> rose 3 < 5, AT&T fell.", "Brandt <BRD.N> rose 3 < 5, AT&T fell."),
        ("Brandt &amp; Alder&#39;s R&D at 5 &lt; 6 &notaname; &", "Brandt & Alder's R&D at 5 < 6 &notaname; &"),
        ("<table><tr><td>Orlo</td><td>5</td></tr><tr><td>Tarn</td><td>6</td></tr></table>", "| Orlo | 5\n\n| Tarn | 6"),
        ("<p>Rain<form>fell.</p>", "Rain\n\nfell."),
    ],
)
def test_markup_is_told_from_text(body: str, text: str) -> None:
    assert told({"text": body}).text == text


def test_titles_lose_their_markup_too() -> None:
    article = told({"headline": "Orlo &amp; <i>Tarn</i>", "publisher": {"name": "A &amp; B"}, "articleBody": FIRST})
    assert (article.title, article.source) == ("Orlo & Tarn", "A & B")


ARTICLE = {"@type": "NewsArticle", "datePublished": "2024-05-06", "articleBody": TEXT, "author": {}, "image": {}}


@pytest.mark.parametrize(
    "value",
    [
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": ARTICLE}]},
        {"@graph": [{"@type": "VideoObject", "name": "v", "text": "a transcript"}, ARTICLE]},
        {"@graph": [{"@type": "Comment", "text": "so sad"}, {"@type": ["Person"], "name": "A"}, ARTICLE]},
        {"@graph": [ARTICLE, {"@type": "WebPage", "text": "page", "mainEntity": {"@id": "#a"}}]},
        {"@type": "WebPage", "text": "Home | News", "mainEntity": ARTICLE},
        {"@graph": {**ARTICLE, "@id": "#a"}},
        {**ARTICLE, "hasPart": {"@type": "WebPageElement", "text": "part"}, "comment": [{"text": "so sad"}]},
        {**ARTICLE, "@type": ["CreativeWork", "ReportageNewsArticle"]},
        {**ARTICLE, "@type": "https://schema.org/NewsArticle"},
        {**ARTICLE, "@type": "newsarticle"},
        {**ARTICLE, "@type": "WebPage"},
        {**ARTICLE, "author": [{"@type": "Person", "name": "A"}, "B", None]},
        {"status": "ok", "articles": [{"publishedAt": "2024-05-06T10:00:00Z", "content": TEXT, "title": None}]},
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"date_published": "2024-05-06", "content_html": MARKED}],
        },
        {"date": "2024-05-06T10:00:00", "title": {"rendered": "Ferry"}, "content": {"rendered": MARKED}},
        {"date": 1714989120, "text": TEXT},
        {"datePublished": "0001-01-01T00:00:00Z", "dateCreated": "Mon May  6 10:00:00 2024", "articleBody": TEXT},
        {"datePublished": "soon", "versioncreated": 1714989120000, "articleBody": TEXT},
    ],
)
def test_the_article_is_found_in_its_wrapping(value: object) -> None:
    article = told(value)
    assert (article.text, article.published) == (TEXT, DAY)


def test_line_breaks_may_stand_in_strings() -> None:
    assert told(f'{{"@type":"NewsArticle","headline":"Ferry\there","articleBody":"{TEXT}"}}').text == TEXT


@pytest.mark.parametrize("odd", [None, 3, "text", {"@type": "NewsArticle", "headline": "Rain"}, {"name": "x"}])
@pytest.mark.parametrize("first", [True, False])
def test_an_odd_member_is_passed_over_with_a_note(odd: object, first: bool) -> None:
    article = told([odd, ARTICLE] if first else [ARTICLE, odd])
    assert article.text == TEXT
    assert any(note.startswith(f"passed over it.json#{1 if first else 2}, which ") for note in article.notes)


def test_a_trail_of_pages_is_no_article() -> None:
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "item": {"@id": "/", "name": "Home"}}],
    }
    article = told({"@graph": [trail, ARTICLE]})
    assert article.text == TEXT
    assert not any(note.startswith("passed over it.json") for note in article.notes)


def test_of_many_the_good_ones_are_read() -> None:
    found = read_all(io.StringIO(json.dumps([ARTICLE, None, ARTICLE])), name="it.json")
    assert [article.name for article in found] == ["it.json#1", "it.json#3"]


def test_a_live_blog_is_one_article_of_all_its_updates() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": "Ferry sinks", "articleBody": f"<p>{FIRST}</p>"},
        {"@type": "BlogPosting", "headline": SECOND, "articleBody": SECOND},
        {"@type": "BlogPosting"},
        None,
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "Live", "datePublished": "2024-05-06T08:00:00+02:00"}
    article = told({**blog, "liveBlogUpdate": updates})
    assert article.text == f"Ferry sinks\n\n{FIRST}\n\n{SECOND}"
    assert (article.title, article.published) == ("Live", DAY)
    assert told({**blog, "articleBody": "A ferry.", "liveBlogUpdate": updates[1]}).text == f"A ferry.\n\n{SECOND}"


def _bodies(*bodies: tuple[str, str, str]) -> dict[str, Any]:
    """Ninjs 2 and 3, whose key for the media type is written in two ways."""
    keys = ("contenttype", "contentType")
    return {"bodies": [{"role": r, keys[n % 2]: form, "value": value} for n, (r, form, value) in enumerate(bodies)]}


@pytest.mark.parametrize(
    "bodies",
    [
        {"body_text": TEXT, "body_xhtml": "<p>other</p>"},
        {"body_xhtml": MARKED},
        {"body_html5": f"<html><head><title>x</title></head><body>{MARKED}</body></html>"},
        {"body_nitf": NITF},
        _bodies(("main", "text/plain", TEXT), ("richtext", "body_xhtml", "<p>other</p>")),
        _bodies(("richtext", "application/xhtml+xml", f"<div>{MARKED}</div>")),
        _bodies(("nitf", "text/vnd.IPTC.NITF", NITF)),
        _bodies(("own", "application/xml", "<OWN><T>x</T></OWN>"), ("html", "text/html", f"<body>{MARKED}</body>")),
        _bodies(("video", "video/mp4", "clip"), ("nitf", "application/nitf+xml", NITF), ("text", "text/plain", TEXT)),
        _bodies(("x", "text/plain", " "), ("html", "text/html; charset=utf-8", MARKED)),
        _bodies(("own", "application/xml", f"<OWN><BODY>{MARKED}</BODY></OWN>")),
    ],
)
def test_ninjs_bodies_by_media_type(bodies: dict[str, Any]) -> None:
    item = {"uri": "x", "type": "text", "contentCreated": "2024-05-01", "versionCreated": "2024-05-06T04:01:00Z"}
    article = told({**item, "headlines": [{"role": "main", "value": "Ferry sinks"}], **bodies})
    assert (article.text, article.title, article.published) == (TEXT, "Ferry sinks", DAY)


NEWSML = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="x"><itemMeta>
<provider literal="ow"><name>Orlo Wire</name></provider><versionCreated>2024-05-06T10:32:00Z</versionCreated></itemMeta>
<contentMeta><headline>Ferry sinks</headline></contentMeta><contentSet>%s</contentSet></newsItem>"""
XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><h:html>
<h:head><h:title>x</h:title></h:head><h:body>{MARKED}</h:body></h:html></inlineXML>"""
PICTURE = NEWSML % '<remoteContent href="a.jpg"/>'


@pytest.mark.parametrize(
    "document",
    [
        NITF,
        NEWSML % XHTML,
        NEWSML % f"<inlineXML>{NITF.partition('?>')[2]}</inlineXML>",
        NEWSML % f"<inlineData>{TEXT}</inlineData>",
        f'<?xml version="1.0"?><newsMessage><itemSet>{PICTURE}{NEWSML % XHTML}</itemSet></newsMessage>',
    ],
)
def test_xml_of_agencies(document: str) -> None:
    article = told(document, "it.xml")
    assert (article.text, article.title, article.source) == (TEXT, "Ferry sinks", "Orlo Wire")
    assert article.published == DAY


def test_a_message_of_many_items() -> None:
    message = f"<newsMessage>{NEWSML % XHTML}{NEWSML % XHTML}</newsMessage>"
    assert [article.name for article in read_all(io.StringIO(message), name="it.xml")] == ["it.xml#1", "it.xml#2"]


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (
            '<?xml version="1.0"?>\n<rss version="2.0"><channel><item><title>x</title></item></channel></rss>',
            "is a feed",
        ),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>', "is a feed"),
        ("<?xml version='1.0'?><rdf:RDF/>", "is a feed"),
        ("<!-- x --><urlset><url><loc>a</loc></url></urlset>", "of an unknown kind (urlset)"),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "of an unknown kind (a)"),
        (PICTURE, "without the text of an article"),
        ("<nitf/>", "without the text of an article"),
    ],
)
def test_other_xml_is_refused_with_the_way_out(document: str, why: str) -> None:
    with pytest.raises(ReadError) as caught:
        told(document, "it.txt")
    assert why in str(caught.value)
    assert "save" in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_text_that_starts_with_a_tag_is_no_xml() -> None:
    assert told("<b>Rain</b> fell.", "it.txt").text == "<b>Rain</b> fell."


def test_markup_says_its_encoding() -> None:
    article = read(io.BytesIO(NITF.replace("UTF-8", "ISO-8859-2").replace("Orlo.", "Łódź.").encode("iso-8859-2")))
    assert "Łódź." in article.text
    assert "read as ISO-8859-2, as it says itself" in article.notes


@given(st.text())
def test_text_without_markup_is_not_touched(text: str) -> None:
    plain = text.replace("<", "(").replace("&", "+")
    assert flatten(plain) == plain


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["<p>Rain.</p>", "NewsArticle", TEXT]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "@type @id @graph @value articleBody body_text bodies body text value name role headline headlines "
                "publisher datePublished versioncreated liveBlogUpdate mainEntity items contentType".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(deadline=None)
@given(VALUES)
def test_any_json_is_read_or_refused(value: object) -> None:
    """Whatever stands where, there is an article with a text or one line that says why not."""
    found = outcome(value)
    assert found.isprintable() if isinstance(found, str) else found.text.strip()


@pytest.mark.parametrize(
    "piece", ["<a ", "<p>", "</p>", "<!--", "<script>", "&amp;", "<a '", '<a "', "<![CDATA[", "<?", "<p/"]
)
@pytest.mark.parametrize("start", ["", "<p>Rain</p>", "<?xml?><newsItem>"])
def test_hostile_markup_is_read_or_refused(piece: str, start: str) -> None:
    for value in ({"text": start + piece * 50_000}, start + piece * 50_000):
        found = outcome(value)
        assert found.isprintable() if isinstance(found, str) else found.text.strip()
