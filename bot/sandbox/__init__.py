"""The offline sandbox: the fake Samsar API, a simulated Discord, the demo.

Nothing else imports it.
"""
