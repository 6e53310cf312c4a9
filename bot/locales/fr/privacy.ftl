### /privacy, et ce qui reste des films dont le texte a été supprimé

privacy-prompt-gone = (prompt supprimé)
privacy-link-gone = Le lien vers ce film a été supprimé.
privacy-not-again = Le prompt de ce film a été supprimé, je ne peux donc pas le refaire. Crées-en un nouveau avec /movie. { -not-charged }
