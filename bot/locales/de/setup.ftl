### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the log channel, too.

setup-title = Server-Einrichtung
setup-intro = Diese Regeln gelten hier für alle, auch für die Verwaltung. Änderungen gelten sofort und werden protokolliert.
setup-nothing-offered = ⚠️ Keines der erlaubten Modelle ist gerade verfügbar, also kann niemand einen Film bestellen.

setup-members-field = Wo und wer
setup-models-field = Modelle und Länge
setup-defaults-field = Voreinstellungen
setup-members-button = Wo und wer
setup-models-button = Modelle und Länge
setup-defaults-button = Voreinstellungen
# Opens a form
setup-durations-button = Dauer …

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Kanäle für Filme
setup-roles = Wer Filme machen darf
setup-video-models = Videomodelle
setup-image-models = Bildmodelle
setup-longest = Längster Film
setup-default-video-model = Voreingestelltes Videomodell
setup-default-image-model = Voreingestelltes Bildmodell
setup-default-duration = Voreingestellte Dauer
setup-default-aspect-ratio = Voreingestelltes Seitenverhältnis
setup-language = Sprache
# Whose messages can be turned into movies, in the menu of a message
setup-messages = Nachrichtenmenü

# Their values where nothing is set
setup-every-channel-option = Alle Kanäle
setup-everyone-option = Alle
setup-all-option = Alle
setup-bot-limit-option = So lang, wie der Bot es erlaubt
setup-bot-default-option = Voreinstellung des Bots
setup-discord-language-option = Sprache des Servers in Discord

setup-menu-own-option = Eigene Nachrichten
setup-menu-anyone-option = Nachrichten von allen
setup-menu-off-option = Aus

# This language, as Discord's own list of languages names it
setup-this-language-option = Deutsch

# The end of a list
setup-more = { $more } weitere
setup-deleted = ⚠️ { $more } gelöscht

setup-durations-modal-title = Dauer
setup-longest-label = Längster Film (Sekunden)
setup-default-duration-label = Voreingestellte Dauer (Sekunden)
setup-duration-hint = Von { $min } bis { $max }. Leer: wie beim Bot.

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
setup-not-available = „{ $value }“ ist nicht verfügbar. Zur Wahl stehen { $names }.
setup-out-of-range = „{ $value }“ ist keine gültige Dauer. Gib ganze Sekunden von { $min } bis { $max } ein.
# $longest: "1 min"
setup-longer-than-longest = Der längste Film dauert { $longest }, die Voreinstellung kann nicht länger sein.
setup-not-here = „{ $value }“ gibt es auf diesem Server nicht.

# Export and import of a file
setup-exported = Das ist die Einrichtung deines Servers. Bearbeite sie, hebe sie auf oder übernimm sie anderswo mit /setup import.
setup-file-too-large = Die Datei ist zu groß: Eine Einrichtung hat höchstens { $max } KB.
setup-file-unreadable = Ich konnte die Datei nicht von Discord laden. Bitte versuche es noch einmal.
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
setup-apply-button = Übernehmen
setup-drop-button = Abbrechen
setup-import-nothing-new = Alles in dieser Datei ist schon so eingestellt.
setup-imported-title = ✅ Übernommen
setup-import-dropped = Es wurde nichts übernommen.
