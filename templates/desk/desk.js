// The desk: fetches what the server makes, keeps the reader's place, and says what was selected.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const body = document.body;
  let state = null;
  let layout = "full";

  // ------------------------------------------------------------------ asking the server
  const asked = {};
  // Only the last answer of a kind counts.
  const fetchText = async (kind, address) => {
    asked[kind]?.abort();
    const mine = (asked[kind] = new AbortController());
    const answer = await fetch(address, { signal: mine.signal });
    const words = await answer.text();
    if (!answer.ok) throw faultIn(words);
    return words;
  };
  const faultIn = (words) => {
    let said = {};
    try { said = JSON.parse(words); } catch { /* plain words */ }
    return Object.assign(new Error(said.fault || words), { fields: said.fields || {} });
  };
  const quietly = (promise) => promise.catch((fault) => {
    if (fault.name !== "AbortError") toast(fault.message, true);
  });
  // What is made anew keeps the focus where it was.
  const fill = (box, words) => {
    const name = (one) => JSON.stringify([one.id, one.href, one.dataset]);
    const at = box.contains(document.activeElement) && name(document.activeElement);
    box.innerHTML = words;
    if (!at) return;
    const again = [...box.querySelectorAll("a, button, [data-n]")].find((one) => name(one) === at);
    (again || box.closest(".pane")).focus({ preventScroll: true });
  };
  let hiding;
  const toast = (words, bad, more) => {
    clearTimeout(hiding);
    const box = $("toast");
    box.className = bad ? "toast bad" : "toast";
    box.textContent = words;
    if (more) box.append(" ", more);
    box.hidden = false;
    hiding = setTimeout(() => { box.hidden = true; }, bad ? 12000 : more ? 8000 : 5000);
  };
  $("toast").addEventListener("click", () => { $("toast").hidden = true; });
  const made = (tag, how) => Object.assign(document.createElement(tag), how);
  const away = (href) => made("a", { href, textContent: href, target: "_blank", rel: "noopener noreferrer" });
  const wayTo = (event) => {
    const button = made("button", { type: "button", className: "link", textContent: "Show it on the page" });
    button.dataset.show = `event-${event}`;
    return button;
  };

  // ------------------------------------------------------------------ how things stand
  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const hear = (next) => {
    const before = state;
    state = next;
    const { errors, warnings, pdf } = next;
    const said = [errors && count(errors, "error"), warnings && count(warnings, "warning")];
    if (next.title) {
      document.querySelector(".bar .title").textContent = next.title;
      document.title = `${next.title} · desk`;
    }
    $("state").textContent = said.filter(Boolean).join(", ") || "No problem";
    $("state").dataset.kind = $("count").dataset.kind = errors ? "error" : warnings ? "warning" : "good";
    $("count").textContent = errors + warnings || "";
    $("undo").disabled = !next.undo;
    $("undo").title = next.undo ? `Take the last edit of ${next.undo} back` : "";
    const words = { none: "", waiting: "PDF when typing rests", making: "Making the PDF…", failed: "PDF failed" };
    const link = $("pdf");
    const current = pdf.state === "ready" && pdf.edition === next.edition;
    link.textContent = pdf.state === "ready" ? `PDF, ${pdf.words}${current ? "" : " (earlier)"}` : words[pdf.state] || "";
    if (pdf.edition) link.href = "/pdf"; else link.removeAttribute("href");
    link.title = pdf.state === "failed" ? pdf.words : pdf.edition ? `Edition ${pdf.edition}` : "";
    $("stale").hidden = !next.stale || !next.page;
    $("frames").classList.toggle("stale", next.stale);
    $("broken").hidden = !next.broken;
    $("shelf").classList.toggle("stale", next.broken);
    if (!before || before.page !== next.page) load();
    if (!before || before.problems !== next.problems) quietly(showProblems());
    if (!before || before.documents !== next.documents) {
      // One that cannot be read now stays as it was; its problem says why.
      if (shown) openDocument(shown, null, true).catch(() => $("shelf").classList.add("stale"));
      else quietly(listDocuments());
    }
    if (before && before.broken !== next.broken && !$("tray").hidden) quietly(showTyped());
  };
  const listen = () => {
    const source = new EventSource("/events");
    source.onmessage = (event) => hear(JSON.parse(event.data));
    source.onerror = () => {
      $("state").textContent = "The server has ended";
      $("state").dataset.kind = "error";
    };
  };

  // ------------------------------------------------------------------ the page
  let frame = null;
  let coming = null;
  const here = {};
  let unplaced = false; // a frame out of sight cannot be scrolled
  const tell = (to, message) => to?.contentWindow?.postMessage(message, "*");
  const swap = () => {
    if (!coming) return;
    const focused = frame && document.activeElement === frame;
    frame?.remove();
    frame = coming;
    coming = null;
    frame.classList.remove("coming");
    frame.removeAttribute("aria-hidden");
    frame.tabIndex = 0;
    body.dataset.shown = state?.page || "";
    unplaced = !frame.offsetWidth;
    if (focused) {
      frame.focus({ preventScroll: true });
      tell(frame, { desk: "focus", ...here[layout] });
    }
  };
  const load = () => {
    coming?.remove();
    const next = made("iframe", { title: "The page as it is now; F6 leaves it", className: "coming", tabIndex: -1 });
    next.setAttribute("sandbox", "allow-scripts");
    next.setAttribute("aria-hidden", "true");
    next.src = `/page/${layout}?${encodeURIComponent(state?.page || "")}`;
    next.addEventListener("load", () => {
      if (next !== coming) return;
      tell(next, { desk: "restore", ...(here[layout] || {}) });
      setTimeout(() => { if (next === coming) swap(); }, 250);
    });
    coming = next;
    $("frames").append(next);
  };
  addEventListener("message", (event) => {
    const { desk, ...said } = event.data || {};
    if (event.origin !== "null") return;
    if (coming && event.source === coming.contentWindow && desk === "restored") swap();
    if (!frame || event.source !== frame.contentWindow) return;
    if (desk === "here") here[layout] = said;
    if (desk === "next") goOn("page", said.back);
    if (desk === "absent") toast("That is not on this page.");
    if (desk === "leave" && /^(https?|mailto):/.test(said.href)) toast("Open in a new tab:", false, away(said.href));
  });
  for (const button of document.querySelectorAll("[data-layout]"))
    button.addEventListener("click", () => {
      layout = button.dataset.layout;
      for (const one of document.querySelectorAll("[data-layout]"))
        one.setAttribute("aria-pressed", String(one === button));
      load();
    });
  new ResizeObserver(() => {
    if (!unplaced || !frame?.offsetWidth) return;
    unplaced = false;
    tell(frame, { desk: "restore", place: here[layout]?.place });
  }).observe($("frames"));
  const showOnPage = (anchor) => { turnTo("page"); tell(frame, { desk: "show", anchor }); };

  // ------------------------------------------------------------------ panes
  const turnTo = (pane) => {
    body.dataset.pane = pane;
    for (const one of document.querySelectorAll(".tabs button"))
      one.setAttribute("aria-pressed", String(one.dataset.pane === pane));
  };
  const goTo = (pane) => {
    turnTo(pane);
    if (pane === "problems") unfold(true);
    $(`pane-${pane}`).focus({ preventScroll: true });
  };
  const PANES = ["page", "documents", "problems"];
  const goOn = (pane, back) => goTo(PANES.at((PANES.indexOf(pane) + (back ? -1 : 1)) % 3));
  for (const one of document.querySelectorAll(".tabs button"))
    one.addEventListener("click", () => goTo(one.dataset.pane));
  addEventListener("keydown", (event) => {
    if (event.key !== "F6") return;
    event.preventDefault();
    const pane = document.activeElement.closest(".pane");
    if (pane) goOn(pane.id.slice(5), event.shiftKey);
    else goTo(event.shiftKey ? "problems" : "page");
  });
  turnTo("page");
  for (const one of document.querySelectorAll("[data-why]"))
    one.addEventListener("click", () => goTo("problems"));
  const unfold = (open) => {
    $("fold").setAttribute("aria-expanded", String(open));
    $("fold").textContent = open ? "Fold" : "Unfold";
    $("problems").hidden = !open;
    body.classList.toggle("folded", !open);
  };
  $("fold").addEventListener("click", () => unfold($("fold").getAttribute("aria-expanded") !== "true"));

  // ------------------------------------------------------------------ problems
  const showProblems = async () => fill($("problems"), await fetchText("problems", "/problems"));

  // ------------------------------------------------------------------ documents
  let shown = null;
  let first = 1;
  const listDocuments = async () => {
    const wanted = $("search").value.trim();
    fill($("list"), await fetchText("list", `/documents?q=${encodeURIComponent(wanted)}`));
    stopAt($("list").querySelector("button"));
  };
  const showList = () => {
    shown = null;
    letGo();
    $("document").hidden = true;
    $("list").hidden = false;
  };
  const openDocument = async (id, around, again) => {
    const at = again ? first : around || 1;
    const words = await fetchText("document", `/documents/${encodeURIComponent(id)}?around=${at}`);
    if (again && shown !== id) return; // its reader has gone back to the list meanwhile
    const top = $("shelf").scrollTop;
    fill($("document"), words);
    if ($("search").value.trim()) $("back").textContent = "Back to what was found";
    $("list").hidden = true;
    $("document").hidden = false;
    first = Number($("document").firstElementChild.dataset.first);
    if (again) {
      $("shelf").scrollTop = top;
      draw();
      return;
    }
    shown = id;
    letGo();
    turnTo("documents");
    const paragraph = around && $(`p${around}`);
    if (paragraph) paragraph.scrollIntoView({ block: "center" });
    else $("shelf").scrollTop = 0;
  };
  const mark = (number, quoted) => {
    const p = wordsOf(number);
    const plain = (text) => text.replace(/\s+/g, " ");
    const at = p ? plain(p.textContent).indexOf(plain(quoted)) : -1;
    if (at >= 0 && plain(p.textContent) === p.textContent)
      paint("found", [rangeOf(p, [...p.textContent.slice(0, at)].length, [...p.textContent.slice(0, at + quoted.length)].length)]);
  };
  // Of what lies in a row, one has a place in the order of Tab; arrow keys go to the others.
  const stopAt = (one, all = one ? $("list").querySelectorAll("button") : []) => {
    for (const each of all) each.tabIndex = each === one ? 0 : -1;
  };
  $("list").addEventListener("keydown", (event) => {
    const all = [...$("list").querySelectorAll("button")];
    const at = all.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || !all[to]) return;
    event.preventDefault();
    stopAt(all[to]);
    all[to].focus();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { open, around, words, show } = button.dataset;
    if (show) showOnPage(show);
    else if (open) {
      if (!button.closest("#list")) $("search").value = "";
      quietly(openDocument(open, around).then(() => {
        if (words) mark(around, words);
        wordsOf(around || first)?.focus({ preventScroll: true });
      }));
    }
    else if (around && shown) quietly(openDocument(shown, around));
    else if (button.id === "back") { showList(); quietly(listDocuments()); $("search").focus(); }
  });
  let typing;
  $("search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => { showList(); quietly(listDocuments()); }, 250);
  });

  // ------------------------------------------------------------------ selecting
  // A span is paragraph, start, paragraph, end; offsets count code points, as the server does.
  let spans = [];
  let kept = []; // the pieces to which the next selection is added
  let named = "";
  let adding = false;
  const wordsOf = (number) => $("document").querySelector(`[data-n="${number}"]`);
  const length = (text) => { let n = 0; for (const _ of text) n += 1; return n; };
  const rangeOf = (p, start, end) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    let done = 0;
    let begun = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const points = [...node.data];
      const offset = (n) => points.slice(0, n).join("").length;
      if (!begun && start <= done + points.length) { range.setStart(node, offset(start - done)); begun = true; }
      if (end <= done + points.length) { range.setEnd(node, offset(end - done)); break; }
      done += points.length;
    }
    return range;
  };
  const paint = (name, ranges) => {
    if (!CSS.highlights) return;
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges)); else CSS.highlights.delete(name);
  };
  const draw = () => {
    const ranges = [];
    for (const [n, start, m, end] of spans) {
      if (!wordsOf(n) || !wordsOf(m)) continue;
      const from = rangeOf(wordsOf(n), start, n === m ? end : length(wordsOf(n).textContent));
      if (n !== m) { const to = rangeOf(wordsOf(m), 0, end); from.setEnd(to.endContainer, to.endOffset); }
      ranges.push(from);
    }
    paint("piece", ranges);
  };
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!$("document").contains(range.commonAncestorContainer)) return null;
    const inside = [...$("document").querySelectorAll("[data-n]")].filter((p) => range.intersectsNode(p));
    const before = (p, node, offset) => {
      const upTo = document.createRange();
      upTo.selectNodeContents(p);
      upTo.setEnd(node, offset);
      return length(upTo.toString());
    };
    const spanned = inside.map((p) => [
      Number(p.dataset.n),
      p.contains(range.startContainer) ? before(p, range.startContainer, range.startOffset) : 0,
      p.contains(range.endContainer) ? before(p, range.endContainer, range.endOffset) : length(p.textContent),
    ]).filter(([, start, end]) => start < end);
    if (!spanned.length) return null;
    const last = spanned[spanned.length - 1];
    return [spanned[0][0], spanned[0][1], last[0], last[2]];
  };
  // `how`: "more" adds to the pieces so far, "same" stretches the last one, else it begins anew.
  const take = (how, delay = 0) => {
    const span = selected();
    if (!span) return;
    if (how === "more" || adding) kept = spans;
    else if (how !== "same") kept = [];
    spans = [...kept, span];
    named = "";
    adding = false;
    clearTimeout(settling);
    settling = setTimeout(() => quietly(propose()), delay);
  };
  const showAdding = () => $("tray").querySelector("[data-do=piece]")?.setAttribute("aria-pressed", String(adding));
  const typedIn = (name) => $("tray").querySelector(`[name=${name}]`)?.value || "";
  const proposalOf = (more) => {
    const spelt = spans.map((span) => `&span=${span.join(".")}`).join("");
    const typed = ["translation", "note"].map((name) => `&${name}=${encodeURIComponent(typedIn(name))}`).join("");
    return `/proposal?seed=${encodeURIComponent(shown)}${spelt}&paragraph=${named}${typed}${more}`;
  };
  // The YAML follows what is typed; the fields themselves stay as they are.
  const showTyped = async () => {
    const card = new DOMParser().parseFromString(await fetchText("proposal", proposalOf("")), "text/html");
    $("yaml").textContent = card.getElementById("yaml").textContent;
    if ($("doubts").innerHTML !== card.getElementById("doubts").innerHTML)
      $("doubts").innerHTML = card.getElementById("doubts").innerHTML;
  };
  const propose = async (more = "") => {
    const card = await fetchText("proposal", proposalOf(more));
    const tray = $("tray");
    // What was typed stays while the selection is stretched; the date follows the words.
    const typed = [...tray.querySelectorAll("[name]")]
      .filter((one) => !/^(date|basis)/.test(one.name))
      .map((one) => [one.name, one.value, one.checked]);
    const open = Boolean(tray.querySelector("details[open]"));
    const begins = () => tray.firstElementChild?.dataset.spans.split(".", 2).join(".");
    const before = begins();
    tray.innerHTML = card;
    showAdding();
    const stretched = before === begins();
    tray.hidden = false;
    for (const [name, value, checked] of stretched ? typed : []) {
      const box = tray.querySelector(`[type=checkbox][name="${name}"][value="${CSS.escape(value)}"]`);
      const field = tray.querySelector(`[name="${name}"]:not([type=checkbox])`);
      if (box) box.checked = checked;
      else if (field && value) field.value = value;
    }
    if (open && stretched) tray.querySelector("details")?.setAttribute("open", "");
    if (lastEvent) { const field = tray.querySelector("[name=event]"); if (field && !field.value) field.value = lastEvent; }
    const shows = tray.firstElementChild.dataset;
    spans = shows.spans ? shows.spans.split(" ").map((one) => one.split(".").map(Number)) : spans;
    named = shows.paragraph;
    draw();
    if (spans.length) wordsOf(spans[spans.length - 1][0])?.scrollIntoView({ block: "nearest" });
    $("spoken").textContent = tray.querySelector(".verdict").textContent;
  };
  const letGo = (back = $("tray").contains(document.activeElement)) => {
    clearTimeout(settling);
    const from = spans.length ? wordsOf(spans[0][0]) : null;
    spans = [];
    kept = [];
    cursor = null;
    named = "";
    adding = false;
    paint("piece", []);
    paint("found", []);
    if (back) (from || $("pane-documents")).focus({ preventScroll: true });
    $("tray").hidden = true;
    $("tray").textContent = "";
  };
  let holding = false;
  let settling;
  let cursor = null;
  const holds = (event) => event.altKey || event.ctrlKey || event.metaKey;
  $("document").addEventListener("pointerdown", (event) => { holding = holds(event); });
  document.addEventListener("pointerup", (event) => {
    if (event.target.closest?.("#tray, button, a, input, textarea")) return;
    const more = (holding || holds(event)) && spans.length > 0;
    cursor = null;
    setTimeout(() => take(more ? "more" : "anew"));
  });
  // A finger selects by handles, of which no pointer event speaks.
  document.addEventListener("selectionchange", () => {
    if (!matchMedia("(pointer: coarse)").matches) return;
    clearTimeout(settling);
    settling = setTimeout(() => take("anew"), 500);
  });

  // By keyboard: words of the paragraph that has the focus.
  const stretch = (p, words) => {
    const [a, b] = [cursor.anchor, cursor.head].sort((one, other) => one - other);
    const text = p.textContent;
    const end = words[b].index + words[b][0].length;
    const range = rangeOf(p, length(text.slice(0, words[a].index)), length(text.slice(0, end)));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    take("same", 150); // what is selected counts at once, and is shown when the keys rest
  };
  $("document").addEventListener("keydown", (event) => {
    const p = event.target.closest("[data-n]");
    if (!p || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const words = [...p.textContent.matchAll(/\S+/gu)];
      if (!words.length) return;
      const own = p.dataset.n; // the element itself may be made anew meanwhile
      const from = cursor?.own === own ? cursor : { own, anchor: -1, head: -1 };
      const head = Math.max(0, Math.min(words.length - 1, from.head + (from.head < 0 ? 1 : step)));
      cursor = { own, head, anchor: event.shiftKey && from.head >= 0 ? from.anchor : head };
      stretch(p, words);
    } else if (move && !event.shiftKey) {
      const all = [...$("document").querySelectorAll("[data-n]")];
      const next = all[all.indexOf(p) + move];
      if (next) {
        stopAt(next, all);
        next.focus();
      }
    } else if (event.key === "+" && spans.length) {
      if (!adding) act.piece();
    } else if (event.key === "Enter" && !$("tray").hidden) {
      $("tray").querySelector("button")?.focus();
    } else return;
    event.preventDefault();
  });

  // ------------------------------------------------------------------ the tray
  let lastEvent = "";
  const act = {
    copy: async () => {
      if (typedIn("translation") || typedIn("note")) await showTyped();
      await navigator.clipboard.writeText(`${$("yaml").textContent}\n`);
      toast("Copied.");
    },
    grow: () => propose("&grow=1"),
    name: (button) => { named = button.dataset.paragraph; return propose(); },
    piece: () => {
      adding = !adding;
      showAdding();
      if (adding) toast("Select the words that follow; those between are left out.");
    },
    clear: () => { getSelection().removeAllRanges(); letGo(); },
  };
  $("tray").addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) quietly(Promise.resolve(act[button.dataset.do](button)));
  });
  $("tray").addEventListener("change", (event) => {
    if (event.target.name === "basis")
      $("tray").querySelector("[data-for=inferred]").hidden = event.target.value !== "inferred";
  });
  $("tray").addEventListener("input", (event) => {
    if (!["translation", "note"].includes(event.target.name)) return;
    clearTimeout(settling);
    settling = setTimeout(() => quietly(showTyped()), 200);
  });
  // Says at each field what is wrong with it.
  const blame = (form, fields) => {
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    for (const one of form.querySelectorAll(".wrong")) one.remove();
    for (const [name, words] of Object.entries(fields).reverse()) {
      const field = form.elements[name];
      const id = `wrong-${name}`;
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", id);
      field.after(made("span", { id, className: "wrong", textContent: words }));
      field.focus(); // at last the first
    }
  };
  const post = async (address, given) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
    const words = await answer.text();
    if (!answer.ok) throw faultIn(words);
    return JSON.parse(words);
  };
  $("tray").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const given = Object.fromEntries(new FormData(form));
    given.actors = new FormData(form).getAll("actors");
    for (const name of ["translation", "note"]) given[name] = typedIn(name);
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const mine = spans;
    quietly(post(`/edit/${form.dataset.to}`, {
      ...given, seed: shown, spans, paragraph: named, hashes: state.hashes,
    }).then((done) => {
      lastEvent = done.event;
      toast(done.said, false, wayTo(done.event));
      if (spans !== mine) return; // the next selection has begun
      getSelection().removeAllRanges();
      letGo(true); // the button lost the focus when it was disabled
    }).finally(() => { button.disabled = false; }).catch((fault) => {
      blame(form, fault.fields);
      if (!Object.keys(fault.fields).length) throw fault;
    }));
  });
  const undo = () => quietly(post("/edit/undo", {}).then((done) => toast(done.said)));
  $("undo").addEventListener("click", undo);
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest("input, textarea, select");
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !writes && !$("undo").disabled) {
      event.preventDefault();
      undo();
    }
    if (event.key === "Escape" && !$("tray").hidden && !writes) act.clear();
  });

  listen();
})();
