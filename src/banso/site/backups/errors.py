"""Why a backup cannot be made or put back, as a sentence for the operator."""


class BackupRefused(Exception):  # noqa: N818 - an answer for a person, not a fault of ours
    """Nothing was made that looks whole; the message says why and what to do."""


class BackupDamaged(BackupRefused):
    """A file of the backup is missing, or has other bytes than the manifest states."""
