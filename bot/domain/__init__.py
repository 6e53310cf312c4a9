"""What a movie job is: values and pure functions.

No I/O, no Discord, no HTTP, no SQL.
"""
