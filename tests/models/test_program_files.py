"""The files that programs are imported from: Montana's is right, a wrong one is refused in one sentence."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import CannotStart
from models.programs import files
from models.programs.files import read_program

GOOD = """
key = "ruritania"
version = "1"
name = "Ruritania State Library"
title = "Library Certification"
time_zone = "America/Denver"
certificate_prefix = "RU"

[settings]
contact_name = "Rudolf"
contact_email = "rudolf@example.org"

[[categories]]
key = "reading"
name = "Reading"

[[categories]]
key = "writing"
name = "Writing"

[[tracks]]
key = "staff"
name = "Staff"

  [[tracks.versions]]
  version = "2026"
  effective = 2026-01-01
  published = true
  years = 4
  initial = [
    { key = "reading", label = "Reading", minimum = "2.5", categories = ["reading"] },
    { key = "any", label = "Any", minimum = "5" },
  ]
  renewal = [{ key = "all", label = "All", minimum = "5" }]
"""


@pytest.fixture
def refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Puts a change into the good file and answers with the sentence that refuses it."""
    monkeypatch.setattr(files, "FOLDER", tmp_path)

    def changed(old: str, new: str) -> str:
        assert GOOD.count(old) >= 1
        (tmp_path / "ruritania.toml").write_text(GOOD.replace(old, new, 1))
        with pytest.raises(CannotStart) as refused:
            read_program("ruritania")
        return str(refused.value)

    return changed


def assert_one_sentence(sentence: str) -> None:
    assert sentence.startswith("ruritania.toml")
    assert sentence.endswith(".")
    assert not sentence.endswith("..")
    assert "\n" not in sentence
    assert ": :" not in sentence
    assert "Value error" not in sentence


def test_montanas_published_tracks_ask_for_60_60_and_15() -> None:
    montana = read_program("montana")
    totals = {
        (track.key, name): sum(part.minimum for part in parts)
        for track in montana.tracks
        for version in track.versions
        if version.published
        for name, parts in (("initial", version.initial), ("renewal", version.renewal))
    }
    assert totals == {
        ("administrator", "initial"): 60,
        ("administrator", "renewal"): 60,
        ("staff", "initial"): 60,
        ("staff", "renewal"): 60,
        ("trustee", "initial"): 15,
        ("trustee", "renewal"): 15,
    }


def test_montana_looks_back_four_years_and_its_frame_of_2026_is_a_draft() -> None:
    montana = read_program("montana")
    assert montana.settings.look_back_years == 4
    assert montana.settings.smallest_credit == Decimal("0.5")
    drafts = [version for track in montana.tracks for version in track.versions if not version.published]
    assert [(draft.version, draft.initial, draft.renewal) for draft in drafts] == [("2026-07", (), ())]


def test_the_same_file_has_the_same_hash() -> None:
    assert read_program("montana").sha256 == read_program("montana").sha256
    assert len(read_program("montana").sha256) == 64


def test_the_good_file_of_these_tests_is_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    (tmp_path / "ruritania.toml").write_text(GOOD)
    program = read_program("ruritania")
    assert program.tracks[0].versions[0].initial[0].minimum == Decimal("2.5")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('title = "Library', 'tilte = "Library', "title"),
        ('name = "Reading"', 'name = "Reading"\ncolour = "blue"', "colour"),
        ("years = 4", "years = 4\nyaers = 4", "yaers"),
        ('categories = ["reading"]', 'categories = ["cooking"]', "cooking"),
        ('minimum = "2.5"', 'minimum = "2.25"', "0.5"),
        ('minimum = "2.5"', 'minimum = "0"', "0.5"),
        ('minimum = "2.5"', 'minimum = "-5"', "0.5"),
        ('minimum = "2.5"', 'minimum = "nan"', "minimum"),
        ('minimum = "2.5"', 'minimum = "many"', "minimum"),
        ('  renewal = [{ key = "all", label = "All", minimum = "5" }]', "", "2026"),
        ("2026-01-01", '"soon"', "effective"),
        ("America/Denver", "America/Nowhere", "America/Nowhere"),
        ("years = 4", "years = 0", "years"),
        ('contact_name = "Rudolf"', 'contact_name = "Rudolf"\nclaims = "never"', "claims"),
        ('contact_name = "Rudolf"', 'contact_name = "Rudolf"\nlook_back_years = -4', "look_back_years"),
        ('contact_name = "Rudolf"', 'contact_name = "Rudolf"\nsmallest_credit = "0.3"', "smallest_credit"),
        ('key = "ruritania"', "key = ruritania", "TOML"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(
    refusal: Callable[[str, str], str], old: str, new: str, named: str
) -> None:
    sentence = refusal(old, new)
    assert_one_sentence(sentence)
    assert named in sentence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('key = "writing"', 'key = "reading"'),
        ('{ key = "any", label = "Any"', '{ key = "reading", label = "Any"'),
        ('{ key = "any", label = "Any"', '{ key = "any", label = "Reading"'),
    ],
    ids=["two categories", "two requirements", "two labels"],
)
def test_a_key_or_label_that_comes_twice_is_refused(refusal: Callable[[str, str], str], old: str, new: str) -> None:
    """The evaluation tells requirements apart by key, and people by label."""
    sentence = refusal(old, new)
    assert_one_sentence(sentence)
    assert "reading" in sentence.lower()


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    (tmp_path / "ruritania.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CannotStart, match=r"^ruritania\.toml is not a readable TOML file"):
        read_program("ruritania")


@pytest.mark.parametrize(
    "key", ["", "wyoming", "../montana", "/etc/passwd", "mon tana", "montana.toml", "a\0b", "*", "."]
)
def test_an_unknown_program_is_refused_with_those_that_exist(key: str) -> None:
    with pytest.raises(CannotStart) as refused:
        read_program(key)
    assert str(refused.value) == f"There is no program '{key}'; ASPEN_PROGRAM may be: montana."
