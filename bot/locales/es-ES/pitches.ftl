### /pitches: the open pitches of a server.

pitches-list-title = Propuestas abiertas
pitches-empty = Ahora no hay propuestas abiertas. Empieza una con /pitch y todos podrán participar.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits ->
    [one] falta { $credits } de { $price }
   *[other] faltan { $credits } de { $price }
}
pitches-complete = financiada, a la espera de crearse
pitches-votes = { $votes ->
    [one] { $votes } voto
   *[other] { $votes } votos
}
pitches-ends = termina { $time }
pitches-mine = tu parte: { units-credits }
# The text of a link to the pitch
pitches-open = Abrir
pitches-sort-placeholder = Ordenar por
pitches-manage-placeholder = Recuperar, retirar o eliminar: elige una propuesta
pitches-back-button = Anterior
pitches-next-button = Siguiente
pitches-page-footer = Página { $page } de { $pages }
