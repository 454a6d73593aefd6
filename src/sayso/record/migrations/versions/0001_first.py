"""The record's first tables, the full text of reports and claims, and the views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS = {
    "standing_claims": """
        SELECT c.*, e.name AS holder_name, r.id AS report_id, r.publisher, r.published, r.url, r.title
        FROM claims c JOIN entities e ON e.key = c.holder JOIN reports r ON r.number = c.report
        WHERE c.gone_in IS NULL AND c.state <> 'rejected'""",
    "accounts": """
        SELECT c.incident, c.holder, e.name AS holder_name, c.holder_side, COUNT(*) AS claims, COUNT(DISTINCT r.copies) AS reports,
               COUNT(DISTINCT r.publisher_key) AS outlets, MIN(c.as_of) AS first_said, MAX(c.as_of) AS last_said
        FROM claims c JOIN entities e ON e.key = c.holder JOIN reports r ON r.number = c.report
        WHERE c.gone_in IS NULL AND c.state <> 'rejected' AND c.incident IS NOT NULL
        GROUP BY c.incident, c.holder, e.name, c.holder_side""",
}


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False, comment="UTC, ISO 8601"),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column(
            "action", sa.Text(), nullable=False, comment="add, appear, reread, supersede, withdraw, correct, reject, accept, merge, split, pin, unpin, grade"
        ),
        sa.Column("target", sa.Text(), nullable=False, comment="digest of a report, id of a claim or an incident, key of an entity"),
        sa.Column("before", sa.Text(), nullable=True, comment="JSON"),
        sa.Column("after", sa.Text(), nullable=True, comment="JSON"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_changes")),
        comment="Who changed what, when: nothing is ever taken out of here.",
    )
    op.create_index("ix_changes_target", "changes", ["target"], unique=False)
    op.create_table(
        "entities",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("qualifiers", sa.Text(), nullable=False, comment="with blanks between"),
        sa.Column("side", sa.Text(), nullable=False, comment="empty where it is on none that could be told"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_entities")),
        comment="Everybody who speaks, acts or is acted upon, publishers too.",
    )
    op.create_index("ix_entities_side", "entities", ["side"], unique=False)
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
        comment="What the record says of itself. The row `writer` is what one writer locks to keep the others waiting.",
    )
    op.create_table(
        "claim_versions",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False, comment="the change that replaced it"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["until"], ["changes.number"], name=op.f("fk_claim_versions_until"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "until", name=op.f("pk_claim_versions")),
        comment="What claims were before they were read again or corrected.",
    )
    op.create_table(
        "decisions",
        sa.Column("one", sa.Text(), nullable=False, comment="id of a claim, the lower of the two"),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_in"], ["changes.number"], name=op.f("fk_decisions_made_in"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_decisions")),
        comment="What a user decided about two claims: one incident, or never one.",
    )
    op.create_index("ix_decisions_other", "decisions", ["other"], unique=False)
    op.create_table(
        "disputes",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False, comment="of the two holders the one whose key is lower"),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["entities.key"], name=op.f("fk_disputes_one"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["entities.key"], name=op.f("fk_disputes_other"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "field", "one", "other", name=op.f("pk_disputes")),
        comment="Which accounts of an incident dispute each other, and on what.",
    )
    op.create_index("ix_disputes_one", "disputes", ["one"], unique=False)
    op.create_index("ix_disputes_other", "disputes", ["other"], unique=False)
    op.create_table(
        "grades",
        sa.Column("kind", sa.Text(), nullable=False, comment="source or claim"),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reliability", sa.Text(), nullable=False, comment="Admiralty scale A–F, of a source"),
        sa.Column("credibility", sa.Text(), nullable=False, comment="Admiralty scale 1–6, of a claim"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_in"], ["changes.number"], name=op.f("fk_grades_made_in"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "target", "author", name=op.f("pk_grades")),
        comment="Grades that users gave. The program gives none.",
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False, comment="an i and the id of its first claim: any such id leads to the incident that holds this claim now"),
        sa.Column("about", sa.Text(), nullable=False, comment="a line for people, made of its claims"),
        sa.Column("type", sa.Text(), nullable=False, comment="the act that most holders tell of; of a loss alone its harm"),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True, comment="what it is sorted by"),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("place_precision", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("sides", sa.Text(), nullable=False, comment="with ` | ` between"),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False, comment="near-copies once"),
        sa.Column("holders", sa.Integer(), nullable=False, comment="accounts"),
        sa.Column("disputed", sa.Text(), nullable=False, comment="the fields on which accounts dispute each other, with blanks between"),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("gone_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_in"], ["changes.number"], name=op.f("fk_incidents_added_in"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        comment="What several claims, from one report or many, are about.",
    )
    op.create_index("ix_incidents_changed_in", "incidents", ["changed_in"], unique=False)
    op.create_index("ix_incidents_country_day", "incidents", ["country", "day"], unique=False)
    op.create_index("ix_incidents_day", "incidents", ["day"], unique=False)
    op.create_index("ix_incidents_type_day", "incidents", ["type", "day"], unique=False)
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="as it came, else the digest"),
        sa.Column("digest", sa.Text(), nullable=False, comment="SHA-256 of the text"),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("publisher_key", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True, comment="as it came: a date, or a time with zone"),
        sa.Column("day", sa.Date(), nullable=True, comment="the day of it"),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False, comment="JSON"),
        sa.Column("notes", sa.Text(), nullable=False, comment="JSON"),
        sa.Column("read_by", sa.Text(), nullable=False, comment="the version of sayso that read it"),
        sa.Column("copies", sa.Text(), nullable=False, comment="what it shares with its near-copies: the digest of the first of them"),
        sa.Column("superseded_by", sa.Text(), nullable=True, comment="digest of the newer version of the report"),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, comment="its publisher took it back (a kill)"),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_in"], ["changes.number"], name=op.f("fk_reports_added_in"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reports")),
        sa.UniqueConstraint("digest", name=op.f("uq_reports_digest")),
        comment="Every text once. A newer version stands beside the one that it supersedes.",
    )
    op.create_index("ix_reports_copies", "reports", ["copies"], unique=False)
    op.create_index("ix_reports_day", "reports", ["day"], unique=False)
    op.create_index("ix_reports_id", "reports", ["id"], unique=False)
    op.create_index("ix_reports_publisher_key", "reports", ["publisher_key"], unique=False)
    op.create_index("ix_reports_url", "reports", ["url"], unique=False)
    op.create_table(
        "appearances",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_in"], ["changes.number"], name=op.f("fk_appearances_added_in"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.number"], name=op.f("fk_appearances_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "id", "publisher", "published", "url", name=op.f("pk_appearances")),
        comment="Where a text appeared: its first appearance too. The first by date, then publisher and id, is the one that the report is read as.",
    )
    op.create_table(
        "bands",
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.number"], name=op.f("fk_bands_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("value", "report", name=op.f("pk_bands")),
        comment="By what near-copies are found: the bands of each text's MinHash.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_bands_report", "bands", ["report"], unique=False)
    op.create_table(
        "claims",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="event, casualty, materiel, role"),
        sa.Column("type", sa.Text(), nullable=False, comment="PLOVER type of an event, harm of a loss; empty for a role"),
        sa.Column("modes", sa.Text(), nullable=False, comment="with blanks between"),
        sa.Column("object", sa.Text(), nullable=False, comment="type and modes of the act asked for, promised, refused …, with blanks between"),
        sa.Column("what", sa.Text(), nullable=False, comment="the thing of a matériel claim, the office of a role"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False, comment="whose claim it is: its nearest speaker, else the publisher"),
        sa.Column("holder_side", sa.Text(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False, comment="of the nearest speaker; empty in the report's own voice"),
        sa.Column("stance", sa.Text(), nullable=False, comment="of the holder to who suffered: own, opponent, third; empty where it cannot be told"),
        sa.Column("start", sa.Date(), nullable=True, comment="when: first day"),
        sa.Column("end", sa.Date(), nullable=True, comment="when: last day; empty for what is still open"),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column(
            "day",
            sa.Date(),
            nullable=True,
            comment="the first day of `when`, else the day of the report: what the claim is sorted by; empty for background without a date",
        ),
        sa.Column("as_of", sa.Date(), nullable=True, comment="the day on which it was said, else that of the report"),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("admin1", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("place_precision", sa.Text(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=True, comment="count, or how many acts of an event; empty is open below"),
        sa.Column("high", sa.Integer(), nullable=True, comment="empty is open above"),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False, comment="of who suffered, in a loss; of the first actor, in an event"),
        sa.Column("role", sa.Text(), nullable=False, comment="of who suffered: forces, police, fighters, civilians, other"),
        sa.Column("incident", sa.Text(), nullable=True, comment="empty for a role"),
        sa.Column("component", sa.Integer(), nullable=True, comment="claims that a chain of likely links joins have one"),
        sa.Column("replaced_by", sa.Text(), nullable=True, comment="the later claim of the same holder that revises or retracts this one"),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON of the form sayso/1"),
        sa.Column("state", sa.Text(), nullable=False, comment="proposed, accepted, corrected, rejected"),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("gone_in", sa.Integer(), nullable=True, comment="empty while it stands"),
        sa.ForeignKeyConstraint(["added_in"], ["changes.number"], name=op.f("fk_claims_added_in"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["holder"], ["entities.key"], name=op.f("fk_claims_holder"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["reports.number"], name=op.f("fk_claims_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_claims")),
        sa.UniqueConstraint("id", name=op.f("uq_claims_id")),
        comment="One thing that somebody says is so.",
    )
    op.create_index("ix_claims_changed_in", "claims", ["changed_in"], unique=False)
    op.create_index("ix_claims_component", "claims", ["component"], unique=False)
    op.create_index("ix_claims_country_day", "claims", ["country", "day"], unique=False)
    op.create_index("ix_claims_day", "claims", ["day"], unique=False)
    op.create_index("ix_claims_holder_day", "claims", ["holder", "day"], unique=False)
    op.create_index("ix_claims_incident", "claims", ["incident"], unique=False)
    op.create_index("ix_claims_kind_side_day", "claims", ["kind", "side", "day"], unique=False)
    op.create_index("ix_claims_kind_type_day", "claims", ["kind", "type", "day"], unique=False)
    op.create_index("ix_claims_report", "claims", ["report"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.number"], name=op.f("fk_blocks_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("block", "claim", name=op.f("pk_blocks")),
        comment="By what claims that may be about one incident are found.",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_blocks_claim", "blocks", ["claim"], unique=False)
    op.create_table(
        "parties",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False, comment="actor, recipient, victim, by, owner, holder, organisation"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True, comment="the claim's"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.number"], name=op.f("fk_parties_claim"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entity"], ["entities.key"], name=op.f("fk_parties_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "part", "position", name=op.f("pk_parties")),
        comment="Who is in a claim, and as what.",
    )
    op.create_index("ix_parties_entity_day", "parties", ["entity", "day"], unique=False)
    op.create_index("ix_parties_side_day", "parties", ["side", "day"], unique=False)
    op.create_table(
        "relations",
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False, comment="same, narrows, contradicts, denies, revises, retracts; a pair that is not here adds"),
        sa.Column("fields", sa.Text(), nullable=False, comment="with blanks between"),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["first"], ["claims.number"], name=op.f("fk_relations_first"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second"], ["claims.number"], name=op.f("fk_relations_second"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("first", "second", name=op.f("pk_relations")),
        comment="How the second of two claims about one incident relates to the first.",
    )
    op.create_index("ix_relations_incident", "relations", ["incident"], unique=False)
    op.create_index("ix_relations_second", "relations", ["second"], unique=False)
    op.create_table(
        "sources",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("link", sa.Integer(), nullable=False, comment="0 is the nearest speaker"),
        sa.Column("position", sa.Integer(), nullable=False, comment="0 is the first named, others spoke together with him"),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("distance", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("said_start", sa.Date(), nullable=True),
        sa.Column("said_end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["claim"], ["claims.number"], name=op.f("fk_sources_claim"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entity"], ["entities.key"], name=op.f("fk_sources_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "link", "position", name=op.f("pk_sources")),
        comment="On whose say-so a claim stands: the chain, link by link. The publisher is not repeated here.",
    )
    op.create_index("ix_sources_entity", "sources", ["entity"], unique=False)

    op.execute("INSERT INTO settings (name, value) VALUES ('writer', '')")
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")
    _full_text()


def _full_text() -> None:
    """Indexes over the words of reports and of evidence; in SQLite tables of their own, kept up to date by triggers."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("CREATE INDEX report_words ON reports USING gin (to_tsvector('simple', coalesce(title, '') || ' ' || text))")
        op.execute("CREATE INDEX claim_words ON claims USING gin (to_tsvector('simple', evidence))")
        return
    for name, table, columns in (("report_words", "reports", ("title", "text")), ("claim_words", "claims", ("evidence",))):
        listed, new, old = (", ".join(f"{prefix}{c}" for c in columns) for prefix in ("", "new.", "old."))
        content = f'content="{table}", content_rowid="number"'  # Datasette looks for it in these marks
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({listed}, {content}, tokenize='unicode61 remove_diacritics 2')")
        op.execute(f"CREATE TRIGGER {name}_in AFTER INSERT ON {table} BEGIN INSERT INTO {name}(rowid, {listed}) VALUES (new.number, {new}); END")
        gone = f"INSERT INTO {name}({name}, rowid, {listed}) VALUES ('delete', old.number, {old});"
        op.execute(f"CREATE TRIGGER {name}_out AFTER DELETE ON {table} BEGIN {gone} END")
        changed = f"BEGIN {gone} INSERT INTO {name}(rowid, {listed}) VALUES (new.number, {new}); END"
        op.execute(f"CREATE TRIGGER {name}_new AFTER UPDATE OF {listed} ON {table} {changed}")
