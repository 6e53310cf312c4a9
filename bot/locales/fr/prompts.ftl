### Les boutons d'un prompt sous son prix, et les mots qui l'améliorent.

prompts-surprise-button = Surprends-moi
prompts-improve-button = Améliorer mon prompt
prompts-back-button = Revenir à mon prompt
prompts-style-placeholder = Choisir un style
prompts-no-style-option = Aucun style

prompts-no-room = Il n'y a plus de place : un prompt compte jusqu'à { $characters } caractères. Raccourcis d'abord le tien.
prompts-style-gone = Ce style n'est plus disponible. Choisis-en un autre.

prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Plan d'ensemble large
        [1] Gros plan intime
        [2] Contre-plongée
        [3] Vue du ciel
        [4] Plan par-dessus l'épaule
        *[5] Composition symétrique
    }

prompts-light =
    { $variant ->
        [0] lumière dorée du soir
        [1] brume douce du matin
        [2] clair de lune froid
        [3] lumière chaude d'une lampe
        [4] contre-jour spectaculaire
        *[5] soleil à travers les feuilles
    }

prompts-camera =
    { $variant ->
        [0] lent travelling avant
        [1] travelling fluide
        [2] caméra à l'épaule discrète
        [3] mouvement de grue ascendant
        [4] lente rotation autour du sujet
        *[5] faible profondeur de champ
    }

prompts-mood =
    { $variant ->
        [0] ambiance onirique
        [1] émerveillement discret
        [2] énergie espiègle
        [3] chaleur nostalgique
        [4] attente tendue
        *[5] grandeur épique
    }
