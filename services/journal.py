"""What was done and what went wrong, told to the log and to the counts: one line each, without personal data."""

import logging

from services import counts, errands

log = logging.getLogger("aspen")


def deed(action: str, subject_id: int, actor_id: int | None) -> None:
    """After the commit. `action` reads `subject:deed`; who acted is told by her number."""
    counts.DEEDS.labels(action).inc()
    log.info(
        action,
        extra={"subject": action.partition(":")[0], "subject_id": subject_id, "actor": actor_id, **_of_errand()},
    )


def refused(why: str, actor_id: int | None) -> None:
    """Somebody asked for what she may not have, too often, or from elsewhere; `why` is a status or a kind of error."""
    log.info("refused", extra={"why": why, "actor": actor_id, **_of_errand()})


def fault(what: BaseException) -> str:
    """Logs a fault with where it happened, but not in its own words, which may name people; returns its reference."""
    counts.FAULTS.inc()
    of_errand = _of_errand()
    reference = str(of_errand.setdefault("reference", errands.new_reference()))
    log.error("fault", exc_info=what, extra=of_errand)
    return reference


def _of_errand() -> dict[str, object]:
    running = errands.running()
    if running is None:
        return {}
    return {"reference": running.reference, "route": running.route, "ms": running.milliseconds}
