"""Files of drafts that nobody has looked into yet, or not with a scanner that came since."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Final, cast

from banso.proposals.models import ProposalFile
from banso.web.file_store import FileDamaged, StoredBytes, read_verified
from banso.web.uploads import Checked, check

if TYPE_CHECKING:
    from typing import IO

    from django.db.models import QuerySet

    from banso.web.fronts.jobs import Work

IN_MEMORY: Final = 2_000_000


def unchecked_files() -> QuerySet[ProposalFile]:
    """List what can still be submitted and was never looked into."""
    return ProposalFile.objects.filter(checked_at=None, proposal__submitted_at=None)


def check_files(work: Work) -> None:
    """Look into each file; what is found stands beside it and keeps a submission back."""
    waiting = list(unchecked_files().order_by("attached_at", "pk"))
    for number, file in enumerate(waiting):
        work.progressed(number, len(waiting))
        found = _checked(file)
        if "scanner-silent" in found.faults:
            continue
        same = ProposalFile.objects.filter(pk=file.pk, sha256=file.sha256)
        same.update(checked_at=work.at, faults=list(found.faults), scanned_with=found.scanned_with)


def _checked(file: ProposalFile) -> Checked:
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as whole:
        try:
            for chunk in read_verified(StoredBytes(file.sha256, file.size)):
                whole.write(chunk)
        except FileDamaged:
            return Checked(faults=("damaged",))
        return check(cast("IO[bytes]", whole), file.name)
