"""How a program logs in to a desk of a team, and out again.

In: a name and a password. Out: a token, which the program sends with each later call.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException, NotFoundException

from sayso.desk.access import Patience, token_of, user_of
from sayso.desk.api.answers import body, does
from sayso.desk.api.history import NOTHING, Nothing
from sayso.model import Struct
from sayso.record.users import Users

TAG = "session"
Asked = Request[Any, Any, State]


class Credentials(Struct, frozen=True, kw_only=True):
    """A user's name and password."""

    name: str
    password: str


class Token(Struct, frozen=True, kw_only=True):
    """What a program sends as `Authorization: Bearer TOKEN`."""

    token: str


Given = Annotated[Credentials, body("Name and password.", name="Anna", password="a long enough password")]


@does("/", "Log in", TAG, (404, 429), status=201)
def begin_session(request: Asked, data: Given) -> Token:
    """Answers with a token, which is sent with later calls as `Authorization: Bearer TOKEN`. It ends as the session of a browser does. There is no such thing
    where a desk has one user."""
    state = _team(request)
    patience: Patience = state.patience
    token = patience.asked(data.name, request, lambda: Users(state.record).begin(data.name, data.password))
    if token is None:
        raise NotAuthorizedException("name or password is wrong")
    return Token(token=token)


@does("/end", "Log out", TAG, (404,))
def end_session(request: Asked, data: Nothing = NOTHING) -> Nothing:
    """The token of this call is worth nothing any more."""
    state = _team(request)
    user_of(request)
    Users(state.record).end(token_of(request))
    return NOTHING


def _team(request: Asked) -> State:
    """The state of a desk that users log in to; raises where there is one user, who needs none of this."""
    if not request.app.state.settings.team:
        raise NotFoundException("this desk has one user, who need not log in")
    return request.app.state


ROUTES: list[Any] = [begin_session, end_session]
