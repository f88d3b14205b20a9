// Looks at web editions in a real browser: axe (WCAG 2.2 A and AA, and its best practices), reflow at
// 320 px, no request, no breach of the page's own policy, tables that stay tables for assistive
// technology. Usage:
//
//   NODE_MODULES=FOLDER node pages.mjs FILE.html...
//
// FOLDER holds axe-core and playwright-core; CHROMIUM is the browser (default /usr/bin/chromium).
// Prints a line per file; under it what is wrong, and in which view. Exit: 0 nothing, 1 something.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(resolve(process.env.NODE_MODULES ?? "node_modules"), "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
// Every two of scripts, colours and width meet in a view. The two with scripts are used as well.
const VIEWS = [
  { scripts: true, colours: "light", size: NARROW, media: "screen", used: true },
  { scripts: true, colours: "dark", size: WIDE, media: "screen", used: true },
  { scripts: false, colours: "dark", size: NARROW, media: "screen" },
  { scripts: false, colours: "light", size: WIDE, media: "screen" },
  { scripts: true, colours: "light", size: WIDE, media: "print" },
  { scripts: false, colours: "light", size: WIDE, media: "print" },
];
// What axe cannot decide, and why it is right here.
const SEEN = {
  // The figure is a drawing on the page's own ground: `figure` below measures it. The arrow that
  // leads back from a note has the colour of every link.
  "color-contrast": (node) => /^<text|^<a[^>]* role="doc-backlink"/.test(node.html),
  // "1" is within "Note 1"; an arrow has no words that a name could contain.
  "label-content-name-mismatch": (node) => /^<a[^>]* role="doc-(noteref|backlink)"/.test(node.html),
  // An event need not have people or an outcome; then the cell is empty.
  "th-has-data-cells": () => true,
};
const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update",
];

const named = ({ scripts, colours, size, media }) =>
  media === "print" ? `on paper, ${scripts ? "with" : "without"} scripts`
    : `${size.width} px, ${colours}, ${scripts ? "with" : "without"} scripts`;

// What axe finds, and what it cannot decide where nobody has looked at it yet.
async function audit(page, media) {
  await page.evaluate(axe);
  const { violations, incomplete } = await page.evaluate(([tags, pointer]) =>
    window.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      rules: { "target-size": { enabled: pointer } },
      resultTypes: ["violations", "incomplete"],
    }), [TAGS, media === "screen"]);  // paper has no pointer
  const told = (kind, id, nodes) => nodes.slice(0, 3).map((node) =>
    `axe ${kind} ${id}: ${node.target.join(" ")}: ` +
    [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; "));
  return [
    ...violations.flatMap(({ id, nodes }) => told("fails", id, nodes)),
    ...incomplete.flatMap(({ id, nodes }) =>
      told("cannot tell", id, nodes.filter((node) => !SEEN[id]?.(node)))),
  ];
}

// Contrast of the figure's words with the page and with the bands of its lanes (WCAG 2.2, 1.4.3).
const figure = (page) => page.evaluate(() => {
  const channels = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
  const light = (colour) => channels(colour).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const fill = (one) => getComputedStyle(one).fill;
  const grounds = [getComputedStyle(document.documentElement).backgroundColor];
  const band = document.querySelector(".timeline .band");
  if (band) grounds.push(fill(band));
  return [...document.querySelectorAll(".timeline text")].flatMap((text) => {
    if (getComputedStyle(text).stroke !== "none")
      return [`"${text.textContent}" in the figure is drawn over by its own outline`];
    const own = text.classList.contains("count")
      ? [fill(text.parentElement.querySelector("path"))] : grounds;
    const least = Math.min(...own.map((ground) => contrast(fill(text), ground)));
    return least >= 4.5 ? [] : [`"${text.textContent}" in the figure has ${least.toFixed(2)}:1`];
  });
});

// Whether each row and cell that is shown is one in the browser's accessibility tree as well.
async function tables(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const told = {};
  for (const node of nodes)
    if (!node.ignored) told[node.role?.value] = (told[node.role?.value] ?? 0) + 1;
  const drawn = await page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)]
      .filter((one) => getComputedStyle(one).display !== "none" && !one.closest("[hidden]")).length;
    return {
      table: shown("table"), row: shown("tr"), cell: shown("td"),
      columnheader: shown("thead th"),
      rowheader: shown("tbody th"),
    };
  });
  return Object.entries(drawn).flatMap(([role, count]) =>
    (told[role] ?? 0) === count ? [] : [`${told[role] ?? 0} of ${count} have the role ${role}`]);
}

// What shows beyond the window, if the page scrolls sideways.
const sideways = (page) => page.evaluate(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) =>
    one.getBoundingClientRect().right > root.clientWidth + 1);
  return [`scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth}` +
    wide.slice(0, 3).map((one) => `, ${one.tagName.toLowerCase()}.${one.className}`).join("")];
});

// What a reader does: filters, opens a note where it is called, leaves again.
async function use(page) {
  const wrong = [];
  const rows = await page.locator("tr.event").count();
  if (await page.locator("#filter").isHidden()) wrong.push("the filter does not show");
  for (const name of ["actor", "theme"])
    await page.locator(`#filter select[name=${name}]`).selectOption({ index: 1 });
  const kept = await page.locator("tr.event:visible").count();
  if (kept > rows || !(await page.locator("#filter output").textContent()).includes(String(kept)))
    wrong.push("the filter does not say what it shows");
  await page.locator("#filter button[type=reset]").click();
  await page.waitForFunction((all) =>
    document.querySelectorAll("tr.event:not([hidden])").length === all, rows);
  const call = page.locator("tr.event .noteref a").first();
  await call.click();
  const passage = page.locator(".passage");
  if (!(await passage.locator("blockquote").count())) wrong.push("a note opens no passage");
  if (!(await passage.evaluate((box) => box === document.activeElement)))
    wrong.push("an opened passage is not in focus");
  wrong.push(...(await audit(page, "screen")).map((one) => `with a passage open: ${one}`));
  await page.keyboard.press("Escape");
  if (await passage.count()) wrong.push("Escape does not close a passage");
  if (!(await call.evaluate((link) => link === document.activeElement)))
    wrong.push("a closed passage does not give the focus back");
  return wrong;
}

async function look(browser, url, view) {
  const context = await browser.newContext({
    viewport: view.size, colorScheme: view.colours, offline: true,
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:"))
      wrong.push(`asks for ${request.url()}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`says ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`throws ${error.message}`));
  // A page in which scripts are forbidden would not run axe either: it is served without its script.
  if (!view.scripts)
    await page.route(url, (route) => route.fulfill({
      contentType: "text/html",
      body: readFileSync(new URL(url), "utf-8").replace(/<script>.*?<\/script>/gs, ""),
    }));
  await page.emulateMedia({ media: view.media, colorScheme: view.colours });
  await page.goto(url);
  wrong.push(...await sideways(page));
  // axe judges no colour that another element covers, and the contents cover what scrolls below them.
  await page.evaluate(() => {
    const bar = document.querySelector(".contents");
    Object.assign(bar.style, { overflow: "visible", position: "static", whiteSpace: "normal" });
    bar.firstElementChild.style.flexWrap = "wrap";
  });
  wrong.push(...await audit(page, view.media), ...await figure(page));
  if (view.media === "screen") wrong.push(...await tables(page));
  // The short edition has neither a filter nor notes in its rows.
  const full = await page.locator("meta[name=layout][content=full]").count();
  if (view.used && full) wrong.push(...await use(page));
  await context.close();
  return wrong;
}

const files = process.argv.slice(2);
if (!files.length) {
  console.error("usage: NODE_MODULES=FOLDER node pages.mjs FILE.html...");
  process.exit(2);
}
const profile = mkdtempSync(join(tmpdir(), "pages-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET,
  env: { ...process.env, HOME: profile },
});
let failed = false;
try {
  for (const file of files) {
    const found = new Map();
    for (const view of VIEWS)
      for (const one of await look(browser, pathToFileURL(resolve(file)).href, view))
        found.set(one, [...(found.get(one) ?? []), named(view)]);
    console.log(`${file}\t${found.size ? "FAIL" : "PASS"}\t${VIEWS.length} views`);
    for (const [one, views] of found) console.log(`    ${one} (${views.join("; ")})`);
    failed ||= found.size > 0;
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
