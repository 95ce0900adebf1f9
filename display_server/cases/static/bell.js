// Rings while somebody waits for help. The page works without it (it then renews itself every ten seconds).
// 1. Every two seconds it asks what is open. What has the focus keeps it while it is there.
// 2. Two tones every four seconds until somebody goes; a browser makes no sound before the first key or click, and
//    while it does not, the page says so.
// 3. Enter takes the first call, wherever the focus is outside of a field, key or link.
// 4. When the server does not answer three times, the page says that it hears nothing.
import { audible, chime } from "../static/chime.js";

const bell = document.getElementById("bell");
const lost = document.getElementById("lost");
const notice = document.getElementById("sound");
const rung = () => [...bell.querySelectorAll("[data-ring]")].map((one) => one.dataset.ring);
const title = document.title;
let version = "", missed = 0;

async function refresh() {
  const answer = await fetch(bell.dataset.source, { headers: version ? { "If-None-Match": version } : {} });
  if (answer.redirected) return location.reload();
  if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status);
  missed = 0;
  if (answer.status === 304) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  const address = (one) => one.closest("form")?.action ?? one.href;
  const at = bell.contains(document.activeElement) ? address(document.activeElement) : "";
  version = answer.headers.get("ETag");
  bell.replaceChildren(...fresh.childNodes);
  if (at) [...bell.querySelectorAll("button, a")].find((one) => address(one) === at)?.focus();
  tell();
  ring();
}

function tell() {
  const count = rung().length;
  document.title = count ? `● ${count} 人求助 · ${title}` : title;
  if (count && (document.activeElement === document.body || !document.activeElement)) bell.querySelector("button").focus();
}

const ring = () => rung().length && chime();
audible((can) => { notice.hidden = can; });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.closest("input, select, textarea, button, a, form")) return;
  bell.querySelector("[data-ring] form")?.requestSubmit();
});
tell();
setInterval(() => refresh().catch(() => { missed += 1; lost.hidden = missed < 3; }).then(() => { if (!missed) lost.hidden = true; }), 2000);
setInterval(ring, 4000);
