"""Document: a file that somebody handed in, such as a diploma. Its row says whose it is; its bytes lie by hash."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment


class Document(SQLModel, table=True):
    """`sha256` is that of the bytes as kept, which for a picture are not those that came."""

    __tablename__ = "document"
    __table_args__ = (CheckConstraint("size > 0", name="size"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: str
    name: str
    media_type: str
    size: int
    sha256: str = Field(index=True)
    kept_at: datetime = Field(sa_type=Moment)
    kept_by_id: int = Field(foreign_key="person.id")
    removed_at: datetime | None = Field(default=None, sa_type=Moment)
