"""Files that a browser saves: their names in the header."""

from urllib.parse import quote


def attachment(name: str) -> dict[str, str]:
    """The header that names the file: whole, and in ASCII for whoever cannot read the whole."""
    plain_name = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return {"content-disposition": f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{quote(name, safe='')}"}
