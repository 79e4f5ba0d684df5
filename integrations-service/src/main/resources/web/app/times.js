// Times as this person's clock shows them, relative when recent; the exact instant stays on hover.

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const isKnown = (zone) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    // The server's zones may be newer than the browser's.
    return false;
  }
};
const chosen = document.body.dataset.personZone;
const timeZone = chosen && isKnown(chosen) ? chosen : browserZone;
const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone });
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const RECENT_SECONDS = 12 * 3600;

const relative = (seconds) => {
  const size = Math.abs(seconds);
  if (size < 60) return ago.format(Math.round(seconds), "second");
  if (size < 3600) return ago.format(Math.round(seconds / 60), "minute");
  return ago.format(Math.round(seconds / 3600), "hour");
};

export { browserZone, timeZone };

export function localize(part) {
  for (const time of part.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.valueOf())) continue;
    const seconds = (at - Date.now()) / 1000;
    const near = Math.abs(seconds) < RECENT_SECONDS && !("exact" in time.dataset);
    time.title = `${clock.format(at)} ${timeZone} · ${time.dateTime}`;
    time.textContent = near ? relative(seconds) : clock.format(at);
  }
}
