### Descriptions in Discord's command list: at most 100 characters each.

commands-movie = Turn a prompt into a movie
commands-movie-prompt = What happens in your movie (up to { $characters } characters)
commands-movie-duration = Duration in seconds, { $min }–{ $max } (default: your last, or { $default })
commands-movie-video-model = Video model (default: your last, or the best for the aspect ratio)
commands-movie-image-model = Image model (default: your last, or auto)
commands-movie-aspect-ratio = Aspect ratio (default: your last, or 16:9)
commands-movie-language = Spoken language (default: your last, or auto)
commands-movie-subtitles = Show subtitles (default: your last, or off)
commands-movie-tone = Tone (default: your last, or grounded)

# Aspect ratios, also in forms and menus
commands-wide = Wide (16:9)
commands-tall = Tall (9:16)

# What is spoken in a movie, also in forms and menus
commands-language-auto = Auto
commands-language-english = English
commands-language-spanish = Spanish
commands-language-french = French
commands-language-japanese = Japanese
commands-language-thai = Thai
commands-language-chinese = Chinese
commands-language-bengali = Bengali
commands-language-hindi = Hindi
commands-language-sanskrit = Sanskrit
commands-language-latin = Latin

# How a movie tells its story
commands-tone-grounded = Grounded
commands-tone-cinematic = Cinematic

# In the menu of a message, under Apps
commands-make-movie-menu = Turn into a movie

commands-credits = Your balance and spending history
commands-credits-member = View another member's credits (managers only)

commands-movies = Browse your movies
commands-movies-member = View another member's movies (managers only)
commands-movies-show = Filter (default: all)
commands-movies-id = Open one movie by its ID (at the bottom of its message)
commands-movies-all = All
commands-movies-in-progress = In progress
commands-movies-ready = Ready
commands-movies-failed = Failed or canceled
commands-movies-pending = Waiting for approval (staff only)
commands-gift = Give some of your bonus credits to another member
commands-gift-member = Member
commands-gift-credits = Number of bonus credits
commands-top = A month's top movies, creators and patrons in this server
commands-top-month = Month as YYYY-MM, e.g. 2026-11 (default: this month)

commands-pitch = Pitch a movie that members of this server pay for together
commands-pitches = Find pitches to chip in for
commands-pitches-sort = What comes first (default: closest to funded)
commands-pitches-missing = Closest to funded
commands-pitches-votes = Most votes
commands-pitches-age = Newest

commands-preferences = Set your defaults and where your movies go
commands-help = How I work and what it costs
commands-privacy = See, export or erase what I store about you

commands-quota = Manage credits in this server
commands-quota-credits = Number of credits
commands-quota-monthly-credits = Credits per month (leave empty to see the current amount)
commands-quota-member = Member
commands-quota-reason = Reason (saved in the log)
commands-quota-show = Show this server's limits, or a member's
commands-quota-show-member = Show this member's limits
commands-quota-default = Set the default monthly allowance
commands-quota-server = Set this server's monthly budget
commands-quota-set-member = Set one member's monthly allowance
commands-quota-role = Set a role's monthly allowance
commands-quota-role-role = Role
commands-quota-grant = Give a member bonus credits that never expire
commands-quota-take = Remove bonus credits from a member
commands-quota-block = Block a member from making movies
commands-quota-block-hours = Duration in hours (empty: until unblocked)
commands-quota-unblock = Let a blocked member make movies again
commands-quota-reset = Reset a member's usage this month
commands-quota-clear = Remove a limit
commands-quota-clear-default = Go back to the bot's default allowance
commands-quota-clear-server = Remove this server's budget
commands-quota-clear-member = Remove a member's personal allowance
commands-quota-clear-role = Remove a role's allowance
commands-quota-report = Monthly report
commands-quota-report-month = Month as YYYY-MM, e.g. 2026-11 (default: this month)

commands-setup = Choose where movies can be made in this server, by whom, and how
commands-setup-panel = See and change this server's setup
commands-setup-export = Get this server's setup as a JSON file
commands-setup-import = Import this server's setup from a JSON file (you'll see the changes first)
commands-setup-import-file = A file from /setup export
