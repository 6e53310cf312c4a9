### Descriptions dans la liste des commandes de Discord : 100 caractères au plus.

commands-movie = Transformer un prompt en film
commands-movie-prompt = Ce qui se passe dans ton film (jusqu'à { $characters } caractères)
commands-movie-duration = Durée en secondes, { $min }–{ $max } (par défaut : ta dernière, ou { $default })
commands-movie-video-model = Modèle vidéo (par défaut : ton dernier, ou le meilleur pour le format)
commands-movie-image-model = Modèle d'image (par défaut : ton dernier, ou automatique)
commands-movie-aspect-ratio = Format (par défaut : ton dernier, ou 16:9)
commands-movie-language = Langue parlée (par défaut : ta dernière, ou automatique)
commands-movie-subtitles = Afficher des sous-titres (par défaut : ton dernier choix, ou non)
commands-movie-tone = Ton (par défaut : ton dernier, ou réaliste)

# Formats, aussi dans les formulaires et les menus
commands-wide = Paysage (16:9)
commands-tall = Portrait (9:16)

# Langue parlée dans un film, aussi dans les formulaires et les menus
commands-language-auto = Automatique
commands-language-english = Anglais
commands-language-spanish = Espagnol
commands-language-french = Français
commands-language-japanese = Japonais
commands-language-thai = Thaï
commands-language-chinese = Chinois
commands-language-bengali = Bengali
commands-language-hindi = Hindi
commands-language-sanskrit = Sanskrit
commands-language-latin = Latin

# Façon de raconter l'histoire
commands-tone-grounded = Réaliste
commands-tone-cinematic = Cinématographique

# Dans le menu d'un message, sous Applications
commands-make-movie-menu = Transformer en film

commands-credits = Ton solde et l'historique de tes dépenses
commands-credits-member = Voir les crédits d'un autre membre (gestionnaires uniquement)

commands-movies = Parcourir tes films
commands-movies-member = Voir les films d'un autre membre (gestionnaires uniquement)
commands-movies-show = Filtre (par défaut : tous)
commands-movies-id = Ouvrir un film par son ID, en bas de son message
commands-movies-all = Tous
commands-movies-in-progress = En cours
commands-movies-ready = Prêts
commands-movies-failed = Échoués ou annulés
commands-movies-pending = En attente d'approbation (équipe uniquement)
commands-gift = Offrir des crédits bonus à un autre membre
commands-gift-member = Membre
commands-gift-credits = Nombre de crédits bonus
commands-top = Les meilleurs films, créateurs et mécènes de ce serveur sur un mois
commands-top-month = Mois au format AAAA-MM, p. ex. 2026-11 (par défaut : ce mois-ci)

commands-pitch = Proposer un film que les membres de ce serveur paient ensemble
commands-pitches = Trouver des propositions auxquelles participer
commands-pitches-sort = Ce qui vient d'abord (par défaut : presque financées)
commands-pitches-missing = Presque financées
commands-pitches-votes = Plus de votes
commands-pitches-age = Plus récentes

commands-preferences = Choisir tes réglages par défaut et où vont tes films
commands-help = Comment je marche et combien ça coûte
commands-privacy = Voir, exporter ou supprimer ce que je conserve à ton sujet

commands-quota = Gérer les crédits de ce serveur
commands-quota-credits = Nombre de crédits
commands-quota-monthly-credits = Crédits par mois (vide : voir la valeur actuelle)
commands-quota-member = Membre
commands-quota-reason = Raison (notée dans le journal)
commands-quota-show = Afficher les limites de ce serveur ou d'un membre
commands-quota-show-member = Afficher les limites de ce membre
commands-quota-default = Définir l'allocation mensuelle par défaut des membres
commands-quota-server = Définir le budget mensuel de ce serveur
commands-quota-set-member = Définir l'allocation mensuelle d'un membre
commands-quota-role = Définir l'allocation mensuelle d'un rôle
commands-quota-role-role = Rôle
commands-quota-grant = Donner à un membre des crédits bonus sans date d'expiration
commands-quota-take = Retirer des crédits bonus à un membre
commands-quota-block = Empêcher un membre de faire des films
commands-quota-block-hours = Durée en heures (vide : jusqu'au déblocage)
commands-quota-unblock = Débloquer un membre
commands-quota-reset = Remettre à zéro la consommation d'un membre ce mois-ci
commands-quota-clear = Supprimer une limite
commands-quota-clear-default = Revenir à l'allocation par défaut du bot
commands-quota-clear-server = Supprimer le budget de ce serveur
commands-quota-clear-member = Supprimer l'allocation personnelle d'un membre
commands-quota-clear-role = Supprimer l'allocation d'un rôle
commands-quota-report = Rapport mensuel
commands-quota-report-month = Mois au format AAAA-MM, par ex. 2026-11 (par défaut : ce mois-ci)

commands-setup = Choisir où, par qui et comment les films sont faits sur ce serveur
commands-setup-panel = Voir et changer la configuration de ce serveur
commands-setup-export = Télécharger la configuration de ce serveur en fichier JSON
commands-setup-import = Appliquer la configuration d'un fichier JSON (tu vois d'abord les changements)
commands-setup-import-file = Un fichier de /setup export
