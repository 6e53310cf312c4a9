### Posted where the bot joins, in the server's language

welcome-greeting =
    👋 Hi, I'm Matinee, and I turn words into short movies. Type { $movie } and describe a scene, for example:
    > { -example-prompt }
    Movies cost credits, and everyone here gets some each month: { $help } shows how many you have and what a movie costs. { -managers } can see the limits with { $quota }.
