"""The demo's people: believable, different histories, the same for the same day."""

from datetime import timedelta
from decimal import Decimal

from models.events import Event
from models.people import Person, PositionKind
from models.times import years_after
from services import claims, clock, programs
from services.demo_calendar import Topic
from services.demo_certificates import issued, write_certified
from services.demo_records import APPROVED, DECLINED, PENDING, Records

MOSTLY = 0.96
BOARD = {PositionKind.TRUSTEE, PositionKind.BOARD_CHAIR}
CERTIFIED = 21
BY_THE_RULES_OF_2009 = {
    "administration": Decimal(20),
    "public_services": Decimal(20),
    "collections": Decimal(10),
    "technology": Decimal(10),
}


def write_stories(records: Records, people: dict[str, Person]) -> None:
    """The five who sign in, each with a history of her own."""
    _near_her_certificate(records, people["participant"])
    _with_duplicates(records, people["director"])
    _returned(records, people["board_chair"])
    _colleague(records, people["coordinator"])


def _near_her_certificate(records: Records, person: Person) -> None:
    """Maria: Library Staff, three years on the way, a little short in one category, some credits waiting."""
    records.participation(
        person,
        "staff",
        2.9,
        verifier_name="Ellen Marsh",
        position="Library assistant",
        library_id=records.library_of(person),
    )
    records.earlier(
        person,
        {
            "administration": Decimal(10),
            "public_services": Decimal(25),
            "collections": Decimal(13),
            "technology": Decimal("6.5"),
        },
        2.8,
    )
    recent = _of_categories(records, {"administration", "public_services"})
    for event in recent[10:50:10]:
        records.claim(person, event, APPROVED)
    for event in recent[3:6:2]:
        records.claim(person, event, PENDING)
    _with_a_declined_one(records, person)


def _with_a_declined_one(records: Records, person: Person) -> None:
    yoga = Topic(
        "Chair Yoga for the Reference Desk",
        records.topics[20].lines[:1],
        Decimal(1),
        "Bitterroot Wellness",
        "Anneke Dahl",
        False,
        "Darby, Montana",
        "",
    )
    begins = clock.now().replace(hour=17, minute=0, second=0, microsecond=0) - timedelta(days=96)
    records.claim(
        person,
        records.own_event(person, yoga, begins),
        DECLINED,
        reason="Yoga is good for us all, but it is not about library work.",
    )


def _with_duplicates(records: Records, person: Person) -> None:
    """Ruth: one expired and one valid certificate, in her renewal, and one course twice in her list."""
    today = programs.current().today()
    first = records.participation(
        person,
        "administrator",
        11,
        library_id=records.library_of(person),
        position="Library director",
        verifier_name="Board chair",
    )
    records.earlier(person, BY_THE_RULES_OF_2009, 10.7)
    records.earlier(person, BY_THE_RULES_OF_2009, 6.7)
    renewal = issued(records, first, years_after(today, -7))
    issued(records, renewal, years_after(today, -3))
    records.earlier(person, {"administration": Decimal(14), "technology": Decimal(6), "collections": Decimal(4)}, 2.5)
    for event in records.past[-90:-10:16]:
        records.claim(person, event, APPROVED)
    _claim_twice(records, person, records.past[-30])


def _claim_twice(records: Records, person: Person, twice: Event) -> None:
    records.claim(person, twice, APPROVED)
    topic = next(topic for topic in records.topics if topic.title == twice.title)
    retyped = Topic(
        twice.title.replace(":", " –").replace("the", "The"),
        records.topics[0].lines,
        topic.hours,
        topic.sponsor,
        topic.presenter,
        topic.online,
        topic.location,
        topic.description,
    )
    event = records.own_event(person, retyped, twice.begins_at)
    claims.note_duplicate(records.session, records.claim(person, event, PENDING), event)


def _returned(records: Records, person: Person) -> None:
    """Thomas: a trustee whose record came back with a note."""
    now = clock.now()
    records.participation(
        person,
        "trustee",
        1.6,
        library_id=records.library_of(person),
        position="Board chair",
        returned_at=now - timedelta(days=4),
        verifier_name="Another member of the board",
        returned_note="Half a credit of Library Administration is missing, and one event stands in "
        "the wrong category. Please add or correct, then write to me.",
    )
    records.earlier(person, {"administration": Decimal("9.5"), "public_services": Decimal(3)}, 1.5)
    for event in _of_categories(records, {"technology"})[4:12:4]:
        records.claim(person, event, APPROVED)


def _colleague(records: Records, person: Person) -> None:
    """Joanna, the coordinator: a participant too, with a claim that only a colleague may decide."""
    records.participation(person, "staff", 1.1, library_id=records.library_of(person), position="CE coordinator")
    for event in records.past[-160:-20:24]:
        records.claim(person, event, APPROVED)
    records.claim(person, records.past[-9], PENDING)


def write_others(records: Records, people: list[tuple[Person, PositionKind]]) -> None:
    """Everybody else: a track for most, some credits, a few claims of the last days still waiting."""
    tracks = {PositionKind.DIRECTOR: "administrator", PositionKind.STAFF: "staff"}
    recent = records.past[-12:]
    certified = [(person, "trustee") for person, kind in people if kind in BOARD]
    certified += [(person, "staff") for person, kind in people if kind == PositionKind.STAFF]
    write_certified(records, certified[:CERTIFIED])
    done = {person.id for person, _ in certified[:CERTIFIED]}
    for number, (person, kind) in enumerate(people):
        if number % 4 and person.id not in done:
            records.participation(
                person, tracks.get(kind, "trustee"), 0.4 + number % 9 / 3, library_id=records.library_of(person)
            )
        for event in records.dice.sample(records.past[:-12], records.dice.randint(2, 11)):
            _claim_somehow(records, person, event)
        if number % 3 == 0:
            records.claim(person, recent[-1 - number // 3 % len(recent)], PENDING)
        if number % 5 == 2:  # noqa: PLR2004 -- any fifth
            topic = records.topics[(number * 13) % len(records.topics)]
            begins = (clock.now() - timedelta(days=2 + number % 20)).replace(
                hour=16, minute=30, second=0, microsecond=0
            )
            event = records.own_event(person, topic, begins)
            claims.note_duplicate(records.session, records.claim(person, event, PENDING), event)


def _claim_somehow(records: Records, person: Person, event: Event) -> None:
    if records.dice.random() < MOSTLY:
        records.claim(person, event, APPROVED)
    else:
        records.claim(
            person, event, DECLINED, reason="A vendor's demonstration does not count. Was there training too?"
        )


def _of_categories(records: Records, keys: set[str]) -> list[Event]:
    categories = programs.current().categories
    return [
        event
        for event in reversed(records.past)
        if event.id in records.lines and {categories[line.category_id].key for line in records.lines[event.id]} <= keys
    ]
