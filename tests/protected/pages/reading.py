import re
import uuid

from django.urls import reverse
from django.utils.translation import override

LANGUAGES = ["ja", "en"]


def at(name, *args, language="en"):
    with override(language):
        return reverse(f"protected:{name}", args=args)


def key():
    return {"idempotency_key": str(uuid.uuid4())}


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def main_of(response):
    return text_of(response).split("<main")[1]
