### Ideias para um filme, de três listas: quem, faz o quê e onde.

ideas-prompt = { $who } { $does } { $where }.

ideas-who =
    { $variant ->
        [0] Uma raposa de corda
        [1] Um faroleiro tímido
        [2] Uma astronauta minúscula
        [3] Uma velha capitã
        [4] Um dragão de papel
        [5] Um robô curioso
        [6] Um gigante sonolento
        [7] Um músico de rua
        [8] Uma baleia voadora
        [9] Uma coruja branca
        [10] Um fantasma gentil
        *[11] Uma jovem padeira
    }

ideas-does =
    { $variant ->
        [0] aprende a dançar
        [1] abre uma porta secreta
        [2] segue um rastro de luz
        [3] constrói uma ponte de música
        [4] faz amizade com uma tempestade
        [5] planta uma floresta luminosa
        [6] aposta corrida com uma estrela cadente
        [7] encontra uma melodia perdida
        [8] pinta o céu noturno
        [9] protege um ovo de ouro
        [10] acorda uma cidade adormecida
        *[11] apanha o último raio de sol
    }

ideas-where =
    { $variant ->
        [0] numa cidade acima das nuvens
        [1] no fundo do mar
        [2] num trem noturno sob a neve
        [3] numa biblioteca sem fim
        [4] num planeta minúsculo
        [5] num parque de diversões à meia-noite
        [6] num jardim de vidro
        [7] num telhado sob a chuva
        [8] dentro de um relógio gigante
        [9] num lago congelado ao amanhecer
        [10] num mercado flutuante
        *[11] sob um arco-íris duplo
    }
