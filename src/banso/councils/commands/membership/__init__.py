"""Who is asked, who joins, who leaves."""
