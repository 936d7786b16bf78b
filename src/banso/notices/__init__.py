"""What happened, to whom it is told: page, mail, digest, reminders and calendar feeds."""
