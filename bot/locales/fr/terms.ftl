### Mots pour des personnes et des choses, repris dans tous les domaines, par ex. { -managers }.

-managers = Les gestionnaires du serveur
-operator-notified = L'opérateur du bot a été prévenu.
-not-charged = Rien ne t'a été débité.
-in-progress-finish = Les films en cours seront terminés.
-example-prompt = Un bateau en papier traverse une rue pluvieuse la nuit, des néons se reflètent dans les flaques
