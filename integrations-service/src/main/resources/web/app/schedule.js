// Of a schedule's rule only the fields that it reads are shown.

const rules = document.querySelectorAll("input[name=rule]");
if (rules.length > 0) {
  const show = () => {
    const chosen = [...rules].find((rule) => rule.checked)?.value;
    for (const part of document.querySelectorAll("[data-rule]")) part.hidden = !part.dataset.rule.split(" ").includes(chosen);
  };
  for (const rule of rules) rule.addEventListener("change", show);
  show();
}
