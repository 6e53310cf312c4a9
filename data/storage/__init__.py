"""Whole databases: migrated, backed up, restored, moved. No feature imports this."""
