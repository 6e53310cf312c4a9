### Publié là où le bot arrive, dans la langue du serveur

welcome-greeting =
    👋 Salut, moi c'est Matinee, et je transforme les mots en courts films. Tape { $movie } et décris une scène, par exemple :
    > { -example-prompt }
    Les films coûtent des crédits, et tout le monde ici en reçoit chaque mois : { $help } montre les tiens et les prix. { -managers } trouvent les limites dans { $quota }.
