### /preferences : les choix par défaut d'un membre et la destination de ses films. Visible de lui seul.

preferences-title = Tes préférences
preferences-intro = /movie reprend tes derniers choix, sauf si tu en indiques d'autres.
preferences-empty = Aucun choix par défaut pour l'instant. Fais-les ici, ou je retiendrai ceux de ton prochain film.
preferences-cost = Un film de { $duration } coûte **{ $price }** ({ $rate }).
preferences-no-model = Aucun modèle ne prend ce format en charge pour le moment. Choisis-en un autre.
preferences-footer = Ce message n'est visible que par toi. Valable sur tous les serveurs.

preferences-choices-field = Tes choix
preferences-video-model = Modèle vidéo : { $choice }
preferences-image-model = Modèle d'image : { $choice }
preferences-duration = Durée : { $choice }
preferences-aspect-ratio = Format : { $choice }
preferences-language = Langue : { $choice }
preferences-subtitles = Sous-titres : { $choice }
preferences-tone = Ton : { $choice }

# Comment ce choix a été fait
preferences-auto = **{ $choice }** (automatique)
preferences-auto-unnamed = automatique
preferences-default = **{ $choice }** (par défaut)
preferences-unsupported = { $choice } ne prend pas ce format en charge, d'où le choix par défaut
preferences-unsupported-default = { $choice } ne prend pas ce format en charge, d'où le choix par défaut : **{ $other }**
preferences-unavailable = { $choice } n'est plus disponible, d'où le choix par défaut
preferences-unavailable-default = { $choice } n'est plus disponible, d'où le choix par défaut : **{ $other }**

preferences-video-model-placeholder = Modèle vidéo
preferences-image-model-placeholder = Modèle d'image
preferences-duration-placeholder = Durée
preferences-aspect-ratio-placeholder = Format
preferences-language-placeholder = Langue
preferences-subtitles-placeholder = Sous-titres
preferences-tone-placeholder = Ton

# La première option de chaque menu, qui rétablit le choix par défaut
preferences-video-model-option = Modèle vidéo : automatique (le meilleur pour le format)
preferences-image-model-option = Modèle d'image : automatique
preferences-duration-option = Durée : { $choice } (par défaut)
preferences-aspect-ratio-option = Format : { $choice } (par défaut)
preferences-language-option = Langue : { $choice } (par défaut)
preferences-subtitles-option = Sous-titres : { $choice } (par défaut)
preferences-tone-option = Ton : { $choice } (par défaut)

preferences-off-option = Non
preferences-on-option = Oui

preferences-delivery-field = Films terminés
preferences-channel-value = Publiés là où tu les as commandés, en te mentionnant
preferences-dm-value = Envoyés par MP, ou publiés sur le salon si tes MP sont fermés

preferences-channel-button = Mes films sur le salon
preferences-dm-button = Mes films par MP
preferences-unlist-button = Ne pas me montrer dans /top ni les galeries par étoiles
preferences-list-button = Me montrer dans /top et les galeries par étoiles
preferences-listing-field = Galerie et /top
preferences-unlisted-value = Les étoiles n'amènent tes films ni dans une galerie ni dans une soirée cinéma, et tu n'es pas dans /top.
preferences-unlisted = Désormais, les étoiles n'amènent plus tes films dans une galerie ni dans une soirée cinéma, et tu n'es plus dans /top.
preferences-listed = Les étoiles peuvent maintenant amener tes films dans une galerie, et tu peux être dans /top.
preferences-reset-button = Réinitialiser
preferences-extras-button = Langue, sous-titres, ton
preferences-back-button = Retour

preferences-not-offered = Ce choix n'est plus disponible. Choisis-en un autre ci-dessous.
preferences-dropped-aspect-ratio = { $model } ne prend pas en charge { $dropped } : ton format est maintenant { $choice }.
preferences-dropped-model = { $model } ne prend pas en charge { $choice } : j'ai pris le meilleur modèle pour ce format.
preferences-channel-set = À partir de ton prochain film, je publierai tes films terminés sur le salon.
preferences-dm-set = À partir de ton prochain film, je t'enverrai tes films terminés par MP.
preferences-reset = Tes préférences sont réinitialisées. Je retiendrai les choix de ton prochain film.
