"""Who somebody is in a Russian report: nouns with what stands beside them → parties, with the names of our lists.

In: a sentence and the place of a noun. Out: parties, each with the reason. A name in a list comes first, then a person, an office, an organ, a state, then
people and forces whose country the words beside them tell; "the sides" and pronouns are those who were named before. A noun that names nobody gives none.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from sayso.languages.russian.names import latin
from sayso.languages.russian.parsing import Sentence, span
from sayso.languages.russian.words import Match, Row, country_names, forms, role
from sayso.lexicon import Row as EnglishRow
from sayso.lexicon import read_table
from sayso.model import Entity, Report, Sector

_BELOW = frozenset({"acl", "advcl", "ccomp", "parataxis", "punct", "conj", "cc", "case", "nummod", "obl"})
"""What stands below a noun and tells nothing of whose it is."""
_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})


class Party(NamedTuple):
    """Somebody, and why it is he. `role` is that of `agents.tsv`, office, organ, state, actor or person."""

    entity: Entity
    because: str
    role: str


class Parties:
    """Who is who in one report, in the order in which it is read: what was named before is known."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._pair: list[str] = []
        self._met = False
        self._forces: dict[str, str] = {}
        self.place = ""
        self._organs: dict[str, Party] = {}
        self._people: dict[str, Party] = {}
        self._last: dict[str, Party] = {}

    # whose

    def note(self, sentence: Sentence) -> None:
        """Take in the states that a sentence names: "the sides" behind it are they."""
        found = list(dict.fromkeys(code for i in range(len(sentence.words)) if (code := self._state_at(sentence, i))))
        if len(found) > 1 and not (self._met and set(self._pair) <= set(found)):
            self._pair, self._met = found[:2], True
        elif found and not self._met:
            self._pair = [*[code for code in self._pair if code != found[0]][-1:], found[0]]

    @property
    def pair(self) -> list[str]:
        """The two states that a sentence named together last, in the order in which they came; until there is one, the latest two."""
        return self._pair

    def _state_at(self, sentence: Sentence, i: int) -> str:
        match = forms("countries", "name").over(sentence, i)
        if match:
            return match.row["code"]
        row = forms("countries", "adjectives").get(sentence.words[i].lemma) or forms("countries", "people").get(sentence.words[i].lemma)
        return row["code"] if row else ""

    def country(self, sentence: Sentence, i: int) -> str:
        """The state whose somebody is, by the words below; empty for none."""
        below = [k for k in sentence.subtree(i, _BELOW) if k != i]
        for k in below:
            if code := self._state_at(sentence, k):
                return code
        for k in below:
            seat = forms("countries", "capital").at(sentence, k)
            if seat and sentence.preposition(k) == "":
                return seat.row["code"]
        return ""

    # who

    def of(self, sentence: Sentence, i: int, speaker: Party | None = None, place: str = "") -> list[Party]:
        """Those whom a noun means, with those who are coordinated with it.

        Args:
            speaker: who says it: forces without a country are his.
            place: the country of the place where it happens: civilians without a country are of it.
        """
        found = self._one(sentence, i, speaker, place)
        if not found:
            return []
        for k in sentence.children(i, "conj"):
            found += self._one(sentence, k, speaker, place)
        if len(found) == 1:  # "the foreign ministers of Armenia and Azerbaijan"
            found = self._each(sentence, i, found[0])
        seen: dict[tuple[str, str | None], Party] = {}
        for party in found:
            seen.setdefault((party.entity.name, party.entity.country), party)
        return list(seen.values())

    def _each(self, sentence: Sentence, i: int, party: Party) -> list[Party]:
        if party.role not in {"office", "organ", "force"} or not sentence.words[i].has(Number="Plur"):
            return [party]
        owners = [k for k in sentence.subtree(i, frozenset({"acl", "advcl", "parataxis", "punct"})) if k != i]
        codes = list(dict.fromkeys(code for k in owners if (code := self._state_at(sentence, k))))
        if len(codes) < 2:
            return [party]
        name = party.entity.name.rpartition(" of ")[0] or party.entity.name
        return [self._made(sentence, i, f"{name} of {self._name(code)}", code, str(party.entity.sector), party.because, party.role) for code in codes]

    def _one(self, sentence: Sentence, i: int, speaker: Party | None, place: str) -> list[Party]:
        word = sentence.words[i]
        place = place or self.place
        if word.pos == "PRON" or (word.lemma in role("short") and not forms("organs").at(sentence, i)):
            return self._before(sentence, i, speaker)
        if word.lemma in role("spokesman"):
            return self._spoken_for(sentence, i, place)
        if match := forms("actors").over(sentence, i):
            actor = self._valid(match.row["id"])
            return [self._listed(sentence, match, actor)] if actor else []
        if quoted := self._quoted(sentence, i):
            return [quoted]
        if person := self._person(sentence, i):
            return [person]
        if (match := forms("organs").over(sentence, i, 1)) and not (word.lemma in role("title") and _is_plural(sentence, i) and not self.country(sentence, i)):
            return self._office(sentence, i, match, speaker, place)
        if match := forms("countries", "name").over(sentence, i):
            code = match.row["code"]
            return [self._made(sentence, i, self._name(code), code, "GOV", f"{match.row['name'].split('|')[0]} is a state", "state", match.last)]
        if (match := forms("countries", "capital").at(sentence, i)) and not sentence.preposition(i):
            return [self._made(sentence, i, self._name(match.row["code"]), match.row["code"], "GOV", "a capital for its government", "seat", match.last)]
        if row := forms("countries", "people").get(word.lemma):
            return [self._made(sentence, i, f"civilians of {self._name(row['code'])}", row["code"], "CVL", f"{row['people']}: people of a country", "people")]
        both = _is_plural(sentence, i) or any(sentence.words[k].lemma == "оба" for k in sentence.children(i, "nummod"))
        if word.lemma in role("sides") and both and len(self.pair) == 2 and not self.country(sentence, i):
            if word.lemma in role("title"):
                return [self._last.get(code) or self._state(sentence, i, code, "the two that were named") for code in self.pair]
            return [self._made(sentence, i, self._name(code), code, "GOV", "“the sides”: the two that were named", "state") for code in self.pair]
        return self._agent(sentence, i, speaker, place)

    def _spoken_for(self, sentence: Sentence, i: int, place: str) -> list[Party]:
        """For whom a spokesman speaks."""
        below = [k for k in sentence.subtree(i, frozenset({"acl", "parataxis"})) if k != i]
        if any(sentence.words[k].lemma in role("health") for k in below):
            code = self.country(sentence, i) or place
            return [self._made(sentence, i, self.named("health officials", code) if code else "health officials", code, "MED", "of health services", "office")]
        return next((found for k in below if sentence.words[k].pos != "ADJ" and (found := self._one(sentence, k, None, place))), [])

    def _quoted(self, sentence: Sentence, i: int) -> Party | None:
        """"движение «Талибан»"."""
        for k in range(i + 1, min(i + 5, len(sentence.words))):
            if sentence.words[k].text in "«\"“„":
                match = forms("actors").at(sentence, k + 1) if k + 1 < len(sentence.words) else None
                row = self._valid(match.row["id"]) if match else None
                inside = match is not None and row is not None and match.last + 1 < len(sentence.words)
                return self._listed(sentence, Match(i, match.last + 1, match.row), row) if inside and match and row else None
            if sentence.words[k].pos not in {"ADJ", "NOUN", "PROPN"}:
                return None
        return None

    def _valid(self, key: str) -> EnglishRow | None:
        """The row of an actor as it is at the report's day."""
        row = actors().get(key)
        day = self._report.day
        if row is None or day is None:
            return row
        alike = [r for r in actors().values() if r["name"] == row["name"]]
        return next((r for r in alike if _held(r, day)), row)

    def _listed(self, sentence: Sentence, match: Match, row: EnglishRow) -> Party:
        words = sentence.words[match.first : match.last + 1]
        country = row["country"] or None
        entity = Entity(text=span(self._report, words).text, name=row["name"], country=country, sector=Sector(row["sector"]), id=row["id"], at=words[0].start,
                        qualifiers=[row["qualifiers"]] if row["qualifiers"] else [])  # fmt: skip
        return Party(entity, f"actors.tsv: {match.row['form'].split('|')[0]}", "actor")

    def _person(self, sentence: Sentence, i: int) -> Party | None:
        name = next(((first, last) for first, last, kind in sentence.names if kind == "PER" and first <= i <= last), None)
        if name is None:  # the name beside an office: "глава МИД России Сергей Лавров"
            beside = [k for k in sentence.children(i, "appos", "flat") if any(kind == "PER" and first <= k <= last for first, last, kind in sentence.names)]
            return self._person(sentence, beside[0]) if beside and sentence.words[i].pos == "NOUN" else None
        words = sentence.words[name[0] : name[1] + 1]
        told = " ".join(word.lemma.title() if word.text[0].isupper() else word.lemma for word in words)
        match = forms("people").at(sentence, name[0])
        ways = [match.row["name"]] if match and match.last == name[1] else latin(told)
        known = self._people.get(ways[0].split()[-1])
        if known is not None and len(words) == 1:
            return known._replace(entity=replace(known.entity, text=words[0].text, at=words[0].start))
        row = next((r for way in ways for r in self._rows_of(way)), None)
        title = next((k for k in [sentence.words[name[0]].head, *sentence.above(name[0])] if forms("organs").at(sentence, k)), None)
        match_ = forms("organs").at(sentence, title) if title is not None and title < name[0] else None
        if row is not None:
            text, sector = span(self._report, words).text, Sector(row["sector"] or "GOV")
            entity = Entity(text=text, name=row["name"], country=row["country"] or None, sector=sector, at=words[0].start)
            party = Party(entity, f"people.tsv: {row['name']}", "person")
        else:
            code = self.country(sentence, title) if title is not None and match_ else ""
            sector = Sector(match_.row["sector"] if match_ else "UNK")
            entity = Entity(text=span(self._report, words).text, name=ways[0], country=code or None, sector=sector, at=words[0].start)
            party = Party(entity, "a person’s name, in Latin letters", "person")
        self._people[party.entity.name.split()[-1]] = party
        if party.entity.country:
            self._last[party.entity.country] = party
        return party

    def _rows_of(self, name: str) -> list[EnglishRow]:
        """Who holds an office under this name, first those who do at the report's day."""
        day = self._report.day
        return sorted(people().get(name, ()), key=lambda row: not (day and _held(row, day)))

    def _office(self, sentence: Sentence, i: int, match: Match, speaker: Party | None, place: str) -> list[Party]:
        code = self.country(sentence, i) or self._of_seat(sentence, i)
        body = next((m for k in sentence.children(i, "nmod") if (m := forms("actors").at(sentence, k))), None)
        if not code and body and (actor := self._valid(body.row["id"])):
            name = f"{match.row['name']} of {actor['name']}"
            return [self._made(sentence, i, name, actor["country"], match.row["sector"], match.row["form"], match.row["kind"])]
        if not code and match.row["kind"] == "organ":  # "the government": the one that was named before
            code = next((key for key, known in reversed(self._organs.items()) if known.entity.name.startswith(f"{match.row['name']} of ")), "")
        local = match.row["name"] in {"Governor", "Regional Governor", "Mayor"}
        code = code or (place if local else "") or (self._pair[-1] if self._pair and not local else "")
        name = f"{match.row['name']} of {self._name(code)}" if code else match.row["name"]
        party = self._made(sentence, i, name, code, match.row["sector"], f"organs.tsv: {match.row['form'].split('|')[0]}", match.row["kind"], match.last)
        if match.row["kind"] == "organ":
            self._organs.pop(code, None)
            self._organs[code] = party  # the last one named is the last one here
        return [party]

    def _of_seat(self, sentence: Sentence, i: int) -> str:
        """"правительство в Ереване"."""
        if i + 2 < len(sentence.words) and sentence.words[i + 1].text in {"в", "во"}:
            seat = forms("countries", "capital").at(sentence, i + 2)
            return seat.row["code"] if seat else ""
        return ""

    def _agent(self, sentence: Sentence, i: int, speaker: Party | None, place: str) -> list[Party]:
        match = forms("agents").over(sentence, i)  # "военный склад" begins with its adjective
        if match is None:
            return []
        row = match.row
        code = self.country(sentence, i)
        why = f"agents.tsv: {row['form']}"
        beside = [sentence.words[k] for k in sentence.children(i, "det", "nmod", "amod")]
        if not code and any(word.text.lower() in role("possessive") or word.lemma in role("possessive") for word in beside):
            code, why = (speaker.entity.country or "" if speaker else ""), f"{why}, of whoever speaks"
        if not code and row["role"] in {"people", "place", "holding"}:
            code, why = place, f"{why}, of the place"
        elif not code and row["role"] == "force" and speaker is not None and str(speaker.entity.sector) in _STATE and row["sector"] == "MIL":
            code, why = speaker.entity.country or "", f"{why}, of whoever speaks"
        own = speaker is not None and str(speaker.entity.sector) in _STATE and row["sector"] in {"CVL", "MIL", "COP"}
        if not code and own and speaker is not None and row["role"] in {"people", "force"}:
            code, why = speaker.entity.country or "", f"{why}, of whoever speaks"
        if not code and row["role"] == "force":
            code = self._forces.get(row["sector"], "") or place
            why = f"{why}, of those before" if row["sector"] in self._forces else f"{why}, of the place"
        if code and row["role"] == "force":
            self._forces[row["sector"]] = code
        if not row["name"]:
            return [self._state(sentence, i, code, why)] if code else []
        name = f"{row['name']} of {self._name(code)}" if code else ("people" if row["form"] == "человек" else row["name"])
        sector = "UNK" if not code and row["form"] == "человек" else row["sector"]
        return [self._made(sentence, i, name, code, sector, why, row["role"], match.last)]

    def _before(self, sentence: Sentence, i: int, speaker: Party | None) -> list[Party]:
        """Whom a pronoun, or "the ministry", means: the organ that was named last, or whoever spoke."""
        word = sentence.words[i]
        if word.lemma in role("short"):
            code = self.country(sentence, i)
            if known := self._organs.get(code) if code else next(reversed(self._organs.values()), None):
                return [known]
            return [self._made(sentence, i, f"Government of {self._name(code)}", code, "GOV", "“the ministry” of a state", "organ")] if code else []
        if word.lemma == "они" and len(self.pair) == 2:
            return [self._made(sentence, i, self._name(code), code, "GOV", "“they”: the two that were named", "state") for code in self.pair]
        return [speaker] if speaker and word.lemma in role("personal") else []

    def named(self, name: str, code: str) -> str:
        """What an organ of a state is called."""
        return f"{name} of {self._name(code)}"

    def people(self, sentence: Sentence, i: int) -> Party:
        """People of whom nothing is told."""
        return self._made(sentence, i, "people", "", "UNK", "a number of people", "people")

    def unknown(self, sentence: Sentence, i: int) -> Party:
        """Somebody of whom nothing but what he is called is known."""
        below = [k for k in sentence.subtree(i, _BELOW) if sentence.words[k].rel != "punct"]
        name = span(self._report, [sentence.words[k] for k in below]).text
        return self._made(sentence, i, name, "", "UNK", "called so, and in no list", "people")

    def civilians(self, sentence: Sentence, i: int, code: str) -> Party:
        """The people of a place that is struck."""
        return self._made(sentence, i, f"civilians of {self._name(code)}", code, "CVL", "those at the place that was struck", "people")

    def _state(self, sentence: Sentence, i: int, code: str, because: str) -> Party:
        return self._made(sentence, i, self._name(code), code, "GOV", because, "state")

    def both(self, sentence: Sentence, i: int) -> list[Party]:
        """The two states that were named last."""
        return [self._made(sentence, i, self._name(code), code, "GOV", "the two that were named", "state") for code in self.pair]

    def government(self, sentence: Sentence, i: int, code: str) -> Party:
        """The government of a state, for its seat."""
        return self._made(sentence, i, f"Government of {self._name(code)}", code, "GOV", "a capital for its government", "state")

    def _made(self, sentence: Sentence, i: int, name: str, code: str, sector: str, because: str, part: str, last: int | None = None) -> Party:
        below = [k for k in sentence.subtree(i, _BELOW | {"appos"}) if sentence.words[k].rel != "punct"]
        words = [sentence.words[k] for k in sorted({i, *below, *([last] if last is not None else [])})]
        party = Party(Entity(text=span(self._report, words).text, name=name, country=code or None, sector=Sector(sector), at=words[0].start), because, part)
        if part == "office" and code:
            self._last.setdefault(code, party)
        return party

    @staticmethod
    def _name(code: str) -> str:
        return country_names().get(code, code)


@cache
def actors() -> dict[str, EnglishRow]:
    """The rows of our actors, by id."""
    return {row["id"]: row for row in read_table("actors")}


@cache
def people() -> dict[str, list[EnglishRow]]:
    """The rows of our office holders, by name and other names."""
    found: dict[str, list[EnglishRow]] = {}
    for row in read_table("people"):
        for name in dict.fromkeys((row["name"], *row.listed("aliases"))):
            found.setdefault(name, []).append(row)
    return found


def _is_plural(sentence: Sentence, i: int) -> bool:
    """Whether a noun is in the plural: by its form, or, as a subject by itself, by that of its verb."""
    word = sentence.words[i]
    alone = word.rel.startswith("nsubj") and not sentence.children(i, "conj", "nummod")
    return word.has(Number="Plur") or (alone and sentence.words[word.head].has(Number="Plur"))


def _held(row: EnglishRow | Row, day: date) -> bool:
    """Whether a row is of this day."""
    told = day.isoformat()
    return (not row["from"] or row["from"] <= told) and (not row["to"] or row["to"] >= told[: len(row["to"])])
