// From words to a complaint by keys: digits choose a service, letters go to a field, Enter confirms; who answers and until
// when follows each change. All of it works without: the form is sent, the same page comes back.
const sheet = document.querySelector("[data-intake]");
const KEYS = "console.keys";
const WORDS = "console.words";

function read(area, key) { try { return area.getItem(key); } catch { return null; } }

/* The words that were typed for the search are those of the complaint */

const words = document.querySelector("#field-subject");
if (words && !words.value && document.querySelector("#callbar")) words.value = read(sessionStorage, WORDS) || "";
if (words?.value && location.hash === "") document.querySelector("[data-words=fold]")?.setAttribute("open", "");

/* What follows from a change */

let pending = Promise.resolve();
let sequence = 0;

async function refresh() {
  const own = ++sequence;
  const body = new URLSearchParams(new FormData(sheet));
  body.set("action", "preview");
  const decision = document.querySelector("#decision");
  decision.classList.add("is-stale");
  try {
    // A button of the form is called “action” and hides the property of that name.
    const response = await fetch(sheet.getAttribute("action"), {
      method: "POST", body, headers: { "X-Fragment": "1" }, redirect: "manual",
    });
    if (!response.ok && response.status !== 422) throw new Error(`answer ${response.status}`);
    const html = await response.text();
    if (own !== sequence) return;
    document.querySelector("#decision").outerHTML = html;
    prepare();
  } catch {
    // The button stays: pressed, it says on a whole page what is wrong.
    document.querySelector("#decision")?.classList.remove("is-stale");
  }
}

function prepare() {
  for (const only of sheet?.querySelectorAll(".without-script") ?? []) only.hidden = true;
}

// Another nature asks for other fields: the whole page is drawn anew.
function changed(event) {
  if (event.target.name === "nature") {
    const button = document.createElement("button");
    button.name = "action";
    button.value = "preview";
    button.hidden = true;
    sheet.append(button);
    return sheet.requestSubmit(button);
  }
  // A code that is typed and one that is picked take each other's place.
  for (const [pick, typed] of [["servicePick", "service"], ["namedPick", "body"]]) {
    if (event.target.name === pick) sheet.elements[typed].value = "";
    if (event.target.name === typed && event.target.value) sheet.querySelector(`[name=${pick}][value=none]`).checked = true;
  }
  if (event.target.closest("[data-refresh], .decision-others")) pending = refresh();
}

async function confirm() {
  await pending;
  document.querySelector("[data-key=confirm]")?.click();
}

/* Keys */

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
  if (read(localStorage, KEYS) === "off") return false;
  const isWritten = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
  if (event.key === "Enter") {
    if (isWritten && event.target.tagName === "TEXTAREA") return false;
    if (event.target.closest("a, button, summary, [type=checkbox]")) return false;
    confirm();
    return true;
  }
  if (event.key === "Escape" && isWritten) { event.target.blur(); return true; }
  if (isWritten || event.shiftKey) return false;
  const digit = event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  if (digit) {
    const choice = sheet.querySelector(`[data-digit="${digit}"]`);
    choice?.click();
    return Boolean(choice);
  }
  const fields = [...sheet.querySelectorAll(`[data-letter="${event.code}"]`)];
  const field = fields.find((one) => one.checked) || fields[0];
  field?.focus();
  return Boolean(field);
}

if (sheet && document.querySelector("#decision")) {
  prepare();
  sheet.addEventListener("change", changed);
  // Before the keys of the console, which stand back while words are decided on.
  document.addEventListener("keydown", (event) => {
    if (!press(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.querySelector("[data-key=confirm]")?.focus({ preventScroll: true });
}
