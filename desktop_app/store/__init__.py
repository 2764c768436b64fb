"""The encrypted store: tables, sessions, cases, events, search, migrations."""
