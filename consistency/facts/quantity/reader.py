"""Reader of quantities: tells numbers from dates, codes and names, and adds bounds, nouns, ages, scores and ranks."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from consistency.facts.quantity import words as terms
from consistency.facts.quantity.numbers import MeasureReader, Number, is_year
from consistency.facts.quantity.values import Dimension, Quantity
from consistency.model import Fact, Kind
from consistency.text import fold_typography, stem


class Reader(MeasureReader):
    """Reads the quantities of one sentence, from left to right."""

    def read(self) -> Iterator[Fact]:
        """Yield the quantities in order; of a table only the first ones."""
        left = terms.MOST
        for k, token in enumerate(self.tokens):
            if k < self.floor or not (token.norm in terms.STARTS or token.norm[0].isdigit()):
                continue
            left -= 1
            if not left:
                return
            if token.text in ("a", "an") and self.word(k + 1) not in terms.AFTER_A:
                continue
            end = self._skip(k)
            if end:
                self.floor = end
                continue
            fact = self._read_ordinal(k)
            if not fact and k >= self.floor:
                fact = self._read_fact(k)
            if fact:
                yield fact

    def _skip(self, k: int) -> int:
        """Return the end of a date, clock time, code, label or pronoun that starts at ``k``; 0 for none."""
        if not self.is_digits(k):
            return self._skip_words(k)
        last = k
        while self.is_digits(last + 1) and self.gap(last + 1) in ("-", "/", ":", "."):
            last += 1
        dialled = self.word(k)[0] == "0" and self.word(k)[1:2].isdigit()
        if dialled or (self.gap(k).endswith("+") and self.is_digits(k + 1)):
            while self.is_digits(last + 1) and self.gap(last + 1).strip() in ("", "-", "(", ")", "."):
                last += 1
            return last + 1
        if self._is_code(k, last) or self._is_list_number(k):
            return last + 1
        clock = last + 3 if self.word(last + 1) in ("and", "to", "or") and self.is_digits(last + 2) else last + 1
        daily = self.word(clock + 2) in ("morning", "afternoon", "evening") and self.word(clock + 1) == "the"
        if self.word(clock) in terms.CLOCK or (daily and self.word(clock) == "in"):
            return clock + 1
        return self._skip_date(k, last)

    def _skip_date(self, k: int, last: int) -> int:
        """Return the end of the days of a month ("15, 16 and 17 September"); 0 if there is no month beside them."""
        before = self.is_month(k - 1) or (self.word(k - 1) == "the" and self.is_month(k - 2))
        end = last + 1
        for _ in range(4):
            step = end + (self.word(end) in ("and", "to", "or", "through", "until"))
            if not (self.is_digits(step) and len(self.word(step)) < 3 and self.gap(step).strip() in ("", ",", "-")):
                break
            end = step + 1
        after = end + (self.word(end) in ("st", "nd", "rd", "th"))
        after += self.word(after) == "of"
        if self.is_month(after) and self.is_joined(after):
            return after + 1
        if not (before and len(self.word(k)) < 3):
            return 0
        return end if not self.read_noun(end)[0] else last + 1

    def _is_code(self, k: int, last: int) -> bool:
        """Say whether the digits are part of a code: F-16, 5G, 24/7, 555-1234, 2014-15, Article 5, 2022-09-14."""
        first, gap, joint = self.word(k), self.gap(k), self.gap(k + 1)
        if not terms.FULL.fullmatch(first) or gap.endswith("#"):
            return True
        if last - k > 1 or (last > k and joint in (":", ".")) or (joint == "/" and not self.read_fraction(k)):
            return True
        if last > k and (is_year(first) or (len(first) == 3 and len(self.word(last)) == 4)):
            return True
        if k and self.word(k - 1)[-1].isalpha() and (gap == "-" or (not gap and not self.read_symbol(k)[0])):
            return True
        follower, glued = self.word(last + 1), last + 1 < len(self.tokens) and self.gap(last + 1) == ""
        if glued and not (follower in terms.GLUED or (follower in ("c", "f") and self.is_capital(last + 1))):
            return True
        if gap.strip() not in ("", "."):
            return False
        label = self.word(k - 1) in terms.LABEL_NOUNS and (self.is_capital(k - 1) or not self.read_noun(k + 1)[0])
        return label or (self.word(k - 1) in terms.LABELS and self.word(last + 1) not in terms.SCALES)

    def _is_list_number(self, k: int) -> bool:
        after = self.gap(k + 1)
        listed = k == 0 and len(self.word(k)) < 3 and after[:2] in (". ", ") ", ".", ")")
        return listed or (self.gap(k)[-1:] in ("(", "[") and after[:1] in (")", "]") and len(self.word(k)) < 2)

    def _skip_words(self, k: int) -> int:
        word, before, after = self.word(k), self.word(k - 1), self.word(k + 1)
        if (
            k
            and self.is_capital(k)
            and self.is_capital(k - 1)
            and before in terms.LABELS | terms.LABEL_NOUNS | {"world"}
        ):
            return k + 1
        if word == "half" and (before in terms.ORDINALS or before in ("other", "latter", "better", "last")):
            return k + 1
        if after in terms.CLOCK and word in terms.SMALL and after != "noon":
            return k + 2
        pronoun = before in ("no", "any", "every", "each", "some", "this", "that", "which", "another", "the", "someone")
        if word == "one" and self.is_joined(k + 1) and after in ("half", "third", "quarter", "in", "out"):
            return 0
        pronoun = pronoun or (self.gap(k + 1).startswith("'s") and self.gap(k + 1) != "'")
        if word == "one" and (pronoun or after in ("another", "of") or self.gap(k) == "-"):
            return 0 if self._find_bound(k)[0] is not None and after != "another" else k + 1
        return k + 1 if word == "zero" and before == "ground" else 0

    def _read_fact(self, k: int) -> Fact | None:
        if self.word(k) in ("twice", "thrice"):
            times = 2 if self.word(k) == "twice" else 3
            return self._make(self.tokens[k].start, k + 1, Quantity(times, times, noun="time", label="times"))
        number = self.read_measure(k)
        if not number:
            return None
        joined = self._read_score(k, number) or self._read_range(k, number)
        if isinstance(joined, Fact):
            return joined
        number = joined or number
        floor, self.floor = self.floor, number.end
        age = self._read_age(k, number, floor)
        if age:
            return age
        noun, label = ("", "")
        if number.bare:
            noun, label = self.read_noun(self._find_trailing(number)[1], single=number.high == 1)
            if self._is_time(k, number, label, floor) or self._is_idle(k, number, noun, floor):
                return None
        bound, start = self._find_bound(k, floor)
        if bound is None and number.unit[0] in (Dimension.TEMPERATURE, Dimension.SHARE):
            number, start = self._read_sign(k, number, start)
        low, high = number.converted
        trailing, end, tail = self._find_trailing(number)
        bound = trailing if bound is None else bound
        said_low, said_high = _apply(bound, low, high)
        fate = self._find_fate(k, end, noun) if number.bare else ""
        approximate = bound in (terms.NEAR, terms.BELOW, terms.ABOVE) or (number.vague and bound is None)
        dimension = number.unit[0]
        value = Quantity(said_low, said_high, dimension, number.currency, noun, approximate, fate, label)
        return self._make(start, end, value, tail)

    def _read_sign(self, k: int, number: Number, start: int) -> tuple[Number, int]:
        if self.word(k - 1) == "minus" and self.is_joined(k) and self.word(k - 2) != "or":
            start = self.tokens[k - 1].start
        elif terms.SIGN.search(self.gap(k)):
            start -= 1
        else:
            return number, start
        return attrs.evolve(number, low=-number.high, high=-number.low), start

    def _make(self, start: int, end: int, value: Quantity, tail: int = 0) -> Fact:
        self.floor = max(self.floor, end)
        stop = self.tokens[end - 1].end + tail
        return Fact(Kind.QUANTITY, start, stop, self.text[start:stop], value)

    def _is_time(self, k: int, number: Number, label: str, floor: int) -> bool:
        """Say whether the number belongs to a duration, a year or a clock."""
        after = self.word(number.end)
        if label in terms.TIME_UNITS or (after in terms.TIME_UNITS and self.is_joined(number.end)):
            return True
        if not (is_year(self.word(k)) and (number.end == k + 1 or is_year(self.word(number.end - 1)))):
            return False
        if not label or self.word(k - 1) in terms.BEFORE_YEARS:
            return True
        person = label == after and (stem(label) in terms.people()[0] | terms.people()[1] or self.word(k) < "1900")
        return not person and self._find_bound(k, floor)[0] is None

    def _is_idle(self, k: int, number: Number, noun: str, floor: int) -> bool:
        """Say whether a bare number without a noun is rather a name ("iPhone 6"), a pronoun or a manner of speaking."""
        bounded = self._find_bound(k, floor)[0] is not None
        if noun in terms.IDLE_NOUNS and not bounded and (number.high == 1 or self.gap(number.end) == "-"):
            return True
        if noun or bounded:
            return False
        if self.gap(number.end) == "" and self.word(number.end):  # 18k
            return True
        if number.low in (0, 1) and number.high == number.low:
            return not self.is_digits(k) or number.low == 0
        if not self.is_digits(k):
            return self.is_capital(k) and k > 0 and number.scale == 1  # Group of Seven
        if self.word(k - 1) in terms.STOPS or number.scale > 1:
            return False
        return (
            self.is_capital(k - 1)
            and k > 1
            and self.gap(k).strip() in ("", "'s")
            and not self._find_fate(k, number.end, "")
        )

    def _read_score(self, k: int, number: Number) -> Fact | None:
        hyphen = self.gap(number.end).strip() == "-"
        second = self.plain(number.end if hyphen else number.end + 1)
        end = number.end + 1 + (not hyphen)
        whole = number.bare and number.low == self.plain(k) < 1000 and number.end == k + 1
        digits = self.is_digits(k) and self.word(end - 1).isdecimal()
        if not (whole and digits and second < 1000 and (hyphen or self.word(number.end) == "to")):
            return None
        if number.low == second and second > 30:
            return None
        near = fold_typography(self.text[max(self.start, self.tokens[k].start - 50) : self.tokens[k].start])
        played = (
            bool(terms.PLAYING.search(near)) and not self.read_noun(end)[0] and self.read_unit(Number(1, 1, end)).bare
        )
        if number.low < second and not (hyphen and (played or number.low == 0)):
            return None
        if not hyphen and not played:
            return None
        low, high = sorted((number.low, second))
        return self._make(self.tokens[k].start, end, Quantity(low, high, Dimension.SCORE))

    def _read_range(self, k: int, number: Number) -> Number | None:
        end, gap = number.end, self.gap(number.end)[number.tail :].strip()
        between = self.word(k - 1) == "between"
        first = k - 1 - (self.word(k - 1) in ("from", "by"))
        before = {self.word(first), self.word(k - 2), self.word(k - 3)} & terms.CHANGING or self.word(k - 1) == "by"
        changed = before and self.word(end) == "to"  # "by 2 percent to 5 percent" is no range
        links = ("and", "to") if between else ("or", "to")
        hyphen = gap[:1] == "-" and gap[1:].strip() in ("", *terms.SYMBOLS)
        if changed or number.vague or not (hyphen or (not gap and self.word(end) in links)):
            return None
        start = end + (not hyphen)
        dollars = self.word(start) in terms.DOLLARS and self.gap(start + 1) == "$"
        second = self.read_measure(start + dollars)
        if not second or second.vague:
            return None
        low = number.low
        if number.scale == 1 and low < second.high / second.scale:
            low *= second.scale
        if low >= second.high:
            return None
        if number.bare or (number.unit == second.unit and number.currency == second.currency):
            return attrs.evolve(second, low=low)
        if number.currency and second.bare and (hyphen or second.scale > 1):
            return attrs.evolve(second, low=low, unit=terms.MONEY, currency=number.currency)
        return None

    def _read_age(self, k: int, number: Number, floor: int) -> Fact | None:
        end, start = number.end, k
        if not (number.bare and number.scale == 1 and 0 < number.low < 125):
            return None
        unit = {"year": 1.0, "years": 1.0, "month": 12.0, "months": 12.0}.get(self.word(end), 0.0)
        old = self.word(end + 1) in ("old", "olds") or (self.word(end + 1) == "of" and self.word(end + 2) == "age")
        before = k - (self.word(k - 1) == "between")
        if unit and old and self.is_joined(end) and self.is_joined(end + 1):
            end += 2 + (self.word(end + 1) == "of")
        elif (self.word(before - 1) == "of" and self.word(before - 2) in ("age", "ages")) or self.word(before - 1) in (
            "aged",
            "age",
            "ages",
        ):
            start, unit = before - 1 - (self.word(before - 1) == "of"), 1.0
            start -= self.word(start - 1) == "the" and self.word(start) in ("age", "ages")
        elif self._is_apposition(k, number):
            unit = 1.0
        else:
            return None
        bound, first = self._find_bound(k, floor)
        if bound is None and start < k:
            bound, first = self._find_bound(start, floor)
        low, high = _apply(bound, number.low / unit, number.high / unit)
        value = Quantity(low, high, Dimension.AGE, approximate=bound in (terms.NEAR, terms.BELOW, terms.ABOVE))
        return self._make(min(first, self.tokens[start].start), end, value)

    def _is_apposition(self, k: int, number: Number) -> bool:
        """Say whether the number stands as an age behind a name: "Ana Silva, 34, said"."""
        gap, after = self.gap(k), self.gap(number.end)
        named = (
            k > 0 and (self.is_capital(k - 1) or self.word(number.end) in terms.RELATIVE) and not self.is_month(k - 1)
        )
        if not named or number.low != number.high or number.low != int(number.low):
            return False
        commas = gap == ", " and (after[:1] == "," or after.strip()[:1] in (".", ";"))
        return commas or (gap.endswith("(") and after.startswith(")") and number.low > 9)

    def _read_ordinal(self, k: int) -> Fact | None:
        """Read "30th anniversary", "second-largest", "the third man"; not a day, a century or "at first"."""
        value, end = self._ordinal_value(k)
        if (
            not value
            or self.is_month(k - 1)
            or self.is_month(end)
            or (self.word(end) == "of" and self.is_month(end + 1))
        ):
            return None
        after = self.word(end)
        superlative = (
            self.is_joined(end)
            and (after.endswith("est") or after in ("most", "worst"))
            and after not in ("west", "test")
        )
        if superlative:
            return self._make(
                self.tokens[k].start, end + 1, Quantity(value, value, Dimension.ORDINAL, noun=stem(after), label=after)
            )
        if self.gap(end) == "-":
            return None  # third-party
        led = self.word(k - 1) in terms.LEADING or self.gap(k).startswith("'s") or self.is_digits(k)
        noun, label = self.read_noun(end, single=True)
        if (
            not (led and noun)
            or label in terms.NO_ORDER
            or (value == 1 and label == "time")
            or label in terms.TIME_UNITS
            or (self.is_capital(end) and k > 0 and (self.is_capital(k) or self.is_digits(k)))  # the 9th Circuit
        ):
            return None
        return self._make(self.tokens[k].start, end, Quantity(value, value, Dimension.ORDINAL, noun=noun, label=label))

    def _ordinal_value(self, k: int) -> tuple[int, int]:
        word, after = self.word(k), self.word(k + 1)
        if word in terms.ORDINALS:
            return terms.ORDINALS[word], k + 1
        if word in terms.TENS and 0 < terms.ORDINALS.get(after, 0) < 10 and self.is_joined(k + 1):
            return terms.TENS[word] + terms.ORDINALS[after], k + 2
        ended = after in ("st", "nd", "rd", "th") and self.gap(k + 1) == "" and word.isdecimal()
        return (int(word), k + 2) if ended else (0, k)

    def _find_bound(self, k: int, floor: int | None = None) -> tuple[int | None, int]:
        """Return the bound that is said before token ``k``, and the character where it starts."""
        _, start = self.read_symbol(k)
        first = k
        while first > 0 and self.tokens[first - 1].start >= start:
            first -= 1
        if self.word(first - 1) == "between":
            return None, self.tokens[first - 1].start
        if self.word(first - 1) not in terms.BOUND_ENDS:
            return None, start
        floor = self.floor if floor is None else floor
        for size in (4, 3, 2, 1):
            if first - size < max(floor, 0) or any(self.gap(n).strip() for n in range(first - size + 1, first)):
                continue
            if self.text[self.tokens[first - 1].end : start].strip():
                continue
            bound = terms.BOUNDS.get(" ".join(self.word(n) for n in range(first - size, first)))
            if bound is not None:
                return bound, self.tokens[first - size].start
        return None, start

    def _find_trailing(self, number: Number) -> tuple[int | None, int, int]:
        """Return the bound that is said after a number, its end, and how many characters follow its last token."""
        end, gap = number.end, self.gap(number.end)[number.tail :]
        if gap[:1] == "+":
            return terms.LOW, end, number.tail + 1
        for size in (2, 1) if self.word(end) in ("or", "plus", "odd") else ():
            words = " ".join(self.word(n) for n in range(end, end + size))
            if words in terms.TRAILING and self.is_joined(end):
                return terms.TRAILING[words], end + size, 0
        return None, end, number.tail

    def _find_fate(self, k: int, end: int, noun: str) -> str:
        """Return what became of the people who are counted, from the words right before and after."""
        if noun and noun not in terms.people()[0] | terms.people()[1]:
            return ""
        before = range(k - 1, max(k - 6, -1), -1)
        for step, bounds in ((before, 1), (range(end, min(end + 7, len(self.tokens))), 0)):
            for n in step:
                word = self.word(n)
                if self.gap(n + bounds).strip() not in ("", "-") or self.is_digits(n) or word in terms.BREAKS:
                    break
                if word in terms.FATES:
                    return terms.FATES[word]
        return ""


def _apply(bound: int | None, low: float, high: float) -> tuple[float | None, float | None]:
    """Return the bounds as they are said."""
    return (None if bound in (terms.HIGH, terms.BELOW) else low), (None if bound in (terms.LOW, terms.ABOVE) else high)
