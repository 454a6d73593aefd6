"""What the event rules give before it becomes claims: word numbers and parties, not yet offsets, ids or merged repeats."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.model import Count, Status
from sayso.resolve.entities import Party


@dataclass(slots=True)
class RawClaim:
    """One reading of one place in the text. `head` is the word that names it; `evidence` its words; `because` field → reason.

    Of a joint act, `partners` are those of the actors that stand as "with whom".
    """

    kind: str
    head: int
    evidence: list[int]
    trigger: list[int] = field(default_factory=list)
    type: str = ""
    modes: list[str] = field(default_factory=list)
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    partners: list[Party] = field(default_factory=list)
    object: tuple[str, list[str]] | None = None
    times: Count | None = None
    status: Status = Status.OCCURRED
    nominal: bool = False
    bare: bool = False
    voice: list[Party] | None = None
    voice_cue: int | None = None
    harm: str = ""
    count: Count | None = None
    who: Party | None = None
    by: Party | None = None
    what: str = ""
    holder: Party | None = None
    office: str = ""
    organisation: Party | None = None
    because: dict[str, str] = field(default_factory=dict)
