"""Pages of projects: what is public, what is inside, how a team changes, the agency's desk."""
