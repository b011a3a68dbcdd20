"""Laws and examples of languages: files to values, packs found by name, one value a process."""

from __future__ import annotations

import copy
import importlib.metadata
import json
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest

from consistency import Comparer, build_report, clauses, language, lexicon
from consistency.aligner.texts import Texts
from consistency.diff.case import Case, Side, Story
from consistency.diff.rivals import find_rivals, measure_statements
from consistency.errors import SettingsError
from consistency.facts import build_finders, quantity, speech, status
from consistency.facts.units import CalendarWords
from consistency.language import ENGLISH, GROUP, Language, load
from consistency.model import Article, Bead, Fact, Kind, Sentence
from consistency.text import stem, tokenize


@attrs.frozen
class Weather:
    wet: frozenset[str]
    winds: tuple[str, ...]
    scale: Mapping[str, int]
    colours: Mapping[str, frozenset[str]]
    station: str = "Kelm"


def write(folder: Path, text: str) -> Language:
    """Return a language whose only file is ``weather.toml``."""
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "weather.toml").write_text(text, encoding="utf-8")
    return load(str(folder))


def test_a_file_fills_a_value(tmp_path: Path) -> None:
    """A string is cut at blanks, the items of a list stay whole, a table is a mapping."""
    text = 'wet = """rain\n  hail"""\nwinds = ["dry wind", "gale"]\n[scale]\ncalm = 0\n[colours]\nred = "gale storm"\n'
    found = write(tmp_path / "xy", text).read("weather.toml", Weather)
    red = {"red": frozenset({"gale", "storm"})}
    assert found == Weather(frozenset({"rain", "hail"}), ("dry wind", "gale"), {"calm": 0}, red)


def test_what_is_not_there_is_empty(tmp_path: Path) -> None:
    """A language without a file, or without a key of it, knows no such words."""
    nothing = Weather(frozenset(), (), {}, {})
    assert write(tmp_path / "xy", "").read("weather.toml", Weather) == nothing
    assert load(str(tmp_path)).read("weather.toml", Weather) == nothing
    assert load(str(tmp_path)).read_rows("irregular.txt") == ()
    assert load(str(tmp_path)).read("weather.toml", Weather).colours["red"] == frozenset()


def test_lists_of_words_are_those_of_the_english_file(tmp_path: Path) -> None:
    """Without a field of their own: what another language lacks is empty, what English lacks is no key."""
    (tmp_path / "calendar.toml").write_text('day_links = "och"\n[seasons]\nsommar = 6\n', encoding="utf-8")
    found = load(str(tmp_path)).read("calendar.toml", CalendarWords)
    assert (found.day_links, found.bare_feasts, found.seasons) == ({"och"}, frozenset(), {"sommar": 6})
    assert not hasattr(found, "day_link")
    (tmp_path / "xy").mkdir()
    (tmp_path / "xy" / "calendar.toml").write_text('day_link = "och"', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"calendar\.toml of language xy: no key 'day_link', use .*day_links"):
        load(str(tmp_path / "xy")).read("calendar.toml", CalendarWords)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('wte = "rain"', "weather.toml of language xy: no key 'wte', use wet, winds, scale, colours, station"),
        ("wet = 3", "weather.toml of language xy: wet must be of type list of words"),
        ("wet = [3]", "weather.toml of language xy: wet must be of type list of words"),
        ('scale = "calm"', "weather.toml of language xy: scale must be of type table"),
        ('[scale]\ncalm = "0"', "weather.toml of language xy: scale.calm must be of type int"),
        ("station = 1", "weather.toml of language xy: station must be of type str"),
        ("wet = ", "weather.toml of language xy: Invalid value"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    """The message names the file, the language and what is wrong with it."""
    with pytest.raises(SettingsError) as raised:
        write(tmp_path / "xy", text).read("weather.toml", Weather)
    assert str(raised.value).startswith(told)
    assert "\n" not in str(raised.value)


def copy_english(folder: Path, **changed: Mapping[str, object] | None) -> Language:
    """Return English without a base, some of its files in other words, or left out."""
    folder.mkdir()
    for file in Path(str(ENGLISH.folder)).iterdir():
        if file.stem not in changed:
            (folder / file.name).symlink_to(file)
    for name, table in changed.items():
        if table is not None:
            order = sorted(table.items(), key=lambda item: isinstance(item[1], dict))
            lines = [
                "\n".join([f"[{key}]", *(f"{json.dumps(word)} = {json.dumps(each)}" for word, each in value.items())])
                if isinstance(value, dict)
                else f"{key} = {json.dumps(value)}"
                for key, value in order
            ]
            (folder / f"{name}.toml").write_text("\n".join(lines), encoding="utf-8")
    return load(str(folder))


def read_english(name: str) -> dict[str, object]:
    return dict(language._parse(ENGLISH, f"{name}.toml"))


TOLD = """The storm killed 12 people in Tarn on Monday morning, at 9 in the morning, and twice as many in early
June 2021. French buyers paid $3 million for 400 bpd on Christmas Eve at noon; a 62-year-old, 18 months old, died
at 64."""
FILES = sorted(
    file.stem for file in Path(str(ENGLISH.folder)).iterdir() if file.suffix in (".toml", ".txt", ".tsv", ".npz")
)
TABLES = [("names", "regions"), ("times", "parts"), ("times", "edges"), ("units", "units"), ("units", "times")]


def find_facts(tongue: Language) -> int:
    sentences = [Sentence(0, 0, len(TOLD), TOLD)]
    return sum(len(finder.find(Article(TOLD), sentences)[0]) for finder in build_finders(tongue))


@pytest.mark.parametrize("name", FILES)
def test_a_pack_may_lack_any_file(tmp_path: Path, name: str) -> None:
    """What needs it finds nothing."""
    assert find_facts(copy_english(tmp_path / "xy", **{name: None})) <= find_facts(ENGLISH)


@pytest.mark.parametrize(("name", "key"), [*TABLES, ("quantities", "time"), ("quantities", "twice")])
def test_a_pack_may_lack_any_table(tmp_path: Path, name: str, key: str) -> None:
    """A rule of it never fires; units that only rates name are told below."""
    words = {each: value for each, value in read_english(name).items() if each not in (key, "rates")}
    assert find_facts(copy_english(tmp_path / "xy", **{name: words})) <= find_facts(ENGLISH)


@pytest.mark.parametrize(
    ("name", "key", "entry", "told"),
    [
        (
            "times",
            "lists",
            {},
            "times.toml of language xy: pattern '<@at alone={feast} >@function_words|.': no slot or list",
        ),
        ("times", "rules", {"moon": []}, "times.toml of language xy: no rule is named 'moon'"),
        (
            "quantities",
            "ages",
            {"said": ["@moon"]},
            "quantities.toml of language xy: pattern '@moon': no slot or list 'moon': w",
        ),
        (
            "status",
            "denials",
            {"denied": ["{moon}"]},
            "status.toml of language xy: pattern '{moon}': no slot or list 'moon'",
        ),
        (
            "units",
            "units",
            {"mile": ["far", "1"]},
            "units.toml: units of language xy: 'mile' must have one of count, share,",
        ),
        (
            "units",
            "units",
            {"mile": ["length"]},
            "units.toml: units of language xy: 'mile' must have one of count, share,",
        ),
        ("units", "rates", {"bpd": ["keg", "day"]}, "units.toml: rates of language xy: 'bpd' must have unit, per"),
        (
            "times",
            "parts",
            {"dawn": "early"},
            "times.toml: parts of language xy: 'dawn' must have numbers like 720 1079",
        ),
        (
            "times",
            "edges",
            {"early": "soon"},
            "times.toml: edges of language xy: 'early' must have one of early, mid, late,",
        ),
        (
            "calendar",
            "feasts",
            {"moon day": "2 30"},
            "calendar.toml: feasts of language xy: 'moon day' must have numbers like 12 31",
        ),
    ],
)
def test_a_wrong_word_of_a_pack_is_told_in_one_line(
    tmp_path: Path, name: str, key: str, entry: dict[str, object], told: str
) -> None:
    """The message names file, language, entry and what it must be."""
    with pytest.raises(SettingsError) as raised:
        find_facts(copy_english(tmp_path / "xy", **{name: {**read_english(name), key: entry}}))
    assert str(raised.value).startswith(told)
    assert "\n" not in str(raised.value)


def test_a_language_is_laid_over_its_base(tmp_path: Path) -> None:
    """Files and keys that it has not are those of the base, tables are laid over each other, lists are its own."""
    below = write(tmp_path / "xy", 'wet = "rain"\nwinds = ["gale"]\n[scale]\ncalm = 0\ngale = 8\n')
    (tmp_path / "xy" / "irregular.txt").write_text("went go", encoding="utf-8")
    (tmp_path / "zz").mkdir()
    (tmp_path / "zz" / "language.toml").write_text(f"base = {str(tmp_path / 'xy')!r}", encoding="utf-8")
    above = write(tmp_path / "zz", 'wet = "hail"\n[scale]\ngale = 9\n')
    found = Weather(frozenset({"hail"}), ("gale",), {"calm": 0, "gale": 9}, {})
    assert above.read("weather.toml", Weather) == found
    assert above.read_rows("irregular.txt") == (("went", "go"),)
    assert str(above).endswith(f" on {below}")


def test_no_language_is_its_own_base(tmp_path: Path) -> None:
    """Directly or not."""
    for name, base in (("a", "b"), ("b", "a"), ("c", "c")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "language.toml").write_text(f"base = {str(tmp_path / base)!r}", encoding="utf-8")
    for name in "abc":
        with pytest.raises(SettingsError, match="own base"):
            load(str(tmp_path / name)).read("weather.toml", Weather)


def test_a_language_is_one_value_of_a_process() -> None:
    """Loaded again, copied or sent to another process it is the same one, so that what was read is kept."""
    assert load("en") is ENGLISH
    assert pickle.loads(pickle.dumps(ENGLISH)) is ENGLISH  # noqa: S301  our own bytes
    assert copy.deepcopy(ENGLISH) is ENGLISH
    assert ENGLISH.read("weather.toml", Weather) is ENGLISH.read("weather.toml", Weather)


def test_a_pack_is_found_by_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package names itself in the group ``consistency.languages``."""
    package = tmp_path / "kelmish"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "language.toml").write_text('title = "Kelmish"', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    point = importlib.metadata.EntryPoint("kelm", "kelmish", "consistency.languages")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda *, group: (point,) * (group == GROUP))
    found = load("kelm")
    assert (found.name, found.title) == ("kelm", "Kelmish")


@pytest.mark.parametrize("name", ["", "xx", "..", "en/..", "/nonexistent/en"])
def test_an_unknown_language_is_told(name: str) -> None:
    """Nothing outside the shipped folder is a language by a mere name."""
    with pytest.raises(SettingsError, match="no language"):
        load(name)


def test_the_signature_names_the_language_and_its_files(tmp_path: Path) -> None:
    """Other words are another signature; a remark on them is not, and the path is not told."""
    one, other = (write(tmp_path / name / "xy", text) for name, text in (("a", 'wet = "rain"'), ("b", 'wet = "hail"')))
    told = [Comparer(language=each).signature for each in (one, other)]
    assert told[0] != told[1]
    assert all(" xy " in each and str(tmp_path) not in each for each in told)
    assert f" {ENGLISH} " in Comparer().signature + " "
    (one.find("README.md")).write_text("rain", encoding="utf-8")  # type: ignore[attr-defined]
    assert str(one) == f"{one.name} {language._hash_files.__wrapped__(one)}"


SPANISH = str(Path(__file__).with_name("languages") / "es")


@pytest.mark.parametrize(
    ("left", "right", "changes"),
    [
        ("Tres barcos se hundieron.", "Siete barcos se hundieron.", ["quantity conflict: Tres -> Siete"]),
        ("Costó tres millones de euros.", "Costó 3 millones de euros.", []),
        ("Costó 3 millones de euros.", "Costó 4 millones de euros.", ["quantity conflict: 3 millones -> 4 millones"]),
        ("Murieron el 5 de marzo de 2023.", "Murieron el 5 de marzo.", []),
        ("Murieron ayer.", "Murieron el 4 de marzo.", []),
        ("Tres barcos se hundieron ayer.", "Tres barcos se hundieron el 3 de marzo.", None),
        ("El camino de Tarn a Kelm tiene 30 km.", "El camino de Tarn a Kelm tiene más de 40 kilómetros.", None),
    ],
)
def test_a_pack_of_a_few_lines_reads_numbers_and_dates(left: str, right: str, changes: list[str] | None) -> None:
    """Of another language, without a line of code."""
    sides = (Article(text, published="2023-03-05") for text in (left, right))
    found = [str(change) for _, change in Comparer(language=SPANISH).compare(*sides).changes]
    assert found == changes if changes is not None else found


@pytest.mark.parametrize(
    ("left", "right", "changes"),
    [
        (
            "Los precios subieron el lunes.",
            "Los precios bajaron el lunes.",
            ["detail elaboration: subieron -> bajaron"],
        ),
        ("El equipo ganó.", "El equipo perdió.", ["detail elaboration: ganó -> perdió"]),
        (
            "La alcaldesa visitó Kelm.",
            "La alcaldesa nunca visitó Kelm.",
            ["polarity elaboration: visitó -> nunca visitó"],
        ),
        ("El muelle ardió.", "El muelle ardió hasta el fondo.", []),  # one word of substance, and words of grammar
        ("El muelle ardió.", "El muelle ardió con redes viejas.", ["detail elaboration: (nothing) -> redes viejas"]),
    ],
)
def test_a_pack_tells_what_is_said_in_other_words(left: str, right: str, changes: list[str]) -> None:
    """Opposites, denials and words of grammar are those of the language."""
    found = Comparer(language=SPANISH).compare(Article(left), Article(right))
    assert [str(change) for _, change in found.changes] == changes


def test_words_of_another_language_are_its_own() -> None:
    """Without frequencies its words of grammar are common, and all others rare; English stays as it is."""
    spanish = load(SPANISH)
    assert [lexicon.rarity(stem(word, spanish), spanish) for word in ("hasta", "muelle", "the")] == [0.0, 1.0, 1.0]
    assert lexicon.rarity(stem("the")) < lexicon.CONTENT
    ganar, perder = (stem(word, spanish) for word in ("gano", "perdio"))
    assert lexicon.are_opposites(ganar, perder, spanish)
    assert not lexicon.are_opposites(ganar, perder)
    assert lexicon.relatives("buy", spanish) == {}


def test_what_is_counted_has_the_stem_of_its_language() -> None:
    """English would leave an "a" at the end of it."""
    spanish, text = load(SPANISH), "Cayeron 12 casas."
    ((fact,),) = quantity.find(Article(text), [Sentence(0, 0, len(text), text)], spanish)
    assert fact.value == quantity.Quantity(12, 12, noun=stem("casas", spanish))
    assert stem("casas", spanish) != stem("casas")


def test_a_pack_goes_to_another_process() -> None:
    """A comparer of a pack is equal there, and so is its signature."""
    comparer = Comparer(language=SPANISH)
    again = pickle.loads(pickle.dumps(comparer))  # noqa: S301  our own bytes
    assert again == comparer
    assert again.signature == comparer.signature
    assert "finders" not in comparer.signature


SAID = "He said that the mayor has not paid. It was signed at noon."  # as good as noise to a reader of Spanish
PAID = Fact(Kind.POLARITY, 27, 35, "not paid", status.Status(status.Phase.DONE, "paid", negated=True))


@pytest.mark.parametrize("tongue", [ENGLISH, load(SPANISH)], ids=str)
def test_words_of_english_are_none_of_another_language(tongue: Language) -> None:
    """What a pack has no words for is not told by those of English: speakers, states, clauses, what a word means."""
    sentence, is_english = Sentence(0, 0, len(SAID), SAID), tongue is ENGLISH
    comparer = Comparer(language=tongue)
    story = Story.tell(Article(SAID), [sentence], comparer.finders, comparer.parser([sentence]), tongue)
    side = Side(story, (sentence,))
    assert speech.says_by_pronoun(side.tokens, tongue) is is_english
    assert status.is_lasting(PAID, side.tokens, tongue) is is_english
    assert any(outline.clauses for outline in side.outlines) is is_english
    assert bool(lexicon.embed([{"storm": 1}], tongue).any()) is is_english
    case = Case.open(Bead((sentence,), (sentence,)), story, story)
    assert bool(measure_statements(case)["meaning"]) is is_english


def test_a_parser_of_ones_own_reads_no_clauses_of_another_language() -> None:
    """It may help to link sentences; who did what is read by words of English."""
    sentence, spanish = Sentence(0, 0, len(SAID), SAID), load(SPANISH)
    story = Story.tell(Article(SAID), [sentence], (), clauses.parse([sentence]), spanish)
    assert Side(story, (sentence,)).outlines == ()


def test_the_aligner_reads_words_of_the_language() -> None:
    """Their stems and their rarity."""
    sentence, spanish = Sentence(0, 0, 19, "Las casas cayeron."), load(SPANISH)
    words = Texts.read([sentence], [sentence], language=spanish).left[0]
    assert words.tokens == tokenize(sentence.text, 0, spanish)
    assert words.content.stems == tuple(stem(word, spanish) for word in ("casas", "cayeron"))


READS = """
import sys
import consistency.report
from consistency import Article, Comparer, build_report, group_articles
from consistency.language import ENGLISH, Language

told = []
for name in ("read", "read_text", "read_rows", "find"):
    def note(self, file, *rest, known=getattr(Language, name)):
        told.extend([file] * (self is ENGLISH))
        return known(self, file, *rest)
    setattr(Language, name, note)
left = Article("Ana Silva dijo que tres barcos se hundieron el 5 de marzo. El alcalde no firmó. Subió la luz.")
right = Article("La alcaldesa dijo que siete barcos se hundieron el 6 de marzo. El alcalde firmó. Bajó la luz.")
found = Comparer(language=sys.argv[1]).compare(left, right)
assert found.updated, found
build_report(found, "plain")
group_articles([left, right], language=sys.argv[1])
print(*sorted(set(told)))
"""


def test_a_pack_reads_no_file_of_english() -> None:
    """From sentences to report: what it has no words for, it is silent on."""
    told = subprocess.run([sys.executable, "-c", READS, SPANISH], check=True, capture_output=True, text=True)
    assert told.stdout.split() == []


def test_a_text_of_the_pack_is_not_foreign_to_it() -> None:
    """The note is that of the comparison, which knows what it reads."""
    sides = [Article(f"El puente de Kelm está cerrado y las escuelas no abren hasta el {day}.") for day in (5, 6)]
    assert "looks Spanish" in build_report(Comparer().compare(*sides), "plain")
    assert "looks Spanish" not in build_report(Comparer(language=SPANISH).compare(*sides), "plain")


def tell_signals(tongue: Language) -> dict[str, float]:
    """Return the signals of two statements that share "the" and "storm", and have "buy" against "purchase"."""
    texts = "The storm. They buy 12 boats.", "The storm. They purchase 15 boats."
    stories = [
        Story.tell(Article(text), [Sentence(0, 0, len(text), text)], build_finders(tongue), (), tongue)
        for text in texts
    ]
    case = Case.open(Bead(stories[0].sentences, stories[1].sentences), *stories)
    (rival,) = find_rivals(case)
    return {**measure_statements(case), **rival.signals}


def test_how_rare_and_how_related_words_are_is_told_by_the_pack(tmp_path: Path) -> None:
    """All words of a pack without grammar weigh the same, and none is related; one with such lists uses them."""
    (tmp_path / "language.toml").write_text('title = "Plain"', encoding="utf-8")
    rich = tmp_path / "rich"
    rich.mkdir()
    (rich / "language.toml").write_text(f"base = {str(tmp_path)!r}", encoding="utf-8")
    (rich / "grammar.toml").write_text('articles = "the"', encoding="utf-8")
    (rich / "related.txt").write_text("buy purchase 100", encoding="utf-8")
    plain, known = tell_signals(load(str(tmp_path))), tell_signals(load(str(rich)))
    assert plain["covered"] == pytest.approx(4 / 6)  # the, storm, they, boats; and not "buy" and the number
    assert known["covered"] == pytest.approx(3 / 5)
    assert plain["around"] < known["around"] == 1
