### The controls of a prompt under its price, and the words that improve one.

prompts-surprise-button = Surprise me
prompts-improve-button = Improve my prompt
prompts-back-button = Back to my prompt
prompts-style-placeholder = Pick a style
prompts-no-style-option = No style

prompts-no-room = There's no room for more words: a prompt can have up to { $characters } characters. Shorten yours first.
prompts-style-gone = That style isn't available anymore. Pick another one.

# A sentence after another one; $last is the last character before it
prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Wide establishing shot
        [1] Intimate close-up
        [2] Low-angle shot
        [3] Bird's-eye view
        [4] Over-the-shoulder shot
        *[5] Symmetrical composition
    }

prompts-light =
    { $variant ->
        [0] golden-hour light
        [1] soft morning fog
        [2] cool moonlight
        [3] warm lamplight
        [4] dramatic backlight
        *[5] sun through leaves
    }

prompts-camera =
    { $variant ->
        [0] slow push-in
        [1] smooth tracking shot
        [2] gentle handheld camera
        [3] rising crane shot
        [4] slow orbit around the subject
        *[5] shallow depth of field
    }

prompts-mood =
    { $variant ->
        [0] dreamy mood
        [1] quiet wonder
        [2] playful energy
        [3] nostalgic warmth
        [4] tense anticipation
        *[5] epic grandeur
    }
