### Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Melden
reported-report-modal-title = Diesen Film melden
reported-reason-label = Was stimmt damit nicht?
reported-reason-hint = Optional. Das Team des Servers kann es lesen, sieht aber nicht, von wem es ist.
reported-saved = Danke. Das Team des Servers sieht es sich an.
reported-no-channel = Danke, ich habe deine Meldung gespeichert. Das Team dieses Servers erreiche ich gerade nicht, also sag bitte auch der Server-Verwaltung Bescheid.
reported-reviewed = Danke. Das Team des Servers hat sich diesen Film schon einmal angesehen und ihn behalten. Es sieht, dass er noch einmal gemeldet wurde.
reported-repeated = Das hast du schon gemeldet.
reported-too-many = Du hast heute schon viele Filme gemeldet. Sag bitte der Server-Verwaltung Bescheid.
reported-own = Das ist dein eigener Film. Wenn du ihn hier nicht mehr haben willst, drück auf „Löschen“.

reported-title = { $reports ->
    [one] 🚩 Ein Film wurde gemeldet
   *[other] 🚩 Ein Film wurde { $reports }-mal gemeldet
}
reported-reasons-field = Gründe
reported-remove-button = Film löschen
reported-block-button = Mitglied sperren
reported-dismiss-button = Verwerfen
reported-removed = Gelöscht von { $staff }.
reported-removed-by-requester = Gelöscht vom Mitglied, das ihn angefordert hat.
reported-dismissed = Verworfen von { $staff }. Der Film bleibt.
reported-blocked = { $staff } hat { $member } für neue Filme gesperrt.

reported-own-decision = Über Meldungen deines eigenen Films entscheiden andere aus dem Team. Wenn du ihn hier nicht mehr haben willst, drück darunter auf „Löschen“.
reported-unknown = Ich finde diese Meldung nicht mehr.
reported-erased = Dieses Mitglied hat seine Daten gelöscht. Deshalb kann ich es nicht sperren.
reported-block-modal-title = Dieses Mitglied sperren
reported-hours-label = Dauer in Stunden
reported-hours-hint = Leer: bis zur Entsperrung
reported-block-reason-label = Grund
reported-block-reason-hint = Optional. Das Mitglied liest ihn, und er wird protokolliert.
