### /pitches: the open pitches of a server.

pitches-list-title = Offene Vorschläge
pitches-empty = Gerade gibt es keine offenen Vorschläge. Starte einen mit /pitch, dann können alle hier mitmachen.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits ->
    [one] { $credits } von { $price } fehlt
   *[other] { $credits } von { $price } fehlen
}
pitches-complete = voll finanziert, wartet auf den Start
pitches-votes = { $votes ->
    [one] { $votes } Stimme
   *[other] { $votes } Stimmen
}
pitches-ends = endet { $time }
pitches-mine = dein Anteil: { units-credits }
# The text of a link to the pitch
pitches-open = Öffnen
pitches-sort-placeholder = Sortieren nach
pitches-manage-placeholder = Zurücknehmen, zurückziehen, entfernen: Vorschlag wählen
pitches-back-button = Zurück
pitches-next-button = Weiter
pitches-page-footer = Seite { $page } von { $pages }
