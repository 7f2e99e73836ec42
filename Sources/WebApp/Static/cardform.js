// The form of a card: what is typed is kept by itself, so that neither Back nor a session that ended takes it away. Without this
// module every button keeps it.
const form = document.querySelector("[data-card-form]");
if (form) {
  const line = form.querySelector("[data-saved]");
  let changed = false;
  let timer;
  const body = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    data.set("step", "keep");
    return data;
  };
  const keep = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (!changed) return;
    changed = false;
    try {
      const answer = await fetch(form.action, { method: "POST", body: body(), redirect: "manual" });
      line.textContent = answer.ok ? line.dataset.kept : line.dataset.lost;
      if (!answer.ok) changed = true;
    } catch {
      line.textContent = line.dataset.lost;
      changed = true;
    }
  };
  form.addEventListener("input", () => {
    changed = true;
    timer ??= setTimeout(keep, 15000);
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
  });
  // Who goes away in the middle of a sentence finds it again.
  window.addEventListener("pagehide", () => {
    if (changed) navigator.sendBeacon(form.action, body());
    changed = false;
  });
}
