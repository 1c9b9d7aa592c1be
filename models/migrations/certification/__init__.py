"""What migration 0002 makes: verification, certificates, and what their owners may change."""
