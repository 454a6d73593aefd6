"""Logging in and out, one's own password, and the users of a team.

In: names and passwords. Out: a session in a cookie that no script sees and no other site sends; a new session has a new token. Programs log in by
`sayso.desk.api.session`.
"""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie, State
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body
from litestar.response import Redirect, Template

from sayso.desk.access import COOKIE, Patience, needs, token_of
from sayso.desk.page import Page, common, local
from sayso.desk.settings import Settings
from sayso.errors import BadOption
from sayso.record import Record
from sayso.record.users import ROLES, SHORTEST, WHOLE, User, Users

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
Asked = Request[Any, Any, State]


@get("/login", sync_to_thread=True)
def login(request: Asked) -> Template:
    """The form by which one logs in."""
    _team(request)
    back = local(request.query_params.get("back", "/"))
    if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:  # a link elsewhere led here, without the cookie: asked from here it comes along
        return Template("onward.html", context=common(request, None) | {"back": back})
    return Template("login.html", context=common(request, None) | {"back": back, "fault": "", "name": ""})


@post("/login/enter", sync_to_thread=True)
def enter(request: Asked, data: Form) -> Response[Any]:
    """Log in, or say that it did not work, whatever the reason."""
    _team(request)
    name, back = data.get("name", "").strip(), local(data.get("back", "/"))
    token = _patience(request).asked(name, request, lambda: Users(request.app.state.record).begin(name, data.get("password", "")))
    if token is None:
        context = common(request, None) | {"back": back, "fault": "wrong", "name": name}
        return Template("login.html", context=context, status_code=401)
    answer = Redirect(back, status_code=303)
    answer.set_cookie(_cookie(request, token, int(WHOLE.total_seconds())))
    return answer


@post("/logout", sync_to_thread=True)
def leave(request: Asked, record: Record) -> Redirect:
    """End one's session."""
    Users(record).end(token_of(request))
    answer = Redirect("/login", status_code=303)
    answer.set_cookie(_cookie(request, "", 0))
    return answer


@get("/account", sync_to_thread=True)
def account(request: Asked, record: Record, user: User, page: Page) -> Template:
    """One's own account, and where one is logged in."""
    _team(request)
    return page("account.html", shortest=SHORTEST, sessions=Users(record).sessions(user.name, token_of(request)))


@post("/account/password", sync_to_thread=True, guards=[needs("read")])
def password(request: Asked, record: Record, user: User, data: Form) -> Redirect:
    """Change one's password; all other sessions end."""
    _team(request)
    if not _patience(request).asked(user.name, request, lambda: Users(record).check(user.name, data.get("old", ""))):
        raise BadOption("the old password is wrong; nothing was changed")
    Users(record).set_password(user.name, _twice(data), but=token_of(request))
    return Redirect("/account", status_code=303)


@post("/account/others", sync_to_thread=True, guards=[needs("read")])
def others(request: Asked, record: Record, user: User) -> Redirect:
    """End all other sessions of one's own."""
    Users(record).end_others(user.name, token_of(request))
    return Redirect("/account", status_code=303)


@get("/users", sync_to_thread=True, guards=[needs("administer")])
def users(request: Asked, record: Record, page: Page) -> Template:
    """All users."""
    _team(request)
    return page("users.html", users=Users(record).listed(), roles=ROLES, shortest=SHORTEST)


@post("/users/add", sync_to_thread=True, guards=[needs("administer")])
def add(request: Asked, record: Record, data: Form) -> Redirect:
    """A new user."""
    _team(request)
    Users(record).add(data.get("name", ""), data.get("role", ""), _twice(data))
    return Redirect("/users", status_code=303)


@post("/users/change", sync_to_thread=True, guards=[needs("administer")])
def change(request: Asked, record: Record, data: Form) -> Redirect:
    """Another role, another password, let in or not."""
    _team(request)
    known, name = Users(record), data.get("name", "")
    if role := data.get("role"):
        known.set_role(name, role)
    elif data.get("disabled"):
        known.set_disabled(name, data["disabled"] == "yes")
    elif data.get("password"):
        known.set_password(name, _twice(data))
    else:
        raise BadOption("nothing was chosen to be changed")
    return Redirect("/users", status_code=303)


def _patience(request: Asked) -> Patience:
    found: Patience = request.app.state.patience
    return found


def _twice(data: dict[str, str]) -> str:
    word = data.get("password", "")
    if word != data.get("again", ""):
        raise BadOption("the two passwords differ; write the same one twice")
    return word


def _cookie(request: Asked, token: str, seconds: int) -> Cookie:
    settings: Settings = request.app.state.settings
    return Cookie(key=settings.cookie(COOKIE), value=token, path="/", max_age=seconds, httponly=True, samesite="strict", secure=settings.https)


def _team(request: Asked) -> None:
    """Raises where the desk has one user, who needs none of this."""
    if not request.app.state.settings.team:
        raise NotFoundException()


ROUTES: list[Any] = [login, enter, leave, account, password, others, users, add, change]
