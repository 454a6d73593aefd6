"""When and where in a Russian report.

In: a sentence, the head of an act, the report's day. Out: an interval of days, a place. Weekdays are the latest such day up to the report's own; places
are looked up under their English names, of our list or in Latin letters. """

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from sayso.languages.russian.names import latin
from sayso.languages.russian.parsing import Sentence, span
from sayso.languages.russian.words import by_lemma, forms
from sayso.lexicon import Row, read_table
from sayso.model import Report, When, Where
from sayso.resolve.places import Gazetteer

_WEEKDAYS = {name: n for n, name in enumerate("понедельник вторник среда четверг пятница суббота воскресенье".split())} | {"воскресение": 6}
_MONTHS = {name: n for n, name in enumerate("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(), 1)}
_BEFORE = {"сегодня": 0, "вчера": 1, "накануне": 1, "позавчера": 2}
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN = frozenset({"в", "во", "под", "у", "близ", "около", "на", "возле", "вблизи", "из", "через", "к"})


class Settings:
    """Days and places of one report."""

    def __init__(self, report: Report, gazetteer: Gazetteer) -> None:
        self._report, self._gazetteer = report, gazetteer

    def when(self, sentence: Sentence) -> When | None:
        """The days that a sentence tells."""
        day = self._report.day
        for i, word in enumerate(sentence.words):
            lemma = word.lemma
            if day and lemma in _WEEKDAYS and sentence.preposition(i) in {"в", "во"}:
                return self._day(day - timedelta((day.weekday() - _WEEKDAYS[lemma]) % 7), sentence, i)
            if day and lemma in _BEFORE:
                return self._day(day - timedelta(_BEFORE[lemma]), sentence, i)
            if day and lemma in {"ночь", "ночью"} and not sentence.preposition(i):
                return When(start=day - timedelta(1), end=day, precision="range", text=word.text, at=word.start)
            if lemma in _MONTHS and (found := self._dated(sentence, i)):
                return found
            if day and lemma == "неделя" and (ahead := self._week(sentence, i)):
                start = day - timedelta(day.weekday()) + timedelta(7 * ahead)
                return When(start=start, end=start + timedelta(6), precision="week", text=word.text, at=word.start)
        return None

    @staticmethod
    def _week(sentence: Sentence, i: int) -> int:
        beside = {sentence.words[k].lemma for k in sentence.children(i, "amod", "det")}
        return 1 if beside & {"следующий", "будущий"} else -1 if beside & {"прошлый", "минувший"} else 0

    def _day(self, day: date, sentence: Sentence, i: int) -> When:
        return When(start=day, end=day, precision="day", text=sentence.words[i].text, at=sentence.words[i].start)

    def _dated(self, sentence: Sentence, i: int) -> When | None:
        """"12 июля", "12 июля 2020 года", "в июле 2020 года"."""
        words = sentence.words
        year = next((int(words[k].text) for k in range(i + 1, min(i + 3, len(words))) if _YEAR.fullmatch(words[k].text)), None)
        report = self._report.day
        month = _MONTHS[words[i].lemma]
        if year is None:
            if report is None:
                return None
            year = report.year - (month > report.month + 1)
        number = int(words[i - 1].text) if i and words[i - 1].text.isdigit() and len(words[i - 1].text) <= 2 else None
        first = i - 1 if number else i
        text = span(self._report, words[first : i + 1]).text
        try:
            if number:
                told = date(year, month, number)
                if report and told > report and year == report.year and not _YEAR.fullmatch(words[min(i + 1, len(words) - 1)].text):
                    told = date(year - 1, month, number) if (told - report).days > 60 else told
                return When(start=told, end=told, precision="day", text=text, at=words[first].start)
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
            return When(start=date(year, month, 1), end=last, precision="month", text=text, at=words[first].start)
        except ValueError:  # the 31st of June
            return None

    def where(self, sentence: Sentence, i: int, states: list[str]) -> Where | None:
        """The place of an act: of those below its head first, then of the sentence; a country only where there is none within one."""
        inside, said = set(sentence.subtree(i)), _who_says(sentence)
        found = [
            (k not in inside, place.precision == "country", k, place)
            for k in range(len(sentence.words)) if k not in said and (place := self._place(sentence, k, states))
        ]  # fmt: skip
        return min(found, key=lambda one: one[:3])[3] if found else None

    def _place(self, sentence: Sentence, k: int, states: list[str]) -> Where | None:
        words = sentence.words
        if k and (before := forms("places").at(sentence, k - 1)) and before.last >= k:
            return None
        preposition = sentence.preposition(k) or sentence.preposition(words[k].head)
        named = any(kind == "LOC" and first <= k <= last for first, last, kind in sentence.names)
        if match := forms("places").at(sentence, k):
            return self._resolved(match.row["name"], {match.row["country"]: 1.0}, sentence, match.first, match.last)
        if state := forms("countries", "name").at(sentence, k):
            if preposition not in {"в", "на", "из"}:
                return None
            row = _english()[state.row["code"]]
            return self._resolved(row["name"], {}, sentence, k, state.last)
        if seat := forms("countries", "capital").at(sentence, k):
            if preposition not in _IN and words[k].rel != "obj":
                return None
            row = _english()[seat.row["code"]]
            return self._resolved(row.listed("capital")[0], {seat.row["code"]: 1.0}, sentence, k, seat.last) if row["capital"] else None
        somebody = by_lemma("countries", "adjectives").get(words[k].lemma) or forms("actors").at(sentence, k)
        if not named or somebody or words[k].pos not in {"PROPN", "NOUN", "ADJ"}:
            return None
        first, last = next((f, n) for f, n, kind in sentence.names if kind == "LOC" and f <= k <= n)
        if k != first:
            return None
        name = " ".join(word.lemma.title() for word in words[first : last + 1])
        for way in latin(name):
            if found := self._resolved(way, dict.fromkeys(states, 1.0), sentence, first, last):
                return found
        return Where(name=latin(name)[0], precision="point", text=span(self._report, words[first : last + 1]).text, at=words[first].start)

    def _resolved(self, name: str, countries: dict[str, float], sentence: Sentence, first: int, last: int) -> Where | None:
        place = self._gazetteer.resolve(name, countries)
        words = sentence.words[first : last + 1]
        return self._gazetteer.to_where(place, span(self._report, words).text, words[0].start) if place else None


@cache
def _english() -> dict[str, Row]:
    """By code the row of a state of today."""
    return {row["code"]: row for row in reversed(list(read_table("countries")))}


def _who_says(sentence: Sentence) -> set[int]:
    """The words that tell who says something: a place there is where he has his desk."""
    cues = by_lemma("cues", kind="verb")
    found: set[int] = set()
    for i, word in enumerate(sentence.words):
        if word.lemma in cues:
            rels = ("nsubj", "obl") if sentence.children(i, "ccomp") else ("nsubj", "obl", "obj")
            own = sentence.children(i, *rels)
            found |= {m for k in own for m in sentence.subtree(k, frozenset({"ccomp"}))}
    return found
