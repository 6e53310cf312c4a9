### Descripciones en la lista de comandos de Discord: 100 caracteres como máximo.

commands-movie = Convierte un prompt en una película
commands-movie-prompt = Qué pasa en tu película (hasta { $characters } caracteres)
commands-movie-duration = Duración en segundos, { $min }–{ $max } (por defecto: la última tuya o { $default })
commands-movie-video-model = Modelo de vídeo (por defecto: tu último o el mejor para la relación de aspecto)
commands-movie-image-model = Modelo de imagen (por defecto: tu último o automático)
commands-movie-aspect-ratio = Relación de aspecto (por defecto: tu última o 16:9)
commands-movie-language = Idioma hablado (por defecto: el último tuyo o automático)
commands-movie-subtitles = Mostrar subtítulos (por defecto: tu última elección o no)
commands-movie-tone = Tono (por defecto: el último tuyo o realista)

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

commands-credits = Tu saldo y tu historial de gastos
commands-credits-member = Ver los créditos de otro miembro (solo administradores)

commands-movies = Explora tus películas
commands-movies-member = Ver las películas de otro miembro (solo administradores)
commands-movies-show = Filtro (por defecto: todas)
commands-movies-id = Abrir una película por su ID, al pie de su mensaje
commands-movies-all = Todas
commands-movies-in-progress = En curso
commands-movies-ready = Listas
commands-movies-failed = Fallidas o canceladas
commands-movies-pending = Pendientes de aprobación (solo equipo)
commands-gift = Regala créditos extra a otro miembro
commands-gift-member = Miembro
commands-gift-credits = Número de créditos extra
commands-top = Las mejores películas y los mejores creadores y mecenas del servidor en un mes
commands-top-month = Mes como AAAA-MM, p. ej. 2026-11 (por defecto: este mes)

commands-pitch = Propón una película que los miembros de este servidor paguen juntos
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
commands-setup-export = Descarga la configuración de este servidor en un archivo JSON
commands-setup-import = Aplica la configuración de un archivo JSON (antes verás los cambios)
commands-setup-import-file = Un archivo de /setup export
