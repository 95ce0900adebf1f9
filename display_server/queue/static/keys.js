// The keys of a window: space or enter for the big one, digits for those that show a digit. Never while the clerk types,
// never while a key is held down, and never when another key of the page has the focus and is meant itself.
const root = document.querySelector("[data-live]");
const stored = "gongkailan.keys";
let on = true;
try { on = localStorage.getItem(stored) !== "off"; } catch { /* a browser that keeps nothing */ }

function label() {
  const turn = root.querySelector("[data-keys-switch]");
  if (turn) turn.textContent = on ? "关闭快捷键" : "打开快捷键";
}
root.addEventListener("click", (event) => {
  if (!event.target.closest("[data-keys-switch]")) return;
  on = !on;
  try { localStorage.setItem(stored, on ? "on" : "off"); } catch { /* then until the page is closed */ }
  label();
});
document.addEventListener("keydown", (event) => {
  if (!on || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const at = event.target;
  if (at.matches("input, textarea, select, [contenteditable]")) return;
  const main = event.code === "Space" || event.key === "Enter";
  if (main && at.matches("button, a, summary")) return; // its own key
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const key = main ? "main" : event.shiftKey ? undefined : digit;
  const wanted = key && root.querySelector(`[data-key="${key}"]`);
  if (!wanted || root.hasAttribute("aria-busy")) return;
  event.preventDefault();
  if (wanted.matches("select")) wanted.focus();
  else wanted.click();
});
document.addEventListener("shown", label);
label();
