### Ideen für einen Film, aus drei Listen: wer, tut was, und wo.

ideas-prompt = { $where }: { $who } { $does }.

ideas-who =
    { $variant ->
        [0] Ein Fuchs mit Uhrwerk
        [1] Ein schüchterner Leuchtturmwärter
        [2] Eine winzige Astronautin
        [3] Eine alte Kapitänin
        [4] Ein Drache aus Papier
        [5] Ein neugieriger Roboter
        [6] Ein schläfriger Riese
        [7] Eine Straßenmusikerin
        [8] Ein fliegender Wal
        [9] Eine schneeweiße Eule
        [10] Ein freundliches Gespenst
        *[11] Ein junger Bäcker
    }

ideas-does =
    { $variant ->
        [0] lernt tanzen
        [1] öffnet eine geheime Tür
        [2] folgt einer Spur aus Licht
        [3] baut eine Brücke aus Musik
        [4] schließt Freundschaft mit einem Sturm
        [5] pflanzt einen leuchtenden Wald
        [6] läuft mit einer Sternschnuppe um die Wette
        [7] findet eine verlorene Melodie
        [8] bemalt den Nachthimmel
        [9] bewacht ein goldenes Ei
        [10] weckt eine schlafende Stadt
        *[11] fängt den letzten Sonnenstrahl
    }

ideas-where =
    { $variant ->
        [0] Eine Stadt über den Wolken
        [1] Der Grund des Meeres
        [2] Ein Nachtzug im Schnee
        [3] Eine endlose Bibliothek
        [4] Ein winziger Planet
        [5] Ein Jahrmarkt um Mitternacht
        [6] Ein Garten aus Glas
        [7] Ein Dach im Regen
        [8] Das Innere einer riesigen Uhr
        [9] Ein zugefrorener See im Morgengrauen
        [10] Ein schwimmender Markt
        *[11] Ein Tal unter dem doppelten Regenbogen
    }
