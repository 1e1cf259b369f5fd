// The drawing of a lineage: one stop for Tab, arrow keys from node to node, buttons that make it larger or smaller.

const NAMED = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const LEAST = 0.4;
const MOST = 4;

class RetoldLineage extends HTMLElement {
  connectedCallback() {
    this.sources = this.dataset.sources.split(" ").map(Number);
    this.nodes = [...this.querySelectorAll("svg a")];
    this.drawing = this.querySelector(".drawing svg");
    this.size = { width: this.drawing.width.baseVal.value, height: this.drawing.height.baseVal.value, by: 1 };
    for (const [place, node] of this.nodes.entries()) {
      const to = node.getAttribute("href");
      node.removeAttribute("href"); // a thousand links would be a thousand stops; Enter and a click still follow them
      node.setAttribute("role", "link");
      node.setAttribute("tabindex", place ? "-1" : "0");
      node.addEventListener("click", () => location.assign(to));
      node.addEventListener("focus", () => this.hold(place));
      node.addEventListener("keydown", (event) => this.pressed(event, place, to));
    }
    const zoom = this.querySelector(".zoom");
    zoom.hidden = false;
    zoom.addEventListener("click", (event) => this.zoom(Number(event.target.dataset.zoom)));
  }

  hold(place) {
    this.querySelector("svg a[tabindex='0']").setAttribute("tabindex", "-1");
    this.nodes[place].setAttribute("tabindex", "0");
  }

  pressed(event, place, to) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") return location.assign(to);
    const next = this.from(event.key, place);
    if (next === undefined) return;
    event.preventDefault();
    this.nodes[next]?.focus();
  }

  from(key, place) {
    if (key === "ArrowLeft") return this.sources[place];
    if (key === "ArrowRight") return this.sources.indexOf(place);
    if (!(key in NAMED)) return undefined;
    return Math.max(0, Math.min(place + NAMED[key], this.nodes.length - 1));
  }

  zoom(by) {
    if (!by) return;
    this.size.by = Math.max(LEAST, Math.min(this.size.by * by, MOST));
    for (const side of ["width", "height"]) this.drawing.setAttribute(side, this.size[side] * this.size.by);
  }
}

customElements.define("retold-lineage", RetoldLineage);
