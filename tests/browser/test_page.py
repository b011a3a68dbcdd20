"""The HTML page in a real browser: headless Chromium, driven by selenium. Skips where either is missing.

``npm ci`` in this folder brings axe-core, the accessibility rules, for the one test that wants it.
"""

from __future__ import annotations

import datetime
import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from pages import HOSTILE
from stories import EVENT

from consistency import build_report, check, compare_event
from consistency.model import Article, Change, Comparison, Fact, Kind, Nature, Pair, Relation, Sentence
from consistency.report import overview
from consistency.report.overview import GraveConflict, OutletAgreement, Overview
from consistency.story import StoryReport
from consistency.verdict import Verdict

webdriver = pytest.importorskip("selenium.webdriver", reason="the browser tests want selenium: pip install selenium")
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
DESKTOP, PHONE = (1280, 800), (390, 844)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="the browser tests want Chromium: apt-get install chromium chromium-driver"
)


class Browser:
    """A page in Chromium and what the tests ask of it."""

    def __init__(self, folder: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        self.folder = folder

    def open(
        self,
        compared: Comparison | StoryReport | Verdict | Overview,
        fragment: str = "",
        size: tuple[int, int] = DESKTOP,
        scheme: str = "light",
    ) -> None:
        path = self.folder / "page.html"
        page = overview.render(compared) if isinstance(compared, Overview) else build_report(compared, "html")
        path.write_text(page, encoding="utf-8")
        self.driver.get("about:blank")
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        self.driver.get(path.as_uri() + fragment)

    def run(self, script: str, *values: object) -> Any:
        return self.driver.execute_script(f"return {script}", *values)

    def find(self, selector: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def press(self, keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(keys)

    @property
    def fragment(self) -> str:
        return self.run("location.hash")

    @property
    def focused(self) -> str:
        return self.run("document.activeElement.id || document.activeElement.closest('.line')?.id")

    @property
    def chosen(self) -> list[str]:
        return self.run("[...document.querySelectorAll('.line.chosen')].map(line => line.id)")

    @property
    def shown(self) -> list[str]:
        return self.run("[...document.querySelectorAll('.line')].filter(l => l.checkVisibility()).map(l => l.id)")

    @property
    def opened(self) -> list[str]:
        """The pairs of an event's page that can be seen."""
        return self.run("[...document.querySelectorAll('.pair')].filter(p => p.checkVisibility()).map(p => p.id)")

    @property
    def statements(self) -> list[str]:
        return self.run("[...document.querySelectorAll('tbody')].filter(t => t.checkVisibility()).map(t => t.id)")

    @property
    def thread(self) -> str:
        return self.run("document.querySelector('.thread path').getAttribute('d')")

    def is_in_view(self, name: str) -> bool:
        box = self.run("document.getElementById(arguments[0]).getBoundingClientRect().toJSON()", name)
        bar = self.run("document.getElementById('bar').getBoundingClientRect().bottom")
        return box["top"] >= bar and box["bottom"] <= self.run("innerHeight")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.driver.quit()


@pytest.fixture
def browser(session: Browser) -> Iterator[Browser]:
    """Every test also asserts that the console stays empty and that nothing is asked of the network."""
    yield session
    assert [entry["message"] for entry in session.driver.get_log("browser")] == []
    events = [json.loads(entry["message"])["message"] for entry in session.driver.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith((session.folder.as_uri(), "about:blank"))] == []


def make_long(count: int = 40) -> Comparison:
    """Return a comparison whose first left sentence stands last on the right."""
    texts = [f"Sentence number {n} has something of its own to tell the reader." for n in range(count)]
    sides = []
    for order in (texts, [*texts[1:], texts[0]]):
        sentences, start = [], 0
        for index, text in enumerate(order):
            sentences.append(Sentence(index, start, start + len(text), text, paragraph=index))
            start += len(text) + 1
        sides.append((Article(" ".join(order)), tuple(sentences)))
    (left, first), (right, later) = sides
    pairs = [Pair((s,), (later[s.index - 1],), Relation.IDENTICAL, 1.0) for s in first]
    return Comparison(left, right, first, later, tuple(pairs))


def test_a_click_brings_the_counterpart_into_view_and_draws_the_link(browser: Browser) -> None:
    browser.open(make_long())
    assert not browser.is_in_view("r40")
    browser.find("#l1 .text").click()
    assert browser.is_in_view("r40")
    assert browser.chosen == ["l1", "r40"]
    assert browser.thread.startswith("M")
    peek = browser.find(".peek")
    assert "LEFT 1" in peek.text
    assert "Sentence number 0" in peek.text
    peek.click()
    assert browser.is_in_view("l1")
    assert browser.fragment == "#l1"


def test_enter_goes_to_the_counterpart_and_back(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison, size=(1280, 400))
    browser.run("document.querySelector('#l4 .sign').focus()")
    browser.press("\ue007")
    assert (browser.focused, browser.fragment) == ("r7", "#r7")
    assert browser.is_in_view("r7")
    assert browser.chosen == ["l4", "r7"]
    browser.press("\ue007")
    assert (browser.focused, browser.fragment) == ("l4", "#l4")
    assert browser.is_in_view("l4")
    browser.driver.back()
    assert browser.fragment == "#r7"
    assert browser.chosen == ["l4", "r7"]


def test_all_sentences_of_a_pair_are_chosen(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison)
    browser.find("#r6 .text").click()
    assert browser.chosen == ["l6", "r5", "r6"]
    browser.press("\ue00c")
    assert browser.chosen == []
    assert browser.thread == ""


def test_a_conflict_in_the_list_leads_to_its_place(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison)
    browser.find(".changes .conflict a").click()
    assert browser.focused == "c0l"
    assert browser.is_in_view("c0l")
    assert browser.chosen == ["l3", "r3"]


def test_keys_go_through_the_changes(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison)
    places = []
    for _ in range(7):
        browser.press("n")
        places.append(browser.focused)
    assert places == ["c1l", "c3l", "c2l", "c0l", "c4r", "c5r", "c1l"]
    assert browser.find("#position").text == "1 / 6"
    browser.press("p")
    assert browser.focused == "c5r"
    browser.find("#previous").click()
    assert browser.focused == "c4r"


def test_the_keys_can_be_switched_off(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison)
    browser.find("#keys").click()
    browser.press("n")
    assert browser.fragment == "#keys=off"
    browser.find("#next").click()
    assert browser.fragment == "#c1l&keys=off"


def test_values_show_on_focus_and_hover_until_escape(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison)
    tip = browser.find(".tip")
    assert not tip.is_displayed()
    browser.run("document.getElementById('c3l').focus()")
    assert tip.is_displayed()
    assert "2023-03-13 to 2023-03-19" in tip.text
    browser.press("\ue00c")
    assert not tip.is_displayed()
    webdriver.ActionChains(browser.driver).move_to_element(browser.find("#c0r")).perform()
    assert tip.is_displayed()
    assert "conflict" in tip.text
    webdriver.ActionChains(browser.driver).move_to_element(tip).perform()
    assert tip.is_displayed()
    webdriver.ActionChains(browser.driver).move_to_element(browser.find("h1")).perform()
    assert not tip.is_displayed()


def test_filters_hide_and_live_in_the_fragment(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison)
    everything = browser.shown
    browser.find("[data-word=updated]").click()
    assert browser.shown == ["l2", "r1", "l3", "r3", "l4", "r7"]
    browser.find("[data-word=attribution]").click()
    assert browser.shown == ["l4", "r7"]
    assert browser.fragment == "#relation=updated&kind=attribution"
    assert "2 of 14" in browser.run("document.getElementById('status').textContent")
    assert len(browser.run("[...document.querySelectorAll('.changes li')].filter(e => e.checkVisibility())")) == 1
    browser.find("#all").click()
    assert browser.shown == everything
    assert browser.fragment == ""


def test_kind_and_nature_must_be_of_one_change(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison, "#kind=time&nature=development")
    assert browser.shown == []
    browser.find("[data-word=conflict]").click()
    assert browser.shown == ["l3", "r3"]


def test_a_sent_link_opens_as_it_was(browser: Browser, comparison: Comparison) -> None:
    browser.open(comparison, "#c0r&relation=updated,identical&nature=conflict")
    assert browser.shown == ["l3", "r3"]
    assert browser.chosen == ["l3", "r3"]
    assert browser.find("[data-word=updated]").get_attribute("aria-pressed") == "true"
    assert browser.find("[data-word=unique]").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("fragment", ["#nothing", "#&&==", "#l1&relation=%00,nonsense", "#%E0%A4%A&kind=time"])
def test_a_broken_link_does_no_harm(browser: Browser, comparison: Comparison, fragment: str) -> None:
    browser.open(comparison, fragment)
    browser.press("n")
    assert browser.focused


def test_columns_on_a_desk_and_one_list_on_a_phone(browser: Browser, comparison: Comparison) -> None:
    place = "document.getElementById(arguments[0]).getBoundingClientRect().toJSON()"
    browser.open(comparison)
    left, right = browser.run(place, "l3"), browser.run(place, "r3")
    assert left["top"] == right["top"]
    assert left["right"] < right["left"]
    browser.open(comparison, size=PHONE)
    tops = [browser.run(place, name)["top"] for name in ("l2", "r1", "r2", "l3", "r3", "l5", "r4", "l6", "r5", "r6")]
    assert tops == sorted(tops)
    assert browser.run("document.documentElement.scrollWidth") == PHONE[0]


def test_it_reads_without_script(browser: Browser, comparison: Comparison) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open(comparison)
        body = browser.find("body").text
        for sentence in (*comparison.left_sentences, *comparison.right_sentences):
            assert sentence.text in body
        assert "Valley Post says “Monday”" in body
        assert not browser.find(".controls").is_displayed()
        browser.find("#l4 .sign").click()
        assert browser.driver.current_url.endswith("#r7")
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_hostile_text_is_text(browser: Browser, size: tuple[int, int]) -> None:
    texts = (
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "\"><svg onload=alert(3)>' onfocus=alert(4) autofocus='",
        "</style></script></title><a href=javascript:alert(5)>{{ 7 * 7 }}</a>",
        "The toll is 15 \u202edaed\u202c, not 1\u200b5.",
        "\x00\x1b[31m\ud800 and so on",
        "a" * 3_000,
    )
    sentences, start = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, start, start + len(text), text, paragraph=index))
        start += len(text) + 1
    article = Article("\n".join(texts), texts[0], texts[1], None, texts[2], notes=texts)
    fact = Fact(Kind.DETAIL, 3, 30, texts[0][3:30], texts[1])
    change = Change(Kind.DETAIL, Nature.CONFLICT, fact, fact)
    pairs = tuple(Pair((s,), (s,), Relation.UPDATED, 1.0, (change,)) for s in sentences)
    browser.open(Comparison(article, article, tuple(sentences), tuple(sentences), pairs, texts[0]), size=size)
    browser.press("n")  # an open alert would raise here
    assert browser.run("document.scripts.length") == 1
    assert browser.run("document.querySelectorAll('img, .text svg, [onload], [onerror], [autofocus]').length") == 0
    assert browser.run("document.querySelector('#l1 .text').textContent") == texts[0]
    assert browser.run("document.querySelector('#l4 .text').textContent") == "The toll is 15 �daed�, not 1�5."
    assert browser.run("document.documentElement.scrollWidth") <= size[0]


def test_the_policy_stops_requests_and_foreign_script(session: Browser, comparison: Comparison) -> None:
    session.open(comparison)
    stopped = session.driver.execute_async_script("""
        const done = arguments[0], seen = [];
        addEventListener("securitypolicyviolation", (event) => {
            seen.push(event.effectiveDirective);
            if (seen.length === 3) done(seen.sort());
        });
        new Image().src = "http://localhost:9/x.png";
        fetch("http://localhost:9/").catch(() => 0);
        document.body.append(Object.assign(document.createElement("script"), { textContent: "alert(1)" }));
    """)
    assert stopped == ["connect-src", "img-src", "script-src-elem"]
    session.driver.get_log("browser")
    session.driver.get_log("performance")


@pytest.mark.skipif(not AXE.exists(), reason=f"the accessibility test wants axe-core: npm ci --prefix {AXE.parents[2]}")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("fragment", ["", "#c0l&nature=conflict,development"])
def test_axe_finds_nothing(
    browser: Browser, comparison: Comparison, size: tuple[int, int], scheme: str, fragment: str
) -> None:
    left = attrs.evolve(comparison.left, notes=("date 2023-03-06 was read from its first line",))
    browser.open(attrs.evolve(comparison, left=left), fragment, size, scheme)
    assert_axe_finds_nothing(browser)


def assert_axe_finds_nothing(browser: Browser) -> None:
    browser.driver.execute_script(AXE.read_text(encoding="utf-8"))
    found = browser.driver.execute_async_script("""
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        axe.run(document, { runOnly: tags }).then(arguments[0], (error) => arguments[0]({ error: String(error) }));
    """)
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.fixture(scope="module")
def story() -> StoryReport:
    return compare_event(EVENT)


def test_a_click_on_a_cell_opens_its_pair_and_back_closes_it(browser: Browser, story: StoryReport) -> None:
    browser.open(story)
    assert browser.opened == []
    browser.find("#s1 td:nth-child(3) a").click()
    assert browser.opened == ["s1-1-2"]
    assert browser.fragment == "#s1-1-2"
    pair = browser.find("#s1-1-2")
    assert [fact.text for fact in pair.find_elements(By.CSS_SELECTOR, ".cell .fact")] == ["At least two", "Fourteen"]
    assert [word.text for word in pair.find_elements(By.CSS_SELECTOR, "mark")] == ["Monday", "May 6"]
    browser.driver.back()
    assert browser.opened == []
    browser.driver.forward()
    assert browser.opened == ["s1-1-2"]


def test_enter_on_a_cell_opens_its_pair_and_the_keyboard_goes_on_there(browser: Browser, story: StoryReport) -> None:
    browser.open(story)
    browser.run("document.querySelector('#s2 td:nth-child(4) a').focus()")
    browser.press("\ue007")
    assert browser.opened == ["s2-1-3"]
    assert browser.run("document.activeElement.id") == "s2-1-3"
    browser.press("\ue004")
    assert browser.run("document.activeElement.className") == "close"
    browser.press("\ue007")
    assert browser.opened == []
    assert browser.fragment == "#s2"


def test_a_conflict_opens_the_two_that_clash_and_the_first_cell_all(browser: Browser, story: StoryReport) -> None:
    browser.open(story)
    browser.find("#e1 a").click()
    assert browser.opened == ["s1-2-3"]
    browser.find("#s1 tr:first-child td a").click()
    assert browser.opened == ["s1-1-2", "s1-1-3", "s1-2-3"]


@pytest.mark.parametrize("place", ["s1-2-3", "s1-2-3-l1", "s1-2-3-c0r"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_sent_link_to_a_pair_opens_it_in_view(
    browser: Browser, story: StoryReport, place: str, size: tuple[int, int]
) -> None:
    browser.open(story, f"#{place}", size)
    assert browser.opened == ["s1-2-3"]
    box = browser.run("document.getElementById(arguments[0]).getBoundingClientRect().toJSON()", place)
    head = browser.run("document.querySelector('thead th').getBoundingClientRect().bottom")
    assert head <= box["top"] < box["bottom"] <= size[1]


def test_a_link_within_a_pair_leaves_it_open(browser: Browser, story: StoryReport) -> None:
    browser.open(story, "#s1-2-3")
    browser.find("#s1-2-3-c0l").click()
    assert browser.fragment == "#s1-2-3-r1"
    assert browser.opened == ["s1-2-3"]


@pytest.mark.parametrize("fragment", ["#nothing", "#s99-1-2", "#&&==", "#%E0%A4%A"])
def test_a_broken_link_opens_nothing(browser: Browser, story: StoryReport, fragment: str) -> None:
    browser.open(story, fragment)
    assert browser.opened == []
    assert len(browser.statements) == len(story.statements)


def test_statements_can_be_narrowed(browser: Browser, story: StoryReport) -> None:
    browser.open(story)
    assert browser.statements == ["s1", "s2", "s3", "s4"]
    browser.find("#show-shared").click()
    assert browser.statements == ["s1", "s2"]
    browser.press("\ue015")  # the arrow goes on to those that differ
    assert browser.run("document.querySelector('#show-differing').checked")
    assert browser.statements == ["s1", "s2"]
    browser.find("#show-all").click()
    assert browser.statements == ["s1", "s2", "s3", "s4"]


def test_the_table_is_a_list_on_a_phone(browser: Browser, story: StoryReport) -> None:
    browser.open(story, "#s1-all", PHONE)
    assert browser.run("document.documentElement.scrollWidth") == PHONE[0]
    assert browser.find("#s1 td:nth-child(3)").text.split()[:2] == ["2", "±"]
    sizes = browser.run(
        "[...document.querySelectorAll('td > a, .close, .chip')].filter(a => a.checkVisibility())"
        ".map(a => a.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    assert min(sizes) >= 24  # WCAG 2.5.8


def test_the_page_of_an_event_works_without_script(browser: Browser, story: StoryReport) -> None:
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.open(story)
        browser.find("#s1 td:nth-child(4) a").click()
        assert browser.driver.current_url.endswith("#s1-1-3")
        assert browser.find("#s1-1-3").is_displayed()
        assert not browser.find("#s1-1-2").is_displayed()
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_on_paper_all_that_differs_is_open(browser: Browser, story: StoryReport) -> None:
    browser.open(story)
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert browser.opened == ["s1-1-2", "s1-1-3", "s1-2-3", "s2-1-3", "s2-2-3"]
        assert not browser.find(".close").is_displayed()
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_hostile_articles_of_an_event_are_text(browser: Browser, size: tuple[int, int]) -> None:
    articles = [
        Article(f"{number} people <img src=x onerror=alert(1)> died.\n\n" + "\n\n".join(HOSTILE), *HOSTILE[:2])
        for number in ("Two", "Nine", "Ten")
    ]
    browser.open(compare_event(articles), "#s1-all", size)
    assert browser.opened
    assert browser.run("document.scripts.length") == 0
    assert browser.run("document.querySelectorAll('img, svg, [onload], [onerror], [autofocus]').length") == 0
    assert "<img src=x onerror=alert(1)>" in browser.find("#s1 th").text
    assert browser.run("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.skipif(not AXE.exists(), reason=f"the accessibility test wants axe-core: npm ci --prefix {AXE.parents[2]}")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("fragment", ["", "#s1-all", "#s2-1-3-l2"])
def test_axe_finds_nothing_on_the_page_of_an_event(
    browser: Browser, story: StoryReport, size: tuple[int, int], scheme: str, fragment: str
) -> None:
    browser.open(story, fragment, size, scheme)
    assert_axe_finds_nothing(browser)


# -- the pages of findings and of a corpus -------------------------------------------------------------------------


def find_some(comparison: Comparison) -> Verdict:
    checked = (("dam", "first.txt", "later.txt"), ("storm", "a.txt", "b.txt"))
    return Verdict(check(comparison, forbid="updated, unique"), checked, troubles=("third.txt: is empty",))


def draw_some() -> Overview:
    names = ("Post", "Wire", "Gazette", "<b>Courier</b>")
    pairs = itertools.combinations(sorted(names), 2)
    return Overview(
        figures=(("articles", 12), ("events", 3), ("pairs", 18), ("conflicts", 4)),
        outlets=tuple((*pair, OutletAgreement(3, n / 5, n % 3)) for n, pair in enumerate(pairs)),
        days=tuple((datetime.date(2024, 5, day), day) for day in (1, 5, 9)),
        gravest=(GraveConflict("flood", "quantity", names[:2], ("two", "nine"), "Two people died in Tarn."),),
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_findings_are_within_the_page(browser: Browser, comparison: Comparison, size: tuple[int, int]) -> None:
    browser.open(find_some(comparison), size=size)
    assert browser.run("document.documentElement.scrollWidth") <= size[0]
    assert browser.run("document.querySelector('.findings li').className") == "conflict"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_page_of_a_corpus_is_within_its_width(browser: Browser, size: tuple[int, int]) -> None:
    browser.open(draw_some(), size=size)
    assert browser.run("document.documentElement.scrollWidth") <= size[0]
    assert "<b>Courier</b>" in browser.find(".heat").text


@pytest.mark.skipif(not AXE.exists(), reason=f"the accessibility test wants axe-core: npm ci --prefix {AXE.parents[2]}")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("what", ["findings", "corpus"])
def test_axe_finds_nothing_on_the_pages_of_findings_and_of_a_corpus(
    browser: Browser, comparison: Comparison, what: str, size: tuple[int, int], scheme: str
) -> None:
    browser.open(find_some(comparison) if what == "findings" else draw_some(), size=size, scheme=scheme)
    assert_axe_finds_nothing(browser)
