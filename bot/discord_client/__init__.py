"""The connected client, its responses to interactions, and the publisher of messages."""
