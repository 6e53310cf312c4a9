"""Every embed, view and message that people see.

Functions here take domain values and return discord.py objects or text. They do no I/O. Text from members or from the
API is escaped (see `escaping`), and nothing is told by colour alone.
"""
