### 数量・時間・割合。どの領域のメッセージからも参照できます。

units-credits = { $credits }クレジット
units-credits-monthly = 毎月{ units-credits }
units-credits-per-second = 1秒あたり{ units-credits }
units-bonus-credits = ボーナスクレジット{ $credits }
units-movies = 動画{ $movies }本
units-seconds = { $seconds }秒
units-minutes = { $minutes }分
units-minutes-seconds = { $minutes }分{ $seconds }秒
units-hours = { $hours }時間
units-hours-minutes = { $hours }時間{ $minutes }分
units-percent = { $percent }%
units-more-lines = ほか{ $more }件
# 並べ方：「Luma、Kling、Veo」
units-list = { $items }、{ $next }
