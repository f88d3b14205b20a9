// The desk: fetches what the server makes, keeps the reader's place, and says what was selected.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const body = document.body;
  let state = null;
  let layout = "full";

  // ------------------------------------------------------------------ asking the server
  const asked = {};
  const ENDED = "The server has ended: start it again with sourcebrief serve.";
  const reach = (address, how) => fetch(address, how).catch((fault) => {
    throw fault.name === "AbortError" ? fault : faultIn(ENDED);
  });
  // Only the last answer of a kind counts.
  const fetchText = async (kind, address) => {
    asked[kind]?.abort();
    const mine = (asked[kind] = new AbortController());
    const answer = await reach(address, { signal: mine.signal });
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
    $("toast").className = bad ? "toast bad" : "toast";
    $("said").textContent = words;
    if (more) $("said").append(" ", more);
    $("toast").hidden = false;
    // One that leads on stays until it is closed, or another comes.
    if (!more) hiding = setTimeout(hush, bad ? 12000 : 5000);
  };
  const hush = () => {
    if ($("toast").contains(document.activeElement)) goTo(body.dataset.pane);
    $("toast").hidden = true;
  };
  $("toast").addEventListener("click", (event) => { if (event.target.closest("button, a")) hush(); });
  const made = (tag, how) => Object.assign(document.createElement(tag), how);
  const pressed = (textContent, does) => {
    const button = made("button", { type: "button", className: "link", textContent });
    button.addEventListener("click", does);
    return button;
  };
  const away = (href) => made("a", { href, textContent: href, target: "_blank", rel: "noopener noreferrer" });
  const wayTo = (event) => pressed("Show it on the page", () => showOnPage(`event-${event}`));

  // ------------------------------------------------------------------ how things stand
  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const hear = (next) => {
    const before = lost ? null : state;
    lost = false;
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
    $("undo").title = next.undo ? `Take back: ${next.undo}` : "";
    const words = { none: "", waiting: "PDF waiting", making: "Making the PDF…", failed: "PDF failed" };
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
      if (shown) openDocument(shown, null, true).catch(() => $("shelf").classList.add("stale")).then(lookAgain);
      else quietly(listDocuments());
    }
    if (before && before.broken !== next.broken) lookAgain();
  };
  let lost = false; // what was heard last may be of another server
  const listen = () => {
    const source = new EventSource("/events");
    source.onmessage = (event) => hear(JSON.parse(event.data));
    source.onerror = () => {
      lost = true;
      if (source.readyState === source.CLOSED) setTimeout(listen, 3000); // it was refused
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
    if (pane !== "toast") turnTo(pane);
    if (pane === "problems") unfold(true);
    ($(`pane-${pane}`) || $("toast")).focus({ preventScroll: true });
  };
  const goOn = (pane, back) => {
    const all = ["page", "documents", "problems", ...($("toast").hidden ? [] : ["toast"])];
    goTo(all.at((all.indexOf(pane) + (back ? -1 : 1)) % all.length));
  };
  for (const one of document.querySelectorAll(".tabs button"))
    one.addEventListener("click", () => goTo(one.dataset.pane));
  addEventListener("keydown", (event) => {
    if (event.key !== "F6") return;
    event.preventDefault();
    const pane = document.activeElement.closest(".pane, .toast");
    if (pane) goOn(pane.id.replace("pane-", ""), event.shiftKey);
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
    const [top, seen, before] = [$("shelf").scrollTop, topmost(), chosenWords()];
    fill($("document"), words);
    if ($("search").value.trim()) $("back").textContent = "Back to what was found";
    $("list").hidden = true;
    $("document").hidden = false;
    first = Number($("document").firstElementChild.dataset.first);
    if (again) {
      $("shelf").scrollTop = top;
      if (seen) putBack(seen, 3);
      if (before && before === chosenWords()) text = textShown();
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
  const topmost = () => {
    const { top } = $("shelf").getBoundingClientRect();
    const box = [...$("document").querySelectorAll(".para")].find((one) => one.getBoundingClientRect().bottom > top);
    return box && { id: box.id, top: box.getBoundingClientRect().top };
  };
  // What comes into sight has its height only a moment later.
  const putBack = (seen, frames) => {
    const box = $(seen.id);
    if (box) $("shelf").scrollTop += box.getBoundingClientRect().top - seen.top;
    if (frames) requestAnimationFrame(() => putBack(seen, frames - 1));
  };
  const mark = (number, quoted) => {
    const p = wordsOf(number);
    const plain = (text) => text.replace(/\s+/g, " ");
    const at = p ? plain(p.textContent).indexOf(plain(quoted)) : -1;
    if (at < 0 || plain(p.textContent) !== p.textContent) return;
    const n = Number(number);
    spans = [[n, length(p.textContent.slice(0, at)), n, length(p.textContent.slice(0, at + quoted.length))]];
    text = textShown();
    quietly(propose());
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
        wordsOf(around || first)?.focus({ preventScroll: true });
        if (words) mark(around, words);
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
  let text = ""; // the name of the text in which they were selected
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
  const chosen = () => spans.filter(([n, , m]) => wordsOf(n) && wordsOf(m)).map(([n, start, m, end]) => {
    const from = rangeOf(wordsOf(n), start, n === m ? end : length(wordsOf(n).textContent));
    if (n !== m) { const to = rangeOf(wordsOf(m), 0, end); from.setEnd(to.endContainer, to.endOffset); }
    return from;
  });
  const draw = () => paint("piece", chosen());
  const textShown = () => $("document").firstElementChild.dataset.text;
  // All the words of the selection; none where a part of it is not shown.
  const chosenWords = () => {
    const ranges = chosen();
    return ranges.length === spans.length ? ranges.map(String).join("\n") : "";
  };
  // Scrolls so that the piece selected last is seen, or its beginning.
  const reveal = () => {
    const box = chosen().at(-1)?.getBoundingClientRect();
    const shelf = $("shelf").getBoundingClientRect();
    if (!box) return;
    const [above, below] = [box.top - shelf.top - 16, box.bottom - shelf.bottom + 16];
    if (above * below > 0) $("shelf").scrollTop += above > 0 ? Math.min(above, below) : Math.max(above, below);
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
    if (!span) {
      // A selection of something else, such as the title, or of everything: it is no longer this.
      const other = getSelection();
      if (!other.isCollapsed && other.getRangeAt(0).intersectsNode($("document"))) letGo(false);
      return;
    }
    if (how === "more" || adding) kept = spans;
    else if (how !== "same") kept = [];
    if (!kept.length) text = textShown();
    const elsewhere = spans.length && !spans.some((one) => overlap(one, span)) && !kept.length;
    spans = [...kept, span];
    named = "";
    adding = false;
    clearTimeout(settling);
    settling = setTimeout(() => quietly(propose()), delay);
    if (elsewhere) sayKept();
  };
  const showAdding = () => $("tray").querySelector("[data-do=piece]")?.setAttribute("aria-pressed", String(adding));
  const precedes = ([, , n, end], [m, start]) => n < m || (n === m && end <= start);
  const overlap = (one, other) => !precedes(one, other) && !precedes(other, one);
  // What is typed stays, whatever is selected, until it is written or thrown away.
  let typed = {};
  // A translation and a note are of certain words, and stand only beside them.
  let typedFor = { seed: "", spans: [] };
  const isOfWords = (name) => ["translation", "note"].includes(name);
  const isOfThese = () => typedFor.seed === shown && spans.some((one) => typedFor.spans.some((other) => overlap(one, other)));
  let opened = false; // the form of a new event
  const keyOf = (field) => (field.type === "checkbox" ? `${field.name}=${field.value}` : field.name);
  const hasTyped = () => Object.entries(typed).some(([name, value]) => name !== "event" && value !== false && value !== "");
  const restore = () => {
    for (const field of $("tray").querySelectorAll("[name]")) {
      const was = typed[keyOf(field)];
      if (was !== undefined && (!isOfWords(field.name) || isOfThese())) field[field.type === "checkbox" ? "checked" : "value"] = was;
    }
    showBasis();
  };
  const showBasis = () => {
    const why = $("tray").querySelector("[data-for=inferred]");
    if (why) why.hidden = $("tray").querySelector("[name=basis]").value !== "inferred";
  };
  const sayKept = () => {
    const own = typed.translation || typed.note ? " A translation or note comes back with its own words." : "";
    if (hasTyped()) toast(`What you typed stays in the form, for the words that you select next.${own}`, false, pressed("Empty the form", () => {
      typed = {};
      for (const form of $("tray").querySelectorAll("form")) form.reset();
      showBasis();
      lookAgain();
    }));
  };
  addEventListener("beforeunload", (event) => { if (hasTyped()) event.preventDefault(); });
  const typedIn = (name) => $("tray").querySelector(`[name=${name}]`)?.value || "";
  const proposalOf = (more) => {
    const spelt = spans.map((span) => `&span=${span.join(".")}`).join("");
    const written = ["translation", "note"].map((name) => `&${name}=${encodeURIComponent(typedIn(name))}`).join("");
    return `/proposal?seed=${encodeURIComponent(shown)}&text=${encodeURIComponent(text)}${spelt}&paragraph=${named}${written}${more}`;
  };
  const cardOf = (more) => fetchText("proposal", proposalOf(more)).catch((fault) => {
    if (fault.name !== "AbortError") refuse(fault.message);
    throw fault;
  });
  const writable = (is) => {
    for (const one of $("tray").querySelectorAll("[type=submit], [data-do=copy]")) one.disabled = !is;
  };
  const refuse = (words) => {
    const card = $("tray").firstElementChild;
    if (!card) return;
    card.className = "card bad";
    card.querySelector(".verdict").replaceChildren(made("b", { textContent: "Not evidence now:" }), ` ${words}`);
    writable(false);
    $("spoken").textContent = card.querySelector(".verdict").textContent;
  };
  // What stands above the fields follows what is typed, and what changes; the fields stay.
  const showTyped = async () => {
    const card = new DOMParser().parseFromString(await cardOf(""), "text/html").querySelector(".card");
    const now = $("tray").firstElementChild;
    if (!now) return;
    if (!card.querySelector("form") !== !now.querySelector("form")) return show(card.outerHTML);
    now.className = card.className;
    for (const part of [".verdict", "#yaml", "#doubts", "#events"]) {
      const [was, is] = [now, card].map((one) => one.querySelector(part)?.innerHTML);
      if (was !== is) now.querySelector(part).innerHTML = is;
    }
    writable(true);
  };
  const lookAgain = () => { if (!$("tray").hidden) showTyped().catch(() => {}); };
  const propose = async (more = "") => show(await cardOf(more));
  const show = (card) => {
    const tray = $("tray");
    tray.innerHTML = card;
    showAdding();
    tray.hidden = false;
    restore();
    if (opened) tray.querySelector("details")?.setAttribute("open", "");
    if (typedIn("translation") || typedIn("note")) lookAgain();
    if (lastEvent) { const field = tray.querySelector("[name=event]"); if (field && !field.value) field.value = lastEvent; }
    const shows = tray.firstElementChild.dataset;
    spans = shows.spans ? shows.spans.split(" ").map((one) => one.split(".").map(Number)) : spans;
    named = shows.paragraph;
    draw();
    reveal();
    $("spoken").textContent = tray.querySelector(".verdict").textContent;
  };
  const letGo = (back = $("tray").contains(document.activeElement)) => {
    clearTimeout(settling);
    const from = spans.length ? wordsOf(spans[0][0]) : null;
    if (spans.length) sayKept();
    spans = [];
    kept = [];
    cursor = null;
    named = "";
    adding = false;
    opened &&= hasTyped();
    paint("piece", []);
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
    drop: () => {
      spans = kept.length ? kept : spans.slice(0, -1);
      kept = [];
      return propose();
    },
    clear: () => { getSelection().removeAllRanges(); letGo(); },
  };
  $("tray").addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) quietly(Promise.resolve(act[button.dataset.do](button)));
  });
  $("tray").addEventListener("change", (event) => {
    if (event.target.name === "basis") showBasis();
  });
  $("tray").addEventListener("toggle", (event) => { opened = event.target.open; reveal(); }, true);
  $("tray").addEventListener("input", (event) => {
    typed[keyOf(event.target)] = event.target.type === "checkbox" ? event.target.checked : event.target.value;
    if (!isOfWords(event.target.name)) return;
    typedFor = { seed: shown, spans };
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
    const answer = await reach(address, {
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
    const [mine, own] = [spans, isOfThese()];
    hush();
    quietly(post(`/edit/${form.dataset.to}`, {
      ...given, seed: shown, text, spans, paragraph: named, hashes: state.hashes,
    }).then((done) => {
      lastEvent = done.event;
      for (const field of [...form.elements].map(keyOf).concat(own ? ["translation", "note"] : [])) delete typed[field];
      if (spans === mine) {
        getSelection().removeAllRanges();
        letGo(true); // the button lost the focus when it was disabled
      } else form.reset(); // the next selection has begun
      toast(done.said, false, wayTo(done.event));
    }).finally(() => { button.disabled = false; }).catch((fault) => {
      blame(form, fault.fields);
      if (!Object.keys(fault.fields).length) throw fault;
    }));
  });
  const turn = (way) => quietly(post(`/edit/${way}`, {}).then((done) =>
    toast(done.said, false, way === "undo" && pressed("Write it again", () => turn("redo")))));
  $("undo").addEventListener("click", () => turn("undo"));
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest("input, textarea, select");
    const key = (event.ctrlKey || event.metaKey) && !writes ? event.key.toLowerCase() : "";
    const way = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : "";
    if (way && state?.[way]) {
      event.preventDefault();
      turn(way);
    }
    if (key === "a") setTimeout(() => take("anew"));
    if (event.key === "Escape" && !$("tray").hidden && !writes) act.clear();
  });

  listen();
})();
