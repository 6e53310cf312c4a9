"""Every word and embed that a person sees: a domain value in, Discord's own objects out.

Nothing here asks or changes anything. Sentences are whole, with named placeholders, so that they can be translated;
nothing means something by colour alone; what comes from members or from the API is made harmless in `safe`.
"""
