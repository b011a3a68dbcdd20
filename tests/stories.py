"""Three short articles of one event (two of one day clash, and both tell more than the first could know), and texts."""

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
    "Nine people died when the Orlin dam broke on May 6, the mayor said. The dam was built in 1951.",
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

# Two tellings of one event in other words, and another event.
DAM = (
    "The Orlin dam broke on March 14 after a week of rain. Mayor Ada Brisk closed the bridge at Sested. "
    "Two farmers drowned in the lower valley, and engineers blamed a crack in the old wall."
)
DAM_TOO = (
    "After a week of rain the dam at Orlin burst on March 14. The crack in its wall had been known to engineers. "
    "Ada Brisk, the mayor, said the Sested bridge stays shut; three farmers are dead."
)
CHESS = (
    "Grandmaster Tove Lindqvist won the chess open in Harstad. She drew her last game against a schoolboy of twelve "
    "and donated the purse to the library."
)
