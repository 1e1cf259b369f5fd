// Walking from edit to edit, with buttons and Alt+arrows. All text stands in the page already; nothing is fetched.

class RetoldReader extends HTMLElement {
  connectedCallback() {
    this.at = -1;
    this.status = this.querySelector("[role=status]");
    this.tools = this.querySelector(".tools");
    this.querySelector(".walk").hidden = false;
    this.tools.classList.add("walking");
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("change", () => this.said(""));
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** The edits told on the page and not switched off, in the page's order. */
  get told() {
    const off = [...this.querySelectorAll("[id^=show-]:not(:checked)")].map((box) => box.id.slice("show-".length));
    return [...this.querySelectorAll(".edits li")].filter((item) => !off.includes(item.className.split(" ")[0]));
  }

  clicked(event) {
    const button = event.target.closest("[data-step]");
    if (button) return this.walk(Number(button.dataset.step));
    const mark = event.target.closest("[data-e], :is(.m, .caret)[id]");
    if (mark && !event.target.closest("a") && !mark.matches("li")) this.show(this.item(mark), { mark, move: false });
  }

  pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.walk(step);
  }

  /** Go to the next edit, or the one before; past the last comes the first. */
  walk(step) {
    const told = this.told;
    if (!told.length) return this.said("No edit is shown.");
    const from = told.indexOf(this.current);
    const to = from < 0 ? (step > 0 ? 0 : told.length - 1) : (from + step + told.length) % told.length;
    this.show(told[to], { told, move: true });
  }

  /** The sentence that tells a mark's edit. */
  item(mark) {
    return this.querySelector(`.edits li[data-e="${CSS.escape(this.edit(mark))}"]`);
  }

  /** The edit of a mark: "E7" of the one with the id "E7-A"; its further pieces say it themselves. */
  edit(mark) {
    return mark.dataset.e ?? mark.id.slice(0, mark.id.lastIndexOf("-"));
  }

  /** The marks of an edit's sentence. */
  marks(item) {
    const edit = CSS.escape(item.dataset.e);
    return [...this.querySelectorAll(`.cell :is([data-e="${edit}"], [id^="${edit}-"])`)];
  }

  show(item, { told = this.told, mark = null, move }) {
    if (!item) return;
    for (const old of this.querySelectorAll(".now")) old.classList.remove("now");
    this.current = item;
    const marks = this.marks(item);
    for (const one of [item, ...marks]) one.classList.add("now");
    const row = item.closest(".row");
    if (move) this.goTo(mark ?? marks.find((one) => !one.matches(".caret")) ?? marks[0] ?? item);
    const passage = row.querySelector("h3 a").textContent.trim().replace("P", "p");
    this.said(`Edit ${told.indexOf(item) + 1} of ${told.length}, ${passage}: ${item.textContent.trim().replace(/\s+/g, " ")}`);
  }

  /** Bring a mark into view and put the focus there, so that Tab goes on from it. */
  goTo(place) {
    place.tabIndex = -1;
    place.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    place.focus({ preventScroll: true });
  }

  said(words) {
    this.status.textContent = words;
  }
}

customElements.define("retold-reader", RetoldReader);
