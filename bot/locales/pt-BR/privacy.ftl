### /privacy, e o que resta dos filmes cujo texto foi excluído

privacy-prompt-gone = (prompt excluído)
privacy-link-gone = O link deste filme foi excluído.
privacy-not-again = O prompt deste filme foi excluído, então não posso fazê-lo de novo. Faça outro com /movie. { -not-charged }
privacy-unnamed = alguém que apagou seus dados

privacy-title = Seus dados
privacy-about = Eu guardo seu ID, seus filmes e propostas com prompts e links, seu nome quando você os pediu, seus créditos e cada mudança neles, suas escolhas em /preferences, de quais filmes você quer ser avisado, as propostas em que você votou, os filmes a que você deu estrela ou que denunciou (e por quê) e o começo dos prompts barrados pelas regras de um servidor. Não guardo suas outras mensagens, a menos que alguém transforme uma delas em filme. Os prompts vão para o serviço de filmes.
privacy-kept-field = Por quanto tempo
privacy-kept-value =
    { $days ->
        [one] { $days } dia
       *[other] { $days } dias
    } depois do fim de um filme ou de uma proposta, apago o prompt, os links e seu nome. Seu ID e seus créditos ficam até você apagar tudo, ou até 30 dias depois que me removerem de um servidor.
privacy-kept-always-value = Até você apagar tudo, ou até 30 dias depois que me removerem de um servidor.
privacy-elsewhere-field = O que eu não posso apagar
privacy-elsewhere-value = Mensagens que já estão no Discord, menos as dos seus filmes se você também as apagar, e o que o serviço de filmes guarda.
privacy-now-field = Agora
privacy-now-value = { units-movies }, seus créditos e o histórico deles, e suas preferências.
privacy-nothing = Não há nada guardado sobre você.
privacy-export-button = Exportar
privacy-erase-button = Apagar meus dados
privacy-policy-button = Política de privacidade
privacy-terms-button = Termos de uso
privacy-export-ready = Tudo o que eu guardo sobre você: JSON para programas, CSV para planilhas.
privacy-export-too-large = É demais para uma mensagem do Discord. Peça sua exportação ao operador do bot.
privacy-question = { "**" }Apagar seus dados em todos os servidores?** Não dá para desfazer.
privacy-question-what = Seus filmes, links, recibos e preferências somem. Suas propostas abertas são retiradas, e os créditos com que você contribuiu nas de outros são reembolsados.
privacy-question-waiting = Na fila: { units-movies }. O que está na fila é cancelado e reembolsado.
privacy-question-open = Em andamento: { units-movies }. Você ainda recebe o que está em andamento; depois isso também é apagado. Até lá, você não pode pedir nada.
privacy-question-bonus = Você perde { units-bonus-credits }.
privacy-question-memory = O que você gastou neste mês conta até o fim do mês. Bloqueios e cotas de 0 continuam valendo até terminarem. Isso fica guardado com um código que não diz quem você é.
privacy-question-messages = As mensagens no Discord ficam, a menos que você também apague as dos seus filmes. As de filmes com que outros contribuíram ficam.
privacy-confirm-button = Apagar tudo
privacy-confirm-messages-button = Apagar tudo e as mensagens
privacy-keep-button = Manter meus dados
privacy-erased = Pronto. Seus dados foram apagados.
privacy-erased-with-messages = Pronto. Seus dados foram apagados, e estou apagando as mensagens dos seus filmes.
privacy-erasing-soon = Estou apagando seus dados. Leva um instante.
privacy-erasing-later = Estou apagando seus dados. Ainda em andamento: { units-movies }. Você ainda recebe o que está em andamento; depois isso também é apagado. Até lá, você não pode pedir nada.
privacy-nothing-erased = OK, nada foi apagado.
privacy-not-yours = Só quem digitou /privacy pode usar este botão. Digite você também para ver seus próprios dados.
privacy-too-often = Você apagou seus dados várias vezes. Você pode fazer isso de novo { $time }.
