"""The words of the public record: domains, kinds of call, maturity, who met."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Domain(models.TextChoices):
    """The domains of the public concept table; empty means that none was printed."""

    OCEAN = "ocean", _("Ocean")
    SPACE_AVIATION = "space-aviation", _("Space and aviation")
    CROSS_DOMAIN = "cross-domain", _("Cross-domain, cyberspace, biotechnology")


class CallType(models.TextChoices):
    """What a call asks for: a whole project, or separate studies (K9)."""

    PROJECT = "project", _("Project type")
    INDIVIDUAL_RESEARCH = "individual-research", _("Individual research type")


class Maturity(models.TextChoices):
    """How mature a technology is; one of the two facts of rule R6."""

    LOW = "low", _("Low")
    MIDDLE = "middle", _("Middle")
    HIGH = "high", _("High")


class Body(models.TextChoices):
    """Who met."""

    PROGRAM_MEETING = "program-meeting", _("Program meeting")
    WORKING_GROUP = "vision-working-group", _("Working group on the R&D vision")
    JOINT_SESSION = "joint-session", _("Joint session of the two ministerial councils")
