"""`banso create-officer`: invite the very first person by a link that is printed too."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from banso.people.accounts.links import TOKEN, invitation_token
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.entering.invite_people import Invited, invite_people
from banso.people.queries.entering import has_account_in_use
from banso.site.console.content.naming import Unfit, named_person

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Invite at the console, where no second person is needed, and print the link."""
    try:
        named = named_person(arguments, needs_role=True)
    except Unfit as unfit:
        print(f"banso: {unfit}", file=sys.stderr)
        return unfit.status
    with override(arguments.language):
        page = reverse("people:invitation", args=["TOKEN"])
    link = settings.SITE_ADDRESS + page.replace("TOKEN", TOKEN)
    [invitation] = invite_people(
        actor=OPERATOR_AT_CONSOLE,
        purpose=named.role,
        organisation_id=named.organisation.pk,
        people=[Invited(named.email, named.family_name, named.given_name)],
        language=arguments.language,
        link=link,
    )
    if has_account_in_use(named.email):
        print("An account has this address; its person signs in and accepts.", file=sys.stderr)
    print(link.replace(TOKEN, invitation_token(invitation)))
    return 0
