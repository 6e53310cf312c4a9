### Los botones de un prompt bajo su precio, y palabras que lo mejoran.

prompts-surprise-button = Sorpréndeme
prompts-improve-button = Mejorar mi prompt
prompts-back-button = Volver a mi prompt
prompts-style-placeholder = Elige un estilo
prompts-no-style-option = Sin estilo

prompts-no-room = No caben más palabras: un prompt puede tener hasta { $characters } caracteres. Acorta primero el tuyo.
prompts-style-gone = Ese estilo ya no está disponible. Elige otro.

prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Plano general amplio
        [1] Primer plano íntimo
        [2] Plano contrapicado
        [3] Vista de pájaro
        [4] Plano sobre el hombro
        *[5] Composición simétrica
    }

prompts-light =
    { $variant ->
        [0] luz dorada del atardecer
        [1] suave niebla matinal
        [2] luz fría de luna
        [3] luz cálida de lámpara
        [4] contraluz dramático
        *[5] sol entre las hojas
    }

prompts-camera =
    { $variant ->
        [0] lento acercamiento de cámara
        [1] travelling suave
        [2] cámara en mano discreta
        [3] grúa ascendente
        [4] lento giro alrededor del sujeto
        *[5] poca profundidad de campo
    }

prompts-mood =
    { $variant ->
        [0] ambiente de ensueño
        [1] asombro sereno
        [2] energía juguetona
        [3] calidez nostálgica
        [4] tensa espera
        *[5] grandeza épica
    }
