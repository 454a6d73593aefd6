"""The word lists, ready to be asked: which acts a word may name, what a cue says, whom a name stands for.

In: the lexicon files, ours and the user's. Out: `Lexicon`, loaded once per process. It answers with rows that know their file and line; it does not
look at a text, choose among readings, or hold a word of its own.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from sayso.lexicon import own
from sayso.lexicon.adding import add, cells_of
from sayso.lexicon.tables import BODIES, SCHEMAS, Row, faults, read_table, table_names
from sayso.reader.tokens import words

__all__ = ["BODIES", "SCHEMAS", "ActRow", "Lexicon", "Name", "Need", "Row", "add", "cells_of", "faults", "lexicon", "own", "read_table", "table_names"]


class Need(NamedTuple):
    """One condition on an act's use: `kind` obj, subj, prep, plural, xcomp, ccomp, modifier, own, reason or owned; `values` words, then
    <classes>; `no` for its absence.

    The values have an order, since to ask whether something is of a class may settle who is meant there: readings must not depend on the order of a set.
    """

    kind: str
    values: tuple[str, ...]
    no: bool


class ActRow(NamedTuple):
    """A verb's or noun's use as an act; `type` NONE for a use that is no act."""

    words: tuple[str, ...]
    type: str
    modes: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    needs: tuple[Need, ...]
    object: str
    row: Row

    @property
    def verbal(self) -> bool:
        """Whether the use is a verb's, or that of a word said of somebody with "be"."""
        return self.row.file.endswith("acts-verbs.tsv")

    @property
    def duty(self) -> bool:
        """Whether the use is a modal verb's, by which a speaker asks for an act."""
        return "speaker" in self.actor


class Name(NamedTuple):
    """What a run of words may stand for: `kind` is the file it comes from, or adjective, nation, capital, metonym, seat."""

    kind: str
    row: Row


_WORLD = ("United Nations ", "UN ", "U.N. ")


_EITHER = (("Muslim", "Moslem"), ("Organisation", "Organization"), ("Organization", "Organisation"), ("Defence", "Defense"), ("Defense", "Defence"))
"""Words that are written in two ways within names of bodies."""


def _spellings(form: str) -> list[str]:
    """A name as it stands, and with the other ways to write the United Nations, Muslims, an organisation and defence."""
    rest = next((form.removeprefix(opening) for opening in _WORLD if form.startswith(opening)), None)
    forms = [form] if rest is None else [form, *(opening + rest for opening in _WORLD if opening + rest != form)]
    for word, other in _EITHER:
        forms += [f.replace(word, other) for f in forms if word in f]
    return forms


class _Trie:
    """Runs of words → names; `END` holds what ends here."""

    END = ""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}

    def add(self, forms: Iterable[str], name: Name) -> None:
        node = self.root
        for form in forms:
            node = node.setdefault(form, {})
        held = node.setdefault(self.END, [])
        if name not in held:
            held.append(name)


class Lexicon:
    """All files, indexed.

    `verbs` and `nouns` by head lemma, most specific use first, `predicates` by the word behind "be", `duties` by modal verb; `cues`, `matrix`,
    `light`, `harms` by lemma; `openings` are the first words of cues that are prepositions.
    """

    def __init__(self) -> None:
        self.verbs = _acts("acts-verbs", head=0)
        self.nouns = _acts("acts-nouns", head=-1)
        self.predicates: dict[str, list[ActRow]] = {}
        for act in self.verbs.pop("be", []):
            if len(act.words) > 1:
                self.predicates.setdefault(act.words[1], []).append(act)
        self.matrix = {(r["form"], r["pos"]): r for r in read_table("matrix")}
        self.duties = {form: self.verbs.pop(form) for form, rows in list(self.verbs.items()) if any(act.duty for act in rows)}
        self.light: dict[str, list[Row]] = {}
        for r in read_table("light"):
            self.light.setdefault(r["verb"], []).append(r)
        self.cues: dict[tuple[str, str], Row] = {(r["form"], r["pos"]): r for r in read_table("cues")}
        self.openings = frozenset(form.split()[0] for form, pos in self.cues if pos == "prep")
        self.channels = {r["form"]: r for r in read_table("channels")}
        self.weapons = {r["form"]: r for r in read_table("weapons")}
        self.things = {r["form"]: r for r in read_table("things")}
        self.harms: dict[str, list[Row]] = {}
        for r in sorted(read_table("harms"), key=lambda r: -len(r["needs"])):
            self.harms.setdefault(r["form"].split()[0] if r["pos"] == "verb" else r["form"].split()[-1], []).append(r)
        agents = [r for r in read_table("agents") if " " not in r["form"]]
        self._agents_of = {s: frozenset(r["form"] for r in agents if r["sector"] == s) for s in {r["sector"] for r in agents}}
        organs = list(read_table("organs"))
        shared = {form.lower() for r in organs if not r["country"] for form in (r["form"], r["canonical"])}
        self._only = {form.lower(): r["country"] for r in organs if r["country"] for form in (r["form"], r["canonical"]) if form.lower() not in shared}
        self._words = {(r["form"], role) for r in read_table("discourse") for role in r.listed("role")}
        self.seats = {form: r for r in read_table("regions") for form in (r["name"], *r.listed("adjectives"))}
        self.countries = {r["code"]: r for r in reversed(list(read_table("countries")))}
        self.homelands = {r["form"]: r for r in read_table("homelands")}
        self.by_surname: dict[str, list[Row]] = {}
        self.people: dict[str, list[Row]] = {}
        self._trie = _Trie()
        self._fill()

    def _fill(self) -> None:
        for r in read_table("countries"):
            if r["capital"] and r["from"] and not r["adjectives"]:  # where the government of the present state sat for a time
                present = Row(r.file, r.line, {**self.countries[r["code"]].cells, "from": r["from"], "to": r["to"]})
                for form in r.listed("capital"):
                    self._name(form, Name("capital", present))
                continue
            for column, kind in (("name", "country"), ("aliases", "country"), ("adjectives", "adjective"), ("people", "nation"),
                                 ("capital", "capital"), ("metonyms", "metonym")):  # fmt: skip
                for form in r.listed(column):
                    self._name(form, Name(kind, r))
        for table in ("organs", "offices", "agents"):
            for r in read_table(table):
                self._name(r["form"], Name(table.rstrip("s"), r))
        held = {r["name"]: r for r in reversed(list(read_table("actors"))) if r["kind"] in {"de-facto", "body"}}
        for r in read_table("actors"):
            if r["kind"] == "seat":  # of the entity of that name; the row's other names are towns
                whose = Row(r.file, r.line, {**held[r["name"]].cells, "from": r["from"], "to": r["to"]})
                for form in r.listed("aliases"):
                    self._name(form, Name("seat", whose))
                continue
            for form in (r["name"], *r.listed("aliases")):
                for spelled in _spellings(form):
                    self._name(spelled, Name("actor", r))
        for r in read_table("people"):
            self.people.setdefault(r["name"], []).append(r)
            for form in (r["name"], *r.listed("aliases")):
                self._name(form, Name("person", r))
                surname = form.split()[-1].lower()
                if len(surname) > 2 and r not in self.by_surname.setdefault(surname, []):
                    self.by_surname[surname].append(r)

        self.missions: dict[tuple[str, str], list[Row]] = {}
        for r in read_table("actors"):
            for country in sorted(self._deployed(r)) if r["kind"] == "mission" else ():
                self.missions.setdefault((r["country"], country), []).append(r)

    def _deployed(self, mission: Row) -> set[str]:
        """The countries that the names of a mission hold."""
        found = set()
        for form in (mission["name"], *mission.listed("aliases")):
            cut = _cut(form)
            k = 0
            while k < len(cut):
                end, names = self.names_at(k, len(cut), cut.__getitem__, cut.__getitem__)
                found |= {n.row["code"] for n in names if n.kind == "country"} if end - k < len(cut) else set()
                k = max(end, k + 1) if end - k < len(cut) else k + 1
        return found

    def _name(self, form: str, name: Name) -> None:
        self._trie.add(_cut(form), name)

    def other_half(self, country: Row) -> Row | None:
        """The one country whose name differs from this one's in the first word alone: South Korea for North Korea."""
        rest = country["name"].partition(" ")[2]
        others = [r for r in self.countries.values() if rest and r["name"] != country["name"] and r["name"].partition(" ")[2] == rest]
        return others[0] if len(others) == 1 else None

    def names_at(self, i: int, size: int, form: Callable[[int], str], lemma: Callable[[int], str]) -> tuple[int, list[Name]]:
        """The longest run of words from `i` that is a name: where it ends, and what it may stand for; `(i, [])` for none."""
        nodes, end, found = [self._trie.root], i, []
        k = i
        while nodes and k < size:
            word, basic = form(k), lemma(k)
            following = [node[word] for node in nodes if word in node]
            if basic != word:  # a name may begin with the form ("Soldiers of …") and another with the lemma
                following += [node[basic] for node in nodes if basic in node]
            k += 1
            ending = next((node[_Trie.END] for node in following if _Trie.END in node), None)
            if ending is not None:
                end, found = k, ending
            nodes = following
        return end, found

    def is_word(self, lemma: str, role: str) -> bool:
        """Whether a word plays a role in the discourse: place, side, holding, seat and so on (`discourse.tsv`)."""
        return (lemma, role) in self._words

    def agent_words(self, sector: str) -> frozenset[str]:
        """The single words for people of one sector ("journalist" and "media" for JRN)."""
        return self._agents_of.get(sector, frozenset())

    def state_of(self, organisation: str) -> str | None:
        """The state that alone has an organ of this name ("Department of State"); None where several do, or none."""
        return self._only.get(organisation.lower()) if organisation else None

    def find(self, words_: str) -> list[Row]:
        """Every entry that has these words, in the order of the files."""
        wanted = words_.casefold()
        return [
            row
            for table in table_names()
            for row in read_table(table)
            if any(wanted == part.casefold() for column in row.cells if column != "example" for part in row.listed(column))
        ]


def _cut(form: str) -> list[str]:
    """The words of a name as the reader cuts them, in small letters; most names are plain words and need no cutting."""
    if "annot" not in form and form.replace(" ", "").isalpha():
        return form.lower().split()
    return [w.form.lower() for w in words(form + " ")]  # the blank lets "Gen." keep its full stop


def _acts(table: str, head: int) -> dict[str, list[ActRow]]:
    acts: dict[str, list[ActRow]] = {}
    for r in read_table(table):
        needs = []
        for part in filter(None, r["needs"].split(";")):
            kind, _, value = part.removeprefix("no:").partition(":")
            needs.append(Need(kind, tuple(sorted(filter(None, value.split("|")), key=lambda v: (v.startswith("<"), v))), part.startswith("no:")))
        forms = tuple(r["form"].split())
        acts.setdefault(forms[head], []).append(
            ActRow(forms, r["type"], r.listed("modes"), r.listed("actor"), r.listed("recipient"), tuple(needs), r["object"], r)
        )
    for rows in acts.values():
        rows.sort(key=lambda a: (-len(a.words), -len(a.needs)))
    return acts


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that ships, with the user's own rows, loaded once."""
    collecting = gc.isenabled()
    gc.disable()  # many small things are made and none let go: going through them again and again takes longer than making them
    try:
        return Lexicon()
    finally:
        if collecting:
            gc.enable()
