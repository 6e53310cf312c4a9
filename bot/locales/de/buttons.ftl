### Die Schaltflächen eines Films und die Antworten darauf

buttons-cancel-button = Abbrechen
buttons-follow-button = Benachrichtigen
buttons-unfollow-button = Nicht benachrichtigen
buttons-post-here-button = Doch hier posten
buttons-direct-button = Lieber per DM
buttons-remix-button = Remix
buttons-rerun-button = Noch einmal
buttons-retry-button = Erneut versuchen
buttons-new-link-button = Neuer Link
buttons-receipt-button = Beleg
buttons-delete-button = Löschen
buttons-studio-button = Studio
buttons-cancel-movie-button = Film abbrechen
buttons-delete-movie-button = Film löschen
buttons-leave-gallery-button = Nur aus der Galerie nehmen

buttons-not-owner = Diesen Button kann nur **{ $name }** benutzen. Mach mit /movie einen eigenen Film.
buttons-not-owner-unnamed = Diesen Button kann nur benutzen, wer den Film angefordert hat. Mach mit /movie einen eigenen.
buttons-unknown-movie = Ich finde diesen Film nicht. Mit /movies siehst du deine.

buttons-cancelled = Abgebrochen. **{ $refunded }** erstattet.
buttons-cancelling-already = Er wird schon abgebrochen. Du erfährst dann, was ausgegeben und was erstattet wurde.
buttons-unclear = Vielleicht entsteht er beim Filmdienst schon, deshalb kann er erst abgebrochen werden, wenn das klar ist. Bis dahin bleiben seine Credits reserviert.
buttons-being-queued = Er wird noch eingereiht. Versuch es gleich noch einmal.
buttons-being-sent = Er geht gerade an den Filmdienst. Versuch es gleich noch einmal.
buttons-started = Zu spät zum Abbrechen: Der Filmdienst hat begonnen und ihn schon berechnet. Du bekommst ihn, wenn er fertig ist.
buttons-finished = Er ist schon fertig: /movies
buttons-ended-in-part = Er ist schon abgebrochen: **{ $cost }** ausgegeben, **{ $refunded }** erstattet.
buttons-ended = Er ist schon beendet: **{ $refunded }** erstattet.
buttons-question = { "**" }Diesen Film abbrechen?**
buttons-question-unknown = Der Filmdienst sagt nicht, was er bisher berechnet hat. Du bezahlst die fertigen Schritte, insgesamt höchstens **{ $price }**. Der Rest wird erstattet.
buttons-question-known = Du bezahlst die fertigen Schritte: nach jetzigem Stand **{ $cost }** ausgegeben und **{ $refunded }** erstattet. Wird vor dem Abbruch noch ein Schritt fertig, bezahlst du ihn auch, insgesamt höchstens { $price }.
buttons-cancel-requested = Dein Film wird abgebrochen. Du erfährst dann, was ausgegeben und was erstattet wurde. Falls er schon fertig ist, bekommst du den Film.
buttons-just-finished = Er ist gerade fertig geworden und kann nicht mehr abgebrochen werden. Du bekommst ihn gleich.
buttons-nearly-finished = Er kann jeden Moment fertig sein, zum Abbrechen ist es zu spät. Du bekommst ihn, wenn er fertig ist.
buttons-just-ended = Er ist gerade beendet worden. Du bekommst gleich eine Nachricht dazu.
buttons-no-answer = Der Filmdienst antwortet gerade nicht, deshalb wurde nichts abgebrochen. Versuch es in einer Minute noch einmal.
buttons-too-many-cancels = Du hast mehrmals auf Abbrechen gedrückt. Wieder möglich: { $time }.

buttons-own-movie = Das ist dein Film, dich benachrichtige ich sowieso.
buttons-following = Ich benachrichtige dich, wenn er fertig ist. Falls er dann doch nur per DM kommt, sage ich dir nur, dass er fertig ist.
buttons-follow-full = Die Liste der Benachrichtigungen ist voll. Schau später wieder hier vorbei.
buttons-follow-ended = Dieser Film ist schon beendet, es gibt also nichts mehr abzuwarten.
buttons-follow-private = Dieser Film kommt nur per DM, deshalb kann ich dich nicht benachrichtigen.
buttons-unfollowed = Okay, ich benachrichtige dich nicht.

buttons-to-direct = Ich schicke ihn dir per DM (oder poste ihn hier, falls du keine DMs annimmst). Immer per DM: /preferences
buttons-to-channel = Ich poste ihn im Kanal, wenn er fertig ist.

buttons-new-link = Neuer Link:
buttons-no-new-link = Ich habe vom Filmdienst keinen neuen Link bekommen. Versuch es in ein paar Minuten noch einmal.
buttons-last-link = Ich habe vom Filmdienst keinen neuen Link bekommen. Versuch es in ein paar Minuten noch einmal. Bis dahin der letzte, der vielleicht abgelaufen ist:
buttons-too-many-links = Das sind viele Links auf einmal! Den nächsten gibt es { $time }.

buttons-receipts = Alle deine Belege findest du unter /credits.
buttons-receipt-open = Er ist noch nicht fertig: **{ $held }** reserviert.

# Löschen
buttons-delete-question = { "**" }Diesen Film löschen?**
buttons-delete-question-of = { "**" }Diesen Film von { $name } löschen?**
buttons-delete-details = Die Nachricht verschwindet für alle, und ich vergesse die Links. Der Film bleibt ohne sie unter /movies stehen. Es werden keine Credits erstattet, und das lässt sich nicht rückgängig machen.
buttons-deleted = Gelöscht. Die Nachricht verschwindet gleich.
buttons-left-gallery = Aus der Galerie genommen. Der Film bleibt dort, wo er zuerst gepostet wurde, und Sterne bringen ihn nicht zurück.
buttons-deleted-post-title = Gelöschter Film
buttons-deleted-already = Dieser Film ist schon gelöscht.
buttons-delete-unfinished = Nur ein fertiger Film lässt sich löschen.
buttons-link-deleted = Dieser Film wurde gelöscht, also hat er keinen Link.
buttons-not-deleter = Diesen Film können nur **{ $name }** und das Team des Servers löschen.
buttons-not-deleter-unnamed = Diesen Film kann nur löschen, wer ihn angefordert hat, oder das Team des Servers.
buttons-not-deleter-shared = Diesen Film haben auch andere bezahlt, deshalb kann ihn nur das Team des Servers löschen.
