"""Moves jobs: intake, submit, watch, deliver. Knows Protocols only, and a clock that it is handed."""
