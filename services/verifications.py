"""The supervisor's verification, recorded by a coordinator: who, when, how it came, and which credits."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from models.errors import Problems
from models.people import Person
from models.times import shown_day
from models.verifications import BY_OFFICE, VerifiedBy
from services import db, programs, submissions, verification_rows
from services.access import Actor, load_participation, require_coordinator
from services.verification_rows import Recorded, Said


@dataclass(frozen=True)
class Told:
    """What the supervisor said, as the coordinator wrote it down. `confirmed` are ids of credits."""

    verifier_name: str
    how: str
    verified_on: str
    confirmed: Collection[int]


def record(actor: Actor, participation_id: int, told: Told) -> Recorded:
    """Records the verification. What is not confirmed drops out; if the rest does not suffice, the record is returned.

    As the last step of the program it issues the certificate, in this transaction. Raises NotFound, NotAllowed (her
    own), WrongState, Problems (verifier_name, how, verified_on, confirmed).
    """
    require_coordinator(actor)
    with db.writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        participation.require_others_record(actor.person_id, "verified")
        submissions.require_earlier_step(participation, "verification")
        listed = {one.id or 0 for one in verification_rows.live_credits(session, participation)}
        told = replace(
            told,
            verifier_name=" ".join(told.verifier_name.split()),
            confirmed=listed & (set(told.confirmed) | verification_rows.interim_of(session, participation).keys()),
        )
        verified_on = _read(told, session.get_one(Person, participation.person_id))
        refused = dict.fromkeys(listed - set(told.confirmed), "")
        said = Said(told.verifier_name, VerifiedBy(told.how), verified_on, refused)
        return verification_rows.record(session, actor, participation, said)


def _read(told: Told, person: Person) -> date:
    """The day of the verification. Raises Problems."""
    problems: dict[str, str] = {}
    if not told.verifier_name:
        problems["verifier_name"] = "Enter who verified the credits."
    elif len(told.verifier_name) > LONGEST_NAME:
        problems["verifier_name"] = f"At most {LONGEST_NAME} characters, please."
    elif told.verifier_name.casefold() == " ".join(person.name.split()).casefold():
        problems["verifier_name"] = "Nobody verifies her own record. Enter the supervisor’s name."
    if told.how not in BY_OFFICE:
        problems["how"] = "Choose how the verification came."
    today = programs.current().today()
    try:
        day = date.fromisoformat(told.verified_on)
    except ValueError:
        day = today
        problems["verified_on"] = "Enter the day of the verification."
    if day.year < FIRST_YEAR:
        problems["verified_on"] = "Check the year."
    elif day > today:
        problems["verified_on"] = f"The day lies in the future; today is {shown_day(today)}."
    if not told.confirmed:
        problems["confirmed"] = "Check at least one credit. If none was confirmed, return the record with a note."
    if problems:
        raise Problems(problems)
    return day


LONGEST_NAME = 200
FIRST_YEAR = 1990
