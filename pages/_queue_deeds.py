"""What a coordinator does to entries of the queue: the deed, its sentence, and the way back."""

from pages._queue_rows import decided_words
from pages._visit import Outcome, Visit
from services import review
from services.queue_entries import Entry
from services.review import Decided
from ui.dialogs import ReasonDialog
from ui.queue_list import QueueList


class QueueDeeds:
    """The deeds of one window. The list shows what came of them when the queue's feed tells."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.dialog = ReasonDialog()
        self.asking: int | None = None
        self.list: QueueList

    async def approve(self, claim_id: int) -> None:
        self._told("Approved", await self.visit.act(review.approve, [claim_id]))

    async def approve_selected(self) -> None:
        self._told("Approved", await self.visit.act(review.approve, self.list.selected))

    async def decline(self, claim_id: int) -> None:
        await self._ask([claim_id], self._name(claim_id))

    async def decline_selected(self) -> None:
        await self._ask(self.list.selected, f"{len(self.list.selected)} entries")

    async def reopen(self, claim_id: int) -> None:
        async def deed(reason: str) -> str | None:
            outcome = await self.visit.act(review.reopen, claim_id, reason)
            return None if outcome.done else outcome.sentence

        if await self.dialog.settle(
            f"Reopen {self._name(claim_id)}?",
            deed,
            deed="Reopen",
            hint="It becomes PENDING again. The person reads the reason.",
        ):
            self.visit.toast.say("Reopened.")

    def hear(self, entry: Entry) -> None:
        """Somebody else decided what is being declined here: say so in the dialog, which keeps its text."""
        if entry.claim_id == self.asking and (words := decided_words(entry, self.visit.actor)):
            self.dialog.notice(f"{words}. What you typed is kept.")

    async def _ask(self, claim_ids: list[int], what: str) -> None:
        """Ask for the reason; what was typed outlives a refusal and other people's deeds."""
        self.asking = claim_ids[0] if len(claim_ids) == 1 else None

        async def deed(reason: str) -> str | None:
            outcome = await self.visit.act(review.decline, claim_ids, reason)
            if outcome.done:
                self._told("Declined", outcome)
            return None if outcome.done else outcome.sentence

        await self.dialog.settle(
            f"Decline {what}?",
            deed,
            deed="Decline",
            grave=True,
            hint="The reason is mailed to the person and stands beside the credit.",
        )
        self.asking = None

    def _told(self, verb: str, outcome: Outcome[Decided]) -> None:
        """Say what was done, with Undo, and what was refused."""
        self.visit.tell(outcome)
        if not outcome.value:
            return
        done = outcome.value.done
        what = self._name(done[0]) if len(done) == 1 else f"{len(done)} entries"
        refused = f" Left as they are: {' '.join(outcome.value.refused.values())}" if outcome.value.refused else ""

        async def undo() -> None:
            taken_back = await self.visit.act(review.undo, done)
            self.visit.tell(taken_back)
            if taken_back.done:
                self.visit.toast.say(f"Taken back: {what}")

        self.visit.toast.say(f"{verb}: {what}.{refused}", undo=undo if done else None)
        self.list.clear_selection()

    def _name(self, claim_id: int) -> str:
        row = next((row for row in self.list.rows if row["id"] == claim_id), None)
        return f"“{row['title']}” of {row['person']}" if row else "the entry"
