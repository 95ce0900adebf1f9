// Renews every part of a page that names its source (data-source), every two seconds, or as often as data-seconds says.
// 1. The page works without it. What is unchanged costs a 304; a hidden page asks nothing; a field in use is left alone,
//    and a link keeps the focus over the change.
// 2. When the server does not answer three times, what has the class "lost" says so: an old number must not look new.
for (const part of document.querySelectorAll("[data-source]")) {
  let version = "", missed = 0;
  const lost = document.querySelector(".lost");

  const renew = async () => {
    const at = part.contains(document.activeElement) ? document.activeElement : null;
    if (document.hidden || at?.matches("input, select, textarea, button, summary")) return;
    const answer = await fetch(part.dataset.source, { headers: version ? { "If-None-Match": version } : {} });
    if (answer.redirected) return location.reload();
    if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status);
    if (answer.status === 304) return;
    version = answer.headers.get("ETag");
    part.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    if (at) [...part.querySelectorAll("a")].find((link) => link.href === at.href)?.focus();
  };

  setInterval(async () => {
    try { await renew(); missed = 0; } catch { missed += 1; }
    if (lost) lost.hidden = missed < 3;
  }, 1000 * (part.dataset.seconds || 2));
}
