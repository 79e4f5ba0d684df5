// Everything works without this script, except that Save stays as it was sent: it adds what a server cannot see.

import { browserZone, localize } from "./times";

const editForm = document.querySelector("form[data-track]");
const save = document.querySelector("#save");

const snapshot = (form) =>
  [...form.elements]
    .filter((field) => field.name && !("ignore" in field.dataset))
    .map((field) => `${field.name}=${["checkbox", "radio"].includes(field.type) ? field.checked : field.value}`)
    .join("\n");

/** Leaving with unsaved changes asks; what was sent by the form itself does not. */
const guard = (form, changed) => {
  let sending = false;
  form.addEventListener("submit", () => (sending = true));
  window.addEventListener("beforeunload", (event) => {
    if (!sending && changed()) event.preventDefault();
  });
};

if (editForm && save) {
  const before = snapshot(editForm);
  // A form that came back with complaints holds changes that are not saved.
  const returned = document.querySelector(".note[role=alert]") !== null || "new" in editForm.dataset;
  const changed = () => returned || snapshot(editForm) !== before;
  const discard = document.querySelector("#discard");
  const update = () => {
    save.disabled = !changed();
    if (discard) discard.hidden = save.disabled;
  };
  editForm.addEventListener("input", update);
  editForm.addEventListener("change", update);
  update();
  guard(editForm, () => changed() && !("new" in editForm.dataset && snapshot(editForm) === before));
}

for (const form of document.querySelectorAll("form[data-guard]")) {
  const before = snapshot(form);
  guard(form, () => snapshot(form) !== before);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand("copy");
    }
    const label = (button.dataset.label ??= button.textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = label), 1500);
  });
}

for (const button of document.querySelectorAll("[data-generate]")) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.generate);
    const bytes = crypto.getRandomValues(new Uint8Array(24));
    field.value = "whsec_" + btoa(String.fromCharCode(...bytes));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// A change is in force within a second: the sentence that says so is fetched anew, the rest of the page stays.
const pending = document.querySelector("[data-pending]");
if (pending) {
  const refresh = async (left) => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const line = page.querySelector(".url-field + p");
    if (line && !line.querySelector("[data-pending]")) {
      pending.closest("p").replaceWith(line);
      localize(line);
    } else if (left > 0) setTimeout(() => refresh(left - 1), 1000);
  };
  setTimeout(() => refresh(10), 700);
}

const scheme = document.querySelector("#scheme");
if (scheme) {
  const show = () => {
    for (const part of document.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== scheme.value;
    for (const part of document.querySelectorAll("[data-when-not]")) part.hidden = part.dataset.whenNot === scheme.value;
    for (const part of document.querySelectorAll("[data-when-any]"))
      part.hidden = !part.dataset.whenAny.split(" ").includes(scheme.value);
    for (const part of document.querySelectorAll("[data-open-when]"))
      part.open ||= part.dataset.openWhen === scheme.value;
  };
  scheme.addEventListener("change", show);
  show();
}

// The person's zone, until they have chosen one, is the browser's.
const zone = document.querySelector("[data-zone]");
if ("askZone" in document.body.dataset) {
  fetch("/preferences/zone", { method: "POST", body: new URLSearchParams({ zone: browserZone }) });
  if (zone && zone.value === "UTC") zone.value = browserZone;
}

localize(document);
document.addEventListener("sluice:shown", (event) => localize(event.detail));

// "/" goes to the search, as everywhere.
document.addEventListener("keydown", (event) => {
  const search = document.querySelector("[data-search]");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search.focus();
  }
});
