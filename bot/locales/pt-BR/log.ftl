### Mudanças feitas pelos administradores do servidor, pelo operador do bot e pelo bot: no canal da equipe, e como
### confirmação para quem as fez. Esse canal pode ser público, por isso não mostra nenhum saldo.

log-entry = { $time } { $actor }: { $change }
log-entry-with-reason = { $time } { $actor }: { $change } Motivo: { $reason }
log-entry-with-result = { $time } { $actor }: { $change } Resultado: { $result }
log-bot = O bot
log-operator = O operador do bot
log-confirmation = ✅ { $change }

log-default-set = Por padrão, os membros agora recebem { units-credits-monthly }.
log-default-cleared = Os membros voltam a receber a cota padrão do bot.
log-server-set = Este servidor agora pode gastar { units-credits-monthly }.
log-server-cleared = O orçamento do servidor foi removido.
log-member-set = { $subject } agora recebe { units-credits-monthly }.
log-member-cleared = A cota pessoal de { $subject } foi removida.
log-role-set = Quem tem { $subject } agora recebe { units-credits-monthly }.
log-role-cleared = A cota de { $subject } foi removida.
log-granted = { $member } recebeu { units-bonus-credits }.
log-gifted = Deu { units-bonus-credits } a { $member }.
log-removed = { $member } perdeu { units-bonus-credits }.
log-blocked = { $member } não pode fazer filmes até um administrador remover o bloqueio. Os filmes em andamento serão concluídos.
log-blocked-hours = { $member } não pode fazer filmes por { units-hours }. Os filmes em andamento serão concluídos.
log-unblocked = { $member } pode fazer filmes de novo.
log-usage-reset = O consumo de { $member } neste mês foi zerado.
log-usage-reset-credits = O consumo de { $member } neste mês foi zerado (antes: { units-credits }).
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** agora é: { $value }
log-gallery-failed = Não consigo mais publicar na galeria { $channel }. Enquanto isso, os filmes prontos aparecem onde foram pedidos. Verifiquem minhas permissões lá ou escolham outra galeria com /setup.
log-movie-night-failed = Não consegui publicar a noite de cinema em { $channel }. Verifiquem minhas permissões lá e sua regra de idade, ou escolham outra galeria com /setup.

log-request = 🙋 { $time } { $change }
log-credits-requested = { $member } pede { units-bonus-credits }.
log-credits-declined = O pedido de { $member } ({ units-bonus-credits }) foi recusado.
log-queued-cancelled = Os filmes na fila de { $member } foram cancelados. Reembolso: { units-credits }.
log-pitch-removed = A proposta de { $member } foi removida. Reembolso: { units-credits }.
log-request-granted = ✅ Concedido por { $manager }.
log-request-declined = ❌ Recusado por { $manager }.
log-request-replaced = Este membro fez outro pedido depois: só é possível responder ao mais recente.
log-request-lapsed = Este pedido expirou. O membro pode fazer outro.
log-request-not-told = Não consigo enviar DM para { $member }. Avise você, por favor.

log-failures-stopped = { $member } não pode mais fazer filmes neste mês, porque os que falharam custaram { units-credits } ao bot. Um administrador pode permitir mais com /quota unblock.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = Um prompt de { $member } foi barrado pela regra “{ $rule }”: ||{ $prompt }||
log-prompt-refused-preset = Um prompt de { $member } foi barrado pela regra “{ $rule }” ({ $category }): ||{ $prompt }||
log-prompt-refused-operator = Um prompt de { $member } foi barrado por uma regra do operador do bot: ||{ $prompt }||
log-timed-out = { $member } não pode fazer filmes por { units-hours }, porque prompts demais foram barrados hoje. Um administrador pode liberar com /quota unblock.
log-category-minors = conteúdo sexual envolvendo menores
log-category-sexual = conteúdo sexual
log-category-gore = violência sangrenta
log-category-slurs = insultos discriminatórios
log-server-limited = Este servidor pode gastar no máximo { units-credits-monthly }, não importa o que os administradores definam.
log-server-limit-reset = Este servidor volta ao limite normal do bot.
log-server-blocked = Este servidor não pode mais fazer filmes. Os filmes em andamento serão concluídos.
log-server-unblocked = Este servidor pode fazer filmes de novo.
log-paused = Por enquanto, nenhum servidor pode fazer filmes novos. Os filmes em andamento serão concluídos.
log-resumed = Já dá para fazer filmes novos outra vez.
log-movie-unknown = { $credits ->
    [one] O serviço de filmes não confirmou um filme de { $member }. { units-credits } continua reservado até eu saber o que aconteceu.
   *[other] O serviço de filmes não confirmou um filme de { $member }. { units-credits } continuam reservados até eu saber o que aconteceu.
}
log-movie-given-up = { $credits ->
    [one] Não foi possível saber o que aconteceu com um filme de { $member }. Ele foi dado como falho, e { units-credits } foi reembolsado.
   *[other] Não foi possível saber o que aconteceu com um filme de { $member }. Ele foi dado como falho, e { units-credits } foram reembolsados.
}
log-movie-resolved = Um filme de { $member } foi verificado.
log-movie-deleted = Um filme de { $member } foi excluído (ID { $id }).
log-gallery-removed = Um filme de { $member } foi tirado da galeria (ID { $id }).
log-report-dismissed = As denúncias de um filme de { $member } foram descartadas (ID { $id }).
log-deletion-refused = Um filme de { $member } foi excluído (ID { $id }), mas o Discord não me deixa excluir a mensagem dele. Vou continuar tentando por 30 dias. Você pode excluí-la: { $link }
log-deletion-given-up = Um filme de { $member } foi excluído (ID { $id }), mas depois de 30 dias o Discord ainda não me deixa excluir a mensagem dele, então parei de tentar. Exclua você mesmo: { $link }
log-approval-requested = Um filme de { $member } por { units-credits } aguarda aprovação (ID { $id }).
log-movie-approved = Um filme de { $member } por { units-credits } pode começar (ID { $id }).
log-movie-declined = Um filme de { $member } por { units-credits } foi recusado e reembolsado (ID { $id }).
log-approval-lapsed = Ninguém decidiu a tempo sobre um filme de { $member } por { units-credits }: ele foi cancelado e reembolsado (ID { $id }).
log-backup-restored = Um backup foi restaurado. Um filme de { $member } espera até o operador do bot verificar.

log-reason-role-deleted = o cargo foi excluído
log-reason-movie = filme { $id }
log-reason-failed = falhou, créditos reembolsados
log-reason-request-found = encontrado no serviço de filmes, com o ID { $id }
log-reason-may-be-ordered = o filme { $id } talvez já tenha sido pedido
log-reason-may-be-sent = a mensagem sobre o filme { $id } talvez já tenha sido enviada
log-reason-requested = a pedido do membro
log-reason-not-age-restricted = a galeria não tem restrição de idade
log-reason-staff-unreachable = não posso escrever no canal da equipe, e este servidor deixa os filmes começarem nesse caso
