"""Hostile text, and what a browser would see of a page: for the tests of all that is HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import strategies as st

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'/><svg onload=alert(1)>",
    "</style></title></textarea><b>",
    "{{ 7 * 7 }} {% raw %}",
    "javascript:alert(1)",
    "15\u200b \u202edaed\u202c \u2066x",
    "\x00\x07\x1b[31m\x9b",
    "\ud800 half",
    "word" * 1_000,
)
NASTY = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30), st.text("ab .<&\"'", max_size=30))

VOID = ("meta", "input", "rect")


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text of each sentence."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.sentences: dict[str, str] = {}
        self.entries: list[str] = []
        self.hidden: list[str] = []
        self._path: list[str] = []
        self._line = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.elements.append((tag, found))
        if tag not in VOID:
            self._path.append(f"{tag}.{found.get('class') or ''}")
        if tag == "p" and "data-pair" in found:
            self._line = found["id"] or ""
            self.sentences[self._line] = ""
        if tag == "i":
            self.hidden.append("")
        if tag == "li":
            self.entries.append("")

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self._path.pop().split(".")[0] == tag

    def handle_data(self, text: str) -> None:
        if self._path[-1:] == ["i.unseen"]:
            self.hidden[-1] += text
        if "span.text" in self._path:
            self.sentences[self._line] += text
        if self._path[-2:-1] == ["li."] and self._path[-1] == "a.":
            self.entries[-1] += text

    def check(self) -> None:
        """Assert that links lead somewhere, no name is given twice, and no article added an element or attribute."""
        names = [found["id"] for _, found in self.elements if "id" in found]
        assert len(names) == len(set(names))
        for link in self.select("a"):
            assert (link["href"] or "").removeprefix("#") in names
        for _, found in self.elements:
            described = f"{found.get('aria-describedby') or ''} {found.get('aria-labelledby') or ''}"
            assert set(described.split()) <= set(names)
        assert not {"img", "link", "iframe", "object", "base", "form", "b-"} & {tag for tag, _ in self.elements}
        attributes = {name for _, found in self.elements for name in found}
        assert not {name for name in attributes if name.startswith("on") or name in ("src", "action", "formaction")}

    def select(self, tag: str, name: str = "") -> list[dict[str, str | None]]:
        """Return the attributes of the elements of a tag, and of a class where one is named."""
        return [
            found
            for each, found in self.elements
            if each == tag and (not name or name in (found.get("class") or "").split())
        ]
