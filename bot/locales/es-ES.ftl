### What the bot says in Spanish; docs/translating.md has the rules.

## approvals
## Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ Una película espera aprobación
approvals-storyboard-title = ✋ ¿Aprobar este storyboard?
approvals-deadline = Decidid antes de { $time }, o se cancela y se reembolsa.
approvals-approve-button = Aprobar
# Opens a form
approvals-decline-button = Rechazar…

# In the list; $number: the movie's, from 1
approvals-list-title = ✋ Pendientes de aprobación: { units-movies }
approvals-list-empty = Ninguna película espera aprobación.
approvals-list-footer = Página { $page } de { $pages }
approvals-back-button = Anterior
approvals-next-button = Siguiente
# $time: "in 2 days"
approvals-expires = caduca { $time }
approvals-staff-only = Esto solo lo puede ver el equipo de este servidor. Tus películas están en /movies.

# The form for declining
approvals-decline-modal-title = Rechazar esta película
approvals-reason-label = Motivo (opcional)
approvals-reason-hint = El miembro lo lee en el canal donde pidió la película.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Aprobada por { $staff }.
approvals-declined = ❌ Rechazada por { $staff }.
approvals-declined-because = ❌ Rechazada por { $staff }: «{ $reason }»
approvals-lapsed = ⌛ Nadie ha decidido a tiempo: se ha cancelado y reembolsado.
approvals-withdrawn = ↩️ { $member } la ha cancelado.
approvals-not-offered = ↩️ Este modelo o esta duración ya no está disponible: se ha cancelado y reembolsado.
approvals-waived = ▶️ Ha empezado sin aprobación, porque no podía escribir en el canal del equipo.
approvals-ended = ↩️ Ya no espera aprobación.

# What a staff member reads whose press changed nothing
approvals-own = No puedes aprobar una película que pediste o a la que aportaste. Otra persona del equipo sí.
approvals-blocked = { $member } tiene un bloqueo. Un administrador del servidor tiene que quitarlo antes con /quota unblock. También puedes rechazar la película.
approvals-blocked-everywhere = El operador del bot ha bloqueado a { $member }, así que esta película no puede empezar. Puedes rechazarla.
approvals-paused = El operador del bot no acepta ahora películas de este servidor. Inténtalo más tarde o recházala.
approvals-prompt = Este prompt incumple una regla que se añadió al filtro de prompts después del pedido. Rechaza la película. Si la regla es de este servidor, un administrador también puede cambiarla con /setup.
approvals-unknown = Ya no encuentro esta película.
approvals-reason-too-long = Ese motivo es demasiado largo. Usa { $max } caracteres como máximo.

## buttons
## Los botones de una película y sus respuestas

buttons-cancel-button = Cancelar
buttons-follow-button = Avísame
buttons-unfollow-button = No me avises
buttons-post-here-button = Mejor publícala aquí
buttons-direct-button = Mejor por MD
buttons-remix-button = Remix
buttons-rerun-button = Repetir
buttons-retry-button = Reintentar
buttons-new-link-button = Enlace nuevo
buttons-receipt-button = Recibo
buttons-delete-button = Eliminar
buttons-studio-button = Studio
buttons-cancel-movie-button = Cancelar la película
buttons-delete-movie-button = Eliminar la película
buttons-leave-gallery-button = Solo quitar de la galería

buttons-not-owner = Solo **{ $name }** puede usar este botón. Crea la tuya con /movie.
buttons-not-owner-unnamed = Solo quien pidió esta película puede usar este botón. Crea la tuya con /movie.
buttons-unknown-movie = No encuentro esta película. Escribe /movies para ver las tuyas.

buttons-cancelled = Cancelada. Reembolsado: **{ $refunded }**.
buttons-cancelling-already = Ya se está cancelando. Un mensaje te dirá qué se ha gastado y qué se ha reembolsado.
buttons-unclear = Puede que el servicio de películas ya la esté creando, así que no se puede cancelar hasta saberlo. Mientras tanto, sus créditos siguen reservados.
buttons-being-queued = Todavía está entrando en la cola. Inténtalo de nuevo en un momento.
buttons-being-sent = Se está enviando al servicio de películas. Inténtalo de nuevo en un momento.
buttons-started = Es tarde para cancelarla: el servicio de películas ya ha empezado y la ha cobrado. La recibirás cuando esté lista.
buttons-finished = Ya ha terminado: mira /movies.
buttons-ended-in-part = Ya está cancelada. Gastado: **{ $cost }**, reembolsado: **{ $refunded }**.
buttons-ended = Ya ha acabado. Reembolsado: **{ $refunded }**.
buttons-ended-free = Ya ha acabado.
buttons-question = { "**" }¿Cancelar esta película?**
buttons-question-unknown = El servicio de películas no dice cuánto ha cobrado hasta ahora. Los pasos terminados se cobran, como máximo el precio de **{ $price }**. El resto se reembolsa.
buttons-question-known = Los pasos terminados se cobran. Ahora mismo, gastado: **{ $cost }**, reembolsado: **{ $refunded }**. Si otro paso termina antes de parar, también se cobra, como máximo el precio de { $price }.
buttons-cancel-requested = Cancelando tu película. Un mensaje te dirá qué se ha gastado y qué se ha reembolsado. Si resulta que ya estaba terminada, recibirás la película.
buttons-just-finished = Acaba de terminar, así que ya no se puede cancelar. La recibirás en un momento.
buttons-nearly-finished = Puede terminar en cualquier momento, así que es tarde para cancelarla. La recibirás cuando esté lista.
buttons-just-ended = Acaba de finalizar. Recibirás un mensaje en un momento.
buttons-no-answer = El servicio de películas no responde ahora mismo, así que no se ha cancelado nada. Inténtalo de nuevo en un minuto.
buttons-too-many-cancels = Has pulsado Cancelar varias veces. Podrás volver a pulsarlo { $time }.

buttons-own-movie = Es tu película, así que te avisaré de todos modos.
buttons-following = Te avisaré cuando esté lista. Si quien la pidió prefiere recibirla por MD, solo te diré que está lista.
buttons-follow-full = La lista de avisos está llena. Vuelve a mirar aquí más tarde.
buttons-follow-ended = Esta película ya ha acabado, así que no hay nada que esperar.
buttons-follow-private = Esta se envía por MD a quien la pidió, así que no puedo avisarte.
buttons-unfollowed = Vale, no te avisaré.

buttons-to-direct = Te la enviaré por MD (o la publicaré aquí si tienes los MD cerrados). Para recibir siempre MD, usa /preferences.
buttons-to-channel = La publicaré en el canal cuando esté lista.

buttons-new-link = Enlace nuevo:
buttons-no-new-link = No he podido obtener un enlace nuevo del servicio de películas. Inténtalo de nuevo en unos minutos.
buttons-last-link = No he podido obtener un enlace nuevo del servicio de películas. Inténtalo de nuevo en unos minutos. Mientras tanto, aquí tienes el último, que quizá haya caducado:
buttons-too-many-links = ¡Son muchos enlaces de golpe! Podrás pedir el siguiente { $time }.

buttons-receipts = Todos tus recibos están en /credits.
buttons-receipt-open = Aún no ha terminado. Reservado: **{ $held }**.
buttons-receipt-free = Es gratis.

# Eliminar
buttons-delete-question = { "**" }¿Eliminar esta película?**
buttons-delete-question-of = { "**" }¿Eliminar esta película de { $name }?**
buttons-delete-details = Su mensaje desaparece para todos y olvido sus enlaces. Se queda en /movies, sin ellos. No se reembolsan créditos y no se puede deshacer.
buttons-deleted = Eliminada. Su mensaje desaparece en un momento.
buttons-left-gallery = Quitada de la galería. La película sigue donde se publicó primero, y las estrellas no la devolverán.
buttons-deleted-post-title = Película eliminada
buttons-deleted-already = Esta película ya está eliminada.
buttons-delete-unfinished = Solo se puede eliminar una película lista.
buttons-link-deleted = Esta película se ha eliminado, así que ya no tiene enlace.
buttons-not-deleter = Solo **{ $name }** y el equipo del servidor pueden eliminar esta película.
buttons-not-deleter-unnamed = Solo quien pidió esta película y el equipo del servidor pueden eliminarla.
buttons-not-deleter-shared = Otras personas también han pagado esta película, así que solo el equipo del servidor puede eliminarla.

## cards
## La tarjeta que muestra en el canal cómo va una película

cards-waiting-title = 🎟️ Tu película está en cola
cards-awaiting-title = ✋ Tu película espera aprobación
cards-being-made-title = 🎬 Creando tu película
cards-drawing-title = 🖼️ Dibujando el storyboard
cards-storyboard-title = 🖼️ El storyboard está listo
cards-cancelling-title = 🛑 Cancelando tu película
cards-ready-title = 🍿 Tu película está lista
cards-failed-title = Esta película ha fallado
cards-cancelled-title = Cancelada
cards-unknown-title = 🔎 Comprobando tu película


cards-cost-on-hold = { $credits ->
    [one] { $credits } crédito reservado
   *[other] { $credits } créditos reservados
}
cards-requester = de { $member }

cards-waiting = En cola.
cards-awaiting = El equipo de este servidor la aprueba antes de que empiece. Si nadie lo hace en 48 horas, se reembolsan sus créditos.
cards-staff-not-informed = ⚠️ Aquí no puedo escribir en un canal del equipo. Por favor, avisa al equipo: la encuentra en /movies.
cards-next = La tuya es la siguiente.
cards-ahead = { $movies ->
    [one] Hay { $movies } película antes que la tuya.
   *[other] Hay { $movies } películas antes que la tuya.
}
cards-far-ahead = Hay más de { $movies } películas antes que la tuya.
cards-own-movies = Espera a tus otras películas: solo puedo crear { $movies } de las tuyas a la vez.
cards-sending = Enviándola al servicio de películas…
cards-storyboard = { $member } puede renderizarlo por **{ $later }** créditos más o detenerlo. Se detiene solo { $time }.
cards-step = Paso { $step } de { $steps }: { $stage }
cards-stage = Ahora: { $stage }…
cards-cancelling = Los pasos terminados se cobran. El resto se reembolsa.
cards-started = Empezó { $time }.
cards-direct = 📬 por MD
cards-sent-direct = 📬 Enviada por MD a { $member }.
cards-in-list = { $member } la tiene en /movies.
cards-not-posted = No he podido publicarla. { $member } la tiene en /movies.
cards-unknown = El servicio de películas no ha confirmado tu pedido, así que estoy comprobando qué ha pasado. No lo haré dos veces, y sus créditos siguen reservados mientras tanto.

cards-usual = Suele tardar { $spread }
cards-usual-ready = Suele tardar { $spread } · lista hacia las { $time }
cards-late = Está tardando más de lo normal (suele tardar { $spread }).
cards-minutes = { $least }-{ $most } min
cards-spread = de { $low } a { $high }

cards-outage-no-answer = El servicio de películas no responde ahora mismo.
cards-outage-not-taken = El servicio de películas no acepta películas de este bot ahora mismo. { -operator-notified }
cards-outage-busy = El servicio de películas está saturado ahora mismo.
cards-outage-promise = { $outage } Los créditos de la película siguen reservados, y empezará en cuanto el servicio la acepte. Si tarda más de una hora, se reembolsan.

## commands
## Descripciones en la lista de comandos de Discord: 100 caracteres como máximo.

commands-movie = Convierte un prompt en una película
commands-movie-with-pictures = Convierte un prompt o tus imágenes en una película
commands-movie-prompt = Qué pasa en tu película (hasta { $characters } caracteres)
commands-movie-duration = Duración en segundos, { $min }–{ $max } (por defecto: la última tuya o { $default })
commands-movie-video-model = Modelo de vídeo (por defecto: tu último o el mejor para la relación de aspecto)
commands-movie-image-model = Modelo de imagen (por defecto: tu último o automático)
commands-movie-aspect-ratio = Relación de aspecto (por defecto: tu última o 16:9)
commands-movie-language = Idioma hablado (por defecto: el último tuyo o automático)
commands-movie-subtitles = Mostrar subtítulos (por defecto: tu última elección o no)
commands-movie-tone = Tono (por defecto: el último tuyo o realista)
commands-movie-storyboard = Mira las imágenes antes de pagar el vídeo (por defecto: tu preferencia)
commands-movie-picture = Una imagen para crear la película (PNG, JPEG o WebP, hasta { $most } MB)
commands-movie-another-picture = Otra imagen

# Relaciones de aspecto, también en formularios y menús
commands-wide = Horizontal (16:9)
commands-tall = Vertical (9:16)

# Idioma hablado en una película, también en formularios y menús
commands-language-auto = Automático
commands-language-english = Inglés
commands-language-spanish = Español
commands-language-french = Francés
commands-language-japanese = Japonés
commands-language-thai = Tailandés
commands-language-chinese = Chino
commands-language-bengali = Bengalí
commands-language-hindi = Hindi
commands-language-sanskrit = Sánscrito
commands-language-latin = Latín

# Cómo se cuenta la historia
commands-tone-grounded = Realista
commands-tone-cinematic = Cinematográfico

# En el menú de un mensaje, en Aplicaciones
commands-make-movie-menu = Convertir en película
# En el menú de un miembro, en Aplicaciones
commands-credits-menu = Créditos…

commands-credits = Tu saldo y tu historial de gastos
commands-credits-member = Ver los créditos de otro miembro (solo administradores)

commands-movies = Explora tus películas
commands-movies-member = Ver las películas de otro miembro (solo administradores)
commands-movies-show = Filtro (por defecto: todas)
commands-movies-id = Abrir una película por su ID (lo muestra ⋯ en su mensaje)
commands-movies-all = Todas
commands-movies-running = En curso
commands-movies-done = Listas
commands-movies-not-made = Fallidas o canceladas
commands-movies-pending = Pendientes de aprobación (solo equipo)
commands-gift = Regala créditos extra a otro miembro
commands-gift-member = Miembro
commands-gift-credits = Número de créditos extra
commands-top = Las mejores películas y los mejores creadores y mecenas del servidor en un mes
commands-top-month = Mes como AAAA-MM, p. ej. 2026-11 (por defecto: este mes)

commands-pitch = Propón una película que los miembros de este servidor paguen juntos
commands-pitch-chip-in = Créditos que aportas desde el principio
commands-pitches = Busca propuestas en las que participar
commands-pitches-sort = Qué va primero (por defecto: casi financiadas)
commands-pitches-missing = Casi financiadas
commands-pitches-votes = Más votos
commands-pitches-age = Más recientes

commands-preferences = Elige tus valores por defecto y dónde recibir tus películas
commands-help = Cómo funciono y cuánto cuesta
commands-privacy = Ver, exportar o borrar lo que guardo sobre ti

commands-quota = Gestiona los créditos de este servidor
commands-quota-credits = Número de créditos
commands-quota-monthly-credits = Créditos al mes (vacío: ver la cantidad actual)
commands-quota-member = Miembro
commands-quota-reason = Motivo (se guarda en el registro)
commands-quota-show = Muestra los límites de este servidor o de un miembro
commands-quota-show-member = Muestra los límites de este miembro
commands-quota-default = Fija la asignación mensual por defecto
commands-quota-server = Fija el presupuesto mensual de este servidor
commands-quota-set-member = Fija la asignación mensual de un miembro
commands-quota-role = Fija la asignación mensual de un rol
commands-quota-role-role = Rol
commands-quota-grant = Da a un miembro créditos extra que no caducan
commands-quota-take = Quita créditos extra a un miembro
commands-quota-block = Impide que un miembro haga películas
commands-quota-block-hours = Duración en horas (vacío: hasta que lo desbloqueen)
commands-quota-unblock = Desbloquea a un miembro
commands-quota-reset = Pone a cero el consumo de un miembro este mes
commands-quota-clear = Quita un límite
commands-quota-clear-default = Vuelve a la asignación por defecto del bot
commands-quota-clear-server = Quita el presupuesto de este servidor
commands-quota-clear-member = Quita la asignación personal de un miembro
commands-quota-clear-role = Quita la asignación de un rol
commands-quota-report = Informe mensual
commands-quota-report-month = Mes como AAAA-MM, p. ej. 2026-11 (por defecto: este mes)

commands-setup = Elige dónde y cómo se hacen películas en este servidor, y quién puede
commands-setup-panel = Ver y cambiar la configuración de este servidor
commands-setup-export = Exporta la configuración de este servidor a un archivo JSON
commands-setup-import = Importa la configuración de un archivo JSON (antes verás los cambios)
commands-setup-import-file = Un archivo de /setup export


## copies
## Lo que se hace con películas terminadas: escenas nuevas, doblajes, subtítulos y largometrajes

# Why nothing is made
copies-not-offered = Esto no está disponible ahora mismo.
copies-source-gone = Esa película ya no existe, así que no se puede hacer nada más con ella.
copies-film-size = Un largometraje une de { $least } a { $most } películas distintas.
copies-film-shape = Un largometraje une películas con la misma relación de aspecto. Aquí unas son horizontales y otras verticales.

copies-dub-button = Doblar
copies-subtitles-button = Subtítulos
copies-film-button = Hacer un largometraje
copies-scene-title = 🎬 Rehacer escenas
copies-dub-title = 🗣️ Doblar esta película
copies-subtitles-title = 💬 Cambiar los subtítulos
copies-film-title = 🎞️ Unir películas en un largometraje
copies-language-label = Idioma
copies-subtitles-label = Subtítulos
copies-movies-label = Películas del largometraje
copies-own-language-option = En el idioma de la película
copies-no-subtitles-option = Sin subtítulos
copies-pitch-button = Pedir que otros aporten
copies-pitched = ¡Propuesta! Todos pueden aportar abajo.


## credits
## /credits: saldo, ajustes y recibos de un miembro. Solo los ve quien pregunta; los administradores ven también los
## de otros, así que nada dice «tú».

credits-spend-own = { $credits ->
    [0] Ahora no puedes gastar nada
   *[other] Ahora puedes gastar { units-credits }
}
credits-spend-member = { $credits ->
    [0] { $member } no puede gastar nada ahora
   *[other] { $member } puede gastar { units-credits } ahora
}
credits-spend-less-own = Ahora no puedes gastar todos tus créditos
credits-spend-less-member = { $member } no puede gastar todos sus créditos ahora
credits-budget-short = { $credits ->
    [0] El saldo es de { $own }, pero el presupuesto de este servidor se ha acabado.
   *[other] El saldo es de { $own }, pero el presupuesto de este servidor ya solo tiene { units-credits } este mes.
}
credits-queue-short = { $credits ->
    [0] El saldo es { $own }, pero ya hay tantas películas en cola o creándose como se permite. Inténtalo de nuevo cuando una esté lista.
   *[other] El saldo es { $own }, pero ahora mismo las películas en cola pueden costar como máximo { units-credits } más.
}
credits-plan-short = Los créditos del bot para este mes se están acabando.
credits-plan-empty = Los créditos del bot para este mes se han acabado.

credits-bar = { $bar } usados o reservados · se renueva { $time }
credits-allowance = { "**" }Asignación** · saldo: { $left } de { units-credits-monthly } ({ $source })
credits-bonus = { "**" }Extra** · { units-credits } sin caducidad
credits-held = { "**" }Reservados** · { units-credits } para películas y propuestas abiertas

credits-blocked = 🚫 No puede hacer películas hasta que un administrador del servidor levante el bloqueo.
credits-blocked-until = 🚫 No puede hacer películas hasta el { $time }.
credits-blocked-everywhere = 🚫 No puede hacer películas en ningún servidor hasta que el operador del bot levante el bloqueo.
credits-timed-out-until = 🚫 No puede hacer películas hasta el { $time }: demasiados prompts iban contra las reglas de este servidor.

credits-source-member = fijada para este miembro
credits-source-role = por { $role }
credits-source-server = valor por defecto del servidor
credits-source-bot = valor por defecto del bot

credits-granted = { $date } recibió { units-bonus-credits }
credits-removed = { $credits ->
    [one] { $date } se le quitó { units-bonus-credits }
   *[other] { $date } se le quitaron { units-bonus-credits }
}
credits-starter = { $date } reembolso de { units-credits } por la primera película
credits-usage-reset = { $date } consumo de este mes puesto a cero
credits-carried-over = { $date } consumo antes de borrar los datos: { units-credits }
credits-gift-received = { $date } { units-bonus-credits } de { $member }
credits-gift-given = { $date } { units-bonus-credits } para { $member }
credits-old-gift-received = { $date } { units-bonus-credits } de otro miembro
credits-old-gift-given = { $date } { units-bonus-credits } para otro miembro
credits-with-reason = { $change }: { $reason }

credits-page = Página { $page } de { $pages }
credits-page-of-many = Página { $page } de más de { $pages }
credits-no-receipts =
    Aún no hay películas. Haz la primera con /movie. Por ejemplo:
    > { -example-prompt }
credits-member-no-receipts = Aún no hay películas en este servidor.
credits-newer-button = Más recientes
credits-older-button = Más antiguas
credits-open-button = Abrir
credits-export-button = Exportar CSV

credits-exported = { $movies ->
    [one] Aquí tienes { $movies } película en un archivo CSV.
   *[other] Aquí tienes las { $movies } películas en un archivo CSV.
}
credits-exported-latest = { $movies ->
    [one] Aquí tienes la última película en un archivo CSV (sin las anteriores).
   *[other] Aquí tienes las últimas { $movies } películas en un archivo CSV (sin las anteriores).
}
credits-export-in-progress = Tu última exportación aún está en curso. Aparecerá aquí en un momento.
credits-too-many-exports = Se acaban de hacer varias exportaciones aquí. Podrás pedir la siguiente { $time }.

credits-not-authorized = Solo puedes ver tus propios créditos. { -managers } pueden ver los de todos.

## deliveries
## Mensajes sobre el final de una película, en el canal o por MD

deliveries-ready = { $member }, tu película está lista.
deliveries-ready-followed = { $member }, tu película está lista. También para { $followers }
deliveries-ready-direct = Tu película está lista.
deliveries-by = de { $member }
deliveries-movie-alt-text = Película generada por IA, { $duration }: { $prompt }
deliveries-spent = Gastado: **{ $cost }**
deliveries-spent-left = Gastado: **{ $cost }** · saldo de este mes: **{ $left }**
deliveries-not-cancelled = Ha terminado antes de que se pudiera cancelar.
deliveries-followed = { $followers } La película que esperabas está lista. Quien la pidió la recibe por MD.
deliveries-followed-direct = 🎬 Una película que esperabas está lista, pero no puedo mencionarte donde está. Quien la pidió puede enseñártela. ID { $id }

deliveries-failed = { $member }, tu película ha fallado.
deliveries-refunded = Reembolsado: **{ $refunded }**
deliveries-refunded-left = Reembolsado: **{ $refunded }** · saldo de este mes: **{ $left }**
deliveries-refunded-bonus = Reembolsado en créditos extra, porque el mes del pedido ya terminó: **{ $refunded }**

deliveries-unknown = { $member }, estoy comprobando qué ha pasado con tu película.
deliveries-unknown-details =
    El servicio de películas no ha confirmado tu pedido, y no lo haré dos veces. { -operator-notified }
    Mientras tanto, mantengo en reserva **{ $held }**.

deliveries-cancelled = { $member }, tu película se ha cancelado.
deliveries-spent-refunded = Gastado: **{ $cost }** · reembolsado: **{ $refunded }**

deliveries-not-started = { $member }, tu película no ha empezado.

deliveries-left = Saldo de este mes: **{ $left }**

## errors
## Opciones no válidas, permisos que faltan y errores

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
errors-several-languages = Una película tiene un solo idioma hablado y has elegido varios: { $names }.
errors-subtitles = Elige True o False para los subtítulos.
errors-no-subtitles = Este bot no tiene subtítulos ahora mismo. Deja esa opción vacía.
errors-tone = «{ $value }» no es un tono disponible. Elige entre: { $names }.
errors-no-tone = Este bot no permite elegir tono ahora mismo. Deja esa opción vacía.
errors-music = «{ $value }» no está disponible para la música. Elige entre: { $names }.
errors-voice = «{ $value }» no es una voz disponible. Elige entre: { $names }.
errors-more-models = { $models } más

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

## forms
## El formulario de una película y sus extras en palabras.

forms-new-modal-title = Hacer una película
forms-remix-modal-title = Remix de esta película
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
forms-language-hint = Idioma hablado (elige uno)
forms-more-modal-title = Más para tu película
forms-storyboard-label = Primero el storyboard
forms-storyboard-hint = Ves las imágenes y luego lo renderizas o lo paras.
forms-music-elevenlabs = { "ElevenLabs" }
forms-music-lyria = { "Lyria 3" }
forms-voice-any = Automática
forms-voice-female = { $name } (femenina)
forms-voice-male = { $name } (masculina)
forms-voice-neutral = { $name } (neutra)
forms-pictures-label = Imágenes
forms-pictures-hint = Hasta { $most } archivos PNG, JPEG o WebP. Sustituyen a los que añadiste antes.

## gifts
## /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 Le has regalado { units-bonus-credits } a { $member }. Se lo haré saber.
gifts-off = Los regalos están desactivados en este servidor. Los administradores del servidor pueden activarlos con /setup.
gifts-erasing = No se ha regalado nada: me pediste que borrara tus datos.
gifts-paused = No se ha regalado nada: el operador del bot lo ha pausado aquí.
gifts-too-fast = No se ha regalado nada. ¡Qué rapidez! Puedes volver a regalar { $time }.
gifts-self = No puedes regalarte créditos.
gifts-blocked = No puedes regalar créditos mientras tengas un bloqueo.
gifts-recipient-blocked = Este miembro no puede recibir créditos ahora.
gifts-over-bound = No se ha regalado nada: es más de lo que todavía puedes regalar hoy en este servidor ({ units-bonus-credits }). El límite se renueva a medianoche UTC.
gifts-too-few = No se ha regalado nada. Tienes { units-bonus-credits }; tu asignación no se puede regalar.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } te regaló { units-bonus-credits } el { $time } en { $place }. Los créditos extra nunca caducan.
gifts-received-here = 🎁 { $recipient }, { $member } te regaló { units-bonus-credits } el { $time }.

## help
## /help: qué hace el bot y qué puede hacer aquí este miembro. Solo lo ve quien pregunta.

help-title = Matinee convierte palabras en películas
help-summary = Describe una escena con { $command } y haré con ella una película corta.
help-refunds = Las películas cuestan créditos; las fallidas se reembolsan.
help-make-button = Hacer una película
help-all-button = Todo
help-available = ✅ Puedes hacer películas en este canal.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 Aquí no puedo publicar películas. En este canal me falta: { $permissions }. Pídeselo a un administrador del servidor.
help-no-member-credits = 🚫 Has gastado todos tus créditos. Se renuevan { $time }.
help-no-server-credits = 🚫 El presupuesto de este servidor está agotado. Se renueva { $time }.
help-no-bot-credits = 🚫 Este bot no puede hacer más películas este mes. Podrás pedir otra { $time }.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } de tus películas está en curso: { $command }
   *[other] 🎬 { $movies } de tus películas están en curso: { $command }
}
help-many-in-progress = 🎬 Más de { $movies } de tus películas están en curso: { $command }

help-spend = **{ $spend }.** Tus créditos se renuevan { $time }.
help-bonus = { $credits ->
    [one] De ellos, { units-bonus-credits } no caduca.
   *[other] De ellos, { units-bonus-credits } no caducan.
}

help-prices-field = Precio por segundo
help-price = **{ $model }**: { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] y { $models } modelo más
   *[other] y { $models } modelos más
}
help-asks-above = Una película dura como máximo { $duration }. Te preguntaré antes de gastar más de { units-credits }.
help-asks-above-or-share = Una película dura como máximo { $duration }. Te pregunto antes de gastar más de { units-credits } o más del { $share } de tu saldo.
help-always-asks = Una película dura como máximo { $duration }. Te mostraré el precio antes de gastar nada.

help-commands-field = Comandos
help-command = { $command } · { $description }
help-from-a-message = En uno de tus mensajes: **Aplicaciones** → **{ $menu }**
help-from-any-message = En cualquier mensaje: **Aplicaciones** → **{ $menu }**
help-managers = Administradores: { $setup }, { $show }, { $report } y los demás comandos /quota

## ideas
## Ideas para una película, de tres listas: quién, hace qué y dónde.

ideas-prompt = { $who } { $does } { $where }.

ideas-who =
    { $variant ->
        [0] Un zorro de relojería
        [1] Un farero tímido
        [2] Una astronauta diminuta
        [3] Una vieja capitana
        [4] Un dragón de papel
        [5] Un robot curioso
        [6] Un gigante soñoliento
        [7] Un músico callejero
        [8] Una ballena voladora
        [9] Una lechuza blanca
        [10] Un fantasma amable
        *[11] Una joven panadera
    }

ideas-does =
    { $variant ->
        [0] aprende a bailar
        [1] abre una puerta secreta
        [2] sigue un rastro de luz
        [3] construye un puente de música
        [4] hace las paces con una tormenta
        [5] planta un bosque luminoso
        [6] echa una carrera a una estrella fugaz
        [7] encuentra una melodía perdida
        [8] pinta el cielo nocturno
        [9] cuida un huevo de oro
        [10] despierta a una ciudad dormida
        *[11] atrapa el último rayo de sol
    }

ideas-where =
    { $variant ->
        [0] en una ciudad sobre las nubes
        [1] en el fondo del mar
        [2] en un tren nocturno bajo la nieve
        [3] en una biblioteca sin fin
        [4] en un planeta diminuto
        [5] en una feria de medianoche
        [6] en un jardín de cristal
        [7] en una azotea bajo la lluvia
        [8] dentro de un reloj gigante
        [9] en un lago helado al amanecer
        [10] en un mercado flotante
        *[11] bajo un doble arcoíris
    }

## links
## Dónde está el enlace de una película, en el mensaje que la anuncia

links-in-movies = El enlace es demasiado largo para un mensaje. Quien pidió la película lo encuentra en /movies.
links-in-file = El enlace es demasiado largo para un mensaje, así que está en el archivo adjunto.
links-unsafe = Este enlace no se puede publicar aquí. Abre la película en el Studio.
links-watch = Ver
links-jump = Ir al mensaje

## log
## Cambios hechos por los administradores del servidor, el operador del bot y el bot: en el canal del equipo, y como
## confirmación para quien los hizo. Ese canal puede ser público, así que no muestra ningún saldo.

log-bot = El bot
log-operator = El operador del bot
log-confirmation = ✅ { $change }

log-set-default-limit = Los miembros reciben ahora { units-credits-monthly } por defecto.
log-set-default-limit-cleared = Los miembros vuelven a recibir la asignación por defecto del bot.
log-set-server-limit = Este servidor puede gastar ahora { units-credits-monthly }.
log-set-server-limit-cleared = Se ha quitado el presupuesto del servidor.
log-set-member-limit = { $subject } recibe ahora { units-credits-monthly }.
log-set-member-limit-cleared = Se ha quitado la asignación personal de { $subject }.
log-set-role-limit = Quienes tienen { $subject } reciben ahora { units-credits-monthly }.
log-set-role-limit-cleared = Se ha quitado la asignación de { $subject }.
log-grant = { $member } ha recibido { units-bonus-credits }.
log-gift = Ha regalado { units-bonus-credits } a { $member }.
log-revoke = { $credits ->
    [one] Se ha quitado { units-bonus-credits } a { $member }.
   *[other] Se han quitado { units-bonus-credits } a { $member }.
}
log-block = { $member } no puede hacer películas hasta que un administrador levante el bloqueo. Las películas en curso se terminarán.
log-block-hours = { $member } no puede hacer películas durante { units-hours }. Las películas en curso se terminarán.
log-unblock = { $member } puede volver a hacer películas.
log-reset-usage = El consumo de { $member } este mes se ha puesto a cero.
log-reset-usage-credits = El consumo de { $member } este mes se ha puesto a cero (antes: { units-credits }).
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** es ahora: { $value }
log-gallery-failed = Ya no puedo publicar en la galería { $channel }. Mientras tanto, las películas terminadas aparecen donde se pidieron. Revisa mis permisos allí o elige otra galería con /setup.
log-movie-night-failed = No he podido publicar la noche de cine en { $channel }. Revisa mis permisos allí y tu regla de edad, o elige otra galería con /setup.

log-request-credits = 🙋 { $member } pide { units-bonus-credits }.
log-decline-credits = Se ha rechazado la solicitud de { $member } ({ units-bonus-credits }).
log-cancel-queued = Se han cancelado las películas en cola de { $member }. Reembolso: { units-credits }.
log-remove-pitch = Se ha eliminado la propuesta de { $member }. Reembolso: { units-credits }.
log-request-granted = ✅ Concedido por { $manager }.
log-request-declined = ❌ Rechazado por { $manager }.
log-request-replaced = Este miembro ha hecho después otra solicitud: solo se puede responder a la más reciente.
log-request-lapsed = Esta solicitud ha caducado. El miembro puede hacer otra.
log-request-not-told = No puedo enviar un MD a { $member }. Por favor, avísale.
log-reason = Motivo: { $reason }
log-result = Resultado: { $reason }

log-failures-stopped = { $member } no puede hacer más películas este mes, porque las fallidas le han costado { units-credits } al bot. Un administrador puede permitir más con /quota unblock.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = La regla «{ $rule }» ha detenido un prompt de { $member }: ||{ $prompt }||
log-prompt-refused-preset = La regla «{ $rule }» ({ $category }) ha detenido un prompt de { $member }: ||{ $prompt }||
log-prompt-refused-operator = Una regla del operador del bot ha detenido un prompt de { $member }: ||{ $prompt }||
log-prompt-flagged = Un prompt de { $member } fue detenido por la moderación del servicio de películas ({ $category }): ||{ $prompt }||
log-time-out = { $member } no puede hacer películas durante { units-hours }, porque hoy se han detenido demasiados de sus prompts. Un administrador puede levantarlo con /quota unblock.
log-category-minors = contenido sexual con menores
log-category-sexual = contenido sexual
log-category-gore = violencia sangrienta
log-category-slurs = insultos discriminatorios
log-category-self-harm = autolesiones
log-category-violence = violencia
log-category-hate = odio
log-category-harassment = acoso
log-category-illicit = actividades ilegales
log-category-other = contra sus reglas
log-limit-server = Este servidor puede gastar como máximo { units-credits-monthly }, fijen lo que fijen sus administradores.
log-limit-server-cleared = Este servidor vuelve al límite habitual del bot.
log-block-server = Este servidor ya no puede hacer películas. Las películas en curso se terminarán.
log-unblock-server = Este servidor puede volver a hacer películas.
log-pause = Por ahora ningún servidor puede hacer películas nuevas. Las películas en curso se terminarán.
log-resume = Ya se pueden hacer películas nuevas otra vez.
log-job-unknown = { $credits ->
    [one] El servicio de películas no ha confirmado una película de { $member }. { units-credits } sigue reservado hasta que se sepa qué ha pasado.
   *[other] El servicio de películas no ha confirmado una película de { $member }. { units-credits } siguen reservados hasta que se sepa qué ha pasado.
}
log-job-given-up = { $credits ->
    [one] No se ha podido averiguar qué ha pasado con una película de { $member }. Se ha dado por fallida y se ha reembolsado { units-credits }.
   *[other] No se ha podido averiguar qué ha pasado con una película de { $member }. Se ha dado por fallida y se han reembolsado { units-credits }.
}
log-job-resolved = Se ha revisado una película de { $member }.
log-movie-removed = Se ha eliminado una película de { $member } (ID { $id }).
log-gallery-removed = Se ha quitado de la galería una película de { $member } (ID { $id }).
log-report-dismissed = Se han descartado las denuncias de una película de { $member } (ID { $id }).
log-deletion-refused = Se ha eliminado una película de { $member } (ID { $id }), pero Discord no me deja eliminar su mensaje. Seguiré intentándolo durante 30 días. Puedes eliminarlo tú: { $link }
log-deletion-given-up = Se ha eliminado una película de { $member } (ID { $id }), pero después de 30 días Discord sigue sin dejarme eliminar su mensaje, así que ya no lo intento más. Elimínalo tú: { $link }
log-request-approval = Una película de { $member } espera aprobación ({ units-price }, ID { $id }).
log-approve-movie = Una película de { $member } puede empezar ({ units-price }, ID { $id }).
log-decline-movie = { $credits ->
    [0] Una película de { $member } se ha rechazado (ID { $id }).
   *[other] Una película de { $member } por { units-credits } se ha rechazado y reembolsado (ID { $id }).
}
log-lapse-approval = { $credits ->
    [0] Nadie ha decidido a tiempo sobre una película de { $member }: se ha cancelado (ID { $id }).
   *[other] Nadie ha decidido a tiempo sobre una película de { $member } por { units-credits }: se ha cancelado y reembolsado (ID { $id }).
}
log-restore-backup = Se ha restaurado una copia de seguridad. Una película de { $member } espera a que el operador del bot la revise.

log-reason-role-deleted = el rol se eliminó
log-reason-submission-unconfirmed = película { $id }
log-reason-ended-as-failed = fallida, créditos reembolsados
log-reason-request-id-found = encontrada en el servicio de películas, con el ID { $id }
log-reason-may-be-submitted = quizá ya se pidió la película { $id }
log-reason-may-be-sent = quizá ya se envió el mensaje sobre la película { $id }
log-reason-requested = los pidió el miembro
log-reason-not-age-restricted = la galería no tiene restricción de edad
log-reason-staff-unreachable = no puedo escribir en el canal del equipo, y este servidor deja empezar las películas en ese caso

## more
## Behind ⋯: a sentence beside each button

more-storyboard = Mira el storyboard y decide.
more-refresh = Consigue un enlace nuevo.
more-scene = Rehaz una escena: otra imagen, otro clip y una versión nueva de la película.
more-rerun = Hazla otra vez con los mismos ajustes. Antes ves el precio.
more-dub = Dóblala a otro idioma.
more-subtitles = Añade o cambia los subtítulos, gratis.
more-film = Une su serie en un largometraje.
more-retry = Inténtalo de nuevo. Antes ves el precio.
more-cancel = Cancela esta película.
more-cancel-as-staff = Cancela esta película de otra persona. Se reembolsan sus créditos.
more-target = Cambia dónde la recibes.
more-remix = Haz tu propia película a partir de su prompt. Antes ves el precio.
more-versions = Mira sus versiones y a partir de qué se hizo.
more-receipt = Mira cuánto ha costado.
more-studio = Ábrela en el Studio del servicio de películas.
more-report = Denúnciala al equipo.
more-leave-gallery = Quítala de la galería. Se queda donde se publicó primero.
more-delete = Elimina esta película y sus enlaces.
more-remove = Elimina esta película y sus enlaces, como equipo.
more-nothing = Ahora mismo no puedes hacer nada más con esta película.

## movies
## /movies: las películas de un miembro y la vista de una película. Solo las ve quien las lee.

movies-own-title = Tus películas
movies-member-title = Películas de { $name } en este servidor
movies-unnamed-title = Películas de este miembro en este servidor
movies-filtered-title = { $title }: { $filter }

movies-none-all =
    Aún no hay películas. Haz la primera con /movie. Por ejemplo:
    > { -example-prompt }
movies-none-running = No hay películas en curso.
movies-none-done = Aún no hay películas listas.
movies-none-not-made = No hay películas fallidas ni canceladas.
movies-member-none-all = { $member } aún no ha pedido películas en este servidor.
movies-member-none-running = { $member } no tiene películas en curso en este servidor.
movies-member-none-done = { $member } aún no tiene películas listas en este servidor.
movies-member-none-not-made = { $member } no tiene películas fallidas ni canceladas en este servidor.

movies-outage = { $outage } Las películas en cola empezarán en cuanto el servicio las acepte.
movies-not-delivered = 📬 lista, pero no he podido publicarla: ábrela abajo
movies-deleted = 🗑️ eliminada
movies-elsewhere = en otro servidor
movies-hidden-prompt = (pedida donde no puedes verla)
# Members paid for it together
movies-with-others = con otros
movies-share-value = Tu parte: { units-credits }
movies-all-hint = Todas las películas, primero las más recientes
movies-running-hint = En cola, creándose o en revisión
movies-done-hint = Listas para ver
movies-not-made-hint = Fallidas o canceladas; el resto se reembolsa
movies-filter-placeholder = Filtrar
movies-open-placeholder = Abrir una película…
movies-newer-button = Más recientes
movies-older-button = Más antiguas
movies-refresh-button = Actualizar
movies-back-button = Volver a la lista

movies-posted-late = Antes no he podido publicar esta película. Aquí está.
movies-link-may-have-expired = No he conseguido un enlace nuevo, así que este puede haber caducado.

movies-on-hold-value = **{ units-credits }** en reserva hasta que esté lista
movies-unknown-value = **{ units-credits }** en reserva hasta saber qué ha sido de ella
movies-spent-value = { $credits ->
    [one] **{ units-credits }** gastado
   *[other] **{ units-credits }** gastados
}
movies-refunded-value = { $credits ->
    [one] **{ units-credits }** reembolsado
   *[other] **{ units-credits }** reembolsados
}
movies-refunded-in-part-value = Gastado en los pasos terminados: **{ $cost }**, reembolsado: **{ $refunded }**
movies-left-server-value = Un servidor del que me he ido
movies-other-server-value = Otro servidor
movies-deleted-value = Eliminada: { $date }. Su mensaje y sus enlaces ya no están.
movies-deleted-by-manager-value = Eliminada por el equipo del servidor: { $date }. Su mensaje y sus enlaces ya no están.
movies-requested-value = Pedida: { $date }
movies-finished-value = Terminada: { $date }
movies-finished-after-value = Terminada: { $date } (en { $duration })
movies-ended-value = Cerrada: { $date }
movies-id-footer = ID de la película { $id }
movies-by = de { $name }
movies-remixed-from = 🔀 Remix de { $movie }
movies-remixes = Remixes ({ $remixes })

movies-not-authorized = Solo puedes ver tus propias películas. { -managers } pueden ver las de todos en su servidor.
movies-not-found = No encuentro esta película en la lista. Escribe /movies para ver las que hay.
movies-unknown-id = No encuentro ninguna película con ese ID. Pulsa ⋯ en el mensaje de la película para verlo.

## night
## Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Noche de cine
night-recap-title = La semana en películas
night-intro = Las mejores de los últimos 7 días, por estrellas. *Ver todas* las muestra solo a ti.
night-recap-week = { units-movies } esta semana, { $spent } entre todos
night-recap-maker = en cabeza, { $member } ({ $movies })
night-all-button = ▶ Ver todas

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Película { $number } de { $total }, de { $member }
night-next-button = Siguiente película
night-last = Era la última.
night-over = Esta película ya no se puede ver.

## pictures
## Películas hechas con imágenes propias

pictures-prompt = Una película hecha con mis imágenes
pictures-count = { $pictures ->
    [one] { $pictures } imagen
   *[other] { $pictures } imágenes
}
pictures-notice = 🖼️ El servicio de películas recibe tus imágenes. Usa solo las que puedas compartir y con el consentimiento de todas las personas cuya cara aparezca.

pictures-not-offered = Las imágenes no están disponibles ahora mismo.
pictures-too-many = Una película admite hasta { $most } imágenes.
pictures-too-large = La imagen { $number } es demasiado grande. Cada una puede tener hasta { $most } MB.
pictures-too-large-together = Tus imágenes son demasiado grandes en conjunto. Entre todas pueden tener hasta { $most } MB.
pictures-not-a-picture = El archivo { $number } no es una imagen PNG, JPEG o WebP.
pictures-not-read = Discord no ha entregado la imagen { $number }. Inténtalo de nuevo.
pictures-with-duration = Las imágenes deciden cuánto dura su película, que no tiene storyboard. Deja vacías **duration** y **storyboard**.
pictures-gone = Solo guardo las imágenes mientras su pedido está abierto, y estas ya no están. No se te ha cobrado nada. Escribe /movie y añádelas otra vez.

## pitch
## /pitch: una película que los miembros pagan juntos. El mensaje público, y lo que solo lee quien pulsó.

# The public message. $time: "in 3 days"
pitch-ended-title = Esta propuesta ha terminado
pitch-progress = { $pledged } de { $price } · { $people ->
    [one] { $people } persona
   *[other] { $people } personas
} · termina { $time }
pitch-by = propuesta por { $member }
pitch-waits-plan = Financiada, pero este bot no puede hacer más películas este mes: { -keep-trying }
pitch-waits-server = Financiada, pero el presupuesto de este servidor todavía no alcanza: { -keep-trying }
pitch-waits-busy = Financiada, pero hay demasiadas películas en curso: { -keep-trying }
pitch-waits-paused = Financiada, pero las películas nuevas están en pausa: { -keep-trying }
pitch-waits-member = Financiada, pero ahora no se puede pedir: { -keep-trying }
pitch-ended-funded = Está financiada por completo y la película está pedida.
pitch-ended-lapsed = Se ha acabado el tiempo y se ha reembolsado a todos.
pitch-ended-withdrawn = La ha retirado el miembro que la propuso y se ha reembolsado a todos.
pitch-ended-removed-by-staff = El equipo de este servidor la ha eliminado y se ha reembolsado a todos.
pitch-ended-prompt-refused = Su prompt va contra las reglas de este servidor, así que se ha reembolsado a todos.
pitch-ended-not-offered = Su modelo o su duración ya no están disponibles aquí, así que se ha reembolsado a todos.
pitch-ended-restored = Me han restaurado desde una copia de seguridad, así que la he cerrado y se ha reembolsado a todos.
pitch-ended-server-left = Me han quitado del servidor y se ha reembolsado a todos.
pitch-ended-message-gone = Se ha eliminado su mensaje o su canal, así que se ha reembolsado a todos.

pitch-add-button = Aportar { $credits }
pitch-rest-button = El resto ({ $credits })
pitch-other-button = Otra cantidad
pitch-back-button = Recuperar
pitch-withdraw-button = Retirar
pitch-remove-button = Eliminar
pitch-other-line = Aporta otra cantidad: hasta { $missing }.
pitch-back-line = Recupera tu aportación ({ $share }) hasta que la propuesta se financie.
pitch-withdraw-line = Retira tu propuesta: se reembolsa a todos.
pitch-remove-line = Elimínala como equipo: su prompt se oculta y se reembolsa a todos.
pitch-other-modal-title = Aportar otra cantidad
pitch-amount-label = ¿Cuántos créditos?
pitch-amount-hint = Todavía falta: { units-credits }. Si la película no se hace, recibes el reembolso.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = Has aportado { $share }. Tu total: { $mine }. Todavía falta: { $missing }. Puedes recuperar tus créditos (⋯) hasta que la propuesta se financie.
pitch-month-ends = 🗓️ Eso incluye { units-credits } de la asignación de este mes, que termina { $time } con el mes. Si la propuesta no se financia antes, esa parte se pierde.
pitch-completed = 🎉 ¡Con tu aportación ({ $share }) está completa! La película está pedida. Puedes seguir su progreso aquí.
pitch-completed-approval = 🎉 ¡Con tu aportación ({ $share }) está completa! El equipo de este servidor tiene que aprobar antes la película. Si nadie lo hace en 48 horas, se reembolsará a todos.
pitch-completed-waiting = 🎉 ¡Con tu aportación ({ $share }) está completa!
pitch-taken-back = Has recuperado { $share }. Todavía falta: { $missing }.
pitch-shortfall = Necesitas { $price }, pero solo tienes { $left }. { -not-charged } Aporta menos o espera: tus créditos se renuevan { $time }.
pitch-shortfall-new = No puedes aportar { $price }: tu saldo es de { $left }, así que no se ha propuesto nada. Aporta menos o espera: tus créditos se renuevan { $time }.
pitch-too-much = Es más de lo que falta: { $missing }. { -not-charged }
pitch-alone = Esta película cuesta { $price }: aporta menos o créala por tu cuenta con /movie. No se ha propuesto nada.
pitch-complete = Esta propuesta ya está financiada por completo. Su película está a la espera de crearse.
pitch-no-pledge = No tienes créditos en esta propuesta.
pitch-not-yours = Solo { $member } puede retirar esta propuesta. Pulsa ⋯ para recuperar tus propios créditos.
pitch-too-many = Ya tienes { $pitches } propuestas abiertas aquí, que es el límite. Retira una o espera a que termine alguna.
pitch-not-offered = Esto no se puede pagar entre varios. Pídelo tú.
pitch-failing = Tus últimas { $failures } películas de este prompt han fallado, así que otros no deberían pagar la siguiente. Propón otro prompt o crea antes esta película por tu cuenta con /movie.
pitch-voted = Has votado por esta propuesta. Los votos son gratis y solo cambian el orden en /pitches.
pitch-voted-already = Ya has votado por esta propuesta.
pitch-unknown = No encuentro esta propuesta aquí. Escribe /pitches para ver las abiertas.
pitch-over = Esta propuesta ha terminado.
pitch-handled = Eso ya está hecho. Tienes { units-credits } en esta propuesta.
pitch-amount-invalid = Escribe un número entero de créditos, por ejemplo 25. { -not-charged }
pitch-never-fits-server = Esta película cuesta { $price } y el presupuesto del servidor para todo un mes es de { $left }. Propón una más corta.
pitch-never-fits-queue = Esta película cuesta { $price }, pero las películas en cola de un miembro no pueden costar más de { $left } en total. Propón una más corta.
pitch-never-fits-bot = Esta película cuesta { $price }, más de lo que el bot puede gastar en un mes. Propón una más corta.
pitch-withdraw-question = ¿Retirar esta propuesta? Se reembolsará a todos y nadie podrá aportar más.
pitch-withdrawn = Retirada. Se reembolsará a todos.
pitch-remove-question = ¿Eliminar esta propuesta? Su prompt se ocultará y se reembolsará a todos.
pitch-removed = Eliminada. Se reembolsará a todos.
pitch-not-posted = Discord no ha confirmado tu propuesta, así que la he retirado. Inténtalo de nuevo.

## pitches
## /pitches: the open pitches of a server.

pitches-list-title = Propuestas abiertas
pitches-empty = Ahora no hay propuestas abiertas. Empieza una con /pitch y todos podrán participar.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits ->
    [one] falta { $credits } de { $price }
   *[other] faltan { $credits } de { $price }
}
pitches-complete = financiada, a la espera de crearse
pitches-ends = termina { $time }
# The text of a link to the pitch
pitches-open = Abrir
pitches-sort-placeholder = Ordenar por
pitches-manage-placeholder = Elige una propuesta: aportar, recuperar…
pitches-back-button = Anterior
pitches-next-button = Siguiente
pitches-page-footer = Página { $page } de { $pages }

## pledges
## What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members }: [la propuesta]({ $pitch }) en la que participaste está financiada y su película está pedida.
pledges-funded-direct = 🎬 [La propuesta]({ $pitch }) en la que pusiste { units-credits } está financiada y su película está pedida.
pledges-approval = 🎬 { $members }: [la propuesta]({ $pitch }) en la que participaste está financiada y el equipo del servidor tiene 48 horas para aprobar la película.
pledges-approval-direct = 🎬 [La propuesta]({ $pitch }) en la que pusiste { units-credits } está financiada y el equipo del servidor tiene 48 horas para aprobar la película.
pledges-returned = ↩️ { $members }, se te han reembolsado los créditos de [la propuesta]({ $pitch }){ $why }.
pledges-returned-direct = ↩️ Reembolsado: { units-credits } de [la propuesta]({ $pitch }){ $why }.
pledges-over = 🎟️ { $members }, [tu propuesta]({ $pitch }) ha terminado{ $why }.
pledges-over-direct = 🎟️ [Tu propuesta]({ $pitch }) ha terminado{ $why }.
pledges-lapsed = 🗓️ { $members }, la asignación del mes pasado ya no cuenta para [la propuesta]({ $pitch }): participa otra vez si todavía quieres la película.
pledges-lapsed-direct = 🗓️ La asignación del mes pasado ({ units-credits }) ya no cuenta para [la propuesta]({ $pitch }): participa otra vez si todavía quieres la película.
pledges-waiting = ⏳ { $members }: [la propuesta]({ $pitch }) en la que participaste está financiada, pero su película todavía no se puede pedir: { -keep-trying }
pledges-waiting-direct = ⏳ [La propuesta]({ $pitch }) en la que pusiste { units-credits } está financiada, pero su película todavía no se puede pedir: { -keep-trying }
pledges-made = 🎬 { $members }, la película de [la propuesta]({ $pitch }) en la que participaste está lista: la encuentras en /movies.
pledges-made-direct = 🎬 La película de [la propuesta]({ $pitch }) en la que pusiste { units-credits } está lista: la encuentras en /movies.

# Why credits came back
pledges-why-lapsed = se ha acabado el tiempo
pledges-why-withdrawn = se ha retirado
pledges-why-removed-by-staff = el equipo del servidor la ha eliminado
pledges-why-prompt-refused = su prompt va contra las reglas del servidor
pledges-why-not-offered = su modelo o su duración ya no están disponibles
pledges-why-restored = el bot se ha restaurado desde una copia de seguridad
pledges-why-server-left = me han quitado del servidor
pledges-why-message-gone = se ha eliminado su mensaje o su canal
pledges-why-job-ended = la película no se ha hecho
pledges-why-job-ended-late = la película no se ha hecho y el mes en que pagaste ha terminado, así que recibes créditos extra

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, la película de [la propuesta]({ $pitch }) se ha cancelado: vuestras partes han pagado los pasos terminados y el resto se ha reembolsado.
pledges-charged-direct = ↩️ La película de [la propuesta]({ $pitch }) se ha cancelado; los pasos terminados te han costado { $spent }, reembolsado: { $refunded }.

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Pagada por { $names }.
pledges-paid-by-more = Pagada por { $names } y { $more } más.
pledges-paid-by-unnamed = { $more ->
    [one] Pagada por { $more } miembro.
   *[other] Pagada por { $more } miembros.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = Gastado entre todos: **{ $cost }**
pledges-refunded = Todos han recuperado sus créditos.
pledges-refunded-bonus = Todos han recuperado sus créditos como créditos extra, porque el mes en que pagaron ya ha terminado.
pledges-cost-in-part = Todos han pagado su parte de **{ $cost }** y han recuperado el resto.
pledges-cancelled = Cancelada. Todos han recuperado sus créditos.
pledges-ended = Ya ha acabado. Todos han recuperado sus créditos.
pledges-failed = { $member }, la película que propusiste ha fallado.
pledges-not-started = { $member }, la película que propusiste no ha empezado.
pledges-not-cancellable = Una película pagada entre todos ya no se puede cancelar cuando se está creando. La publicaré en el canal cuando esté lista.
pledges-to-channel = Una película pagada entre todos siempre se publica en el canal.

## preferences
## /preferences: las opciones de un miembro y adónde van sus películas. Solo las ve él.

preferences-title = Tus preferencias
preferences-intro = /movie usa tus últimas opciones, salvo que elijas otra cosa.
preferences-empty = Aún no tienes preferencias. Elige algunas aquí o recordaré las opciones de tu próxima película.
preferences-cost = Una película de { $duration } cuesta **{ $price }** ({ $rate }).
preferences-footer = Vale para cualquier servidor.

preferences-video-model = Modelo de vídeo: { $choice }
preferences-image-model = Modelo de imagen: { $choice }
preferences-seconds = Duración: { $choice }
preferences-aspect-ratio = Relación de aspecto: { $choice }
preferences-language = Idioma: { $choice }
preferences-subtitles = Subtítulos: { $choice }
preferences-tone = Tono: { $choice }
preferences-music = Música: { $choice }
preferences-voice = Voz: { $choice }

# De dónde sale cada opción
preferences-unsupported-default = { $choice } no admite esta relación de aspecto, así que se usa la opción por defecto: **{ $other }**
preferences-unavailable-default = { $choice } ya no está disponible, así que se usa la opción por defecto: **{ $other }**

preferences-video-model-placeholder = Modelo de vídeo
preferences-image-model-placeholder = Modelo de imagen
preferences-seconds-placeholder = Duración
preferences-aspect-ratio-placeholder = Relación de aspecto
preferences-language-placeholder = Idioma
preferences-subtitles-placeholder = Subtítulos
preferences-tone-placeholder = Tono
preferences-music-placeholder = Música
preferences-voice-placeholder = Voz

# La primera opción de cada menú, que vuelve a la opción por defecto
preferences-video-model-option = Modelo de vídeo: automático (el mejor para la relación de aspecto)
preferences-image-model-option = Modelo de imagen: automático
preferences-seconds-option = Duración: { $choice } (por defecto)
preferences-aspect-ratio-option = Relación de aspecto: { $choice } (por defecto)
preferences-language-option = Idioma: { $choice } (por defecto)
preferences-subtitles-option = Subtítulos: { $choice } (por defecto)
preferences-tone-option = Tono: { $choice } (por defecto)
preferences-music-option = Música: { $choice } (por defecto)
preferences-voice-option = Voz: { $choice } (por defecto)

preferences-off-option = No
preferences-on-option = Sí

preferences-channel-value = Las películas terminadas se publican donde las pediste, con una mención.
preferences-direct-value = Las películas terminadas llegan por MD, o al canal si no aceptas MD.

preferences-channel-button = En el canal
preferences-dm-button = Por MD
preferences-unlist-button = No mostrarme
preferences-list-button = Mostrarme
preferences-listed-value = Las estrellas pueden llevar tus películas a una galería, y puedes estar en /top.
preferences-unlisted-value = Las estrellas no llevan tus películas a una galería ni a una noche de cine, y no estás en /top.
preferences-unlisted = A partir de ahora, las estrellas no llevarán tus películas a una galería ni a una noche de cine, y no estarás en /top.
preferences-storyboard-value = Tus películas empiezan con un storyboard: ves las imágenes antes de pagar el vídeo.
preferences-no-storyboard-value = Tus películas se hacen de una vez, sin storyboard.
preferences-storyboard-button = Primero storyboard
preferences-no-storyboard-button = De una vez
preferences-listed = Ahora las estrellas pueden llevar tus películas a una galería y puedes aparecer en /top.
preferences-reset-button = Restablecer
preferences-extras-button = Cambiar
preferences-back-button = Volver

preferences-not-offered = Eso ya no está disponible. Elige otra opción abajo.
preferences-dropped-aspect-ratio = { $model } no admite { $dropped }, así que he cambiado a { $choice }.
preferences-dropped-model = { $model } no admite { $choice }, así que he cambiado al mejor modelo para ello.
preferences-channel-set = A partir de tu próxima película, publicaré en el canal las que estén listas.
preferences-dm-set = A partir de tu próxima película, te enviaré por MD las que estén listas.
preferences-reset = Tus preferencias se han restablecido.

## privacy
## /privacy, y lo que queda de las películas cuyo texto se eliminó

privacy-prompt-gone = (prompt eliminado)
privacy-link-gone = El enlace a esta película se ha eliminado.
privacy-not-again = El prompt de esta película se ha eliminado, así que no puedo volver a hacerla. Haz otra con /movie. { -not-charged }
privacy-unnamed = alguien que borró sus datos

privacy-title = Tus datos
privacy-about = Guardo tu ID, tus películas y propuestas con sus prompts y enlaces, tu nombre cuando las pediste, tus créditos y cada cambio en ellos, lo que elegiste en /preferences, de qué películas quieres avisos, las propuestas que votaste, las películas a las que diste una estrella o que denunciaste (y por qué) y el comienzo de los prompts que las reglas de un servidor detuvieron. No guardo tus otros mensajes, salvo que alguien convierta uno en película. Los prompts van al servicio de películas.
privacy-moderation = Antes de que yo pida una película o muestre su precio, el servicio de películas revisa su prompt. Guardo el comienzo de los prompts que no acepta.
privacy-pictures = Las imágenes con las que haces una película van al servicio de películas. Solo las guardo hasta que las tiene o hasta que el pedido termina.
privacy-kept-field = Cuánto tiempo
privacy-kept-value =
    { $days ->
        [one] { $days } día
       *[other] { $days } días
    } después de que acabe una película o una propuesta borro su prompt, sus enlaces y tu nombre. Tu ID y tus créditos se quedan hasta que los borres o hasta 30 días después de que me quiten de un servidor.
privacy-kept-always-value = Hasta que los borres o hasta 30 días después de que me quiten de un servidor.
privacy-elsewhere-field = Lo que no puedo borrar
privacy-elsewhere-value = Los mensajes que ya están en Discord, salvo los de tus películas si también los borras, y lo que guarda el servicio de películas.
privacy-now-value = Ahora mismo: { units-movies }, tus créditos y su historial, y tus preferencias.
privacy-nothing = No hay nada guardado sobre ti.
privacy-export-button = Exportar
privacy-erase-button = Borrar mis datos
privacy-policy-button = Política de privacidad
privacy-terms-button = Condiciones de uso
privacy-export-ready = Todo lo que guardo sobre ti: JSON para programas, CSV para hojas de cálculo.
privacy-export-too-large = Es demasiado para un mensaje de Discord. Pide tu exportación al operador del bot.
privacy-question-title = ¿Borrar tus datos en todos los servidores? No se puede deshacer.
privacy-question-what = Desaparecen tus películas, enlaces, recibos y preferencias. Tus propuestas abiertas se retiran y los créditos que aportaste a las de otros se reembolsan.
privacy-question-waiting = En cola: { units-movies }. Lo que está en cola se cancela y se reembolsa.
privacy-question-open = En curso: { units-movies }. Todavía recibes lo que está en curso; después se borra también. Hasta entonces no puedes pedir nada.
privacy-question-bonus = Pierdes { units-bonus-credits }.
privacy-question-memory = Lo que gastaste este mes cuenta hasta fin de mes. Los bloqueos y las asignaciones de 0 siguen vigentes hasta que terminen. Todo se guarda con un código que no dice quién eres.
privacy-question-messages = Los mensajes de Discord se quedan, salvo que borres también los de tus películas. Los de películas a las que aportaron otros se quedan.
privacy-confirm-button = Borrar todo
privacy-confirm-messages-button = Borrar todo y los mensajes
privacy-keep-button = Conservar mis datos
privacy-erased = Listo. Tus datos están borrados.
privacy-erased-with-messages = Listo. Tus datos están borrados y estoy borrando los mensajes de tus películas.
privacy-erasing-soon = Estoy borrando tus datos. Tarda un momento.
privacy-erasing-later = Estoy borrando tus datos. Aún en curso: { units-movies }. Todavía recibes lo que está en curso; después se borra también. Hasta entonces no puedes pedir nada.
privacy-nothing-erased = De acuerdo, no se ha borrado nada.
privacy-not-yours = Solo quien escribió /privacy puede usar este botón. Escríbelo tú para ver tus propios datos.
privacy-too-often = Has borrado tus datos varias veces. Podrás hacerlo de nuevo { $time }.

## prompts
## Los botones de un prompt bajo su precio, y palabras que lo mejoran.

prompts-surprise-button = Sorpréndeme
prompts-improve-button = Mejorar mi prompt
prompts-back-button = Volver a mi prompt
prompts-style-placeholder = Elige un estilo
prompts-no-style-option = Sin estilo

prompts-no-room = No caben más palabras: un prompt puede tener hasta { $characters } caracteres. Acorta primero el tuyo.
prompts-style-gone = Ese estilo ya no está disponible. Elige otro.

prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Plano general amplio
        [1] Primer plano íntimo
        [2] Plano contrapicado
        [3] Vista de pájaro
        [4] Plano sobre el hombro
        *[5] Composición simétrica
    }

prompts-light =
    { $variant ->
        [0] luz dorada del atardecer
        [1] suave niebla matinal
        [2] luz fría de luna
        [3] luz cálida de lámpara
        [4] contraluz dramático
        *[5] sol entre las hojas
    }

prompts-camera =
    { $variant ->
        [0] lento acercamiento de cámara
        [1] travelling suave
        [2] cámara en mano discreta
        [3] grúa ascendente
        [4] lento giro alrededor del sujeto
        *[5] poca profundidad de campo
    }

prompts-mood =
    { $variant ->
        [0] ambiente de ensueño
        [1] asombro sereno
        [2] energía juguetona
        [3] calidez nostálgica
        [4] tensa espera
        *[5] grandeza épica
    }

## quota
## /quota: los límites de un servidor o de un miembro, y los rechazos. Solo los ve quien pregunta.

quota-server-title = Límites de este servidor
quota-each-member-field = Asignación por defecto
quota-server-field = Presupuesto del servidor
quota-staff-channel-field = Canal del equipo
quota-roles-field = Roles
quota-members-field = Miembros
quota-blocked-field = Bloqueo

quota-budget-used = { $bar } · **{ $credits } de { $limit }** usados
quota-budget-failed = { $used }, { $credits } de ellos en películas fallidas

quota-bot-default = { units-credits-monthly } (valor por defecto del bot)
quota-set-by-operator = { units-credits-monthly } (límite fijado por el operador del bot)
quota-unlimited = ilimitado (hasta el plan del bot)
quota-no-channel = ninguno (elige uno con /setup)
quota-channel-failed = ⚠️ No he podido publicar ahí { $time }. Revisa mis permisos y vuelve a elegir el canal.
quota-limit-line = { $name }: { units-credits-monthly }
quota-block-line = { $name }: { $block }

quota-blocked-until = hasta el { $time }
quota-blocked = hasta que se desbloquee
quota-blocked-everywhere = en todos los servidores, hasta que el operador del bot levante el bloqueo
quota-blocked-everywhere-until = en todos los servidores hasta el { $time }, por el operador del bot
quota-timed-out-until = hasta el { $time }, por el filtro de prompts
quota-block-with-reason = { $block } ({ $reason })

quota-change-modal-title = Créditos: { $name }
quota-grant-label = Créditos extra que dar
quota-grant-hint = Ahora tiene { $credits }. Vacío: sin cambios
quota-allowance-label = Asignación mensual
quota-allowance-hint = Ahora { units-credits-monthly }. Vacío: sin cambios
quota-hours-label = ¿Bloquear cuántas horas?
quota-hours-hint = Vacío: sin cambios. Bloqueo sin fin: /quota block
quota-reason-label = Motivo
quota-reason-hint = Opcional. Queda en el registro, y el miembro bloqueado lo lee.
quota-nothing-changed = Todos los campos estaban vacíos, así que nada cambió.

quota-operator-limits-server = El operador del bot permite a este servidor { units-credits-monthly }, así que ese es su límite.
quota-operator-blocks-member = Aun así, este miembro sigue sin poder hacer películas: el operador del bot lo ha bloqueado en todos los servidores.

quota-not-allowed = Para eso necesitas el permiso **Gestionar servidor**.
quota-bad-credits = **credits** debe ser un número entero entre { $min } y { $max } (escribiste { $given }).
quota-bad-hours = **hours** debe ser un número entero entre { $min } y { $max } (escribiste { $given }).
quota-reason-required = **reason** no puede estar vacío.
quota-reason-too-long = **reason** es demasiado largo ({ $characters } caracteres, máximo { $max }).
quota-bad-month = «{ $given }» no es un mes válido. Usa AAAA-MM, p. ej. 2026-11.
quota-bot-member = { $member } es un bot. Los bots no pueden hacer películas.
quota-not-a-member = { $member } ya no está en este servidor.
quota-role-deleted = { $role } ya no existe.
quota-everyone = Para @everyone, usa /quota default.
quota-no-bonus = { $member } no tiene créditos extra que puedas quitar.
quota-too-little-bonus = Puedes quitar como máximo { units-bonus-credits } a { $member } (el resto está usado o reservado).
quota-not-blocked-member = { $member } no tiene ningún bloqueo.
quota-nothing-to-reset = { $member } aún no ha usado nada de la asignación de este mes.

quota-current-default = Los miembros reciben { units-credits-monthly } por defecto.
quota-current-bot-default = Los miembros reciben { units-credits-monthly } por defecto (valor del bot).
quota-current-server = Este servidor puede gastar { units-credits-monthly }.
quota-current-server-operator = Este servidor puede gastar { units-credits-monthly } (límite fijado por el operador del bot).
quota-current-server-unlimited = Este servidor no tiene presupuesto propio. Puede gastar todo lo que permita el plan del bot.
quota-current-member = { $member } recibe { units-credits-monthly } ({ $source }).
quota-current-role = Quienes tienen { $role } reciben { units-credits-monthly }.
quota-current-role-none = { $role } no tiene asignación propia.
quota-how-to-set = Para cambiarlo, usa este comando de nuevo con **{ $option }**.
quota-how-to-change = Para cambiarlo, usa este comando de nuevo con **{ $option }**. Para quitarlo, usa /quota clear { $what }.

quota-default-not-set = Aquí no hay asignación por defecto. Los miembros ya reciben el valor por defecto del bot.
quota-server-not-set = Este servidor no tiene presupuesto propio.
quota-member-not-set = { $member } no tiene asignación personal.

quota-queued = { $movies ->
    [one] Este miembro tiene 1 película en cola.
   *[other] Este miembro tiene { $movies } películas en cola.
}
quota-cancel-queued-button = Cancelar y reembolsar
quota-queued-cancelled = { $movies ->
    [one] 1 película cancelada y reembolsada. Las que están en curso se terminarán.
   *[other] { $movies } películas canceladas y reembolsadas. Las que están en curso se terminarán.
}
quota-none-queued = Este miembro ya no tiene nada en cola, así que no se ha cancelado nada.

## quotes
## El precio de una película antes de pedirla y lo que pasó después. Solo lo ve su miembro.

quotes-price = **{ units-credits }** por { $duration }
quotes-starter = 🎁 Tu primera película corre por cuenta de la casa: sus créditos se reembolsan cuando está lista.
quotes-price-at-most = **Hasta { units-credits }** por { $duration }: pagas lo que cueste
quotes-storyboard = 🖼️ Primero el storyboard: **{ $now }** por dibujarlo, **{ $later }** más si lo renderizas. Todo queda reservado hasta que decidas.
quotes-resets = los créditos se renuevan { $time }

quotes-last-model = ⚠️ Tu último modelo, { $model }, cuesta { $rate }; { $other } cuesta { $other_rate }.
quotes-raised = ⚠️ { $model } ha subido de precio: ahora cuesta { $rate }.

quotes-failing = ⚠️ Tus últimas { $failures } películas de este prompt han fallado. Prueba otro prompt.

# Duraciones que se proponen al escribir
quotes-leaves = saldo: { $after }
quotes-missing = { $credits } de menos

quotes-accept-button = Adelante ({ $credits })
quotes-accept-free-button = Adelante
quotes-accept-at-most-button = Adelante (hasta { $credits })
quotes-storyboard-button = Dibujar ({ $now } + { $later })
quotes-edit-button = Editar
quotes-cancel-button = Cancelar
quotes-shorter-button = Hacer { $duration } ({ $credits })
quotes-with-model = { $duration } con { $model }
quotes-ideas-button = Ideas
quotes-more-button = Más…
quotes-back-button = Duración y modelo

quotes-accepted = ¡En marcha! Síguela aquí abajo.
quotes-cancelled = Cancelado. No se te ha cobrado nada.
quotes-not-accepted = Discord ha tenido un tropiezo, así que no se ha pedido ni cobrado nada. Inténtalo otra vez.

quotes-already-ordered = Ya has pedido esta película.
quotes-already-ordered-there = Ya has pedido esta película: { $link }
quotes-replaced = Has editado, propuesto o cancelado esta película. No se te ha cobrado nada.
quotes-expired = Este precio ha caducado. No se te ha cobrado nada. Empieza de nuevo.

## reasons
## Por qué una película acabó sin resultado, tal como lo lee el miembro.

reasons-upstream-failed = El servicio de películas no ha podido terminar esta película.
reasons-upstream-lost-job = El servicio de películas ha perdido esta película.
reasons-request-rejected = El servicio de películas ha rechazado esta petición.
reasons-authentication-failed = El bot no puede iniciar sesión en el servicio de películas. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-model-refused = El servicio de películas no acepta este modelo ahora mismo; elige otro. { -operator-notified }
reasons-wrong-api = El servicio de películas ha cambiado y hay que adaptar este bot. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-credits-ran-out = El bot se ha quedado sin créditos en el servicio de películas mientras tu película estaba en curso. No ha sido culpa tuya. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-key-limit-reached = Este bot ha alcanzado su límite mensual en el servicio de películas. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-plan-exhausted = Este bot no tiene más créditos en el servicio de películas. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-rate-limited = El servicio de películas está muy ocupado ahora mismo. Inténtalo de nuevo en unos minutos.
reasons-unreachable = No se ha podido contactar con el servicio de películas durante una hora. Inténtalo más tarde.
reasons-resolved-by-operator = El servicio de películas no ha confirmado nunca esta película, así que el operador del bot la ha marcado como fallida.
reasons-stayed-unknown = No se ha podido averiguar qué ha pasado con esta película, así que he dejado de esperar y la he marcado como fallida.
reasons-response-failed = Discord no ha confirmado tu comando a tiempo, así que la película no ha llegado a empezar.
reasons-cancelled-by-member = Cancelada antes de empezar.
reasons-cancelled-by-staff = Cancelada por el equipo del servidor antes de empezar.
reasons-cancelled-in-part = Cancelada mientras estaba en curso. Solo se han cobrado los pasos terminados.
reasons-declined = El equipo de este servidor la ha rechazado.
reasons-declined-because = El equipo de este servidor la ha rechazado: «{ $reason }»
reasons-approval-lapsed = El equipo de este servidor no la ha aprobado en 48 horas.
reasons-server-left = Me han quitado del servidor antes de que su equipo decidiera.
reasons-not-offered = Cuando se aprobó, este modelo o esta duración ya no estaba disponible.
reasons-stopped = Detenida en el storyboard. Solo se cobró el storyboard.
reasons-undecided = Nadie decidió sobre el storyboard en 48 horas. Solo se cobró el storyboard.
reasons-source-gone = La película de la que debía salir se eliminó antes de enviarla. No se ha cobrado nada.

reasons-with-message = { $sentence } Su respuesta: «{ $message }»

## refusals
## Por qué se rechaza un pedido y qué puede hacer el miembro

refusals-not-charged = { -not-charged }
refusals-paused = El operador del bot ha pausado las películas nuevas. { -in-progress-finish }
refusals-server-blocked = El operador del bot ha detenido aquí las películas nuevas. { -in-progress-finish }
refusals-erasing = Me pediste que borrara tus datos. Podrás volver a pedir cuando termine.
refusals-open-movies = Ya tienes { units-movies } en cola o creándose, el máximo por miembro. Pide la siguiente cuando una esté lista.
refusals-server-open-movies = Este servidor ya tiene { units-movies } en cola o creándose, el máximo por servidor. Inténtalo de nuevo cuando algunas estén listas.
refusals-cooling-down = Has cancelado películas o recuperado créditos varias veces seguidas. Podrás volver a pedir y aportar { $time }.
refusals-failures = Tus películas fallidas le han costado demasiado a este bot este mes. Podrás pedir otra { $time }, o antes si un administrador del servidor donde fallaron usa `/quota unblock`.
refusals-too-fast = ¡Qué rapidez! Podrás pedir otra { $time }. { -not-charged }
refusals-too-many-commands = ¡Cuántos comandos! Podrás volver a usar uno { $time }.

refusals-member-credits = Esta película cuesta **{ $price }**; hasta el { $date } tu saldo es de **{ $left }**.
refusals-server-credits = Esta película cuesta **{ $price }**; hasta el { $date } el saldo de este servidor es de **{ $left }**.
refusals-bot-credits = Este bot no puede hacer esta película hasta el { $date }.
refusals-queue-full = Esta película cuesta **{ $price }**; ahora mismo tus películas en cola pueden costar como máximo **{ $left }** más.

refusals-blocked = Un administrador del servidor te ha bloqueado hasta nuevo aviso.
refusals-blocked-until = Un administrador del servidor te ha bloqueado hasta el { $time }.
refusals-blocked-everywhere = El operador del bot te ha bloqueado hasta nuevo aviso.
refusals-blocked-everywhere-until = El operador del bot te ha bloqueado hasta el { $time }.
refusals-timed-out-until = Tus prompts han ido demasiadas veces contra las reglas de este servidor, así que no puedes hacer películas aquí hasta el { $time }.
refusals-reason = Motivo: { $reason }
refusals-in-progress-finish = { -in-progress-finish } { -not-charged }

refusals-server-not-allowed = Este bot no hace películas para este servidor. Pregunta a su operador si lo quieres aquí.
refusals-may-not-post = No puedes enviar mensajes en este canal, así que tampoco puedes pedir películas aquí.
refusals-button-timed-out = Estás en aislamiento temporal en este servidor, así que ahora no puedes usar este botón. Inténtalo de nuevo { $time }.
refusals-not-own-message = Solo puedes convertir en película tus propios mensajes. Mejor describe una con /movie. { -not-charged }
refusals-menu-off = Este servidor ha desactivado las películas a partir de mensajes. Mejor describe una con /movie. { -not-charged }

# The server's setup: $channels and $roles are lists of mentions
refusals-channel = Las películas se hacen en { $channels }.
refusals-channel-deleted = Los canales para películas ya no existen. Pide a un administrador del servidor que elija otros con /setup.
refusals-age = Aquí solo se hacen películas en canales con restricción de edad.
refusals-role = Para hacer películas aquí necesitas uno de estos roles: { $roles }.
refusals-role-deleted = Los roles que podían hacer películas aquí ya no existen. Pide a un administrador del servidor que elija otros con /setup.
refusals-no-model = Ninguno de los modelos que permite este servidor está disponible ahora. Pide a un administrador del servidor que permita otros con /setup.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt = Tu prompt va contra las reglas de este servidor. Cámbialo, o pregunta a un administrador del servidor si es un error.
refusals-prompt-by-bot = Palabras que añadí yo van contra las reglas de este servidor. Usa solo las tuyas.
refusals-prompt-last-one = Uno más así hoy y no podrás hacer películas aquí durante { units-hours }.
refusals-prompt-timed-out = Ha sido uno de más por hoy. Podrás volver a hacer películas aquí { $time }.
refusals-prompt-flagged = El servicio de películas no acepta este prompt ({ $category }). Cámbialo o escribe otro.
refusals-pictures-flagged = El servicio de películas no acepta este prompt o estas imágenes ({ $category }). Cambia el prompt o usa otras imágenes.

# Para qué alcanzan los créditos que quedan

refusals-not-staff = Solo el equipo de este servidor puede hacer eso.

## report
## /quota report: las cifras de un mes y el gráfico. Solo lo ve quien pregunta.

report-title = Informe de { $month }
report-movies = Películas listas: **{ $movies }** · en curso: **{ $running_movies }** · créditos gastados: **{ $credits }**
report-facts = Reservados: { $held_credits } · Reembolsados: { $refunded_credits } · Créditos extra dados: { $granted_credits }
report-members-field = Miembros con más gasto
report-models-field = Modelos
report-failures-field = Películas fallidas
report-lost-value = Perdidos: { units-credits }. El servicio de películas no reembolsa los fallos; los miembros lo recuperaron todo.
report-mismatches-value = ⚠️ { $mismatches ->
    [one] Se encontró { $mismatches } diferencia en la contabilidad.
   *[other] Se encontraron { $mismatches } diferencias en la contabilidad.
} Pide al operador del bot que haga una auditoría.
report-updated-footer = Las cifras pueden tener hasta un minuto de retraso

report-share = { $name }: { $credits } ({ units-movies })
report-failure = { $reason }: { units-movies } (reembolsados: { $refunded_credits })
report-failure-lost = { $reason }: { units-movies } (reembolsados: { $refunded_credits }, no recuperados: { $lost_credits })

report-in-line = Antes van algunos otros informes. El tuyo aparecerá aquí en un momento.
report-too-many = Aquí se acaban de crear varios informes. Podrás pedir el siguiente { $time }.

report-service-failed = Falló en el servicio de películas
report-service-lost = El servicio de películas la perdió
report-rejected = El servicio de películas la rechazó
report-key-rejected = El bot no pudo iniciar sesión en el servicio de películas
report-model-refused = El servicio de películas no aceptó el modelo
report-wrong-version = El bot no está configurado para esta versión del servicio de películas
report-credits-ran-out = Al bot se le acabaron los créditos del servicio de películas a medio camino
report-key-limit = El bot llegó a su límite mensual en el servicio de películas
report-plan-exhausted = Al bot no le quedaban créditos en el servicio de películas
report-service-busy = El servicio de películas estaba saturado
report-unreachable = No se pudo contactar con el servicio de películas
report-not-confirmed = Discord no confirmó el comando
report-cancelled = Cancelada por el miembro
report-declined = Rechazada por el equipo
report-approval-lapsed = No aprobada a tiempo
report-not-offered = Ya no disponible
report-closed-by-operator = Marcada como fallida por el operador del bot
report-stayed-unknown = Sin aclarar tras una larga espera

report-chart-title = Créditos por día, { $month }
report-chart-spent = gastados en películas
report-chart-lost = perdidos por películas fallidas
report-chart-held = reservados para películas en curso
report-chart-refunded = reembolsados
report-chart-empty = No hay películas este mes
report-chart-description = Gráfico de barras de los créditos por día, { $month }, apilados por resultado: { units-credits } gastados, { $lost_credits } perdidos por películas fallidas, { $held_credits } reservados, { $refunded_credits } reembolsados.
report-chart-peak = El día con más gasto fue el { $date }: { units-credits }.

## reported
## Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Denunciar
reported-report-modal-title = Denunciar esta película
reported-reason-label = ¿Qué tiene de malo?
reported-reason-hint = Opcional. El equipo del servidor lo lee, pero no ve quién lo escribió.
reported-saved = Gracias. El equipo del servidor lo revisará.
reported-no-channel = Gracias, he guardado tu denuncia. Ahora no puedo avisar al equipo de este servidor, así que avisa también a un administrador del servidor.
reported-reviewed = Gracias. El equipo del servidor ya revisó esta película y la mantuvo. Verá que se ha denunciado de nuevo.
reported-repeated = Ya has denunciado esto.
reported-too-many = Hoy has denunciado muchas películas. Avisa de esta a un administrador del servidor.
reported-own = Es tu propia película. Si ya no la quieres aquí, pulsa ⋯ y luego Eliminar.

reported-title = { $reports ->
    [one] 🚩 Se ha denunciado una película
   *[other] 🚩 Se ha denunciado una película { $reports } veces
}
reported-remove-button = Eliminar película
reported-dismiss-button = Descartar
reported-removed = Eliminada por { $staff }.
reported-removed-by-requester = Eliminada por el miembro que la pidió.
reported-dismissed = Descartada por { $staff }. La película se queda.
reported-blocked = { $staff } ha bloqueado a { $member }: no puede hacer más películas.

reported-own-decision = De las denuncias de tu propia película se ocupa otra persona del equipo. Si ya no la quieres aquí, pulsa ⋯ debajo de ella y luego Eliminar.
reported-unknown = Ya no encuentro esta denuncia.

## requests
## Solicitudes de más créditos: el botón, las respuestas que lee una sola persona y el MD que avisa al miembro.

requests-ask-button = Pedir más
requests-ask-managers = ¿Necesitas más? Un administrador del servidor puede darte créditos extra.
requests-sent = He pedido { units-bonus-credits } para ti a los administradores del servidor. Te mandaré su respuesta por MD.
requests-asked-today = Ya has hecho una solicitud hoy. Podrás hacer otra { $time }.
requests-enough = Ahora ya tienes créditos suficientes, así que no he pedido nada.
requests-no-channel = Desde aquí no puedo contactar con los administradores del servidor. Pídeselo directamente a uno de ellos.
requests-no-help = No he pedido nada, porque tener más créditos no serviría ahora: este servidor ya no puede gastar tanto este mes.

requests-grant-button = Conceder { $credits }
requests-decline-button = Rechazar

requests-already-answered = { $manager } ya ha respondido a esto.
requests-unknown = Ya no encuentro esta solicitud. Puedes usar /quota grant.
requests-blocked = { $member } tiene un bloqueo, así que no se ha concedido nada. Quítalo primero con /quota unblock.
requests-blocked-everywhere = El operador del bot ha bloqueado a { $member }, así que no se ha concedido nada.
requests-server-budget = Al presupuesto del servidor le queda este mes demasiado poco para la película de { $member }, así que no se ha concedido nada. Auméntalo con /quota server y pulsa de nuevo.
requests-operator-limit = El operador del bot no permite a este servidor gastar este mes lo suficiente para la película de { $member }, así que no se ha concedido nada.

requests-answer-granted = 🎉 Has recibido { units-bonus-credits } en { $place }. Los créditos extra no caducan nunca. Haz tu película con /movie.
requests-answer-declined = Un administrador del servidor ha rechazado tu solicitud de { units-bonus-credits } en { $place }.
requests-answer-unposted = No he podido transmitir tu solicitud de { units-bonus-credits } en { $place }, porque no puedo escribir en el canal del equipo. Pídeselo directamente a un administrador del servidor.

## scenes
## *Rehacer una escena* de una película terminada

scenes-button = Rehacer una escena
scenes-other-button = Otras escenas
scenes-title = Rehacer una escena
scenes-intro = Elige las escenas que quieres rehacer, con otra imagen y otro clip. La película se queda como está: recibes una versión nueva.
# $scenes: their numbers, as "2, 5"
scenes-left-out = No se pueden rehacer: { $scenes }.
scenes-placeholder = Elige escenas

# Why none can be chosen
scenes-too-fast = ¡Has mirado muchas veces seguidas! Puedes volver a mirar { $time }.
scenes-none = Ninguna escena de esta película se puede rehacer.
scenes-not-now = El servicio de películas no puede cambiar esta película ahora mismo. No se ha cobrado nada.
scenes-no-answer = El servicio de películas no responde ahora mismo. No se ha cobrado nada. Inténtalo de nuevo en un minuto.


## series
## Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Continuar
series-modal-title = Continuar esta película
series-next-scene = Siguiente escena:
series-field = Serie ({ $movies })

## setup
## /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
## settings are in the staff channel, too.

setup-title = Configuración del servidor
setup-intro = Estas reglas valen para todo el mundo, también para los administradores. Los cambios se aplican al momento y quedan en el registro.
setup-nothing-offered = Ninguno de los modelos permitidos está disponible ahora, así que nadie puede pedir una película.
setup-problem = ⚠️ { $problem }

setup-members-field = Dónde y quién
setup-models-field = Modelos y duración
setup-defaults-field = Valores por defecto
setup-gallery-field = Películas terminadas
setup-approval-field = Aprobación
setup-community-field = Comunidad
setup-staff-field = Equipo
setup-filter-field = Filtro de prompts
setup-gallery-button = Crear una galería

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
setup-default-video-model = Modelo de vídeo por defecto
setup-default-image-model = Modelo de imagen por defecto
setup-default-seconds = Duración por defecto
setup-default-aspect-ratio = Relación de aspecto por defecto
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
setup-approval-fallback = Si no puedo escribir en el canal del equipo
setup-storyboard-credits = Primero un storyboard a más de
setup-gift-credits = Regalos por miembro y día
setup-starter-credits = Primera película gratis, hasta
setup-pitch-days = Cuánto dura una propuesta
setup-movie-night = Noche de cine
setup-weekly-recap = Resumen semanal
setup-staff-channel = Canal del equipo
setup-staff-roles = Roles del equipo

# Their values where nothing is set
setup-every-channel-option = Todos los canales
setup-everyone-option = Todo el mundo
setup-all-option = Todos los modelos
setup-bot-limit-option = Lo que permita el bot
setup-bot-default-option = El valor del bot
setup-discord-language-option = El idioma del servidor en Discord
setup-order-channel-option = Donde se pidieron
setup-no-age-option = Sin regla de edad
setup-approval-off-option = Nada necesita aprobación
setup-no-gifts-option = Sin regalos
setup-no-starter-option = Sin película gratis
setup-a-week-option = 7 días
setup-no-movie-night-option = Sin noche de cine
setup-weekly-recap-on-option = Resumen semanal con la noche de cine o los domingos
setup-weekly-recap-off-option = Sin resumen semanal
setup-days-option = { $days ->
    [one] { $days } día
   *[other] { $days } días
}
setup-every-movie-option = Todas las películas
setup-stars-option = { $stars ->
    [one] { $stars } estrella
   *[other] { $stars } estrellas
}
setup-any-price-option = Cualquier precio
setup-no-roles-option = Ninguno
setup-approval-hold-option = Las películas esperan
setup-no-storyboards-option = Solo si un miembro lo quiere
setup-none-option = Ninguno
setup-managers-option = Solo los administradores del servidor

setup-message-menu-own-option = Los mensajes propios
setup-message-menu-anyone-option = Los mensajes de todo el mundo
setup-message-menu-off-option = Desactivado
setup-age-spoiler-option = Spoiler: oculta hasta que alguien pulse
setup-age-restricted-option = Solo en canales con restricción de edad
setup-age-spoiler-note = El prompt se sigue leyendo, y cualquiera puede pulsar.
setup-age-restricted-note = Pedidos y películas solo en esos canales. Quién puede abrirlos lo decide Discord: yo no puedo comprobar la edad de nadie. Una película por MD va solo a quien la pidió allí.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Lunes, { $time } UTC
setup-movie-night-tuesday-option = Martes, { $time } UTC
setup-movie-night-wednesday-option = Miércoles, { $time } UTC
setup-movie-night-thursday-option = Jueves, { $time } UTC
setup-movie-night-friday-option = Viernes, { $time } UTC
setup-movie-night-saturday-option = Sábado, { $time } UTC
setup-movie-night-sunday-option = Domingo, { $time } UTC
# In the panel, below the day
setup-movie-night-note = Las 5 mejores películas de la semana por estrellas, en la galería o en el canal de la mejor.
setup-approval-untrusted-option = Películas de miembros sin rol de confianza
setup-approval-everyone-option = Las películas de todos menos los administradores
setup-approval-storyboards-option = Las películas de todos, con su storyboard listo
setup-approval-fallback-start-option = Las películas empiezan sin aprobación

# Of the prompt filter
setup-off-option = Desactivado
# $language: "Deutsch"; $category: "slurs", as in the staff channel
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

# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = Reglas para prompts
setup-rules-label = Reglas, una por línea
setup-rules-more-label = Más reglas
setup-rules-hint = Una palabra, dos palabras, inicio*, *final, *dentro*, o una ... otra
setup-rules-wrong-title = Estas reglas no se pueden usar
setup-rules-kept = No se ha cambiado nada. Lo que escribiste está en el archivo adjunto; el botón lo vuelve a abrir.
setup-rules-conflict = ⚠️ Otra persona ha cambiado las reglas mientras tanto, así que no he guardado nada. Lo que escribiste está en el archivo adjunto; el botón lo vuelve a abrir, en lugar de las actuales.
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
setup-longer-than-longest = la película más larga dura { $longest }, así que la duración por defecto no puede superarla.
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
setup-import-dropped = No se ha importado nada.

setup-rules-field = Reglas propias
# The buttons of the panel. Of the file, see below
setup-change-button = Cambiar
setup-back-button = Volver
setup-export-button = Exportar
setup-import-button = Importar
setup-reset-button = Restablecer
# Warnings in the panel
setup-no-staff-channel = Sin canal del equipo: las denuncias y las solicitudes no llegan a ninguna parte
setup-nobody-asked = Sin canal del equipo: el equipo solo encuentra las películas en espera en /movies
# In a form. $unset: what holds where it is empty
setup-seconds-hint = De { $min } a { $max } segundos. Vacío: { $unset }
setup-credits-hint = De { $min } a { $max } créditos. Vacío: { $unset }
# A channel's name
setup-gallery-name = galería
setup-gallery-not-created = ⚠️ Discord no me ha dejado crear un canal.
setup-file-label = Archivo de configuración
setup-file-hint = Un archivo de «Exportar». Verás los cambios antes de aplicarlos.
setup-reset-title = ¿Restablecer la configuración?
setup-reset-intro = Los límites, los créditos y los bloqueos se quedan. Exporta antes la configuración para guardar una copia.
# The first questions, with an answer to each
setup-first-title = Configura tu servidor
setup-first-intro = Todo se puede cambiar después en /setup panel.
setup-first-where = ¿Dónde se pueden hacer películas?
setup-first-credits = ¿Cuánto puede gastar cada miembro?
setup-first-approval = ¿Qué aprueba antes el equipo?
setup-first-language = ¿En qué idioma publico?
setup-first-apply-button = Usar estas respuestas
setup-first-change-button = Cambiar…
setup-first-skip-button = Omitir

## staff
## Lo que responde ⋯ en un mensaje del canal del equipo, y el formulario de un bloqueo

staff-block = Bloquear para que no haga más películas aquí. Sus películas en curso se terminarán.
staff-block-button = Bloquear miembro
staff-unblock-button = Desbloquear
staff-movies = Sus películas en este servidor
staff-movies-button = Películas
staff-credits = Sus créditos y recibos
staff-credits-button = Créditos
staff-nothing = Ahora mismo no puedes hacer nada más aquí.
staff-unknown = Ya no encuentro de qué se trataba.
staff-erased = Este miembro ha borrado sus datos, así que no puedo bloquearlo.
staff-own = No puedes bloquearte a ti mismo.
staff-blocked = { $member } ya tiene un bloqueo.
staff-block-modal-title = Bloquear a este miembro
staff-hours-label = Duración en horas
staff-hours-hint = Vacío: hasta que se desbloquee
staff-reason-label = Motivo
staff-reason-hint = Opcional. El miembro lo lee y queda en el registro.

## stages
## Qué está haciendo el servicio de películas, en la tarjeta de una película

stages-prompt-generation = escribiendo las escenas
stages-image-generation = dibujando las imágenes
stages-audio-generation = creando el sonido
stages-frame-generation = preparando los fotogramas
stages-video-generation = montando la película
stages-ai-video-generation = dando vida a las imágenes
stages-speech-generation = grabando las voces
stages-music-generation = componiendo la música
stages-lip-sync-generation = ajustando los labios a las voces
stages-sound-effect-generation = añadiendo efectos de sonido
stages-transcript-generation = escribiendo los subtítulos
stages-delete-reflow = ordenando las escenas
stages-timeline-reflowed = uniendo las escenas
stages-rendering = renderizando la película

## stars
## Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Estrella
stars-given = ⭐ Le has dado una estrella a esta película. Estrellas: { $stars }. Pulsa otra vez para quitarla.
stars-given-posted = ⭐ Le has dado una estrella a esta película. Estrellas: { $stars }. ¡Con eso entra en la galería!
stars-taken-back = Has quitado tu estrella. Estrellas: { $stars }.
stars-none = Aún no tiene estrellas. Cuando otros le den una a tu película, el botón las cuenta.
stars-gone = Ya no tengo esta película, así que no puede recibir estrellas.

# In the gallery
stars-posted = ⭐ Con estrellas de miembros de este servidor

## states
## En qué punto está una película, en listas y recibos

states-waiting = ⏳ en cola
states-awaiting = ✋ pendiente de aprobación
states-being-made = 🎬 creándose
states-storyboard = 🖼️ storyboard por decidir
states-ready = ✅ lista
states-failed = ↩️ fallida, reembolsada
states-cancelled = ↩️ cancelada, reembolsada
states-cancelled-in-part = ↩️ cancelada, gastado: { $spent }
states-unknown = 🔎 en revisión

# Títulos de la vista de una película
states-waiting-title = ⏳ En cola
states-awaiting-title = ✋ Pendiente de aprobación
states-being-made-title = 🎬 Creándose
states-ready-title = ✅ Lista
states-failed-title = ↩️ Fallida
states-cancelled-title = ↩️ Cancelada
states-unknown-title = 🔎 En revisión

## storyboards
## Una película cuyas imágenes su autor ve primero, y decide

storyboards-drawn = Tu storyboard está listo: «{ $title }». Renderízalo o deténlo en 48 horas.
storyboards-drawn-shared = Un storyboard está listo: «{ $title }». { $owner } decide si se renderiza.
storyboards-reminder = Tu storyboard «{ $title }» sigue esperándote. Se detendrá { $time }.
storyboards-not-yours = Solo quien pidió este storyboard puede decidir.
storyboards-not-waiting = Este storyboard aún no espera tu decisión.
storyboards-rendering = Ya se está renderizando.
storyboards-stopped = Ya se ha detenido.
storyboards-look-button = Verlo
storyboards-render-button = Renderizar ({ $credits })
storyboards-stop-button = Detener (devuelve { $credits })
storyboards-yours = Puedes renderizarlo por **{ $later }** créditos más o detenerlo. Se detiene solo { $time }.
storyboards-scene = Escena sin texto
storyboards-render-chosen = ¡En marcha! Lo renderizo por { $credits } créditos más.
storyboards-stop-chosen = Detenido. { $credits } créditos vuelven en cuanto el servicio de películas lo confirme.

## terms
## Palabras para personas y cosas que usan los mensajes de todas las áreas, p. ej. { -managers }.

-managers = Los administradores del servidor
-operator-notified = Se ha avisado al operador del bot.
-not-charged = No se te ha cobrado nada.
-keep-trying = seguiré intentándolo hasta que termine la propuesta, o se reembolsará a todos.
-in-progress-finish = Las películas en curso se terminarán.
-example-prompt = Un barco de papel cruza de noche una calle lluviosa, luces de neón en los charcos

## top
## /top: a month's best of a server. Only the member who asked sees it.

top-title = Lo mejor de { $month }
top-movies-field = Películas
top-makers-field = Creadores
top-patrons-field = Mecenas (créditos gastados)
top-nothing = No hay películas terminadas en este mes.
top-footer = Para no aparecer en /top, usa /preferences.

## units
## Cantidades, duraciones y porcentajes. Los mensajes de todas las áreas pueden usarlos.

units-credits = { $credits ->
    [one] { $credits } crédito
   *[other] { $credits } créditos
}
units-free = Gratis
units-price = { $credits ->
    [0] gratis
   *[other] { units-credits }
}
units-credits-monthly = { units-credits } al mes
units-credits-per-second = { units-credits } por segundo
units-bonus-credits = { $credits ->
    [one] { $credits } crédito extra
   *[other] { $credits } créditos extra
}
units-movies = { $movies ->
    [one] { $movies } película
   *[other] { $movies } películas
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent } %
units-more-lines = y { $more } más
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }

## versions
## Lo que se hace con películas terminadas: versiones de una y largometrajes de varias

versions-scene = Escena { $scenes } rehecha
versions-scenes = Escenas { $scenes } rehechas
versions-dub = Doblaje: { $language }
versions-dub-subtitles = Doblaje: { $language }, con subtítulos
versions-subtitles = Con subtítulos
versions-subtitles-in = Subtítulos: { $language }
versions-without-subtitles = Sin subtítulos
versions-film = Largometraje de { units-movies }

versions-made-from = 🎞️ Hecha a partir de { $movie }
versions-of-film = Películas de este largometraje ({ $movies })
versions-list = Versiones ({ $versions })
versions-films = Largometrajes que la incluyen ({ $films })
versions-open-button = Versiones
versions-open-placeholder = Abrir una película relacionada…

## welcome
## Se publica donde llega el bot, en el idioma del servidor

welcome-greeting = 👋 Hola, soy Matinee y convierto palabras en películas cortas. Escribe { $movie } y describe una escena, por ejemplo:
welcome-example = { -example-prompt }
welcome-credits = Las películas cuestan créditos y aquí todo el mundo recibe algunos cada mes: { $help } muestra los tuyos y los precios. { -managers } deciden con *Configurar* dónde se hacen películas y cuánto puede gastar cada persona.
welcome-make-button = Hacer mi primera película
welcome-setup-button = Configurar
