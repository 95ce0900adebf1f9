// Two tones that are heard across a hall, made in the page: no sound file, nothing to load.
// A browser makes no sound before the first key or click; `audible` is told whether it would, now and when that changes.
const sound = new AudioContext();

function tone(at, pitch) {
  const wave = sound.createOscillator(), level = sound.createGain();
  wave.frequency.value = pitch;
  level.gain.setValueAtTime(0.0001, at);
  level.gain.exponentialRampToValueAtTime(0.4, at + 0.02);
  level.gain.exponentialRampToValueAtTime(0.0001, at + 0.7);
  wave.connect(level).connect(sound.destination);
  wave.start(at);
  wave.stop(at + 0.75);
}

export function chime() {
  if (sound.state !== "running") return;
  tone(sound.currentTime, 880);
  tone(sound.currentTime + 0.35, 660);
}

export function audible(tell) {
  const told = () => tell(sound.state === "running");
  sound.addEventListener("statechange", told);
  told();
}

for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => sound.resume());
