### Os botões de um prompt abaixo do preço, e palavras que o melhoram.

prompts-surprise-button = Me surpreenda
prompts-improve-button = Melhorar meu prompt
prompts-back-button = Voltar ao meu prompt
prompts-style-placeholder = Escolha um estilo
prompts-no-style-option = Sem estilo

prompts-no-room = Não cabem mais palavras: um prompt pode ter até { $characters } caracteres. Encurte o texto primeiro.
prompts-style-gone = Esse estilo não está mais disponível. Escolha outro.

prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Plano geral amplo
        [1] Close íntimo
        [2] Câmera baixa
        [3] Vista aérea
        [4] Plano sobre o ombro
        *[5] Composição simétrica
    }

prompts-light =
    { $variant ->
        [0] luz dourada do fim de tarde
        [1] neblina suave da manhã
        [2] luar frio
        [3] luz quente de abajur
        [4] contraluz dramático
        *[5] sol entre as folhas
    }

prompts-camera =
    { $variant ->
        [0] aproximação lenta da câmera
        [1] travelling suave
        [2] câmera na mão discreta
        [3] grua ascendente
        [4] giro lento ao redor do personagem
        *[5] pouca profundidade de campo
    }

prompts-mood =
    { $variant ->
        [0] clima de sonho
        [1] encanto sereno
        [2] energia brincalhona
        [3] calor nostálgico
        [4] expectativa tensa
        *[5] grandeza épica
    }
