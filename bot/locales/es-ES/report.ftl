### /quota report: las cifras de un mes y el gráfico. Solo lo ve quien pregunta.

report-title = Informe de { $month }
report-movies = { $movies ->
    [one] { "**" }{ units-movies }** terminada, **{ $running_movies }** en curso
   *[other] { "**" }{ units-movies }** terminadas, **{ $running_movies }** en curso
}
report-credits =
    { $credits ->
        [one] { "**" }{ units-credits }** gastado
       *[other] { "**" }{ units-credits }** gastados
    }
    Reservados: { $held_credits } · Reembolsados: { $refunded_credits } · Créditos extra dados: { $granted_credits }
report-members-field = Miembros con más gasto
report-models-field = Modelos
report-failures-field = Películas fallidas
report-lost-field = Perdidos por películas fallidas
report-lost-value = { units-credits }. El servicio de películas no reembolsa los fallos; los miembros lo recuperaron todo.
report-server-field = Presupuesto del servidor
report-server-value =
    { $bar }
    saldo: { units-credits }
report-mismatches-field = Contabilidad
report-mismatches-value = ⚠️ { $mismatches ->
    [one] Se encontró { $mismatches } diferencia en la contabilidad.
   *[other] Se encontraron { $mismatches } diferencias en la contabilidad.
} Pide al operador del bot que haga una auditoría.
report-none = Ninguna
report-none-yet = Aún no hay
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
