### /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 Tu as offert { units-bonus-credits } à { $member }. Je le lui fais savoir.
gifts-off = Les cadeaux sont désactivés sur ce serveur. Les gestionnaires du serveur peuvent les activer avec /setup.
gifts-erasing = Rien n'a été offert : tu m'as demandé de supprimer tes données.
gifts-paused = Rien n'a été offert : l'opérateur du bot l'a suspendu ici.
gifts-too-fast = Rien n'a été offert. C'était rapide ! Tu pourras offrir à nouveau { $time }.
gifts-self = Tu ne peux pas t'offrir de crédits.
gifts-blocked = Tu ne peux pas offrir de crédits tant que tu es bloqué.
gifts-recipient-blocked = Ce membre ne peut pas recevoir de crédits pour le moment.
gifts-over-bound = Rien n'a été offert : c'est plus que ce que tu peux encore offrir aujourd'hui sur ce serveur ({ units-bonus-credits }). La limite se renouvelle à minuit UTC.
gifts-too-few = Rien n'a été offert. Tu as { units-bonus-credits } ; ton allocation ne peut pas être offerte.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } t'a offert { units-bonus-credits } le { $time } dans { $place }. Les crédits bonus n'expirent jamais.
gifts-received-here = 🎁 { $recipient }, { $member } t'a offert { units-bonus-credits } le { $time }.
