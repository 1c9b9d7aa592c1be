"""The recognition list: who was certified in a year and agreed to be named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import extract, func
from sqlmodel import col, select

from models.certificates import Certificate, CertificateStatus
from models.people import Person
from services import db, programs

PAGE = 120


@dataclass(frozen=True)
class Named:
    """As the certificate says it."""

    name: str
    library: str


@dataclass(frozen=True)
class Recognition:
    """`years` are those with a certificate, the newest first; `certified` counts people, named or not."""

    year: int
    years: tuple[int, ...]
    certified: int
    agreed: int
    tracks: dict[str, tuple[Named, ...]]
    number: int
    pages: int


def of_year(year: int | None = None, number: int = 0) -> Recognition:
    """Certificates whose day of issue lies in the year and that stand or ran out; the newest year without one.

    Anybody may read it: only who agreed to be named and has an open record is on it.
    """
    stands = col(Certificate.status) == CertificateStatus.VALID
    with db.reading() as session:
        the_year = extract("year", col(Certificate.issued_on))
        years = tuple(
            int(one) for one in session.exec(select(the_year).where(stands).distinct().order_by(the_year.desc()))
        )
        if not years:
            return Recognition(programs.current().today().year, (), 0, 0, {}, 0, 1)
        chosen = year if year in years else years[0]
        in_year = stands & col(Certificate.issued_on).between(date(chosen, 1, 1), date(chosen, 12, 31))
        named = col(Person.named_publicly) & col(Person.deactivated_at).is_(None)
        people = func.count(func.distinct(Certificate.person_id))
        certified = session.exec(select(people).where(in_year)).one()
        agreed = session.exec(
            select(people).join(Person, col(Person.id) == Certificate.person_id).where(in_year, named)
        ).one()
        track, whose = col(Certificate.snapshot)["track"].as_string(), col(Certificate.snapshot)["name"].as_string()
        listed = select(Certificate).join(Person, col(Person.id) == Certificate.person_id).where(in_year, named)
        total = session.exec(select(func.count()).select_from(listed.subquery())).one()
        pages = max(1, -(-total // PAGE))
        number = min(max(0, number), pages - 1)
        rows = session.exec(
            listed.order_by(track, func.lower(whose), col(Certificate.id)).limit(PAGE).offset(number * PAGE)
        ).all()
    return Recognition(chosen, years, certified, agreed, _by_track(rows), number, pages)


def _by_track(rows: Sequence[Certificate]) -> dict[str, tuple[Named, ...]]:
    found: dict[str, list[Named]] = {}
    for row in rows:
        told = row.snapshot
        found.setdefault(told["track"], []).append(Named(told["name"], told["library"]))
    return {track: tuple(people) for track, people in found.items()}
