### Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Denunciar
reported-report-modal-title = Denunciar este filme
reported-reason-label = O que há de errado?
reported-reason-hint = Opcional. A equipe do servidor lê, mas não vê quem escreveu.
reported-saved = Obrigado. A equipe do servidor vai analisar.
reported-no-channel = Obrigado, salvei sua denúncia. Não consigo avisar a equipe deste servidor agora, então avise também um administrador do servidor.
reported-reviewed = Obrigado. A equipe do servidor já analisou este filme e o manteve. Ela vai ver que ele foi denunciado de novo.
reported-repeated = Você já denunciou isto.
reported-too-many = Você denunciou muitos filmes hoje. Sobre este, avise um administrador do servidor.
reported-own = Este filme é seu. Se não quiser mais ele aqui, aperte Excluir.

reported-title = { $reports ->
    [one] 🚩 Um filme foi denunciado
   *[other] 🚩 Um filme foi denunciado { $reports } vezes
}
reported-reasons-field = Motivos
reported-remove-button = Excluir filme
reported-block-button = Bloquear membro
reported-dismiss-button = Descartar
reported-removed = Excluído por { $staff }.
reported-removed-by-requester = Excluído pelo membro que o pediu.
reported-dismissed = Descartado por { $staff }. O filme fica.
reported-blocked = { $staff } bloqueou { $member }: sem novos filmes.

reported-own-decision = Quem decide sobre denúncias do seu próprio filme é outra pessoa da equipe. Se não quiser mais ele aqui, aperte Excluir abaixo dele.
reported-unknown = Não encontro mais esta denúncia.
reported-erased = Este membro apagou os próprios dados, então não consigo bloqueá-lo.
reported-block-modal-title = Bloquear este membro
reported-hours-label = Duração em horas
reported-hours-hint = Vazio: até ser desbloqueado
reported-block-reason-label = Motivo
reported-block-reason-hint = Opcional. O membro lê, e fica no registro.
