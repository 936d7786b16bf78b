from tests.journeys.steps import submit


def test_a_researcher_publishes_a_result_and_a_visitor_sees_it_at_the_next_request(site):
    visitor, page = site.visitor(), site.step_in("researcher")
    page.goto("/en/my/results/")
    address = page.locator('main tbody tr:has([data-type="info"], :text("Planned")) th a').first
    result = address.get_attribute("href").rstrip("/").rpartition("/")[2]
    public = f'main a[href="/en/results/{result}/"]'
    visitor.goto("/en/results/")
    assert visitor.locator(public).count() == 0
    assert visitor.goto(f"/en/results/{result}/").status == 404

    address.click()
    page.locator('main a[href$="/publish/"]').click()
    submit(page, "/publish/")
    page.locator(public).wait_for()

    visitor.goto("/en/results/")
    assert visitor.locator(public).count() == 1
    assert visitor.goto(f"/en/results/{result}/").status == 200
