"""Brings a finished movie here, so that it can be attached to a message: which addresses may be asked, and how.

The address comes from an API's answer and is believed by nobody: not its scheme, not its host, not where it redirects,
not how long the answer says it is, nor that it is a movie. `addresses` is pure and judges what can be read off an
address; `fetch` judges what only shows when connecting and reading. This room decides nothing about deliveries: what is
done when no movie could be had (its link is posted) is the engine's business.
"""
