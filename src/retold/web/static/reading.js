// The reader of a server: its switches stand in the address, two panes scroll together, keys lead to the next pair.

const CLASSES = ["content", "name", "number", "structure", "style"];
const EXACT = 1; // pixels: scroll places are whole ones, and so near to a passage it is the passage that is meant
const box = (id) => document.getElementById(id);

/** Keep what is switched in the address, so that the address alone restores the view. */
function remember() {
  const address = new URL(location.href);
  const off = CLASSES.filter((kind) => !box(`show-${kind}`).checked);
  const keep = (name, value) => (value ? address.searchParams.set(name, value) : address.searchParams.delete(name));
  keep("off", off.join() === "style" ? "" : off.join() || "none");
  keep("only", box("only").checked ? "1" : "");
  history.replaceState(null, "", address);
  const link = box("way-1");
  if (link) link.textContent = address.origin + address.pathname + address.search;
}

for (const id of [...CLASSES.map((kind) => `show-${kind}`), "only"]) box(id)?.addEventListener("change", remember);

const everything = box("everything");
if (everything) {
  box("everything-of").hidden = false;
  everything.addEventListener("change", () => document.body.classList.toggle("everything", everything.checked));
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: "1", ArrowLeft: "-1" }[event.key];
  const link = step && document.querySelector(`[data-pair="${step}"]`);
  if (!link || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.click();
});

/** Two panes of which the one follows the other, passage by passage; whichever is scrolled leads. */
class RetoldPanes extends HTMLElement {
  connectedCallback() {
    this.panes = [...this.querySelectorAll("[data-pane]")];
    this.led = new Map();
    this.together = box("together");
    box("together-of").hidden = false;
    for (const pane of this.panes) pane.addEventListener("scroll", () => this.scrolled(pane), { passive: true });
  }

  /** How far below the pane's head each passage begins that the other pane has too. */
  places(pane) {
    const edge = pane.querySelector("h3").getBoundingClientRect().bottom;
    const shown = [...pane.querySelectorAll("[data-passage]")].filter((one) => one.checkVisibility());
    return new Map(shown.map((one) => [one.dataset.passage, one.getBoundingClientRect().top - edge]));
  }

  scrolled(pane) {
    const asked = this.led.get(pane);
    this.led.delete(pane);
    if (!this.together.checked || Math.abs(pane.scrollTop - asked) < 1) return;
    for (const other of this.panes) if (other !== pane) this.lead(pane, other);
  }

  /** Bring the other pane to the place that stands where this one does, between two passages in proportion. */
  lead(pane, other) {
    const [here, there] = [this.places(pane), this.places(other)];
    const common = [...here].filter(([name]) => there.has(name)).map(([name, place]) => [place, there.get(name)]);
    common.unshift([-pane.scrollTop, -other.scrollTop]);
    const at = Math.max(0, common.findLastIndex(([place]) => place <= EXACT));
    const [[from, to], next] = [common[at], common[at + 1]];
    let by = to;
    if (Math.abs(from) > EXACT) by += next ? (-from / (next[0] - from)) * (next[1] - to) : -from;
    const before = other.scrollTop;
    other.scrollTop += by;
    if (other.scrollTop !== before) this.led.set(other, other.scrollTop);
  }
}

customElements.define("retold-panes", RetoldPanes);
