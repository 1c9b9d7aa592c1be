"""What the documents say of the repository: files that they name are there, and no requirement is left out."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").glob("*.md"))
UP_TO_LEVEL_2 = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
"""How many requirements of ASVS 5.0.0 each section has at levels 1 and 2, which come before those of level 3."""
VERDICTS = {"met", "partly", "**not met**", "yours", "n/a"}
NUMBER = r"\d+\.\d+\.\d+"


def asvs() -> str:
    return (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("## ASVS 5.0.0")[2]


def numbered(text: str) -> list[str]:
    """Every number in the text, `6.2.1 to 6.2.12` as twelve."""
    found = []
    for first, last in re.findall(rf"({NUMBER})(?: to ({NUMBER}))?", text):
        section, _, begin = first.rpartition(".")
        end = int(last.rpartition(".")[2]) if last else int(begin)
        found += [f"{section}.{number}" for number in range(int(begin), end + 1)]
    return found


def test_every_requirement_of_levels_1_and_2_has_one_answer() -> None:
    rows = [line.split("|") for line in asvs().splitlines() if re.match(r"\| \d", line)]
    answered = [number for row in rows for number in numbered(row[1])]
    answered += numbered(asvs().partition("### V17")[2])
    wanted = [f"{section}.{number}" for section, most in UP_TO_LEVEL_2.items() for number in range(1, most + 1)]
    assert len(wanted) == 253
    assert sorted(answered) == sorted(wanted)
    assert {row[3].strip() for row in rows} <= VERDICTS


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tests|services|pages|models|ui|deploy|docs)/[\w./-]+)`", text))
    named |= {f"docs/{name}" for name in re.findall(r"\]\(([\w-]+\.md)\)", text)}
    assert [name for name in named if not (ROOT / name).exists()] == []
