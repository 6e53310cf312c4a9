### Words for people and things that messages of every area refer to, such as { -managers }.

-managers = Server managers
-operator-notified = The bot's operator has been notified.
-not-charged = You weren't charged.
-in-progress-finish = Movies in progress will still finish.
-example-prompt = A paper boat sails across a rainy street at night, neon lights in the puddles
