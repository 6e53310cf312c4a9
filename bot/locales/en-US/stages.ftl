### What the movie service is doing, on a movie's card

stages-prompt-generation = Writing the scenes
stages-image-generation = Drawing the pictures
stages-audio-generation = Making the sound
stages-frame-generation = Preparing the frames
stages-video-generation = Putting the movie together
stages-ai-video-generation = Bringing the pictures to life
stages-speech-generation = Recording the voices
stages-music-generation = Composing the music
stages-lip-sync-generation = Matching lips to voices
stages-sound-effect-generation = Adding sound effects
stages-transcript-generation = Writing the subtitles
stages-delete-reflow = Tidying up the scenes
stages-timeline-reflowed = Fitting the scenes together
stages-rendering = Rendering
