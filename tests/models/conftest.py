"""Property tests here have no deadline: the machine may be busy with other tests."""

from hypothesis import settings

settings.register_profile("models", deadline=None)
settings.load_profile("models")
