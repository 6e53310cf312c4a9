### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the staff channel, too.

setup-title = Configuration du serveur
setup-intro = Ces règles valent ici pour tout le monde, gestionnaires compris, mais leurs films n'ont pas besoin d'approbation. Les changements prennent effet tout de suite et sont notés dans le journal.
setup-nothing-offered = ⚠️ Aucun des modèles autorisés n'est disponible pour l'instant : personne ne peut commander de film.
setup-problem = ⚠️ { $problem }

setup-members-field = Où et qui
setup-models-field = Modèles et durée
setup-defaults-field = Valeurs par défaut
setup-gallery-field = Films terminés
setup-approval-field = Approbation
setup-community-field = Communauté
setup-staff-field = Équipe
setup-filter-field = Filtre de prompts
setup-members-button = Où et qui
setup-models-button = Modèles et durée
setup-defaults-button = Valeurs par défaut
setup-gallery-button = Films terminés
setup-approval-button = Approbation
setup-community-button = Communauté
setup-staff-button = Équipe
setup-filter-button = Filtre de prompts
# Opens a form
setup-durations-button = Durées…
setup-rules-button = Règles du serveur…
setup-price-button = Au-dessus d'un prix…

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting } :** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting } : { $value }

# The settings
setup-channels = Salons pour les films
setup-roles = Qui peut faire des films
setup-video-models = Modèles vidéo
setup-image-models = Modèles d'image
setup-longest-seconds = Film le plus long
setup-default-video-model = Modèle vidéo par défaut
setup-default-image-model = Modèle d'image par défaut
setup-default-seconds = Durée par défaut
setup-default-aspect-ratio = Format par défaut
setup-language = Langue
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = Menu des messages
setup-gallery = Galerie
setup-gallery-stars = Étoiles nécessaires pour la galerie
setup-age = Règle d'âge
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = Règles prêtes à l'emploi
setup-filter-rules = Règles du serveur
setup-approval = L'équipe approuve
setup-approval-credits = Seulement les films à plus de
setup-trusted-roles = Rôles de confiance
setup-approval-fallback = Quand je ne peux pas écrire dans le salon de l'équipe
setup-gift-credits = Cadeaux par membre et par jour
setup-pitch-days = Durée d'une proposition
setup-movie-night = Soirée cinéma
setup-staff-channel = Salon de l'équipe
setup-staff-roles = Rôles de l'équipe

# Their values where nothing is set
setup-every-channel-option = Tous les salons
setup-everyone-option = Tout le monde
setup-all-option = Tous
setup-bot-limit-option = Aussi long que le bot le permet
setup-bot-default-option = Valeur du bot
setup-discord-language-option = La langue du serveur sur Discord
setup-order-channel-option = Le salon de la commande
setup-no-age-option = Aucune
setup-approval-off-option = Rien
setup-no-gifts-option = Désactivés
setup-a-week-option = 7 jours
setup-no-movie-night-option = Désactivée
setup-days-option = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
setup-every-movie-option = 0 étoile (tous les films)
setup-stars-option = { $stars ->
    [one] { $stars } étoile
   *[other] { $stars } étoiles
}
setup-any-price-option = 0 crédit (tous les prix)
setup-no-roles-option = Aucun
setup-approval-hold-option = Les films attendent
setup-none-option = Aucun
setup-managers-option = Seulement les gestionnaires du serveur

setup-message-menu-own-option = Ses propres messages
setup-message-menu-anyone-option = Les messages de tout le monde
setup-message-menu-off-option = Désactivé
setup-age-spoiler-option = Spoiler : masqué jusqu'à ce qu'on clique
setup-age-restricted-option = Seulement dans les salons soumis à une limite d'âge
setup-age-spoiler-note = Discord masque le film jusqu'à ce que quelqu'un clique. Le prompt reste lisible, et tout le monde peut cliquer.
setup-age-restricted-note = Les commandes ailleurs sont refusées, et aucun film terminé n'est publié dans un salon sans limite d'âge. C'est Discord qui décide qui peut ouvrir un tel salon : je ne peux vérifier l'âge de personne. Un film par MP ne va qu'au membre qui l'a commandé dans un tel salon.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Lundi, { $time } UTC
setup-movie-night-tuesday-option = Mardi, { $time } UTC
setup-movie-night-wednesday-option = Mercredi, { $time } UTC
setup-movie-night-thursday-option = Jeudi, { $time } UTC
setup-movie-night-friday-option = Vendredi, { $time } UTC
setup-movie-night-saturday-option = Samedi, { $time } UTC
setup-movie-night-sunday-option = Dimanche, { $time } UTC
# In the panel, below the day
setup-movie-night-note = Les 5 meilleurs films de la semaine selon leurs étoiles (au moins une). Je les publie dans la galerie ou, sans galerie, dans le salon du meilleur film.
setup-approval-untrusted-option = Les films des membres sans rôle de confiance
setup-approval-everyone-option = Les films de tous, sauf des gestionnaires
setup-approval-fallback-start-option = Les films démarrent sans approbation

# Of the prompt filter. $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-no-rules-option = Aucune
setup-preset-option = { $language } : { $category }
setup-rules-count =
    { $rules ->
        [one] { $rules } règle
       *[other] { $rules } règles
    }

# This language, as Discord's own list of languages names it
setup-this-language-option = Français

# The end of a list
setup-more = { $more } de plus
setup-deleted = { $more ->
    [one] ⚠️ { $more } supprimé
   *[other] ⚠️ { $more } supprimés
}

setup-durations-modal-title = Durées
setup-longest-seconds-label = Film le plus long (secondes)
setup-default-seconds-label = Durée par défaut (secondes)
setup-durations-hint = De { $min } à { $max }. Laisse vide pour la valeur du bot.
# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = Règles pour les prompts
setup-rules-label = Règles, une par ligne
setup-rules-more-label = Autres règles
setup-rules-hint = Un mot, deux mots, début*, *fin, *milieu*, ou un ... autre
setup-rules-wrong-title = Ces règles ne sont pas utilisables
setup-rules-kept = Rien n'a été modifié. Ton texte est dans le fichier joint ; le bouton le rouvre.
setup-rules-conflict = ⚠️ Quelqu'un d'autre a modifié les règles entre-temps, je n'ai donc rien enregistré. Ton texte est dans le fichier joint ; le bouton le rouvre, à la place des règles actuelles.
setup-rules-fix-button = Modifier ces règles…
setup-rules-line = Ligne { $line }, « { $rule } » : { $problem }
setup-rules-too-many = Un serveur peut avoir jusqu'à { $max } règles et { $room } caractères en tout. Ici : { $rules } règles et { $characters } caractères.
setup-rule-empty = elle n'a aucune lettre.
setup-rule-too-long = une règle a au plus { $max } caractères.
setup-rule-too-many-words = une règle a au plus { $max } mots.
setup-rule-word-too-long = un mot a au plus { $max } lettres.
setup-rule-star-inside = un astérisque ne peut être qu'au début ou à la fin d'un mot.
setup-rule-star-too-wide = un astérisque doit être accolé à au moins { $min } lettres.
setup-rule-gap-at-end = « ... » ne peut être qu'entre deux mots.
setup-rule-too-many-gaps = « ... » peut y être { $max } fois au plus.
setup-price-modal-title = Approbation au-dessus d'un prix
setup-approval-credits-label = Seulement au-dessus de (crédits)
setup-price-hint = Les films jusqu'à ce prix démarrent aussitôt. Laisse vide pour tous les prix.

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
setup-not-offered = « { $value } » n'est pas disponible. Choisis parmi { $names }.
setup-seconds-out-of-range = « { $value } » n'est pas une durée valide. Saisis un nombre entier de secondes, de { $min } à { $max }.
setup-credits-out-of-range = « { $value } » n'est pas un montant valable. Indique un nombre entier de crédits de { $min } à { $max }.
setup-stars-out-of-range = « { $value } » n'est pas un nombre d'étoiles valide. Saisis un nombre de { $min } à { $max }.
setup-days-out-of-range = « { $value } » n'est pas un nombre de jours valide. Saisis un nombre de { $min } à { $max }.
# $longest: "1 min"
setup-longer-than-longest = le film le plus long dure { $longest }, la durée par défaut ne peut pas le dépasser.
setup-not-in-server = « { $value } » n'est pas sur ce serveur.
setup-not-a-rule = « { $value } » ne peut pas être une règle : { $problem }
setup-everyone = { $value } n'est pas possible ici.
setup-missing-permissions = je ne peux pas écrire dans { $channel }. Donne-moi d'abord là-bas : { $permissions }.
setup-not-age-restricted = { $channel } n'a pas de limite d'âge : les films apparaissent donc là où ils ont été commandés.

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
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting } :** { $before } → { $after } (+{ $added }, −{ $removed })
setup-apply-button = Appliquer
setup-drop-button = Annuler
setup-import-nothing-new = Tout ce que contient ce fichier est déjà réglé ainsi.
setup-imported-title = ✅ Importé
setup-import-dropped = Rien n'a été importé.
