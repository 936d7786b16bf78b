"""Whether mail leaves, and whom it did not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from banso.site.doctor.findings import Finding, judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg

LATE: Final = 600
WAITING: Final = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(queued_at)), 0)::bigint,
       coalesce(min(reason) FILTER (WHERE reason <> ''), '')
  FROM notices_message WHERE state IN ('waiting', 'handed-over')
"""
NOT_REACHED: Final = """
SELECT count(*) FROM notices_message WHERE state IN ('refused', 'bounced', 'given-up')
   AND ended_at > clock_timestamp() - interval '7 days'
"""
SET: Final = (
    "Set BANSO_MAIL and BANSO_MAIL_FROM (docs/operations.md, Mail), and start banso again."
)
LOOK: Final = "Read why, ask whoever keeps the mail server, and read the log of `banso tasks`."


def check_mail(connection: psycopg.Connection[Any], environ: Mapping[str, str]) -> list[Finding]:
    """Say whether mail leaves at all, whether some is late, and how much did not arrive."""
    count, seconds, reason = connection.execute(WAITING).fetchone() or (0, 0, "")
    if environ.get("BANSO_DEMO") == "1":
        return [Finding("mail", "good", "In demo mode mail is shown at /demo/mail/ alone.")]
    if not environ.get("BANSO_MAIL"):
        says = f"No mail leaves, because BANSO_MAIL is not set; {count} wait."
        return [Finding("mail", "wrong" if count else "unknown", says, SET)]
    late = [(f"{count} mails wait, the first for {seconds} s. {reason}".strip(), LOOK)]
    [failed] = connection.execute(NOT_REACHED).fetchone() or [0]
    good = f"Mail leaves; {count} wait, and {failed} did not reach anybody in a week."
    return judge("mail", good, late if seconds > LATE else [])
