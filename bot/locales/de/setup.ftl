### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the staff channel, too.

setup-title = Server-Einrichtung
setup-intro = Diese Regeln gelten hier für alle, auch für die Verwaltung; nur eine Freigabe brauchen deren Filme nicht. Änderungen gelten sofort und werden protokolliert.
setup-nothing-offered = ⚠️ Keines der erlaubten Modelle ist gerade verfügbar, also kann niemand einen Film bestellen.
setup-problem = ⚠️ { $problem }

setup-members-field = Wo und wer
setup-models-field = Modelle und Dauer
setup-defaults-field = Voreinstellungen
setup-gallery-field = Fertige Filme
setup-approval-field = Freigabe
setup-community-field = Community
setup-staff-field = Team
setup-filter-field = Prompt-Filter
setup-members-button = Wo und wer
setup-models-button = Modelle und Dauer
setup-defaults-button = Voreinstellungen
setup-gallery-button = Fertige Filme
setup-approval-button = Freigabe
setup-community-button = Community
setup-staff-button = Team
setup-filter-button = Prompt-Filter
# Opens a form
setup-durations-button = Dauer …
setup-rules-button = Eigene Regeln …
setup-price-button = Nur ab einem Preis …

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Kanäle für Filme
setup-roles = Wer Filme machen darf
setup-video-models = Videomodelle
setup-image-models = Bildmodelle
setup-longest-seconds = Längster Film
setup-default-video-model = Voreingestelltes Videomodell
setup-default-image-model = Voreingestelltes Bildmodell
setup-default-seconds = Voreingestellte Dauer
setup-default-aspect-ratio = Voreingestelltes Seitenverhältnis
setup-language = Sprache
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = Nachrichtenmenü
setup-gallery = Galerie
setup-gallery-stars = Nötige Sterne für die Galerie
setup-age = Altersregel
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = Fertige Regeln
setup-filter-rules = Eigene Regeln
setup-approval = Das Team gibt frei
setup-approval-credits = Nur Filme über
setup-trusted-roles = Vertraute Rollen
setup-approval-fallback = Solange ich nicht in den Team-Kanal schreiben kann
setup-gift-credits = Geschenke pro Mitglied und Tag
setup-pitch-days = Wie lange ein Vorschlag läuft
setup-movie-night = Filmabend
setup-staff-channel = Team-Kanal
setup-staff-roles = Team-Rollen

# Their values where nothing is set
setup-every-channel-option = Alle Kanäle
setup-everyone-option = Alle
setup-all-option = Alle
setup-bot-limit-option = So lang, wie der Bot es erlaubt
setup-bot-default-option = Voreinstellung des Bots
setup-discord-language-option = Sprache des Servers in Discord
setup-order-channel-option = Der Kanal der Bestellung
setup-no-age-option = Keine
setup-approval-off-option = Nichts
setup-no-gifts-option = Aus
setup-a-week-option = 7 Tage
setup-no-movie-night-option = Aus
setup-days-option = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
setup-every-movie-option = 0 Sterne (jeder Film)
setup-stars-option = { $stars ->
    [one] { $stars } Stern
   *[other] { $stars } Sterne
}
setup-any-price-option = 0 Credits (jeder Preis)
setup-no-roles-option = Keine
setup-approval-hold-option = Filme warten
setup-none-option = Keiner
setup-managers-option = Nur die Server-Verwaltung

setup-message-menu-own-option = Eigene Nachrichten
setup-message-menu-anyone-option = Nachrichten von allen
setup-message-menu-off-option = Aus
setup-age-spoiler-option = Spoiler: verdeckt, bis jemand klickt
setup-age-restricted-option = Nur in Kanälen mit Altersbeschränkung
setup-age-spoiler-note = Discord verdeckt den Film, bis jemand klickt. Der Prompt bleibt lesbar, und klicken kann jede Person.
setup-age-restricted-note = Bestellungen anderswo werden abgelehnt, und kein fertiger Film erscheint in einem Kanal ohne Altersbeschränkung. Wer einen solchen Kanal öffnen darf, entscheidet Discord: Ich kann kein Alter prüfen. Ein Film per DM geht nur an die Person, die ihn in einem solchen Kanal bestellt hat.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Montag, { $time } UTC
setup-movie-night-tuesday-option = Dienstag, { $time } UTC
setup-movie-night-wednesday-option = Mittwoch, { $time } UTC
setup-movie-night-thursday-option = Donnerstag, { $time } UTC
setup-movie-night-friday-option = Freitag, { $time } UTC
setup-movie-night-saturday-option = Samstag, { $time } UTC
setup-movie-night-sunday-option = Sonntag, { $time } UTC
# In the panel, below the day
setup-movie-night-note = Die 5 besten Filme der Woche nach Sternen, jeder mit mindestens einem. Ich poste sie in der Galerie oder ohne Galerie im Kanal des besten Films.
setup-approval-untrusted-option = Filme von Mitgliedern ohne vertraute Rolle
setup-approval-everyone-option = Filme von allen außer der Server-Verwaltung
setup-approval-fallback-start-option = Filme starten ohne Freigabe

# Of the prompt filter. $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-no-rules-option = Keine
setup-preset-option = { $language }: { $category }
setup-rules-count =
    { $rules ->
        [one] { $rules } Regel
       *[other] { $rules } Regeln
    }

# This language, as Discord's own list of languages names it
setup-this-language-option = Deutsch

# The end of a list
setup-more = { $more } weitere
setup-deleted = ⚠️ { $more } gelöscht

setup-durations-modal-title = Dauer
setup-longest-seconds-label = Längster Film (Sekunden)
setup-default-seconds-label = Voreingestellte Dauer (Sekunden)
setup-durations-hint = Von { $min } bis { $max }. Leer: wie beim Bot.
# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = Regeln für Prompts
setup-rules-label = Regeln, eine pro Zeile
setup-rules-more-label = Weitere Regeln
setup-rules-hint = Ein Wort, zwei Wörter, Anfang*, *Ende, *mitten*, oder eins ... anderes
setup-rules-wrong-title = Diese Regeln gehen so nicht
setup-rules-kept = Nichts wurde geändert. Was du getippt hast, steht in der angehängten Datei; der Button öffnet es wieder.
setup-rules-conflict = ⚠️ Jemand anderes hat die Regeln inzwischen geändert, deshalb habe ich nichts gespeichert. Was du getippt hast, steht in der angehängten Datei; der Button öffnet es wieder, anstelle der anderen Regeln.
setup-rules-fix-button = Diese Regeln ändern …
setup-rules-line = Zeile { $line }, „{ $rule }“: { $problem }
setup-rules-too-many = Ein Server kann bis zu { $max } Regeln mit zusammen { $room } Zeichen haben. Das sind { $rules } Regeln mit { $characters }.
setup-rule-empty = darin ist kein Buchstabe.
setup-rule-too-long = eine Regel hat höchstens { $max } Zeichen.
setup-rule-too-many-words = eine Regel hat höchstens { $max } Wörter.
setup-rule-word-too-long = ein Wort hat höchstens { $max } Buchstaben.
setup-rule-star-inside = ein Sternchen kann nur am Anfang oder am Ende eines Wortes stehen.
setup-rule-star-too-wide = neben einem Sternchen müssen mindestens { $min } Buchstaben stehen.
setup-rule-gap-at-end = „...“ kann nur zwischen zwei Wörtern stehen.
setup-rule-too-many-gaps = „...“ kann höchstens { $max }-mal vorkommen.
setup-price-modal-title = Freigabe ab einem Preis
setup-approval-credits-label = Nur Filme über (Credits)
setup-price-hint = Filme bis zu diesem Preis starten sofort. Leer: jeder Preis.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Jemand anderes hat das inzwischen geändert, deshalb habe ich nichts gespeichert. So ist es jetzt.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ Nichts wurde geändert. { $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }: { $problem }
setup-not-a-list = „{ $value }“ ist keine Liste.
setup-too-many = Wähle höchstens { $max }.
setup-not-an-id = „{ $value }“ ist keine Discord-ID.
setup-not-offered = „{ $value }“ ist nicht verfügbar. Zur Wahl stehen { $names }.
setup-seconds-out-of-range = „{ $value }“ ist keine gültige Dauer. Gib ganze Sekunden von { $min } bis { $max } ein.
setup-credits-out-of-range = „{ $value }“ ist kein gültiger Betrag. Gib ganze Credits von { $min } bis { $max } ein.
setup-stars-out-of-range = „{ $value }“ ist keine gültige Anzahl von Sternen. Gib eine Zahl von { $min } bis { $max } ein.
setup-days-out-of-range = „{ $value }“ ist keine gültige Anzahl von Tagen. Gib eine Zahl von { $min } bis { $max } ein.
# $longest: "1 min"
setup-longer-than-longest = Der längste Film dauert { $longest }, die Voreinstellung kann nicht länger sein.
setup-not-in-server = „{ $value }“ gibt es auf diesem Server nicht.
setup-not-a-rule = „{ $value }“ kann keine Regel sein: { $problem }
setup-everyone = { $value } geht hier nicht.
setup-missing-permissions = In { $channel } kann ich nicht schreiben. Gib mir dort zuerst: { $permissions }.
setup-not-age-restricted = { $channel } hat keine Altersbeschränkung, deshalb erscheinen Filme dort, wo sie bestellt wurden.

# Export and import of a file
setup-exported = Das ist die Einrichtung deines Servers. Bearbeite sie, hebe sie auf oder übernimm sie anderswo mit /setup import.
setup-file-too-large = Die Datei ist zu groß: Eine Einrichtung hat höchstens { $max } KB.
setup-file-unreadable = Ich konnte die Datei nicht von Discord laden. Bitte versuch es noch einmal.
setup-file-problems-title = Diese Datei kann nicht übernommen werden
# $problem: one of the next, or a problem above
setup-file-line = Zeile { $line }: { $problem }
setup-file-line-key = Zeile { $line }, `{ $key }`: { $problem }
setup-file-not-json = Das ist kein gültiges JSON.
setup-file-not-an-object = Das muss ein JSON-Objekt sein: { "{ … }" }.
setup-file-other-version = Hier muss 1 stehen, wie in einer Datei von /setup export.
setup-file-unknown-key = Eine solche Einstellung gibt es nicht.
setup-file-duplicate-key = Das kommt in der Datei mehrmals vor.
setup-import-title = Diese Änderungen übernehmen?
setup-import-intro = Noch hat sich nichts geändert. Was in der Datei fehlt, bleibt, wie es ist.
setup-import-conflict = ⚠️ Die Einrichtung hat sich inzwischen geändert, deshalb habe ich nichts gespeichert. Das wären jetzt die Änderungen.
# $before, $after: values
setup-difference = **{ $setting }:** { $before } → { $after }
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting }:** { $before } → { $after } (+{ $added }, −{ $removed })
setup-apply-button = Übernehmen
setup-drop-button = Abbrechen
setup-import-nothing-new = Alles in dieser Datei ist schon so eingestellt.
setup-imported-title = ✅ Übernommen
setup-import-dropped = Es wurde nichts übernommen.
