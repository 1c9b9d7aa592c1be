#!/bin/sh
# Once, by the superuser of the PostgreSQL server: an owner for the tables and a role for the app, with the passwords
# OWNER_PASSWORD and APP_PASSWORD of the environment, and the database.
set -eu
psql --username="${POSTGRES_USER:-postgres}" --dbname=postgres --no-psqlrc --quiet --set=ON_ERROR_STOP=1 <<'SQL'
\set owner `echo "$OWNER_PASSWORD"`
\set app `echo "$APP_PASSWORD"`
CREATE ROLE aspen_owner LOGIN PASSWORD :'owner';
CREATE ROLE aspen_app LOGIN PASSWORD :'app';
CREATE DATABASE aspen OWNER aspen_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE aspen FROM PUBLIC;
GRANT CONNECT ON DATABASE aspen TO aspen_app;
SQL
