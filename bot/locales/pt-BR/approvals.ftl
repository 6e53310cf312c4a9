### Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ Um filme aguarda aprovação
approvals-deadline-field = Decidir até
approvals-deadline-value = { $time }. Depois disso, ele é cancelado e reembolsado.
approvals-decision-field = Decisão
approvals-approve-button = Aprovar
# Opens a form
approvals-decline-button = Recusar…

# In the list; $number: the movie's, from 1
approvals-list-approve-button = Aprovar { $number }
approvals-list-decline-button = Recusar { $number }…
approvals-list-title = ✋ Aguardando aprovação: { units-movies }
approvals-list-empty = Nenhum filme aguarda aprovação.
approvals-list-footer = Página { $page } de { $pages }
approvals-back-button = Anterior
approvals-next-button = Próxima
# $time: "in 2 days"
approvals-expires = expira { $time }
approvals-staff-only = Só a equipe deste servidor pode ver isso. Seus próprios filmes estão em /movies.

# The form for declining
approvals-decline-modal-title = Recusar este filme
approvals-reason-label = Motivo (opcional)
approvals-reason-hint = O membro lê no canal em que fez o pedido.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Aprovado por { $staff }.
approvals-declined = ❌ Recusado por { $staff }.
approvals-declined-because = ❌ Recusado por { $staff }: “{ $reason }”
approvals-lapsed = ⌛ Ninguém decidiu a tempo: ele foi cancelado e reembolsado.
approvals-withdrawn = ↩️ { $member } cancelou.
approvals-not-offered = ↩️ Este modelo ou esta duração não está mais disponível: o filme foi cancelado e reembolsado.
approvals-waived = ▶️ Ele começou sem aprovação, porque eu não podia escrever no canal da equipe.
approvals-ended = ↩️ Ele não aguarda mais aprovação.

# What a staff member reads whose press changed nothing
approvals-own = Você não pode aprovar um filme que pediu ou para o qual contribuiu. Outra pessoa da equipe pode.
approvals-blocked = { $member } tem um bloqueio. Um administrador do servidor precisa removê-lo antes com /quota unblock. Você também pode recusar o filme.
approvals-blocked-everywhere = O operador do bot bloqueou { $member }, por isso este filme não pode começar. Você pode recusá-lo.
approvals-paused = O operador do bot não está aceitando filmes deste servidor agora. Tente mais tarde ou recuse o filme.
approvals-prompt = Este prompt viola uma regra adicionada ao filtro de prompts depois do pedido. Recuse o filme. Se a regra for deste servidor, um administrador também pode mudá-la com /setup.
approvals-unknown = Não encontro mais este filme.
approvals-reason-too-long = Esse motivo é longo demais. Use no máximo { $max } caracteres.
