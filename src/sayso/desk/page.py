"""What every page is given: its address, the question in it, who asks, and how it is to look."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.response import Template

from sayso.desk.asked import Asked
from sayso.record.users import User

THEMES = ("light", "dark")


class Page:
    """Makes the pages of one request."""

    def __init__(self, request: Request[Any, Any, State], user: User, asked: Asked) -> None:
        self.request, self.user, self.asked = request, user, asked

    def __call__(self, template: str, **context: Any) -> Template:
        """A page of this template, with what every page needs and with values of its own."""
        return Template(template, context=common(self.request, self.user) | {"asked": self.asked} | context)


def common(request: Request[Any, Any, State], user: User | None) -> dict[str, Any]:
    """What every page needs, an error's too."""
    theme = request.cookies.get("theme", "")
    query = request.url.query
    return {
        "path": request.url.path, "here": request.url.path + (f"?{query}" if query else ""), "theme": theme if theme in THEMES else "", "user": user,
        "team": request.app.state.settings.team,
    }  # fmt: skip


def local(address: str) -> str:
    """An address of this desk to go back to: what leads elsewhere is the first page.

    >>> local("/incidents?page=2"), local("//elsewhere.example"), local("javascript:alert(1)")
    ('/incidents?page=2', '/', '/')
    """
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
