"""The one port: callbacks from the API, and what monitoring asks for. Without PORT there is no server."""
