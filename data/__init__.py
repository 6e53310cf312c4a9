"""Persistence: the database, the ledger, the job store, and the operator's catalogue of models.

Money and job always move in one transaction; a transaction is a plain function over a `Tx`.
"""
