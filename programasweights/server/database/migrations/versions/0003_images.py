"""Specs and inputs may hold pictures; a job keeps those of its spec until it ends."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Specs and inputs may hold pictures; a job keeps those of its spec until it ends."""
    op.add_column("programs", sa.Column("images", sa.JSON(), nullable=True))
    op.add_column(
        "programs", sa.Column("takes_images", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "job_images",
        sa.Column("job_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_job_images_job_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_job_images")),
    )
