### Ideas para una película, de tres listas: quién, hace qué y dónde.

ideas-prompt = { $who } { $does } { $where }.

ideas-who =
    { $variant ->
        [0] Un zorro de relojería
        [1] Un farero tímido
        [2] Una astronauta diminuta
        [3] Una vieja capitana
        [4] Un dragón de papel
        [5] Un robot curioso
        [6] Un gigante soñoliento
        [7] Un músico callejero
        [8] Una ballena voladora
        [9] Una lechuza blanca
        [10] Un fantasma amable
        *[11] Una joven panadera
    }

ideas-does =
    { $variant ->
        [0] aprende a bailar
        [1] abre una puerta secreta
        [2] sigue un rastro de luz
        [3] construye un puente de música
        [4] hace las paces con una tormenta
        [5] planta un bosque luminoso
        [6] echa una carrera a una estrella fugaz
        [7] encuentra una melodía perdida
        [8] pinta el cielo nocturno
        [9] cuida un huevo de oro
        [10] despierta a una ciudad dormida
        *[11] atrapa el último rayo de sol
    }

ideas-where =
    { $variant ->
        [0] en una ciudad sobre las nubes
        [1] en el fondo del mar
        [2] en un tren nocturno bajo la nieve
        [3] en una biblioteca sin fin
        [4] en un planeta diminuto
        [5] en una feria de medianoche
        [6] en un jardín de cristal
        [7] en una azotea bajo la lluvia
        [8] dentro de un reloj gigante
        [9] en un lago helado al amanecer
        [10] en un mercado flotante
        *[11] bajo un doble arcoíris
    }
