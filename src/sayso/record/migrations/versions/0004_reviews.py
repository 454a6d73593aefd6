"""Who reviewed a claim and who confirmed that, what undoes what, who may log in; indexes of a person's offices, of rejected claims, of older versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STANDING_CLAIMS = """
    CREATE VIEW standing_claims AS
    SELECT c.*, e.name AS holder_name, r.id AS report_id, r.publisher, r.published, r.url, r.title
    FROM claims c JOIN entities e ON e.key = c.holder JOIN reports r ON r.number = c.report
    WHERE c.gone_in IS NULL AND c.state <> 'rejected'"""
REVIEWS = ("accept", "correct", "reject")


def upgrade() -> None:
    _changes()
    _reviews()
    _users()
    holders = sa.text("part = 'holder'")
    op.create_index("ix_parties_holder", "parties", ["entity", "claim"], sqlite_where=holders, postgresql_where=holders)
    superseded = sa.text("superseded_by IS NOT NULL")
    op.create_index("ix_reports_superseded_by", "reports", ["superseded_by"], sqlite_where=superseded, postgresql_where=superseded)


def _changes() -> None:
    comment = "of an undo the number of the act that it undoes, of a redo that of the undo"
    op.add_column("changes", sa.Column("undoes", sa.Integer(), nullable=True, comment=comment))
    op.create_index("ix_changes_author", "changes", ["author", "number"])
    op.create_index("ix_changes_undoes", "changes", ["undoes"])
    if op.get_bind().dialect.name != "sqlite":  # which keeps no comments
        for column, comment in (
            (
                "action",
                "add, appear, reread, supersede, withdraw, import, accept, correct, reject, reopen, check, add claim, merge, split, pin, unpin, grade, "
                "undo, redo",
            ),
            ("target", "digest of a report, id of a claim or an incident, key of an entity, name of a file; empty for an act on several claims"),
        ):
            op.alter_column("changes", column, existing_type=sa.Text(), existing_nullable=False, comment=comment)


def _reviews() -> None:
    """Who reviewed each claim last, as the changes tell, in columns of its own, which the view then shows too."""
    for column in (
        sa.Column("reviewed_by", sa.Text(), nullable=True, comment="who accepted, corrected, rejected or added it; empty while it is proposed"),
        sa.Column("reviewed_in", sa.Integer(), nullable=True, comment="the change in which he did"),
        sa.Column("checked_by", sa.Text(), nullable=True, comment="who confirmed that, another than he; empty where nobody did since"),
        sa.Column("checked_in", sa.Integer(), nullable=True, comment="the change in which that was"),
    ):
        op.add_column("claims", column)
    claims = sa.table("claims", *map(sa.column, ("id", "state", "reviewed_by", "reviewed_in")))
    changes = sa.table("changes", *map(sa.column, ("number", "target", "action", "author")))
    last = sa.select(sa.func.max(changes.c.number)).where(changes.c.target == claims.c.id, changes.c.action.in_(REVIEWS)).scalar_subquery()
    op.execute(sa.update(claims).where(claims.c.state != "proposed").values(reviewed_in=last))
    author = sa.select(changes.c.author).where(changes.c.number == claims.c.reviewed_in).scalar_subquery()
    op.execute(sa.update(claims).where(claims.c.reviewed_in.is_not(None)).values(reviewed_by=author))
    rejected = sa.text("state = 'rejected'")
    op.create_index("ix_claims_rejected", "claims", ["reviewed_in"], sqlite_where=rejected, postgresql_where=rejected)
    op.execute("DROP VIEW standing_claims")
    op.execute(STANDING_CLAIMS)


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.Text(), nullable=False, comment="the author of what the user changes"),
        sa.Column("password", sa.Text(), nullable=False, comment="its Argon2 hash"),
        sa.Column("role", sa.Text(), nullable=False, comment="read, review, administer"),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_in"], ["changes.number"], name=op.f("fk_users_added_in"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
        comment="Who may log in where several people share a record.",
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text(), nullable=False, comment="SHA-256 of the cookie's value"),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("begun", sa.Text(), nullable=False, comment="UTC, ISO 8601"),
        sa.Column("seen", sa.Text(), nullable=False, comment="UTC, ISO 8601: when the user last asked for something"),
        sa.Column("expires", sa.Text(), nullable=False, comment="UTC, ISO 8601"),
        sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f("fk_sessions_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_sessions")),
        comment="Who is logged in.",
    )
    op.create_index("ix_sessions_user", "sessions", ["user"], unique=False)
