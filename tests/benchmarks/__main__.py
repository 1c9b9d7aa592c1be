"""`make bench`: measures every figure, or those named by --only, and prints one table."""

import argparse
import importlib
import os
import time
from collections.abc import Iterator

from tests.benchmarks._table import Figure, show

MODULES = (
    "control_panel",
    "million",
    "review",
    "live",
    "durable_claims",
    "registrations",
    "attendance",
    "postgresql",
    "backup",
    "excel",
    "certificates",
    "sign_in",
    "letters",
    "reminders",
    "expirations",
    "supervisor",
    "cold_load",
    "others",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=MODULES, help="measure these alone; may be repeated")
    figures: list[Figure] = []
    for name in parser.parse_args().only or MODULES:
        began = time.monotonic()
        found = list(_measured(name))
        print(f"{name}: {time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}", flush=True)
        figures += found
    missed = [figure.name for figure in figures if figure.is_missed]
    print(f"\n{show(figures)}\n\nMeasured on {os.cpu_count()} cores; load above 2: others worked too.")
    print(f"Missed: {', '.join(missed)}." if missed else "Every bound is met.")


def _measured(name: str) -> Iterator[Figure]:
    """Each figure stands in a module of its own."""
    yield from importlib.import_module(f"tests.benchmarks.{name}").measure()


if __name__ == "__main__":
    main()
