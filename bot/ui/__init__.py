"""Every message and form that people see.

Functions here take domain values and return messages, their parts, or text. They do no I/O. Text from members or from
the API is escaped (see `escaping`), and nothing is told by colour alone.
"""
