"""Marking notices as seen. It is no act: it changes what its person sees, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.notices.models import Notice

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


def see(viewer: Actor, notice_id: UUID, *, at: datetime) -> Notice:
    """Find a notice of the viewer's and mark it as seen."""
    notice = Notice.objects.visible_to(viewer).get(pk=notice_id)
    if notice.seen_at is None:
        notice.seen_at = at
        notice.save(update_fields=["seen_at"])
    return notice


def see_all(viewer: Actor, *, at: datetime) -> None:
    """Mark every notice of the viewer's as seen."""
    Notice.objects.visible_to(viewer).filter(seen_at=None, at__lte=at).update(seen_at=at)
