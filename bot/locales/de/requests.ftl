### Anfragen nach mehr Credits: der Button, die Antworten, die nur eine Person liest, und die DM an das Mitglied.

requests-ask-button = Mehr anfragen
requests-ask-managers = Brauchst du mehr? Die Server-Verwaltung kann dir Bonus-Credits geben.
requests-sent = Ich habe bei der Server-Verwaltung { units-bonus-credits } für dich angefragt. Die Antwort bekommst du per DM.
requests-asked-today = Du hast heute schon angefragt. Wieder möglich: { $time }.
requests-enough = Deine Credits reichen dafür inzwischen, deshalb habe ich nicht angefragt.
requests-no-channel = Von hier aus erreiche ich die Server-Verwaltung nicht. Frag dort bitte selbst nach.
requests-no-help = Ich habe nicht angefragt, weil mehr Credits gerade nicht helfen: So viel darf dieser Server diesen Monat nicht mehr ausgeben.

requests-grant-button = { $credits } gewähren
requests-decline-button = Ablehnen

requests-already-answered = { $manager } hat das schon beantwortet.
requests-unknown = Ich finde diese Anfrage nicht mehr. Mit /quota grant geht es trotzdem.
requests-blocked = { $member } ist gesperrt, deshalb wurde nichts gewährt. Hebe die Sperre zuerst mit /quota unblock auf.
requests-blocked-everywhere = Der Betreiber des Bots hat { $member } gesperrt, deshalb wurde nichts gewährt.
requests-server-budget = Das Server-Budget reicht diesen Monat nicht mehr für den Film von { $member }, deshalb wurde nichts gewährt. Erhöhe es mit /quota server und drücke dann noch einmal.
requests-operator-limit = Was der Betreiber des Bots diesem Server diesen Monat erlaubt, reicht nicht für den Film von { $member }. Deshalb wurde nichts gewährt.

requests-answer-granted = 🎉 Du hast in { $place } { units-bonus-credits } bekommen. Bonus-Credits verfallen nie. Mach deinen Film mit /movie.
requests-answer-declined = Die Server-Verwaltung hat deine Anfrage nach { units-bonus-credits } in { $place } abgelehnt.
requests-answer-unposted = Ich konnte deine Anfrage nach { units-bonus-credits } in { $place } nicht weitergeben, weil ich dort nicht in den Team-Kanal schreiben darf. Frag bitte direkt bei der Server-Verwaltung nach.
