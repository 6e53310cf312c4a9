### /pitches: the open pitches of a server.

pitches-list-title = Open pitches
pitches-empty = No open pitches right now. Start one with /pitch, and everyone here can chip in.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits } of { $price } still needed
pitches-complete = fully funded, waiting to be made
pitches-votes = { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}
pitches-ends = ends { $time }
pitches-mine = your share: { units-credits }
# The text of a link to the pitch
pitches-open = Open
pitches-sort-placeholder = Sort by
pitches-manage-placeholder = Take back, withdraw or remove: choose a pitch
pitches-back-button = Previous
pitches-next-button = Next
pitches-page-footer = Page { $page } of { $pages }
