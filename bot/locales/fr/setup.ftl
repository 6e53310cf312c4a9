### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the log channel, too.

setup-title = Configuration du serveur
setup-intro = Ces règles valent ici pour tout le monde, gestionnaires compris. Les changements prennent effet tout de suite et sont notés dans le journal.
setup-nothing-offered = ⚠️ Aucun des modèles autorisés n'est disponible pour l'instant : personne ne peut commander de film.

setup-members-field = Où et qui
setup-models-field = Modèles et durée
setup-defaults-field = Valeurs par défaut
setup-members-button = Où et qui
setup-models-button = Modèles et durée
setup-defaults-button = Valeurs par défaut
# Opens a form
setup-durations-button = Durées…

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting } :** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting } : { $value }

# The settings
setup-channels = Salons pour les films
setup-roles = Qui peut faire des films
setup-video-models = Modèles vidéo
setup-image-models = Modèles d'image
setup-longest = Film le plus long
setup-default-video-model = Modèle vidéo par défaut
setup-default-image-model = Modèle d'image par défaut
setup-default-duration = Durée par défaut
setup-default-aspect-ratio = Format par défaut
setup-language = Langue
# Whose messages can be turned into movies, in the menu of a message
setup-messages = Menu des messages

# Their values where nothing is set
setup-every-channel-option = Tous les salons
setup-everyone-option = Tout le monde
setup-all-option = Tous
setup-bot-limit-option = Aussi long que le bot le permet
setup-bot-default-option = Valeur du bot
setup-discord-language-option = La langue du serveur sur Discord

setup-menu-own-option = Ses propres messages
setup-menu-anyone-option = Les messages de tout le monde
setup-menu-off-option = Désactivé

# This language, as Discord's own list of languages names it
setup-this-language-option = Français

# The end of a list
setup-more = { $more } de plus
setup-deleted = ⚠️ { $more } supprimés

setup-durations-modal-title = Durées
setup-longest-label = Film le plus long (secondes)
setup-default-duration-label = Durée par défaut (secondes)
setup-duration-hint = De { $min } à { $max }. Laisse vide pour la valeur du bot.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Quelqu'un d'autre a changé ça entre-temps, je n'ai donc rien enregistré. Voici où on en est.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ Rien n'a été changé. { $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting } : { $problem }
setup-not-a-list = « { $value } » n'est pas une liste.
setup-too-many = choisis-en { $max } au plus.
setup-not-an-id = « { $value } » n'est pas un identifiant Discord.
setup-not-available = « { $value } » n'est pas disponible. Choisis parmi { $names }.
setup-out-of-range = « { $value } » n'est pas une durée valide. Saisis des secondes entières, de { $min } à { $max }.
# $longest: "1 min"
setup-longer-than-longest = le film le plus long dure { $longest }, la durée par défaut ne peut pas le dépasser.
setup-not-here = « { $value } » n'est pas sur ce serveur.

# Export and import of a file
setup-exported = Voici la configuration de ton serveur. Modifie-la, garde-la ou réutilise-la ailleurs avec /setup import.
setup-file-too-large = Ce fichier est trop grand : une configuration fait au plus { $max } Ko.
setup-file-unreadable = Je n'ai pas pu récupérer ce fichier sur Discord. Réessaie.
setup-file-problems-title = Impossible d'importer ce fichier
# $problem: one of the next, or a problem above
setup-file-line = Ligne { $line } : { $problem }
setup-file-line-key = Ligne { $line }, `{ $key }` : { $problem }
setup-file-not-json = ce n'est pas du JSON valide.
setup-file-not-an-object = ce doit être un objet JSON : { "{ … }" }.
setup-file-other-version = ce doit être 1, comme dans un fichier de /setup export.
setup-file-unknown-key = ce réglage n'existe pas.
setup-file-duplicate-key = il apparaît plusieurs fois dans le fichier.
setup-import-title = Appliquer ces changements ?
setup-import-intro = Rien n'a encore changé. Ce que le fichier ne contient pas reste tel quel.
setup-import-conflict = ⚠️ La configuration a changé entre-temps, je n'ai donc rien enregistré. Voici les changements à présent.
# $before, $after: values
setup-difference = **{ $setting } :** { $before } → { $after }
setup-apply-button = Appliquer
setup-drop-button = Annuler
setup-import-nothing-new = Tout ce que contient ce fichier est déjà réglé ainsi.
setup-imported-title = ✅ Importé
setup-import-dropped = Rien n'a été importé.
