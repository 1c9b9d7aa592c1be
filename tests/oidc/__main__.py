"""`make run-oidc`: the demo's people behind a real sign-in, all on this machine."""

import os
import subprocess
import sys
from pathlib import Path

from tests.oidc import CLIENT_ID, CLIENT_SECRET, providing

port = int(os.environ.get("ASPEN_PORT", "8080"))
app = f"http://localhost:{port}"
with providing(app, port=port + 1) as provider:
    settings = {
        "ASPEN_DEMO": "1",
        "ASPEN_OIDC_NAME": "Practice",
        "ASPEN_OIDC_ISSUER": provider.issuer,
        "ASPEN_OIDC_CLIENT_ID": CLIENT_ID,
        "ASPEN_OIDC_CLIENT_SECRET": CLIENT_SECRET,
    }
    names = "the five of the demo, a newcomer, and one whose address is not verified"
    sys.stdout.write(f"The provider lets anybody in as one of: {names}.\n")
    sys.stdout.flush()
    try:
        subprocess.run([Path(sys.executable).with_name("aspen"), "serve"], env=os.environ | settings, check=False)  # noqa: S603 -- our own
    except KeyboardInterrupt:
        sys.stdout.write("Ended.\n")
