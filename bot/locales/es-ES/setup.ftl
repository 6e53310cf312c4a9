### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the log channel, too.

setup-title = Configuración del servidor
setup-intro = Estas reglas valen aquí para todo el mundo, también para los administradores. Los cambios se aplican al momento y quedan en el registro.
setup-nothing-offered = ⚠️ Ninguno de los modelos permitidos está disponible ahora, así que nadie puede pedir una película.

setup-members-field = Dónde y quién
setup-models-field = Modelos y duración
setup-defaults-field = Valores predeterminados
setup-members-button = Dónde y quién
setup-models-button = Modelos y duración
setup-defaults-button = Valores predeterminados
# Opens a form
setup-durations-button = Duraciones…

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Canales para películas
setup-roles = Quién puede hacer películas
setup-video-models = Modelos de vídeo
setup-image-models = Modelos de imagen
setup-longest = Película más larga
setup-default-video-model = Modelo de vídeo predeterminado
setup-default-image-model = Modelo de imagen predeterminado
setup-default-duration = Duración predeterminada
setup-default-aspect-ratio = Relación de aspecto predeterminada
setup-language = Idioma
# Whose messages can be turned into movies, in the menu of a message
setup-messages = Menú de los mensajes

# Their values where nothing is set
setup-every-channel-option = Todos los canales
setup-everyone-option = Todo el mundo
setup-all-option = Todos
setup-bot-limit-option = Lo que permita el bot
setup-bot-default-option = El valor del bot
setup-discord-language-option = El idioma del servidor en Discord

setup-menu-own-option = Los mensajes propios
setup-menu-anyone-option = Los mensajes de todo el mundo
setup-menu-off-option = Desactivado

# This language, as Discord's own list of languages names it
setup-this-language-option = Español

# The end of a list
setup-more = { $more } más
setup-deleted = ⚠️ { $more } eliminados

setup-durations-modal-title = Duraciones
setup-longest-label = Película más larga (segundos)
setup-default-duration-label = Duración predeterminada (segundos)
setup-duration-hint = De { $min } a { $max }. Déjalo vacío para usar el valor del bot.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Otra persona lo ha cambiado mientras tanto, así que no he guardado nada. Así está ahora.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ No se ha cambiado nada. { $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }: { $problem }
setup-not-a-list = «{ $value }» no es una lista.
setup-too-many = elige { $max } como máximo.
setup-not-an-id = «{ $value }» no es un ID de Discord.
setup-not-available = «{ $value }» no está disponible. Elige entre { $names }.
setup-out-of-range = «{ $value }» no es una duración válida. Escribe segundos enteros, de { $min } a { $max }.
# $longest: "1 min"
setup-longer-than-longest = la película más larga dura { $longest }, así que la duración predeterminada no puede superarla.
setup-not-here = «{ $value }» no está en este servidor.

# Export and import of a file
setup-exported = Esta es la configuración de tu servidor. Edítala, guárdala o úsala en otro con /setup import.
setup-file-too-large = El archivo es demasiado grande: una configuración ocupa { $max } KB como máximo.
setup-file-unreadable = No he podido descargar el archivo de Discord. Inténtalo de nuevo.
setup-file-problems-title = Este archivo no se puede importar
# $problem: one of the next, or a problem above
setup-file-line = Línea { $line }: { $problem }
setup-file-line-key = Línea { $line }, `{ $key }`: { $problem }
setup-file-not-json = no es JSON válido.
setup-file-not-an-object = debe ser un objeto JSON: { "{ … }" }.
setup-file-other-version = debe ser 1, como en un archivo de /setup export.
setup-file-unknown-key = ese ajuste no existe.
setup-file-duplicate-key = aparece más de una vez en el archivo.
setup-import-title = ¿Aplicar estos cambios?
setup-import-intro = Todavía no ha cambiado nada. Lo que no está en el archivo se queda como está.
setup-import-conflict = ⚠️ La configuración ha cambiado mientras tanto, así que no he guardado nada. Estos serían ahora los cambios.
# $before, $after: values
setup-difference = **{ $setting }:** { $before } → { $after }
setup-apply-button = Aplicar
setup-drop-button = Cancelar
setup-import-nothing-new = Todo lo que hay en este archivo ya está configurado así.
setup-imported-title = ✅ Importado
setup-import-dropped = No se ha importado nada.
