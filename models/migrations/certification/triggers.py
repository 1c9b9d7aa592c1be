"""The triggers as migration 0002 made them."""

FROZEN = "a certificate is never changed, only superseded or revoked"
BOUND = "a credit that counted for a certificate is never changed"
_KEPT = (
    "number, code, participation_id, person_id, track_version_id, issued_at, issued_by_id, issued_on, due_on, "
    "snapshot, replaces_id"
)
SQLITE_TRIGGERS = (
    f"CREATE TRIGGER certificate_frozen BEFORE UPDATE OF {_KEPT} ON certificate\n"
    f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    f"CREATE TRIGGER certificate_ended BEFORE UPDATE ON certificate WHEN OLD.status <> 'VALID'\n"
    f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    f"CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate\nBEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
    f"""CREATE TRIGGER credit_bound BEFORE UPDATE OF status, credits, person_id, line_id ON credit
WHEN EXISTS (SELECT 1 FROM bound_credit WHERE credit_id = OLD.id)
BEGIN SELECT RAISE(ABORT, '{BOUND}'); END""",  # noqa: S608 -- a constant of this module
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
    "CREATE TRIGGER certificate_ended BEFORE UPDATE ON certificate\n"
    "FOR EACH ROW WHEN (OLD.status <> 'VALID') EXECUTE FUNCTION certificate_refuse()",
    "CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate\n"
    "FOR EACH ROW EXECUTE FUNCTION certificate_refuse()",
    "CREATE TRIGGER credit_bound BEFORE UPDATE OF status, credits, person_id, line_id ON credit\n"
    "FOR EACH ROW EXECUTE FUNCTION credit_bound_refuse()",
    "CREATE TRIGGER bound_credit_no_change BEFORE UPDATE OR DELETE ON bound_credit\n"
    "FOR EACH ROW EXECUTE FUNCTION bound_credit_refuse()",
    "CREATE TRIGGER certificate_file_once BEFORE UPDATE OF body, sha256 ON certificate_file\n"
    "FOR EACH ROW WHEN (OLD.body IS NOT NULL) EXECUTE FUNCTION certificate_refuse()",
)
TRIGGERS = {"sqlite": SQLITE_TRIGGERS, "postgresql": POSTGRESQL_TRIGGERS}
