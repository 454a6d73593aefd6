"""What users decide about incidents, and the grades that they give.

In: a connection of the one writer, ids of incidents and claims, names of sources. Out: decisions about pairs of claims (one incident, or never one), a grade,
and a change. Nothing here groups: what is touched is regrouped afterwards, and decisions outlive whatever reports come.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.errors import BadOption
from sayso.record.acts import About, Acting, Given
from sayso.record.finding import claim_row, claims_of, holder, incident_id

RELIABILITY, CREDIBILITY = frozenset("ABCDEF"), frozenset("123456")


class Deciding(Acting):
    """Decisions of one author, within one transaction."""

    def merge(self, one: str, other: str, note: str | None = None) -> str:
        """Make two incidents one; gives the first one's id."""
        first, second = (incident_id(self.connection, key) for key in (one, other))
        if first == second:
            raise BadOption(f"{one} and {other} are one incident")
        left, right = (claims_of(self.connection, key) for key in (first, second))
        with self.act("merge", first, About(among=[*left, *right]), note):
            for a in left:  # what was set apart before between the two is set together now
                self.undecide(a, right)
            self.decide([(left[0], b) for b in right] + [(left[0], a) for a in left[1:]], True)
        self.touch([*left, *right])
        return first

    def split(self, claim_ids: Sequence[str], note: str | None = None) -> str:
        """Take claims out of their incident into one of their own; gives the first of them."""
        taken = [claim_row(self.connection, key) for key in claim_ids]
        homes = {row.incident for row in taken}
        if len(homes) != 1 or None in homes:
            raise BadOption("claims of one incident are needed; see: sayso accounts INCIDENT")
        home = homes.pop()
        ids = [row.id for row in taken]
        left = [c for c in claims_of(self.connection, home) if c not in set(ids)]
        if not left:
            raise BadOption(f"these are all claims of {home}; name some of them")
        with self.act("split", home, About(among=[*ids, *left]), note):
            for a in ids:
                self.undecide(a, left)
            self.decide([(a, b) for a in ids for b in left], False)
            self.decide([(ids[0], a) for a in ids[1:]], True)
        self.touch([*ids, *left])
        return str(ids[0])

    def pin(self, incident: str, note: str | None = None) -> str:
        """Keep the claims that an incident has now together; gives its id."""
        key = incident_id(self.connection, incident)
        ids = claims_of(self.connection, key)
        with self.act("pin", key, About(among=ids), note):
            self.decide([(ids[0], a) for a in ids[1:]], True)
        self.touch(ids)
        return key

    def unpin(self, incident: str, note: str | None = None) -> None:
        """Forget what users decided about the claims of an incident."""
        key = incident_id(self.connection, incident)
        ids = set(claims_of(self.connection, key))
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
