"""Words of a sentence → how many, as the codebook bounds it.

In: the words as the reader cuts them (hyphens apart), and the place of a number or a noun among them. Out: a count, with the range
of its words, bounds included ("at least", "more than"). Number words and bounds come from `numbers.tsv`.
What it will not do: count what is no people or things: dates, times, ages, calibres, percentages, money, durations, and numbers
that are names. A definite noun ("the soldier") has no count, nor have "a few", "many" and "some" without a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from sayso.lexicon.tables import read_table
from sayso.model import Count

__all__ = ["count_at", "count_before", "plural", "times_in"]


class _Value(NamedTuple):
    """A number that ends before word `end`; `high` None where it is open; `scale` the factor of its last word, 1 for none."""

    low: int
    high: int | None
    end: int
    scale: int


class _Phrase(NamedTuple):
    """A number phrase, bounds included. `kind`: count; acts for "70 times"; passed over ("155" of "155 mm"); other for a date and the like."""

    first: int
    last: int
    low: int | None
    high: int | None
    approximate: bool
    kind: str


_FORMS: dict[str, dict[tuple[str, ...], int | None]] = {}
for _row in read_table("numbers"):
    _cells = _row.cells
    _FORMS.setdefault(_cells["kind"], {})[tuple(_cells["form"].split())] = int(_cells["value"]) if _cells["value"] else None


def _single(kind: str) -> dict[str, int]:
    return {forms[0]: value for forms, value in _FORMS[kind].items() if value is not None and len(forms) == 1}


_ONES, _TENS, _SCALE, _PAIR, _OPEN, _FEW, _VAGUE = (_single(k) for k in ("ones", "tens", "scale", "pair", "open", "few", "vague"))
_BOUNDS: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
"""By their first word the words that bound a number, the longer ones first."""
for _forms, _kind_of_bound in sorted(((forms, kind) for kind in ("floor", "ceiling", "near", "plain") for forms in _FORMS[kind]), key=lambda b: -len(b[0])):
    _BOUNDS[_forms[0]].append((_forms, _kind_of_bound))
_AFTER = {forms: kind.removeprefix("after_") for kind in ("after_floor", "after_ceiling", "after_near") for forms in _FORMS[kind]}
_NONE: dict[str, list[tuple[str, ...]]] = defaultdict(list)
"""By their first word the words for none, the longer ones first."""
for _forms in sorted(_FORMS["none"], key=lambda f: -len(f)):
    _NONE[_forms[0]].append(_forms)
_MEASURES = set(_FORMS["measure"])
_LABELS = {f[0] for f in _FORMS["label"]}
_NAMES = {f[0] for f in _FORMS["name"]}

_DIGITS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,14}|0")
_DECIMAL = re.compile(r"[0-9]{1,4}\.[0-9]{1,3}")
_DASHES = {"-", "–", "—", "‒"}
_QUOTES = {'"', "“", "”", "‘", "’", "'", "«", "»"}
_MONEY = {"$", "€", "£", "¥", "₹", "₴", "₽", "₪", "usd", "eur", "us$", "rs", "rs.", "#", "/"}
_MONTHS = set("January February March April May June July August September October November December Jan. Feb. Mar. "
              "Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec. Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split())  # fmt: skip
_PLACE_BOUNDS = {"over", "above", "under", "below"}
"""Bounds that are prepositions of place too: beside a number below ten ("a row over two villages") they bound nothing."""
_TIME_BEFORE = {"in", "since", "until", "till", "during", "before", "early", "late", "mid", "year", "mid-"}
_TIME_BEFORE_LOOSELY = {"by", "of", "from", "to", "after", "between", "the", "and", "a", "its", "'s", "’s"}
_DETERMINERS = {"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "your", "whose"}
_STOPS = set(
    "in on at by for from with without near into onto over under after before during since until against between among to as than via per inside "
    "outside around about and or but nor if when while because although though that which who whom what where why how not so then there here very "
    "i you he she it we they him them us me himself itself themselves am is are was were be been being has have had do does did will would shall "
    "should can could may might must said says told hit struck shot saw found took left few many much most some any each every either neither "
    "both all enough such half lot".split()
)
_PLURAL_MODIFIERS = set(
    "forces guards services operations rights arms affairs sports systems communications defences defenses settlers news police personnel "
    "wounded injured dead".split()
)
_IRREGULAR = {"people", "children", "police", "personnel", "troops", "cattle", "feet", "teeth", "others", "dead", "wounded", "injured"}
_WITHIN = {"in", "during"}
_ONE_AFTER = set("each this that every any the which another some 's ’s".split())
_AFTER_DASH = set(
    "among including the a an all and or who of in at on one most some both with as their his her its which that killing wounding from was were".split()
)
_COMPARED = {"as", "more", "higher", "larger", "bigger", "greater", "stronger", "the", "that", "less", "faster", "longer", "better", "over"}
_RATES = {"a", "an", "per", "each", "every", "daily", "weekly", "monthly", "yearly"}
_RATE_UNITS = {"day", "night", "week", "month", "year", "hour", "minute"}
_ACTS = {"times", "time", "occasions", "occasion"}


def _word(words: tuple[str, ...], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _fits(words: tuple[str, ...], i: int, forms: tuple[str, ...]) -> bool:
    return words[i : i + len(forms)] == forms


def _cardinal(low: tuple[str, ...], i: int) -> _Value | None:
    """A cardinal number at word `i`: digits or words, with its scale; "a dozen", "half a million", "a couple of"."""
    word = _word(low, i)
    if _DIGITS.fullmatch(word):
        return _scaled(low, i + 1, float(word.replace(",", "")), 1)
    if _DECIMAL.fullmatch(word):
        found = _scaled(low, i + 1, float(word), 1)
        return found if found.scale > 1 else None
    if word == "half" and _word(low, i + 1) in {"a", "an"} and _word(low, i + 2) in _SCALE:
        return _scaled(low, i + 2, 0.5, 1)
    if word in {"a", "an"}:
        following = _word(low, i + 1)
        if following in _SCALE:
            return _scaled(low, i + 1, 1, 1)
        if following in _PAIR:
            k = i + 2 + (_word(low, i + 2) == "of")
            if _word(low, k) in _SCALE:
                return _scaled(low, k, _PAIR[following], 1)
            return _Value(_PAIR[following], _PAIR[following], i + 2, 1)
        if following in _VAGUE and _word(low, i + 2) in _SCALE:
            found = _scaled(low, i + 2, _VAGUE[following], 1)
            return found._replace(high=None)
        return None
    if word in _FEW:
        following = _word(low, i + 1)
        if following in _SCALE:
            return _scaled(low, i + 1, _FEW[word], 1)._replace(high=None)
        return _Value(_FEW[word], None, i + 1, 1)
    if word in _OPEN:
        value, k, scale = _OPEN[word], i + 1, 1
        while _word(low, k) == "of" and _word(low, k + 1) in {"thousands", "millions", "billions"} and k < i + 5:
            scale *= {"t": 1_000, "m": 1_000_000, "b": 1_000_000_000}[low[k + 1][0]]
            k += 2
        return _Value(value * scale, None, k, scale)
    return _in_words(low, i)


def _scaled(low: tuple[str, ...], i: int, value: float, scale: int) -> _Value:
    """The value with the scale words that follow it: "1.2 million", "two dozen"."""
    while _word(low, i) in _SCALE and scale <= 1_000_000:
        scale *= _SCALE[low[i]]
        i += 1
    whole = round(value * scale)
    return _Value(whole, whole, i, scale)


def _in_words(low: tuple[str, ...], i: int) -> _Value | None:
    total, current, scale, last, k = 0, 0, 1, "", i
    while k < len(low):
        word = low[k]
        if word in _TENS and last in {"", "hundred", "thousand", "and"}:
            current, last = current + _TENS[word], "tens"
        elif word in _ONES and last in {"", "tens", "hundred", "thousand", "and"} and not (last == "tens" and _ONES[word] > 9):
            if last == "tens" and low[k - 1] not in _DASHES:
                break  # "twenty five-day", or a full stop left out: only a hyphen joins them
            current, last = current + _ONES[word], "ones"
        elif word in _DASHES and last == "tens" and 1 <= _ONES.get(_word(low, k + 1), 0) <= 9:
            pass
        elif word == "and" and last in {"hundred", "thousand"} and (_word(low, k + 1) in _ONES or _word(low, k + 1) in _TENS):
            last = "and"
        elif word in _SCALE and last in {"ones", "tens", "hundred"}:
            factor = scale = _SCALE[word]
            if factor == 100 and last == "ones":
                current, last = current * 100, "hundred"
            elif factor == 12:
                current, last = current * 12, "dozen"
            elif factor >= 1000:
                total, current, last = total + current * factor, 0, "thousand"
            else:
                break
        else:
            break
        k += 1
    if k == i:
        return None
    return _Value(total + current, total + current, k, scale)


def _range(low: tuple[str, ...], i: int, first: _Value, between: bool, after_from: bool) -> _Value | None:
    """The range that a second number makes of the first: "16 to 20", "two or three", "between 10 and 15"."""
    link = _word(low, first.end)
    links = {"and"} | _DASHES if between else (_DASHES if after_from else {"to", "or"} | _DASHES)
    if link not in links or first.high is None:
        return None
    if link == "to" and _yearlike(low[i]) and (_word(low, i - 1) in _TIME_BEFORE or _word(low, i - 1).capitalize() in _MONTHS):
        return None  # "from the start in 2000 to 4,899"
    second = _cardinal(low, first.end + 1)
    if second is None or second.high is None:
        return None
    least = first.low
    if first.scale == 1 and second.scale > 1 and least < second.scale and least * second.scale < second.low:
        least *= second.scale
    if least >= second.low or (link == "or" and second.low > 2 * least + 1) or (_yearlike(low[i]) and _yearlike(low[first.end + 1])):
        return None
    return _Value(least, second.high, second.end, second.scale)


def _yearlike(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2100


def _phrase(words: tuple[str, ...], low: tuple[str, ...], i: int) -> _Phrase | None:
    """The number phrase that begins at word `i`."""
    k, bounds = i, []
    for _ in range(4):
        bound = next((b for b in _BOUNDS.get(_word(low, k), ()) if _fits(low, k, b[0])), None)
        if bound is None:
            break
        bounds.append((bound[1], k, bound[0]))
        k += len(bound[0])
    between = _word(low, k) == "between"
    start = k + between
    value = _cardinal(low, start)
    if value is None:
        none = next((f for f in _NONE.get(low[i], ()) if _fits(low, i, f)), None) if not bounds else None
        return _Phrase(i, i + len(none), 0, 0, False, "count") if none else None
    if _fits(low, start - 1, ("no", "one")):
        return None
    both = _range(low, start, value, between, _word(low, start - 1) == "from")
    if both is None and between:
        return None
    value = both or value
    if bounds and bounds[-1][2][0] in _PLACE_BOUNDS and len(bounds[-1][2]) == 1 and value.low < 10:
        return None
    kinds = {kind for kind, _, _ in bounds}
    end = value.end
    if _word(low, end) == "+":
        kinds.add("floor")
        end += 1
    else:
        dash = _word(low, end) in _DASHES and _word(low, end + 1) in {"plus", "odd"}
        for forms, kind in _AFTER.items():
            if _fits(low, end + dash, forms):
                kinds.add(kind)
                end += dash + len(forms)
                break
    least: int | None = value.low
    most = value.high
    if "ceiling" in kinds:
        least, most = None, (value.high if value.high is not None else value.low)
    elif "floor" in kinds:
        most = None
    kind = _kind(words, low, start, value.end, end)
    return _Phrase(i, end, least, most, "near" in kinds and kind == "count", kind)


def _kind(words: tuple[str, ...], low: tuple[str, ...], first: int, number_end: int, end: int) -> str:
    """What the number at words `first` to `end` is, by its neighbours."""
    before, after, second = _word(low, first - 1), _word(low, end), _word(low, end + 1)
    digits = words[first][0].isdecimal()
    if after in _ACTS or (after == "of" and second in _ACTS):
        return "acts"
    if before in _MONEY or after == "/":
        return "other"
    if (after,) in _MEASURES or (after.removesuffix("s"),) in _MEASURES or (after, second) in _MEASURES:
        return "passed"
    if after in _DASHES and end == number_end:
        if (_DIGITS.fullmatch(second) and digits) or _cardinal(low, end + 1) is not None:
            return "other"  # a score, or a range that runs backwards
        if second.isalpha() and second not in _AFTER_DASH:
            return "passed"
    if before in _DASHES and digits:
        joined = _word(words, first - 2)
        if joined[:1].isdecimal():
            return "other"
        if joined.isalpha() and (len(joined) <= 3 or any(c.isupper() for c in joined)):
            return "passed"
    if before in _LABELS or (before in _NAMES and words[first - 1][0].isupper()):
        return "other"
    if _is_date(words, low, first, end, digits):
        return "other"
    if digits and number_end == first + 1 and _is_age(words, first, end):
        return "other"
    clause = before == "that" and _word(low, first - 2).isalpha() and after.isalpha() and after not in _STOPS  # "said that one soldier was hurt"
    clause = clause or (before == "which" and _word(low, first - 2) in _WITHIN)  # "an attack in which one soldier was hurt"
    pointed = before in _ONE_AFTER and not clause
    if low[first] == "one" and end == first + 1 and (pointed or after == "another"):
        return "other"
    if after in {"in", "out"} and end == first + 1:
        k = end + 1 + (after == "out")
        among = _word(low, k)
        measured = (_word(low, k + 1),) in _MEASURES or (_word(low, k + 1).removesuffix("s"),) in _MEASURES
        if (among in _ONES or among in _TENS or _DIGITS.fullmatch(among)) and not _yearlike(among) and not measured:
            return "other"  # "one in five"
    return "count"


def _is_date(words: tuple[str, ...], low: tuple[str, ...], first: int, end: int, digits: bool) -> bool:
    if not digits:
        return False
    before, after = _word(words, first - 1), _word(words, end)
    if after in _MONTHS or (before in _MONTHS and low[first - 2 : first - 1] != ("in",)):
        return True
    if _word(low, first - 1) in {"and", ","} and _word(words, first - 3) in _MONTHS and low[first - 2].isdecimal() and not after[:1].isalpha():
        return True
    if not _yearlike(words[first]):
        return False
    lowered, noun = _word(low, first - 1), plural(_word(words, end))
    if lowered in _TIME_BEFORE or before in _MONTHS or after in {"'s", "’s"} or lowered in _DASHES or _word(low, end) in _DASHES:
        return True
    if lowered in {",", "("} and _word(words, first - 3) in _MONTHS | {""}:
        return True
    return lowered in _TIME_BEFORE_LOOSELY and not noun


def _is_age(words: tuple[str, ...], first: int, end: int) -> bool:
    """ "Karim Haddad, 35, was …": a number set off after a name."""
    before, after, name = _word(words, first - 1), _word(words, end), _word(words, first - 2)
    return before in {",", "("} and after in {",", ")", ".", ";"} and name[:1].isupper() and len(words[first]) <= 3 and int(words[first]) <= 110


@lru_cache(maxsize=256)
def _phrases(words: tuple[str, ...]) -> tuple[_Phrase, ...]:
    low = tuple(w.lower().replace("’", "'") if "’" in w else w.lower() for w in words)
    found: list[_Phrase] = []
    i = 0
    while i < len(words):
        phrase = _phrase(words, low, i)
        if phrase is None:
            i += 1
        else:
            found.append(phrase)
            i = max(phrase.last, i + 1)
    return tuple(found)


def _count(words: tuple[str, ...], phrase: _Phrase) -> tuple[Count, int, int]:
    text = " ".join(words[phrase.first : phrase.last])
    return Count(low=phrase.low, high=phrase.high, text=text, approximate=phrase.approximate), phrase.first, phrase.last


def plural(word: str) -> bool:
    """Whether a noun is a plural, by its form: "soldiers", "people", "policemen"."""
    lowered = word.lower()
    return lowered in _IRREGULAR or lowered.endswith("men") or (len(lowered) > 3 and lowered.endswith("s") and not lowered.endswith(("ss", "us", "is")))


def count_at(words: list[str], k: int) -> tuple[Count, int, int] | None:
    """The count whose phrase has word `k` in it, with the range of the phrase's words; None where the number counts no people or things.

    >>> count_at("At least 16 people were killed .".split(), 2)
    (Count(low=16, high=None, text='At least 16', approximate=False, at=None), 0, 3)
    >>> count_at("The attack was on July 12 .".split(), 5) is None
    True
    """
    known = tuple(words)
    for phrase in _phrases(known):
        if phrase.first <= k < phrase.last:
            return _count(known, phrase) if phrase.kind == "count" else None
    return None


def count_before(words: list[str], k: int) -> tuple[Count, int, int] | None:
    """The count that stands before noun `k` within its nominal, with the range of the count's words.

    "A" and "another" count one before a singular noun; "no" and "none of" count zero; a definite noun counts nothing, save "four of the soldiers".

    >>> count_before("four Azerbaijani soldiers".split(), 2)
    (Count(low=4, high=4, text='four', approximate=False, at=None), 0, 1)
    >>> count_before("the soldier".split(), 1) is None
    True
    """
    known = tuple(words)
    if not 0 <= k < len(known) or not known[k][:1].isalpha():
        return None
    phrases = _phrases(known)
    inside = {i: p for p in phrases for i in range(p.first, p.last)}
    if k in inside:
        return None
    many = plural(known[k])
    definite = False
    i, steps = k - 1, 0
    while i >= 0 and steps < 12:
        steps += 1
        word = known[i]
        low = word.lower()
        phrase = inside.get(i)
        if phrase is not None:
            if phrase.kind == "passed":
                i = phrase.first - 1
                continue
            return None if definite or phrase.kind != "count" or (phrase.high == 1 and many) else _count(known, phrase)
        if low == "of":
            phrase = inside.get(i - 1)
            if phrase is None or phrase.kind != "count" or phrase.last != i:
                return None
            return _count(known, phrase)
        if low in {"'s", "’s"} or (definite and low in _DETERMINERS):
            definite = True
        elif low in _DETERMINERS:
            if _word(known, i - 1).lower() != "of":
                return None
        elif definite:
            if not (word[0].isalpha() and low not in _STOPS):
                return None
        elif low in {"a", "an", "another"}:
            if many:
                return None
            return Count(low=1, high=1, text=word), i, i + 1
        elif low == "and":
            if not (known[i - 1][:1].isupper() and known[i + 1][:1].isupper() and not plural(known[i - 1])):
                return None
        elif word in _DASHES or word in _QUOTES:
            pass
        elif not word[0].isalnum() or low in _STOPS or (word.islower() and plural(low) and low not in _PLURAL_MODIFIERS):
            return None
        i -= 1
    return None


def times_in(words: list[str], noun: int | None = None) -> tuple[Count, int, int] | None:
    """How many acts the words count, with the range of the words that say so: "70 times", "twice", "on three occasions".

    Give the words of one clause. With `noun`, the place of the noun that names the act, a number before it counts too ("16
    violations"), but not "a" or "no". Rates ("twice a day") and comparisons ("three times as many") count nothing.

    >>> times_in("They violated the truce more than 70 times .".split())
    (Count(low=70, high=None, text='more than 70', approximate=False, at=None), 4, 8)
    >>> times_in("Once the troops had left , the town fell .".split()) is None
    True
    """
    known = tuple(words)
    phrases = _phrases(known)
    for i, word in enumerate(known):
        low = word.lower()
        if low in _ACTS and i:
            found = next(((*_count(known, p)[:2], i + 1) for p in phrases if p.kind == "acts" and p.last in {i, i - 1}), None)
            counted = count_before(words, i) if found is None and low.startswith("occasion") else None
            if counted is not None and counted[0].text.lower() not in {"a", "an", "another"}:
                found = (counted[0], counted[1], i + 1)
            if found is not None and not _compared(known, i + 1):
                return found
        elif low in {"twice", "thrice"} and not _compared(known, i + 1):
            n = 2 if low == "twice" else 3
            first, floor = _opened(known, i)
            return Count(low=n, high=None if floor else n, text=" ".join(known[first : i + 1])), first, i + 1
        elif low == "once" and not _compared(known, i + 1):
            first, floor = _opened(known, i)
            if floor or _word(known, i - 1).lower() in {"only", "just"}:
                return Count(low=1, high=None if floor else 1, text=" ".join(known[first : i + 1])), first, i + 1
    if noun is not None:
        counted = count_before(words, noun)
        if counted and counted[0].high != 0 and counted[0].text.lower() not in {"a", "an", "another"}:
            return counted
    return None


def _opened(words: tuple[str, ...], i: int) -> tuple[int, bool]:
    """Where "more than" or "at least" before word `i` begins, and whether it stands there."""
    two = tuple(w.lower() for w in words[max(0, i - 2) : i])
    return (i - 2, True) if two in {("more", "than"), ("at", "least")} else (i, False)


def _compared(words: tuple[str, ...], i: int) -> bool:
    following, second = _word(words, i).lower(), _word(words, i + 1).lower()
    return following in _COMPARED or following in {"daily", "weekly", "per"} or (following in _RATES and second in _RATE_UNITS)
