### Por qué una película acabó sin resultado, tal como lo lee el miembro.

reasons-failed = El servicio de películas no pudo terminar esta película.
reasons-lost = El servicio de películas perdió esta película.
reasons-rejected = El servicio de películas rechazó esta petición.
reasons-key-rejected = El bot no puede iniciar sesión en el servicio de películas. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-model-refused = El servicio de películas no acepta este modelo ahora mismo; elige otro. { -operator-notified }
reasons-service-changed = El servicio de películas ha cambiado y hay que adaptar este bot. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-credits-ran-out = El bot se quedó sin créditos en el servicio de películas mientras tu película estaba en curso. No ha sido culpa tuya. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-key-limit = Este bot ha alcanzado su límite mensual en el servicio de películas. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-no-credits = Este bot no tiene más créditos en el servicio de películas. { -operator-notified } Inténtalo de nuevo más tarde.
reasons-busy = El servicio de películas está muy ocupado ahora mismo. Inténtalo de nuevo en unos minutos.
reasons-unreachable = No se pudo contactar con el servicio de películas durante una hora. Inténtalo más tarde.
reasons-closed = El servicio de películas nunca confirmó esta película, así que el operador del bot la marcó como fallida.
reasons-stayed-unknown = No se pudo averiguar qué pasó con esta película, así que dejé de esperar y la marqué como fallida.
reasons-unconfirmed = Discord no confirmó tu comando a tiempo, así que la película no llegó a empezar.
reasons-cancelled = Cancelada antes de empezar.
reasons-cancelled-by-staff = Cancelada por el equipo del servidor antes de empezar.
reasons-cancelled-in-part = Cancelada mientras estaba en curso. Solo se cobraron los pasos terminados.
reasons-declined = El equipo de este servidor la ha rechazado.
reasons-declined-because = El equipo de este servidor la ha rechazado: «{ $reason }»
reasons-approval-lapsed = El equipo de este servidor no la ha aprobado en 48 horas.
reasons-server-left = Me han quitado del servidor antes de que su equipo decidiera.
reasons-not-offered = Cuando se aprobó, este modelo o esta duración ya no estaba disponible.

reasons-with-message = { $sentence } Su respuesta: «{ $message }»
