### Palavras para pessoas e coisas usadas nas mensagens de todas as áreas, ex.: { -managers }.

-managers = Os administradores do servidor
-operator-notified = O operador do bot foi avisado.
-not-charged = Nada foi cobrado de você.
-in-progress-finish = Os filmes em andamento serão concluídos.
-example-prompt = Um barquinho de papel atravessa uma rua chuvosa à noite, luzes de néon nas poças
