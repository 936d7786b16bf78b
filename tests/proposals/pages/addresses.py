from django.urls import reverse
from django.utils.translation import override


def at(name, proposal, *more, language=""):
    return f"{language}{address_of(name, proposal.pk, *more)}"


def address_of(name, *arguments):
    """Give the address in Japanese, whatever language the last page left behind."""
    with override("ja"):
        return reverse(f"proposals:{name}", args=arguments)
