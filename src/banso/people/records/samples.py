"""Whether what somebody enters is a sample: in the demo, whoever is one enters nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.people.models import Person

if TYPE_CHECKING:
    from banso.people.actors import Actor


def enters_samples(actor: Actor) -> bool:
    """Tell whether the person is a sample, so that what they enter is marked as one too."""
    return Person.objects.filter(pk=actor.person_id, is_sample=True).exists()
