"""Alembic's folder: the environment, the revisions, and what revisions too long for one file are made of."""
