"""Writing a demo person's history: claims, own events, participations, earlier credits."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle

from sqlmodel import Session, select

from models.claims import Claim
from models.credits import Credit, CreditSource, CreditStatus
from models.events import Event, EventCreditLine, EventKind
from models.participations import Participation
from models.people import Person, Position
from models.times import day_begins
from services import audit, clock, programs
from services.demo_calendar import Topic, read_topics

PENDING, APPROVED, DECLINED = CreditStatus.PENDING, CreditStatus.APPROVED, CreditStatus.DECLINED


@dataclass
class Records:
    """Writes histories: claims of calendar events and independent ones, decided or waiting."""

    session: Session
    calendar: list[Event]
    coordinator_id: int
    dice: random.Random = field(default_factory=lambda: random.Random(406))  # noqa: S311 -- invented data
    topics: list[Topic] = field(default_factory=read_topics)

    def __post_init__(self) -> None:
        now = clock.now()
        self.past = [event for event in self.calendar if event.ends_at <= now]
        self.lines: dict[int, list[EventCreditLine]] = {}
        for line in self.session.exec(select(EventCreditLine)):
            self.lines.setdefault(line.event_id, []).append(line)

    def claim(
        self,
        person: Person,
        event: Event,
        status: CreditStatus,
        *,
        reason: str = "",
        claimed_at: datetime | None = None,
    ) -> Claim:
        """One claim of an event with all its lines, decided some hours later."""
        now = clock.now()
        moment = min(claimed_at or event.ends_at + timedelta(hours=self.dice.randint(1, 60)), now)
        claim = Claim(person_id=person.id or 0, event_id=event.id or 0, claimed_at=moment, waiting_since=moment)
        self.session.add(claim)
        self.session.flush()
        decided_at = min(moment + timedelta(hours=5), now) if status in {APPROVED, DECLINED} else None
        self._add_credits(claim, event, status, reason=reason, decided_at=decided_at)
        audit.record(self.session, person.id, "claim:saved", claim.id or 0, person_id=person.id, title=event.title)
        if decided_at:
            audit.record(
                self.session,
                self.coordinator_id,
                f"claim:{status.lower()}",
                claim.id or 0,
                person_id=person.id,
                title=event.title,
                **({"reason": reason} if reason else {}),
            )
        return claim

    def _add_credits(
        self, claim: Claim, event: Event, status: CreditStatus, *, reason: str, decided_at: datetime | None
    ) -> None:
        for line in self.lines[event.id or 0]:
            self.session.add(
                Credit(
                    person_id=claim.person_id,
                    line_id=line.id or 0,
                    claim_id=claim.id,
                    credits=line.credits,
                    status=status,
                    created_at=claim.claimed_at,
                    reason=reason,
                    source=CreditSource.INDEPENDENT if event.owner_id else CreditSource.CLAIM,
                    decided_at=decided_at,
                    decided_by_id=self.coordinator_id if decided_at else None,
                )
            )

    def own_event(self, person: Person, topic: Topic, begins: datetime) -> Event:
        """An independent event as this person would have entered it, with the topic's first credit line."""
        event = Event(
            kind=EventKind.INDEPENDENT,
            title=topic.title,
            begins_at=begins,
            owner_id=person.id,
            ends_at=begins + timedelta(minutes=int(topic.hours * 60)),
            time_zone=programs.current().time_zone,
            sponsor=topic.sponsor,
            presenter=topic.presenter or "Staff of the library",
            online=topic.online,
            description=topic.description,
            location=topic.location,
            created_at=begins + timedelta(days=1),
        )
        self.session.add(event)
        self.session.flush()
        category_id, credits = topic.lines[0]
        line = EventCreditLine(event_id=event.id or 0, category_id=category_id, credits=credits)
        self.session.add(line)
        self.session.flush()
        self.lines[event.id or 0] = [line]
        return event

    def participation(self, person: Person, track: str, years_ago: float, **more: object) -> Participation:
        program = programs.current()
        begins = program.today() - timedelta(days=int(years_ago * 365))
        track_id = next(id_ for id_, one in program.tracks.items() if one.key == track)
        version = program.version_for(track_id, begins)
        assert version is not None  # noqa: S101 -- Montana's tracks go back to 2009
        made = Participation(
            person_id=person.id or 0,
            track_id=track_id,
            track_version_id=version.id,
            begins_on=begins,
            created_at=day_begins(begins, program.time_zone),
        )
        for name, value in more.items():
            setattr(made, name, value)
        self.session.add(made)
        self.session.flush()
        return made

    def library_of(self, person: Person) -> int | None:
        return self.session.exec(select(Position.library_id).where(Position.person_id == person.id)).first()

    def earlier(self, person: Person, credits: dict[str, Decimal], years_ago: float) -> None:
        """Approved independent events, spread over the years, until each category has that many credits."""
        program = programs.current()
        by_key = {category.key: id_ for id_, category in program.categories.items()}
        moment = clock.now() - timedelta(days=int(years_ago * 365))
        for key, wanted in credits.items():
            left = wanted
            fit = [topic for topic in self.topics if topic.lines[0][0] == by_key[key] and len(topic.lines) == 1]
            smallest = min(topic.lines[0][1] for topic in fit)
            self.dice.shuffle(fit)
            for topic in cycle(fit):
                if topic.lines[0][1] <= left:
                    left -= topic.lines[0][1]
                    moment += timedelta(days=self.dice.randint(6, 15))
                    begins = moment.replace(hour=self.dice.randint(15, 21), minute=0, second=0, microsecond=0)
                    self.claim(person, self.own_event(person, topic, begins), APPROVED)
                if left < smallest:
                    break
