"""A whole sign-in: from the button to the first page, with a provider in a process of its own."""

import re
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from statistics import median

import httpx

from tests.benchmarks._table import Figure
from tests.oidc import OpenIDProvider
from tests.oidc.real import real_installation

RUNS, WARM = 25, 3


def measure() -> Iterator[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="aspen-bench-"))
    with real_installation(folder) as (server, provider):
        times = [_sign_in(server.origin, provider) for _ in range(RUNS + WARM)][WARM:]
    whole, ours = [one[0] for one in times], [one[1] for one in times]
    yield Figure("sign-in round trip", whole, "ms", f"button, provider, callback, /ce; a new browser each, {RUNS} runs")
    yield Figure("sign-in, our share", ours, "ms", "of these: POST /login, /auth/callback and /ce")
    yield Figure("sign-in, provider's share", [median(whole) - median(ours)], "ms", "oidc-provider, same machine")


def _sign_in(app: str, provider: OpenIDProvider) -> tuple[float, float]:
    """Milliseconds in all, and those that the app itself took."""
    with httpx.Client(base_url=app, timeout=20) as browser, httpx.Client(timeout=20) as there:
        began = time.perf_counter()
        page = browser.post("/login", data={"provider": "practice"})
        ours = time.perf_counter() - began
        found = re.search(r'content="0; url=([^"]+)"', page.text)
        assert found
        query = provider.sign_in(unescape(found[1]), "maria", there)
        back = time.perf_counter()
        landed = browser.get("/auth/callback", params=query)
        assert browser.get(landed.headers["location"]).status_code == httpx.codes.OK, landed.text
        ended = time.perf_counter()
        return (ended - began) * 1000, (ours + ended - back) * 1000
