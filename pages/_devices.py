"""What a request tells of the browser that sends it, in words its owner knows."""

from starlette.requests import HTTPConnection

from services.sign_in import Visitor

# The first that fits: most browsers also name the ones that they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def visitor_of(connection: HTTPConnection) -> Visitor:
    return Visitor(named(connection.headers.get("user-agent", "")), connection.client.host if connection.client else "")


def named(user_agent: str) -> str:
    """`Firefox on Windows`."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if not browser:
        return "Another program"
    return f"{browser} on {system}" if system else browser
