"""What users decide about incidents, and the grades that they give.

In: a connection of the one writer, ids of incidents and claims, names of sources, and up to which change the user had seen the record. Out: decisions about
pairs of claims (one incident, or never one), a grade, and a change. The look at what others did since and the decision are in one transaction. Nothing here
groups: what is touched is regrouped afterwards, and decisions outlive whatever reports come.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from sayso.errors import BadOption, ChangedSince
from sayso.record.acts import About, Acting, Given
from sayso.record.adding import chunks
from sayso.record.finding import claim_row, claims_of, holder, incident_id
from sayso.record.reviewing import told
from sayso.record.tables import changes, claims, decisions, incidents

RELIABILITY, CREDIBILITY = frozenset("ABCDEF"), frozenset("123456")


class Deciding(Acting):
    """Decisions of one author, within one transaction."""

    def merge(self, one: str, other: str, note: str | None = None, seen: int | None = None) -> str:
        """Make two incidents one; gives the first one's id."""
        first, second = (incident_id(self.connection, key) for key in (one, other))
        if first == second:
            raise BadOption(f"{one} and {other} are one incident")
        left, right = (self._as_seen(key, seen) for key in (first, second))
        with self.act("merge", first, About(among=[*left, *right]), note):
            for a in left:  # what was set apart before between the two is set together now
                self.undecide(a, right)
            self.decide([(left[0], b) for b in right] + [(left[0], a) for a in left[1:]], True)
        self.touch([*left, *right])
        return first

    def split(self, claim_ids: Sequence[str], note: str | None = None, seen: int | None = None) -> str:
        """Take claims out of their incident into one of their own; gives the first of them."""
        taken = [claim_row(self.connection, key) for key in claim_ids]
        homes = {row.incident for row in taken}
        if len(homes) != 1 or None in homes:
            raise BadOption("claims of one incident are needed; see: sayso accounts INCIDENT")
        home = homes.pop()
        ids = [row.id for row in taken]
        left = [c for c in self._as_seen(home, seen) if c not in set(ids)]
        if not left:
            raise BadOption(f"these are all claims of {home}; name some of them")
        with self.act("split", home, About(among=[*ids, *left]), note):
            for a in ids:
                self.undecide(a, left)
            self.decide([(a, b) for a in ids for b in left], False)
            self.decide([(ids[0], a) for a in ids[1:]], True)
        self.touch([*ids, *left])
        return str(ids[0])

    def pin(self, incident: str, note: str | None = None, seen: int | None = None) -> str:
        """Keep the claims that an incident has now together; gives its id."""
        key = incident_id(self.connection, incident)
        ids = self._as_seen(key, seen)
        with self.act("pin", key, About(among=ids), note):
            self.decide([(ids[0], a) for a in ids[1:]], True)
        self.touch(ids)
        return key

    def unpin(self, incident: str, note: str | None = None, seen: int | None = None) -> None:
        """Forget what users decided about the claims of an incident."""
        key = incident_id(self.connection, incident)
        ids = set(self._as_seen(key, seen))
        among = ids | {claim for one, other, _, _ in self.kept(About(among=ids)).decisions for claim in (one, other)}
        with self.act("unpin", key, About(among=among), note):
            self.forget_decisions(ids)
        self.touch(among)

    def grade(self, target: str, reliability: str = "", credibility: str = "", note: str = "") -> None:
        """Keep a grade of a source or a claim."""
        if (reliability and reliability not in RELIABILITY) or (credibility and credibility not in CREDIBILITY):
            raise BadOption(f"a source is graded A to F, a claim 1 to 6, not {reliability or credibility!r}")
        if bool(reliability) == bool(credibility):
            raise BadOption("give either a reliability (of a source) or a credibility (of a claim)")
        key = holder(self.connection, target) if reliability else claim_row(self.connection, target).id
        graded = ("source" if reliability else "claim", key, self.author)
        with self.act("grade", key, About(graded=graded), note or None) as change:
            self.put_grade(graded, Given(reliability=reliability, credibility=credibility, note=note, made_in=change))

    def _as_seen(self, incident: str, seen: int | None) -> list[str]:
        """The claims of an incident.

        Raises:
            ChangedSince: it, one of its claims, or what users decided about them has changed after `seen`.
        """
        ids = claims_of(self.connection, incident)
        if seen is None:
            return ids
        latest = [
            sa.select(incidents.c.changed_in).where(incidents.c.id == incident),
            sa.select(sa.func.max(changes.c.number)).where(changes.c.number > seen, changes.c.target == incident),  # decisions that are no more, too
        ]
        for part in chunks(ids):
            latest.append(sa.select(sa.func.max(claims.c.changed_in)).where(claims.c.id.in_(part)))
            latest += [sa.select(sa.func.max(decisions.c.made_in)).where(column.in_(part)) for column in (decisions.c.one, decisions.c.other)]
        change = max(self.connection.execute(query).scalar_one() or 0 for query in latest)
        if change > seen:
            raise ChangedSince(f"incident {incident} or a claim of it was {told(self.connection, change)}, after you saw it; look at it again")
        return ids
