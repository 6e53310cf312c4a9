### Où se trouve le lien d'un film, dans le message qui l'annonce

links-below = Son lien est long : il est ci-dessous, et dans /movies.
links-in-movies = Son lien est trop long pour un message. La personne qui a demandé le film le trouve dans /movies.
links-in-file = Son lien est trop long pour un message, il est donc dans le fichier joint.
links-unsafe = Ce lien ne peut pas être publié ici. Ouvre le film dans le Studio.
links-watch = Regarder
links-jump = Aller au message
