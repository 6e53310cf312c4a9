### 動画サービスの作業内容（動画のカード）

stages-prompt-generation = シーンを執筆中
stages-image-generation = 画像を描画中
stages-audio-generation = 音声を作成中
stages-frame-generation = フレームを準備中
stages-video-generation = 動画を組み立て中
stages-ai-video-generation = 画像を動かしています
stages-speech-generation = 声を録音中
stages-music-generation = 音楽を作曲中
stages-lip-sync-generation = 口の動きを声に合わせています
stages-sound-effect-generation = 効果音を追加中
stages-transcript-generation = 字幕を作成中
stages-delete-reflow = シーンを整理中
stages-timeline-reflowed = シーンをつなげています
stages-rendering = 制作中
