// How far a job is, as the server tells; at the end the page is loaded again, or what came of it.

class RetoldJob extends HTMLElement {
  connectedCallback() {
    if (["done", "failed"].includes(this.dataset.state)) return;
    this.source = new EventSource(this.dataset.events);
    this.source.addEventListener("progress", (event) => this.show(JSON.parse(event.data)));
    this.source.addEventListener("end", (event) => this.end(JSON.parse(event.data)));
  }

  disconnectedCallback() {
    this.source?.close();
  }

  show({ step, done, total }) {
    const bar = this.querySelector("progress");
    if (total) Object.assign(bar, { max: total, value: done });
    else bar.removeAttribute("value");
    const count = total ? `, ${done.toLocaleString("en")} of ${total.toLocaleString("en")}` : "";
    this.querySelector("[data-step]").textContent = (step || "starting") + count;
  }

  end({ location }) {
    this.source.close();
    window.location.replace(location ?? window.location.href);
  }
}

customElements.define("retold-job", RetoldJob);
