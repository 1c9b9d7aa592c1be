"""The two cookies of this app: the session's, and that of a sign-in on its way."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from models.identities import ATTEMPT
from services import installation
from services.settings import Settings


def session_cookie(settings: Settings) -> str:
    """`__Host-` under https: then no other host or path can set it."""
    return "__Host-aspen" if settings.is_secure else "aspen"


def attempt_cookie(settings: Settings) -> str:
    return "__Host-aspen-sign-in" if settings.is_secure else "aspen-sign-in"


def give_session(answer: Response, token: str) -> None:
    _give(answer, session_cookie(installation.settings()), token, None)


def give_attempt(answer: Response, token: str) -> None:
    _give(answer, attempt_cookie(installation.settings()), token, int(ATTEMPT.total_seconds()))


def take_session(answer: Response) -> None:
    _take(answer, session_cookie(installation.settings()))


def take_attempt(answer: Response) -> None:
    _take(answer, attempt_cookie(installation.settings()))


def attempt_of(connection: HTTPConnection) -> str | None:
    return connection.cookies.get(attempt_cookie(installation.settings()))


def _give(answer: Response, name: str, value: str, max_age: int | None) -> None:
    secure = installation.settings().is_secure
    answer.set_cookie(name, value, max_age=max_age, httponly=True, samesite="lax", path="/", secure=secure)


def _take(answer: Response, name: str) -> None:
    answer.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=installation.settings().is_secure)
