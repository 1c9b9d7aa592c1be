"""An empty page to put widgets on, in NiceGUI's simulated browser."""

from collections.abc import AsyncIterator

import pytest
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation


@pytest.fixture
async def paper() -> AsyncIterator[User]:
    async with user_simulation(root=lambda: None) as user:
        await user.open("/")
        yield user
