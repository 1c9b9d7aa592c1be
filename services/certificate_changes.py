"""After the issue: a certificate is replaced by a corrected one, or revoked; always with a reason."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from models.certificates import BoundCredit, Certificate, new_code
from models.errors import Problems, WrongState
from models.evaluation import Evaluation
from models.participations import OPEN, Participation
from models.texts import typed_id
from models.times import years_after
from services import audit, certificates, clock, db, frozen, letters, participations, programs, records, submitted
from services.access import Actor, load_certificate, require_coordinator
from services.programs import VersionView


def supersede(actor: Actor, number: str, values: Mapping[str, object]) -> str:
    """Issues a corrected certificate (`name`, `track` as its id, `reason`) in place of this one; returns its number.

    Days of issue and due stay. Raises NotFound, NotAllowed (her own), WrongState, Problems (name, track, reason).
    """
    require_coordinator(actor)
    with db.writing() as session:
        old = load_certificate(session, actor, number, lock=True)
        name = _name(values)
        version = _version(values, old)
        reason = str(values.get("reason") or "")[:LONGEST_REASON]
        if name == old.snapshot["name"] and version.id == old.track_version_id:
            raise Problems({"name": "Nothing would change: correct the name or the track."})
        old.supersede(actor.person_id, clock.now(), reason)
        session.flush()
        snapshot = {**old.snapshot, "name": name, "track": version.track_name, "version": version.version}
        if version.id != old.track_version_id:
            snapshot |= _move(session, old, version)
        new = certificates.add_row(session, _replacement(session, old, actor, version, snapshot))
        _tell(session, actor, "certificate:superseded", old, new=new)
        return new.number


def revoke(actor: Actor, number: str, reason: str) -> None:
    """Raises NotFound, NotAllowed (her own), WrongState, Problems (reason). Its credits stay counted."""
    require_coordinator(actor)
    with db.writing() as session:
        certificate = load_certificate(session, actor, number, lock=True)
        certificate.revoke(actor.person_id, clock.now(), reason[:LONGEST_REASON])
        session.flush()
        _begin_anew(session, certificate)
        _tell(session, actor, "certificate:revoked", certificate)


def _begin_anew(session: Session, revoked: Certificate) -> None:
    """Without a certificate that stands there is nothing to renew."""
    track_id = session.get_one(Participation, revoked.participation_id).track_id
    renewal = session.exec(
        select(Participation).where(
            Participation.person_id == revoked.person_id,
            Participation.track_id == track_id,
            col(Participation.status).in_(OPEN),
            col(Participation.renewal),
        )
    ).first()
    if renewal and participations.last_certified(session, revoked.person_id, track_id) is None:
        years = int(programs.current().settings["first_due_years"])
        renewal.begin_anew(years_after(renewal.begins_on, years) if years else None)
        frozen.tell(session, renewal)


def _replacement(
    session: Session, old: Certificate, actor: Actor, version: VersionView, snapshot: dict[str, object]
) -> Certificate:
    now = clock.now()
    return Certificate(
        number=certificates.next_number(session, programs.current().today().year),
        code=new_code(),
        participation_id=old.participation_id,
        person_id=old.person_id,
        track_version_id=version.id,
        issued_at=now,
        issued_by_id=actor.person_id,
        issued_on=old.issued_on,
        due_on=old.due_on,
        snapshot={**snapshot, "signer": actor.name},
        replaces_id=old.id,
    )


def _move(session: Session, old: Certificate, version: VersionView) -> dict[str, Any]:
    """Takes the participation and its renewal to the right track; returns what the certificate then says.

    Raises Problems if the counted credits do not meet it.
    """
    participation = session.get_one(Participation, old.participation_id)
    wrong = participation.track_id
    participation.track_id, participation.track_version_id = version.track_id, version.id
    before = participations.last_certified(session, old.person_id, version.track_id, before=participation.id)
    participation.renewal = before is not None
    found = _of_bound(session, participation)
    if not found.is_met:
        raise Problems(
            {"track": " ".join([f"The credits do not meet {version.track_name}.", *submitted.missing(found)])}
        )
    open_ones = session.exec(
        select(Participation).where(Participation.person_id == old.person_id, col(Participation.status).in_(OPEN))
    ).all()
    renewal = next((one for one in open_ones if one.track_id == wrong and one.begins_on == old.issued_on), None)
    newest = programs.current().version_for(version.track_id, programs.current().today())
    if renewal and newest and all(one.track_id != version.track_id for one in open_ones):
        renewal.track_id, renewal.track_version_id = version.track_id, newest.id
        frozen.tell(session, renewal)
    return certificates.counted(session, participation, found)


def _of_bound(session: Session, participation: Participation) -> Evaluation:
    """The credits that the certificate counts against the participation's track."""
    session.flush()
    rows = records.credits_of(session, participation.person_id)
    bound = frozenset(
        session.exec(select(BoundCredit.credit_id).where(BoundCredit.participation_id == participation.id))
    )
    return records.evaluated(participation, rows, programs.current(), records.Frozen(bound))


def _tell(session: Session, actor: Actor, action: str, old: Certificate, new: Certificate | None = None) -> None:
    audit.record(
        session,
        actor.person_id,
        action,
        old.id or 0,
        person_id=old.person_id,
        title=f"{old.number} by {new.number}" if new else old.number,
        reason=old.reason,
    )
    told = {"number": old.number, "reason": old.reason}
    if new is not None:
        letters.write(session, old.person_id, "certificate superseded", {**told, "new_number": new.number})
    else:
        letters.write(session, old.person_id, "certificate revoked", told)
    frozen.tell(session, session.get_one(Participation, old.participation_id))
    if new is not None:
        certificates.announce(session, new)


def _name(values: Mapping[str, object]) -> str:
    name = " ".join(str(values.get("name") or "").split())
    if not name:
        raise Problems({"name": "Enter the name as the certificate shall show it."})
    if len(name) > certificates.LONGEST_NAME:
        raise Problems({"name": f"At most {certificates.LONGEST_NAME} letters fit on a certificate."})
    try:
        certificates.refuse_unprintable(name)
    except WrongState as refusal:
        raise Problems({"name": str(refusal)}) from refusal
    return name


def _version(values: Mapping[str, object], old: Certificate) -> VersionView:
    """The version of the chosen track in effect on the day of issue; that of the old one where the track stays."""
    program = programs.current()
    before = program.versions[old.track_version_id]
    chosen = str(values.get("track") or before.track_id)
    if chosen == str(before.track_id):
        return before
    if old.snapshot.get("degree"):
        raise Problems({"track": "This certificate stands on a degree, which does for its track alone."})
    version = program.version_for(typed_id(chosen) or 0, old.issued_on)
    if version is None:
        raise Problems({"track": "Choose a track from the list."})
    return version


LONGEST_REASON = 2000
