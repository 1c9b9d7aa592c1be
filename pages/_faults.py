"""Faults: logged with a reference, told as an apology with that reference, never as an exception's text."""

import logging

from services import journal


def report(fault: BaseException) -> str:
    """Logs a fault; returns the reference to tell."""
    return journal.fault(fault)


def apology(reference: str) -> str:
    return f"Something went wrong on our side, and nothing was saved. Please try again. Reference {reference}"


def forget_who_went_away() -> None:
    """A browser that closes the connection before the answer is no fault, though Starlette raises one."""
    logging.getLogger("uvicorn.error").addFilter(_is_a_fault)


def _is_a_fault(record: logging.LogRecord) -> bool:
    fault = record.exc_info[1] if record.exc_info else None
    return not (isinstance(fault, RuntimeError) and str(fault) == "No response returned.")
