"""What runs later: jobs with their lease, their schedule, their progress and why one is stuck."""
