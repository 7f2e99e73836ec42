// A list whose rows can be ticked: all that are shown at once. Without this module each is ticked by hand.
const bulk = document.getElementById("bulk-form");
if (bulk) {
  const all = bulk.querySelector("[data-choose-all]");
  const boxes = [...bulk.elements].filter((one) => one.name === "row");
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  for (const box of boxes) box.addEventListener("change", show);
  // After Back the browser ticks the boxes again that were ticked.
  window.addEventListener("pageshow", show);
  all.closest("[hidden]").hidden = false;
}
