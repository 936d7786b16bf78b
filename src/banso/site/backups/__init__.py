"""Backups: base, files and log of a running site, and putting them back into an empty folder."""

from banso.site.backups.errors import BackupRefused
from banso.site.backups.folder import BackupFolder
from banso.site.backups.last import LastBackup, last_backup
from banso.site.backups.restoring import as_document, restore
from banso.site.backups.taking import take_backup

__all__ = [
    "BackupFolder",
    "BackupRefused",
    "LastBackup",
    "as_document",
    "last_backup",
    "restore",
    "take_backup",
]
