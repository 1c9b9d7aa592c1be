"""x"""
from tests.browser.conftest import OpenWindow

def test_a(window: OpenWindow) -> None:
    w = window("participant")
    w.open("/ce")
    print(w.page.accessibility.snapshot() if hasattr(w.page,"accessibility") else w.page.locator("body").aria_snapshot())
    c = window("coordinator", size=(1280,800))
    c.open("/review")
    print(c.page.locator("body").aria_snapshot()[:6000])
    w.open("/ce/credits")
    print(w.page.locator("body").aria_snapshot())
    w.open("/ce/events/new")
    print(w.page.locator("body").aria_snapshot())
