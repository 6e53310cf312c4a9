### Idées de film, composées de trois listes : qui, fait quoi, et où.

ideas-prompt = { $who } { $does } { $where }.

ideas-who =
    { $variant ->
        [0] Un renard mécanique
        [1] Un gardien de phare timide
        [2] Une minuscule astronaute
        [3] Une vieille capitaine
        [4] Un dragon de papier
        [5] Un robot curieux
        [6] Un géant ensommeillé
        [7] Une musicienne des rues
        [8] Une baleine volante
        [9] Une chouette blanche
        [10] Un gentil fantôme
        *[11] Un jeune boulanger
    }

ideas-does =
    { $variant ->
        [0] apprend à danser
        [1] ouvre une porte secrète
        [2] suit une piste de lumière
        [3] bâtit un pont de musique
        [4] apprivoise une tempête
        [5] plante une forêt lumineuse
        [6] fait la course contre une étoile filante
        [7] retrouve une mélodie perdue
        [8] peint le ciel nocturne
        [9] veille sur un œuf d'or
        [10] réveille une ville endormie
        *[11] attrape le dernier rayon de soleil
    }

ideas-where =
    { $variant ->
        [0] dans une ville au-dessus des nuages
        [1] au fond de la mer
        [2] à bord d'un train de nuit sous la neige
        [3] dans une bibliothèque sans fin
        [4] sur une planète minuscule
        [5] à la fête foraine de minuit
        [6] dans un jardin de verre
        [7] sur un toit sous la pluie
        [8] à l'intérieur d'une horloge géante
        [9] sur un lac gelé à l'aube
        [10] au marché flottant
        *[11] sous un double arc-en-ciel
    }
