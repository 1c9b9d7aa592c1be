"""Whatever arrives from a form: an entry that the database takes, or mistakes at their fields. Never a fault."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base import CreditValue
from models.entries import ORDER, read_entry
from models.errors import Problems
from tests.models.test_entries import CATEGORIES, NOON, TYPED

dates = st.one_of(st.dates().map(str), st.sampled_from(["2026-03-08", "2026-11-01", "9999-12-31", "0001-01-01"]))
times = st.one_of(st.times().map(str), st.sampled_from(["02:30", "01:30", "24:00", "09:00+05:00", "23:59:59.999999"]))
numbers = st.one_of(
    st.decimals().map(str), st.integers().map(str), st.floats().map(str), st.from_regex(r"[-+0-9.,eE_ ]{1,12}")
)
links = st.one_of(
    st.from_regex(r"(https?|javascript|mailto):(//)?[\[\]:@/?#%a-z0-9.]{0,12}", fullmatch=True),
    st.sampled_from(["http://[x", "https://]", "http://[::1", "https://a:b@c:d", "http://①"]),
)
anything = st.one_of(
    st.text(alphabet=st.characters(), max_size=30), st.none(), st.booleans(), st.integers(), st.floats(),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)  # fmt: skip
like_a_form = {
    "begin_date": dates, "end_date": dates, "begin_time": times, "end_time": times, "credits": numbers, "link": links,
    "category": st.sampled_from([*CATEGORIES, "cooking"]), "title": st.text(max_size=210),
}  # fmt: skip


@st.composite
def forms(draw: st.DrawFn) -> dict[str, object]:
    """A good form in which some fields hold something else: of their kind, of any kind, or are missing."""
    form: dict[str, object] = dict(TYPED)
    for name in draw(st.lists(st.sampled_from(list(TYPED)), unique=True)):
        form[name] = draw(st.one_of(like_a_form.get(name, anything), anything))
    for name in draw(st.lists(st.sampled_from(list(TYPED)), max_size=1)):
        del form[name]
    return form


@settings(max_examples=500)
@given(forms(), st.sampled_from(["America/Denver", "Pacific/Kiritimati", "UTC"]))
def test_only_problems_at_known_fields_are_ever_raised(form: dict[str, object], zone: str) -> None:
    try:
        entry = read_entry(form, zone=zone, now=NOON, categories=CATEGORIES)
    except Problems as refused:
        assert refused.by_field
        assert set(refused.by_field) <= set(ORDER)
        assert all(sentence.strip() for sentence in refused.by_field.values())
    else:
        assert datetime(1989, 12, 31, tzinfo=UTC) < entry.begins_at < entry.ends_at <= NOON
        assert Decimal("0.5") <= entry.credits <= 200
        assert CreditValue().process_bind_param(entry.credits, None) == entry.credits * 2  # type: ignore[arg-type]
        assert all([entry.title, entry.sponsor, entry.presenter])
        assert entry.category in CATEGORIES
        assert isinstance(entry.remark, str)


@given(
    st.sampled_from(["title", "sponsor", "presenter", "location", "description"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40).map(str.strip).filter(bool),
)
def test_free_text_is_kept_as_it_was_typed(field: str, text: str) -> None:
    entry = read_entry({**TYPED, field: f"  {text} "}, zone="UTC", now=NOON, categories=CATEGORIES)
    assert getattr(entry, field) == text


@pytest.mark.parametrize("field", ["title", "sponsor", "presenter", "location", "description"])
@pytest.mark.parametrize("typed", ["Story\0 Hours", "Story\ud800 Hours"])
def test_what_no_database_can_store_is_left_out(field: str, typed: str) -> None:
    """PostgreSQL refuses NUL, and half a surrogate pair cannot be encoded at all."""
    entry = read_entry({**TYPED, field: typed}, zone="UTC", now=NOON, categories=CATEGORIES)
    assert getattr(entry, field) == "Story Hours"
