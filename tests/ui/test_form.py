"""A form tells its problems at the fields and in a summary over them."""

from nicegui.testing import User

from ui.fields import check_field, choice_field, text_field
from ui.form import Form, Summary


def letter(user: User) -> Form:
    """A form with a field, two that belong together, a choice and a box."""
    form = Form()
    with user:
        form.summary()
        form.add(text_field("Title", name="title", value="Weeding", required=True))
        form.pair(
            text_field("From", name="begins", kind="date"), text_field("To", name="ends", kind="date"), name="days"
        )
        form.add(choice_field("Category", name="category", options={"a": "First", "b": "Second"}, value="b"))
        form.add(check_field("By letter", name="letter", value=True))
    return form


def summary(user: User) -> list[tuple[str, str]]:
    (found,) = user.find(Summary).elements
    return [(item["text"], item["target"]) for item in found.props["items"]]


def props(user: User, name: str) -> tuple[object, object]:
    (field,) = user.find(marker=name).elements
    return field.props["error-message"], field.props["shared-error"]


async def test_the_values_are_there_by_name(paper: User) -> None:
    values = letter(paper).values()
    assert values == {"title": "Weeding", "begins": "", "ends": "", "category": "b", "letter": True}


async def test_problems_stand_at_their_fields_and_in_the_summary_in_the_form_s_order(paper: User) -> None:
    letter(paper).show({"category": "Choose one.", "title": "Enter a title."})
    assert summary(paper) == [("Enter a title.", "title"), ("Choose one.", "category")]
    assert props(paper, "title") == ("Enter a title.", None)
    assert props(paper, "letter") == (None, None)


async def test_a_problem_of_two_fields_is_told_once_and_marks_both(paper: User) -> None:
    letter(paper).show({"days": "It ends before it begins."})
    assert summary(paper) == [("It ends before it begins.", "begins")]
    assert props(paper, "begins") == props(paper, "ends") == (None, "days-err")
    await paper.should_see("It ends before it begins.")


async def test_a_problem_of_no_field_is_in_the_summary_without_a_link(paper: User) -> None:
    letter(paper).show({"title": "Enter a title.", "weather": "It rains."})
    assert summary(paper) == [("Enter a title.", "title"), ("It rains.", "")]


async def test_what_is_mended_is_told_no_more(paper: User) -> None:
    form = letter(paper)
    form.show({"title": "Enter a title.", "days": "It ends before it begins."})
    form.show({"title": "Shorter, please."})
    assert summary(paper) == [("Shorter, please.", "title")]
    assert props(paper, "begins") == (None, None)
    form.clear()
    assert summary(paper) == []


async def test_leaving_a_field_is_told_only_when_it_changed(paper: User) -> None:
    left: list[tuple[str, str]] = []
    with paper:
        field = text_field("Title", name="title", on_leave=lambda name, value: left.append((name, value)))
    leave = paper.find(marker="title")
    leave.trigger("blur")
    with paper:
        field.value = "Weeding"
    leave.trigger("blur")
    leave.trigger("blur")
    assert left == [("title", "Weeding")]
