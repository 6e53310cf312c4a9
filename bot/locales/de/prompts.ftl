### Die Knöpfe für einen Prompt unter seinem Preis, und Worte, die ihn verbessern.

prompts-surprise-button = Überrasch mich
prompts-improve-button = Prompt verbessern
prompts-back-button = Zurück zu meinem Prompt
prompts-style-placeholder = Stil wählen
prompts-no-style-option = Kein Stil

prompts-no-room = Es ist kein Platz für mehr Wörter: Ein Prompt hat bis zu { $characters } Zeichen. Kürze deinen zuerst.
prompts-style-gone = Diesen Stil gibt es nicht mehr. Wähle einen anderen.

prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Weite Totale
        [1] Intime Nahaufnahme
        [2] Aufnahme aus der Froschperspektive
        [3] Blick aus der Vogelperspektive
        [4] Blick über die Schulter
        *[5] Symmetrischer Bildaufbau
    }

prompts-light =
    { $variant ->
        [0] goldenes Abendlicht
        [1] weicher Morgennebel
        [2] kühles Mondlicht
        [3] warmes Lampenlicht
        [4] dramatisches Gegenlicht
        *[5] Sonne durch Blätter
    }

prompts-camera =
    { $variant ->
        [0] langsame Kamerafahrt nach vorn
        [1] ruhige Parallelfahrt
        [2] sanfte Handkamera
        [3] aufsteigende Kranfahrt
        [4] langsame Kreisfahrt ums Motiv
        *[5] geringe Schärfentiefe
    }

prompts-mood =
    { $variant ->
        [0] verträumte Stimmung
        [1] stilles Staunen
        [2] verspielte Energie
        [3] nostalgische Wärme
        [4] gespannte Erwartung
        *[5] epische Größe
    }
