"""Certificate: what is issued; frozen, never edited, only superseded or revoked."""

import re
import secrets
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary, String
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment, one_of, unique_where
from models.errors import NotAllowed, Problems, WrongState
from models.texts import typed


class CertificateStatus(StrEnum):
    VALID = "VALID"
    SUPERSEDED = "SUPERSEDED"
    REVOKED = "REVOKED"


class Certificate(SQLModel, table=True):
    """VALID → SUPERSEDED | REVOKED, each with a reason. Triggers refuse any other change of it."""

    __tablename__ = "certificate"
    __table_args__ = (
        one_of("status", list(CertificateStatus)),
        CheckConstraint("due_on IS NULL OR due_on >= issued_on", name="due_after_issue"),
        CheckConstraint("(status = 'VALID') = (ended_at IS NULL)", name="ended"),
        CheckConstraint("status = 'VALID' OR reason <> ''", name="ended_with_reason"),
        # One that stands for each participation, whatever the code does.
        unique_where("uq_certificate_standing", "participation_id", where="status <> 'SUPERSEDED'"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    code: str = Field(unique=True)
    participation_id: int = Field(foreign_key="participation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    track_version_id: int = Field(foreign_key="track_version.id")
    issued_at: datetime = Field(sa_type=Moment)
    issued_by_id: int = Field(foreign_key="person.id")
    issued_on: date = Field(index=True)
    due_on: date | None = None
    snapshot: dict[str, Any] = Field(sa_type=JSON)
    replaces_id: int | None = Field(default=None, foreign_key="certificate.id", unique=True)
    status: CertificateStatus = Field(default=CertificateStatus.VALID, sa_type=String)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = ""

    def supersede(self, by_id: int, now: datetime, reason: str) -> None:
        """Another one takes its place. Raises WrongState, NotAllowed (her own), Problems without a reason."""
        self._end(by_id, now, reason, CertificateStatus.SUPERSEDED)

    def revoke(self, by_id: int, now: datetime, reason: str) -> None:
        """It is not valid any more. Raises WrongState, NotAllowed (her own), Problems without a reason."""
        self._end(by_id, now, reason, CertificateStatus.REVOKED)

    def standing(self, today: date) -> str:
        """VALID, EXPIRED, SUPERSEDED or REVOKED on that local day; the due day itself is still valid."""
        if self.status == CertificateStatus.VALID and self.due_on is not None and today > self.due_on:
            return "EXPIRED"
        return str(self.status)

    def _end(self, by_id: int, now: datetime, reason: str, status: CertificateStatus) -> None:
        if self.status != CertificateStatus.VALID:
            raise WrongState(f"The certificate {self.number} was already {self.status.lower()}.")
        if by_id == self.person_id:
            raise NotAllowed("This is your own certificate. A colleague decides on it.")
        if not typed(reason):
            raise Problems({"reason": "Say why: whoever checks the certificate may ask."})
        self.status, self.ended_at, self.ended_by_id, self.reason = status, now, by_id, typed(reason)


class BoundCredit(SQLModel, table=True):
    """A credit that counted for a certificate, and for which participation. It never counts again."""

    __tablename__ = "bound_credit"
    __table_args__ = STRICT

    credit_id: int = Field(foreign_key="credit.id", primary_key=True)
    participation_id: int = Field(foreign_key="participation.id", index=True)


class CertificateCounter(SQLModel, table=True):
    """The last certificate number given in a year."""

    __tablename__ = "certificate_counter"
    __table_args__ = STRICT

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = 0


class CertificateFile(SQLModel, table=True):
    """The PDF: drawn once, kept with its SHA-256, served from here for good. Empty until it is drawn."""

    __tablename__ = "certificate_file"
    __table_args__ = (CheckConstraint("(body IS NULL) = (sha256 = '')", name="whole"), STRICT)

    certificate_id: int = Field(foreign_key="certificate.id", primary_key=True)
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    sha256: str = ""
    drawn_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    problem: str = ""
    try_after: datetime = Field(sa_type=Moment, index=True)


CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16


def new_code() -> str:
    """80 random bits as 16 Crockford base-32 characters."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """`7K3M-9QXT-4H2W-PB6D`."""
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def read_code(typed: str) -> str | None:
    """The code that somebody typed: either case, dashes and blanks anywhere, O read as 0, I and L as 1."""
    plain = re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper().translate(str.maketrans("OIL", "011"))
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(CROCKFORD) else None


FROZEN = "a certificate is never changed, only superseded or revoked"
BOUND = "a credit that counted for a certificate is never changed"
_KEPT = (
    "number, code, participation_id, track_version_id, issued_at, issued_by_id, issued_on, due_on, "
    "snapshot, replaces_id"
)
# Only a merge of two records of one person, or its undoing, gives certificates and bound credits another person.
MERGED = (
    "EXISTS (SELECT 1 FROM person_merge WHERE (kept_id = NEW.person_id AND merged_id = OLD.person_id AND "
    "undone_at IS NULL) OR (kept_id = OLD.person_id AND merged_id = NEW.person_id AND undone_at IS NOT NULL))"
)
_ENDED = "status, ended_at, ended_by_id, reason"
_OF_CREDIT = "status, credits, line_id"
SQLITE_TRIGGERS = (
    f"CREATE TRIGGER certificate_frozen BEFORE UPDATE OF {_KEPT} ON certificate\n"
    f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    f"CREATE TRIGGER certificate_ended BEFORE UPDATE OF {_ENDED} ON certificate WHEN OLD.status <> 'VALID'\n"
    f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    f"CREATE TRIGGER certificate_owner BEFORE UPDATE OF person_id ON certificate WHEN NOT {MERGED}\n"
    f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    f"CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate\nBEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    f"""CREATE TRIGGER credit_bound BEFORE UPDATE OF {_OF_CREDIT} ON credit
WHEN EXISTS (SELECT 1 FROM bound_credit WHERE credit_id = OLD.id)
BEGIN SELECT RAISE(ABORT, '{BOUND}'); END""",  # noqa: S608 -- constants of this module
    f"""CREATE TRIGGER credit_owner BEFORE UPDATE OF person_id ON credit
WHEN EXISTS (SELECT 1 FROM bound_credit WHERE credit_id = OLD.id) AND NOT {MERGED}
BEGIN SELECT RAISE(ABORT, '{BOUND}'); END""",  # noqa: S608 -- constants of this module
    f"CREATE TRIGGER bound_credit_no_update BEFORE UPDATE ON bound_credit\nBEGIN SELECT RAISE(ABORT, '{BOUND}'); END",
    f"CREATE TRIGGER bound_credit_no_delete BEFORE DELETE ON bound_credit\nBEGIN SELECT RAISE(ABORT, '{BOUND}'); END",
    f"CREATE TRIGGER certificate_file_once BEFORE UPDATE OF body, sha256 ON certificate_file\n"
    f"WHEN OLD.body IS NOT NULL\nBEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
)
POSTGRESQL_TRIGGERS = (
    f"CREATE FUNCTION certificate_refuse() RETURNS trigger LANGUAGE plpgsql AS\n"
    f"$$ BEGIN RAISE EXCEPTION '{FROZEN}' USING ERRCODE = '23000'; END $$",
    f"CREATE FUNCTION bound_credit_refuse() RETURNS trigger LANGUAGE plpgsql AS\n"
    f"$$ BEGIN RAISE EXCEPTION '{BOUND}' USING ERRCODE = '23000'; END $$",
    f"""CREATE FUNCTION credit_bound_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF EXISTS (SELECT 1 FROM bound_credit WHERE credit_id = OLD.id) THEN
RAISE EXCEPTION '{BOUND}' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$""",  # noqa: S608 -- a constant of this module
    f"CREATE TRIGGER certificate_frozen BEFORE UPDATE OF {_KEPT} ON certificate\n"
    "FOR EACH ROW EXECUTE FUNCTION certificate_refuse()",
    f"CREATE FUNCTION certificate_owner_refuse() RETURNS trigger LANGUAGE plpgsql AS\n"
    f"$$ BEGIN IF NOT {MERGED} THEN RAISE EXCEPTION '{FROZEN}' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$",
    f"""CREATE FUNCTION credit_owner_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF EXISTS (SELECT 1 FROM bound_credit WHERE credit_id = OLD.id) AND NOT {MERGED} THEN
RAISE EXCEPTION '{BOUND}' USING ERRCODE = '23000'; END IF; RETURN NEW; END $$""",  # noqa: S608 -- constants of this module
    "CREATE TRIGGER certificate_owner BEFORE UPDATE OF person_id ON certificate\n"
    "FOR EACH ROW WHEN (OLD.person_id <> NEW.person_id) EXECUTE FUNCTION certificate_owner_refuse()",
    "CREATE TRIGGER credit_owner BEFORE UPDATE OF person_id ON credit\n"
    "FOR EACH ROW WHEN (OLD.person_id <> NEW.person_id) EXECUTE FUNCTION credit_owner_refuse()",
    f"CREATE TRIGGER certificate_ended BEFORE UPDATE OF {_ENDED} ON certificate\n"
    "FOR EACH ROW WHEN (OLD.status <> 'VALID') EXECUTE FUNCTION certificate_refuse()",
    "CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate\n"
    "FOR EACH ROW EXECUTE FUNCTION certificate_refuse()",
    f"CREATE TRIGGER credit_bound BEFORE UPDATE OF {_OF_CREDIT} ON credit\n"
    "FOR EACH ROW EXECUTE FUNCTION credit_bound_refuse()",
    "CREATE TRIGGER bound_credit_no_change BEFORE UPDATE OR DELETE ON bound_credit\n"
    "FOR EACH ROW EXECUTE FUNCTION bound_credit_refuse()",
    "CREATE TRIGGER certificate_file_once BEFORE UPDATE OF body, sha256 ON certificate_file\n"
    "FOR EACH ROW WHEN (OLD.body IS NOT NULL) EXECUTE FUNCTION certificate_refuse()",
)
TRIGGERS = {"sqlite": SQLITE_TRIGGERS, "postgresql": POSTGRESQL_TRIGGERS}
