"""Raw claims + who speaks → claims: sourced, dated, placed, merged, weighed, numbered and explained.

In: what the event rules found in one report, and its sayings, dates and places. Out: the report's claims in the order of their
evidence, each with its chain of speakers, and for each the steps that made its fields. Repeats of one proposition by one source
become one claim with the others under `also`. No claim is dropped for being doubtful: its confidence says so.
"""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from sayso.attribution import Attribution, Saying
from sayso.events import RawClaim
from sayso.lexicon import Lexicon
from sayso.model import (
    Act,
    AnyClaim,
    BlockKind,
    Casualty,
    Damage,
    Distance,
    Entity,
    Event,
    EventType,
    Harm,
    Manner,
    Materiel,
    Report,
    Role,
    Sector,
    Source,
    Span,
    Status,
    Step,
    Times,
    When,
    claim_id,
)  # fmt: skip
from sayso.reader import Doc
from sayso.resolve.entities import Party, Resolver, same_kind
from sayso.resolve.times import Narrative, is_to_come
from sayso.resolve.wheres import Wheres

BACKGROUND_DAYS = 30
"""An event older than this at the report's date is told as background (codebook, section 2)."""
LONGEST_TRIGGER = 8
"""Words from the first to the last of a trigger; where its parts stand farther apart, the word that names the act stands alone."""


class Claims:
    """Makes the claims of one report."""

    def __init__(self, doc: Doc, resolver: Resolver, attribution: Attribution, narrative: Narrative, wheres: Wheres, lexicon: Lexicon) -> None:
        self.doc, self.resolver, self.attribution = doc, resolver, attribution
        self.narrative, self.wheres, self.lexicon = narrative, wheres, lexicon
        self.report: Report = doc.report

    def make(self, raws: list[RawClaim]) -> tuple[list[AnyClaim], dict[str, list[Step]]]:
        """The claims, in the order of their evidence, and the steps behind each, by claim id."""
        self.narrative.read(raws)
        self.wheres.read(raws, self.narrative)
        for raw in raws:
            self._of_the_place(raw)
        made = [self._one(raw) for raw in raws if raw.evidence]
        merged = self._merge(made)
        merged.sort(key=lambda d: (d["evidence"].start, d["evidence"].end, d["kind"], str(d.get("type") or d.get("harm") or d.get("office"))))
        ordinals: dict[tuple[Any, ...], int] = defaultdict(int)
        claims: list[AnyClaim] = []
        steps: dict[str, list[Step]] = {}
        for d in merged:
            act = str(d.get("type") or d.get("harm") or d.get("office"))
            key = (d["kind"], d["evidence"].start, d["evidence"].end, act)
            d["id"] = claim_id(self.report.digest, d["kind"], d["evidence"].start, d["evidence"].end, act, ordinals[key])
            ordinals[key] += 1
            steps[d["id"]] = d.pop("steps")
            d.pop("raw")
            kind = d.pop("kind")
            claims.append({"event": Event, "casualty": Casualty, "materiel": Materiel, "role": Role}[kind](**d))
        return claims, steps

    def _of_the_place(self, raw: RawClaim) -> None:
        """Give civilians who were only guessed to be the attacker's own people the country of the place that was struck, where this is another."""
        by = raw.actors if raw.kind == "event" else [raw.by] if raw.by else []
        attackers = {p.entity.country for p in by} - {None}
        hit = raw.recipients if raw.type == "ASSAULT" else [raw.who] if raw.kind in {"casualty", "materiel"} and raw.who else []
        guessed = [p for p in hit if "speaks" in p.because and p.entity.sector is Sector.CVL and p.entity.country in attackers]
        placed = self.wheres.where(raw) if guessed else None
        code = placed.where.country if placed is not None and placed.where.precision != "country" and placed.where.lat is not None else None
        if code is None or code in attackers or code not in self.lexicon.countries:
            return
        old, new = map(self.resolver.country_name, (guessed[0].entity.country or "", code))
        name = guessed[0].entity.name.replace(old, new) if old else guessed[0].entity.name
        why = f"of the place that was struck, in {new}"
        moved = [p._replace(entity=replace(p.entity, country=code, name=name), because=why) if p in guessed else p for p in hit]
        if raw.kind == "event":
            raw.recipients, raw.because["recipients"] = moved, moved[0].because
        else:
            raw.who, raw.because["who"] = moved[0], moved[0].because

    def _one(self, raw: RawClaim) -> dict[str, Any]:
        doc = self.doc
        steps: list[Step] = []
        evidence = doc.span(raw.evidence[0], raw.evidence[-1] + 1)
        sources = self._sources(raw, steps)
        d: dict[str, Any] = {"kind": raw.kind, "evidence": evidence, "sources": sources, "raw": raw, "steps": steps}
        for field, why in raw.because.items():
            told = "owner" if raw.kind == "materiel" and field == "who" else field
            steps.append(Step(field=told, value=self._value(raw, field), because=why, words=doc.words[raw.head], at=doc.starts[raw.head]))
        if raw.kind == "role":
            assert raw.holder and raw.organisation
            return {**d, "holder": raw.holder.entity, "office": raw.office, "organisation": raw.organisation.entity, "sources": [],
                    "confidence": _OFFICE, "status": Status.OCCURRED}  # fmt: skip
        status = raw.status
        none = raw.count is not None and raw.count.high == 0  # whoever denies any losses says that there were none
        if sources and sources[0].distance is Distance.DENYING and status is not Status.NEGATED and not none:
            status = Status.NEGATED
            steps.append(Step(field="status", value="negated", because="the speaker denies it"))
        d["status"] = status
        dated = self.narrative.when(raw)
        when = dated.when if dated else None
        past = status in {Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED} and not is_to_come(raw)
        if when is not None and past and self.report.day and when.start and when.start > self.report.day:
            when = None
        if when is not None:
            d["when"] = when
            steps.append(Step(field="when", value=f"{when.start}…{when.end}", because=dated.because if dated else "", words=when.text, at=when.at))
        placed = self.wheres.where(raw)
        if placed is not None:
            where = placed.where
            d["where"] = where
            steps.append(Step(field="where", value=where.name, because=placed.because, words=where.text, at=where.at))
        elif why := self.wheres.refused(raw):
            steps.append(Step(field="where", value="none", because=why))
        d["background"] = self._background(raw, when)
        if raw.kind == "event":
            whole = bool(raw.trigger) and raw.trigger[-1] - raw.trigger[0] < LONGEST_TRIGGER
            trigger = doc.span(raw.trigger[0], raw.trigger[-1] + 1) if whole else doc.span(raw.head, raw.head + 1)
            d |= {"type": EventType(raw.type), "modes": raw.modes, "trigger": trigger, "actors": [p.entity for p in raw.actors],
                  "recipients": [p.entity for p in raw.recipients],
                  "object": Act(type=EventType(raw.object[0]), modes=raw.object[1]) if raw.object else None,
                  "times": Times(low=raw.times.low, high=raw.times.high) if raw.times else None}  # fmt: skip
        else:
            assert raw.count is not None
            who = raw.who.entity if raw.who else None
            if raw.kind == "casualty":
                d |= {"harm": Harm(raw.harm), "count": raw.count, "who": who, "by": raw.by.entity if raw.by else None}
            else:
                d |= {"harm": Damage(raw.harm), "count": raw.count, "what": raw.what, "owner": who, "by": raw.by.entity if raw.by else None}
        d["confidence"] = self._confidence(raw, sources, steps)
        self._plain_steps(d, raw)
        return d

    def _plain_steps(self, d: dict[str, Any], raw: RawClaim) -> None:
        """The reasons of the fields that no rule gave one: what the act's entry says, a count's own words, and what is so unless a word says otherwise."""
        told = {step.field for step in d["steps"]}
        for field, why in (
            ("status", "no word makes it a plan, an attempt, a condition or a denial"),
            ("modes", raw.because.get("type", "")),
            ("actors", "; ".join(p.because for p in raw.actors)),
            ("recipients", "; ".join(p.because for p in raw.recipients)),
            ("background", f"more than {BACKGROUND_DAYS} days before the report"),
        ):
            if field not in told and d.get(field):
                d["steps"].append(Step(field=field, value=self._value(raw, field) or str(d[field]), because=why))
        for field, count in (("count", raw.count), ("times", raw.times)):
            if field not in told and count is not None:
                number = "not told" if count.low is None and count.high is None else f"{count.low}" if count.low == count.high else f"{count.low}…{count.high}"
                why = "the number told" if count.text else "the noun itself: one, or an unknown number of several"
                d["steps"].append(Step(field=field, value=number, because=why, words=count.text, at=count.at))

    def _value(self, raw: RawClaim, field: str) -> str:
        value: Any = getattr(raw, field, "")
        if field == "object" and raw.object:
            return " ".join([raw.object[0], *raw.object[1]])
        if isinstance(value, list):
            return ", ".join(v.entity.name if isinstance(v, Party) else str(v) for v in value)
        return value.entity.name if isinstance(value, Party) else str(value)

    # who says so

    def _sources(self, raw: RawClaim, steps: list[Step]) -> list[Source]:
        if raw.kind == "role":
            return []
        chain = [s for s in self.attribution.chain(raw.head) if not s.act]
        if raw.voice:  # of two who accuse each other, one tells this
            told = raw.voice[0].entity.name
            chain = [s for s in chain if len(s.parties) == 1 or all(p.entity.name != told for p in s.parties)]
        sources: list[Source] = []
        speaking = {p.entity.name for p in raw.actors} if raw.type in _SPOKEN else set()
        declared = raw.type in {"COERCE", "SANCTION"} and raw.status is Status.OCCURRED and bool(chain)
        by_saying = declared and chain[0].cue is not None and chain[0].cue[0] in raw.trigger  # "declared a curfew"
        speaking = speaking or ({p.entity.name for p in raw.actors} if by_saying else set())
        for n, saying in enumerate(chain):
            if n == 0 and speaking and speaking == {p.entity.name for p in saying.parties} and saying.distance is not Distance.DENYING:
                continue  # the speaker who acts by speaking is the actor, not a source (codebook, section 3, rule 11)
            source = self._source(saying)
            sources.append(source)
            steps.append(
                Step(
                    field="sources",
                    value=source.entity.name,
                    because=saying.because,
                    words=source.cue.text if source.cue else "",
                    at=source.cue.start if source.cue else None,
                )
            )
            steps.append(Step(field="sources", value=source.entity.name, because=saying.parties[0].because, words=source.entity.text, at=source.entity.at))
        if raw.voice and raw.voice[0].entity.name not in {s.entity.name for s in sources}:
            cue = self.doc.span(raw.voice_cue, raw.voice_cue + 1) if raw.voice_cue is not None else None
            source = Source(entity=raw.voice[0].entity, cue=cue, together_with=[p.entity for p in raw.voice[1:]])
            sources = [source, *sources]
            steps.append(Step(field="sources", value=source.entity.name, because="the accuser", words=cue.text if cue else "", at=cue.start if cue else None))
        return sources

    def _source(self, saying: Saying) -> Source:
        cue = self.doc.span(*saying.cue) if saying.cue and saying.manner is not Manner.INHERITED else None
        said = self.narrative.said(saying.cue[0]) if saying.cue else None
        return Source(
            entity=saying.parties[0].entity, cue=cue, manner=saying.manner, distance=saying.distance, said=said, channel=saying.channel,
            together_with=[p.entity for p in saying.parties[1:]],
        )  # fmt: skip

    # background, confidence

    def _background(self, raw: RawClaim, when: When | None) -> bool:
        day = self.report.day
        if when is None or day is None:
            return False
        latest = when.end or (when.start if raw.status is not Status.ONGOING else day)
        earliest = when.start
        if raw.status is Status.ONGOING:
            return earliest is not None and day - earliest > timedelta(days=BACKGROUND_DAYS)
        return latest is not None and day - latest > timedelta(days=BACKGROUND_DAYS)

    def _confidence(self, raw: RawClaim, sources: list[Source], steps: list[Step]) -> float:
        """How likely the claim is right in all its fields: log-odds of what was read and of what had to be guessed, summed."""
        parties = [*raw.actors, *raw.recipients, *([raw.who] if raw.who else [])]
        reasons = {
            "a number of people or things": raw.kind != "event",
            "a noun names the act": raw.kind == "event" and raw.nominal,
            "nobody is named on either side": raw.kind == "event" and not parties,
            "only one side is named": raw.kind == "event" and bool(raw.actors) != bool(raw.recipients) and len(raw.actors) < 2,
            "a party is named by a pronoun or a short form": any("“" in p.because for p in parties),
            "a speaker is named": bool(sources),
            "the say-so is inherited": any(s.manner is Manner.INHERITED for s in sources),
            "a status other than occurred": raw.status is not Status.OCCURRED,
            "read in a headline": self._in_headline(raw),
        }
        odds = _BASE + sum(_ODDS[reason] for reason, holds in reasons.items() if holds)
        steps += [Step(field="confidence", value=f"{_ODDS[reason]:+.2f}", because=reason) for reason, holds in reasons.items() if holds]
        return round(1 / (1 + math.exp(-odds)), 2)

    def _in_headline(self, raw: RawClaim) -> bool:
        return self.report.blocks[self.doc.sentences[self.doc.sentence_of[raw.head]].block].kind in {BlockKind.HEADLINE, BlockKind.LEAD}

    # repeats

    def _merge(self, made: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """One claim per proposition and source; a headline stands under the claim that it sums up."""
        kept: list[dict[str, Any]] = []
        order = sorted(made, key=lambda d: (self._in_headline(d["raw"]), d["raw"].bare, d["evidence"].start))
        for d in order:
            headline = self._in_headline(d["raw"])
            same = next((k for k in kept if self._same(k, d, headline)), None)
            if same is None:
                kept.append(d)
                continue
            fuller = not headline and self._fullness(d) > self._fullness(same)
            again = same["evidence"] if fuller else d["evidence"]
            why = "a headline that sums it up" if headline else "the same, on the same say-so"
            (d if fuller else same)["steps"].append(Step(field="also", value=again.text, because=why, at=again.start))
            if fuller:
                spans = [same["evidence"], *same.get("also", [])]
                _fill(d, same)
                d["also"] = [*d.get("also", []), *spans]
                kept[kept.index(same)] = d
                same = d
            else:
                same["also"] = [*same.get("also", []), d["evidence"]]
                _fill(same, d)
            same["also"] = _unique(same["also"], same["evidence"])
        return kept

    def _fullness(self, d: dict[str, Any]) -> int:
        return 2 * len(d.get("actors") or []) + 2 * len(d.get("recipients") or []) + bool(d.get("when")) + bool(d.get("where"))

    def _same(self, a: dict[str, Any], b: dict[str, Any], headline: bool) -> bool:
        if a["kind"] != b["kind"]:
            return False
        if a["kind"] == "role":
            return bool(
                a["holder"].name == b["holder"].name and a["office"].lower() == b["office"].lower() and a["organisation"].name == b["organisation"].name
            )
        if not headline and _holder(a) != _holder(b):
            return False
        if a["kind"] == "event":
            promised = headline and b["status"] is Status.PLANNED and a["type"] is EventType.AGREE and a["object"] is not None and a["object"].type == b["type"]
            if (a["type"] != b["type"] and not promised) or (not headline and (a["status"] is Status.NEGATED) != (b["status"] is Status.NEGATED)):
                return False
            if not _compatible(a["actors"], b["actors"]) or not _compatible(a["recipients"], b["recipients"]):
                return False
            if not headline and (a["status"] != b["status"] or not self._taken_up(a, b)):
                return False
            if a["type"] in _SPOKEN and not headline and a["object"] != b["object"]:
                return False
            if a.get("when") and b.get("when") and _apart(a["when"], b["when"]) and not headline:
                return False
            if a.get("where") and b.get("where") and a["where"].name != b["where"].name and not headline and not b["raw"].bare:
                return False
            return headline or bool(a["background"] == b["background"])
        if a["raw"].head == b["raw"].head and (a["count"].at != b["count"].at or (a["count"].at is None and a["raw"].who != b["raw"].who)):
            return False  # "a policeman and a soldier were killed": two groups, told by one word
        if a["harm"] != b["harm"] or (a["count"].low, a["count"].high) != (b["count"].low, b["count"].high):
            return False
        if a["kind"] == "materiel":
            return bool(a["what"] == b["what"])
        if headline and b["raw"].who.kind == "agent" and self.doc.upos[b["raw"].head - 1] == "NUM" and b["who"].text == self.doc.words[b["raw"].head - 1]:
            return True  # a headline's bare number: "Two killed in strike"
        return same_kind(a["who"]) == same_kind(b["who"]) and (a["who"].country == b["who"].country or headline)

    def _taken_up(self, a: dict[str, Any], b: dict[str, Any]) -> bool:
        """Whether one of two statements says the other again: in the same words, or by a noun that takes it up ("the attack")."""
        if self.doc.lemmas[a["raw"].head] == self.doc.lemmas[b["raw"].head]:
            return True
        return any(d["raw"].nominal and self._definite(d["raw"].head) for d in (a, b))

    def _definite(self, i: int) -> bool:
        return any(self.doc.words[k].lower() in {"the", "this", "these", "that", "those"} for k in self.doc.dependents(i, "det"))


_OFFICE = 0.85
"""How likely an office is right in holder, name and country."""
# Log-odds that a claim is right in all its fields, fitted by logistic regression on annotated reports: `python -m training.confidence`. The rules
# were written on the same reports, so the base stands 0.4 below the fitted one: an unseen report is read less well.
_BASE = 0.2
_ODDS = {
    "a number of people or things": 0.7,
    "a noun names the act": -0.42,
    "nobody is named on either side": -1.71,
    "only one side is named": -0.85,
    "a party is named by a pronoun or a short form": -0.29,
    "a speaker is named": 0.05,
    "the say-so is inherited": -0.63,
    "a status other than occurred": -0.52,
    "read in a headline": -1.1,
}
_SPOKEN = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "CONCEDE", "SUPPORT"}


def _holder(d: dict[str, Any]) -> tuple[str, str | None]:
    return (d["sources"][0].entity.name, d["sources"][0].entity.country) if d["sources"] else ("", None)


def _compatible(a: list[Entity], b: list[Entity]) -> bool:
    """Whether two sides can be the same: one is not told, or each side shares a country and a kind."""
    if not a or not b:
        return True
    keys_a, keys_b = {(e.country, same_kind(e)) for e in a}, {(e.country, same_kind(e)) for e in b}
    return keys_a <= keys_b or keys_b <= keys_a


def _fill(kept: dict[str, Any], other: dict[str, Any]) -> None:
    """Day and place that only the other telling of a claim has, with their reasons."""
    for field in ("when", "where"):
        if kept.get(field) is None and other.get(field) is not None:
            kept[field] = other[field]
            kept["steps"] = [step for step in kept["steps"] if step.field != field]  # why there was none
            kept["steps"] += [step for step in other["steps"] if step.field == field]


def _apart(a: When, b: When) -> bool:
    return bool(a.end and b.start and a.end < b.start) or bool(b.end and a.start and b.end < a.start)


def _unique(spans: list[Span], evidence: Span) -> list[Span]:
    kept: list[Span] = []
    for s in sorted(spans, key=lambda s: (s.start, s.end)):
        if s != evidence and s not in kept:
            kept.append(s)
    return kept
