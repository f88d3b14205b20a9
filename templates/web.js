// The brief reads the same without this: it only filters the chronology, and opens a note's passage
// where the note is called.
"use strict";
(() => {
  // In a narrow window tables are laid out as blocks, and some browsers then forget what they are.
  const roles = {
    table: "table", "thead, tbody": "rowgroup", tr: "row", td: "cell", "thead th": "columnheader",
    "tbody th": "rowheader",
  };
  for (const [selector, role] of Object.entries(roles))
    for (const one of document.querySelectorAll(selector)) one.setAttribute("role", role);

  const filter = document.getElementById("filter");
  const table = document.querySelector("table.chronology");
  if (filter && table) {
    const rows = [...table.querySelectorAll("tr.event")];
    const groups = [...table.querySelectorAll("tbody")];
    const shown = filter.querySelector("output");
    const has = (row, name, value) =>
      value === "" || row.dataset[name].split(" ").includes(value) ||
      (value === "-" && row.dataset[name].trim() === "");
    const apply = () => {
      let count = 0;
      for (const row of rows) {
        const fits = has(row, "actors", filter.elements.actor.value) &&
          has(row, "themes", filter.elements.theme.value);
        row.hidden = !fits;
        count += fits ? 1 : 0;
      }
      for (const group of groups) group.hidden = !group.querySelector("tr.event:not([hidden])");
      shown.textContent = filter.dataset.shown.replace("{shown}", count).replace("{all}", rows.length);
    };
    const clear = () => { filter.reset(); apply(); };
    filter.addEventListener("change", apply);
    filter.addEventListener("reset", () => setTimeout(apply));
    filter.addEventListener("submit", (event) => event.preventDefault());
    // A link to a row that the filter hides must still lead there.
    addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("[hidden]")) { clear(); target.scrollIntoView(); }
    });
    filter.hidden = false;
    apply();
  }

  const notes = document.getElementById("notes");
  if (!notes) return;
  const quotations = (id) =>
    document.querySelectorAll(`[data-event="${CSS.escape(id)}"] blockquote`);
  const copy = (node, into) => {
    const clone = node.cloneNode(true);
    for (const one of [clone, ...clone.querySelectorAll("[id]")]) one.removeAttribute("id");
    into.append(clone);
  };
  const close = (call, box) => {
    box.remove();
    call.setAttribute("aria-expanded", "false");
    call.focus();
  };
  document.addEventListener("click", (event) => {
    const call = event.target.closest(".noteref a");
    if (!call || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const note = document.getElementById(call.hash.slice(1));
    if (!note) return;
    event.preventDefault();
    const open = document.getElementById(call.hash.slice(1) + "-passage");
    if (open) { close(call, open); return; }
    const box = document.createElement("div");
    box.className = "passage";
    box.id = call.hash.slice(1) + "-passage";
    box.setAttribute("role", "note");
    box.tabIndex = -1;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = notes.dataset.close;
    button.addEventListener("click", () => close(call, box));
    box.addEventListener("keydown", (key) => { if (key.key === "Escape") close(call, box); });
    box.append(button);
    copy(note.querySelector(".note-text"), box);
    const row = call.closest("tr.event");
    const first = row && row.querySelector(".noteref a") === call;
    const events = first ? [row.id] :
      [...note.querySelectorAll('a[href^="#event-"]')].map((link) => link.hash.slice(1));
    for (const id of events) for (const quotation of quotations(id)) copy(quotation, box);
    (call.closest("td, li, p, div") || call.parentElement).append(box);
    call.setAttribute("aria-expanded", "true");
    box.focus();
  });
})();
