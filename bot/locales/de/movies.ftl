### /movies: die Filme eines Mitglieds und die Ansicht eines Films. Nur wer liest, sieht sie.

movies-own-title = Deine Filme
movies-member-title = Filme von { $name } auf diesem Server
movies-unnamed-title = Filme dieses Mitglieds auf diesem Server
movies-filtered-title = { $title }: { $filter }

movies-none =
    Noch keine Filme. Mach deinen ersten mit /movie, zum Beispiel:
    > { -example-prompt }
movies-none-in-progress = Kein Film in Arbeit.
movies-none-ready = Noch kein Film fertig.
movies-none-failed = Kein Film fehlgeschlagen oder abgebrochen.
movies-member-none = { $member } hat auf diesem Server noch keinen Film angefordert.
movies-member-none-in-progress = { $member } hat auf diesem Server keinen Film in Arbeit.
movies-member-none-ready = { $member } hat auf diesem Server noch keinen fertigen Film.
movies-member-none-failed = { $member } hat auf diesem Server keinen fehlgeschlagenen oder abgebrochenen Film.

movies-list-footer = Die neuesten zuerst. Wähle unten einen für Details.
movies-outage = { $outage } Filme in der Warteschlange starten, sobald der Dienst sie annimmt.
movies-not-delivered = 📬 fertig, aber ich konnte ihn nicht posten: öffne ihn unten
movies-deleted = 🗑️ gelöscht
movies-elsewhere = auf einem anderen Server
movies-hidden-prompt = (dort bestellt, wo du es nicht sehen kannst)
# Members paid for it together
movies-with-others = mit anderen
movies-share-value = Dein Anteil: { units-credits }
movies-all-hint = Alle Filme, die neuesten zuerst
movies-in-progress-hint = In der Warteschlange, im Entstehen oder in Prüfung
movies-ready-hint = Bereit zum Ansehen
movies-failed-hint = Fehlgeschlagen oder abgebrochen; der Rest ist erstattet
movies-filter-placeholder = Filtern
movies-open-placeholder = Film öffnen …
movies-newer-button = Neuere
movies-older-button = Ältere
movies-refresh-button = Aktualisieren
movies-back-button = Zurück zur Liste

movies-here-is-yours = Hier ist dein Film.
movies-here-it-is = Hier ist der Film.
movies-posted-late = Diesen konnte ich vorher nicht posten. Hier ist er.
movies-link-may-have-expired = { $sentence } Ich habe keinen neuen Link bekommen, dieser ist also vielleicht abgelaufen: Versuch es in ein paar Minuten noch einmal.

movies-movie-field = Film
movies-receipt-field = Beleg
movies-on-hold-value = **{ units-credits }** reserviert, bis er fertig ist
movies-unknown-value = **{ units-credits }** reserviert, bis klar ist, was aus ihm wurde
movies-spent-value = **{ units-credits }** ausgegeben
movies-refunded-value = **{ units-credits }** erstattet
movies-refunded-in-part-value = **{ $cost }** für fertige Schritte ausgegeben, **{ $refund }** erstattet
movies-requested-by-field = Angefordert von
movies-unnamed-value = Dieses Mitglied
movies-requested-in-field = Angefordert in
movies-left-server-value = Ein Server, auf dem ich nicht mehr bin
movies-other-server-value = Ein anderer Server
movies-failed-field = Warum er fehlgeschlagen ist
movies-cancelled-field = Warum er abgebrochen wurde
movies-status-field = Status
movies-deleted-field = Gelöscht
movies-deleted-value = { $date }. Nachricht und Links sind weg.
movies-deleted-by-manager-value = { $date }, vom Team des Servers. Nachricht und Links sind weg.
movies-dates-field = Zeiten
movies-requested-value = Angefordert: { $date } ({ $ago })
movies-started-value = Gestartet: { $date }
movies-finished-value = Fertig: { $date }
movies-finished-after-value = Fertig: { $date } (nach { $duration })
movies-ended-value = Beendet: { $date }
movies-id-footer = Film-ID { $id }

movies-not-authorized = Du kannst nur deine eigenen Filme sehen. { -managers } sieht alle auf ihrem Server.
movies-not-found = Ich finde diesen Film nicht in der Liste. Mit /movies siehst du, was da ist.
movies-unknown-id = Ich finde keinen Film mit dieser ID. Kopiere sie unten aus der Nachricht des Films.
