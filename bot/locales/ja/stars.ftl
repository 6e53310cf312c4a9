### Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ スター
stars-given = ⭐ この動画にスターを付けました。スター：{ $stars }。もう一度押すと取り消せます。
stars-given-posted = ⭐ この動画にスターを付けました。スター：{ $stars }。ギャラリーに載ります！
stars-taken-back = スターを取り消しました。スター：{ $stars }。
stars-own = 自分の動画にはスターを付けられません。
stars-gone = この動画はもう保存されていないため、スターを付けられません。

# In the gallery. $member: a mention
stars-posted = ⭐ このサーバーのメンバーがスターを付けた{ $member }の動画
