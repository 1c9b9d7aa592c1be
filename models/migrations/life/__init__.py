"""What migration 0004 makes: verification by a link, degrees, evidence, reminders, extensions and waivers."""
