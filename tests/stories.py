"""Three short articles of one event: two of one day clash, and both tell more than the first could know."""

from __future__ import annotations

from consistency import Article

FIRST = Article(
    "At least two people died when the Orlin dam broke on Monday, the mayor said. The dam was built in 1954. "
    "Rain fell all night over the hills.",
    name="first.txt",
    source="Valley Post",
    published="2024-05-07",
)
WIRE = Article(
    "Nine people died when the Orlin dam broke on Monday, the mayor said. The dam was built in 1951.",
    name="wire.txt",
    source="River Wire",
    published="2024-05-16",
)
GAZETTE = Article(
    "Fourteen people died when the Orlin dam broke on May 6, the mayor said. The dam was built in 1954. "
    "Schools are closed until Friday.",
    name="gazette.txt",
    source="Gazette",
    published="2024-05-16",
)
EVENT = (GAZETTE, FIRST, WIRE)
