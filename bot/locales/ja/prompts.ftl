### 料金の下に出るプロンプトのボタンと、プロンプトをよくする言葉。

prompts-surprise-button = おまかせ
prompts-improve-button = プロンプトを改善
prompts-back-button = 元のプロンプトに戻す
prompts-style-placeholder = スタイルを選ぶ
prompts-no-style-option = スタイルなし

prompts-no-room = これ以上の言葉は入りません。プロンプトは{ $characters }文字までです。先に短くしてください。
prompts-style-gone = このスタイルは使えなくなりました。別のものを選んでください。

prompts-next-sentence = { $last }{ $added }
prompts-end-and-next-sentence = { $last }。{ $added }
prompts-list = { $words }、{ $next }
prompts-sentence = { $words }。

prompts-shot =
    { $variant ->
        [0] 広い全景
        [1] 寄りのクローズアップ
        [2] 下から見上げる構図
        [3] 真上からの眺め
        [4] 肩越しの構図
        *[5] 左右対称の構図
    }

prompts-light =
    { $variant ->
        [0] 夕暮れの金色の光
        [1] 朝のやわらかな霧
        [2] 冷たい月明かり
        [3] 温かいランプの光
        [4] 劇的な逆光
        *[5] 木漏れ日
    }

prompts-camera =
    { $variant ->
        [0] ゆっくり近づくカメラ
        [1] なめらかな移動撮影
        [2] 静かな手持ちカメラ
        [3] 上昇するクレーンショット
        [4] 被写体をゆっくり回るカメラ
        *[5] 浅い被写界深度
    }

prompts-mood =
    { $variant ->
        [0] 夢のような雰囲気
        [1] 静かな驚き
        [2] 遊び心のある勢い
        [3] 懐かしいぬくもり
        [4] 張りつめた期待感
        *[5] 壮大なスケール
    }
