### Die Karte, die im Kanal zeigt, wie weit ein Film ist

cards-queued-title = 🎟️ Dein Film ist in der Warteschlange
cards-awaiting-title = ✋ Dein Film wartet auf Freigabe
cards-rendering-title = 🎬 Dein Film entsteht
cards-cancelling-title = 🛑 Dein Film wird abgebrochen
cards-ready-title = 🍿 Dein Film ist fertig
cards-failed-title = Dieser Film ist fehlgeschlagen
cards-cancelled-title = Abgebrochen
cards-unknown-title = 🔎 Dein Film wird geprüft

cards-movie-field = Film
cards-cost-field = Kosten
cards-requester-field = Angefordert von
cards-status-field = Status

cards-cost-on-hold = { units-credits } reserviert
cards-cost-refunded = { units-credits } erstattet
cards-cost-in-part =
    { $cost } ausgegeben
    { $refunded } erstattet

cards-waiting = In der Warteschlange.
cards-awaiting = Das Team dieses Servers gibt ihn frei, bevor er startet. Tut das innerhalb von 48 Stunden niemand, werden die Credits dafür erstattet.
cards-staff-not-informed = ⚠️ Ich kann hier in keinen Team-Kanal schreiben. Bitte sag dem Team selbst Bescheid: Es findet ihn unter /movies.
cards-next = Du bist als Nächstes dran.
cards-ahead = { $movies ->
    [one] Vor deinem ist noch { $movies } Film dran.
   *[other] Vor deinem sind noch { $movies } Filme dran.
}
cards-far-ahead = Vor deinem sind noch mehr als { $movies } Filme dran.
cards-own-movies = Wartet auf deine anderen Filme: Ich mache immer nur { $movies } von deinen gleichzeitig.
cards-sending = Er geht gerade an den Filmdienst …
cards-step = Schritt { $step } von { $steps } · { $stage }
cards-stage = { $stage } …
cards-cancelling = Du bezahlst die fertigen Schritte. Der Rest wird erstattet.
cards-started = Gestartet { $time }.
cards-ready = Fertig!
cards-direct = 📬 Kommt per DM an { $member }.
cards-sent-direct = 📬 Per DM an { $member } gesendet.
cards-in-list = { $member } findet ihn unter /movies.
cards-not-posted = Ich konnte ihn nicht posten. { $member } findet ihn unter /movies.
cards-unknown = Der Filmdienst hat deinen Auftrag nicht bestätigt, deshalb wird geprüft, was daraus wurde. Ich gebe ihn nicht noch einmal auf, und die Credits dafür bleiben bis dahin reserviert.

cards-usual = Dauert meist { $spread }
cards-usual-ready = Dauert meist { $spread } · fertig gegen { $time }
cards-late = Dauert länger als sonst (meist { $spread }).
cards-minutes = { $least }–{ $most } min
cards-spread = { $low } bis { $high }

cards-outage-no-answer = Der Filmdienst antwortet gerade nicht.
cards-outage-not-taken = Der Filmdienst nimmt von diesem Bot gerade keine Filme an. { -operator-notified }
cards-outage-busy = Der Filmdienst ist gerade ausgelastet.
cards-outage-promise = { $outage } Die Credits für den Film bleiben reserviert, und er startet, sobald der Dienst ihn annimmt. Dauert das länger als eine Stunde, werden sie erstattet.
