from tests.journeys.steps import pages_from

SECRET = "稼働率は九割以上"
POST_TO = """async address => {
  const body = new FormData(document.querySelector('main form[method="post"]'));
  const answer = await fetch(address, {method: "POST", body});
  return [answer.status, await answer.text()];
}"""


def test_who_declines_an_item_sees_nothing_of_its_content_anywhere(site):
    page = site.step_in("company")
    page.goto("/en/my/received/")
    page.locator('main .card a[href^="/en/my/received/"]').first.click()
    page.wait_for_url("**/en/my/received/*-*/")
    offer = page.url
    page.locator('main button[name="answer"][value="decline"]').click()
    page.wait_for_load_state()
    page.goto(offer)
    assert page.locator('main button[value="accept"]').count() == 1
    assert page.locator('main button[value="decline"]').count() == 0

    status, answer = page.evaluate(POST_TO, f"{offer}content/")
    assert (status, SECRET in answer) == (422, False)
    assert 'href="/en/rules/S' in answer
    outsider = site.step_in("applicant")
    outsider.goto("/en/my/proposals/new/sample-v1-r02-2/")
    assert outsider.evaluate(POST_TO, f"{offer}content/")[0] == 404
    assert outsider.goto(offer).status == 404
    read = pages_from(page, "/en/my/", "/en/my/")
    assert {"/en/my/received/", offer.removeprefix(site.address)} <= read.keys()
    assert [path for path in read if path.startswith("/en/my/councils/")]
    assert [path for path, html in read.items() if SECRET in html] == []


def test_who_accepts_an_item_reads_the_content_with_their_name_on_it(site):
    page = site.step_in("program-officer")
    page.goto("/en/my/received/")
    page.locator('main .card a[href^="/en/my/received/"]').first.click()
    page.wait_for_url("**/en/my/received/*-*/")
    page.locator('main button[name="answer"][value="accept"]').click()
    page.locator('main form[action$="/content/"] button').click()
    page.locator("main article").wait_for()

    content = page.locator("main article").inner_text()
    assert SECRET in content
    assert "MIHON" in content
