-- After every `aspen migrate`, as aspen_owner, in the database aspen: what the app's role may do. May be run again.
-- The app reads and writes rows; it changes no table and no trigger, and of what was done it can only add lines.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO aspen_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO aspen_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO aspen_app;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_line, audit_seal FROM aspen_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM aspen_app;
