// Rings while somebody waits for help. The page works without it (it then renews itself every ten seconds).
// 1. Every two seconds it asks what is open. What the clerk is using is left alone unless it no longer rings.
// 2. Two tones every four seconds until somebody goes; a browser makes no sound before the first key or click, and
//    while it does not, the page says so.
// 3. Enter takes the first call, wherever the focus is outside of a field, key or link.
// 4. When the server does not answer three times, the page says that it hears nothing.
const bell = document.getElementById("bell");
const lost = document.getElementById("lost");
const notice = document.getElementById("sound");
const rung = () => [...bell.querySelectorAll("[data-ring]")].map((one) => one.dataset.ring);
const title = document.title;
let version = "", missed = 0, sound = null;

async function refresh() {
  const answer = await fetch(bell.dataset.source, { headers: version ? { "If-None-Match": version } : {} });
  if (answer.redirected) return location.reload();
  if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status);
  missed = 0;
  if (answer.status === 304) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  const asks = [...fresh.querySelectorAll("[data-ring]")].map((one) => one.dataset.ring).join();
  if (bell.contains(document.activeElement) && asks === rung().join()) return;
  version = answer.headers.get("ETag");
  bell.replaceChildren(...fresh.childNodes);
  tell();
  ring();
}

function tell() {
  const count = rung().length;
  document.title = count ? `● ${count} 人求助 · ${title}` : title;
  if (count && (document.activeElement === document.body || !document.activeElement)) bell.querySelector("button").focus();
}

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

function ring() {
  if (!rung().length || !sound || sound.state !== "running") return;
  tone(sound.currentTime, 880);
  tone(sound.currentTime + 0.35, 660);
}

function open() {
  sound ??= new AudioContext();
  sound.resume().then(() => { notice.hidden = sound.state === "running"; });
}

sound = new AudioContext();
notice.hidden = sound.state === "running";
sound.onstatechange = () => { notice.hidden = sound.state === "running"; };
for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, open);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.closest("input, select, textarea, button, a, form")) return;
  bell.querySelector("[data-ring] form")?.requestSubmit();
});
tell();
setInterval(() => refresh().catch(() => { missed += 1; lost.hidden = missed < 3; }).then(() => { if (!missed) lost.hidden = true; }), 2000);
setInterval(ring, 4000);
