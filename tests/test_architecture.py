"""What ruff, mypy and import-linter cannot see: where things are, how long they are, what they may not say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("models", "services", "pages", "ui")
LONGEST_FILE, LONGEST_FUNCTION = 250, 40
PASSED_BY = {".git", ".venv", ".data", "build", "dist", "node_modules", "__pycache__"}
LICENCES = {"LICENSE", "NOTICE", "OFL-eb-garamond.txt", "OFL-source-serif-4.txt", "OFL-source-sans-3.txt"}
"""Texts of others, which name their own addresses."""
OURS = re.compile(
    r"https?://(localhost|127\.0\.0\.1|test\b|www\.w3\.org|schemas\.openid\.net|[\w.-]*example\.(org|com|gov|net)\b|[\w.-]*example\b|\{)"
)
HOSTS = ("pypi" + ".org", "python" + "hosted", "npmjs" + ".", "yarnpkg" + ".", "artifact" + "ory", "find" + "-links = ")
PLACES = tuple(f"/{name}/" for name in ("work", "home", "root", "Users", "tmp", "opt", "mnt"))


def code() -> list[Path]:
    """The application's own modules."""
    within = [path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")]
    return sorted([*within, ROOT / "main.py", ROOT / "cli.py"])


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the repository."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part in PASSED_BY or part.endswith((".egg-info", "_cache")) for part in parts)
        if path.is_file() and not hidden and not any(part.startswith(".hypothesis") for part in parts):
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def saying(pattern: str, paths: list[Path]) -> list[str]:
    """`file:line` of every line of these files in which the pattern occurs."""
    return [
        f"{named(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_only_the_database_module_commits() -> None:
    assert {found.partition(":")[0] for found in saying(r"\bcommit\(", code())} == {"services/db.py"}


def test_pages_and_widgets_ask_no_database() -> None:
    drawing = [path for path in code() if named(path).startswith(("pages/", "ui/"))]
    assert saying(r"\bSession\b|\bselect\(|\bsqlmodel\b|\bsqlalchemy\b|\bdb\.(reading|writing)\b", drawing) == []


def test_nobody_imports_our_ui_in_the_place_of_nicegui_s() -> None:
    assert saying(r"^\s*import ui\b", code()) == []


def test_no_file_is_long() -> None:
    lengths = {
        named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*code(), *(ROOT / "tests").rglob("*.py")]
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    long = {
        f"{named(path)}:{node.name}": length
        for path in code()
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_says_what_it_is_and_none_is_a_drawer_for_odds_and_ends() -> None:
    for path in code():
        assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}, named(path)
        source = path.read_text(encoding="utf-8")
        assert not source.strip() or ast.get_docstring(ast.parse(source)), named(path)


def test_colours_stand_in_the_theme_alone() -> None:
    kinds = {".py", ".css", ".js", ".html"}
    drawn = [path for layer in LAYERS for path in (ROOT / layer).rglob("*") if path.suffix in kinds]
    drawn = [path for path in drawn if named(path) != "ui/theme.py"]
    assert saying(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\b(?:rgb|hsl)a?\(\s*\d", drawn) == []


def test_every_page_has_a_test() -> None:
    pages = {path.stem for path in (ROOT / "pages").glob("[a-z]*.py")}
    assert pages - {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "pages").glob("test_*.py")} == set()


def test_no_file_names_an_insecure_address_a_registry_or_a_place_on_somebodys_machine() -> None:
    wrong = []
    for path, text in texts():
        if path.name in LICENCES:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            foreign = re.search("http:" + "//[A-Za-z0-9]", OURS.sub("", line))
            machine = any(re.search(rf"(?<![\w.\-}}/)]){place}\w", line) for place in PLACES)
            if foreign or machine or any(host in line for host in HOSTS):
                wrong.append(f"{named(path)}:{number}: {line.strip()[:80]}")
    assert wrong == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_installed_is_locked_with_hashes_and_without_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^[\w.\-]+(?:\[[\w,]+\])?==\S+", text, re.MULTILINE)
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)
    assert not re.search(r"://|^\s*-", re.sub(r"^\s*--hash=.*$", "", text, flags=re.MULTILINE), re.MULTILINE)
