"""What a monitor asks: counts of this process, and what the database says of letters, queue, sessions and jobs."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from prometheus_client import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from models.claims import Claim
from models.credits import Credit, CreditStatus
from models.documents import Document
from models.jobs import Job
from models.letters import Letter, LetterState
from models.participations import Participation, ParticipationStatus
from models.sessions import ABSOLUTE, IDLE, SignInSession
from services import clock, db, installation
from services.counts import REGISTRY


def exposition() -> bytes:
    """Everything in the text format of Prometheus."""
    return generate_latest(REGISTRY)


class OfTheDatabase(Collector):
    """Looked up at every scrape, in one look."""

    def collect(self) -> Iterator[Metric]:
        with db.reading() as session:
            yield _family("aspen_letters", "Letters of the outbox.", _letters(session), "state")
            yield _family("aspen_queue", "What waits for the coordinator.", _queue(session), "kind")
            yield _family("aspen_job_done_seconds", "When a job was last done, Unix time.", _jobs(session), "job")
            yield _family("aspen_job_failing", "1 while a job's last try failed.", _failing(session), "job")
            yield _family("aspen_bytes", "What lies on the disk.", _bytes(session), "kind")
            yield _family("aspen_sessions", "Sign-in sessions that are valid.", [("", _sessions(session))])

    def describe(self) -> Iterable[Metric]:
        return ()


def _family(name: str, told: str, rows: Iterable[tuple[str, float]], label: str = "") -> Metric:
    family = GaugeMetricFamily(name, told, labels=[label] if label else None)
    for key, value in rows:
        family.add_metric([key] if label else [], value)
    return family


def _letters(session: Session) -> list[tuple[str, float]]:
    found = dict(session.exec(select(Letter.state, func.count()).group_by(Letter.state)).all())
    return [(state.value, found.get(state, 0)) for state in LetterState]


def _queue(session: Session) -> list[tuple[str, float]]:
    pending = select(func.count(func.distinct(Claim.id))).join(Credit, col(Credit.claim_id) == Claim.id)
    records = select(func.count()).where(Participation.status == ParticipationStatus.SUBMITTED)
    return [
        ("credits", session.exec(pending.where(Credit.status == CreditStatus.PENDING)).one()),
        ("records", session.exec(records).one()),
    ]


def _jobs(session: Session) -> list[tuple[str, float]]:
    return [(job.name, job.done_at.timestamp()) for job in session.exec(select(Job)) if job.done_at]


def _failing(session: Session) -> list[tuple[str, float]]:
    return [(job.name, float(bool(job.problem))) for job in session.exec(select(Job))]


def _bytes(session: Session) -> list[tuple[str, float]]:
    path = installation.settings().sqlite_path()
    if path is None:
        size = session.connection().execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    else:
        size = sum(file.stat().st_size for file in (path, Path(f"{path}-wal")) if file.exists())
    documents = session.exec(select(func.coalesce(func.sum(Document.size), 0))).one()
    return [("database", float(size)), ("documents", float(documents))]


def _sessions(session: Session) -> float:
    now = clock.now()
    valid = select(func.count()).where(
        col(SignInSession.ended_at).is_(None),
        col(SignInSession.seen_at) > now - IDLE,
        col(SignInSession.created_at) > now - ABSOLUTE,
    )
    return session.exec(valid).one()


REGISTRY.register(OfTheDatabase())
