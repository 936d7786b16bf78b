"""How an assignment is found: linear programs, branches where they split pairs, floors, ties."""
