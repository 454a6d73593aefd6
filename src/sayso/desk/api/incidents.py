"""Incidents: the list, the accounts of one, why it was grouped so, how much is disputed, and what users decide about them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Response
from litestar.exceptions import ClientException
from litestar.params import Parameter

from sayso.desk.access import needs
from sayso.desk.api.answers import Rows, asks, body, clashing, does, lists
from sayso.desk.api.asked import MOST, Question, YesNo
from sayso.desk.api.claims import Seen
from sayso.model import Struct
from sayso.record import Record, finding
from sayso.record.filters import Filter
from sayso.record.incidents import Accounts, Disagreement, Explanation, IncidentRow, accounts_of, disagreement, explain_incident, list_incidents

TAG = "incidents"
Key = Annotated[str, Parameter(description="An incident's id, an earlier one, or how one begins.")]


class Noted(Struct, frozen=True, kw_only=True):
    """A decision; the note is kept with it. `seen` is the number of the last change that the incident was looked at with: a later one of it gives 409."""

    note: str | None = None
    seen: Seen | None = None


BARE = Noted()
Note = Annotated[Noted, body("Why.", note="read the original")]


class Split(Noted, frozen=True, kw_only=True):
    """Claims to take out of an incident, by their ids or how these begin."""

    claims: list[str]


class Merge(Noted, frozen=True, kw_only=True):
    """The incident to make one with."""

    other: str


Taken = Annotated[Split, body("Which claims.", claims=["9c08f6966058", "de65f931bbf6"], note="another village")]
Joined = Annotated[Merge, body("With which incident.", other="i9c08f6", note="the same attack")]


@lists("/incidents", "What happened, with how many accounts", TAG)
def incidents_by_day(
    record: Record, question: Question,
    disputed: Annotated[YesNo, Parameter(description="Only such as accounts dispute.")] = "no",
    accounts: Annotated[int, Parameter(ge=1, le=1000, description="Only such as have so many accounts.")] = 1,
    order: Annotated[Literal["earliest", "latest"], Parameter(description="Which come first; the undated are last in any case.")] = "earliest",
) -> Response[Rows[IncidentRow]]:  # fmt: skip
    """Incidents by day: what, who, where, how many accounts in how many texts, and what is in dispute. As `sayso incidents`."""
    found = list_incidents(record, question.filter, disputed == "yes", accounts, question.wanted, question.offset, order == "latest")
    return question.rows(found)


@asks("/incidents/{key:str}", "The accounts of an incident", TAG, (404,))
def incident_accounts(record: Record, key: Key) -> Accounts:
    """What each holder says of it, with the words, who passed it on, and what the accounts dispute. As `sayso accounts`."""
    return accounts_of(record, key)


@asks("/incidents/{key:str}/why", "Why claims are one incident", TAG, (404,))
def incident_why(record: Record, key: Key) -> Explanation:
    """Why its claims were put together, and near ones were not. As `sayso explain incident`."""
    return explain_incident(record, key)


@asks("/disputes", "How much is disputed, and between whom", TAG)
def how_disputed(
    record: Record, meant: Filter, limit: Annotated[int, Parameter(ge=1, le=MOST, description="So many pairs of holders at most.")] = 20
) -> Disagreement:
    """The share of incidents with two accounts or more that are disputed, by field and by pair of holders. As `sayso disputes`."""
    return disagreement(record, meant, limit)


@does("/incidents/{key:str}/split", "Take claims out of an incident", TAG, (404, 409), guards=[needs("review")])
def split_incident(record: Record, key: Key, data: Taken) -> Accounts:
    """Take claims out into an incident of their own for good; answers with this. As `sayso split`."""
    home = record.incident_id(key)
    with record.database.reading() as connection:
        strange = [claim for claim in data.claims if finding.claim_row(connection, claim).incident != home]
    if strange or not data.claims:
        raise ClientException(f"claim {strange[0]!r} is not in this incident" if strange else "name the claims to take out")
    with clashing():
        return accounts_of(record, record.split(data.claims, data.note, data.seen))


@does("/incidents/{key:str}/merge", "Make two incidents one", TAG, (404, 409), guards=[needs("review")])
def merge_incidents(record: Record, key: Key, data: Joined) -> Accounts:
    """Make two incidents one for good; answers with it. As `sayso merge`."""
    with clashing():
        return accounts_of(record, record.merge(key, data.other, data.note, data.seen))


@does("/incidents/{key:str}/pin", "Keep an incident's claims together", TAG, (404, 409), guards=[needs("review")])
def pin_incident(record: Record, key: Key, data: Note = BARE) -> Accounts:
    """Keep the claims that it has now together, whatever comes. As `sayso pin`."""
    with clashing():
        return accounts_of(record, record.pin(key, data.note, data.seen))


@does("/incidents/{key:str}/unpin", "Forget decisions about an incident", TAG, (404, 409), guards=[needs("review")])
def unpin_incident(record: Record, key: Key, data: Note = BARE) -> Accounts:
    """Forget what users decided about its claims; answers with the incident in which the rules have its first claim. As `sayso unpin`."""
    with clashing():
        record.unpin(key, data.note, data.seen)
    return accounts_of(record, key)


ROUTES: list[Any] = [
    incidents_by_day, incident_accounts, incident_why, how_disputed, split_incident, merge_incidents, pin_incident, unpin_incident,
]  # fmt: skip
