"""What can be measured of a screen: axe's findings, sideways overflow, and targets too small for a finger."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES: dict[str, object] = {}
"""Rules of axe that are switched off, each with its reason. There is none."""

FINGER = 44
"""The least height of a target in pixels; links in running text and titles in tables are as high as their line."""


def violations(page: Page) -> list[str]:
    """axe's violations, each with its rule and the elements."""
    page.evaluate("document.fonts.ready")
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": RULES}).response["violations"]
    return [f"{one['id']} ({one['help']}): {node['html'][:160]}" for one in found for node in one["nodes"]]


def overflow(page: Page) -> list[str]:
    """The elements that stand out over the right edge of the window, if it can be scrolled sideways."""
    return list(page.evaluate(OVERFLOW))


def small_targets(page: Page) -> list[str]:
    """Links, buttons and controls with a hit area lower than a finger."""
    return list(page.evaluate(TARGETS, FINGER))


OVERFLOW = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  return [...document.body.querySelectorAll('*')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5)
    .map(one => `${Math.round(one.getBoundingClientRect().right)} > ${innerWidth}: ${one.outerHTML.slice(0, 120)}`);
}"""

TARGETS = """finger => {
  const top = document.querySelector('dialog[open]') || document.body;
  const seen = one => {
    const box = one.getBoundingClientRect();
    const above = box.bottom + scrollY <= 0;  // a skip link comes into view when it has the focus
    return !above && box.width > 1 && box.height > 1
      && one.checkVisibility({visibilityProperty: true, opacityProperty: true})
      && !one.disabled && !one.closest('.sr, [inert], :disabled, .skip:not(:focus)');
  };
  const running = one => {
    if (one.tagName !== 'A') return false;
    const around = one.closest('p, li, dd, td, th, h1, h2, h3');
    return !!one.closest('td') || (getComputedStyle(one).display === 'inline'
      && !!around && around.textContent.trim() !== one.textContent.trim());
  };
  const hits = (one, x, y) => {
    const hit = document.elementFromPoint(x, y);
    const frame = hit && hit.closest('label, .q-field, .control, .select');
    return !!hit && (one.contains(hit) || frame?.control === one || (!!frame && frame.contains(one)));
  };
  const height = one => {
    one.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = one.getClientRects()[0], x = box.left + box.width / 2, y = box.top + box.height / 2;
    let up = 0, down = 0;
    while (up < finger && hits(one, x, y - up - 0.5)) up += 0.5;
    while (down < finger && hits(one, x, y + down + 0.5)) down += 0.5;
    return up + down;
  };
  const place = scrollY, wrong = [];
  for (const one of top.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, [role=option]')) {
    if (!seen(one) || one.getBoundingClientRect().height >= finger || running(one)) continue;
    const found = height(one);
    if (found < finger - 1) wrong.push(`${found} px: ${one.outerHTML.slice(0, 140)}`);
  }
  scrollTo(0, place);
  return wrong;
}"""
