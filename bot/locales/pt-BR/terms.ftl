### Palavras para pessoas e coisas usadas nas mensagens de todas as áreas, ex.: { -managers }.

-managers = Os administradores do servidor
