### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the staff channel, too.

setup-title = Configuración del servidor
setup-intro = Estas reglas valen aquí para todo el mundo, también para los administradores, pero sus películas no necesitan aprobación. Los cambios se aplican al momento y quedan en el registro.
setup-nothing-offered = ⚠️ Ninguno de los modelos permitidos está disponible ahora, así que nadie puede pedir una película.
setup-problem = ⚠️ { $problem }

setup-members-field = Dónde y quién
setup-models-field = Modelos y duración
setup-defaults-field = Valores predeterminados
setup-gallery-field = Películas terminadas
setup-approval-field = Aprobación
setup-community-field = Comunidad
setup-staff-field = Equipo
setup-filter-field = Filtro de prompts
setup-members-button = Dónde y quién
setup-models-button = Modelos y duración
setup-defaults-button = Valores predeterminados
setup-gallery-button = Películas terminadas
setup-approval-button = Aprobación
setup-community-button = Comunidad
setup-staff-button = Equipo
setup-filter-button = Filtro de prompts
# Opens a form
setup-durations-button = Duraciones…
setup-rules-button = Reglas propias…
setup-price-button = Solo por encima de un precio…

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Canales para películas
setup-roles = Quién puede hacer películas
setup-video-models = Modelos de vídeo
setup-image-models = Modelos de imagen
setup-longest-seconds = Película más larga
setup-default-video-model = Modelo de vídeo predeterminado
setup-default-image-model = Modelo de imagen predeterminado
setup-default-seconds = Duración predeterminada
setup-default-aspect-ratio = Relación de aspecto predeterminada
setup-language = Idioma
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = Menú de los mensajes
setup-gallery = Galería
setup-gallery-stars = Estrellas necesarias para la galería
setup-age = Regla de edad
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = Reglas ya hechas
setup-filter-rules = Reglas propias
setup-approval = El equipo aprueba
setup-approval-credits = Solo películas de más de
setup-trusted-roles = Roles de confianza
setup-approval-fallback = Mientras no pueda escribir en el canal del equipo
setup-gift-credits = Regalos por miembro y día
setup-pitch-days = Cuánto dura una propuesta
setup-movie-night = Noche de cine
setup-staff-channel = Canal del equipo
setup-staff-roles = Roles del equipo

# Their values where nothing is set
setup-every-channel-option = Todos los canales
setup-everyone-option = Todo el mundo
setup-all-option = Todos
setup-bot-limit-option = Lo que permita el bot
setup-bot-default-option = El valor del bot
setup-discord-language-option = El idioma del servidor en Discord
setup-order-channel-option = El canal del pedido
setup-no-age-option = Ninguna
setup-approval-off-option = Nada
setup-no-gifts-option = Desactivados
setup-a-week-option = 7 días
setup-no-movie-night-option = Desactivada
setup-days-option = { $days ->
    [one] { $days } día
   *[other] { $days } días
}
setup-every-movie-option = 0 estrellas (todas las películas)
setup-stars-option = { $stars ->
    [one] { $stars } estrella
   *[other] { $stars } estrellas
}
setup-any-price-option = 0 créditos (cualquier precio)
setup-no-roles-option = Ninguno
setup-approval-hold-option = Las películas esperan
setup-none-option = Ninguno
setup-managers-option = Solo los administradores del servidor

setup-message-menu-own-option = Los mensajes propios
setup-message-menu-anyone-option = Los mensajes de todo el mundo
setup-message-menu-off-option = Desactivado
setup-age-spoiler-option = Spoiler: oculta hasta que alguien pulse
setup-age-restricted-option = Solo en canales con restricción de edad
setup-age-spoiler-note = Discord oculta la película hasta que alguien pulsa. El prompt se sigue leyendo, y cualquiera puede pulsar.
setup-age-restricted-note = Los pedidos en otros sitios se rechazan, y ninguna película terminada se publica en un canal sin restricción de edad. Quién puede abrir un canal así lo decide Discord: yo no puedo comprobar la edad de nadie. Una película por MD solo llega a quien la pidió en un canal así.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Lunes, { $time } UTC
setup-movie-night-tuesday-option = Martes, { $time } UTC
setup-movie-night-wednesday-option = Miércoles, { $time } UTC
setup-movie-night-thursday-option = Jueves, { $time } UTC
setup-movie-night-friday-option = Viernes, { $time } UTC
setup-movie-night-saturday-option = Sábado, { $time } UTC
setup-movie-night-sunday-option = Domingo, { $time } UTC
# In the panel, below the day
setup-movie-night-note = Las 5 mejores películas de la semana por estrellas (al menos una). Las publico en la galería o, si no hay, en el canal de la mejor película.
setup-approval-untrusted-option = Películas de miembros sin rol de confianza
setup-approval-everyone-option = Las películas de todos menos los administradores
setup-approval-fallback-start-option = Las películas empiezan sin aprobación

# Of the prompt filter. $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-no-rules-option = Ninguna
setup-preset-option = { $language }: { $category }
setup-rules-count =
    { $rules ->
        [one] { $rules } regla
       *[other] { $rules } reglas
    }

# This language, as Discord's own list of languages names it
setup-this-language-option = Español

# The end of a list
setup-more = { $more } más
setup-deleted = { $more ->
    [one] ⚠️ { $more } eliminado
   *[other] ⚠️ { $more } eliminados
}

setup-durations-modal-title = Duraciones
setup-longest-seconds-label = Película más larga (segundos)
setup-default-seconds-label = Duración predeterminada (segundos)
setup-durations-hint = De { $min } a { $max }. Déjalo vacío para usar el valor del bot.
# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = Reglas para prompts
setup-rules-label = Reglas, una por línea
setup-rules-more-label = Más reglas
setup-rules-hint = Una palabra, dos palabras, inicio*, *final, *dentro*, o una ... otra
setup-rules-wrong-title = Estas reglas no se pueden usar
setup-rules-kept = No se ha cambiado nada. Lo que escribiste está en el archivo adjunto; el botón lo vuelve a abrir.
setup-rules-conflict = ⚠️ Otra persona cambió las reglas mientras tanto, así que no he guardado nada. Lo que escribiste está en el archivo adjunto; el botón lo vuelve a abrir, en lugar de las actuales.
setup-rules-fix-button = Cambiar estas reglas…
setup-rules-line = Línea { $line }, «{ $rule }»: { $problem }
setup-rules-too-many = Un servidor puede tener hasta { $max } reglas con { $room } caracteres en total. Estas son { $rules } reglas con { $characters }.
setup-rule-empty = no tiene letras.
setup-rule-too-long = una regla tiene como máximo { $max } caracteres.
setup-rule-too-many-words = una regla tiene como máximo { $max } palabras.
setup-rule-word-too-long = una palabra tiene como máximo { $max } letras.
setup-rule-star-inside = un asterisco solo puede ir al principio o al final de una palabra.
setup-rule-star-too-wide = un asterisco necesita al menos { $min } letras al lado.
setup-rule-gap-at-end = «...» solo puede ir entre dos palabras.
setup-rule-too-many-gaps = «...» puede aparecer { $max } veces como máximo.
setup-price-modal-title = Aprobación por encima de un precio
setup-approval-credits-label = Solo películas de más de (créditos)
setup-price-hint = Hasta este precio empiezan enseguida. Vacío: cualquier precio.

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
setup-not-offered = «{ $value }» no está disponible. Elige entre { $names }.
setup-seconds-out-of-range = «{ $value }» no es una duración válida. Escribe un número entero de segundos, de { $min } a { $max }.
setup-credits-out-of-range = «{ $value }» no es una cantidad válida. Escribe un número entero de créditos, de { $min } a { $max }.
setup-stars-out-of-range = «{ $value }» no es un número de estrellas válido. Escribe un número de { $min } a { $max }.
setup-days-out-of-range = «{ $value }» no es un número de días válido. Escribe un número de { $min } a { $max }.
# $longest: "1 min"
setup-longer-than-longest = la película más larga dura { $longest }, así que la duración predeterminada no puede superarla.
setup-not-in-server = «{ $value }» no está en este servidor.
setup-not-a-rule = «{ $value }» no puede ser una regla: { $problem }
setup-everyone = aquí no se puede elegir { $value }.
setup-missing-permissions = no puedo publicar en { $channel }. Dame ahí primero: { $permissions }.
setup-not-age-restricted = { $channel } no tiene restricción de edad, así que las películas aparecen donde se pidieron.

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
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting }:** { $before } → { $after } (+{ $added }, −{ $removed })
setup-apply-button = Aplicar
setup-drop-button = Cancelar
setup-import-nothing-new = Todo lo que hay en este archivo ya está configurado así.
setup-imported-title = ✅ Importado
setup-import-dropped = No se ha importado nada.
