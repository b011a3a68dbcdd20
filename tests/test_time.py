"""Laws and examples of the time finder: what is found, how it is resolved, when two times agree."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts.line import Line
from consistency.facts.time import compare, find
from consistency.facts.time.reader import read_times
from consistency.facts.time.scene import Scene, read_calendar
from consistency.facts.time.values import Duration, Grain, Time
from consistency.language import ENGLISH
from consistency.model import Agreement, Article, Fact, Kind, Role, Sentence, Span
from counting import count_calls

PUBLISHED = "2022-09-05"  # a Monday


def find_in(text: str, published: str | datetime.date | None = PUBLISHED, role: Role = Role.BODY) -> tuple[Fact, ...]:
    (facts,) = find(Article(text, published=published), [Sentence(0, 0, len(text), text, role)])
    return facts


# One sentence with one time: its words and its normalised form.
FOUND = (
    ("The bridge opened on August 14.", "August 14", "2022-08-14"),
    ("The bridge opened on Aug. 14, 2019, at last.", "Aug. 14, 2019", "2019-08-14"),
    ("The bridge opened on 14 August.", "14 August", "2022-08-14"),
    ("The bridge opened on 14th August 2019.", "14th August 2019", "2019-08-14"),
    ("The bridge opened on the 14th of March.", "14th of March", "2022-03-14"),
    ("The bridge opened on the first of May.", "first of May", "2022-05-01"),
    ("The bridge opened on the twenty-third of June 2020.", "twenty-third of June 2020", "2020-06-23"),
    ("The form is dated 2019-08-14 and signed.", "2019-08-14", "2019-08-14"),
    ("The form is dated 8/14/2019 and signed.", "8/14/2019", "2019-08-14"),
    ("The form is dated 14/8/2019 and signed.", "14/8/2019", "2019-08-14"),
    ("The form is dated 02.03.2019 and signed.", "02.03.2019", "2019-03-02"),
    ("It opened on Wednesday, August 14, 2019.", "Wednesday, August 14, 2019", "2019-08-14"),
    ("The vote is set for Tuesday, Nov. 8.", "Tuesday, Nov. 8", "2022-11-08"),
    ("ON AUGUST 14 THE BRIDGE OPENED.", "AUGUST 14", "2022-08-14"),
    ("The fair is planned for October 15-16.", "October 15-16", "2022-10-15/2022-10-16"),
    ("The fair was held on August 15 and 16.", "August 15 and 16", "2022-08-15/2022-08-16"),
    ("The fair ran from 3 to 5 March 2019.", "3 to 5 March 2019", "2019-03-03/2019-03-05"),
    ("The fair ran from March 3 to March 5.", "March 3 to March 5", "2022-03-03/2022-03-05"),
    ("The fair ran from March 30 to April 2, 2019.", "March 30 to April 2, 2019", "2019-03-30/2019-04-02"),
    ("The ban held from December 20 to January 6, 2020.", "December 20 to January 6, 2020", "2019-12-20/2020-01-06"),
    ("It grew between June and August 2014.", "June and August 2014", "2014-06-01/2014-08-31"),
    ("He ran the club from 2010 to 2014.", "2010 to 2014", "2010-01-01/2014-12-31"),
    ("They won the cup in the 2010-11 season.", "2010-11", "2010-01-01/2011-12-31"),
    ("The shop is open Monday to Friday.", "Monday to Friday", "2022-09-05/2022-09-09"),
    ("The mill closed in June 2014.", "June 2014", "2014-06-01/2014-06-30"),
    ("The mill closed in May.", "May", "2022-05-01/2022-05-31"),
    ("The May election was close.", "May", "2022-05-01/2022-05-31"),
    ("The mill closed in September last year.", "September last year", "2021-09-01/2021-09-30"),
    ("The mill closed in 2014.", "2014", "2014-01-01/2014-12-31"),
    ("He has led the club since 2012.", "2012", "2012-01-01/2012-12-31"),
    ("The 2018 contest was close.", "2018", "2018-01-01/2018-12-31"),
    ("The castle fell in 1066.", "1066", "1066-01-01/1066-12-31"),
    ("Such hats were worn in the 1990s.", "1990s", "1990-01-01/1999-12-31"),
    ("Such hats were worn in the '80s.", "80s", "1980-01-01/1989-12-31"),
    ("Such hats were worn in the seventies.", "seventies", "1970-01-01/1979-12-31"),
    ("Such hats were worn in the 19th century.", "19th century", "1800-01-01/1899-12-31"),
    ("Such hats were worn in the 5th century B.C. by all.", "5th century B.C.", "5th century b.c"),
    # A day that its tense does not tell lies a month ahead at most; a tense is believed but for some days.
    ("The bridge opened on Sept. 7.", "Sept. 7", "2022-09-07"),
    ("The bridge opened on Sept. 8.", "Sept. 8", "2021-09-08"),
    ("The bridge is at its best on Oct. 6.", "Oct. 6", "2022-10-06"),
    ("The bridge is at its best on Oct. 7.", "Oct. 7", "2021-10-07"),
    ("The bridge will open on Aug. 5.", "Aug. 5", "2022-08-05"),
    ("The bridge will open on Aug. 4.", "Aug. 4", "2023-08-04"),
    ("The bridge opens on Thurs. Sept. 8.", "Thurs. Sept. 8", "2022-09-08"),
    ("The bridge shut in August. 5 men left.", "August", "2022-08-01/2022-08-31"),
    ("2019 was the wettest year.", "2019", "2019-01-01/2019-12-31"),
    ("The gate opens from 14:30 to 16:00 daily.", "14:30 to 16:00", "14:30-16:00"),
    ("The gate opens between 9 and 11 p.m. EDT.", "9 and 11 p.m. EDT", "21:00-23:00 EDT"),
    ("Sales fell in mid-2015.", "mid-2015", "2015-05-03/2015-09-01"),
    ("Sales fell in late August.", "late August", "2022-08-21/2022-08-31"),
    ("Sales fell at the end of 2014.", "end of 2014", "2014-09-02/2014-12-31"),
    ("Sales fell in the first half of 2014.", "first half of 2014", "2014-01-01/2014-06-30"),
    ("Sales fell in the first week of July.", "first week of July", "2022-07-01/2022-07-07"),
    ("Sales fell in spring 2019.", "spring 2019", "2019-03-01/2019-05-31"),
    ("Sales fell in the third quarter of 2019.", "third quarter of 2019", "2019-07-01/2019-09-30"),
    ("Sales fell in Q3 2019.", "Q3 2019", "2019-07-01/2019-09-30"),
    ("The mayor resigned today.", "today", "2022-09-05"),
    ("The mayor resigned yesterday.", "yesterday", "2022-09-04"),
    ("The mayor will resign tomorrow.", "tomorrow", "2022-09-06"),
    ("The mayor resigned the day before yesterday.", "day before yesterday", "2022-09-03"),
    ("The mayor resigned last week.", "last week", "2022-08-29/2022-09-04"),
    ("The mayor will resign next week.", "next week", "2022-09-12/2022-09-18"),
    ("The mayor resigned earlier this month.", "earlier this month", "2022-09-01/2022-09-05"),
    ("The mayor resigned last year.", "last year", "2021-01-01/2021-12-31"),
    ("The mayor resigned on Friday.", "Friday", "2022-09-02"),
    ("The mayor will resign on Friday.", "Friday", "2022-09-09"),
    ("The trial, due to start on Thursday, is off.", "Thursday", "2022-09-08"),
    ("The mayor resigned last Thursday.", "last Thursday", "2022-09-01"),
    ("The mayor resigned on Thursday last week.", "Thursday last week", "2022-09-01"),
    ("The mayor will resign this coming Friday.", "this coming Friday", "2022-09-09"),
    ("The mayor resigned over the weekend.", "weekend", "2022-09-03/2022-09-04"),
    ("The mayor will resign this coming weekend.", "this coming weekend", "2022-09-10/2022-09-11"),
    ("The mayor resigned two days ago.", "two days ago", "2022-09-03"),
    ("The mayor resigned a week ago.", "a week ago", "2022-08-26/2022-09-01"),
    ("The mayor resigned a few weeks back.", "a few weeks back", "2022-07-01/2022-08-25"),
    ("The mayor resigned a decade ago.", "a decade ago", "2012-01-01/2012-12-31"),
    ("The mayor will resign in three weeks.", "three weeks", "2022-09-23/2022-09-29"),
    ("The mayor resigned on Friday afternoon.", "Friday afternoon", "2022-09-02 12:00-17:59"),
    ("The mayor resigned last night.", "last night", "2022-09-04 18:00-04:59"),
    ("The mayor resigned late on Friday.", "late on Friday", "2022-09-02 18:00-23:59"),
    ("It burned in the early hours of Sunday.", "early hours of Sunday", "2022-09-04 00:00-04:59"),
    ("It burned on the night of August 14.", "night of August 14", "2022-08-14 18:00-04:59"),
    ("The gates open at 9 a.m. sharp.", "9 a.m.", "09:00"),
    ("The gates close at 10:30 p.m. GMT.", "10:30 p.m. GMT", "22:30 GMT"),
    ("The gates are open from 9 a.m. to 5 p.m. daily.", "9 a.m. to 5 p.m.", "09:00-17:00"),
    ("The gates open at 14:30.", "14:30", "14:30"),
    ("The gates open at noon.", "noon", "12:00"),
    ("The gates open at nine o'clock.", "nine o'clock", "09:00"),
    ("The gates open in the morning.", "morning", "00:00-11:59"),
    ("The strike went on for three weeks.", "three weeks", "3 weeks"),
    ("The two-year ban is over.", "two-year", "2 years"),
    ("It rained for a five day period.", "five day", "5 days"),
    ("It rained for half an hour.", "half an hour", "0.5 hours"),
    ("It lasted three and a half years.", "three and a half years", "3.5 years"),
    ("It lasted at least three weeks.", "at least three weeks", "≥ 3 weeks"),
    ("It lasted nearly ten years.", "nearly ten years", "≲ 10 years"),
    ("It rained over the past few weeks.", "past few weeks", "2-9 weeks past"),
    ("He left two days after the vote.", "two days after", "2 days after"),
    ("He left hours before the vote.", "hours before", "≥ 2 hours before"),
    ("He left the next day.", "next day", "1 day after"),
    ("The shops close on Christmas Eve.", "Christmas Eve", "2021-12-24"),
    ("The shops close on Christmas\nEve.", "Christmas\nEve", "2021-12-24"),
    ("They met on New\xa0Year’s Day.", "New\xa0Year’s Day", "2022-01-01"),
    ("The shops closed after Easter.", "Easter", "easter"),
    ("The law was passed after 9/11.", "9/11", "2001-09-11"),
    ("The form is dated 19-Nov-12.", "19-Nov-12", "2012-11-19"),
    ("The rights expire on April three.", "April three", "2022-04-03"),
    ("The talks resumed on the 1st in Tarn.", "1st", "2022-09-01"),
    ("The talks will resume on the 12th in Tarn.", "12th", "2022-09-12"),
    ("The fair opens the week of September 30.", "week of September 30", "2022-09-26/2022-10-02"),
    ("It was sold in the week ending March 8.", "week ending March 8", "2022-03-02/2022-03-08"),
    ("It was sold on the weekend of May 7.", "weekend of May 7", "2022-05-07/2022-05-08"),
    ("Profit rose in the three months to March 31, 2019.", "three months to March 31, 2019", "2019-01-01/2019-03-31"),
    ("Profit rose in the year ended June 30, 2019.", "year ended June 30, 2019", "2018-07-01/2019-06-30"),
    ("Profit rose in the quarter ended Feb. 28, 2019.", "quarter ended Feb. 28, 2019", "2018-12-01/2019-02-28"),
    ("Profit rose in the 12 months to June 2019.", "12 months to June 2019", "2018-07-01/2019-06-30"),
    ("Profit rose in the first nine months of 2019.", "first nine months of 2019", "2019-01-01/2019-09-30"),
    ("Profit rose in the last three months of the year.", "last three months of the year", "2022-10-01/2022-12-31"),
    ("The dam burst a week ago today.", "a week ago today", "2022-08-29"),
    ("The dam burst a year ago today.", "a year ago today", "2021-09-05"),
    ("Sales fell in H1 2019.", "H1 2019", "2019-01-01/2019-06-30"),
    ("Sales fell last quarter.", "last quarter", "2022-04-01/2022-06-30"),
    ("Sales fell in FY2019.", "FY2019", "2019-01-01/2019-12-31"),
    ("Sales fell in fiscal 2019.", "fiscal 2019", "2019-01-01/2019-12-31"),
    ("Velda reported 2019 sales.", "2019", "2019-01-01/2019-12-31"),
    ("The road is closed until Friday.", "Friday", "2022-09-09"),
    ("The road was closed until Friday.", "Friday", "2022-09-02"),
    ("The hall is open 9:00 AM to 5:00 PM.", "9:00 AM to 5:00 PM", "09:00-17:00"),
    ("The hall is open between 7 a.m. and 9 p.m.", "7 a.m. and 9 p.m.", "07:00-21:00"),
    ("He was jailed for twenty-two years.", "twenty-two years", "22 years"),
    ("It lasted one hundred and twenty days.", "one hundred and twenty days", "120 days"),
    ("It lasted three hundred days.", "three hundred days", "300 days"),
    ("It lasted 1.5 million years.", "1.5 million years", "1.5e+06 years"),
    ("It lasted 40 mins.", "40 mins", "40 minutes"),
    ("It lasted three-quarters of an hour.", "three-quarters of an hour", "0.75 hours"),
    ("It lasted a quarter of a century.", "a quarter of a century", "0.25 centuries"),
    ("It lasted an hour and a half.", "an hour and a half", "1.5 hours"),
    ("It lasted forty-odd years.", "forty-odd years", "≈ 40 years"),
    ("It lasted 20 or more years.", "20 or more years", "≥ 20 years"),
    ("It lasted a day and 23 hours.", "a day and 23 hours", "1.958 days"),
    ("It opens the week after next.", "week after next", "2022-09-19/2022-09-25"),
    ("It opens the week after next Monday.", "next Monday", "2022-09-12"),
    ("It lasted two years and three months.", "two years and three months", "2.25 years"),
    ("It lasted two to three weeks.", "two to three weeks", "2-3 weeks"),
    ("It lasted one to several weeks.", "one to several weeks", "1-9 weeks"),
)


@pytest.mark.parametrize(("text", "words", "value"), FOUND, ids=[row[1] for row in FOUND])
def test_finds_and_resolves(text: str, words: str, value: str) -> None:
    (fact,) = find_in(text)
    assert (fact.kind, fact.text, str(fact.value)) == (Kind.TIME, words, value)
    assert Span(fact.start, fact.end).cut(text) == words


NOT_TIMES = (
    "Voters may turn out in numbers.",
    "They march on; the march 5 miles long was calm.",
    "Theresa May said no, and by May she meant herself.",
    "The March on the capital drew crowds.",
    "April Jones was here, and April Jones left.",
    "The Sun reported it, and so did the Sunday Times.",
    "USA Today printed the story.",
    'He told the "Today" show everything.',
    'She spoke on the programme "This Week" about it.',
    "COVID-19 has spread.",
    "The side won 3-1 and then 10-2.",
    "The second goal came in the 90th minute.",
    "He tried a second time.",
    "They raised $5 million, or 2.5 per cent.",
    "A 19-year-old man was hurt.",
    "The girl, aged six, was found; her brother is 12 years old.",
    "The baby was eight months of age.",
    "He is in his 60s, she in her mid-40s.",
    "The vaccine is given once a day, twice a year.",
    "One day he will see.",
    "It pays $15 an hour.",
    "Some 2000 people came, then 2014 supporters.",
    "They sold 1,990 cars and 2,014 vans.",
    "Flight 2014 took off; Route 1960 is closed.",
    "The form is dated 5/6/2022.",
    "The office is on the 14th floor.",
    "The server is at 192.168.1.12.",
    "He ran the mile in 3:45.",
    "The fall of the city came as a shock.",
    "The hot springs drew many; springs broke.",
    "A Christmas tree stood on Easter Island.",
    "The deal is a last-minute one.",
    "He will come later, or soon, and now he waits.",
    "A share closed at 5.35 euros.",
    "Highway 66 and Apollo 13 are famous.",
    "He woke, then sat down to eat.",
    "Windows 2000 and Tokyo 2020 are names.",
    "This will last; the rest came past.",
    "He lives on the 14th Street, on the 3rd floor.",
    "A week of protests, and of rain, went by.",
    "The H1N1 virus spread; h 1 is a square.",
    "See 3.10-3.13.1.",
    "Vans were seen on Fridays.",
    "He thought that June was a fine name.",
    "He rose early in the yard.",
    "From 1900 to 2500 homes lost power.",
    "Between 1950 and 2000 people came.",
    "It fell from 2000 to 1500, and from 2000 to 500 homes.",
    "From 1900-2500 homes lost power.",
)


@pytest.mark.parametrize("text", NOT_TIMES)
def test_leaves_alone(text: str) -> None:
    assert find_in(text) == ()


def test_several_times_in_order() -> None:
    """Day and hour are two facts, and what follows a time is still read."""
    facts = find_in("Police said on Friday that he will appear at 10 a.m. on Thursday, two weeks after the fire.")
    assert [fact.text for fact in facts] == ["Friday", "10 a.m.", "Thursday", "two weeks after"]
    assert [str(fact.value) for fact in facts] == ["2022-09-02", "10:00", "2022-09-08", "2 weeks after"]


@given(st.integers(1000, 2050), st.integers(2100, 9999), st.sampled_from(["from {} to {}", "between {} and {}"]))
def test_what_ends_beyond_the_years_is_no_range_of_years(low: int, high: int, form: str) -> None:
    """Nor does it begin with a year."""
    assert find_in(f"Some say {form.format(low, high)} homes lost power.") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("From 1990 to 2010 prices rose.", "1990 to 2010"),
        ("Between 1914 and 1918 men fought.", "1914 and 1918"),  # no round numbers
        ("From 1950 to 2000, people came.", "1950 to 2000"),  # nothing is counted
        ("He ruled from 1500 to 1550 in Tarn.", "1500 to 1550"),
        ("He spoke in 2014 to 300 people.", "2014"),  # no range
        ("It sold from 2010 to 99 towns.", "2010"),
        ("They met in 1990 and 3000 men came.", "1990"),
    ],
)
def test_years_before_numbers(text: str, words: str) -> None:
    assert [fact.text for fact in find_in(text)] == [words]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("They met at 8 in the evening.", ["20:00"]),
        ("By 8 in the evening crowds had come.", ["20:00"]),
        ("It fell, 8 in the evening local time.", ["20:00"]),
        ("It fell on Monday, 8 in the evening in Tarn.", ["20:00"]),
        ("He was one of 8 in the evening crowd.", []),
        ("There were 8 in the evening class, and 3 in the morning one.", []),
    ],
)
def test_an_hour_in_the_evening_is_no_number_of_what_is_there(text: str, hours: list[str]) -> None:
    """Unless a word before it leads to an hour, or no noun follows."""
    clocks = [str(fact.value) for fact in find_in(text) if fact.value.grain is Grain.CLOCK]
    assert [clock for clock in clocks if "-" not in clock] == hours


def test_a_longer_second_length_is_one_of_its_own() -> None:
    """A day and 24 hours are no longer a day with some hours."""
    assert [fact.text for fact in find_in("It lasted three days and 24 hours.")] == ["three days", "24 hours"]


def test_two_years_in_a_row() -> None:
    assert [str(fact.value)[:4] for fact in find_in("It rained in 2019 and 2020, and 2000 came.")] == ["2019", "2020"]


@pytest.mark.parametrize(("day", "value"), [("29", "2022-08-28"), ("28", "2022-09-04")])
def test_dateline_is_near(day: str, value: str) -> None:
    """The date of a dateline counts up to a week from the publication."""
    text = f"OSLO, Aug. {day}, 2022 -- The mayor resigned yesterday."
    sentence = Sentence(0, 0, len(text), text, dateline=Span(0, 24))
    ((fact,),) = find(Article(text, published=PUBLISHED), [sentence])
    assert str(fact.value) == value


@pytest.mark.parametrize(("years", "resolved"), [("821", True), ("822", False)])
def test_far_times_have_no_days(years: str, resolved: bool) -> None:
    """Beyond 300,000 days nothing is counted."""
    (fact,) = find_in(f"It fell {years} years ago.")
    assert (fact.value.first is not None) is resolved


@pytest.mark.parametrize(("between", "joined"), [("one " * 6, False), ("one " * 14, True)])
def test_moved_is_near(between: str, joined: bool) -> None:
    """A word of moving counts among the twelve words before a range."""
    text = f"It was moved by {between.strip()} from Monday to Tuesday."
    assert ("Monday to Tuesday" in [fact.text for fact in find_in(text)]) is joined


@pytest.mark.parametrize(("between", "value"), [("in " * 10, "2022-09-09"), ("in " * 30, "2022-09-02")])
def test_tense_is_near(between: str, value: str) -> None:
    """A cue counts among the 24 words before a time."""
    assert [str(fact.value) for fact in find_in(f"He will go {between}Kelm on Friday.")] == [value]


def test_moved_dates_stay_apart() -> None:
    """Two days are no range where something was moved from one to the other."""
    assert [fact.text for fact in find_in("The match was moved from Monday to Tuesday.")] == ["Monday", "Tuesday"]


def test_headline_keeps_its_capitals() -> None:
    text = "Mayor Says City Will Vote Today"
    assert [fact.text for fact in find_in(text, role=Role.HEADLINE)] == ["Today"]
    assert find_in(text) == ()


def test_dateline_is_the_anchor() -> None:
    """Without a date of publication, or near it, the date of the dateline counts; it is no fact itself."""
    text = "OSLO, Sept. 2, 2022 -- The mayor resigned yesterday."
    sentence = Sentence(0, 0, len(text), text, dateline=Span(0, 23))
    for published in (None, "2022-09-05"):
        ((fact,),) = find(Article(text, published=published), [sentence])
        assert (fact.text, str(fact.value)) == ("yesterday", "2022-09-01")


S, F, D = Agreement.SAME, Agreement.FINER, Agreement.DIFFERENT

# left, its publication, right, its publication, how they agree
COMPARED = (
    ("on 12 March", None, "on March 12", None, S),
    ("on Sept. 14", None, "on September 14", None, S),
    ("on Sept. 14", None, "on September 14, 2022", None, S),
    ("on September 15", None, "on September 16", None, D),
    ("on March 3, 2019", None, "on March 3, 2020", None, D),
    ("in 2014", None, "in June 2014", None, F),
    ("in 2014", None, "in 2015", None, D),
    ("in the 1990s", None, "in 1995", None, F),
    ("in September", None, "on September 14", None, F),
    ("in early September", None, "in late September", None, D),
    ("on September 15-16", None, "on September 15 and 16", None, S),
    ("on September 15-16", None, "on September 15-17", None, D),
    ("on September 15-16", None, "on September 15", None, F),
    ("on Monday", None, "on Tuesday", None, D),
    ("on Monday", None, "on Monday", None, S),
    ("yesterday", None, "on Monday", None, F),
    ("yesterday", None, "today", None, F),
    ("last week", None, "next week", None, D),
    ("last week", None, "last week", None, S),
    ("a year ago", None, "last year", None, S),
    ("last year", None, "on Monday", None, None),
    ("yesterday", "2022-09-06", "on Monday", "2022-09-07", S),
    ("today", "2022-09-05", "yesterday", "2022-09-05", D),
    ("today", "2022-09-05", "today", "2022-09-07", None),
    ("today", "2022-09-05", "yesterday", "2022-09-07", D),
    ("on Friday", "2022-09-05", "on September 3, 2023", "2022-09-05", D),
    ("on Friday", "2022-09-05", "on September 4, 2023", "2022-09-05", None),
    ("last year", "2022-09-05", "in 2021", None, S),
    ("on Tuesday", "2022-09-07", "on September 6, 2022", None, S),
    ("on Tuesday", None, "on September 6, 2022", None, S),
    ("on Monday", None, "on September 6, 2022", None, D),
    ("on Friday", "2022-09-05", "on September 9, 2022", None, S),
    ("next week", "2022-09-05", "on September 14", "2022-09-14", S),
    ("next week", "2022-09-05", "on September 14", "2022-09-05", F),
    ("last week", "2022-09-05", "in late August", "2022-09-14", S),
    ("last week", "2022-09-05", "last Thursday", "2022-09-05", F),
    ("last week", "2022-09-05", "in June", "2022-09-14", D),
    ("two weeks ago", "2022-09-05", "on August 22", "2022-09-05", S),
    ("last month", "2022-09-05", "on August 30", "2022-10-14", F),
    ("last Friday", "2022-09-05", "next Friday", "2022-09-05", D),
    ("on Monday", "2022-09-05", "in 2014", "2022-09-05", None),
    ("on Friday afternoon", None, "on Friday", None, F),
    ("on Friday afternoon", None, "on Friday night", None, D),
    ("at 9 a.m.", None, "at 09:00", None, S),
    ("at 9 a.m.", None, "at 10 a.m.", None, D),
    ("at 3 p.m.", None, "in the afternoon", None, F),
    ("at 2 a.m.", None, "at night", None, F),
    ("at 9 a.m. ET", None, "at 2 p.m. GMT", None, F),
    ("at 9 a.m.", None, "in 2014", None, None),
    ("for two weeks", None, "for 14 days", None, S),
    ("for a month", None, "for 30 days", None, S),
    ("for two weeks", None, "for three weeks", None, D),
    ("for several days", None, "for a few days", None, S),
    ("for several days", None, "for four days", None, F),
    ("for at least three weeks", None, "for four weeks", None, F),
    ("for nearly two years", None, "for 23 months", None, S),
    ("over the past three weeks", None, "for three weeks", None, S),
    ("two days before the vote", None, "two days after the vote", None, D),
    ("two days after the vote", None, "for two days", None, None),
    ("for two days", None, "on Monday", None, None),
    ("the week of September 26", None, "on September 28", None, F),
    ("the week of September 26", None, "on October 5", None, D),
    ("in the week ending March 8", None, "on March 6", None, F),
    ("a week ago today", "2022-09-05", "on August 29", "2022-09-05", S),
    ("a week ago today", "2022-09-05", "on August 30", "2022-09-05", D),
    ("in the three months to March 31", None, "in the year to September 30", None, F),
    ("in the three months to March 31", None, "in the quarter ended March 31", None, S),
    ("in the three months to March 31", None, "in the three months to June 30", None, D),
    ("in the first three months of 2019", None, "in Q1 2019", None, S),
    ("in the first six months of 2019", None, "in H1 2019", None, S),
    ("in H1 2019", None, "in the first half of 2019", None, S),
    ("in Q2 2019", None, "in Q3 2019", None, D),
    ("open 9:00 AM to 5:00 PM", None, "open from 9 a.m. to 6 p.m.", None, D),
    ("open 9:00 AM to 5:00 PM", None, "open from 9 a.m. to 5 p.m.", None, S),
    ("open from 9 a.m. to 5 p.m.", None, "open at 10 a.m.", None, F),
    ("for twenty-two years", None, "for thirty-two years", None, D),
    ("for twenty-two years", None, "for 22 years", None, S),
    ("for about 50 days", None, "for 54 days", None, S),
    ("for about 50 days", None, "for 56 days", None, D),
    ("for at least two weeks", None, "for at least three weeks", None, D),
    ("for weeks", None, "for days", None, F),
    ("for an hour and a half", None, "for 90 minutes", None, S),
    ("for 100 days", None, "for 102 days", None, D),
    ("for three months", None, "for 92 days", None, S),
    ("for three months", None, "for 94 days", None, D),
    ("on March 3", "2022-01-10", "on March 4", "2022-07-20", D),
    ("on March 20", "2021-09-15", "on March 20", "2022-03-30", S),
    ("on March 20", "2021-09-01", "on March 20", "2022-03-30", D),
    ("on Monday", None, "in September", None, F),
    ("on Monday", None, "in the third quarter", None, None),
)


RULES = [
    (rule.name, fires, text)
    for rule in read_times(ENGLISH).grammar.rules
    for fires in (True, False)
    for text in (rule.fires if fires else rule.quiet)
]


@pytest.mark.parametrize(("rule", "fires", "text"), RULES)
def test_rules(rule: str, fires: bool, text: str) -> None:
    """Each rule fires on the texts that stand beside it, and is quiet on its others."""
    scene = Scene(Line(Sentence(0, 0, len(text), text)), read_calendar(ENGLISH), datetime.date(2022, 9, 5))
    names = {name for k in range(scene.line.size) for name, _ in read_times(ENGLISH).grammar.read_all(scene, k)}
    assert (rule in names) is fires


@pytest.mark.parametrize(("left", "first", "right", "second", "agreement"), COMPARED)
def test_compares(left: str, first: str | None, right: str, second: str | None, agreement: Agreement | None) -> None:
    """Comparing is symmetric, and each time agrees with itself."""
    (one,), (other,) = find_in(f"It was {left}.", first), find_in(f"It was {right}.", second)
    assert compare(one, other) is agreement
    assert compare(other, one) is agreement
    assert compare(one, one) is Agreement.SAME


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


PRINTERS = (
    lambda day: day.isoformat(),
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%B} {_ordinal(day.day)}, {day.year}",
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"{_ordinal(day.day)} of {day:%B} {day.year}",
    lambda day: f"{day:%b}. {day.day}, {day.year}" if day.month != 5 else f"May {day.day}, {day.year}",
    lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%A} {day.day} {day:%B} {day.year}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%B} {day.day}, {day.year}".upper(),
)
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))


@given(DAYS, st.sampled_from(PRINTERS), st.none() | DAYS)
def test_every_printed_date_is_read_back(day: datetime.date, printer: object, published: datetime.date | None) -> None:
    """A date with its year is found whole, and means that day whatever the article was published."""
    words = printer(day)  # type: ignore[operator]
    text = f"The pact was signed on {words}, they said."
    (facts,) = find(Article(text, published=published), [Sentence(0, 0, len(text), text)])
    assert [(fact.text, fact.value.first, fact.value.last) for fact in facts] == [(words, day, day)]


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 12, 31)), st.integers(1, 27))
def test_past_weekday_and_date_lie_within_reach(published: datetime.date, back: int) -> None:
    """In the past tense a date without a year, and a weekday, mean the latest such day."""
    day = published - datetime.timedelta(back)
    text = f"It opened on {day:%B} {day.day}. It closed on {day:%A}."
    ((date, weekday),) = find(Article(text, published=published), [Sentence(0, 0, len(text), text)])
    assert date.value.first == day
    assert 0 <= (published - weekday.value.first).days < 7
    assert weekday.value.first.weekday() == day.weekday()


@given(st.dates(), st.sampled_from(FOUND))
def test_any_day_of_publication(published: datetime.date, row: tuple[str, str, str]) -> None:
    """What is found does not depend on the day of publication, and no interval is turned around."""
    text, words, _ = row
    (facts,) = find(Article(text, published=published), [Sentence(0, 0, len(text), text)])
    assert [fact.text for fact in facts] == [words]
    for value in (fact.value for fact in facts):
        assert isinstance(value, Duration) or value.first is None or value.first <= value.last


_PIECES = (
    *("may", "3", "March", "the", "of", "last", "next", "week,", "2014", "-", "to", "and", "between", "9", "a.m."),
    *("Monday", "ago", "days", "two", "half", "a", "early", "late", "end", "in", "year", "century", "5/6/22", "1990s"),
    *("'and", "this", "first", "quarter", "fall", "Easter", "dozens", "minutes", "over", "past", "12:30", "before"),
    *("\u0130", "\u0131", "Fr\u0131day", "\u017feptember", "\u00b2", "\u0663", "\u00a0", "\n", "ago.", "Sept.", "-old"),
)
_FILES = ("numbers.toml", "units.toml", "calendar.toml", "times.toml")
_VOCABULARY = sorted({word for file in _FILES for word in re.findall(r"[\w'$½.-]+", ENGLISH.read_text(file))})
_WORDS = st.sampled_from(_PIECES) | st.sampled_from(_VOCABULARY)


@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=80), st.none() | st.dates())
def test_any_text(text: str, published: datetime.date | None) -> None:
    """Facts never overlap, are in order, hold their words and have a printable, hashable value."""
    facts, end = find_in(text, published), 0
    for fact in facts:
        assert end <= fact.start < fact.end <= len(text)
        assert fact.text == text[fact.start : fact.end]
        assert str(fact.value)
        assert isinstance(hash(fact.value), int)
        end = fact.end


@given(
    st.sampled_from(FOUND),
    st.sampled_from(FOUND),
    st.sampled_from((None, PUBLISHED)),
    st.sampled_from((None, "2022-09-14")),
)
def test_compare_is_symmetric_and_reflexive(
    left: tuple[str, str, str], right: tuple[str, str, str], first: str | None, second: str | None
) -> None:
    (one,), (other,) = find_in(left[0], first), find_in(right[0], second)
    assert compare(one, other) is compare(other, one)
    assert compare(one, one) is Agreement.SAME


def test_equal_values_of_different_words() -> None:
    one, other = find_in("It fell on August 14, 2019.")[0], find_in("It fell on 14 Aug. 2019.")[0]
    assert one.value == other.value == Time(Grain.DAY, datetime.date(2019, 8, 14), datetime.date(2019, 8, 14))


@pytest.mark.parametrize(
    "unit",
    [
        "September 15, 16 and ",
        "1 ",
        "2014-",
        "in 2014 to ",
        "at least ",
        "early hours of ",
        "Monday, ",
        "two to ",
        "a ",
        "\n",
    ],
)
def test_work_grows_with_the_text_only(unit: str) -> None:
    """Four times the text takes about four times the work; a quadratic reader would take sixteen."""

    def work(size: int) -> int:
        text = (unit * size)[:size]
        return count_calls(lambda: find_in(text))

    assert work(12_000) < 5 * work(3000)
