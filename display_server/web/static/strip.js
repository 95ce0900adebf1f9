// Tells a clerk on any page that somebody in the hall asks for help: a red strip under the bar, and two tones.
// The pages work without it; the bell page itself shows the same. A hidden page asks nothing.
import { chime } from "./chime.js";

const strip = document.getElementById("rings");

async function look() {
  if (document.hidden) return;
  const answer = await fetch(strip.dataset.ring);
  if (answer.redirected) return;
  const words = answer.status === 200 ? await answer.text() : "";
  if (words && words !== strip.textContent) chime();
  strip.textContent = words;
  strip.hidden = !words;
}

look().catch(() => {});
setInterval(() => look().catch(() => {}), 5000);
