"""Which sides a claim concerns, in one place and with its days, and a claim's last day, so that neither is looked for claim by claim."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STANDING_CLAIMS = """
    CREATE VIEW standing_claims AS
    SELECT c.*, e.name AS holder_name, r.id AS report_id, r.publisher, r.published, r.url, r.title
    FROM claims c JOIN entities e ON e.key = c.holder JOIN reports r ON r.number = c.report
    WHERE c.gone_in IS NULL AND c.state <> 'rejected'"""
COLUMNS = ("claim", "side", "inside", "kind", "type", "day", "last")


def upgrade() -> None:
    _last_days()
    _place_keys()
    op.drop_index("ix_claims_country_day", "claims")
    op.create_index("ix_claims_country_day", "claims", ["country", "day", "last"])
    op.execute("DROP VIEW standing_claims")
    op.execute(STANDING_CLAIMS)
    op.create_table(
        "involved",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column(
            "inside", sa.Boolean(), nullable=False, comment="whether somebody of the side is in the claim; else it holds the claim, or is in its incident"
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="the claim's"),
        sa.Column("type", sa.Text(), nullable=False, comment="the claim's"),
        sa.Column("day", sa.Date(), nullable=True, comment="the claim's"),
        sa.Column("last", sa.Date(), nullable=True, comment="the claim's"),
        sa.ForeignKeyConstraint(["claim"], ["claims.number"], name=op.f("fk_involved_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "side", name=op.f("pk_involved")),
        comment="Which sides a claim concerns: what dyads and conflicts are found by.",
        sqlite_with_rowid=False,
    )
    into = sa.table("involved", *map(sa.column, COLUMNS))
    op.execute(sa.insert(into).from_select(COLUMNS, concerned()))
    op.create_index("ix_involved_side_day", "involved", ["side", "day", "kind", "type", "last", "inside", "claim"])
    op.drop_index("ix_parties_side_day", "parties")


def _last_days() -> None:
    """A claim's last day in a column of its own."""
    comment = "the last day of `when`, else `day`; 9999-12-31 for what is still open"
    op.add_column("claims", sa.Column("last", sa.Date(), nullable=True, comment=comment))
    claims = sa.table("claims", sa.column("precision"), *(sa.column(name, sa.Date()) for name in ("start", "end", "day", "last")))
    still = sa.and_(claims.c.precision != "", claims.c.end.is_(None), claims.c.start.is_not(None))
    last = sa.case((still, sa.literal(date.max, sa.Date())), else_=sa.func.coalesce(claims.c.end, claims.c.start, claims.c.day))
    op.execute(sa.update(claims).values(last=last))
    op.create_index("ix_claims_day_last", "claims", ["day", "last"], sqlite_where=sa.text("last > day"), postgresql_where=sa.text("last > day"))


def _place_keys() -> None:
    """Places in small letters, as Python makes them: SQLite knows those of English alone."""
    comment = "the place in small letters, by which it is found"
    op.add_column("claims", sa.Column("place_key", sa.Text(), nullable=False, server_default="", comment=comment))
    claims = sa.table("claims", sa.column("place"), sa.column("place_key"))
    connection = op.get_bind()
    update = sa.update(claims).where(claims.c.place == sa.bindparam("of")).values(place_key=sa.bindparam("key"))
    for place in connection.execute(sa.select(claims.c.place).distinct().where(claims.c.place != "")).scalars().all():
        connection.execute(update, {"of": place, "key": place.casefold()})
    op.drop_index("ix_claims_place", "claims")
    op.create_index("ix_claims_place_key", "claims", ["place_key", "day", "last"])


def concerned() -> sa.Select[Any]:
    """What adding and regrouping write there, from what else a record holds."""
    claims = sa.table(
        "claims", *map(sa.column, ("number", "incident", "holder_side", "kind", "type", "gone_in", "state")),
        *(sa.column(name, sa.Date()) for name in ("day", "last")),
    )  # fmt: skip
    parties = sa.table("parties", sa.column("claim"), sa.column("side"))
    standing = sa.and_(claims.c.gone_in.is_(None), claims.c.state != "rejected", claims.c.incident.is_not(None))
    present = (
        sa.select(claims.c.incident, parties.c.side).join(parties, parties.c.claim == claims.c.number).where(standing, parties.c.side != "").distinct().cte()
    )
    told = sa.union_all(
        sa.select(parties.c.claim, parties.c.side, sa.literal(1).label("inside")).where(parties.c.side != ""),
        sa.select(claims.c.number, claims.c.holder_side, sa.literal(0)).where(claims.c.holder_side != ""),
        sa.select(claims.c.number, present.c.side, sa.literal(0)).join(present, present.c.incident == claims.c.incident).where(standing),
    ).subquery()
    each = sa.select(told.c.claim, told.c.side, (sa.func.max(told.c.inside) == 1).label("inside")).group_by(told.c.claim, told.c.side).subquery()
    rows = sa.select(each.c.claim, each.c.side, each.c.inside, claims.c.kind, claims.c.type, claims.c.day, claims.c.last)
    return rows.join(claims, claims.c.number == each.c.claim).order_by(each.c.claim, each.c.side)
