"""How transactions run on SQLite and PostgreSQL, and what every table needs."""
