### Änderungen der Server-Verwaltung, des Betreibers und des Bots: im Team-Kanal und als Bestätigung für die Person,
### die etwas geändert hat. Der Kanal kann öffentlich sein, deshalb steht dort kein Guthaben.

log-entry = { $time } { $actor }: { $change }
log-entry-with-reason = { $time } { $actor }: { $change } Grund: { $reason }
log-entry-with-result = { $time } { $actor }: { $change } Ergebnis: { $result }
log-bot = Der Bot
log-operator = Der Betreiber des Bots
log-confirmation = ✅ { $change }

log-default-set = Mitglieder bekommen jetzt standardmäßig { units-credits-monthly }.
log-default-cleared = Für Mitglieder gilt wieder das Standard-Kontingent des Bots.
log-server-set = Dieser Server darf jetzt { units-credits-monthly } ausgeben.
log-server-cleared = Das Server-Budget wurde entfernt.
log-member-set = { $subject } bekommt jetzt { units-credits-monthly }.
log-member-cleared = Das persönliche Kontingent von { $subject } wurde entfernt.
log-role-set = Alle mit { $subject } bekommen jetzt { units-credits-monthly }.
log-role-cleared = Das Kontingent von { $subject } wurde entfernt.
log-granted = { $member } hat { units-bonus-credits } bekommen.
log-gifted = Hat { $member } { units-bonus-credits } geschenkt.
log-removed = { $credits ->
    [one] Bei { $member } wurde { units-bonus-credits } abgezogen.
   *[other] Bei { $member } wurden { units-bonus-credits } abgezogen.
}
log-blocked = { $member } ist gesperrt, bis die Server-Verwaltung die Sperre aufhebt. Filme in Arbeit werden noch fertig.
log-blocked-hours = { $member } ist für { units-hours } gesperrt. Filme in Arbeit werden noch fertig.
log-unblocked = { $member } kann wieder Filme machen.
log-usage-reset = Der Verbrauch von { $member } in diesem Monat wurde zurückgesetzt.
log-usage-reset-credits = { $credits ->
    [one] Der Verbrauch von { $member } in diesem Monat wurde zurückgesetzt (es war { units-credits }).
   *[other] Der Verbrauch von { $member } in diesem Monat wurde zurückgesetzt (es waren { units-credits }).
}
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** ist jetzt: { $value }
log-gallery-failed = Ich kann in der Galerie { $channel } nicht mehr posten. Fertige Filme erscheinen so lange dort, wo sie bestellt wurden. Prüft meine Berechtigungen dort oder wählt mit /setup eine andere Galerie.
log-movie-night-failed = Ich konnte den Filmabend in { $channel } nicht posten. Prüft meine Berechtigungen dort und eure Altersregel oder wählt mit /setup eine andere Galerie.

log-request = 🙋 { $time } { $change }
log-credits-requested = { $member } bittet um { units-bonus-credits }.
log-credits-declined = Die Anfrage von { $member } nach { units-bonus-credits } wurde abgelehnt.
log-queued-cancelled = Die wartenden Filme von { $member } wurden abgebrochen. Erstattet: { units-credits }.
log-pitch-removed = Der Vorschlag von { $member } wurde entfernt. Erstattet: { units-credits }.
log-request-granted = ✅ Gewährt von { $manager }.
log-request-declined = ❌ Abgelehnt von { $manager }.
log-request-replaced = Das Mitglied hat inzwischen noch einmal angefragt. Nur die neuere Anfrage kann beantwortet werden.
log-request-lapsed = Diese Anfrage ist abgelaufen. Das Mitglied kann noch einmal anfragen.
log-request-not-told = Ich kann { $member } keine DM schicken. Bitte sag selbst Bescheid.

log-failures-stopped = { $member } kann diesen Monat keine Filme mehr machen, denn fehlgeschlagene haben den Bot { units-credits } gekostet. Mit /quota unblock kann die Server-Verwaltung weitere erlauben.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = Ein Prompt von { $member } wurde durch die Regel „{ $rule }“ gestoppt: ||{ $prompt }||
log-prompt-refused-preset = Ein Prompt von { $member } wurde durch die Regel „{ $rule }“ gestoppt ({ $category }): ||{ $prompt }||
log-prompt-refused-operator = Ein Prompt von { $member } wurde durch eine Regel des Bot-Betreibers gestoppt: ||{ $prompt }||
log-timed-out = { $member } kann { units-hours } lang keine Filme machen, denn heute wurden zu viele Prompts gestoppt. Mit /quota unblock kann die Server-Verwaltung das beenden.
log-category-minors = Sexuelles mit Minderjährigen
log-category-sexual = Sexuelles
log-category-gore = blutige Gewalt
log-category-slurs = herabwürdigende Beschimpfungen
log-server-limited = Dieser Server darf höchstens { units-credits-monthly } ausgeben, egal was die Server-Verwaltung festlegt.
log-server-limit-reset = Für diesen Server gilt wieder das übliche Limit des Bots.
log-server-blocked = Dieser Server kann keine Filme mehr machen. Filme in Arbeit werden noch fertig.
log-server-unblocked = Dieser Server kann wieder Filme machen.
log-paused = Vorerst kann kein Server neue Filme machen. Filme in Arbeit werden noch fertig.
log-resumed = Es können wieder neue Filme gemacht werden.
log-movie-unknown = { $credits ->
    [one] Der Filmdienst hat einen Film von { $member } nicht bestätigt. { units-credits } bleibt reserviert, bis klar ist, was daraus wurde.
   *[other] Der Filmdienst hat einen Film von { $member } nicht bestätigt. { units-credits } bleiben reserviert, bis klar ist, was daraus wurde.
}
log-movie-given-up = { $credits ->
    [one] Was aus einem Film von { $member } wurde, war nicht zu klären. Er gilt als fehlgeschlagen, und { units-credits } wurde erstattet.
   *[other] Was aus einem Film von { $member } wurde, war nicht zu klären. Er gilt als fehlgeschlagen, und { units-credits } wurden erstattet.
}
log-movie-resolved = Ein Film von { $member } wurde geprüft.
log-movie-deleted = Ein Film von { $member } wurde gelöscht (ID { $id }).
log-gallery-removed = Ein Film von { $member } wurde aus der Galerie genommen (ID { $id }).
log-report-dismissed = Die Meldungen eines Films von { $member } wurden verworfen (ID { $id }).
log-deletion-refused = Ein Film von { $member } wurde gelöscht (ID { $id }), aber Discord lässt mich seine Nachricht nicht löschen. Ich versuche es 30 Tage lang weiter. Du kannst sie selbst löschen: { $link }
log-deletion-given-up = Ein Film von { $member } wurde gelöscht (ID { $id }), aber auch nach 30 Tagen lässt Discord mich seine Nachricht nicht löschen. Ich versuche es nicht weiter. Bitte lösche sie selbst: { $link }
log-approval-requested = Ein Film von { $member } für { units-credits } wartet auf Freigabe (ID { $id }).
log-movie-approved = Ein Film von { $member } für { units-credits } kann starten (ID { $id }).
log-movie-declined = Ein Film von { $member } für { units-credits } wurde abgelehnt und erstattet (ID { $id }).
log-approval-lapsed = Über einen Film von { $member } für { units-credits } hat niemand rechtzeitig entschieden. Er wurde abgebrochen und erstattet (ID { $id }).
log-backup-restored = Eine Sicherung wurde eingespielt. Ein Film von { $member } wartet, bis der Betreiber des Bots ihn geprüft hat.

log-reason-role-deleted = die Rolle wurde gelöscht
log-reason-movie = Film { $id }
log-reason-failed = fehlgeschlagen, Credits erstattet
log-reason-request-found = beim Filmdienst gefunden, mit der ID { $id }
log-reason-may-be-ordered = Film { $id } wurde vielleicht schon bestellt
log-reason-may-be-sent = die Nachricht zu Film { $id } wurde vielleicht schon verschickt
log-reason-requested = das Mitglied hat darum gebeten
log-reason-not-age-restricted = die Galerie hat keine Altersbeschränkung
log-reason-staff-unreachable = ich kann nicht in den Team-Kanal schreiben, und dann starten Filme auf diesem Server trotzdem
