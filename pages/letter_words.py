"""The words of the letters, for administrators: every kind, and one kind to read, try out, change and put back."""

from models.times import shown
from pages._places import Who, page
from pages._visit import Outcome, Visit
from pages.letter_reading import as_frame, as_text
from services import letter_templates, programs
from services.letter_templates import Preview, TemplateLine, TemplatePage
from services.letter_words import LONGEST_BODY, LONGEST_SUBJECT
from ui.fields import text_field
from ui.form import Form
from ui.parts import chip, esc, notice
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/admin/letter-words", who=Who.ADMINISTRATOR, title="Words of the letters", nav="/admin/letters")
async def letter_words_page(visit: Visit) -> None:
    lines = await visit.load(letter_templates.listing)
    with column(narrow=True):
        intro = "What the program writes, and when. Open one to read it with examples, or to say it in your own words."
        heading("Words of the letters", back=("Letters", "/admin/letters"), intro=intro)
        html(f'<ul class="lines">{"".join(_item(line) for line in lines)}</ul>')


@page("/admin/letter-words/{kind}", who=Who.ADMINISTRATOR, title="Words of a letter", nav="/admin/letters")
async def letter_kind_page(visit: Visit, kind: str) -> None:
    found = await visit.load(letter_templates.show, kind)
    visit.title = found.line.kind.name
    with column(narrow=True):
        heading(found.line.kind.name, back=("Words of the letters", "/admin/letter-words"), intro=found.line.kind.when)
        WordsForm(visit, kind, found)


class WordsForm:
    """The words as they stand, the placeholders, and how a letter reads with examples in their places."""

    def __init__(self, visit: Visit, slug: str, found: TemplatePage) -> None:
        self.visit, self.slug, self.form = visit, slug, Form()
        self.told = html(_told(found))
        with section("Words"), box("form"):
            self.form.summary()
            self._add_fields(found)
            with box("deeds"):
                button("Save", self._save, kind="main")
                button("Preview", self._preview)
                self.reset = button("Reset to the program’s words", self._reset)
        self.reset.set_enabled(found.line.changed_at is not None)
        with section("Placeholders", intro="Each is replaced by what it stands for; nothing else may stand in braces."):
            html(_placeholders(found))
        with section("Preview", anchor="preview", intro="With examples in the places."):
            self.preview = html(_preview(found.preview))

    def _add_fields(self, found: TemplatePage) -> None:
        words = found.words
        self.subject = self.form.add(
            text_field("Subject", name="subject", value=words.subject, required=True, max_length=LONGEST_SUBJECT)
        )
        self.body = self.form.add(
            text_field(
                "Body",
                name="body",
                value=words.body,
                kind="area",
                required=True,
                max_length=LONGEST_BODY,
                hint="An empty line begins a paragraph. You may use **bold**, *italic*, lists with - and "
                "[words](https://address).",
            )
        )
        self.body.classes("letter-body")

    async def _save(self) -> None:
        outcome = await self.visit.act(letter_templates.save, self.slug, self.form.values())
        if self._shown(outcome):
            self.visit.toast.say("Saved: every letter from now on says this.")
            await self._again()

    async def _preview(self) -> None:
        if self._shown(await self.visit.act(letter_templates.preview, self.slug, self.form.values())):
            self.visit.toast.say("The preview below shows these words. They are not saved yet.")

    async def _reset(self) -> None:
        outcome = await self.visit.act(letter_templates.reset, self.slug)
        self.visit.tell(outcome, self.form)
        if outcome.done:
            self.form.clear()
            self.visit.toast.say("The program’s own words are back.")
            await self._again()

    def _shown(self, outcome: Outcome[Preview]) -> bool:
        self.visit.tell(outcome, self.form)
        if outcome.value is None:
            return False
        self.form.clear()
        self.preview.set_content(_preview(outcome.value))
        return True

    async def _again(self) -> None:
        news = await self.visit.load(letter_templates.show, self.slug)
        self.told.set_content(_told(news))
        self.subject.value, self.body.value = news.words.subject, news.words.body
        self.preview.set_content(_preview(news.preview))
        self.reset.set_enabled(news.line.changed_at is not None)


def _item(line: TemplateLine) -> str:
    own = f'<span class="chips">{chip("Own words")}</span>' if line.changed_at else ""
    optional = "" if line.kind.mandatory else " People may do without it."
    return (
        f'<li class="line"><div><a href="/admin/letter-words/{esc(line.kind.slug)}">{esc(line.kind.name)}</a>'
        f'<p class="second">{esc(line.kind.when)}{optional}</p></div>{own}</li>'
    )


def _told(found: TemplatePage) -> str:
    line = found.line
    if line.changed_at is None:
        return "<p>These are the program’s own words.</p>"
    since = f"{line.changed_by} wrote these words {shown(line.changed_at, programs.current().time_zone)}."
    if found.lacking:
        why = f"{since} They lack what this letter needs today: save them anew. The program’s words go out meanwhile."
        return str(notice("These words are not used.", why, kind="wrong"))
    return f"<p>{esc(since)}</p>"


def _placeholders(found: TemplatePage) -> str:
    rows = "".join(
        f'<tr><th scope="row"><code>{{{name}}}</code></th><td>{esc(one.meaning)}'
        f"{'. The letter must hold it.' if one.required else ''}</td><td class='wide'>{esc(one.example)}</td></tr>"
        for name, one in found.line.kind.placeholders.items()
    )
    return (
        '<table class="tb"><caption class="sr">Placeholders</caption><thead><tr><th scope="col">Placeholder</th>'
        '<th scope="col">Stands for</th><th scope="col" class="wide">Example</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _preview(shown_as: Preview) -> str:
    return (
        f"<p><strong>Subject:</strong> {esc(shown_as.subject)}</p><h3>As text</h3>{as_text(shown_as.text)}"
        f"<h3>As HTML</h3>{as_frame(shown_as.html, 'The letter as HTML, with examples')}"
    )
