"""What a record says of new reports → alerts.

In: a record, a plan's rules with their filters, the digests of reports that were just added, and which alerts were made before. Out: alerts, each with the
claims that it rests on and their holders. A finding about an incident is told once: an incident that was meanwhile grouped anew is known by its earlier
ids. Background is never told as news. Which account is right is never said. """

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from sayso.errors import BadOption
from sayso.lexicon import read_table
from sayso.lexicon.forms import inflected
from sayso.model import AnyClaim, Event, Field
from sayso.record import Filter, Record, registers
from sayso.record.adding import chunks
from sayso.record.filters import conditions
from sayso.record.registers.appeals import GAP
from sayso.record.registers.asking import rows_said
from sayso.record.registers.talks import ABOUT_TALKS
from sayso.record.rows import claim_of
from sayso.record.tables import claims, disputes, entities, incidents, parties, relations, reports
from sayso.view.rivals import FIELDS
from sayso.view.words import clean, dates, listed, place, wanted, what
from sayso.view.words import parties as who
from sayso.watch.keeping import Alert, Held
from sayso.watch.plan import Rule

Earlier = Callable[[str, str], list[tuple[str, int]]]
"""The incident and number of each earlier alert of a rule (by its key) with a detail."""
SHOWN = 6
"""Claims that an alert brings at most."""
HAPPENED = ("occurred", "ongoing")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def alerts_of(record: Record, rules: Sequence[tuple[Rule, Filter]], digests: Iterable[str], earlier: Earlier, now: float) -> list[Alert]:
    """The alerts that these reports give."""
    new = sorted(set(digests))
    found: list[Alert] = []
    for rule, asked in rules:
        finding = _Finding(record, rule, lambda detail, key=rule.key: [*earlier(key, detail), *_made(found, key, detail)], now)  # type: ignore[misc]
        rows = _rows(record, asked, new, rule)
        for alert in {"dispute": finding.disputes, "losses": finding.losses, "breach": finding.breaches, "talks": finding.talks}[rule.when](rows):
            found.append(alert)
    return found


def _made(found: Iterable[Alert], key: str, detail: str) -> list[tuple[str, int]]:
    return [(alert.incident, alert.number) for alert in found if alert.rule == key and alert.detail == detail]


def _rows(record: Record, asked: Filter, digests: Sequence[str], rule: Rule) -> list[Any]:
    """The claims of these reports that are news and that the rule could be about."""
    about = {
        "dispute": sa.true(),
        "losses": sa.and_(claims.c.kind == "casualty", claims.c.type.in_(rule.harm), claims.c.low > rule.above, claims.c.status.in_(HAPPENED)),
        "breach": sa.and_(claims.c.kind == "event", claims.c.type == "ASSAULT", claims.c.status.in_((*HAPPENED, "attempted"))),
        "talks": sa.and_(ABOUT_TALKS, sa.or_(claims.c.status == "planned", sa.and_(claims.c.type == "AGREE", claims.c.status.in_(HAPPENED)))),
    }[rule.when]
    where = [*conditions(asked, at_hand=True), sa.not_(claims.c.background), claims.c.incident.is_not(None), about]
    with record.database.reading() as connection:
        return [
            row for part in chunks(digests)
            for row in connection.execute(_query().where(reports.c.digest.in_(part), *where).order_by(reports.c.day, claims.c.id))
        ]  # fmt: skip


def _query() -> Any:
    return rows_said([claims.c.body, reports.c.publisher, reports.c.publisher_key, reports.c.published, reports.c.url])


class _Finding:
    """One rule over the claims of new reports."""

    def __init__(self, record: Record, rule: Rule, earlier: Callable[[str], list[tuple[str, int]]], now: float) -> None:
        self._record, self._rule, self._earlier = record, rule, earlier
        self._made = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
        self._led: dict[str, str] = {}

    def disputes(self, rows: Sequence[Any]) -> Iterable[Alert]:
        """Pairs of holders, one of them with a new claim, who now dispute something about an incident that they did not before."""
        new: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            new[row.incident].add(row.number)
        for incident, numbers in new.items():
            said, whose = self._said(incident)
            holders = {whose[number] for number in numbers}
            pairs: dict[tuple[str, str], set[Field]] = defaultdict(set)
            with self._record.database.reading() as connection:
                query = sa.select(disputes.c.field, disputes.c.one, disputes.c.other).where(disputes.c.incident == incident)
                for field, one, other in connection.execute(query.order_by(disputes.c.one, disputes.c.other)):
                    if {one, other} & holders:
                        pairs[one, other].add(Field(field))
            for pair, fields in pairs.items():
                mask = sum(1 << list(Field).index(field) for field in fields)
                detail = " | ".join(pair)
                told = 0
                for number in self._numbers(detail, incident):
                    told |= number
                if mask & ~told and (held := self._between(incident, said, whose, pair)):
                    on = listed(FIELDS[field] for field in Field if field in fields)
                    yield self._alert(incident, f"{listed(clean(row.holder_name) for row in held)} dispute {on}", held, detail, mask)

    def losses(self, rows: Sequence[Any]) -> Iterable[Alert]:
        """Numbers above the bound, and above what was told of the same incident, side and harm before."""
        groups: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
        for row in rows:
            groups[row.incident, row.type, row.side].append(row)
        for (incident, harm, side), group in groups.items():
            most = max(row.low for row in group)
            detail = f"{harm} {side}"
            if most > max(self._numbers(detail, incident), default=self._rule.above):
                yield self._alert(incident, "", [row for row in group if row.low == most], detail, most)

    def breaches(self, rows: Sequence[Any]) -> Iterable[Alert]:
        """Attacks that are called a breach of a truce, and those that fall into one that is said to be in effect; of each holder once."""
        alleged = self._alleged(rows)
        groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in rows:
            if row.id in alleged or _breaks(claim_of(row.body)):
                groups[row.incident, row.holder].append(row)
        for (incident, holder), group in groups.items():
            if not self._numbers(holder, incident):
                yield self._alert(incident, "", group, holder, 1)

    def _alleged(self, rows: Sequence[Any]) -> set[str]:
        """The claims among these that the register of appeals has as alleged breaches."""
        mine = {row.number: row for row in rows if row.day}
        sides: dict[int, set[str]] = defaultdict(set)
        with self._record.database.reading() as connection:
            for part in chunks(mine):
                query = sa.select(parties.c.claim, entities.c.side).join(entities, entities.c.key == parties.c.entity)
                for claim, side in connection.execute(query.where(parties.c.claim.in_(part), entities.c.side != "")):
                    sides[claim].add(side)
        dyads: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for number, both in sides.items():
            if len(both) == 2:
                one, other = sorted(both)
                dyads[one, other].append(mine[number].day)
        found: set[str] = set()
        for dyad, days in dyads.items():
            asked = Filter(dyad=dyad, since=min(days) - timedelta(2 * GAP), until=max(days))
            for chain in registers.appeals(self._record, asked):
                found |= {claim for step in chain.steps if step.step == "alleged breach" for account in step.accounts for claim in account.claims}
        return found

    def talks(self, rows: Sequence[Any]) -> Iterable[Alert]:
        """Talks still to come, each once."""
        groups: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            groups[row.incident].append(row)
        for incident, group in groups.items():
            if not self._numbers("", incident):
                yield self._alert(incident, "", group, "", 1)

    def _numbers(self, detail: str, incident: str) -> list[int]:
        """The numbers of earlier alerts with this detail about the incident, by whatever id it had then."""
        return [number for was, number in self._earlier(detail) if was == incident or self._now(was) == incident]

    def _now(self, incident: str) -> str:
        if incident not in self._led:
            try:
                self._led[incident] = self._record.incident_id(incident)
            except BadOption:  # its claim is gone
                self._led[incident] = ""
        return self._led[incident]

    def _said(self, incident: str) -> tuple[list[Any], dict[int, str]]:
        """All that is said of an incident, and whose each claim is, by its number: an outlet is whom others name so, as the record has
        it where it looks for disputes.
        """
        with self._record.database.reading() as connection:
            query = _query().where(*conditions(Filter(incident=incident), at_hand=True))
            found = connection.execute(query.order_by(reports.c.day, claims.c.evidence_start, claims.c.id)).all()
        published = {_name(row.holder) for row in found if row.holder == row.publisher_key}
        last: dict[str, str] = {}
        for row in found:
            last[_name(row.holder)] = max(last.get(_name(row.holder), ""), row.holder)
        return list(found), {row.number: last[_name(row.holder)] if _name(row.holder) in published else row.holder for row in found}

    def _between(self, incident: str, said: Sequence[Any], whose: dict[int, str], pair: tuple[str, str]) -> list[Any]:
        """What two holders say of an incident: first what is contradicted or denied between them, and a claim of each before a second one of any."""
        against = sa.and_(relations.c.incident == incident, relations.c.relation.in_(("contradicts", "denies")))
        with self._record.database.reading() as connection:
            pairs = connection.execute(sa.select(relations.c.first, relations.c.second).where(against)).all()
        opposed = {number for both in pairs if {whose.get(n) for n in both} == set(pair) for number in both}
        seen: dict[tuple[str, bool], int] = defaultdict(int)
        ranked: list[tuple[bool, int, int, Any]] = []
        for row in said:
            if (holder := whose[row.number]) in pair:
                aside = row.number not in opposed
                ranked.append((aside, seen[holder, aside], len(ranked), row))
                seen[holder, aside] += 1
        return [row for _, _, _, row in sorted(ranked, key=lambda one: one[:3])]

    def _alert(self, incident: str, told: str, rows: Sequence[Any], detail: str, number: int) -> Alert:
        with self._record.database.reading() as connection:
            about = connection.execute(sa.select(incidents.c.about, incidents.c.day, incidents.c.place).where(incidents.c.id == incident)).first()
        held = [_held(row) for row in rows[:SHOWN]]
        told = told or "; ".join(f"{one.holder}: {one.says}" for one in held[:2])
        if self._rule.when == "dispute" and about and about.about:
            told = f"{told} ({clean(about.about)})"
        key = sha256("\0".join((self._rule.key, incident, detail, str(number))).encode()).hexdigest()[:16]
        return Alert(
            id=key, rule=self._rule.key, title=self._rule.title, told=told,
            incident=incident, day=about.day.isoformat() if about and about.day else None, place=about.place if about else "", claims=held, detail=detail,
            number=number, made=self._made,
        )  # fmt: skip


def _name(holder: str) -> str:
    """A holder's key without its country."""
    return holder.partition(":")[2] or holder


def _held(row: Any) -> Held:
    claim = claim_of(row.body)
    about = wanted(claim) if isinstance(claim, Event) else ""
    says = ", ".join(filter(None, (about or what(claim), who(claim), place(claim.where), dates(claim.when))))
    return Held(
        id=row.id, holder=clean(row.holder_name), says=says, words=clean(row.evidence), report=row.report_id, publisher=clean(row.publisher or ""),
        published=row.published, url=row.url,
    )  # fmt: skip


def _breaks(claim: AnyClaim) -> bool:
    """Whether an attack is told in words of a broken truce."""
    if not isinstance(claim, Event):
        return False
    trigger = {word.lower() for word in _WORD.findall(claim.trigger.text)}
    return bool(trigger & _forms("breach")) and bool({word.lower() for word in _WORD.findall(claim.evidence.text)} & _forms("truce"))


@cache
def _forms(role: str) -> frozenset[str]:
    """All forms of the words with a role in the discourse."""
    words = [row["form"] for row in read_table("discourse") if role in row.listed("role")]
    return frozenset(form for word in words for part in ("VERB", "NOUN") for form in inflected(word, part))
