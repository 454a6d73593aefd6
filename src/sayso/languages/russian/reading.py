"""A Russian report → its reading.

In: a report. Out: claims with their holders, exact words, days and places, and the steps that led to them, in the form that readings have in any language.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from threading import Lock
from typing import Any

from msgspec.structs import replace

from sayso.languages.russian.acts import Acts, Told
from sayso.languages.russian.losses import Losses, Lost
from sayso.languages.russian.mending import mended
from sayso.languages.russian.parsing import Parser, Sentence, span
from sayso.languages.russian.parties import Parties
from sayso.languages.russian.sayings import Saying, Sayings
from sayso.languages.russian.settings import Settings
from sayso.languages.russian.words import forms
from sayso.model import (
    AnyClaim,
    Casualty,
    Damage,
    Entity,
    Event,
    EventType,
    Harm,
    Materiel,
    Reading,
    Report,
    Role,
    Sector,
    Source,
    Span,
    Status,
    Step,
    Times,
    When,
    Where,
    claim_id,
)  # fmt: skip
from sayso.resolve.places import Gazetteer

BACKGROUND_DAYS = 30
"""An event older than this at the report's date is told as background (codebook, section 2)."""
_CERTAIN, _PARTY, _ROLE = 0.6, 0.15, 0.8
"""What a claim is given, and what it loses for each of actor and speaker that is not told; not fitted, for want of annotated Russian reports."""
_OUTSIDE = frozenset({"parataxis", "mark"})


class Russian:
    """Reads Russian reports. Threads may share it; one at a time reads."""

    code = "ru"

    def __init__(self) -> None:
        self._parser = Parser()
        self._gazetteer = Gazetteer()
        self._lock = Lock()

    def read(self, report: Report) -> Reading:
        """The claims of a report, with the steps that led to each."""
        report = replace(report, language="ru")
        with self._lock:
            sentences = [mended(sentence) for sentence in self._parser.parse(report)]
            return _Report(report, sentences, self._gazetteer).read()


class _Report:
    def __init__(self, report: Report, sentences: list[Sentence], gazetteer: Gazetteer) -> None:
        self._report, self._sentences = report, sentences
        self._parties = Parties(report)
        self._sayings = Sayings(report, self._parties)
        self._settings = Settings(report, gazetteer)
        self._acts, self._losses = Acts(self._parties, self._sayings), Losses(report, self._parties, self._sayings)
        self._last: tuple[When | None, Where | None] = (None, None)
        self._spoke: tuple[int, Saying] | None = None
        self._made: list[tuple[dict[str, Any], list[Step]]] = []

    def read(self) -> Reading:
        for sentence in self._sentences:
            self._parties.note(sentence)
            when = self._settings.when(sentence)
            root = next((i for i, word in enumerate(sentence.words) if word.head == i), 0)
            where = self._settings.where(sentence, root, self._parties.pair)
            country = (where.country if where else None) or (self._last[1].country if self._last[1] else None) or ""
            self._parties.place = country
            told, lost = self._acts.read(sentence, country), self._losses.read(sentence, country)
            for act in told:
                self._event(act, when)
            for loss in lost:
                self._loss(loss, when)
            self._roles(sentence)
        self._made.sort(key=lambda one: (one[0]["evidence"].start, one[0]["evidence"].end, one[0]["kind"], _act(one[0])))
        ordinals: dict[tuple[Any, ...], int] = defaultdict(int)
        claims: list[AnyClaim] = []
        steps: dict[str, list[Step]] = {}
        for made, why in self._made:
            key = (made["kind"], made["evidence"].start, made["evidence"].end, _act(made))
            made["id"] = claim_id(self._report.digest, *key, ordinals[key])
            ordinals[key] += 1
            kind = {"event": Event, "casualty": Casualty, "materiel": Materiel, "role": Role}[made.pop("kind")]
            claims.append(kind(**made))
            steps[made["id"]] = why
        return Reading(report=self._report, claims=claims, explanations=steps)

    def _set(self, made: dict[str, Any], steps: list[Step], sentence: Sentence, head: int, when: When | None, carried: bool) -> None:
        """Day and place, speakers, background, confidence."""
        where = self._settings.where(sentence, head, self._parties.pair)
        if carried:  # what was told of one incident goes on
            when, where = when or self._last[0], where or self._last[1]
            self._last = (when, where)
        past = made["status"] in {Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED}
        if when is not None and past and self._report.day and when.start and when.start > self._report.day:
            when = None
        if when is not None:
            steps.append(Step(field="when", value=f"{when.start}…{when.end}", because="told" if when.at else "carried over", words=when.text, at=when.at))
        if where is not None:
            steps.append(Step(field="where", value=where.name, because="told", words=where.text, at=where.at))
        day = self._report.day
        made |= {"when": when, "where": where, "background": bool(day and when and when.end and when.end < day - timedelta(BACKGROUND_DAYS))}
        made["confidence"] = max(0.1, _CERTAIN - _PARTY * (not made.get("actors", True)) - _PARTY * (not made["sources"]))

    def _event(self, told: Told, when: When | None) -> None:
        sentence = told.sentence
        sources = self._sayings.sources(sentence, told.sayings)
        if told.type == "ASSAULT" and told.sayings:
            self._spoke = (sentence.number, told.sayings[0])
        steps = [Step(field="type", value=told.type, because=told.because, words=sentence.words[told.head].text, at=sentence.words[told.head].start)]
        steps += [Step(field=name, value=party.entity.name, because=party.because, words=party.entity.text, at=party.entity.at)
                  for name, many in (("actors", told.actors), ("recipients", told.recipients)) for party in many]  # fmt: skip
        made: dict[str, Any] = {
            "kind": "event", "evidence": self._evidence(sentence, told.head), "sources": sources, "status": told.status, "type": EventType(told.type),
            "trigger": self._trigger(told), "modes": told.modes, "actors": [party.entity for party in told.actors],
            "recipients": [party.entity for party in told.recipients if party.entity.name not in {other.entity.name for other in told.actors}],
            "object": told.object, "times": Times(low=told.times, high=told.times) if told.times else None,
        }  # fmt: skip
        self._set(made, steps, sentence, told.head, when, carried=told.type == "ASSAULT")
        self._made.append((made, steps))

    def _trigger(self, told: Told) -> Span:
        words = [told.sentence.words[told.head]]
        if told.phrase is not None and abs(told.phrase - told.head) <= 3:
            words.append(told.sentence.words[told.phrase])
        return span(self._report, words)

    def _loss(self, lost: Lost, when: When | None) -> None:
        sentence = lost.sentence
        steps = [Step(field="harm", value=lost.harm, because=lost.because, words=sentence.words[lost.head].text, at=sentence.words[lost.head].start)]
        named: list[tuple[str, Any]] = [("who" if lost.what is None else "owner", lost.who), ("by", lost.by)]
        steps += [Step(field=name, value=p.entity.name, because=p.because, words=p.entity.text, at=p.entity.at) for name, p in named if p]
        made: dict[str, Any] = {
            "evidence": self._evidence(sentence, lost.head), "sources": self._sources(lost), "status": lost.status,
            "count": lost.count, "by": lost.by.entity if lost.by else None,
        }  # fmt: skip
        if lost.what is None:
            assert lost.who is not None
            made |= {"kind": "casualty", "harm": Harm(lost.harm), "who": lost.who.entity}
        else:
            made |= {"kind": "materiel", "harm": Damage(lost.harm), "what": lost.what, "owner": lost.who.entity if lost.who else None}
        self._set(made, steps, sentence, lost.head, when, carried=True)
        self._made.append((made, steps))

    def _sources(self, lost: Lost) -> list[Source]:
        """Who tells of a loss: where the sentence does not say, whoever told in the one before of the act that it came of."""
        if lost.sayings or self._spoke is None or self._spoke[0] != lost.sentence.number - 1:
            return self._sayings.sources(lost.sentence, lost.sayings)
        return self._sayings.inherited(self._spoke[1])

    def _roles(self, sentence: Sentence) -> None:
        """Who holds which office: "министр иностранных дел России Сергей Лавров"."""
        for first, last, kind in sentence.names:
            if kind != "PER":
                continue
            title = next((k for k in range(max(0, first - 8), first) if (m := forms("organs").at(sentence, k)) and m.row["kind"] == "office" and m.row["organ"]
                          and sentence.words[first].head == k), None)  # fmt: skip
            match = forms("organs").at(sentence, title) if title is not None else None
            person = next(iter(self._parties.of(sentence, first)), None)
            code = self._parties.country(sentence, title) if title is not None else ""
            if title is None or match is None or person is None or not code:
                continue
            words = sentence.words[title : last + 1]
            name = self._parties.named(match.row["organ"], code)
            organisation = Entity(text=span(self._report, words).text, name=name, country=code, sector=Sector(match.row["sector"]), at=words[0].start)
            office = match.row["name"]
            made: dict[str, Any] = {
                "kind": "role", "evidence": span(self._report, words), "holder": person.entity, "office": office, "organisation": organisation,
                "confidence": _ROLE, "status": Status.OCCURRED,
            }  # fmt: skip
            self._made.append((made, [Step(field="office", value=office, because=f"organs.tsv: {match.row['form']}", words=words[0].text, at=words[0].start)]))

    def _evidence(self, sentence: Sentence, head: int) -> Span:
        """The words of the clause: from the first to the last below its head, without who says it and without clauses beside it."""
        words = sentence.words
        while words[head].rel == "xcomp" and words[head].head != head:  # "пытались атаковать"
            head = words[head].head
        beside = {k for k in sentence.children(head, "conj") if words[k].pos == "VERB" and sentence.children(k, "nsubj")}
        out = {k for c in (*sentence.children(head, "parataxis", "mark"), *beside) for k in sentence.subtree(c)}
        keep = [k for k in sentence.subtree(head) if k not in out]
        run = [head]  # together with the head, without a gap that belongs to what was left out
        for k in sorted((k for k in keep if k < head), reverse=True):
            if any(m in out for m in range(k, run[0])):
                break
            run.insert(0, k)
        for k in sorted(k for k in keep if k > head):
            if any(m in out for m in range(run[-1], k)):
                break
            run.append(k)
        while len(run) > 1 and words[run[0]].pos in {"PUNCT", "CCONJ", "SCONJ"}:
            run.pop(0)
        while len(run) > 1 and words[run[-1]].pos in {"PUNCT", "CCONJ"}:
            run.pop()
        return span(self._report, [words[k] for k in run])


def _act(made: dict[str, Any]) -> str:
    return str(made.get("type") or made.get("harm") or made.get("office"))
