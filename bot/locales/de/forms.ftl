### Das Formular für einen Film, und die Extras eines Films in Worten.

forms-new-modal-title = Einen Film machen
forms-remix-modal-title = Remix dieses Films
forms-edit-modal-title = Deinen Film bearbeiten

forms-prompt-label = Prompt
forms-prompt-hint = Bis zu { $characters } Zeichen. Lass es leer, und ich überrasche dich.
forms-prompt-cut-hint = Deine Nachricht wurde auf { $characters } Zeichen gekürzt.
forms-duration-label = Dauer (Sekunden)
forms-duration-hint = { $min }–{ $max }
forms-video-model-label = Videomodell
forms-video-model-placeholder = Automatisch (das beste fürs Seitenverhältnis)
forms-image-model-label = Bildmodell
forms-image-model-placeholder = Automatisch
forms-aspect-ratio-label = Seitenverhältnis

# Ein Menü für Seitenverhältnis, Untertitel, Erzählton und Sprache
forms-options-label = Seitenverhältnis und Extras
forms-options-hint = Wähle, so viele du magst, aber nur eine Sprache.
forms-default-hint = Standard: { $choice }
forms-subtitles-option = Untertitel
forms-subtitles-hint = Gesprochenes als Text einblenden
forms-tone-option = Erzählton: { $tone }
forms-language-hint = Gesprochene Sprache (wähle eine)
