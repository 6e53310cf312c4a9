### Options invalides, permissions manquantes et erreurs

errors-problems-title = { $problems ->
    [one] Il y a { $problems } chose à corriger
   *[other] Il y a { $problems } choses à corriger
}
errors-prompt-blank = Ton prompt est vide. Décris ton film en { $max } caractères au plus.
errors-prompt-too-long = Ton prompt fait { $characters } caractères ; la limite est de { $max }. La plupart des emojis comptent pour deux ou plus.
errors-duration = « { $value } » n'est pas une durée valide. Saisis un nombre entier de secondes, de { $min } à { $max }.
errors-no-duration = Saisis une durée en secondes entières, de { $min } à { $max }.
errors-video-model = Le modèle vidéo « { $value } » n'est pas disponible. Choisis parmi : { $names }.
errors-video-model-aspect-ratio = { $model } ne gère pas le { $ratio }. Essaie plutôt : { $names }.
errors-image-model = Le modèle d'image « { $value } » n'est pas disponible. Choisis parmi : { $names }.
errors-aspect-ratio = « { $value } » n'est pas un format valide. Choisis parmi : { $names }.
errors-no-model = Aucun modèle vidéo ne gère le { $ratio } en ce moment. Choisis un autre format.
errors-language = « { $value } » n'est pas une langue disponible. Choisis parmi : { $names }.
errors-no-language = Ce bot ne permet pas de choisir la langue en ce moment. Laisse cette option vide.
errors-several-languages = Un film a une seule langue parlée, et tu en as choisi plusieurs : { $names }.
errors-subtitles = Choisis True ou False pour les sous-titres.
errors-no-subtitles = Ce bot n'a pas de sous-titres en ce moment. Laisse cette option vide.
errors-tone = « { $value } » n'est pas un ton disponible. Choisis parmi : { $names }.
errors-no-tone = Ce bot ne permet pas de choisir le ton en ce moment. Laisse cette option vide.
errors-more-models = { $models ->
    [one] { $models } autre
   *[other] { $models } autres
}
errors-not-charged = { -not-charged }

errors-missing-permissions = Il me manque dans ce salon : { $permissions }. Demande à un gestionnaire du serveur. { -not-charged }

errors-view-channel = Voir le salon
errors-send-messages = Envoyer des messages
errors-send-messages-in-threads = Envoyer des messages dans les fils
errors-embed-links = Intégrer des liens
errors-attach-files = Joindre des fichiers
errors-read-message-history = Voir les anciens messages
errors-manage-threads = Gérer les fils

errors-empty-message = Ce message n'a pas de texte à transformer en film. Décris-en un avec /movie. { -not-charged }
errors-only-in-servers = Je ne fonctionne que sur les serveurs, pas en MP. { -not-charged }
errors-internal = Quelque chose s'est mal passé de mon côté. { -not-charged } Réessaie dans un instant.
errors-restarting = Je redémarre. Réessaie dans une minute. { -not-charged }
errors-invalid-option = Ce choix n'est pas valide. Choisis dans la liste. { -not-charged }
errors-server-not-loaded = Je suis encore en train de charger ce serveur. Réessaie dans une minute. Rien n'a été modifié.
errors-outdated = J'ai été mis à jour. Relance la commande. { -not-charged }
errors-order-voided = Le démarrage a pris trop de temps : j'ai tout annulé et remboursé tes crédits. Réessaie.
errors-not-queued = Je n'ai pas pu mettre ton film en file d'attente, il ne sera donc pas fait. Tes crédits seront remboursés d'ici une minute ou deux ; réessaie ensuite.
