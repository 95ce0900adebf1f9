// A page that follows the hall: a window's, its pad's, its display's. It works without this script; the script
// 1. fetches the state whenever the server hints that something changed, and now and then anyway (a dead line says nothing);
// 2. says so while the server cannot be reached, and asks until it answers: what is shown is fetched, never guessed;
// 3. sends forms itself and sends them again until they are answered: a step repeated is done once (queue.repeats);
// 4. leaves alone what the clerk is using: a part with an open field waits until the field is left.
const root = document.querySelector("[data-live]");
const spread = Number(root.dataset.spread || 0); // so that twelve windows do not all ask in one instant
const often = 2000, seldom = Number(root.dataset.every || 15) * 1000, patience = 6000;
const strip = document.createElement("div");
let version = "", live = false, lostAt = 0, sending = false, checking = null, again = false, timer = 0, late = false;

const soonEnough = () => AbortSignal.timeout?.(patience); // older browsers wait as long as they like
let quietAt = Date.now(); // since when no hints come
strip.className = "strip";
strip.setAttribute("role", "status");
strip.hidden = true;
document.body.append(strip);

// -- what lasts ----------------------------------------------------------------------------------------------------
let ahead = 0; // the server's clock minus ours
function words(since, exact) {
  const seconds = Math.max(0, Math.floor((Date.now() + ahead - Date.parse(since)) / 1000));
  const minutes = Math.floor(seconds / 60);
  if (!minutes) return exact ? `${seconds}秒` : "不到1分钟";
  if (minutes < 60) return exact ? `${minutes}分${seconds % 60}秒` : `${minutes}分钟`;
  return `${Math.floor(minutes / 60)}小时${minutes % 60}分钟`;
}
function tick() {
  for (const one of root.querySelectorAll(".lasting")) one.textContent = words(one.dataset.since, "exact" in one.dataset);
  for (const name of ["until", "keep"])
    for (const one of root.querySelectorAll(`[data-${name}]`))
      if (Date.now() + ahead > Date.parse(one.dataset[name])) { delete one.dataset[name]; version = ""; check(); }
  say();
}
function setClock(part) {
  const told = part.querySelector("[data-now]");
  if (told) ahead = Date.parse(told.dataset.now) - Date.now();
}

// -- the strip (rule 2) --------------------------------------------------------------------------------------------
function say() {
  document.body.classList.toggle("lost", Boolean(lostAt));
  strip.hidden = !lostAt && (live || !root.dataset.events || Date.now() - quietAt < often * 2);
  strip.classList.toggle("grave", Boolean(lostAt));
  const seconds = Math.floor((Date.now() - lostAt) / 1000);
  const text = lostAt
    ? `连接断开，正在重试（${seconds}秒）。${sending ? "刚才点的还没有送到，接通后自动送出，不会重复。" : "页面上的情况可能已经变了。"}`
    : "实时通知断开，现在每2秒查询一次。";
  if (!strip.hidden && strip.textContent !== text) strip.textContent = text;
}
function lost() { lostAt ||= Date.now(); say(); }
function found() { lostAt = 0; say(); }

// -- fetching the state (rule 1) -----------------------------------------------------------------------------------
async function check() {
  if (checking) { again = true; return checking; }
  checking = ask().finally(() => { checking = null; plan(); if (again) { again = false; check(); } });
  return checking;
}
async function ask() {
  let answer;
  try {
    const headers = version ? { "If-None-Match": version } : {};
    answer = await fetch(root.dataset.live, { headers, cache: "no-store", signal: soonEnough() });
    if (answer.redirected) return location.reload(); // signed out meanwhile
    if (answer.status >= 500) throw new Error("the server is being started again");
    if (answer.status === 200 && !sending && !kept()) {
      show(new DOMParser().parseFromString(await answer.text(), "text/html").body);
      version = answer.headers.get("ETag") || "";
    }
    if ([401, 403, 404].includes(answer.status)) return location.reload();
    found();
    if (!source) listen();
  } catch { lost(); }
}
function plan() {
  clearTimeout(timer);
  timer = setTimeout(check, (live || !root.dataset.events) && !lostAt ? seldom : often);
}

function kept() { // thanks stay a moment
  const one = root.querySelector("[data-keep]");
  return one && Date.now() + ahead < Date.parse(one.dataset.keep);
}

// -- showing it (rule 4) -------------------------------------------------------------------------------------------
const used = (part) => part.contains(document.activeElement) && document.activeElement.matches("select, textarea, input:not([type=checkbox]):not([type=radio])");
function show(fresh, whole = false) {
  setClock(fresh);
  const parts = new Map([...fresh.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
  const mine = [...root.querySelectorAll("[data-part]")];
  const place = focusPlace();
  if (!whole && mine.map((one) => one.dataset.part).join() === [...parts.keys()].join()) {
    late = false;
    for (const one of mine) {
      const next = parts.get(one.dataset.part);
      if (one.dataset.part === "messages" && !next.textContent.trim()) continue; // what was said stays until the next step
      if ("step" in one.dataset && one.dataset.of === next.dataset.of) continue; // somebody is in the middle of it
      if (used(one)) late = true;
      else one.replaceWith(next);
    }
  } else root.replaceChildren(...fresh.childNodes);
  document.dispatchEvent(new Event("shown"));
  putFocus(place);
  tick();
}
function focusPlace() {
  const at = document.activeElement;
  return root.contains(at) ? { key: at.dataset.key, label: at.getAttribute("aria-label"), text: at.textContent } : null;
}
function putFocus(place) {
  if (!place || root.contains(document.activeElement)) return;
  const every = [...root.querySelectorAll("button, a, select, input")];
  const same = every.find((one) => place.key ? one.dataset.key === place.key : one.getAttribute("aria-label") === place.label && one.textContent === place.text);
  (same || root.querySelector("[autofocus]"))?.focus({ preventScroll: true });
}
root.addEventListener("focusout", () => setTimeout(() => {
  if (!late || sending) return;
  version = "";
  check();
}));

// -- sending (rule 3) ----------------------------------------------------------------------------------------------
async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  sending = true;
  root.setAttribute("aria-busy", "true");
  for (;;) {
    try {
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store", signal: soonEnough() });
      if (answer.status >= 500) throw new Error("the server is being started again");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      if (fresh?.dataset.live === root.dataset.live) {
        document.title = page.title;
        version = "";
        sending = false;
        show(fresh, true);
        root.querySelector("[autofocus]")?.focus({ preventScroll: true });
        if (root.querySelector("[data-part=messages]")?.textContent.trim()) scrollTo({ top: 0 });
        found();
      } else if (answer.redirected) location.assign(answer.url);
      else refuse(page);
      break;
    } catch { lost(); await new Promise((done) => setTimeout(done, often)); }
  }
  sending = false;
  root.removeAttribute("aria-busy");
  say();
  plan();
}
function refuse(page) {
  const told = document.createElement("p");
  told.className = "alert";
  told.setAttribute("role", "alert");
  told.textContent = page.querySelector("[role=alert]")?.textContent || "没有办成：请刷新页面再试。";
  (root.querySelector("[data-part=messages]") || root).replaceChildren(told);
}
root.addEventListener("submit", (event) => {
  if ("plain" in event.target.dataset) {
    if (lostAt) event.preventDefault(); // it leads to another page, and there is none now
    return;
  }
  event.preventDefault();
  if (!sending) send(event.target, event.submitter);
});

// -- hearing -------------------------------------------------------------------------------------------------------
let source = null, soon = 0;
function listen() {
  if (!root.dataset.events || !window.EventSource) return;
  source = new EventSource(root.dataset.events);
  const hear = () => { live = true; say(); soon ||= setTimeout(() => { soon = 0; check(); }, 30 + Math.random() * spread); };
  for (const kind of ["hello", "queue", "blank"]) source.addEventListener(kind, hear);
  source.onerror = () => {
    if (live) quietAt = Date.now();
    live = false;
    if (source.readyState === EventSource.CLOSED) { source = null; }
    check();
  };
}
addEventListener("offline", check);
addEventListener("online", check);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });

setClock(root);
setInterval(tick, 1000);
listen();
plan();
tick();
