"""The demo's people: believable, different histories, the same for the same day."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, select

from models.claims import Claim
from models.credits import Credit, CreditSource, CreditStatus
from models.events import Event, EventCreditLine, EventKind
from models.participations import Participation, ParticipationStatus
from models.people import Person, Position, PositionKind
from models.times import day_begins, years_after
from services import audit, claims, clock, programs
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

    def claim(self, person: Person, event: Event, status: CreditStatus, *, reason: str = "",
              claimed_at: datetime | None = None) -> Claim:
        """One claim of an event with all its lines, decided some hours later."""
        now = clock.now()
        moment = min(claimed_at or event.ends_at + timedelta(hours=self.dice.randint(1, 60)), now)
        claim = Claim(person_id=person.id or 0, event_id=event.id or 0, claimed_at=moment, waiting_since=moment)
        self.session.add(claim)
        self.session.flush()
        decided = status in {APPROVED, DECLINED}
        for line in self.lines[event.id or 0]:
            self.session.add(Credit(
                person_id=person.id or 0, line_id=line.id or 0, claim_id=claim.id, credits=line.credits,
                status=status, created_at=moment, reason=reason,
                source=CreditSource.INDEPENDENT if event.owner_id else CreditSource.CLAIM,
                decided_at=min(moment + timedelta(hours=5), now) if decided else None,
                decided_by_id=self.coordinator_id if decided else None,
            ))  # fmt: skip
        audit.record(self.session, person.id, "claim:saved", claim.id or 0, person_id=person.id, title=event.title)
        if decided:
            audit.record(self.session, self.coordinator_id, f"claim:{status.lower()}", claim.id or 0,
                         person_id=person.id, title=event.title, **({"reason": reason} if reason else {}))  # fmt: skip
        return claim

    def own_event(self, person: Person, topic: Topic, begins: datetime) -> Event:
        """An independent event as this person would have entered it, with the topic's first credit line."""
        event = Event(
            kind=EventKind.INDEPENDENT, title=topic.title, begins_at=begins, owner_id=person.id,
            ends_at=begins + timedelta(minutes=int(topic.hours * 60)), time_zone=programs.current().time_zone,
            sponsor=topic.sponsor, presenter=topic.presenter or "Staff of the library", online=topic.online,
            description=topic.description, location=topic.location, created_at=begins + timedelta(days=1),
        )  # fmt: skip
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
        version = next(v for v in program.versions.values() if v.track_id == track_id and v.published)
        made = Participation(person_id=person.id or 0, track_id=track_id, track_version_id=version.id,
                             begins_on=begins, created_at=day_begins(begins, program.time_zone))  # fmt: skip
        for name, value in more.items():
            setattr(made, name, value)
        self.session.add(made)
        self.session.flush()
        return made

    def earlier(self, person: Person, credits: dict[str, Decimal], years_ago: float) -> None:
        """Approved independent events, spread over the years, until each category has that many credits."""
        program = programs.current()
        by_key = {category.key: id_ for id_, category in program.categories.items()}
        moment = clock.now() - timedelta(days=int(years_ago * 365))
        for key, wanted in credits.items():
            left = wanted
            fit = [topic for topic in self.topics if topic.lines[0][0] == by_key[key] and len(topic.lines) == 1]
            self.dice.shuffle(fit)
            for topic in fit:
                if topic.lines[0][1] <= left:
                    left -= topic.lines[0][1]
                    moment += timedelta(days=self.dice.randint(9, 20))
                    begins = moment.replace(hour=self.dice.randint(15, 21), minute=0, second=0, microsecond=0)
                    self.claim(person, self.own_event(person, topic, begins), APPROVED)


def write_stories(records: Records, people: dict[str, Person]) -> None:
    """The five who sign in, each with a history of her own."""
    _near_her_certificate(records, people["participant"])
    _with_duplicates(records, people["director"])
    _returned(records, people["board_chair"])
    _colleague(records, people["coordinator"])


def _near_her_certificate(records: Records, person: Person) -> None:
    """Maria: Library Staff, three years on the way, a little short in one category, some credits waiting."""
    records.participation(person, "staff", 2.9, verifier_name="Ellen Marsh", position="Library assistant",
                          library_id=_library_of(records, person))  # fmt: skip
    records.earlier(person, {"administration": Decimal(10), "public_services": Decimal(20),
                             "collections": Decimal(9), "technology": Decimal("4.5")}, 2.8)  # fmt: skip
    recent = _of_categories(records, {"administration", "public_services"})
    for event in recent[10:50:10]:
        records.claim(person, event, APPROVED)
    for event in recent[3:6:2]:
        records.claim(person, event, PENDING)
    yoga = Topic("Chair Yoga for the Reference Desk", records.topics[20].lines[:1], Decimal(1),
                                       "Bitterroot Wellness", "Anneke Dahl", False, "Darby, Montana", "")  # fmt: skip
    begins = clock.now().replace(hour=17, minute=0, second=0, microsecond=0) - timedelta(days=96)
    records.claim(person, records.own_event(person, yoga, begins), DECLINED,
                  reason="Yoga is good for us all, but it is not about library work.")  # fmt: skip


def _with_duplicates(records: Records, person: Person) -> None:
    """Ruth: two certificates behind her, in her renewal, and one course twice in her list."""
    today = programs.current().today()
    library_id = _library_of(records, person)
    issued = years_after(today, -3)
    for years, more in ((7, 0), (3, 0.2)):
        begins = years_after(today, -years - 4)
        records.participation(
            person, "administrator", years + 4, status=ParticipationStatus.ISSUED, begins_on=begins,
            issued_on=years_after(today, -years), due_on=years_after(today, 4 - years), renewal=bool(more),
            library_id=library_id,
        )  # fmt: skip
    records.participation(
        person, "administrator", 3, begins_on=issued, due_on=years_after(issued, 4), renewal=True,
        counts_after=day_begins(issued, programs.current().time_zone) - timedelta(days=20), library_id=library_id,
        position="Library director", verifier_name="Board chair",
    )  # fmt: skip
    records.earlier(person, {"administration": Decimal(14), "technology": Decimal(6), "collections": Decimal(4)}, 2.5)
    for event in records.past[-90:-10:16]:
        records.claim(person, event, APPROVED)
    twice = records.past[-30]
    records.claim(person, twice, APPROVED)
    topic = next(topic for topic in records.topics if topic.title == twice.title)
    retyped = Topic(twice.title.replace(":", " –").replace("the", "The"), records.topics[0].lines, topic.hours,
                    topic.sponsor, topic.presenter, topic.online, topic.location, topic.description)  # fmt: skip
    event = records.own_event(person, retyped, twice.begins_at)
    claims.note_duplicate(records.session, records.claim(person, event, PENDING), event)


def _returned(records: Records, person: Person) -> None:
    """Thomas: a trustee whose record came back with a note."""
    now = clock.now()
    records.participation(person, "trustee", 1.6, library_id=_library_of(records, person), position="Board chair",
                          returned_at=now - timedelta(days=4), verifier_name="Another member of the board",
                          returned_note="Half a credit of Library Administration is missing, and one event stands in "
                                        "the wrong category. Please add or correct, then write to me.")  # fmt: skip
    records.earlier(person, {"administration": Decimal("9.5"), "public_services": Decimal(3)}, 1.5)
    for event in _of_categories(records, {"technology"})[4:12:4]:
        records.claim(person, event, APPROVED)


def _colleague(records: Records, person: Person) -> None:
    """Joanna, the coordinator: a participant too, with a claim that only a colleague may decide."""
    records.participation(person, "staff", 1.1, library_id=_library_of(records, person), position="CE coordinator")
    for event in records.past[-160:-20:24]:
        records.claim(person, event, APPROVED)
    records.claim(person, records.past[-9], PENDING)


def write_others(records: Records, people: list[tuple[Person, PositionKind]]) -> None:
    """Everybody else: a track for most, some credits, a few claims of the last days still waiting."""
    tracks = {PositionKind.DIRECTOR: "administrator", PositionKind.STAFF: "staff"}
    recent = records.past[-12:]
    for number, (person, kind) in enumerate(people):
        if number % 4:
            records.participation(person, tracks.get(kind, "trustee"), 0.4 + number % 9 / 3,
                                  library_id=_library_of(records, person))  # fmt: skip
        for event in records.dice.sample(records.past[:-12], records.dice.randint(2, 11)):
            _claim_somehow(records, person, event)
        if number % 3 == 0:
            records.claim(person, recent[-1 - number // 3 % len(recent)], PENDING)
        if number % 5 == 2:
            topic = records.topics[(number * 13) % len(records.topics)]
            begins = (clock.now() - timedelta(days=2 + number % 20)).replace(hour=16, minute=30, second=0, microsecond=0)
            event = records.own_event(person, topic, begins)
            claims.note_duplicate(records.session, records.claim(person, event, PENDING), event)


def _claim_somehow(records: Records, person: Person, event: Event) -> None:
    if records.dice.random() < 0.96:
        records.claim(person, event, APPROVED)
    else:
        records.claim(person, event, DECLINED, reason="A vendor's demonstration does not count. Was there training too?")


def _of_categories(records: Records, keys: set[str]) -> list[Event]:
    categories = programs.current().categories
    return [
        event
        for event in reversed(records.past)
        if event.id in records.lines and {categories[line.category_id].key for line in records.lines[event.id]} <= keys
    ]


def _library_of(records: Records, person: Person) -> int | None:
    return records.session.exec(select(Position.library_id).where(Position.person_id == person.id)).first()
