### /pitch : un film que des membres paient ensemble. Le message public, et ce que lit seulement qui a appuyé.

# The public message. $time: "in 3 days"
pitch-open-title = 🎟️ Faisons ce film ensemble
pitch-waiting-title = ⏳ Entièrement financé, en attente de création
pitch-funded-title = 🎬 Financé : le film est commandé
pitch-ended-title = Cette proposition est terminée
pitch-movie-field = Film
pitch-member-field = Proposé par
pitch-credits-field = Crédits
pitch-progress = { $pledged } sur { $price } · { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} · fin { $time }
# What goes on while it waits, after each of the reasons
-pitch-keep-trying = Je réessaie jusqu'à la fin de la proposition ; si je n'ai pas pu commander le film d'ici là, tout le monde est remboursé.
pitch-waits-plan = Ce bot ne peut plus faire de films ce mois-ci. { -pitch-keep-trying }
pitch-waits-server = Le budget de ce serveur ne suffit pas encore. { -pitch-keep-trying }
pitch-waits-busy = Trop de films sont en cours. { -pitch-keep-trying }
pitch-waits-paused = Les nouveaux films sont en pause. { -pitch-keep-trying }
pitch-waits-member = Le film ne peut pas être commandé pour le moment. { -pitch-keep-trying }
pitch-ended-funded = Elle est entièrement financée, et le film est commandé.
pitch-ended-lapsed = Le délai a expiré avant que le film puisse être commandé. Tout le monde a été remboursé.
pitch-ended-withdrawn = Le membre qui l'a faite l'a retirée. Tout le monde a été remboursé.
pitch-ended-removed = L'équipe de ce serveur l'a supprimée. Tout le monde a été remboursé.
pitch-ended-prompt = Son prompt est contraire aux règles de ce serveur. Tout le monde a été remboursé.
pitch-ended-not-offered = Son modèle ou sa durée n'est plus disponible ici. Tout le monde a été remboursé.
pitch-ended-restored = J'ai été restauré depuis une sauvegarde, alors je l'ai fermée. Tout le monde a été remboursé.
pitch-ended-server-left = J'ai été retiré du serveur. Tout le monde a été remboursé.
pitch-ended-gone = Son message ou son salon a été supprimé. Tout le monde a été remboursé.

pitch-add-button = Mettre { $credits }
pitch-rest-button = Le reste ({ $credits })
pitch-other-button = Autre montant
pitch-back-button = Reprendre mes crédits
pitch-vote-button = Voter ({ $votes })
pitch-withdraw-button = Retirer la proposition
pitch-withdraw-confirm-button = Retirer cette proposition
pitch-remove-button = Supprimer la proposition
pitch-remove-confirm-button = Supprimer cette proposition
pitch-other-modal-title = Participer avec un autre montant
pitch-amount-label = Combien de crédits ?
pitch-amount-hint = Il manque encore { units-credits }. Si le film ne se fait pas, tes crédits sont remboursés.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = Tu as mis { $share }. Ton total : { $mine }. Il manque encore { $missing }. Tes crédits restent réservés, et tu peux les reprendre tant que la proposition n'est pas financée.
pitch-month-ends = 🗓️ Cela comprend { units-credits } de l'allocation de ce mois, qui se termine { $time } avec le mois. Si la proposition n'est pas financée d'ici là, cette part est perdue.
pitch-completed = 🎉 Avec ta participation ({ $share }), le compte y est ! Le film est commandé. Tu peux suivre sa progression ici.
pitch-completed-approval = 🎉 Avec ta participation ({ $share }), le compte y est ! L'équipe de ce serveur doit d'abord approuver le film. Si personne ne le fait sous 48 heures, tout le monde est remboursé.
pitch-completed-waiting = 🎉 Avec ta participation ({ $share }), le compte y est !
pitch-taken-back = Tu as repris { $share }. Il manque encore { $missing }.
pitch-shortfall = Cela fait { $price }, mais il ne te reste que { $left }. { -not-charged } Mets moins, ou attends : tes crédits se renouvellent { $time }.
pitch-too-much = C'est trop : il ne manque plus que { $missing }. { -not-charged }
pitch-complete = Cette proposition est déjà entièrement financée. Son film attend d'être créé.
pitch-no-pledge = Tu n'as pas de crédits dans cette proposition.
pitch-not-yours = Il n'y a que { $member } qui peut retirer cette proposition. Pour récupérer tes propres crédits, appuie sur « { pitch-back-button } ».
pitch-too-many = Tu as déjà { $pitches } propositions ouvertes ici, c'est la limite. Retires-en une ou attends la fin de l'une d'elles.
pitch-failing = Tes { $failures } derniers films de ce prompt ont échoué : les autres ne devraient pas payer pour le prochain. Propose un autre prompt, ou crée d'abord ce film toi-même avec /movie.
pitch-voted = Tu as voté pour cette proposition. Les votes sont gratuits et ne changent que l'ordre dans /pitches.
pitch-voted-already = Tu as déjà voté pour cette proposition.
pitch-unknown = Je ne trouve pas cette proposition ici. Tape /pitches pour voir celles qui sont en cours.
pitch-over = Cette proposition est terminée.
pitch-handled = C'est déjà fait. Tu as { $mine } dans cette proposition.
pitch-amount-invalid = Écris un nombre entier de crédits, par exemple 25. { -not-charged }
pitch-never-fits-server = Ce film coûte { $price }, et le budget du serveur pour un mois entier est de { $left }. Propose un film plus court.
pitch-never-fits-queue = Ce film coûte { $price }, mais les films en file d'attente d'un membre ne peuvent pas coûter plus de { $left } au total. Propose un film plus court.
pitch-never-fits-bot = Ce film coûte { $price }, plus que ce que le bot peut dépenser en un mois. Propose un film plus court.
pitch-withdraw-question = Retirer cette proposition ? Tout le monde est remboursé, et plus personne ne peut participer.
pitch-withdrawn = Retirée. Tout le monde est remboursé.
pitch-remove-question = Supprimer cette proposition ? Son prompt est masqué, et tout le monde est remboursé.
pitch-removed = Supprimée. Tout le monde est remboursé.
pitch-not-posted = Discord n'a pas confirmé ta proposition, alors je l'ai retirée. Réessaie, s'il te plaît.
