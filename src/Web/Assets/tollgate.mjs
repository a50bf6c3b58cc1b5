// Every page works without this; it adds copying, the theme switch, shortcuts and a question before input is lost.
const live = document.querySelector("[data-live]");
const say = (text) => {
  if (live) live.textContent = text;
};

const copy = async (button) => {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    say("Copied");
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(source);
    say("Selected; press Ctrl C to copy");
  }
  setTimeout(() => (button.textContent = "Copy"), 1500);
};

const switchTheme = () => {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Holds for this page then.
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", switchTheme);
}

document.addEventListener("keydown", (event) => {
  const search = document.querySelector("[role=search] input");
  const typing = event.target.closest("input, textarea, select");
  if (search && ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing))) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

let changed = false;
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    changed = false;
  });
}

addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
