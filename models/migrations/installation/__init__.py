"""What migration 0003 makes: sign-in by providers, letters that are sent, merges, seals, documents and jobs."""
