### What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members }: Der Filmvorschlag, zu dem du etwas beigetragen hast, ist finanziert, und sein Film ist bestellt: { $pitch }
pledges-funded-direct = 🎬 Der Filmvorschlag, zu dem du etwas beigetragen hast, ist finanziert, und sein Film ist bestellt. Dein Anteil: { units-credits }. { $pitch }
pledges-approval = 🎬 { $members }: Der Filmvorschlag, zu dem du etwas beigetragen hast, ist finanziert. Erst muss das Team dieses Servers den Film freigeben. Tut das niemand rechtzeitig, werden alle Credits erstattet. { $pitch }
pledges-approval-direct = 🎬 Der Filmvorschlag, zu dem du etwas beigetragen hast, ist finanziert. Erst muss das Team des Servers den Film freigeben. Tut das niemand rechtzeitig, werden alle Credits erstattet. Dein Anteil: { units-credits }. { $pitch }
pledges-returned = ↩️ { $members }, deine Credits wurden erstattet. { $why }{ $pitch }
pledges-returned-direct = ↩️ { units-credits } erstattet. { $why }{ $pitch }
pledges-over = 🎟️ { $members }, dein Vorschlag ist beendet. { $why }{ $pitch }
pledges-over-direct = 🎟️ Dein Vorschlag ist beendet. { $why }{ $pitch }
pledges-lapsed = 🗓️ { $members }, ein neuer Monat hat begonnen. Das Kontingent vom letzten Monat zählt für diesen Vorschlag nicht mehr. Mach noch einmal mit, wenn du den Film weiter möchtest: { $pitch }
pledges-lapsed-direct = { $credits ->
    [one] 🗓️ Ein neuer Monat hat begonnen. { units-credits } aus dem Kontingent vom letzten Monat zählt für diesen Vorschlag nicht mehr. Mach noch einmal mit, wenn du den Film weiter möchtest: { $pitch }
   *[other] 🗓️ Ein neuer Monat hat begonnen. { units-credits } aus dem Kontingent vom letzten Monat zählen für diesen Vorschlag nicht mehr. Mach noch einmal mit, wenn du den Film weiter möchtest: { $pitch }
}
pledges-waiting = ⏳ { $members }: Der Filmvorschlag, zu dem du etwas beigetragen hast, ist voll finanziert, aber sein Film kann noch nicht bestellt werden. Ich versuche es weiter, bis der Vorschlag endet. Klappt es bis dahin nicht, werden alle Credits erstattet. { $pitch }
pledges-waiting-direct = ⏳ Der Filmvorschlag, zu dem du etwas beigetragen hast, ist voll finanziert, aber sein Film kann noch nicht bestellt werden. Ich versuche es weiter, bis der Vorschlag endet. Klappt es bis dahin nicht, werden alle Credits erstattet. Dein Anteil: { units-credits }. { $pitch }
pledges-made = 🎬 { $members }, der Film, zu dem du etwas beigetragen hast, ist fertig. Du findest ihn unter /movies. Der Vorschlag dazu: { $pitch }
pledges-made-direct = 🎬 Der Film, zu dem du etwas beigetragen hast, ist fertig. Du findest ihn unter /movies. Dein Anteil: { units-credits }. Der Vorschlag dazu: { $pitch }

# Why credits came back
pledges-why-lapsed = Die Zeit war um, bevor der Film bestellt werden konnte.
pledges-why-withdrawn = Der Vorschlag wurde zurückgezogen.
pledges-why-removed = Das Team des Servers hat den Vorschlag entfernt.
pledges-why-prompt = Der Prompt des Vorschlags verstößt gegen die Regeln des Servers.
pledges-why-not-offered = Das Modell oder die Dauer des Vorschlags gibt es nicht mehr.
pledges-why-restored = Der Bot wurde aus einer Sicherung wiederhergestellt, deshalb endete der Vorschlag.
pledges-why-server-left = Ich wurde von diesem Server entfernt.
pledges-why-gone = Die Nachricht oder der Kanal des Vorschlags wurde gelöscht.
pledges-why-not-made = Der Film ist nicht entstanden.
pledges-why-not-made-late = Der Film ist nicht entstanden. Der Monat der Zahlung ist vorbei, deshalb gibt es dafür Bonus-Credits.

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, der Film, zu dem du etwas beigetragen hast, wurde abgebrochen. Die fertigen Schritte wurden aus euren Anteilen bezahlt. Was übrig blieb, wurde erstattet. { $pitch }
pledges-charged-direct = ↩️ Der Film, zu dem du etwas beigetragen hast, wurde abgebrochen. Die fertigen Schritte haben dich { $spent } gekostet. Erstattet: { $refunded }. { $pitch }

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Bezahlt von { $names }.
pledges-paid-by-more = { $more ->
    [one] Bezahlt von { $names } und { $more } weiteren Mitglied.
   *[other] Bezahlt von { $names } und { $more } weiteren Mitgliedern.
}
pledges-paid-by-unnamed = { $more ->
    [one] Bezahlt von { $more } Mitglied.
   *[other] Bezahlt von { $more } Mitgliedern.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = { "**" }{ $cost }** gemeinsam ausgegeben
pledges-refunded = Alle haben ihre Credits zurück.
pledges-refunded-bonus = Alle haben ihre Credits zurück, und zwar als Bonus-Credits, denn der Monat der Zahlung ist vorbei.
pledges-cost-in-part = Alle haben ihren Anteil an **{ $cost }** bezahlt und den Rest zurückbekommen.
pledges-cancelled = Abgebrochen. Alle haben ihre Credits zurück.
pledges-ended = Er ist schon beendet. Alle haben ihre Credits zurück.
pledges-failed = { $member } Der Film, den du vorgeschlagen hast, ist fehlgeschlagen.
pledges-not-started = { $member } Der Film, den du vorgeschlagen hast, wurde nicht gestartet.
pledges-not-cancellable = Ein gemeinsam bezahlter Film kann nicht mehr abgebrochen werden, wenn er schon entsteht. Ich poste ihn im Kanal, wenn er fertig ist.
pledges-to-channel = Ein gemeinsam bezahlter Film wird immer im Kanal gepostet.
