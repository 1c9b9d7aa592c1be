"""A person who has no mouse: every stop must be reached, seen and told."""

from playwright.sync_api import Locator, expect

from tests.browser.windows import Window

MOST_STOPS = 150


class Keyboard:
    """Presses keys in a window; nothing is ever clicked or filled."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.keys = window.page.keyboard

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys.press(key)

    def type(self, text: str) -> None:
        self.keys.type(text)

    def to(self, control: Locator, *, back: bool = False) -> None:
        """Tab (or Shift-Tab) until the control has the focus, which must then be visible."""
        expect(control).to_be_visible()
        for _ in range(MOST_STOPS):
            if control.evaluate("element => element === document.activeElement"):
                break
            self.keys.press("Shift+Tab" if back else "Tab")
        expect(control).to_be_focused()
        assert control.evaluate(RING), f"no focus ring on {control}"

    def activate(self, control: Locator, *, back: bool = False, key: str = "Enter") -> None:
        self.to(control, back=back)
        self.keys.press(key)

    def choose(self, control: Locator, text: str) -> None:
        """In a native drop-down: type the beginning of the option."""
        self.to(control)
        self.keys.type(text)

    def fill(self, label: str, keys: str) -> None:
        """Into the field with this label; a native date or time takes its digits one after another."""
        self.to(self.window.field(label))
        self.keys.type(keys)


RING = """element => [element, element.closest('.q-field__control'), element.closest('label')].some(one => {
  const style = one && getComputedStyle(one);
  return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
})"""
"""Is there an outline around the element, or around the frame or the label that stands for it?"""
