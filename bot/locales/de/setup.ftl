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
