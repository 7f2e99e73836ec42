// What the pages can do without, but do more pleasantly with: menus close on Escape and on a click beside them, and a strip
// that is wider than the window shows the place where one is.
for (const here of document.querySelectorAll(".side [aria-current], .segments [aria-current]")) {
  const strip = here.closest(".side, .segments");
  if (strip.scrollWidth > strip.clientWidth) {
    strip.scrollLeft += here.getBoundingClientRect().left - strip.getBoundingClientRect().left
      - (strip.clientWidth - here.offsetWidth) / 2;
  }
}
for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
// A digit opens the link that bears it, wherever nobody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  document.querySelector(`main a[aria-keyshortcuts="${event.key}"]`)?.click();
});
