"""Mirrors the tree: models without a database, services on real SQLite, pages by NiceGUI's User, browser Chromium."""
