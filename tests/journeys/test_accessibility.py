import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.steps import links

PUBLIC = [
    "",
    "about/",
    "concepts/",
    "concepts/v1-r15/",
    "calls/",
    "calls/sample-v1-r01-1/",
    "projects/",
    "projects/SAMPLE-V1-R01/",
    "results/",
    "meetings/",
    "qa/",
    "news/",
    "rules/",
    "rules/C5/",
    "data/",
    "help/",
    "gallery/",
    "accounts/login/",
    "demo/",
    "demo/mail/",
]
ROLES = [
    "applicant",
    "institution-officer",
    "reviewer",
    "agency-officer",
    "program-officer",
    "researcher",
    "invited",
    "secretariat",
    "provider",
    "company",
]
LANGUAGES = {"ja": "/", "en": "/en/"}
NARROW = {"width": 360, "height": 740}
TOO_WIDE = "document.documentElement.scrollWidth > 360"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_has_a_serious_or_critical_violation(site, language):
    page = site.visitor()
    addresses = public_addresses(page, LANGUAGES[language])

    assert violations(page, addresses) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_scrolls_sideways_at_360_pixels(site, language):
    page = site.visitor(viewport=NARROW)
    addresses = public_addresses(page, LANGUAGES[language])

    assert [one for one in addresses if visit(page, one).evaluate(TOO_WIDE)] == []


@pytest.mark.parametrize("role", ROLES)
def test_no_main_page_of_a_role_has_a_serious_or_critical_violation(site, role):
    page = site.step_in(role)
    found = {
        language: violations(page, own_addresses(page, root))
        for language, root in LANGUAGES.items()
    }

    assert found == {"ja": [], "en": []}


def public_addresses(page, root):
    """List the public pages, with the newest result of the public list."""
    visit(page, f"{root}results/")
    result = page.locator(f'main a[href^="{root}results/"]').first.get_attribute("href")
    return [*(root + one for one in PUBLIC), result]


def own_addresses(page, root):
    """List the page that greets a person, and whatever signed-in page it links to."""
    answer = page.request.get(f"{root}my/")
    own = links(answer.text(), answer.url)
    return sorted({f"{root}my/", *(one for one in own if one.startswith(f"{root}my/"))})


def visit(page, address):
    answer = page.goto(address)
    assert answer.status == 200, address
    return page


def violations(page, addresses):
    """Name each page, rule and element that axe finds seriously or critically wrong."""
    return [
        f"{address}: {found['id']}: {node['target'][0]}"
        for address in addresses
        for found in Axe().run(visit(page, address)).response["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]
