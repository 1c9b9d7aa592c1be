"""Facts about this installation itself, such as that its people are invented."""

from sqlmodel import Field, SQLModel

from models.base import STRICT


class InstallationFact(SQLModel, table=True):
    __tablename__ = "installation_fact"
    __table_args__ = STRICT

    name: str = Field(primary_key=True)
    value: str


DEMO = "demo"
