### Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ Ein Film wartet auf Freigabe
approvals-deadline-field = Entscheiden bis
approvals-deadline-value = { $time }. Danach wird er abgebrochen und erstattet.
approvals-decision-field = Entscheidung
approvals-approve-button = Freigeben
# Opens a form
approvals-decline-button = Ablehnen …

# In the list; $number: the movie's, from 1
approvals-list-approve-button = { $number } freigeben
approvals-list-decline-button = { $number } ablehnen …
approvals-list-title = ✋ Warten auf Freigabe: { units-movies }
approvals-list-empty = Kein Film wartet auf Freigabe.
approvals-list-footer = Seite { $page } von { $pages }
approvals-back-button = Zurück
approvals-next-button = Weiter
# $time: "in 2 days"
approvals-expires = läuft { $time } ab
approvals-staff-only = Das kann nur das Team dieses Servers sehen. Deine eigenen Filme sind unter /movies.

# The form for declining
approvals-decline-modal-title = Film ablehnen
approvals-reason-label = Grund (optional)
approvals-reason-hint = Das Mitglied liest ihn in dem Kanal, in dem der Film bestellt wurde.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Freigegeben von { $staff }.
approvals-declined = ❌ Abgelehnt von { $staff }.
approvals-declined-because = ❌ Abgelehnt von { $staff }: „{ $reason }“
approvals-lapsed = ⌛ Niemand hat rechtzeitig entschieden. Der Film wurde abgebrochen und erstattet.
approvals-withdrawn = ↩️ { $member } hat den Film abgebrochen.
approvals-not-offered = ↩️ Dieses Modell oder diese Dauer gibt es nicht mehr. Der Film wurde abgebrochen und erstattet.
approvals-waived = ▶️ Er wurde ohne Freigabe gestartet, weil ich nicht in den Team-Kanal schreiben konnte.
approvals-ended = ↩️ Er wartet nicht mehr auf Freigabe.

# What a staff member reads whose press changed nothing
approvals-own = Einen Film, den du angefordert hast oder mitbezahlst, kannst du nicht freigeben. Jemand anderes aus dem Team kann es.
approvals-blocked = { $member } ist gesperrt. Die Server-Verwaltung muss die Sperre zuerst mit /quota unblock aufheben. Du kannst den Film auch ablehnen.
approvals-blocked-everywhere = Der Betreiber des Bots hat { $member } gesperrt, deshalb kann dieser Film nicht starten. Du kannst ihn ablehnen.
approvals-paused = Der Betreiber des Bots nimmt gerade keine Filme von diesem Server an. Versuch es später noch einmal oder lehne ihn ab.
approvals-prompt = Dieser Prompt verstößt gegen eine Regel, die nach der Bestellung zum Prompt-Filter kam. Lehne den Film ab. Ist die Regel von diesem Server, kann die Server-Verwaltung sie auch mit /setup ändern.
approvals-unknown = Ich finde diesen Film nicht mehr.
approvals-reason-too-long = Dieser Grund ist zu lang. Nimm höchstens { $max } Zeichen.
