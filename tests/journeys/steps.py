"""What visitors and the people of the sample program do with a browser."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

HREF = re.compile(r'<a\b[^>]*\bhref="([^"#?]*)')
PATIENCE = 15_000


class Site:
    """The served sample program, as several people visit it side by side."""

    def __init__(self, address, browser):
        self.address = address
        self.browser = browser
        self.contexts = []

    def visitor(self, **options):
        """Open a page as somebody who is not signed in."""
        context = self.browser.new_context(base_url=self.address, **options)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return context.new_page()

    def step_in(self, role, **options):
        """Open a page as the sample person of a role."""
        page = self.visitor(**options)
        page.goto("/en/demo/")
        page.locator(f'form:has(input[name="role"][value="{role}"]) button').click()
        page.wait_for_url("**/en/my/")
        return page

    def close(self):
        for context in self.contexts:
            context.close()


def submit(page, action_ends):
    """Press the only button of the form whose address ends so, or the form of this page."""
    page.locator(f'main form[action$="{action_ends}"] button[type="submit"]').click()


def submit_here(page):
    """Press the button of the form that posts to the page's own address."""
    page.locator('main form[method="post"]:not([action]) button[type="submit"]').click()


def links(html, page_address):
    """Collect the paths that a page links to on its own site."""
    here = urlsplit(page_address)
    found = (urlsplit(urljoin(page_address, href)) for href in HREF.findall(html))
    return {one.path for one in found if one.netloc == here.netloc}


def pages_from(page, start, prefix):
    """Read every page under the prefix that can be reached by links, as this person."""
    waiting, seen = deque([start]), {}
    while waiting:
        path = waiting.popleft()
        if path in seen:
            continue
        answer = page.request.get(path)
        seen[path] = answer.text() if "html" in answer.headers["content-type"] else ""
        waiting += [one for one in sorted(links(seen[path], answer.url)) if one.startswith(prefix)]
    return seen
