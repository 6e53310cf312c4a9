### Demandes de crédits : le bouton, les réponses lues par une seule personne, et le MP qui prévient le membre.

requests-ask-button = En demander plus
requests-ask-managers = Il t'en faut plus ? Un gestionnaire du serveur peut te donner des crédits bonus.
requests-sent = J'ai demandé { units-bonus-credits } pour toi aux gestionnaires du serveur. Tu auras leur réponse par MP.
requests-asked-today = Tu as déjà fait une demande aujourd'hui. Tu pourras recommencer { $time }.
requests-enough = Tu as maintenant assez de crédits, je n'ai donc rien demandé.
requests-no-channel = D'ici, je ne peux pas joindre les gestionnaires du serveur. Demande directement à l'un d'eux.
requests-no-help = Je n'ai rien demandé, car plus de crédits n'aideraient pas : ce serveur ne peut plus dépenser autant ce mois-ci.

requests-grant-button = Accorder { $credits }
requests-decline-button = Refuser

requests-already-answered = { $manager } a déjà répondu à cette demande.
requests-unknown = Je ne retrouve plus cette demande. Tu peux toujours utiliser /quota grant.
requests-blocked = { $member } est bloqué, rien n'a donc été accordé. Débloque d'abord ce membre avec /quota unblock.
requests-blocked-everywhere = L'opérateur du bot a bloqué { $member }, rien n'a donc été accordé.
requests-server-budget = Le budget du serveur ne suffit plus ce mois-ci pour le film de { $member }, rien n'a donc été accordé. Augmente-le avec /quota server, puis appuie de nouveau.
requests-operator-limit = L'opérateur du bot ne laisse pas ce serveur dépenser assez ce mois-ci pour le film de { $member }, rien n'a donc été accordé.

requests-answer-granted = 🎉 Tu as reçu { units-bonus-credits } dans { $place }. Les crédits bonus n'expirent jamais. Fais ton film avec /movie.
requests-answer-declined = Un gestionnaire du serveur a refusé ta demande de { units-bonus-credits } dans { $place }.
requests-answer-unposted = Je n'ai pas pu transmettre ta demande de { units-bonus-credits } dans { $place }, car je ne peux pas écrire dans le salon de l'équipe. Demande directement à un gestionnaire du serveur.
