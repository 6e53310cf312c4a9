### /quota report: die Zahlen eines Monats und das Diagramm. Nur wer gefragt hat, sieht es.

report-title = Bericht für { $month }
report-movies = { "**" }{ units-movies }** fertig, **{ $running_movies }** in Arbeit
report-credits =
    { "**" }{ units-credits }** ausgegeben
    Reserviert: { $held_credits } · Erstattet: { $refunded_credits } · Bonus-Credits vergeben: { $granted_credits }
report-members-field = Mitglieder mit dem höchsten Verbrauch
report-models-field = Modelle
report-failures-field = Fehlgeschlagene Filme
report-lost-field = Verloren durch fehlgeschlagene Filme
report-lost-value = { units-credits }. Der Filmdienst erstattet fehlgeschlagene Filme nicht; die Mitglieder haben alles zurückbekommen.
report-server-field = Server-Budget
report-server-value =
    { $bar }
    noch { units-credits }
report-mismatches-field = Abrechnung
report-mismatches-value = ⚠️ { $mismatches ->
    [one] { $mismatches } Abweichung in der Abrechnung gefunden.
   *[other] { $mismatches } Abweichungen in der Abrechnung gefunden.
} Bitte den Betreiber des Bots um eine Prüfung (audit).
report-none = Keine
report-none-yet = Noch keine
report-updated-footer = Die Zahlen können bis zu eine Minute alt sein

report-share = { $name }: { $credits } ({ units-movies })
report-failure = { $reason }: { units-movies } ({ $refunded_credits } erstattet)
report-failure-lost = { $reason }: { units-movies } ({ $refunded_credits } erstattet, { $lost_credits } nicht zurückbekommen)

report-in-line = Ein paar andere Berichte sind zuerst dran. Deiner erscheint gleich hier.
report-too-many = Hier wurden gerade mehrere Berichte erstellt. Den nächsten bekommst du { $time }.

report-service-failed = Beim Filmdienst fehlgeschlagen
report-service-lost = Vom Filmdienst verloren
report-rejected = Vom Filmdienst abgelehnt
report-key-rejected = Der Bot konnte sich beim Filmdienst nicht anmelden
report-model-refused = Der Filmdienst hat das Modell nicht angenommen
report-wrong-version = Der Bot ist nicht für diese Version des Filmdienstes eingerichtet
report-credits-ran-out = Dem Bot gingen unterwegs die Credits beim Filmdienst aus
report-key-limit = Der Bot hat sein Monatslimit beim Filmdienst erreicht
report-plan-exhausted = Der Bot hatte beim Filmdienst keine Credits mehr
report-service-busy = Der Filmdienst war überlastet
report-unreachable = Der Filmdienst war nicht erreichbar
report-not-confirmed = Discord hat den Befehl nicht bestätigt
report-cancelled = Vom Mitglied abgebrochen
report-declined = Vom Team abgelehnt
report-approval-lapsed = Nicht rechtzeitig freigegeben
report-not-offered = Nicht mehr verfügbar
report-closed-by-operator = Vom Betreiber des Bots als fehlgeschlagen markiert
report-stayed-unknown = Auch nach langer Zeit ungeklärt

report-chart-title = Credits pro Tag, { $month }
report-chart-spent = für Filme ausgegeben
report-chart-lost = durch fehlgeschlagene Filme verloren
report-chart-held = für Filme in Arbeit reserviert
report-chart-refunded = erstattet
report-chart-empty = Keine Filme in diesem Monat
report-chart-description = Balkendiagramm der Credits pro Tag, { $month }, gestapelt nach Ausgang: { units-credits } ausgegeben, { $lost_credits } durch fehlgeschlagene Filme verloren, { $held_credits } reserviert, { $refunded_credits } erstattet.
report-chart-peak = Am meisten wurde am { $date } ausgegeben: { units-credits }.
