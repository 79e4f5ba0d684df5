// The logs work without this script: it opens rows in place, copies, and follows what goes on.

import { localize, timeZone } from "./times";

const SHORTEST_PAUSE = 1500;
const LONGEST_PAUSE = 10000;

/** Makes what came from the server what this browser shows, before it is compared with what is shown. */
function prepare(part) {
  localize(part);
  for (const button of part.querySelectorAll("[data-copy-text]")) button.hidden = false;
  for (const choice of part.querySelectorAll(".choose input")) {
    const time = choice.closest("tr")?.querySelector("time");
    if (time) choice.setAttribute("aria-label", `Compare the run of ${time.textContent}`);
  }
  for (const link of part.querySelectorAll("[data-expand]")) {
    link.setAttribute("role", "button");
    const opened = document.getElementById(`detail-${link.closest("tr").id}`) !== null;
    link.setAttribute("aria-expanded", opened);
    link.textContent = opened ? "Hide" : "Steps";
  }
  for (const reload of part.querySelectorAll("[data-reload]")) reload.hidden = true;
  for (const sign of part.querySelectorAll("[data-live] [data-live-sign]")) sign.hidden = false;
}

const parsed = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  prepare(template.content);
  return template.content;
};

// ---- in place ----------------------------------------------------------------------------------------------------

const isAlike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id ?? "") === (b.id ?? "");

/** What a person has opened, chosen or is reading stays. */
const isTheirs = (element, attribute) =>
  (element.nodeName === "DETAILS" && attribute === "open") || (element.nodeName === "INPUT" && attribute === "checked");

function morphAttributes(now, next) {
  for (const { name, value } of [...next.attributes])
    if (!isTheirs(now, name) && now.getAttribute(name) !== value) now.setAttribute(name, value);
  for (const { name } of [...now.attributes])
    if (!isTheirs(now, name) && !next.hasAttribute(name)) now.removeAttribute(name);
}

/** Where an element goes on: by its id wherever it is, without one only at its place. */
function counterpart(child, wanted) {
  if (!wanted.id) return child && isAlike(child, wanted) ? child : null;
  let found = child;
  while (found && !isAlike(found, wanted)) found = found.nextSibling;
  return found;
}

/** Turns what is shown into what shall be, and touches nothing that is the same. */
function morph(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.nodeValue !== next.nodeValue) now.nodeValue = next.nodeValue;
    return;
  }
  morphAttributes(now, next);
  let child = now.firstChild;
  for (const wanted of [...next.childNodes]) {
    const match = counterpart(child, wanted);
    if (match) {
      while (child !== match) {
        const gone = child;
        child = child.nextSibling;
        gone.remove();
      }
      morph(match, wanted);
      child = match.nextSibling;
    } else now.insertBefore(wanted, child);
  }
  while (child) {
    const gone = child;
    child = child.nextSibling;
    gone.remove();
  }
}

/** What is worth a look: states and how many there are, not how long something takes by now. */
const news = (part) => [...part.querySelectorAll(".pill")].map((pill) => pill.textContent).join();

/** @returns whether there is news */
function update(now, next) {
  const before = news(now);
  morph(now, next);
  return news(now) !== before;
}

// ---- live --------------------------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(status) {
    super(`answered ${status}`);
    this.status = status;
  }
}

/** The header lets a session that has ended be told as such, instead of a way to the login page. */
async function ask(path) {
  const answer = await fetch(path, { headers: { "X-Requested-With": "JavaScript" } });
  if (!answer.ok) throw new Refused(answer.status);
  return answer.text();
}

const isOver = (error) => error instanceof Refused && [401, 403, 404, 499].includes(error.status);

function tell(root, text) {
  for (const note of root.querySelectorAll("[data-live-note]")) if (note.textContent !== text) note.textContent = text;
}

const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

const shown = () =>
  document.hidden
    ? new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }))
    : Promise.resolve();

/** Looks again and again, less often while nothing happens, until there is nothing left to follow. */
async function follow(root, look) {
  let pause = SHORTEST_PAUSE;
  for (;;) {
    await wait(pause);
    await shown();
    try {
      const result = await look();
      if (result.over) return;
      tell(root(), "");
      pause = result.changed ? SHORTEST_PAUSE : Math.min(pause * 1.25, LONGEST_PAUSE);
    } catch (error) {
      if (isOver(error)) {
        tell(root(), "Not live any more. Reload the page.");
        return;
      }
      tell(root(), "Live updates wait: the service does not answer now.");
      pause = LONGEST_PAUSE;
    }
  }
}

/** A part of a page that says itself where it is fetched anew, while there is something to follow. */
function followPart(part) {
  if (part.dataset.followed) return;
  part.dataset.followed = "";
  follow(
    () => part,
    async () => {
      if (!part.isConnected || !part.dataset.live) return { over: true };
      const next = parsed(await ask(part.dataset.live)).firstElementChild;
      next.dataset.followed = "";
      const changed = update(part, next);
      return { over: !part.dataset.live, changed };
    },
  );
}

function followParts(root) {
  for (const part of root.querySelectorAll("[data-live]")) followPart(part);
}

const list = document.querySelector("[data-run-list]");

/** One look at the list tells of all rows; those that a filter or newer ones pushed out are asked for alone. */
async function lookAtRows() {
  const open = [...list.querySelectorAll("tr[data-live-row]")];
  if (open.length === 0) return { over: true };
  const page = new DOMParser().parseFromString(await ask(location.href), "text/html");
  prepare(page);
  let changed = false;
  for (const row of open) {
    const next = page.getElementById(row.id) ?? (await lone(row));
    const before = row.querySelector(".pill").textContent;
    if (!next || !update(row, next)) continue;
    changed = true;
    const after = row.querySelector(".pill").textContent;
    if (before !== after) announce(`Run of ${row.querySelector("time").textContent}: ${after}`);
  }
  countNewer(page);
  return { over: false, changed };
}

const lone = async (row) => parsed(await ask(row.dataset.liveRow)).firstElementChild;

/** Newer runs are told, not put in: nothing moves under somebody's hand. */
function countNewer(page) {
  if (!("newest" in list.dataset)) return;
  const newer = [...page.querySelectorAll("[data-run-list] > tr")].filter((row) => !document.getElementById(row.id));
  const shownAlready = document.querySelector("[data-newer]");
  if (newer.length === 0) return;
  const link = shownAlready ?? document.createElement("a");
  link.href = location.href;
  link.className = "button small newer";
  link.dataset.newer = "";
  const text = newer.length === 1 ? "Show 1 newer run" : `Show ${newer.length} newer runs`;
  if (link.textContent !== text) link.textContent = text;
  if (!shownAlready) list.closest(".card").before(link);
}

const announcement = document.createElement("p");
announcement.className = "hidden";
announcement.setAttribute("role", "status");
document.querySelector("main")?.append(announcement);

function announce(text) {
  announcement.textContent = text;
}

function followList() {
  if (!list || !list.querySelector("tr[data-live-row]")) return;
  const sign = document.querySelector(".log-tools [data-live-sign]");
  if (sign) sign.hidden = false;
  follow(() => document, lookAtRows).then(() => {
    if (sign) sign.hidden = true;
  });
}

// ---- rows that open, copying -------------------------------------------------------------------------------------

function close(link, detail) {
  detail.remove();
  link.setAttribute("aria-expanded", "false");
  link.textContent = "Steps";
}

async function open(link) {
  const row = link.closest("tr");
  const detail = document.createElement("tr");
  detail.className = "detail";
  detail.id = `detail-${row.id}`;
  const cell = detail.insertCell();
  cell.colSpan = row.cells.length;
  cell.textContent = "Loading…";
  row.after(detail);
  link.setAttribute("aria-expanded", "true");
  link.setAttribute("aria-controls", detail.id);
  link.textContent = "Hide";
  try {
    cell.replaceChildren(parsed(await ask(link.dataset.expand)));
    followParts(cell);
  } catch {
    location.href = link.href;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-expand]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const detail = document.getElementById(`detail-${link.closest("tr").id}`);
    if (detail) close(link, detail);
    else open(link);
  }
  const button = event.target.closest("[data-copy-text]");
  if (button) copy(button);
});

// What is a button by its role is pressed with the space bar too.
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.("[data-expand]")) {
    event.preventDefault();
    event.target.click();
  }
});

async function copy(button) {
  const text = document.getElementById(button.dataset.copyText).textContent;
  if ("copied" in button.dataset) return;
  button.dataset.copied = "";
  const before = [...button.childNodes];
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(document.getElementById(button.dataset.copyText));
    document.execCommand("copy");
    button.textContent = "Copied";
  }
  setTimeout(() => {
    button.replaceChildren(...before);
    delete button.dataset.copied;
  }, 1500);
}

// A filter without times is in this person's zone; one with times stays in the zone that it was made in.
const zone = document.querySelector("[data-own-zone]");
if (zone) zone.value = timeZone;

prepare(document);
followParts(document);
followList();
