"""A mail server in a process of its own that takes everything and counts it."""

from tests.benchmarks._process import answer
from tests.services.postman import Postman, controller_of, free_port

_postman = Postman(port=free_port())
_controller = controller_of(_postman)


def start() -> str:
    """Listens; returns its address."""
    _controller.start()
    return _postman.url


def received() -> tuple[int, int]:
    """How many letters, and how many of them are different ones."""
    return len(_postman.message_ids), len(set(_postman.message_ids))


if __name__ == "__main__":
    answer({"start": start, "received": received})
