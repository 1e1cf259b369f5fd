// Light or dark: as the system has it, until the button says otherwise; a server's pages remember it.

{
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector("#theme");
  const root = document.documentElement;
  const kept = "kept" in button.dataset;

  /** Name the button after what it does next. */
  const name = () => {
    const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
    button.textContent = now === "dark" ? "Light colours" : "Dark colours";
    return now;
  };

  if (kept && localStorage.theme) root.dataset.theme = localStorage.theme;
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = name() === "dark" ? "light" : "dark";
    if (kept) localStorage.theme = root.dataset.theme;
    name();
  });
  dark.addEventListener("change", name);
  name();
}
