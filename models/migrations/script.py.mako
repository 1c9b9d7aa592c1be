"""${message}"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from models.base import CreditValue, Moment

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
