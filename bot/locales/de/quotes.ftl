### Der Preis eines Films vor der Bestellung, und was daraus wurde. Nur sein Mitglied sieht ihn.

quotes-title = Dieser Film kostet { units-credits }
quotes-movie-field = Film
quotes-balance-field = Guthaben danach
quotes-balance-value =
    { "**" }{ $after }** (jetzt: { units-credits })
    Auffüllung { $time } ({ $date })
quotes-footer = Nur du siehst das. Du bezahlst erst, wenn du auf „{ quotes-accept-button }“ drückst.

quotes-last-model-field = Dein letztes Modell
quotes-last-model-value = { $model } kostet { $rate }. Der Standard, { $other }, kostet { $other_rate }. Zum Wechseln: { quotes-edit-button }.

quotes-failing-field = ⚠️ Dieser Prompt klappt immer wieder nicht
quotes-failing-value = Deine letzten { $failures } Filme mit diesem Prompt sind fehlgeschlagen. Versuch es mit einem anderen.

# Vorschläge für die Dauer beim Tippen
quotes-duration-option = { $duration } · { units-credits } · danach { $after }
quotes-too-long-option = { $duration } · { units-credits } · zu wenig Credits

quotes-accept-button = Film machen
quotes-edit-button = Bearbeiten
quotes-cancel-button = Abbrechen
quotes-smaller-button = Stattdessen { $duration } ({ units-credits })

quotes-accepted = Wird gemacht! Unten kannst du zusehen.
quotes-cancelled = Abgebrochen. Dir wurde nichts berechnet.
quotes-not-accepted = Discord hatte einen Aussetzer: Nichts wurde bestellt oder berechnet. Versuch es bitte noch einmal.

quotes-already-ordered = Das hast du schon bestellt.
quotes-already-ordered-there = Das hast du schon bestellt: { $link }
quotes-replaced = Diesen Auftrag hast du geändert oder abgebrochen. Dir wurde nichts berechnet. Mit /movie gibt’s einen neuen Film.
quotes-expired = Dieser Preis gilt nicht mehr. Dir wurde nichts berechnet. Nutze bitte noch einmal /movie.
