"""Laws of quantities: number words round-trip, comparing is symmetric, and what is no quantity is left alone."""

from __future__ import annotations

import math
import pathlib
import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts import quantity, time
from consistency.facts.intervals import allow
from consistency.facts.line import Line
from consistency.facts.quantity import Dimension, Quantity
from consistency.facts.quantity.ages import read_ages
from consistency.language import ENGLISH, load
from consistency.model import Agreement, Article, Fact, Kind, Sentence, Span
from counting import count_calls

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SAME, FINER, DIFFERENT = Agreement.SAME, Agreement.FINER, Agreement.DIFFERENT


def spell(number: int) -> str:
    """Return a number below a thousand million in words."""
    for scale, word in ((1_000_000, "million"), (1000, "thousand")):
        if number >= scale:
            rest = number % scale
            joint = " and " if 0 < rest < 100 else " "
            return f"{spell(number // scale)} {word}" + (joint + spell(rest) if rest else "")
    if number >= 100:
        return f"{ONES[number // 100]} hundred" + (f" and {spell(number % 100)}" if number % 100 else "")
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


def find(text: str) -> tuple[Fact, ...]:
    return quantity.find(Article(text), [Sentence(0, 0, len(text), text)])[0]


def the(text: str) -> Fact:
    """Return the only quantity of a text."""
    (fact,) = find(text)
    return fact


# Each line: a sentence, the words of its quantities and what they mean.
MUST_FIRE = (
    ("Crews freed 12 goats.", "12", "12 goats"),
    ("Crews freed twelve goats.", "twelve", "12 goats"),
    ("It was minus 5 degrees at night.", "minus 5", "-5 degrees"),
    ("It was -6 degrees at night.", "-6", "-6 degrees"),
    ("The index fell to minus five.", "minus five", "-5"),
    ("They saw plus or minus 5 goats.", "5", "5 goats"),
    ("Reached: -5 goats.", "5", "5 goats"),  # a hyphen that sets off an item
    ("From 1900 to 2500 homes fell.", "1900 to 2500", "1,900-2,500 homes"),
    ("Some 1500-3000 goats came.", "Some 1500-3000", "1,500-3,000 goats"),
    ("There were 8 in the evening crowd.", "8", "8"),
    ("The path is 2½ miles long.", "2½ miles", "4.02 km"),
    ("It lent $2½ million.", "$2½ million", "2.5 million USD"),
    ("He paid 5 dollars Canadian.", "5 dollars Canadian", "5 CAD"),
    ("The lamp cost 3\u202f000 euros.", "3\u202f000 euros", "3,000 EUR"),
    ("They fed 12 big old red tame goats.", "12", "12 goats"),
    ("They fed 12 big old red tame wild goats.", "12", "12"),
    ("It weighed in at 5 pounds.", "5 pounds", "2.27 kg"),
    ("It weighed in there at 5 pounds.", "5 pounds", "5 GBP"),
    ("It cost 5 thousand won.", "5 thousand won", "5,000 KRW"),
    ("The 5 hundred won.", "5 hundred", "500"),
    ("It ended in a 30-30 draw.", "30-30", "30-30"),
    ("They won 999-120 there.", "999-120", "999-120"),
    ("Ada Brun (34) left.", "34", "34 years old"),
    ("Ada Brun (10) left.", "10", "10 years old"),
    ("Tarn lost to Orlo in the mud over there 2-3.", "2-3", "3-2"),
    ("Tarn lost to Orlo in the wet mud over there 2-3.", "2-3", "2-3"),
    ("Prices rose 12.5% points.", "12.5% points", "12.5 percentage points"),
    ("The wall is 6 feet 2 inches high.", "6 feet 2 inches", "1.88 m"),
    ("They won by two hundred and others lost.", "two hundred", "200"),
    ("They sold 1,400 lamps.", "1,400", "1,400 lamps"),
    ("They sold 1400 lamps.", "1400", "1,400 lamps"),
    ("They sold one thousand four hundred lamps.", "one thousand four hundred", "1,400 lamps"),
    ("She counted twenty-one swans.", "twenty-one", "21 swans"),
    ("She counted twenty‑one swans.", "twenty‑one", "21 swans"),
    ("It has two hundred and five rooms.", "two hundred and five", "205 rooms"),
    ("It has a hundred rooms.", "a hundred", "100 rooms"),
    ("It has a hundred and ten rooms.", "a hundred and ten", "110 rooms"),
    ("Half a million birds left.", "Half a million", "500,000 birds"),
    ("A quarter of a million birds left.", "A quarter of a million", "250,000 birds"),
    ("Two and a half million birds left.", "Two and a half million", "2.5 million birds"),
    ("A dozen eggs broke.", "A dozen", "12 eggs"),
    ("Half a dozen eggs broke.", "Half a dozen", "6 eggs"),
    ("Three dozen eggs broke.", "Three dozen", "36 eggs"),
    ("Several dozen eggs broke.", "Several dozen", "24-108 eggs"),
    ("Dozens of eggs broke.", "Dozens", "24-200 eggs"),
    ("Hundreds of thousands of fans came.", "Hundreds of thousands", "200,000-2 million fans"),
    ("A few hundred fans came.", "A few hundred", "200-900 fans"),
    ("A couple of fans came.", "A couple", "2 fans"),
    ("Several fans came.", "Several", "2-9 fans"),
    ("One in three wells is dry.", "One in three", "33.33 %"),
    ("Nine out of ten wells are dry.", "Nine out of ten", "90 %"),
    ("Two-thirds of the wells are dry.", "Two-thirds", "66.67 %"),
    ("A quarter of the wells are dry.", "A quarter", "25 %"),
    ("Half of the wells are dry.", "Half", "50 %"),
    ("Some 3/4 of the wells are dry.", "Some 3/4", "≈ 75 %"),
    ("Output fell 3.5%.", "3.5%", "3.5 %"),
    ("Output fell 3.5 per cent.", "3.5 per cent", "3.5 %"),
    ("Output fell five percent.", "five percent", "5 %"),
    ("Output fell by 2 percentage points.", "2 percentage points", "2 percentage points"),
    ("Some 10-15 vans stopped.", "Some 10-15", "10-15 vans"),
    ("Vans took between 10 and 15 crates.", "between 10 and 15", "10-15 crates"),
    ("Each takes from 5 to 8 crates.", "5 to 8", "5-8 crates"),
    ("Each takes five or six crates.", "five or six", "5-6 crates"),
    ("It is worth $1.2bn.", "$1.2bn", "1.2 billion USD"),
    ("It is worth $1.2 billion.", "$1.2 billion", "1.2 billion USD"),
    ("It is worth 1.2 billion dollars.", "1.2 billion dollars", "1.2 billion USD"),
    ("It is worth US$1.2bn.", "US$1.2bn", "1.2 billion USD"),
    ("It is worth £900m.", "£900m", "900 million GBP"),
    ("It is worth 300 euros.", "300 euros", "300 EUR"),
    ("It is worth ¥5,000.", "¥5,000", "5,000 JPY"),
    ("It is worth Rs 500.", "Rs 500", "500 INR"),
    ("It is worth 20,000 rupees.", "20,000 rupees", "20,000 INR"),
    ("It is worth 50 Australian dollars.", "50 Australian dollars", "50 AUD"),
    ("It is worth A$50.", "A$50", "50 AUD"),
    ("It is worth 80 pence.", "80 pence", "0.8 GBP"),
    ("It is worth thousands of pounds.", "thousands of pounds", "2,000-20,000 GBP"),
    ("Tickets are $10-$15.", "$10-$15", "10-15 USD"),
    ("The bid is $5-10 million.", "$5-10 million", "5 million-10 million USD"),
    ("At least two clerks quit.", "At least two", "≥ 2 clerks"),
    ("More than 40 clerks quit.", "More than 40", "≥ 40 clerks"),
    ("Over 40 clerks quit.", "Over 40", "≥ 40 clerks"),
    ("Up to twenty clerks quit.", "Up to twenty", "≤ 20 clerks"),
    ("Fewer than 40 clerks quit.", "Fewer than 40", "≤ 40 clerks"),
    ("Nearly 50% of it is gone.", "Nearly 50%", "≲ 50 %"),
    ("Just over 50% of it is gone.", "Just over 50%", "≳ 50 %"),
    ("Some 200 clerks quit.", "Some 200", "≈ 200 clerks"),
    ("Roughly 200 clerks quit.", "Roughly 200", "≈ 200 clerks"),
    ("It drew 50+ clerks.", "50+", "≥ 50 clerks"),
    ("It drew 50 or so clerks.", "50 or so", "≈ 50 clerks"),
    ("It is the 30th fair.", "30th", "30th fair"),
    ("It is her third fair.", "third", "3rd fair"),
    ("It is the twenty-first fair.", "twenty-first", "21st fair"),
    ("It is the second-largest port.", "second-largest", "2nd largest"),
    ("A 19-year-old sang.", "19-year-old", "19 years old"),
    ("Aged 19, he sang.", "Aged 19", "19 years old"),
    ("Mara Veld, 34, sang.", "34", "34 years old"),
    ("The singer, 34, who lives here, left.", "34", "34 years old"),
    ("Orlin won 3-1.", "3-1", "3-1"),
    ("By a vote of 52 to 48 it passed.", "52 to 48", "52-48"),
    ("It weighs 7kg.", "7kg", "7 kg"),
    ("It weighs 7 kilos.", "7 kilos", "7 kg"),
    ("It is 10 miles off.", "10 miles", "16.09 km"),
    ("It is 6ft 2in tall.", "6ft 2in", "1.88 m"),
    ("It went at 80 km/h.", "80 km/h", "80 km/h"),
    ("It went at 50 miles per hour.", "50 miles per hour", "80.47 km/h"),
    ("It is 77F here.", "77F", "25 °C"),
    ("It is minus 5 degrees Celsius here.", "minus 5 degrees Celsius", "-5 °C"),
    ("It is 25°C here.", "25°C", "25 °C"),
    ("She rang twice.", "twice", "2 times"),
    ("She rang three times.", "three", "3 times"),
    ("A 12-member panel met.", "12", "12 member"),
    ("Two of the clerks quit.", "Two", "2 clerks"),
    ("Three Orlin tax clerks quit.", "Three", "3 clerks"),
    ("About 5m people saw it.", "About 5m", "≈ 5 million people"),
    ("A number of clerks quit.", "A number", "2-9 clerks"),
    ("It drew as many as 1900 keen clerks.", "as many as 1900", "≤ 1,900 clerks"),
    ("It drew 2000 people.", "2000", "2,000 people"),
    ("Sales rose in 2014 to 28 million.", "28 million", "28 million"),
    ("It bought bonds on May 5 and 49 mln dlrs of bills.", "49 mln dlrs", "49 million USD"),
    ("Oil fell .85 cents.", ".85 cents", "0.0085 USD"),
    ("She ran 5 1/2 miles.", "5 1/2 miles", "8.85 km"),
    ("Sales top 200 million dollars.", "200 million dollars", "200 million USD"),
    ("Some 30 US soldiers left.", "Some 30", "≈ 30 soldiers"),
    ("At least one clerk quit.", "At least one", "≥ 1 clerk"),
    ("Output fell zero point five percent.", "zero point five percent", "0.5 %"),
    ("A dozen and a half eggs broke.", "A dozen and a half", "18 eggs"),
    ("It rose 3-½ percent.", "3-½ percent", "3.5 %"),
    ("It rose 5-1/2 pct.", "5-1/2 pct", "5.5 %"),
    ("Notes fell to 97-11/32.", "97-11/32", "97.34"),
    ("It is worth 1.2 mln dlrs.", "1.2 mln dlrs", "1.2 million USD"),
    ("It is worth 30 bln dollars Canadian.", "30 bln dollars Canadian", "30 billion CAD"),
    ("It costs 72 to 77 cents.", "72 to 77 cents", "0.72-0.77 USD"),
    ("The bid is $2 to $3 million.", "$2 to $3 million", "2 million-3 million USD"),
    ("The lake fell to 3 to 4 metres.", "3 to 4 metres", "3-4 m"),
    ("The lake rose by 3 to 4 metres.", "3 to 4 metres", "3-4 m"),
    ("It holds 65% to 70% of the town.", "65% to 70%", "65-70 %"),
    ("It pumps 400 barrels of oil a day.", "400 barrels", "63,594.92 l a day"),
    ("Oil is at $80.15 a barrel.", "$80.15", "80.15 USD a barrel"),
    ("It pumps 400 bpd.", "400 bpd", "63,594.92 l a day"),
    ("It pumps 400 barrels/day from Tarn.", "400 barrels", "63,594.92 l a day"),
    ("It moves 30 litres per second.", "30 litres", "30 l a second"),
    ("It turns out 600 masts an hour.", "600", "600 masts an hour"),
    ("It pays $15 an hour.", "$15", "15 USD an hour"),
    ("The ferry runs once a day.", "once", "1 times a day"),
    ("It sells 40 masts daily.", "40", "40 masts a day"),
    ("He died at 64 in Tarn.", "64", "64 years old"),
    ("He was found in his mid-40s.", "mid-40s", "44-46 years old"),
    ("Tarn is free for children younger than 12.", "younger than 12", "≤ 12 years old"),
    ("It used 3 gigawatt hours.", "3 gigawatt hours", "3 million kWh"),
    ("He is aged 124.", "aged 124", "124 years old"),
    ("He is aged 125.", "125", "125"),
    ("It pumps 400 barrels of good new crude oil a day.", "400 barrels", "63,594.92 l a day"),
    ("It pumps 400 barrels of very good new crude oil a day.", "400 barrels", "63,594.92 l"),
    ("It won us all a cup of joy to drink, 31-12.", "31-12", "31-12"),
    ("It won in a long, hard game 1-3.", "1-3", "3-1"),
    ("It won us a cup, and then it was in a range of 1-3.", "1-3", "1-3"),
)

MUST_NOT_FIRE = (
    "COVID-19 spread.",
    "It opened on September 14.",
    "It opened on 14 Sept. 2014.",
    "It opened on September the 14th.",
    "It opened at 7 in the morning.",
    "The other half stayed.",
    "Call +49 30 123 456 now.",
    "The aide (9) left.",
    "They won 1000-120 there.",
    "It opened on 2022-09-14 and shut on 14/09/2022.",
    "The fair runs on September 15-16.",
    "It runs on 15, 16 and 17 September.",
    "It began at 9 a.m. and ended at 14:30.",
    "It ran between 9 and 11 a.m. there.",
    "Doors open at six o'clock.",
    "The war of 2014 went on until 2016.",
    "He led the town from 2000 to 2006.",
    "The 2015-16 season was wet.",
    "It took two years.",
    "A three-day fair began.",
    "It lasted four long hours.",
    "Call 555-1234 or +44 20 7946 0958.",
    "Call 1800-2500 now; in 1950-2000 homes were built.",
    "An F-16 flew by.",
    "She lost her iPhone 6 there.",
    "A Boeing 737-800 and an Airbus A320 left.",
    "The G20 met.",
    "It breaks Article 5 of the treaty.",
    "A cat sits at No. 10 now.",
    "No one came.",
    "They saw one another.",
    "It was one of the best.",
    "This one is red.",
    "One should mind one's manners.",
    "Wait a second.",
    "A second later it rained.",
    "1. Wash the lamp.",
    "It is the 21st century.",
    "At first it rained.",
    "First of all it rained.",
    "The second half of the match was dull.",
    "Many people came.",
    "5G came here.",
    "A shop open 24/7 shut.",
    "See page 4 in Room 12 of Chapter 11.",
    "An 18k ring was sold.",
    "They came for the first time.",
    "At one point it rained.",
    "The 1990s were dry.",
    "World War Two ended.",
    "The 9th Circuit ruled.",
    "The Group of Seven met.",
    "She owns a third-party app.",
    "Put it on the agenda in May and March.",
    "See 3.10-3.13.1 or 12.10-14.10.2005.",
    "It ran three-quarters of an hour, or half an hour, or a quarter of a century.",
    "She lost an iPhone 5C there.",
    "It rose once.",
    "Velda reported 2022 sales.",
    "It cut 1988 crops, and made 1987 or 1988 profits.",
    "It fell on March four.",
    "It spoke at 2100 EST.",
    "They slept one morning.",
)

# Each line: two texts and how their quantities compare; both orders are tried.
COMPARED = (
    ("12 goats", "twelve goats", SAME),
    ("1,400 goats", "1400 goats", SAME),
    ("50%", "50 per cent", SAME),
    ("half of it", "50%", SAME),
    ("three percentage points", "three percent", DIFFERENT),
    ("three percentage points", "four percent", None),
    ("two-thirds of it", "67%", SAME),
    ("one in four", "a quarter of it", SAME),
    ("$5m", "5 million dollars", SAME),
    ("US$1.2bn", "$1.2 billion", SAME),
    ("$1.2bn", "$1.23 billion", SAME),
    ("7kg", "7 kilos", SAME),
    ("5 miles", "8 km", SAME),
    ("77F", "25C", SAME),
    ("between 10 and 15 goats", "10-15 goats", SAME),
    ("nearly 50%", "49%", SAME),
    ("about 3,200 goats", "3,214 goats", SAME),
    ("a dozen goats", "12 goats", SAME),
    ("a couple of goats", "two goats", SAME),
    ("more than 100 goats", "over 100 goats", SAME),
    ("a 19-year-old", "aged 19", SAME),
    ("12 people", "12 dead", SAME),
    ("two women", "two people", SAME),
    ("seven girls", "seven schoolgirls", SAME),
    ("47 rockets", "47 missiles", SAME),
    ("20 of them left", "20 goats", SAME),
    ("20 goats", "up to twenty goats", FINER),
    ("several goats", "five goats", FINER),
    ("several men", "at least two activists", FINER),
    ("more than 100 goats", "120 goats", FINER),
    ("at least two goats", "five goats", FINER),
    ("dozens of goats", "36 goats", FINER),
    ("10-15 goats", "12 goats", FINER),
    ("12 goats", "21 goats", DIFFERENT),
    ("180 people", "182 people", DIFFERENT),
    ("50%", "15%", DIFFERENT),
    ("50%", "52%", DIFFERENT),
    ("at least 10 goats", "at least 14 goats", DIFFERENT),
    ("more than 11 million goats", "more than 11.4 million goats", FINER),
    ("at least 120 goats", "at least 125 goats", DIFFERENT),
    ("more than 110,000 goats", "more than 114,000 goats", DIFFERENT),
    ("more than 11 miles", "more than 11.4 miles", FINER),
    ("more than 11 kilometres", "more than 11.4 kilometres", FINER),
    ("more than 11 kilometres", "more than 12 kilometres", DIFFERENT),
    ("more than 11 million goats", "more than 12 million goats", DIFFERENT),
    ("more than 10 million goats", "more than 11 million goats", DIFFERENT),
    ("fewer than 11 million goats", "fewer than 11.4 million goats", DIFFERENT),
    ("at least 10 goats", "9 goats", DIFFERENT),
    ("about 50 goats", "about 55 goats", DIFFERENT),
    ("nearly 50%", "more than 50%", DIFFERENT),
    ("more than 100 goats", "fewer than 100 goats", DIFFERENT),
    ("10-15 goats", "10-20 goats", DIFFERENT),
    ("dozens of goats", "hundreds of goats", DIFFERENT),
    ("several goats", "dozens of goats", DIFFERENT),
    ("$5m", "£5m", DIFFERENT),
    ("$5m", "$5bn", DIFFERENT),
    ("a 19-year-old", "a 91-year-old", DIFFERENT),
    ("her second term", "her third term", DIFFERENT),
    ("Orlin won 3-1", "Orlin won 3-2", DIFFERENT),
    ("twice", "three times", DIFFERENT),
    ("two activists", "five cars", None),
    ("two men", "three women", None),
    ("12 dead", "30 injured", None),
    ("12 people were killed", "30 people were wounded", None),
    ("several goats", "a number of goats", SAME),
    ("12 goats", "12%", None),
    ("12 goats", "the 12th goat", None),
    ("$5m", "£9m", None),
    ("a 19-year-old", "19 goats", None),
    ("died at 64", "died at the age of 64", SAME),
    ("in his 40s", "aged 44", FINER),
    ("in his 40s", "in his 60s", DIFFERENT),
    ("in his 40s", "in his early 40s", FINER),
    ("children under 12", "children under the age of 12", SAME),
    ("400 barrels a day", "400 barrels of oil a week", DIFFERENT),
    ("ten masts a day", "70 masts a week", SAME),
    ("ten masts a day", "ten masts", SAME),
    ("twice a day", "twice a week", DIFFERENT),
    ("$35 a share", "$40 a common share", DIFFERENT),
    ("$35 a share", "35 dlrs per share", SAME),
    ("$35 a share", "$35", SAME),
    ("$35 a share", "$12 million", None),
    ("$35 a share", "$40 a barrel", None),
    ("400 barrels a day", "400 bpd", SAME),
    ("a 9-foot deep hole", "a 25-foot-wide hole", None),
    ("a 9-foot deep hole", "a hole 12 feet deep", DIFFERENT),
    ("a 9-foot deep hole", "a 9-foot hole", SAME),
    ("$1.2bn", "$1.24bn", DIFFERENT),
    ("half of it", "50.4%", SAME),
    ("half of it", "50.6%", DIFFERENT),
    ("1.2 million goats", "1.22 million goats", SAME),
    ("900,000 goats", "910,000 goats", DIFFERENT),
    ("120,000 goats", "123,000 goats", DIFFERENT),
    ("13 goats", "13 cars", SAME),
    ("12 goats", "12 cars", None),
    ("about 3 km", "3.25 km", SAME),
    ("about 3 km", "3.35 km", DIFFERENT),
    ("100 km", "98.5 km", SAME),
    ("100 km", "97.5 km", DIFFERENT),
    ("5 miles", "8.4 km", SAME),
    ("5 miles", "8.6 km", DIFFERENT),
    ("about 50 miles", "54 miles", SAME),
    ("about 50 miles", "56 miles", DIFFERENT),
    ("$1.20bn", "$1.229bn", SAME),
    ("$1.20bn", "$1.26bn", DIFFERENT),
    ("more than 4.1 metres", "more than 14ft", SAME),
    ("more than 4.1 metres", "more than 15ft", DIFFERENT),
    ("4.1 metres", "4.3 metres", DIFFERENT),
)


@pytest.mark.parametrize(("text", "words", "value"), MUST_FIRE)
def test_finds(text: str, words: str, value: str) -> None:
    assert [(fact.text, str(fact.value)) for fact in find(text)] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("The flood killed up there last night 12 people.", "dead"),
        ("The flood killed up there late last night 12 people.", ""),
        ("The 12 people of the old Tarn mill died.", "dead"),
        ("The 12 people of the very old Tarn mill died.", ""),
    ],
)
def test_what_became_of_people_is_told_near_to_them(text: str, fate: str) -> None:
    """Five words before a number, seven behind it."""
    assert the(text).value.fate == fate


@pytest.mark.parametrize("text", MUST_NOT_FIRE)
def test_leaves_alone(text: str) -> None:
    assert [fact.text for fact in find(text)] == []


@pytest.mark.parametrize(("left", "right", "agreement"), COMPARED)
def test_compares(left: str, right: str, agreement: Agreement | None) -> None:
    one, other = the(left), the(right)
    assert quantity.compare(one, other) is agreement
    assert quantity.compare(other, one) is agreement


AGES = [
    (rule.name, fires, text)
    for rule in read_ages(ENGLISH).grammar.rules
    for fires in (True, False)
    for text in (rule.fires if fires else rule.quiet)
]


@pytest.mark.parametrize(("rule", "fires", "text"), AGES)
def test_rules_of_ages(rule: str, fires: bool, text: str) -> None:
    """Each rule fires on the texts that stand beside it, and is quiet on its others."""
    line, ages = Line(Sentence(0, 0, len(text), text)), read_ages(ENGLISH)
    names = {name for k in range(line.size) for name, _ in ages.grammar.read_all(line, k)}
    assert (rule in names) is fires


def test_several_in_order() -> None:
    found = find("Gunmen killed 12 people and wounded 30 others; 5 of 7 vans burned.")
    assert [(fact.text, str(fact.value), fact.value.fate) for fact in found] == [
        ("12", "12 people", "dead"),
        ("30", "30 others", "injured"),
        ("5", "5", ""),
        ("7", "7 vans", ""),
    ]


def test_change_is_two_quantities() -> None:
    assert [fact.text for fact in find("The rate rose from 5% to 8%.")] == ["5%", "8%"]


def test_fate_of_people() -> None:
    assert the("The death toll rose to 14.").value.fate == "dead"
    assert the("It left 12 people injured.").value.fate == "injured"
    assert the("Police detained 12 people.").value.fate == "arrested"


def test_dateline_is_left_out() -> None:
    text = "ORLIN, Unit 40 -- Rain hit 20 homes."
    sentence = Sentence(0, 0, len(text), text, dateline=Span(0, 18))
    assert [fact.text for fact in quantity.find(Article(text), [sentence])[0]] == ["20"]


def test_another_kind_is_no_answer() -> None:
    assert quantity.compare(Fact(Kind.QUANTITY, 0, 1, "x", "x"), the("12 goats")) is None


@given(st.integers(0, 999_999_999))
def test_number_words_round_trip(number: int) -> None:
    fact = the(f"more than {spell(number)} goats")
    assert fact.value.low == number
    assert fact.value.label == "goats"


@given(st.integers(2, 999_999_999_999))
def test_separators_do_not_matter(number: int) -> None:
    plain, grouped = the(f"about {number} goats"), the(f"about {number:,} goats")
    assert plain.value == grouped.value
    assert plain.value.low == number


bounds = st.none() | st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 2))
nouns = st.sampled_from(["", "goat", "peopl", "woman", "car"])


@st.composite
def quantities(draw: st.DrawFn) -> Fact:
    low, high = draw(bounds), draw(bounds)
    if low is None and high is None:
        low = 1.0
    if low is not None and high is not None:
        low, high = sorted((low, high))
    fate, approximate = draw(st.sampled_from(["", "dead", "injured"])), draw(st.booleans())
    dimension = draw(st.sampled_from([Dimension.COUNT, Dimension.SHARE, Dimension.MASS]))
    return Fact(
        Kind.QUANTITY, 0, 1, "x", Quantity(low, high, dimension, "", draw(nouns), fate, approximate=approximate)
    )


@given(quantities(), quantities())
def test_compare_is_symmetric(left: Fact, right: Fact) -> None:
    assert quantity.compare(left, right) is quantity.compare(right, left)


@given(quantities())
def test_compare_is_reflexive(fact: Fact) -> None:
    assert quantity.compare(fact, fact) is SAME


@given(quantities())
def test_interval_holds_its_bounds(fact: Fact) -> None:
    value = fact.value
    assert isinstance(value, Quantity)
    low, high = allow(value)
    assert low <= high
    assert all(low <= bound <= high for bound in (value.low, value.high) if bound is not None)
    assert hash(value) == hash(attrs.evolve(value, label="goats", unit="mile", grain=1609.344))


BARE = pathlib.Path(__file__).parent / "languages" / "bare"
FILES = ("numbers.toml", "units.toml", "nouns.toml", "quantities.toml")
WORDS = sorted({word for file in FILES for word in re.findall(r"[\w'$½.-]+", ENGLISH.read_text(file))})
PIECES = st.sampled_from(WORDS) | st.sampled_from(["12", "1.5", "3.10.1", "3-½", "97-11/32", "1,400", "$", "%", "-"])


@given(
    st.text(alphabet="a1 -,.$%:/ofandtwo'", max_size=80)
    | st.text(max_size=80)
    | st.lists(PIECES, max_size=20).map(" ".join)
)
def test_any_text_gives_ordered_spans(text: str) -> None:
    facts = find(text)
    places = [place for fact in facts for place in (fact.start, fact.end)]
    assert places == sorted(places)
    for fact in facts:
        assert fact.text == text[fact.start : fact.end] != ""
        assert not math.isnan(allow(fact.value)[0])
        assert str(fact.value)


@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_a_language_without_words(text: str) -> None:
    """Of a language that says nothing only digits are read: no word stands for the place beyond the last one."""
    bare = load(str(BARE))
    sentences = [Sentence(0, 0, len(text), text)]
    assert all(fact.text[0].isdecimal() for fact in quantity.find(Article(text), sentences, bare)[0])
    assert time.find(Article(text), sentences, bare) == ((),)


WORST = (
    "1 ",
    "1-",
    "one ",
    "hundred and ",
    "a ",
    "1,",
    "$",
    "1.",
    "half of a ",
    "twenty-",
    "1 to ",
    "up to ",
    "%1",
    "one in ",
)


@pytest.mark.parametrize("unit", WORST)
def test_work_is_linear(unit: str) -> None:
    """Four times the text takes at most about four times the work."""

    def work(size: int) -> int:
        text = (unit * size)[:size]
        return count_calls(lambda: find(text))

    assert work(4000) < 5 * work(1000)
