### Posted where the bot joins, in the server's language

welcome-greeting =
    👋 Hi, I'm Matinee, and I turn words into short movies. Type { $movie } and describe a scene, for example:
    > { -example-prompt }
    Movies cost credits, and everyone here gets some each month: { $help } shows yours, and what a movie costs. { -managers } find the limits in { $quota }.
