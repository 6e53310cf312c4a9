### /privacy, et ce qui reste des films dont le texte a été supprimé

privacy-prompt-gone = (prompt supprimé)
privacy-link-gone = Le lien vers ce film a été supprimé.
privacy-not-again = Le prompt de ce film a été supprimé, je ne peux donc pas le refaire. Crées-en un nouveau avec /movie. { -not-charged }
privacy-unnamed = un membre qui a supprimé ses données

privacy-title = Tes données
privacy-about = Je conserve ton identifiant, tes films et propositions avec leurs prompts et leurs liens, ton nom au moment de la commande, tes crédits et chaque changement, tes choix de /preferences, les films pour lesquels tu veux être prévenu, les propositions pour lesquelles tu as voté, les films auxquels tu as donné une étoile ou que tu as signalés (et pourquoi) et le début des prompts bloqués par les règles d'un serveur. Je ne conserve pas tes autres messages, sauf si quelqu'un en fait un film. Les prompts sont envoyés au service de films.
privacy-kept-field = Combien de temps
privacy-kept-value =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    } après la fin d'un film ou d'une proposition, je supprime son prompt, ses liens et ton nom. Ton identifiant et tes crédits restent jusqu'à ce que tu les supprimes, ou jusqu'à 30 jours après mon retrait d'un serveur.
privacy-kept-always-value = Jusqu'à ce que tu les supprimes, ou jusqu'à 30 jours après mon retrait d'un serveur.
privacy-elsewhere-field = Ce que je ne peux pas supprimer
privacy-elsewhere-value = Les messages déjà publiés sur Discord, sauf ceux de tes films si tu les supprimes aussi, et ce que conserve le service de films.
privacy-now-field = En ce moment
privacy-now-value = { units-movies }, tes crédits et leur historique, et tes préférences.
privacy-nothing = Rien n'est conservé à ton sujet.
privacy-export-button = Exporter
privacy-erase-button = Supprimer mes données
privacy-policy-button = Confidentialité
privacy-terms-button = Conditions d'utilisation
privacy-export-ready = Tout ce que je conserve à ton sujet : JSON pour les programmes, CSV pour les tableurs.
privacy-export-too-large = C'est trop pour un message Discord. Demande ton export à l'opérateur du bot.
privacy-question = { "**" }Supprimer tes données sur tous les serveurs ?** C'est définitif.
privacy-question-what = Tes films, liens, reçus et préférences disparaissent. Tes propositions ouvertes sont retirées, et ce que tu as mis dans celles des autres est remboursé.
privacy-question-waiting = En file d'attente : { units-movies }. Ce qui attend est annulé et remboursé.
privacy-question-open = En cours : { units-movies }. Tu reçois encore ce qui est en cours, puis c'est supprimé aussi. D'ici là, tu ne peux rien commander.
privacy-question-bonus = Tu perds { units-bonus-credits }.
privacy-question-memory = Ce que tu as dépensé ce mois-ci compte jusqu'à la fin du mois. Les blocages et les allocations de 0 restent valables jusqu'à leur fin. Tout est gardé sous un code qui ne te nomme pas.
privacy-question-messages = Les messages sur Discord restent, sauf si tu supprimes aussi ceux de tes films. Ceux des films auxquels d'autres ont participé restent.
privacy-confirm-button = Tout supprimer
privacy-confirm-messages-button = Tout supprimer, messages compris
privacy-keep-button = Garder mes données
privacy-erased = C'est fait. Tes données sont supprimées.
privacy-erased-with-messages = C'est fait. Tes données sont supprimées, et je supprime les messages de tes films.
privacy-erasing-soon = Je supprime tes données. Cela prend un instant.
privacy-erasing-later = Je supprime tes données. Encore en cours : { units-movies }. Tu reçois encore ce qui est en cours, puis c'est supprimé aussi. D'ici là, tu ne peux rien commander.
privacy-nothing-erased = OK, rien n'a été supprimé.
privacy-not-yours = Seule la personne qui a tapé /privacy peut utiliser ce bouton. Tape-le toi-même pour voir tes propres données.
privacy-too-often = Tu as supprimé tes données plusieurs fois. Tu pourras recommencer { $time }.
