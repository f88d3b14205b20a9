
// In the desk's frame: says where the reader is, and goes there again on a new page. Its frame has
// an origin of its own, so that messages are all that passes.
(() => {
  const say = (kind, more) => parent.postMessage({ desk: kind, ...more }, "*");
  const named = () => [...document.querySelectorAll("body [id]")].filter((one) => one.offsetParent);
  const place = () => {
    if (scrollY < 4) return { id: "", delta: 0 };
    // The last element with an id that begins above the middle of the window is the nearest one.
    let found = null;
    for (const one of named()) {
      const top = one.getBoundingClientRect().top;
      if (top > innerHeight / 2) break;
      if (!one.closest(".passage")) found = { id: one.id, delta: top };
    }
    return found || { id: "", delta: -scrollY };
  };
  // What has the focus: which of the links and fields below the nearest element with an id.
  const fields = (one) => [...one.querySelectorAll("a[href], button, input, select, summary")];
  const focused = () => {
    const one = document.activeElement;
    const above = one.parentElement?.closest("[id]");
    return above && { id: above.id, at: fields(above).indexOf(one) };
  };
  const opened = () => [...document.querySelectorAll(".passage[id]")].map((one) => one.id);
  let due = false;
  const report = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; say("here", { place: place(), notes: opened(), focus: focused() }); });
  };
  const go = ({ id, delta }) => {
    const one = id && document.getElementById(id);
    scrollTo({ top: one ? scrollY + one.getBoundingClientRect().top - delta : -delta, behavior: "instant" });
  };
  const restore = ({ place: to, notes }) => {
    const focus = HTMLElement.prototype.focus;
    HTMLElement.prototype.focus = () => {}; // the author types elsewhere
    for (const id of notes || []) {
      const call = document.querySelector(`.noteref a[href="#${CSS.escape(id.replace(/-passage$/, ""))}"]`);
      if (call) call.click();
    }
    HTMLElement.prototype.focus = focus;
    if (to) go(to);
    say("restored");
  };
  const show = (anchor) => {
    const one = document.getElementById(anchor);
    if (!one) return say("absent", { anchor });
    const hidden = one.closest("[hidden]");
    if (hidden) document.getElementById("filter")?.reset();
    one.scrollIntoView({ block: "center" });
    one.animate([{ background: "#ffd76a" }, { background: "transparent" }], { duration: 1600 });
  };
  addEventListener("message", (event) => {
    if (event.source !== parent || !event.data) return;
    if (event.data.desk === "restore") restore(event.data);
    if (event.data.desk === "focus" && event.data.focus) {
      const { id, at } = event.data.focus;
      const above = document.getElementById(id);
      (above && fields(above)[at])?.focus({ preventScroll: true });
    }
    if (event.data.desk === "show") show(event.data.anchor);
  });
  addEventListener("scroll", report, { passive: true });
  addEventListener("focusin", report);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      say("leave", { href: link.href });
    }
    setTimeout(report);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "F6") return;
    event.preventDefault();
    say("next", { back: event.shiftKey });
  });
  say("ready");
})();
