// A cursor over a drawn matrix: arrow keys, Home and End, Page up and down; a click puts it there, Enter leads to the
// passage that it stands on.

const SAID = { "=": "has it", "≈": "near identical", "~": "reworded", "#": "only here", "·": "absent" };
const STEPS = {
  ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1],
  PageDown: [0, 10], PageUp: [0, -10], Home: [-Infinity, 0], End: [Infinity, 0],
};

class RetoldMatrix extends HTMLElement {
  connectedCallback() {
    this.cells = this.dataset.cells.split("/").map((row) => [...row]);
    this.names = { columns: this.dataset.columns.split("|"), rows: this.dataset.rows.split("|") };
    this.leads = { passages: this.dataset.passages.split("|"), tellings: this.dataset.tellings.split("|") };
    this.cursor = this.querySelector(".cursor");
    this.at = { x: 0, y: 0 };
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.querySelector("svg").addEventListener("click", (event) => this.clicked(event));
  }

  pressed(event) {
    const step = STEPS[event.key];
    if (event.key === "Enter" && event.target === this) this.querySelector("[data-lead='passages']").click();
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.go(this.at.x + step[0], this.at.y + step[1]);
  }

  clicked(event) {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (at, start, size, count) => Math.floor(((at - start) / size) * count);
    this.go(
      share(event.clientX, box.left, box.width, this.names.columns.length),
      share(event.clientY, box.top, box.height, this.names.rows.length),
    );
  }

  go(x, y) {
    const within = (at, count) => Math.max(0, Math.min(at, count - 1));
    this.at = { x: within(x, this.names.columns.length), y: within(y, this.names.rows.length) };
    this.cursor.setAttribute("x", this.at.x);
    this.cursor.setAttribute("y", this.at.y);
    const state = this.cells[this.at.y][this.at.x];
    const words = this.names.rows[this.at.y] + ", " + this.names.columns[this.at.x] + ": " + SAID[state];
    this.querySelector(".status").textContent = `Passage ${words}`;
    this.querySelector(".leads").hidden = false;
    for (const link of this.querySelectorAll("[data-lead]")) {
      link.href = this.leads[link.dataset.lead][link.dataset.lead === "passages" ? this.at.y : this.at.x];
    }
  }
}

customElements.define("retold-matrix", RetoldMatrix);
