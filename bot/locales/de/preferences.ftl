### /preferences: Voreinstellungen eines Mitglieds und wohin fertige Filme kommen. Nur es selbst sieht sie.

preferences-title = Deine Voreinstellungen
preferences-intro = /movie nimmt deine letzte Auswahl, solange du nichts anderes angibst.
preferences-empty = Noch keine Voreinstellungen. Wähle hier welche, oder ich merke mir die deines nächsten Films.
preferences-cost = Ein Film von { $duration } kostet **{ $price }** ({ $rate }).
preferences-no-model = Kein Modell kann gerade dieses Seitenverhältnis. Wähle ein anderes.
preferences-footer = Nur du siehst das. Es gilt auf allen Servern.

preferences-choices-field = Deine Auswahl
preferences-video-model = Videomodell: { $choice }
preferences-image-model = Bildmodell: { $choice }
preferences-duration = Dauer: { $choice }
preferences-aspect-ratio = Seitenverhältnis: { $choice }
preferences-language = Sprache: { $choice }
preferences-subtitles = Untertitel: { $choice }
preferences-tone = Erzählton: { $choice }

# Wie es zu dieser Auswahl kam
preferences-auto = **{ $choice }** (automatisch)
preferences-auto-unnamed = automatisch
preferences-default = **{ $choice }** (Standard)
preferences-unsupported = { $choice } kann dieses Seitenverhältnis nicht, daher gilt der Standard
preferences-unsupported-default = { $choice } kann dieses Seitenverhältnis nicht, daher gilt der Standard: **{ $other }**
preferences-unavailable = { $choice } ist nicht mehr verfügbar, daher gilt der Standard
preferences-unavailable-default = { $choice } ist nicht mehr verfügbar, daher gilt der Standard: **{ $other }**

preferences-video-model-placeholder = Videomodell
preferences-image-model-placeholder = Bildmodell
preferences-duration-placeholder = Dauer
preferences-aspect-ratio-placeholder = Seitenverhältnis
preferences-language-placeholder = Sprache
preferences-subtitles-placeholder = Untertitel
preferences-tone-placeholder = Erzählton

# Die erste Option jedes Menüs, die zum Standard zurückführt
preferences-video-model-option = Videomodell: automatisch (das beste fürs Seitenverhältnis)
preferences-image-model-option = Bildmodell: automatisch
preferences-duration-option = Dauer: { $choice } (Standard)
preferences-aspect-ratio-option = Seitenverhältnis: { $choice } (Standard)
preferences-language-option = Sprache: { $choice } (Standard)
preferences-subtitles-option = Untertitel: { $choice } (Standard)
preferences-tone-option = Erzählton: { $choice } (Standard)

preferences-off-option = Aus
preferences-on-option = An

preferences-delivery-field = Fertige Filme
preferences-channel-value = Im Kanal, in dem du sie bestellt hast; ich erwähne dich dort
preferences-dm-value = Per DM an dich, oder im Kanal, wenn deine DMs geschlossen sind

preferences-channel-button = Filme im Kanal posten
preferences-dm-button = Filme per DM schicken
preferences-unlist-button = Nicht in /top und Sterne-Galerien zeigen
preferences-list-button = In /top und Sterne-Galerien zeigen
preferences-listing-field = Galerie und /top
preferences-unlisted-value = Sterne bringen deine Filme in keine Galerie und keinen Filmabend, und du bist nicht in /top.
preferences-unlisted = Ab jetzt bringen Sterne deine Filme in keine Galerie und keinen Filmabend, und du bist nicht in /top.
preferences-listed = Sterne können deine Filme jetzt in eine Galerie bringen, und du kannst in /top erscheinen.
preferences-reset-button = Zurücksetzen
preferences-extras-button = Sprache, Untertitel, Erzählton
preferences-back-button = Zurück

preferences-not-offered = Das ist nicht mehr verfügbar. Wähle unten etwas anderes.
preferences-dropped-aspect-ratio = { $model } kann kein { $dropped }, daher habe ich auf { $choice } umgestellt.
preferences-dropped-model = { $model } kann kein { $choice }, daher habe ich auf das beste Modell dafür umgestellt.
preferences-channel-set = Ab deinem nächsten Film poste ich fertige Filme im Kanal.
preferences-dm-set = Ab deinem nächsten Film schicke ich dir fertige Filme per DM.
preferences-reset = Deine Voreinstellungen sind zurückgesetzt. Ich merke mir die Auswahl deines nächsten Films.
