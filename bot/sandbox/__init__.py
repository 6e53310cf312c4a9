"""The offline world: a stand-in for the movie service, a simulated Discord, the demo. Nothing else imports it."""
