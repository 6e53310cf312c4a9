### /quota: os limites de um servidor ou de um membro, e as recusas. Só quem pediu vê.

quota-server-title = Limites deste servidor
quota-each-member-field = Cota padrão
quota-server-field = Orçamento do servidor
quota-staff-channel-field = Canal da equipe
quota-roles-field = Cargos
quota-members-field = Membros
quota-blocked-field = Bloqueio

quota-bot-default = { units-credits-monthly } (padrão do bot)
quota-set-by-operator = { units-credits-monthly } (definidos pelo operador do bot)
quota-unlimited = ilimitado (até o plano do bot)
quota-no-channel = nenhum (escolha um com /setup)
quota-channel-failed = ⚠️ Não consegui publicar lá { $time }. Verifique minhas permissões e escolha o canal de novo.
quota-limit-line = { $name }: { units-credits-monthly }
quota-block-line = { $name }: { $block }

quota-member-title = Limites de { $name }
quota-unnamed-member-title = Limites deste membro
quota-allowance-field = Cota
quota-used-field = Usados neste mês
quota-on-hold-field = Reservados
quota-bonus-field = Créditos bônus
quota-bonus-value = disponíveis: { $credits } (recebidos: { $granted })
quota-left-field = Disponíveis

quota-not-blocked = não
quota-blocked-until = até { $time }
quota-blocked = até o desbloqueio
quota-blocked-everywhere = em todos os servidores, até o operador do bot remover o bloqueio
quota-blocked-everywhere-until = em todos os servidores até { $time }, pelo operador do bot
quota-timed-out-until = até { $time }, pelo filtro de prompts
quota-block-with-reason = { $block } ({ $reason })

quota-operator-limits-server = O operador do bot permite { units-credits-monthly } a este servidor, então esse é o limite.
quota-operator-blocks-member = Mesmo assim, esse membro ainda não pode fazer filmes: o operador do bot o bloqueou em todos os servidores.

quota-not-allowed = Você precisa da permissão **Gerenciar servidor** para isso.
quota-bad-credits = **credits** deve ser um número inteiro entre { $min } e { $max } (você digitou { $given }).
quota-bad-hours = **hours** deve ser um número inteiro entre { $min } e { $max } (você digitou { $given }).
quota-reason-required = **reason** não pode ficar vazio.
quota-reason-too-long = **reason** é longo demais ({ $characters } caracteres, máximo { $max }).
quota-bad-month = “{ $given }” não é um mês válido. Use AAAA-MM, ex.: 2026-11.
quota-bot-member = { $member } é um bot. Bots não podem fazer filmes.
quota-not-a-member = { $member } não está mais neste servidor.
quota-role-deleted = { $role } não existe mais.
quota-everyone = Para @everyone, use /quota default.
quota-no-bonus = { $member } não tem créditos bônus para remover.
quota-too-little-bonus = Você pode remover no máximo { units-bonus-credits } de { $member } (o resto já foi usado ou está reservado).
quota-not-blocked-member = { $member } não tem nenhum bloqueio.
quota-nothing-to-reset = { $member } ainda não usou nada da cota deste mês.

quota-current-default = Por padrão, os membros recebem { units-credits-monthly }.
quota-current-bot-default = Por padrão, os membros recebem { units-credits-monthly } (valor do bot).
quota-current-server = Este servidor pode gastar { units-credits-monthly }.
quota-current-server-operator = Este servidor pode gastar { units-credits-monthly } (limite definido pelo operador do bot).
quota-current-server-unlimited = Este servidor não tem orçamento próprio. Ele pode gastar tudo o que o plano do bot permitir.
quota-current-member = { $member } recebe { units-credits-monthly } ({ $source }).
quota-current-role = Quem tem { $role } recebe { units-credits-monthly }.
quota-current-role-none = { $role } não tem cota própria.
quota-how-to-set = Para mudar isso, use este comando de novo com **{ $option }**.
quota-how-to-change = Para mudar isso, use este comando de novo com **{ $option }**. Para remover, use /quota clear { $what }.

quota-default-not-set = Aqui não há cota padrão. Os membros já recebem o padrão do bot.
quota-server-not-set = Este servidor não tem orçamento próprio.
quota-member-not-set = { $member } não tem cota pessoal.

quota-queued = { $movies ->
    [one] Este membro ainda tem { $movies } filme na fila.
   *[other] Este membro ainda tem { $movies } filmes na fila.
}
quota-cancel-queued-button = Cancelar e reembolsar
quota-queued-cancelled = { $movies ->
    [one] { $movies } filme cancelado e reembolsado. Os que estão em andamento serão concluídos.
   *[other] { $movies } filmes cancelados e reembolsados. Os que estão em andamento serão concluídos.
}
quota-none-queued = Este membro não tem mais nada na fila, então nada foi cancelado.
