"""The HTTP server: callbacks from the API, health and metrics.

Without PORT there is none.
"""
