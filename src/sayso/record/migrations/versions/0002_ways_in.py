"""Indexes by which registers find claims by place, by degrees, and by who is in them, without looking at each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_claims_place", "claims", ["place"])
    op.create_index("ix_claims_lat_lon", "claims", ["lat", "lon"])
    for name in ("entity", "side"):
        op.drop_index(f"ix_parties_{name}_day", "parties")
        op.create_index(f"ix_parties_{name}_day", "parties", [name, "day", "claim"])
    if op.get_bind().dialect.name != "sqlite":  # which keeps no comments
        op.alter_column("incidents", "start", existing_type=sa.Date(), comment="its day, or the first one, by most of its claims")
