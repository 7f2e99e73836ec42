// The operator's console: results while one types, one key for each thing, the bar of the call without a new page.
// Everything here also works as plain links and forms; the words of a caller are sent in bodies only and kept nowhere
// but in this tab, until the call is closed.

const $ = (selector, root = document) => root.querySelector(selector);
const store = {
  get: (key, area = sessionStorage) => { try { return area.getItem(key); } catch { return null; } },
  set: (key, value, area = sessionStorage) => { try { area.setItem(key, value); } catch { /* a private window */ } },
  remove: (key, area = sessionStorage) => { try { area.removeItem(key); } catch { /* a private window */ } },
};
const WORDS = "console.words";
const KEYS = "console.keys";

/* One-key shortcuts, which can be turned off */

let keysAreOn = store.get(KEYS, localStorage) !== "off";
function showKeys() { document.documentElement.toggleAttribute("data-no-keys", !keysAreOn); }
showKeys();

/* How the words were read and where they were found: for those who keep the search, behind a key */

const NOTES = "console.notes";
function showNotes(on) { document.documentElement.toggleAttribute("data-notes", on); }
showNotes(store.get(NOTES, localStorage) === "on");
function switchNotes() {
  const on = !document.documentElement.hasAttribute("data-notes");
  store.set(NOTES, on ? "on" : "off", localStorage);
  showNotes(on);
  return true;
}

/* Sending a form for a part of a page */

// What the caller asked goes along when a card is told or a contact closed, so that the search can learn which card
// was the answer; the server masks numbers and keeps the words apart from the contact.
function fields(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  const words = store.get(WORDS);
  if (words && (form.dataset.call === "told" || form.dataset.call === "close")) body.set("words", words);
  return body;
}

async function send(form, { submitter, signal } = {}) {
  const response = await fetch(submitter?.formAction || form.action, {
    method: "POST",
    body: fields(form, submitter),
    headers: { "X-Fragment": "1" },
    redirect: "manual",
    signal,
  });
  const isFragment = (response.ok || response.status === 422)
    && (response.headers.get("Content-Type") || "").startsWith("text/html");
  if (!isFragment) throw new Error(`answer ${response.status}`);
  return { isDone: response.ok, html: await response.text() };
}

/* The search */

const finder = $("#finder");
const field = $("#words");
const results = $("#results");
let sequence = 0;
let shown = 0;
let request = null;

async function search(submitter) {
  const own = ++sequence;
  const started = performance.now();
  const words = field.value;
  request?.abort();
  request = new AbortController();
  try {
    const answer = await send(finder, { submitter, signal: request.signal });
    if (own < shown) return;
    shown = own;
    results.innerHTML = answer.html;
    results.classList.remove("is-stale");
    results.dataset.milliseconds = (performance.now() - started).toFixed(1);
    results.dataset.words = words;
  } catch (error) {
    // A newer keystroke took over; anything else is said by a search with Enter, as a whole page.
    if (error.name !== "AbortError") results.classList.add("is-stale");
  }
}

function isCurrent() { return results.dataset.words === field.value; }
function hits() { return [...results.querySelectorAll("a[data-hit]")]; }

// Which card was opened for which words; sent beside the way to the card, and lost without harm.
results?.addEventListener("click", (event) => {
  const hit = event.target.closest("a[data-hit]");
  if (!hit || !finder.dataset.opened || !results.dataset.words) return;
  const body = new URLSearchParams({
    words: results.dataset.words, card: hit.pathname.split("/").pop(), rank: String(hits().indexOf(hit) + 1),
  });
  navigator.sendBeacon(finder.dataset.opened, body);
});

function clear() {
  field.value = "";
  store.remove(WORDS);
  search();
  field.focus();
}

if (finder) {
  const kept = store.get(WORDS);
  if (kept && !field.value) {
    field.value = kept;
    search();
    field.select();
  } else if (field.value) {
    results.dataset.words = field.value;
  }
  field.addEventListener("input", () => {
    store.set(WORDS, field.value);
    search();
  });
  finder.addEventListener("change", (event) => { if (event.target !== field) search(); });
  finder.addEventListener("submit", async (event) => {
    if (event.submitter?.dataset.key === "gap") return;
    event.preventDefault();
    // What two cards had in common is told apart; the words and the place in them stay.
    if (event.submitter?.name === "choice") {
      await search(event.submitter);
      return field.focus();
    }
    if (!isCurrent()) await search();
    // Where nothing answers, the first card is only the nearest: it is shown before it is opened.
    if ($("[data-unsure]", results)) hits()[0]?.focus(); else hits()[0]?.click();
  });
}

function step(by) {
  const all = hits();
  const place = all.indexOf(document.activeElement);
  const next = place < 0 ? (by > 0 ? 0 : -1) : place + by;
  if (next < 0) field.focus(); else all[Math.min(next, all.length - 1)]?.focus();
}

/* The bar of the call */

function tick() {
  const time = $(".callbar-time");
  if (!time) return;
  const start = (time.startedAt ??= performance.now() - 1000 * Number(time.dataset.seconds));
  const seconds = Math.floor((performance.now() - start) / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  time.textContent = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
setInterval(tick, 1000);

function prepareBar() {
  for (const button of document.querySelectorAll("[data-key][hidden]")) button.hidden = false;
  for (const only of document.querySelectorAll(".without-script")) only.hidden = true;
}
prepareBar();

function putBar(html) {
  const focused = document.activeElement?.id;
  $("#callbar").outerHTML = html;
  prepareBar();
  if (focused) document.getElementById(focused)?.focus();
}

async function sendFromBar(form) {
  try {
    const answer = await send(form);
    const wasClosing = form.dataset.call === "close";
    putBar(answer.html);
    if (!answer.isDone || !wasClosing) return;
    store.remove(WORDS);
    location.assign("/search");
  } catch {
    // The whole page says what is wrong.
    form.submit();
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.call) return;
  event.preventDefault();
  sendFromBar(event.target);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-call=describe]");
  if (form) sendFromBar(form);
});

/* The card */

// What the caller asked goes along when a card leaves it open, and a change of language stays at the place.
for (const kept of document.querySelectorAll("input[data-words]")) kept.value = store.get(WORDS) || "";
for (const choice of document.querySelectorAll("a[data-show]")) {
  choice.addEventListener("click", () => { if (location.hash) choice.hash = location.hash; });
}

async function copy(text, button) {
  try { await navigator.clipboard.writeText(text); } catch { return; }
  const label = button.querySelector("span") || button;
  const before = label.textContent;
  label.textContent = $("[data-done]")?.dataset.done || before;
  setTimeout(() => { label.textContent = before; }, 1500);
}

function copyIcon() {
  const space = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(space, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3");
  icon.append(path);
  return icon;
}

const link = $("[data-key=copy]");
if (link && navigator.clipboard) {
  for (const cell of document.querySelectorAll("[data-copy]")) {
    const heading = $("h3", cell);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.append(copyIcon());
    button.setAttribute("aria-label", `${link.getAttribute("data-paragraph")}: ${heading.textContent}`);
    button.title = link.getAttribute("data-paragraph");
    button.addEventListener("click", async () => {
      const lines = [...cell.querySelectorAll("p, li")].map((line) => line.textContent);
      try { await navigator.clipboard.writeText(lines.join("\n")); } catch { return; }
      button.classList.add("is-done");
      setTimeout(() => button.classList.remove("is-done"), 1200);
    });
    cell.append(button);
  }
  link.addEventListener("click", () => copy(new URL(link.dataset.link, location.href).href, link));
} else if (link) {
  link.hidden = true;
}
$("[data-key=print]")?.addEventListener("click", () => print());

function nextLanguage() {
  const all = [...document.querySelectorAll("[data-show]")];
  const place = all.findIndex((one) => one.hasAttribute("aria-current"));
  all[(place + 1) % all.length]?.click();
}

/* Shortcuts */

const keys = $("#keys");
const keysSwitch = $("#keys-on");
if (keysSwitch) {
  keysSwitch.checked = keysAreOn;
  keysSwitch.addEventListener("change", () => {
    keysAreOn = keysSwitch.checked;
    store.set(KEYS, keysAreOn ? "on" : "off", localStorage);
    showKeys();
  });
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-key=help]")) keys?.showModal();
});

const press = (name) => {
  const target = $(`[data-key=${name}]`);
  target?.click();
  return Boolean(target);
};
// By the place of the key, so that they are the same in every keyboard layout.
const everywhere = {
  F2: () => press("start"),
  F3: () => press("first"),
  F6: () => press("second"),
  F4: () => { const box = $("#exact"); box?.click(); return Boolean(box); },
  F7: () => Boolean(finder) && switchNotes(),
  F8: () => press("gap"),
  F9: () => press("close"),
};
const outsideFields = {
  Digit1: () => press("first"),
  Digit2: () => press("second"),
  Slash: () => (finder ? (field.focus(), field.select(), true) : (location.assign("/search"), true)),
  KeyR: () => press("told"),
  KeyL: () => (nextLanguage(), true),
  KeyC: () => press("copy"),
  KeyP: () => press("pin"),
  KeyJ: () => press("complaint"),
  KeyH: () => press("stage"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || keys?.open) return;
  const isField = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
  const isHit = event.target.matches("a[data-hit]");
  if (finder && (event.target === field || isHit)) {
    if (event.key === "ArrowDown") { event.preventDefault(); return step(1); }
    if (event.key === "ArrowUp" && isHit) { event.preventDefault(); return step(-1); }
    if (event.key === "Escape") {
      event.preventDefault();
      if (event.target === field && !field.value) return field.blur();
      return clear();
    }
    if (event.key === "Enter" && event.shiftKey && keysAreOn) {
      event.preventDefault();
      return press("event");
    }
  }
  if (!keysAreOn) return;
  if (everywhere[event.code]?.()) return event.preventDefault();
  if (isField) return;
  if (event.code === "Slash" && event.shiftKey) { event.preventDefault(); return keys?.showModal(); }
  if (!event.shiftKey && outsideFields[event.code]?.()) event.preventDefault();
});
