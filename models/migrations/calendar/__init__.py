"""What migration 0005 makes: events as the calendar needs them, registrations, attendance, personal feeds."""
