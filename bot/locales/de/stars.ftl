### Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Stern
stars-given = ⭐ Du hast diesem Film einen Stern gegeben. Sterne: { $stars }. Drück noch einmal, um ihn zurückzunehmen.
stars-given-posted = ⭐ Du hast diesem Film einen Stern gegeben. Sterne: { $stars }. Damit kommt er in die Galerie!
stars-taken-back = Du hast deinen Stern zurückgenommen. Sterne: { $stars }.
stars-own = Deinem eigenen Film kannst du keinen Stern geben.
stars-gone = Ich habe diesen Film nicht mehr, deshalb kann er keinen Stern bekommen.

# In the gallery. $member: a mention
stars-posted = ⭐ Ein Film von { $member }, dem Mitglieder dieses Servers Sterne gegeben haben
