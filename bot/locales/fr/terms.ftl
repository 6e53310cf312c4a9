### Mots pour des personnes et des choses, repris dans tous les domaines, par ex. { -managers }.

-managers = Les gestionnaires du serveur
