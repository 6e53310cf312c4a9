### Ideas for a movie, put together from three lists: who, does what, and where.

ideas-prompt = { $who } { $does } { $where }.

ideas-who =
    { $variant ->
        [0] A clockwork fox
        [1] A shy lighthouse keeper
        [2] A tiny astronaut
        [3] An old sea captain
        [4] A paper dragon
        [5] A curious robot
        [6] A sleepy giant
        [7] A street musician
        [8] A flying whale
        [9] A snow-white owl
        [10] A kind ghost
        *[11] A young baker
    }

ideas-does =
    { $variant ->
        [0] learns to dance
        [1] opens a secret door
        [2] follows a trail of light
        [3] builds a bridge out of music
        [4] befriends a storm
        [5] plants a glowing forest
        [6] races a shooting star
        [7] finds a lost melody
        [8] paints the night sky
        [9] guards a golden egg
        [10] wakes a sleeping city
        *[11] catches the last sunbeam
    }

ideas-where =
    { $variant ->
        [0] in a city above the clouds
        [1] at the bottom of the sea
        [2] on a night train through the snow
        [3] in an endless library
        [4] on a tiny planet
        [5] at a midnight fair
        [6] in a garden of glass
        [7] on a rooftop in the rain
        [8] inside a giant clock
        [9] on a frozen lake at dawn
        [10] in a floating market
        *[11] under a double rainbow
    }
