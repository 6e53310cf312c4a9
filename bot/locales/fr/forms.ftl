### Le formulaire d'un film, et les options d'un film en toutes lettres.

forms-new-modal-title = Créer un film
forms-remix-modal-title = Remixer ce film
forms-edit-modal-title = Modifier ton film

forms-prompt-label = Prompt
forms-prompt-hint = Jusqu'à { $characters } caractères. Laisse vide, et je te fais une surprise.
forms-prompt-cut-hint = Ton message a été coupé à { $characters } caractères.
forms-duration-label = Durée (secondes)
forms-duration-hint = { $min }–{ $max }
forms-video-model-label = Modèle vidéo
forms-video-model-placeholder = Automatique (le meilleur pour le format)
forms-image-model-label = Modèle d'image
forms-image-model-placeholder = Automatique
forms-aspect-ratio-label = Format

# Un seul menu pour le format, les sous-titres, le ton et la langue
forms-options-label = Format et options
forms-options-hint = Choisis-en autant que tu veux, mais une seule langue.
forms-default-hint = Par défaut : { $choice }
forms-subtitles-option = Sous-titres
forms-subtitles-hint = Afficher les paroles à l'écran
forms-tone-option = Ton : { $tone }
forms-language-hint = Langue parlée (une seule)
