"""Back-channel logout: a provider tells that somebody signed out there, and her sessions here end."""

import base64
import json

from sqlmodel import select

from models.identities import Identity
from services import db, providers, sign_in
from services.providers import SignInRefused


def log_out(logout_token: str) -> int:
    """Ends the sessions that the provider's signed token names; returns how many. Raises SignInRefused.

    OpenID Connect Back-Channel Logout 1.0: with a `sid` that session, else all that came by this account.
    """
    provider = providers.of_issuer(_issuer_in(logout_token))
    if provider is None:
        raise SignInRefused("This logout token is from nobody whom we know.")
    told = provider.logged_out(logout_token)
    with db.writing() as session:
        query = select(Identity).where(Identity.issuer == told.issuer)
        if told.subject:
            query = query.where(Identity.subject == told.subject)
            return sum(
                sign_in.end_all(session, one.person_id, identity_id=one.id, provider_session=told.session)
                for one in session.exec(query)
            )
        return sign_in.end_of_provider(session, told.issuer, told.session)


def _issuer_in(token: str) -> str:
    """Who the token says it is from, before anything of it is believed."""
    try:
        body = token.split(".")[1]
        return str(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))["iss"])
    except (IndexError, KeyError, TypeError, ValueError) as fault:
        raise SignInRefused("This is not a logout token.") from fault
