import htmx from "htmx.org";

// What the Content-Security-Policy forbids anyway is not tried.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
// Pages hold what only their reader may see.
htmx.config.historyCacheSize = 0;

document.addEventListener("htmx:afterSwap", (event) => document.dispatchEvent(new CustomEvent("sluice:shown", { detail: event.target })));
