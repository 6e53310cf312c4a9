"""Slash commands and components: validate the input, call a service, respond."""
