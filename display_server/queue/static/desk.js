// Refreshes the line of a window every two seconds. The page works without it. What the clerk is using is left alone;
// a page whose own ticket changed elsewhere is loaded anew.
const line = document.getElementById("line");
const current = (part) => part.querySelector("[data-current]").dataset.current;
let version = "";

async function refresh() {
  if (document.hidden || line.contains(document.activeElement)) return;
  const answer = await fetch(line.dataset.source, { headers: version ? { "If-None-Match": version } : {} });
  if (answer.redirected) return location.reload();
  if (answer.status !== 200) return;
  const text = await answer.text();
  const fresh = new DOMParser().parseFromString(text, "text/html").body;
  if (current(fresh) !== current(line)) return location.reload();
  version = answer.headers.get("ETag");
  line.replaceChildren(...fresh.childNodes);
}

if (line) setInterval(() => refresh().catch(() => {}), 2000);
