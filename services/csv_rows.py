"""Rows of a CSV file with a header; whatever is wrong is told with file, line and column."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.errors import Refusal


class BadFile(Refusal):
    """One sentence that names file, line and column."""


@dataclass(frozen=True)
class Row:
    """One line of the file, by column."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def bad(self, column: str, sentence: str) -> BadFile:
        return BadFile(f"{self.file}, line {self.line}, column {column}: {sentence}")

    def required(self, column: str) -> str:
        if not self[column]:
            raise self.bad(column, "must not be empty.")
        return self[column]


def rows_of(file: str, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """Each line, by column; all of `columns` are there, in any order. Raises BadFile."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in reader.fieldnames or ()]
        if missing := [column for column in columns if column not in header]:
            raise BadFile(f"{file}, line 1: the column {missing[0]} is missing.")
        reader.fieldnames = header
        for cells in reader:
            if None in cells or None in cells.values():
                raise BadFile(f"{file}, line {reader.line_num}: it does not have {len(header)} columns.")
            yield Row(file, reader.line_num, {name: cells[name].strip() for name in header})
    except csv.Error as error:
        raise BadFile(f"{file}, line {reader.reader.line_num}: {error}.") from error


def text_of(path: Path) -> str:
    """Raises BadFile."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadFile(f"There is no file {path}.") from error
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} is not UTF-8; save it as “CSV UTF-8”.") from error
