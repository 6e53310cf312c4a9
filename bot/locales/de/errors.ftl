### Ungültige Optionen, fehlende Berechtigungen und Fehler

errors-problems-title = { $problems ->
    [one] Bitte ändere noch das
   *[other] Bitte ändere noch { $problems } Dinge
}
errors-prompt-blank = Dein Prompt ist leer. Beschreibe deinen Film mit bis zu { $max } Zeichen.
errors-prompt-too-long = Dein Prompt hat { $characters } Zeichen; höchstens { $max } sind möglich. Die meisten Emojis zählen als zwei oder mehr.
errors-duration = „{ $value }“ ist keine gültige Dauer. Gib ganze Sekunden von { $min } bis { $max } ein.
errors-no-duration = Gib eine Dauer in ganzen Sekunden ein, von { $min } bis { $max }.
errors-video-model = Das Videomodell „{ $value }“ ist nicht verfügbar. Nimm eins von diesen: { $names }.
errors-video-model-aspect-ratio = { $model } kann kein { $ratio }. Probier eins von diesen: { $names }.
errors-image-model = Das Bildmodell „{ $value }“ ist nicht verfügbar. Nimm eins von diesen: { $names }.
errors-aspect-ratio = „{ $value }“ ist kein gültiges Seitenverhältnis. Nimm eins von diesen: { $names }.
errors-no-model = Gerade kann kein Videomodell { $ratio }. Wähle ein anderes Seitenverhältnis.
errors-language = „{ $value }“ gibt es als Sprache nicht. Nimm eine von diesen: { $names }.
errors-no-language = Bei diesem Bot kannst du gerade keine Sprache wählen. Lass die Option leer.
errors-several-languages = Ein Film hat eine gesprochene Sprache, und du hast mehrere gewählt: { $names }.
errors-subtitles = Wähle bei den Untertiteln True oder False.
errors-no-subtitles = Dieser Bot hat gerade keine Untertitel. Lass die Option leer.
errors-tone = „{ $value }“ gibt es als Erzählton nicht. Nimm einen von diesen: { $names }.
errors-no-tone = Bei diesem Bot kannst du gerade keinen Erzählton wählen. Lass die Option leer.
errors-more-models = { $models } weitere
errors-not-charged = { -not-charged }

errors-missing-permissions = Mir fehlt in diesem Kanal: { $permissions }. Bitte die Server-Verwaltung darum. { -not-charged }

errors-view-channel = Kanal anzeigen
errors-send-messages = Nachrichten senden
errors-send-messages-in-threads = Nachrichten in Threads senden
errors-embed-links = Links einbetten
errors-attach-files = Dateien anhängen
errors-read-message-history = Nachrichtenverlauf anzeigen
errors-manage-threads = Threads verwalten

errors-empty-message = Diese Nachricht hat keinen Text für einen Film. Beschreibe einen mit /movie. { -not-charged }
errors-only-in-servers = Ich funktioniere nur auf Servern, nicht per DM. { -not-charged }
errors-internal = Bei mir ist etwas schiefgegangen. { -not-charged } Bitte versuch es gleich noch einmal.
errors-restarting = Ich starte gerade neu. Versuch es in einer Minute noch einmal. { -not-charged }
errors-invalid-option = Das ist keine gültige Auswahl. Nimm etwas aus der Liste. { -not-charged }
errors-server-not-loaded = Ich lade diesen Server noch. Bitte versuch es in einer Minute noch einmal. Nichts wurde geändert.
errors-outdated = Ich wurde aktualisiert. Bitte gib den Befehl noch einmal ein. { -not-charged }
errors-order-voided = Der Start hat zu lange gedauert, deshalb habe ich abgebrochen und deine Credits erstattet. Bitte versuch es noch einmal.
errors-not-queued = Ich konnte deinen Film nicht in die Warteschlange stellen, er wird also nicht gemacht. Deine Credits werden in ein, zwei Minuten erstattet; versuch es dann noch einmal.
