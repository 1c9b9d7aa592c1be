"""An installation with a sign-in provider beside the test."""

from dataclasses import dataclass

from services import identities, sign_in
from services.access import Actor
from services.sign_in import Visitor
from tests.oidc import OpenIDProvider

APP = "http://localhost:8079"
"""Where the app would be; tests of services take the answer out of the browser's hands."""


@dataclass(frozen=True)
class SignsIn:
    """Signs a person of the provider in, or adds her account to that of `link`."""

    provider: OpenIDProvider

    def __call__(self, name: str, link: Actor | None = None) -> Actor:
        begun = identities.begin("practice", "", link)
        query = self.provider.sign_in(begun.address, name)
        return sign_in.who(identities.finish(begun.token, query, Visitor(), link).token)
