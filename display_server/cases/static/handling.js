// The key that prints; without this script the browser's own menu does.
const key = document.getElementById("print");
key.hidden = false;
key.addEventListener("click", () => window.print());
key.focus();
