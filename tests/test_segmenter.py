"""What the segmenter promises: sentence ends, paragraphs, roles, datelines."""

import subprocess
import sys
import textwrap
import time

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.language import ENGLISH
from consistency.model import Article, Role, Span
from consistency.segmenter import ends, segment
from consistency.segmenter.words import SentenceWords

WORDS = [
    "Rain",
    "fell",
    "The ",
    "PORT",
    "U.S.",
    "Mr. ",
    "By ",
    "5 p.m. ",
    "1. ",
    "nn",
    "@x",
    "Photo: ",
    " -- ",
    "— ",
    ", ",
]
MARKS = [". ", "? ", "!", "...", "…", '"', "“", "”", "'", "(", ")"]
WHITE = [" ", " ", "\n", "\n\n", "\r\n", "\r", "\x0c", "\u2028", "\t", "\u00a0", "\u200b"]
PIECES = st.sampled_from([*WORDS, *MARKS, *WHITE])
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))
PROSE = (
    "The river rose above its banks on Monday, and the mayor of the old port asked people who live near the water to "
    "leave their houses before night. “We have never seen such a flood,” she said, as the first boats went out to the "
    "islands. Rescue teams from both towns will go on with their search at first light. Nobody is known to be hurt."
)


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in segment(Article(text))]


def roles(text: str, title: str | None = None) -> list[str]:
    return [str(sentence.role) for sentence in segment(Article(text, title=title))]


@settings(deadline=None)  # the first call imports nltk
@given(TEXTS, st.integers(0, 20))
def test_no_character_is_lost(text, header):
    """Each visible character behind the header is in exactly one sentence; sentences are in order and trimmed."""
    header = min(header, len(text))
    found = segment(Article(text, header=Span(0, header)))
    visible = [at for at in range(header, len(text)) if not text[at].isspace()]
    covered = [at for s in found for at in range(s.start, s.end) if not text[at].isspace()]
    assert covered == visible
    assert [s.index for s in found] == list(range(len(found)))
    assert [s.paragraph for s in found] == sorted(s.paragraph for s in found)
    for sentence in found:
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip()
        assert sentence.text
        assert sentence.dateline is None or sentence.start == sentence.dateline.start < sentence.dateline.end


@settings(deadline=None)
@given(TEXTS)
def test_segmenting_is_deterministic_and_bounded(text):
    found = segment(Article(text))
    assert found == segment(Article(text))
    assert all(len(sentence.text) <= 4000 for sentence in found)


@settings(deadline=None)
@given(st.integers(45, 100), st.sampled_from(["\n", "\r\n"]))
def test_hard_wrapping_changes_no_sentence(width, newline):
    """Wrapped prose has the sentences of the same prose on one line; the spans are still those of the raw text."""
    wrapped = newline.join(textwrap.wrap(PROSE, width, break_on_hyphens=False))
    article = Article("Flood at the port" + 2 * newline + wrapped)
    found = segment(article)
    assert [" ".join(s.text.split()) for s in found[1:]] == sentences(PROSE)
    assert {s.paragraph for s in found[1:]} == {1}
    assert all(s.text == article.text[s.start : s.end] for s in found)


@settings(deadline=None)
@given(st.integers(45, 100), st.integers(1, 8))
def test_wrapped_paragraphs_may_be_indented(width, indent):
    """Paragraphs that only an indent parts have the sentences of the same paragraphs on one line each."""
    paragraphs = [PROSE, "Gray, Adler and Brandt of Orlo said " + PROSE, "Another paragraph starts here. " + PROSE]
    wrapped = "\n".join(textwrap.fill(each, width, initial_indent=" " * indent) for each in paragraphs)
    found = segment(Article(wrapped))
    assert [" ".join(s.text.split()) for s in found] == sentences("\n".join(paragraphs))
    assert {s.paragraph for s in found} == {0, 1, 2}


SPLITS = [
    # quotes and brackets
    "“We left.” | The mayor stayed.",
    '"We left." | "They stayed," she said.',
    "He waved (from the roof.) | Then he left.",
    '"Is this the end?" she asked.',
    "“Is this the end?” Gray asked. | Nobody knew.",
    '"What a crime!" Mayor Anna Gray said.',
    "It was dark. | Where were the boats?” Gray asked.",
    'She shouted "Stop!" | Police said the man ran.',
    "'It is over.' | The crowd went home.",
    'He said "it is wrong. " | The mayor agreed with "some" of it.',
    "He wrote to the paper. | “ ‘Never’ is a long time.”",
    # initials, acronyms, titles
    "J.K. Rowling met George W. Bush. | They talked.",
    "The U.S. Senate met. | It voted.",
    "He came back to the U.S. | He was tired.",
    "A study by M.I.T. was read. | It was long.",
    "Mr. and Mrs. Gray met Gov. Hill. | Dr. No was there.",
    "Police Det. James Hill and ex-Gov. Ann Poe spoke.",
    "Too little vitamin C. | Doctors warn.",
    "They left and so did I. | Police came. | Albert I. Hill came too.",
    "He fell in World War I. | Millions did. | Act I. | Nobody clapped.",
    "It broke out in Block C. | Tenants fled from Terminal B. | Apartment D. | Nobody was hurt.",
    "John C. Reilly met Anna B. Gray.",
    "Adler et al. [2004] and Brandt et al. (1999) agree. | Hill et al. | They do not.",
    "See Fig. A for details and fig. B of it. | See figs. 3 and 4.",
    "He ate a fig. | A man saw it.",
    "The U.S. First Lady spoke.",
    "Mayor Tells the U.S. To Send More Boats",
    "She is a member of the U.N. | The others are not.",
    # places, hours, numbers
    "They met in Tampa, Fla. | Police came.",
    "They met in Raleigh, N.C. | The mayor spoke.",
    "Rep. Poe, D-Mich., spoke. | Sen. Hill, R-Ohio, did not.",
    "It began at 5 p.m. | The rain stopped.",
    "At 5 a.m. Mr. Hill left. | By 6 p.m. Gray was there. | It was 7 p.m. | Gray left.",
    "The 5 p.m. Orlo train was late. | It rained at 5 p.m. | Gray left.",
    "It began at 5 p.m. Saturday and ended at 9 a.m. Eastern Standard Time.",
    "He has No. 5. | She said no. | They left.",
    "It rained on Oct. 23. | It snowed on Jan. 3.",
    "Shares rose 3.5 percent to $1.25. | Profit fell.",
    "In 2014. | The year was wet.",
    # companies and names with marks
    "He joined Yahoo! Inc. in May. | She joined Hill Corp. | It failed.",
    # dots
    "He paused... | Then he left.",
    "He paused … | Then he left.",
    "They were happy . . . and stayed.",
    "We left .... | People stayed.",
    "Trump ... Clinton were named.",
    "It is over. ... | The rest is rain.",
    '"The old [...] way" (Hill 55). | It is new. | (The old one was not.)',
    # enumerators
    "1. Rain fell.",
    "2) Snow fell. | 3. Hail fell.",
    # lower case
    "The iPhone sold well. | iPad sales fell.",
    "Visit example.com for more. | Nobody did.",
    "rain fell. | snow fell.",
    # debris
    "Heavy rain.[12] | The town flooded.",
]


@pytest.mark.parametrize("marked", SPLITS)
def test_sentence_ends(marked):
    assert sentences(marked.replace(" | ", " ")) == marked.split(" | ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They saw rain.The mayor left.", ["They saw rain.", "The mayor left."]),
        ("They saw Paris.The mayor left.", ["They saw Paris.", "The mayor left."]),
        ('It was wrong."We know," he said.', ["It was wrong.", '"We know," he said.']),
        ("Write to Ann.Poe@mail.com or to www.Poe.Com now.", ["Write to Ann.Poe@mail.com or to www.Poe.Com now."]),
        ("The U.S.Senate and Node.Js and e.g.The one.", ["The U.S.Senate and Node.Js and e.g.The one."]),
    ],
)
def test_lost_space(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x0c", "\u2028", "\n\n", "\n \t\n"])
def test_lines_are_paragraphs(newline):
    """One-line paragraphs stay apart whatever parts them, also without a full stop."""
    lines = [
        "Flood hits the old port of the city",
        "The river rose on Monday. It fell later.",
        "- One boat sank",
        "Nobody was hurt",
    ]
    found = segment(Article(newline.join(lines) + newline))
    assert [s.paragraph for s in found] == [0, 1, 1, 2, 3]


def test_headline_above_wrapped_text_stays_apart():
    text = "Flood hits the old port\n" + textwrap.fill(PROSE, 72)
    found = segment(Article(text))
    assert found[0].text == "Flood hits the old port"
    assert found[0].role is Role.HEADLINE
    assert [" ".join(s.text.split()) for s in found[1:]] == sentences(PROSE)


def test_wrapped_paragraphs_without_blank_line_stay_apart():
    """A line that had room for the next word ends its paragraph."""
    text = textwrap.fill(PROSE, 70) + "\n" + textwrap.fill("Another paragraph starts here. " + PROSE, 70)
    found = segment(Article(text))
    assert sorted({s.paragraph for s in found}) == [0, 1]
    assert next(s.text for s in found if s.paragraph == 1) == "Another paragraph starts here."


WIRE = """    ORLO, March 24 - Shares of
Brandt Holdings <BRD.T> and the
Orlo Mill rose by 12 pct, Kelm and
3,000 others said.
    Dealers in the old town of
Varda said that many of them,
Adler among others, had sold too early.
    The market opens on
Monday.
 WIRE"""


def test_lines_of_the_wire_are_joined():
    """Where paragraphs are indented, a name or a figure at the start of a line is no sign of a new one."""
    found = segment(Article(WIRE))
    assert [s.paragraph for s in found] == [0, 1, 2, 3]
    assert [" ".join(s.text.split())[-12:] for s in found] == ["others said.", "d too early.", "s on Monday.", "WIRE"]


def test_tables_of_figures_are_joined_where_paragraphs_are_indented():
    rows = [
        "Shipments were as follows: cotton 9,000 (27,900), oats",
        "954,303 (840,440), linseed 119,954 (138,944), maize",
        "26,248 (26,246), the board said.",
    ]
    text = "\n".join(("    " + "\n".join(rows), "    Prices rose. So did freight rates at the", "harbour."))
    assert [s.paragraph for s in segment(Article("The board said on Monday:\n" + text))] == [0, 1, 2, 2]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["Brandt Works said it introduced the Domain Series", "4000 Workstation, priced at 13,900 dollars, to",
          "compete with rivals."], 1),
        (["The dollar opened at 1.5140 Swiss francs against", "1.5145 in New York."], 1),
        (["Brandt Holdings, the old mill at Kelm in Orlo,", "Adler Works and Varda Mill fell."], 1),
        (["Brandt Holdings said its board of directors pays", "Alder Works of the town of Kelm in Orlo County",
          "2,000 dollars on Monday."], 1),
        (["Brandt Holdings said its board sold", "Alder Works of the town of Kelm in Orlo County",
          "2,000 dollars on Monday."], 3),
        (["Ferry sinks off the harbour of Orlo", "Two sailors rescued by the guard", "Two sailors were saved."], 3),
        (["A ferry sank off the harbour of Orlo.", "Two sailors were saved by the guards.", "Nobody was hurt."], 3),
        (["Orlo 12", "Tarn 15", "Kelm 19"], 3),
        (["The mayor said it in", "Orlo."], 2),
        (["What the port of the old town says", "12 people died in the harbour on Monday.", "Nobody knew."], 3),
        (["Orlo,", "Tarn,", "Varda"], 3),
        (["Firemen fought the flames in the old mill of", "- Orlo", "- Tarn"], 3),
    ],
)  # fmt: skip
def test_few_lines_are_joined_where_one_cannot_end(lines, paragraphs):
    assert len({s.paragraph for s in segment(Article("\n".join(lines)))}) == paragraphs


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Orlo sees", "the river rise on Monday at the port", True),
        ("Orlo see", "the river rise on Monday at the port", False),
        ("the old mill at Orlo and Kelms", "burned", True),
        ("the old mill at Orlo and Kelm", "burned", False),
        ("the old mill " + "at Orlo " * 13 + "sky", "burned", True),
        ("the old mill " + "at Orlo " * 13 + "fire", "burned", False),
    ],
)
def test_lines_are_torn_between_some_lengths(first, second, joined):
    assert (len({s.paragraph for s in segment(Article(f"{first}\n{second}"))}) == 1) is joined


@pytest.mark.parametrize(("width", "role"), [(40, "table"), (41, "headline")])
def test_a_cell_is_short(width, role):
    assert roles("x" * width + "\t5\t6" + BODY)[0] == role


BODY = "\n\nThe river rose on Monday. It fell later in the week."


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Flood hits the old port", "headline"),
        ("'Worst flood' in years hits the old port", "headline"),
        ("Why Does the Old River Flood?", "headline"),
        ("Flood Hits Towns Across the U.S.", "headline"),
        ("The flood hit the old port on Monday.", "body"),
        ("“The flood hit the old port", "body"),
        ("“We have lost our houses”", "body"),
        ("The mayor said:", "body"),
        ("River Mayor Ann Gray (file photo)", "caption"),
        ("Pictured: the old port", "caption"),
        ("Photo: Port Authority", "caption"),
        ("Photo by Ann Gray", "caption"),
        ("FILE - In this May 3 photo, the port is dry. It is wet now.", "caption"),
        ("Pic shows: the port under water.", "caption"),
        ("The port on Monday. (Reuters/Ann Gray)", "caption"),
        ("The port (pictured) before the flood", "caption"),
        ("The port (pictured) was dry.", "body"),
        ("Photos show that the port was dry.", "body"),
        ("With reporting by the Port Service", "credit"),
        ("By Ann Gray", "credit"),
        ("By Ann Gray and Tom Hill, Port News", "credit"),
        ("By Monday the port was dry.", "body"),
        ("By Ann Gray's account, the port was dry.", "body"),
        ("(Reporting by Ann Gray; editing by Tom Hill)", "credit"),
        ("— Reuters", "credit"),
        ("© 2014 Port News. All rights reserved.", "credit"),
        ("This article first appeared in Port News.", "credit"),
        ("The Port Press contributed to this report.", "credit"),
        ("September 5, 2022", "credit"),
        ("SEE ALSO: What floods cost", "link"),
        ("Read more about the port", "link"),
        ("Related: What floods cost", "link"),
        ("WATCH: The flood", "link"),
        ("Click here for pictures.", "link"),
        ("For more pictures, click here.", "link"),
        ("Scroll down for video", "link"),
        ("Follow Port News on Twitter", "link"),
        ("https://example.com/flood", "link"),
        ("* * *", "link"),
        ("6 May 2024, 10:32 a.m. ET", "credit"),
        ("10:32 AM ET, Mon May 6, 2024", "credit"),
        ("Published 5 September 2022", "credit"),
        ("Posted 1 hour ago", "credit"),
        ("5 min read", "credit"),
        ("By: Port Service | Orlo | Posted: May 6, 2024 2:10 pm", "credit"),
        ("Ann Gray, Staff Writer", "credit"),
        ("With files from the Port Service", "credit"),
        ("To contact the editor on this story:", "credit"),
        ("(Corrects the number of boats)", "credit"),
        ("[h/t Port News]", "credit"),
        ("— Ann Gray (@anngray) May 6, 2024", "credit"),
        ("ann.gray@port.example", "credit"),
        ("(Reuters) -", "credit"),
        ("REUTER", "credit"),
        ("Reuter\x03", "credit"),
        ("(Ann Gray / Reuters)", "caption"),
        ("Stock image of a port", "caption"),
        ("Our Standards: The Principles of the Port", "credit"),
        ("Ann Gray contributed.", "credit"),
        ("Image caption, The port under water", "caption"),
        ("Getty Images", "caption"),
        ("View comments (12)", "link"),
        ("Recommended stories", "link"),
        ("Advertisement - story continues below", "link"),
        ("Listen to this article", "link"),
        ("214 comments", "link"),
        ("Comments (14)", "link"),
        ("1.2K views | 12 shares", "link"),
        ("Leave a comment", "link"),
        ("Share on Facebook", "link"),
        ("Facebook Twitter WhatsApp", "link"),
        ("Email this article", "link"),
        ("- See more at: https://port.example/flood", "link"),
        ("Video loading", "link"),
        ("port.com", "link"),
        ("Log in", "link"),
        ("1 of 21", "link"),
        ("News   Sport   Weather   Subscribe", "link"),
        ("Boats   12   14", "table"),
        ("Boats\t12", "table"),
        ("| Boats | 12", "table"),
        ("| Town | Boats", "link"),
        ("The mayor spoke on 6 May 2024.", "body"),
        ("An hour ago the port was dry.", "body"),
        ("At 5 p.m. the port was dry.", "body"),
        ("Gray reported from the port that it was dry.", "body"),
        ("Share prices of the port rose.", "body"),
        ("Facebook shares a video of the port.", "body"),
        ("Comments by the mayor were heard.", "body"),
        ("The port  was dry  on Monday.", "body"),
        ("Boats and the ferries to Orlo and to Tarn   12   14", "headline"),
        ("Watching the river, people left.", "body"),
        ("Related families left.", "body"),
    ],
)
def test_role_of_a_first_line(line, role):
    found = roles(line + BODY)
    assert set(found[:-2]) == {role}
    assert found[-2:] == ["body", "body"]


def test_role_inside_a_text():
    """Short lines between paragraphs are headings; longer ones, last ones and speech are body."""
    lines = [
        "The river rose.",
        "What the port says",
        "“We left",
        "It fell.",
        "A long line that has no stop but tells what ten people saw",
    ]
    assert roles("\n\n".join([*lines, "It rained.", "Last line"])) == [
        "body", "headline", "body", "body", "body", "body", "body",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Gray reported from Orlo.", "credit"),
        ("Ann Gray and Tom Hill reported from Orlo, and Kelm from Tarn.", "credit"),
        ("Port Press writer Ann Gray in Orlo contributed to this report.", "credit"),
        ("Ann Gray is a reporter for Port News.", "credit"),
        ("Gray reported from Orlo a flood.", "body"),
        ("Two boats reported from Orlo.", "body"),
    ],
)
def test_who_reported_from_where_is_no_body(line, role):
    assert roles(f"{BODY.strip()}\n\n___\n\n{line}")[-2:] == ["link", role]


def test_a_title_in_the_header_is_a_headline():
    """It is compared like one that stands in the text, and is there once."""
    header, title = "Title: Flood at the port\nDate: 2024-05-06\n\n", "Flood at the port"
    for text in (header + BODY.strip(), header + title + BODY):
        article = Article(text, title=title, header=Span(0, len(header)))
        found = segment(article)
        assert [str(s.role) for s in found] == ["headline", "body", "body"]
        assert [s.index for s in found] == [0, 1, 2]
        assert [s.paragraph for s in found] == [0, 1, 1]
        assert all(s.text == article.text[s.start : s.end] for s in found)
        assert found[0].text == title
    only = segment(Article(header + "It fell", title=title, header=Span(0, len(header))))
    assert [str(s.role) for s in only] == ["headline", "body"]


def test_credit_behind_a_body_sentence():
    assert roles("The river rose and fell. - Port Daily") == ["body", "credit"]


def test_title_makes_a_headline():
    """A first line that is the title is a headline even with a full stop, unless it is all there is."""
    assert roles("“The port is gone.”" + BODY, title='"The port is gone"')[0] == "headline"
    assert roles("The port is gone.", title="The port is gone") == ["body"]


@pytest.mark.parametrize("text", ["Rain fell", "Flood hits port\n\nPhoto: Port News"])
def test_an_article_without_body_has_no_headline(text):
    assert "headline" not in roles(text)
    assert roles(text)[0] == "body"


@pytest.mark.parametrize(
    "dateline",
    [
        "NUR-SULTAN -- ",
        "WASHINGTON (AP) — ",
        "KANSAS CITY, Mo. — ",
        "PHILADELPHIA ― ",
        "LONDON, Sept 5 (Reuters) - ",
        "Paris (AFP) – ",
        "ST. LOUIS — ",
        "ELON, N.C. – ",
        "SÃO PAULO — ",
        "(CNN) -- ",
        "(CNN)",
        "(Reuters)",
        "(KW) — ",
        "MONTGOMERY, Ala. (AP) — ",
        "WASHINGTON, D.C. (KW) — ",
        "TRENTON, N.J. (KW) -",
        "RALEIGH, N.C. ‑ ",
        "PHOENIX, Ariz. (3KW/KZ 5): ",
        "ORLO (KW) _ ",
        "FT. KELM, Fla.(KW) - ",
        "NAPLES COUNTY, Calif. (KZO) -- ",
        "TAMPA, Fla.— ",
        "Tampa, Fla. — ",
        "WASHINGTON—",
        "KELM, N.Y., May 5, 2024 (KELM NEWSWIRE) -- ",
        "DALLAS, May 6, 2024 /Kelm Newswire/ -- ",
    ],
)
def test_dateline_is_marked_and_stays(dateline):
    """Nothing in it ends the sentence, wherever the paragraph begins."""
    for above in ("", "Flood\n\n"):
        text = above + dateline + "The river rose on Monday. It fell later."
        first, second = segment(Article(text))[-2:]
        assert first.dateline == Span(len(above), len(above + dateline))
        assert first.text.startswith(dateline)
        assert second.dateline is None


@pytest.mark.parametrize(
    "text",
    [
        "The river -- The Gray -- rose.",
        "NATO — the alliance — met.",
        "BREAKING — The river rose.",
        "A - B",
        "Ann Gray — Tom's wife — left.",
        "He lives in Tampa, Fla. — The senate voted.",
        "US—China trade fell.",
        "He left. ORLO (KW) — The river rose.",
    ],
)
def test_no_dateline(text):
    assert {s.dateline for s in segment(Article(text))} == {None}


def test_header_is_no_sentence():
    text = "date 2022-09-14 The river rose."
    (only,) = segment(Article(text, header=Span(0, 15)))
    assert (only.start, only.text) == (16, "The river rose.")


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\ufeff"])
def test_nothing_to_say(text):
    assert len(segment(Article(text))) == len(text.strip())


def test_punkt_out_of_time(monkeypatch):
    """When nltk gives up on a stop, the abbreviations alone decide."""

    class Slow:
        def text_contains_sentbreak(self, text):
            raise TimeoutError(text)

    monkeypatch.setattr(ends, "build_punkt", lambda _: Slow())
    ends._punkt_ends.cache_clear()
    assert sentences("Rain fell on Hill Corp. offices. It was cold. Hill Co. Ltd. Partners left.") == [
        "Rain fell on Hill Corp. offices.",
        "It was cold.",
        "Hill Co. Ltd. Partners left.",
    ]


def test_word_classes_are_clean():
    """Every class the rules ask for is there, lower case; ordinary words are not taken for abbreviations."""
    words = SentenceWords.read(ENGLISH)
    groups = attrs.asdict(words).values()
    assert all(groups)
    assert all(word == word.lower() and not word.endswith(".") for group in groups for word in group)
    assert not words.plain & {"no", "in", "sun", "sat", "cent", "may", "mass", "miss"}


def test_threads_do_not_meet_in_the_import():
    """The first articles of a process, segmented at once, are all segmented; two imports of one package break."""
    code = (
        "import sys; from concurrent.futures import ThreadPoolExecutor\n"
        "from consistency.segmenter import segment; from consistency.model import Article\n"
        "sys.setswitchinterval(1e-6)\n"
        "articles = [Article(f'Mr. Gray met {n} Corp. rivals. It rained.') for n in range(8)]\n"
        "assert [len(each) for each in ThreadPoolExecutor(8).map(segment, articles)] == [2] * 8\n"
        "assert 'nltk' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "assert not {'nltk', 'scipy', 'sklearn', 'numpy'} & set(sys.modules)"),
        ("", "import nltk; assert nltk.stem and nltk.tokenize.PunktTokenizer"),
        ("import nltk.data; nltk.data.find = nltk.data.load = None", "assert nltk.stem"),
    ],
)
def test_punkt_alone_is_imported_and_reads_nothing(before, after):
    """Nothing else of nltk is run, nor is its data looked at; who imports it, before or later, has the whole."""
    code = (
        "import sys; from consistency.segmenter import segment; from consistency.model import Article\n"
        f"assert 'nltk' not in sys.modules\n{before}\n"
        f"assert len(segment(Article('Mr. Gray left. It rained.'))) == 2\n{after}"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={"NLTK_DATA": "/nonexistent", "PYTHONPATH": ":".join(sys.path)}
    )


@pytest.mark.parametrize(
    "text",
    [
        ". " * 500_000,
        "." * 100_000,
        "A. " * 33_000,
        "a.A" * 33_000,
        "“a.” B " * 14_000,
        '" . "' * 20_000,
        "a\r\n" * 33_000,
        "x" * 100_000,
        " " * 100_000 + ".",
        "… A" * 33_000,
        "(" * 100_000,
        "Aa " * 33_000,
        "AA, " * 25_000 + " -- A",
        "\n" * 100_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_text_takes_no_time(text):
    segment(Article("Warm up."))
    started = time.process_time()
    segment(Article(text))
    assert time.process_time() - started < 2
