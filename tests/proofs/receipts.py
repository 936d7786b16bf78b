from tests.results.factories import NOW, ResultFactory

from banso.ledger.models import Entry
from banso.results.commands.publish_result import publish_result


def publish(author, actor_of, title="海を測る論文", at=NOW):
    """Publish a result as its author, and give the entry that this wrote."""
    result = ResultFactory(authors=[author], title_ja=title, title_en="Measuring the sea")
    publish_result(actor=actor_of(author), result_id=result.pk, at=at)
    return Entry.objects.latest("number")


def receipt(browser, entry, ending="/", language=""):
    return browser.get(f"{language}/my/receipts/{entry.id}{ending}")
