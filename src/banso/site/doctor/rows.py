"""Rows that refer to what is not there: their constraints were switched off, or they have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from banso.site.doctor.findings import Finding, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    Connection = psycopg.Connection[Any]

# What names an entry of the ledger by its id does so without a constraint.
OF_ENTRIES = """
SELECT table_name FROM information_schema.columns
 WHERE table_schema = 'public' AND column_name = 'entry_id' AND data_type = 'uuid' ORDER BY 1
"""
REFERENCES_TO = """
SELECT child.relname, one.attname, parent.relname, other.attname
  FROM pg_constraint c
  JOIN pg_class child ON child.oid = c.conrelid
  JOIN pg_class parent ON parent.oid = c.confrelid
  JOIN pg_attribute one ON one.attrelid = c.conrelid AND one.attnum = c.conkey[1]
  JOIN pg_attribute other ON other.attrelid = c.confrelid AND other.attnum = c.confkey[1]
 WHERE c.contype = 'f' AND cardinality(c.conkey) = 1
   AND has_table_privilege(c.conrelid, 'SELECT') AND has_table_privilege(c.confrelid, 'SELECT')
 ORDER BY 1, 2
"""
ORPHANS = """
SELECT count(*) FROM {child} WHERE {column} IS NOT NULL
   AND NOT EXISTS (SELECT FROM {parent} WHERE {parent}.{key} = {child}.{column})
"""
MEND = (
    "Something wrote past banso: find out who has the owner's or the administrator's password, "
    "and restore a backup of before."
)


def check_rows(connection: Connection, *, is_deep: bool) -> list[Finding]:
    """Count orphans: of the ledger's entries always, of everything in a deep look."""
    references = [
        (table, "entry_id", "ledger_entry", "id") for (table,) in connection.execute(OF_ENTRIES)
    ]
    if is_deep:
        references += connection.execute(REFERENCES_TO).fetchall()
    looked = "row" if is_deep else "row that names an entry"
    good = f"Every {looked} refers to what is there."
    return judge("rows", good, [(says, MEND) for says in _orphans(connection, references)])


def _orphans(connection: Connection, references: list[tuple[str, str, str, str]]) -> Iterator[str]:
    for child, column, parent, key in references:
        names = {"child": child, "column": column, "parent": parent, "key": key}
        counting = sql.SQL(ORPHANS).format(
            **{place: sql.Identifier(name) for place, name in names.items()}
        )
        [count] = connection.execute(counting).fetchone() or [0]
        if count:
            yield f"{count} rows of {child} refer to no {parent} ({column})."
