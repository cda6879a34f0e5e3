"""Programs may have a LoRA; those of before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Programs may have a LoRA; those of before have none."""
    op.add_column("programs", sa.Column("lora_rank", sa.Integer(), nullable=False, server_default="0"))
