### Por que um filme terminou sem resultado, como o membro lê.

reasons-failed = O serviço de filmes não conseguiu terminar este filme.
reasons-lost = O serviço de filmes perdeu este filme.
reasons-rejected = O serviço de filmes recusou este pedido.
reasons-key-rejected = O bot não consegue entrar no serviço de filmes. { -operator-notified } Tente de novo mais tarde.
reasons-model-refused = O serviço de filmes não está aceitando este modelo agora; escolha outro. { -operator-notified }
reasons-service-changed = O serviço de filmes mudou, e este bot precisa ser atualizado. { -operator-notified } Tente de novo mais tarde.
reasons-credits-ran-out = O bot ficou sem créditos no serviço de filmes enquanto seu filme estava em andamento. Não foi culpa sua. { -operator-notified } Tente de novo mais tarde.
reasons-key-limit = Este bot atingiu o limite mensal no serviço de filmes. { -operator-notified } Tente de novo mais tarde.
reasons-no-credits = Este bot está sem créditos no serviço de filmes. { -operator-notified } Tente de novo mais tarde.
reasons-busy = O serviço de filmes está muito ocupado agora. Tente de novo em alguns minutos.
reasons-unreachable = Não foi possível falar com o serviço de filmes por uma hora. Tente de novo mais tarde.
reasons-closed = O serviço de filmes nunca confirmou este filme, então o operador do bot registrou que ele falhou.
reasons-stayed-unknown = Não foi possível saber o que aconteceu com este filme, então parei de esperar e registrei que ele falhou.
reasons-unconfirmed = O Discord não confirmou seu comando a tempo, então o filme não chegou a começar.
reasons-cancelled = Cancelado antes de começar.
reasons-cancelled-by-staff = Cancelado pela equipe do servidor antes de começar.
reasons-cancelled-in-part = Cancelado enquanto estava em andamento. Só as etapas concluídas foram cobradas.
reasons-declined = A equipe deste servidor recusou.
reasons-declined-because = A equipe deste servidor recusou: “{ $reason }”
reasons-approval-lapsed = A equipe deste servidor não aprovou em 48 horas.
reasons-server-left = Fui removido do servidor antes de a equipe dele decidir.
reasons-not-offered = Quando foi aprovado, este modelo ou esta duração não estava mais disponível.

reasons-with-message = { $sentence } A resposta foi: “{ $message }”
