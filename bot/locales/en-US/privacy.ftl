### /privacy, and what is left of movies whose words were deleted

privacy-prompt-gone = (prompt deleted)
privacy-link-gone = The link to this movie has been deleted.
privacy-not-again = This movie's prompt has been deleted, so I can't make it again. Make a new one with /movie. { -not-charged }
