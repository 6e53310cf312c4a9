"""Persistence: database, ledger, jobs, outbox, quotas and the model catalogue.

Credits and job always change in one transaction. A transaction is a plain function of a `Transaction`.
"""
