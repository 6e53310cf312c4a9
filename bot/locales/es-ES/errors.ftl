### Opciones no válidas, permisos que faltan y errores

errors-problems-title = { $problems ->
    [one] Hay { $problems } cosa por corregir
   *[other] Hay { $problems } cosas por corregir
}
errors-prompt-blank = Tu prompt está vacío. Describe tu película en { $max } caracteres como máximo.
errors-prompt-too-long = Tu prompt tiene { $characters } caracteres; el límite es { $max }. La mayoría de los emojis cuentan como dos o más.
errors-duration = «{ $value }» no es una duración válida. Escribe un número entero de segundos, de { $min } a { $max }.
errors-no-duration = Escribe una duración en segundos enteros, de { $min } a { $max }.
errors-video-model = El modelo de vídeo «{ $value }» no está disponible. Elige entre: { $names }.
errors-video-model-aspect-ratio = { $model } no admite { $ratio }. Prueba con: { $names }.
errors-image-model = El modelo de imagen «{ $value }» no está disponible. Elige entre: { $names }.
errors-aspect-ratio = «{ $value }» no es una relación de aspecto válida. Elige entre: { $names }.
errors-no-model = Ningún modelo de vídeo admite { $ratio } ahora mismo. Elige otra relación de aspecto.
errors-language = «{ $value }» no es un idioma disponible. Elige entre: { $names }.
errors-no-language = Este bot no permite elegir idioma ahora mismo. Deja esa opción vacía.
errors-several-languages = Una película tiene un solo idioma hablado y elegiste varios: { $names }.
errors-subtitles = Elige True o False para los subtítulos.
errors-no-subtitles = Este bot no tiene subtítulos ahora mismo. Deja esa opción vacía.
errors-tone = «{ $value }» no es un tono disponible. Elige entre: { $names }.
errors-no-tone = Este bot no permite elegir tono ahora mismo. Deja esa opción vacía.
errors-more-models = { $models } más
errors-not-charged = { -not-charged }

errors-missing-permissions = En este canal me falta: { $permissions }. Pídeselo a un administrador del servidor. { -not-charged }

errors-view-channel = Ver canal
errors-send-messages = Enviar mensajes
errors-send-messages-in-threads = Enviar mensajes en hilos
errors-embed-links = Insertar enlaces
errors-attach-files = Adjuntar archivos
errors-read-message-history = Leer el historial de mensajes
errors-manage-threads = Gestionar hilos

errors-empty-message = Este mensaje no tiene texto para hacer una película. Descríbela con /movie. { -not-charged }
errors-only-in-servers = Solo funciono en servidores, no por MD. { -not-charged }
errors-internal = Algo ha fallado por mi parte. { -not-charged } Inténtalo de nuevo en un momento.
errors-restarting = Me estoy reiniciando. Inténtalo de nuevo en un minuto. { -not-charged }
errors-invalid-option = Esa opción no es válida. Elige una de la lista. { -not-charged }
errors-server-not-loaded = Todavía estoy cargando este servidor. Inténtalo de nuevo en un minuto. No se ha cambiado nada.
errors-outdated = Me han actualizado. Vuelve a usar el comando. { -not-charged }
errors-order-voided = Ha tardado demasiado en empezar, así que lo he cancelado y te he reembolsado los créditos. Inténtalo de nuevo.
errors-not-queued = No he podido poner tu película en la cola, así que no se hará. Te reembolsaré los créditos en un minuto o dos; inténtalo entonces.
