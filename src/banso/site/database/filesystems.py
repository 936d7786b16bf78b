"""Which file systems keep what they are told to keep."""

from __future__ import annotations

import os
import re
from pathlib import Path

# Locks and flushes on these depend on a server elsewhere and on how it was mounted.
NETWORK_TYPES = frozenset(
    {
        "afs", "beegfs", "ceph", "cifs", "fuse.ceph", "fuse.cephfs", "fuse.glusterfs",
        "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs",
        "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
    }
)  # fmt: skip
MOUNT_POINT = 4
MOUNTS = Path("/proc/self/mountinfo")


def network_type(path: Path, mounts: str) -> str:
    """Name the network file system that the path lies on; empty when it lies on this machine.

    `mounts` is the text of /proc/self/mountinfo, where a later mount covers an earlier one.
    """
    kinds = dict(_mount(line) for line in mounts.splitlines())
    place = Path(os.path.realpath(path))
    nearest = next((kinds[step] for step in (place, *place.parents) if step in kinds), "")
    return nearest if nearest in NETWORK_TYPES else ""


def _mount(line: str) -> tuple[Path, str]:
    mount, _, source = line.partition(" - ")
    return Path(_unescaped(mount.split()[MOUNT_POINT])), source.split()[0]


def _unescaped(point: str) -> str:
    r"""Undo the kernel's way of writing a space as `\040`, and so on."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)
