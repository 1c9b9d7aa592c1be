"""New directors: four years from the hire, told to the director and the board chair, once."""

from datetime import date

import pytest

from models.people import PositionKind
from services import new_directors, participations, positions
from services.access import Actor
from tests import certified, make, supervised

pytestmark = pytest.mark.usefixtures("database")


def hire(by: Actor, person: Actor, library_id: int, begins: str) -> None:
    values = {"library": str(library_id), "kind": "director", "title": "", "begins": begins, "ends": ""}
    positions.save(by, person.person_id, None, values)


def test_the_hire_is_told_to_the_director_and_the_board_and_the_track_comes_due() -> None:
    cem, dia, carl = make.coordinator(), make.person("Dia Dunn"), make.person("Carl Chair")
    place = supervised.works_at(carl, PositionKind.BOARD_CHAIR)
    part = participations.add(dia, make.track("administrator"))
    assert certified.participation(part).due_on is None
    hire(cem, dia, place, "2026-11-01")
    assert str(certified.participation(part).due_on) == "2030-11-01"
    (hers,), (his,) = supervised.letters("new director"), supervised.letters("new director, to the board")
    assert hers.address == "dia.dunn@example.org"
    assert (his.address, "Dia Dunn by Fri, Nov 1, 2030" in his.body) == ("carl.chair@example.org", True)
    assert new_directors.welcome_all() == 0


def test_who_takes_the_track_up_later_has_the_years_from_the_hire() -> None:
    cem, dia, carl = make.coordinator(), make.person("Dia Dunn"), make.person("Carl Chair")
    hire(cem, dia, supervised.works_at(carl, PositionKind.BOARD_CHAIR), "2026-09-01")
    part = participations.add(dia, make.track("administrator"))
    assert str(certified.participation(part).due_on) == "2030-09-01"
    assert certified.participation(participations.add(dia, make.track("staff"))).due_on is None


def test_who_is_certified_or_a_director_of_long_standing_gets_no_letter() -> None:
    cem, old = make.coordinator(), make.person("Olga Old")
    place = supervised.works_at(make.person("Carl Chair"), PositionKind.BOARD_CHAIR)
    hire(cem, old, place, "2011-05-01")
    certified_one = make.person("Ruth Ellingson")
    certified.issued(certified_one, by=cem, events={"Budgets": {"administration": "60"}}, key="administrator")
    hire(cem, certified_one, place, "2026-11-01")
    assert supervised.letters("new director") == []


def test_those_who_came_by_an_import_are_found_by_the_job() -> None:
    dia = make.person("Dia Dunn")
    supervised.works_at(dia, PositionKind.DIRECTOR, begins_on=date(2026, 11, 20))
    assert [new_directors.welcome_all(), new_directors.welcome_all()] == [1, 0]
    assert [letter.person_id for letter in supervised.letters("new director")] == [dia.person_id]
