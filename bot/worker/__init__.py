"""Poll loops over due work in the database: submissions, status polls, notifications."""
