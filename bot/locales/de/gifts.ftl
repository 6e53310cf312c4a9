### /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 Du hast { $member } { units-bonus-credits } geschenkt. Ich sage Bescheid.
gifts-off = Geschenke sind auf diesem Server aus. Die Server-Verwaltung kann sie mit /setup einschalten.
gifts-erasing = Es wurde nichts verschenkt: Du hast mich gebeten, deine Daten zu löschen.
gifts-paused = Es wurde nichts verschenkt: Der Betreiber des Bots hat ihn hier pausiert.
gifts-too-fast = Es wurde nichts verschenkt. Das ging schnell! Du kannst { $time } wieder etwas verschenken.
gifts-self = Du kannst dir selbst keine Credits schenken.
gifts-blocked = Du kannst keine Credits schenken, solange du gesperrt bist.
gifts-recipient-blocked = Dieses Mitglied kann gerade keine Credits bekommen.
gifts-over-bound = Es wurde nichts verschenkt: Das ist mehr, als du heute auf diesem Server noch verschenken kannst ({ units-bonus-credits }). Um Mitternacht UTC beginnt das Limit von vorn.
gifts-too-few = Es wurde nichts verschenkt. Du hast { units-bonus-credits }; dein Kontingent lässt sich nicht verschenken.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } hat dir am { $time } in { $place } { units-bonus-credits } geschenkt. Bonus-Credits verfallen nie.
gifts-received-here = 🎁 { $recipient }, { $member } hat dir am { $time } { units-bonus-credits } geschenkt.
