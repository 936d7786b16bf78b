def test_leaving_a_council_is_no_ground_to_change_the_team_and_the_page_says_why(site):
    page = site.step_in("agency-officer")
    page.goto("/en/my/projects/SAMPLE-V1-R01/")
    before = page.locator("#members tbody").inner_text()
    form = page.locator('form[action$="/team/"]')
    form.locator('[name="member_id"]').select_option(index=1)
    form.locator('[name="explanation"]').fill("Sample: left the council.")
    grounds = form.locator('[name="ground"] option')
    offered = [one.get_attribute("value") for one in grounds.all()]
    assert "left-council" not in offered
    # Whoever sends it by hand is refused all the same.
    grounds.nth(1).evaluate('option => { option.value = "left-council"; option.selected = true; }')
    form.locator('button[type="submit"]').click()

    refusal = page.locator(".refusal")
    refusal.wait_for()
    assert refusal.locator('a[href="/en/rules/C5/"]').inner_text() == "C5"
    assert len(refusal.locator(".refusal__sentence").inner_text()) > 20

    page.goto("/en/my/projects/SAMPLE-V1-R01/")
    assert page.locator("#members tbody").inner_text() == before
