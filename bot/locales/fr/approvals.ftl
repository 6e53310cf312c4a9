### Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ Un film attend une approbation
approvals-deadline-field = Décider avant le
approvals-deadline-value = { $time }. Après, il est annulé et remboursé.
approvals-decision-field = Décision
approvals-approve-button = Approuver
# Opens a form
approvals-decline-button = Refuser…

# In the list; $number: the movie's, from 1
approvals-list-approve-button = Approuver { $number }
approvals-list-decline-button = Refuser { $number }…
approvals-list-title = ✋ En attente d'approbation : { units-movies }
approvals-list-empty = Aucun film n'attend d'approbation.
approvals-list-footer = Page { $page } sur { $pages }
approvals-back-button = Précédent
approvals-next-button = Suivant
# $time: "in 2 days"
approvals-expires = expire { $time }
approvals-staff-only = Seule l'équipe de ce serveur peut voir cela. Tes propres films sont dans /movies.

# The form for declining
approvals-decline-modal-title = Refuser ce film
approvals-reason-label = Raison (facultatif)
approvals-reason-hint = Le membre la lit dans le salon où il a commandé le film.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Approuvé par { $staff }.
approvals-declined = ❌ Refusé par { $staff }.
approvals-declined-because = ❌ Refusé par { $staff } : « { $reason } »
approvals-lapsed = ⌛ Personne n'a décidé à temps : le film a été annulé et remboursé.
approvals-withdrawn = ↩️ { $member } l'a annulé.
approvals-not-offered = ↩️ Ce modèle ou cette durée n'est plus disponible : le film a été annulé et remboursé.
approvals-waived = ▶️ Il a démarré sans approbation, car je ne pouvais pas écrire dans le salon de l'équipe.
approvals-ended = ↩️ Il n'attend plus d'approbation.

# What a staff member reads whose press changed nothing
approvals-own = Tu ne peux pas approuver un film que tu as demandé ou auquel tu as participé. Quelqu'un d'autre de l'équipe le peut.
approvals-blocked = { $member } est bloqué. Un gestionnaire du serveur doit d'abord débloquer ce membre avec /quota unblock. Tu peux aussi refuser le film.
approvals-blocked-everywhere = L'opérateur du bot a bloqué { $member }, ce film ne peut donc pas démarrer. Tu peux le refuser.
approvals-paused = L'opérateur du bot n'accepte pas de films de ce serveur pour le moment. Réessaie plus tard, ou refuse-le.
approvals-prompt = Ce prompt enfreint une règle ajoutée au filtre de prompts après la commande. Refuse le film. Si la règle est celle de ce serveur, un gestionnaire peut aussi la changer avec /setup.
approvals-unknown = Je ne retrouve plus ce film.
approvals-reason-too-long = Cette raison est trop longue. Utilise { $max } caractères au plus.
