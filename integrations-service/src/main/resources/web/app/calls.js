// The webhook tab and the pages below it. Without this script all of it works: parts are shown instead of hidden, and
// who listens for a call reloads the page.

// Fields that only some choices use.
const byChoice = document.querySelectorAll("[data-for]");
const showByChoice = () => {
  for (const part of byChoice) {
    const choice = document.getElementById(part.dataset.for);
    part.hidden = !part.dataset.values.split(" ").includes(choice.value);
  }
};
for (const id of new Set([...byChoice].map((part) => part.dataset.for)))
  document.getElementById(id).addEventListener("change", showByChoice);
showByChoice();

// A link to a setting leads to it also where it is folded away.
const unfold = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details:not([open])");
  if (folded) {
    folded.open = true;
    target.scrollIntoView();
  }
};
window.addEventListener("hashchange", unfold);
unfold();

// Each question waits for the call; when it came, the answer leads to its page.
const listening = document.querySelector("[data-listen]");
if (listening) {
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const listen = async (tries) => {
    try {
      const answer = await fetch(listening.dataset.listen);
      if (answer.redirected) return location.replace(answer.url);
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector("[data-listen]")) return location.reload();
      tries = 5;
    } catch {
      // Such as a restart of the service; a login that has ended is asked for by the reload.
      if (tries === 0) return location.reload();
      await pause(2000);
    }
    return listen(tries - 1);
  };
  listen(5);
}
