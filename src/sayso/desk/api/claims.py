"""Claims and their reviews: how one stands, and what reviewers make of it.

In: a claim's id, and what the caller saw of it. Out: how it stands then. Of two reviewers who saw the same only the first is heard: who sends `seen`, or
`If-Match` with the ETag of the claim, is told when somebody was quicker.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import ClientException, HTTPException
from litestar.params import Parameter

from sayso.desk.access import needs
from sayso.desk.api.answers import Rows, asks, body, clashing, does, lists
from sayso.desk.api.asked import Part
from sayso.desk.api.guarding import has, unchanged
from sayso.model import AnyClaim, Struct
from sayso.record import Record
from sayso.record.history import Review, review_of, reviews_of

TAG = "claims"
MOST = 1000
"""Claims of one act."""
Key = Annotated[str, Parameter(description="A claim's id, or how it begins.")]
ReportKey = Annotated[str, Parameter(description="A report's id or digest, or how this begins.")]
MATCH = 'The ETag of the claim, as "1234": nothing is done to what has changed since.'
Seen = Annotated[int, msgspec.Meta(ge=0, le=2**53, description="The last change that the caller saw: `changed_in` of the claim, or that of the whole record.")]


class Verdict(Struct, frozen=True, kw_only=True):
    """An act on a claim; the note is kept with it."""

    note: str | None = None
    seen: Seen | None = None


BARE = Verdict()


class Correction(Verdict, frozen=True, kw_only=True):
    """The claim as it should be: its whole form, under its id."""

    claim: AnyClaim


class Addition(Struct, frozen=True, kw_only=True):
    """A claim that the reading missed; whatever its `id`, it is given one that is made of its words."""

    claim: AnyClaim
    note: str | None = None


class Many(Verdict, frozen=True, kw_only=True):
    """Claims that are to be accepted, rejected or put back to proposed in one act, all or none."""

    claims: Annotated[list[str], msgspec.Meta(max_length=MOST)]
    state: Literal["accepted", "rejected", "proposed"]


class Changed(Struct, frozen=True, kw_only=True):
    """The ids of the claims that were not so already."""

    changed: list[str]


CLAIM = {
    "kind": "event", "id": "9c08f6966058de65f931", "evidence": {"start": 0, "end": 28, "text": "Tajik forces shelled Ak-Sai."}, "type": "ASSAULT",
    "trigger": {"start": 13, "end": 20, "text": "shelled"},
    "actors": [{"text": "Tajik forces", "name": "Armed Forces of Tajikistan", "country": "TJK", "sector": "MIL"}],
}  # fmt: skip
Act = Annotated[Verdict, body("Why, and what the caller saw.", note="read the original", seen=1234)]
Corrected = Annotated[Correction, body("The whole form of the claim, as it should be.", claim=CLAIM, note="it is the other village", seen=1234)]
Missed = Annotated[Addition, body("The claim.", claim=CLAIM, note="missed")]
Chosen = Annotated[Many, body("Which claims, and what they are to be.", claims=["9c08f6966058", "de65f931bbf6"], state="rejected", note="sport")]


def matched(
    if_match: Annotated[str | None, Parameter(header="If-Match", required=False, description=MATCH)] = None,
) -> int | None:
    """The change in `If-Match`; None for any.

    Raises:
        HTTPException: no claim ever has such an ETag.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    words = if_match.strip()
    number = words[1:-1]
    if not (len(words) > 2 and words[0] == words[-1] == '"' and number.isascii() and number.isdigit() and len(number) < 19):
        raise HTTPException(status_code=412, detail='If-Match is no ETag of a claim, such as "1234"')
    return int(number)


@asks("/claims/{key:str}", "How a claim stands", TAG, (404,))
def claim_review(request: Request[Any, Any, State], record: Record, key: Key) -> Response[Review]:
    """The claim, its state, and who reviewed and confirmed it. Its ETag is `changed_in`: send it back as `If-Match` with an act."""
    found = review_of(record, key)
    headers = _headers(found)
    return unchanged(headers) if has(request, headers["ETag"]) else Response(found, headers=headers)


@does("/claims/{key:str}/accept", "Mark a claim as right", TAG, (404, 409, 412), guards=[needs("review")])
def accept_claim(record: Record, key: Key, match: int | None, data: Act = BARE) -> Response[Review]:
    """Later readings do not change it. As `sayso accept`."""
    return _act(record, record.accept, key, data, match)


@does("/claims/{key:str}/reject", "Mark a claim as none", TAG, (404, 409, 412), guards=[needs("review")])
def reject_claim(record: Record, key: Key, match: int | None, data: Act = BARE) -> Response[Review]:
    """It is kept, and counts no more. As `sayso reject`."""
    return _act(record, record.reject, key, data, match)


@does("/claims/{key:str}/reopen", "Put a claim back as it was read", TAG, (404, 409, 412), guards=[needs("review")])
def reopen_claim(record: Record, key: Key, match: int | None, data: Act = BARE) -> Response[Review]:
    """It is proposed again. As `sayso reopen`."""
    return _act(record, record.reopen, key, data, match)


@does("/claims/{key:str}/check", "Confirm what another reviewer settled", TAG, (404, 409, 412), guards=[needs("review")])
def check_claim(record: Record, key: Key, match: int | None, data: Act = BARE) -> Response[Review]:
    """A second reviewer confirms what the first accepted or corrected. As `sayso check`."""
    return _act(record, record.check, key, data, match)


@does("/claims/{key:str}/correct", "Put a corrected form in a claim's place", TAG, (404, 409, 412), guards=[needs("review")])
def correct_claim(record: Record, key: Key, data: Corrected, match: int | None) -> Response[Review]:
    """Any field can be other than it was read; what it points at must stand in the text. Later readings do not undo it."""
    found = review_of(record, key).claim.id
    if data.claim.id != found:
        raise ClientException(f"the claim that is sent is called {data.claim.id!r}, the one in the address {found!r}")
    with clashing():
        record.correct(data.claim, data.note, _least(data.seen, match))
    return _stands(review_of(record, found))


@does("/reviews", "Accept, reject or put back several claims", TAG, (404, 409), guards=[needs("review")])
def review_claims(record: Record, data: Chosen) -> Changed:
    """One act, all or none. Of what is corrected nothing is accepted again. As `sayso accept CLAIM CLAIM …`."""
    with clashing():
        return Changed(changed=record.review_many(data.claims, data.state, data.note, data.seen))


@lists("/reports/{key:str}/claims", "How the claims of a report stand", TAG, (404,))
def report_reviews(record: Record, key: ReportKey, part: Part) -> Response[Rows[Review]]:
    """In the order of the text, the rejected among them."""
    return part.of(reviews_of(record, key))


@does("/reports/{key:str}/claims", "Add a claim that the reading missed", TAG, (404, 409), status=201, guards=[needs("review")])
def add_claim(record: Record, key: ReportKey, data: Missed) -> Response[Review]:
    """It is corrected from the start, and no later reading ends it."""
    with clashing():
        return _stands(review_of(record, record.add_claim(key, data.claim, data.note)))


def _act(record: Record, act: Callable[[str, str | None, int | None], None], key: str, data: Verdict, match: int | None) -> Response[Review]:
    with clashing():
        act(key, data.note, _least(data.seen, match))
    return _stands(review_of(record, key))


def _least(seen: int | None, match: int | None) -> int | None:
    return min((number for number in (seen, match) if number is not None), default=None)


def _stands(found: Review) -> Response[Review]:
    return Response(found, headers=_headers(found))


def _headers(found: Review) -> dict[str, str]:
    return {"ETag": f'"{found.changed_in}"', "Cache-Control": "private, no-cache"}


DEPENDENCIES = {"match": Provide(matched, sync_to_thread=False)}
ROUTES: list[Any] = [
    claim_review, accept_claim, reject_claim, reopen_claim, check_claim, correct_claim, review_claims, report_reviews, add_claim,
]  # fmt: skip
