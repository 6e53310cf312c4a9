### El formulario de una película y sus extras en palabras.

forms-new-modal-title = Hacer una película
forms-remix-modal-title = Remezclar esta película
forms-edit-modal-title = Editar tu película

forms-prompt-label = Prompt
forms-prompt-hint = Hasta { $characters } caracteres. Déjalo vacío y te sorprendo.
forms-prompt-cut-hint = Tu mensaje se ha recortado a { $characters } caracteres.
forms-duration-label = Duración (segundos)
forms-duration-hint = { $min }–{ $max }
forms-video-model-label = Modelo de vídeo
forms-video-model-placeholder = Automático (el mejor para la relación de aspecto)
forms-image-model-label = Modelo de imagen
forms-image-model-placeholder = Automático
forms-aspect-ratio-label = Relación de aspecto

# Un solo menú para la relación de aspecto, los subtítulos, el tono y el idioma
forms-options-label = Relación de aspecto y extras
forms-options-hint = Elige cuantas opciones quieras, pero solo un idioma.
forms-default-hint = Por defecto: { $choice }
forms-subtitles-option = Subtítulos
forms-subtitles-hint = Mostrar en pantalla lo que se dice
forms-tone-option = Tono: { $tone }
forms-language-hint = Idioma hablado (elige uno)
