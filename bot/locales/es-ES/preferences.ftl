### /preferences: las opciones de un miembro y adónde van sus películas. Solo las ve él.

preferences-title = Tus preferencias
preferences-intro = /movie usa tus últimas opciones, salvo que elijas otra cosa.
preferences-empty = Aún no tienes preferencias. Elige algunas aquí o recordaré las opciones de tu próxima película.
preferences-cost = Una película de { $duration } cuesta **{ $price }** ({ $rate }).
preferences-no-model = Ahora mismo ningún modelo admite esta relación de aspecto. Elige otra.
preferences-footer = Solo tú ves esto. Vale para cualquier servidor.

preferences-choices-field = Tus opciones
preferences-video-model = Modelo de vídeo: { $choice }
preferences-image-model = Modelo de imagen: { $choice }
preferences-duration = Duración: { $choice }
preferences-aspect-ratio = Relación de aspecto: { $choice }
preferences-language = Idioma: { $choice }
preferences-subtitles = Subtítulos: { $choice }
preferences-tone = Tono: { $choice }

# De dónde sale cada opción
preferences-auto = **{ $choice }** (automático)
preferences-auto-unnamed = automático
preferences-default = **{ $choice }** (por defecto)
preferences-unsupported = { $choice } no admite esta relación de aspecto, así que se usa la opción por defecto
preferences-unsupported-default = { $choice } no admite esta relación de aspecto, así que se usa la opción por defecto: **{ $other }**
preferences-unavailable = { $choice } ya no está disponible, así que se usa la opción por defecto
preferences-unavailable-default = { $choice } ya no está disponible, así que se usa la opción por defecto: **{ $other }**

preferences-video-model-placeholder = Modelo de vídeo
preferences-image-model-placeholder = Modelo de imagen
preferences-duration-placeholder = Duración
preferences-aspect-ratio-placeholder = Relación de aspecto
preferences-language-placeholder = Idioma
preferences-subtitles-placeholder = Subtítulos
preferences-tone-placeholder = Tono

# La primera opción de cada menú, que vuelve a la opción por defecto
preferences-video-model-option = Modelo de vídeo: automático (el mejor para la relación de aspecto)
preferences-image-model-option = Modelo de imagen: automático
preferences-duration-option = Duración: { $choice } (por defecto)
preferences-aspect-ratio-option = Relación de aspecto: { $choice } (por defecto)
preferences-language-option = Idioma: { $choice } (por defecto)
preferences-subtitles-option = Subtítulos: { $choice } (por defecto)
preferences-tone-option = Tono: { $choice } (por defecto)

preferences-off-option = No
preferences-on-option = Sí

preferences-delivery-field = Películas terminadas
preferences-channel-value = Publicadas en el canal donde las pediste, con una mención
preferences-dm-value = Enviadas por MD, o publicadas en el canal si no aceptas MD

preferences-channel-button = Mis películas en el canal
preferences-dm-button = Mis películas por MD
preferences-unlist-button = No mostrarme en /top ni en galerías por estrellas
preferences-list-button = Mostrarme en /top y en galerías por estrellas
preferences-listing-field = Galería y /top
preferences-unlisted-value = Las estrellas no llevan tus películas a una galería ni a una noche de cine, y no estás en /top.
preferences-unlisted = A partir de ahora, las estrellas no llevarán tus películas a una galería ni a una noche de cine, y no estarás en /top.
preferences-listed = Ahora las estrellas pueden llevar tus películas a una galería y puedes aparecer en /top.
preferences-reset-button = Restablecer
preferences-extras-button = Idioma, subtítulos, tono
preferences-back-button = Volver

preferences-not-offered = Eso ya no está disponible. Elige otra opción abajo.
preferences-dropped-aspect-ratio = { $model } no admite { $dropped }, así que he cambiado a { $choice }.
preferences-dropped-model = { $model } no admite { $choice }, así que he cambiado al mejor modelo para ello.
preferences-channel-set = A partir de tu próxima película, publicaré en el canal las que estén listas.
preferences-dm-set = A partir de tu próxima película, te enviaré por MD las que estén listas.
preferences-reset = Tus preferencias se han restablecido. Recordaré las opciones de tu próxima película.
