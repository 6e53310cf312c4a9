"""Every message and form that people see.

Functions here take domain values and return messages, their parts, or text. They do no I/O. Text from members or from
the API is escaped (bot/ui/formatting.py), and nothing is told by color alone.
"""
