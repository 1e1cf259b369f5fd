// What makes pages handier where scripts are on: copying, dropping files, more boxes. All works without it too.

const live = document.querySelector("#live");

/** Say something to who hears the page. */
export function say(words) {
  live.textContent = words;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    say("Copied.");
  });
}

for (const link of document.querySelectorAll("[data-more-texts]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const boxes = link.closest("form").querySelector(".boxes");
    const box = boxes.lastElementChild.cloneNode(true);
    const number = boxes.children.length + 1;
    const [label, area] = [box.querySelector("label"), box.querySelector("textarea")];
    label.htmlFor = area.id = `text-${number}`;
    label.textContent = `Text ${number}`;
    area.value = "";
    boxes.append(box);
    area.focus();
  });
}

for (const form of document.querySelectorAll("[data-drop]")) {
  const files = form.querySelector("input[type=file]");
  const over = (is) => form.classList.toggle("over", is);
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  form.addEventListener("dragleave", () => over(false));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    over(false);
    const all = new DataTransfer();
    for (const file of [...files.files, ...event.dataTransfer.files]) all.items.add(file);
    files.files = all.files;
    say(`${all.files.length} files are chosen.`);
  });
}

/** A link that names its keys is also followed by them: Alt and a letter, to the part of the page that is meant. */
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea")) return; // there Alt may write a letter
  const letter = event.code.startsWith("Key") ? event.code.slice(3) : event.key.toUpperCase();
  const link = letter.length === 1 && document.querySelector(`a[aria-keyshortcuts="Alt+${CSS.escape(letter)}"]`);
  if (!link) return;
  event.preventDefault();
  location.assign(link.href + (link.dataset.part ?? ""));
});

const narrow = document.querySelector("details.narrow");
if (narrow && matchMedia("(max-width: 52rem)").matches) narrow.open = false;

if (document.querySelector("[data-later]")) setTimeout(() => location.reload(), 2000);
