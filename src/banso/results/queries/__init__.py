"""Reading results and requests to withhold."""
