### Por qué se rechaza un pedido y qué puede hacer el miembro

refusals-not-charged = { -not-charged }
refusals-paused-title = Ahora mismo no hay películas nuevas
refusals-paused = El operador del bot ha pausado las películas nuevas. { -in-progress-finish }
refusals-server-blocked-title = No hay películas nuevas en este servidor
refusals-server-blocked = El operador del bot ha detenido aquí las películas nuevas. { -in-progress-finish }
refusals-erasing-title = Tus datos se están borrando
refusals-erasing = Me pediste que borrara tus datos. Podrás volver a pedir cuando termine.
refusals-open-movies-title = Bastantes películas por ahora
refusals-open-movies = Ya tienes { units-movies } en cola o creándose, el máximo por miembro. Pide la siguiente cuando una esté lista.
refusals-server-open-movies-title = Este servidor está muy ocupado
refusals-server-open-movies = Este servidor ya tiene { units-movies } en cola o creándose, el máximo por servidor. Inténtalo de nuevo cuando algunas estén listas.
refusals-cooling-down-title = Hagamos una pausa corta
refusals-cooling-down = Has cancelado películas o recuperado créditos varias veces seguidas. Podrás volver a pedir y aportar { $time }.
refusals-failures-title = Tus películas fallan una y otra vez
refusals-failures = Las películas fallidas le cuestan créditos a este bot aunque a ti se te reembolsen, y se ha alcanzado el límite de este mes. Podrás pedir otra { $time }. Un administrador del servidor donde fallaron puede quitar este límite antes con `/quota unblock`.
refusals-too-fast = ¡Qué rapidez! Podrás pedir otra { $time }. { -not-charged }
refusals-too-many-commands = ¡Cuántos comandos! Podrás volver a usar uno { $time }.

refusals-no-credits-title = No hay suficientes créditos
refusals-member-credits = Esta película cuesta **{ $price }**; tu saldo de este mes es de **{ $left }**.
refusals-server-credits = Esta película cuesta **{ $price }**; el saldo de este servidor para este mes es de **{ $left }**.
refusals-affordable = Te alcanza para **{ $duration }** con { $model }.
refusals-nothing-affordable = Ahora mismo no te alcanza para ninguna película con { $model }.
refusals-reset = Los créditos se renuevan { $time } ({ $date }).
refusals-bot-credits-title = Este bot no puede hacer más películas este mes
refusals-bot-credits = Podrás pedir otra { $time } ({ $date }). { -not-charged }
refusals-queue-full-title = Demasiado para la cola
refusals-queue-full = Esta película cuesta **{ $price }**, pero ahora mismo tus películas en cola solo pueden reservar **{ $left }** más. Prueba con una más corta. Si tienes otras en cola, también puedes pedirla cuando empiece una de ellas.

refusals-blocked-title = No puedes hacer películas
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
refusals-channel-title = En este canal no
refusals-channel = Las películas se hacen en { $channels }.
refusals-channel-deleted = Los canales para películas ya no existen. Pide a un administrador del servidor que elija otros con /setup.
refusals-age-title = En este canal no
refusals-age = Aquí solo se hacen películas en canales con restricción de edad.
refusals-role-title = Con tus roles no
refusals-role = Para hacer películas aquí necesitas uno de estos roles: { $roles }.
refusals-role-deleted = Los roles que podían hacer películas aquí ya no existen. Pide a un administrador del servidor que elija otros con /setup.
refusals-no-model-title = Ahora no hay películas aquí
refusals-no-model = Ninguno de los modelos que permite este servidor está disponible ahora. Pide a un administrador del servidor que permita otros con /setup.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt-title = Este prompt no está permitido aquí
refusals-prompt = Algo en él va contra las reglas de este servidor para los prompts. Cámbialo y vuelve a intentarlo. Si crees que es un error, pregunta a un administrador del servidor.
refusals-prompt-by-bot = Algo que añadí yo va contra las reglas de este servidor para los prompts. Usa solo tus propias palabras.
refusals-prompt-last-one = Uno más así hoy y no podrás hacer películas aquí durante { units-hours }.
refusals-prompt-timed-out = Ha sido uno de más por hoy. Podrás volver a hacer películas aquí { $time }.
refusals-prompt-yours = **Tu prompt:** { $prompt }

# Para qué alcanzan los créditos que quedan
refusals-models-field = Para qué te alcanza
refusals-model-affordable = { $model }: hasta { $duration }
refusals-model-not-affordable = { $model }: faltan créditos

refusals-not-staff = Solo el equipo de este servidor puede hacer eso.
