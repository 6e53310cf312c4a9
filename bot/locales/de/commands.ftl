### Beschreibungen in Discords Befehlsliste: je höchstens 100 Zeichen.

commands-movie = Mach aus einem Prompt einen Film
commands-movie-prompt = Was in deinem Film passiert (bis zu { $characters } Zeichen)
commands-movie-duration = Dauer in Sekunden, { $min }–{ $max } (Standard: deine letzte oder { $default })
commands-movie-video-model = Videomodell (Standard: dein letztes oder das beste fürs Seitenverhältnis)
commands-movie-image-model = Bildmodell (Standard: dein letztes oder automatisch)
commands-movie-aspect-ratio = Seitenverhältnis (Standard: dein letztes oder 16:9)
commands-movie-language = Gesprochene Sprache (Standard: deine letzte oder automatisch)
commands-movie-subtitles = Untertitel einblenden (Standard: deine letzte Wahl oder aus)
commands-movie-tone = Erzählton (Standard: dein letzter oder bodenständig)

# Seitenverhältnisse, auch in Formularen und Menüs
commands-wide = Querformat (16:9)
commands-tall = Hochformat (9:16)

# Was in einem Film gesprochen wird, auch in Formularen und Menüs
commands-language-auto = Automatisch
commands-language-english = Englisch
commands-language-spanish = Spanisch
commands-language-french = Französisch
commands-language-japanese = Japanisch
commands-language-thai = Thailändisch
commands-language-chinese = Chinesisch
commands-language-bengali = Bengalisch
commands-language-hindi = Hindi
commands-language-sanskrit = Sanskrit
commands-language-latin = Latein

# Wie ein Film erzählt
commands-tone-grounded = Bodenständig
commands-tone-cinematic = Filmisch

# Im Menü einer Nachricht, unter Apps
commands-make-movie-menu = Als Film umsetzen

commands-credits = Dein Guthaben und deine Ausgaben
commands-credits-member = Credits eines anderen Mitglieds ansehen (nur Server-Verwaltung)

commands-movies = Deine Filme durchsehen
commands-movies-member = Filme eines anderen Mitglieds ansehen (nur Server-Verwaltung)
commands-movies-show = Filter (Standard: alle)
commands-movies-id = Einen Film über seine ID öffnen (unten in seiner Nachricht)
commands-movies-all = Alle
commands-movies-in-progress = In Arbeit
commands-movies-ready = Fertig
commands-movies-failed = Fehlgeschlagen oder abgebrochen
commands-movies-pending = Warten auf Freigabe (nur Team)
commands-gift = Schenk einem anderen Mitglied Bonus-Credits
commands-gift-member = Mitglied
commands-gift-credits = Anzahl der Bonus-Credits
commands-top = Die besten Filme, Kreativen und Förderer dieses Servers in einem Monat
commands-top-month = Monat als JJJJ-MM, z. B. 2026-11 (Standard: dieser Monat)

commands-pitch = Schlag einen Film vor, den ihr hier zusammen bezahlt
commands-pitches = Finde Vorschläge zum Mitmachen
commands-pitches-sort = Was zuerst kommt (Standard: fast finanziert)
commands-pitches-missing = Fast finanziert
commands-pitches-votes = Meiste Stimmen
commands-pitches-age = Neueste

commands-preferences = Voreinstellungen festlegen, und wohin deine Filme kommen
commands-help = Wie ich funktioniere und was es kostet
commands-privacy = Ansehen, exportieren oder löschen, was ich über dich speichere

commands-quota = Credits auf diesem Server verwalten
commands-quota-credits = Anzahl der Credits
commands-quota-monthly-credits = Credits pro Monat (leer: aktuellen Wert anzeigen)
commands-quota-member = Mitglied
commands-quota-reason = Grund (steht dann im Protokoll)
commands-quota-show = Limits dieses Servers oder eines Mitglieds anzeigen
commands-quota-show-member = Limits dieses Mitglieds anzeigen
commands-quota-default = Monatliches Standard-Kontingent der Mitglieder festlegen
commands-quota-server = Monatliches Budget dieses Servers festlegen
commands-quota-set-member = Monatliches Kontingent eines Mitglieds festlegen
commands-quota-role = Monatliches Kontingent einer Rolle festlegen
commands-quota-role-role = Rolle
commands-quota-grant = Einem Mitglied Bonus-Credits geben, die nie verfallen
commands-quota-take = Einem Mitglied Bonus-Credits abziehen
commands-quota-block = Ein Mitglied fürs Filmemachen sperren
commands-quota-block-hours = Dauer in Stunden (leer: bis zur Entsperrung)
commands-quota-unblock = Ein gesperrtes Mitglied wieder entsperren
commands-quota-reset = Verbrauch eines Mitglieds in diesem Monat zurücksetzen
commands-quota-clear = Ein Limit entfernen
commands-quota-clear-default = Zum Standard-Kontingent des Bots zurückkehren
commands-quota-clear-server = Das Budget dieses Servers entfernen
commands-quota-clear-member = Das persönliche Kontingent eines Mitglieds entfernen
commands-quota-clear-role = Das Kontingent einer Rolle entfernen
commands-quota-report = Monatsbericht
commands-quota-report-month = Monat als JJJJ-MM, z. B. 2026-11 (Standard: dieser Monat)

commands-setup = Bestimme, wo, von wem und wie auf diesem Server Filme gemacht werden
commands-setup-panel = Sieh und ändere die Einrichtung dieses Servers
commands-setup-export = Lade die Einrichtung dieses Servers als JSON-Datei herunter
commands-setup-import = Übernimm die Einrichtung aus einer JSON-Datei (du siehst die Änderungen vorher)
commands-setup-import-file = Eine Datei von /setup export
