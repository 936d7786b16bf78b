from django.template import loader
from django.utils.translation import override

from banso.catalogue.queries import concept_page

PRINTED = "航空機的设计・製造・認証等のデジタル技術を用いた開発製造プロセス高度化技術の開発・実証"
CORRECTED = (
    "航空機の設計・製造・認証等のデジタル技術を用いた開発製造プロセス高度化技術の開発・実証"
)


def shown(slug, language="ja"):
    """The part of a concept's page that the catalogue writes."""
    with override(language):
        part = loader.get_template("catalogue/_concept.html")
        return part.render({"concept": concept_page(slug)})
