/* Reads the findings anew after each time the draft is stored, and leads to their fields. */
(() => {
  // What gets the focus in a part of the form that is no single field, the best one first.
  const TARGETS = ["[contenteditable=true]", "input:not([type=hidden])", "button:not([data-panel-toggle])"];

  const fieldOf = (name) =>
    document.getElementById(`id_${name}`) ||
    document.getElementById(`id_${name}-FORMS`) ||
    document.querySelector(`[name="${name}-count"]`);

  const goTo = (name) => {
    const field = fieldOf(name);
    if (!field) return false;
    const section = field.closest("section") || field;
    const toggle = section.querySelector("[data-panel-toggle][aria-expanded=false]");
    if (toggle) toggle.click();
    section.scrollIntoView({ block: "start", behavior: "smooth" });
    const target = field.matches("input:not([type=hidden]), textarea, select")
      ? field
      : TARGETS.map((selector) => section.querySelector(selector)).find(Boolean);
    if (target) target.focus({ preventScroll: true });
    return true;
  };

  let asked = 0; // answers may overtake each other: only the last question's counts

  const refresh = async (panel, query) => {
    const { page, url } = panel.dataset;
    if (!page) return;
    const turn = ++asked;
    const failed = panel.querySelector("[data-preflight-failed]");
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url.replace("/0/", `/${page}/`) + query, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const findings = await answer.text();
      if (turn !== asked) return;
      panel.querySelector("[data-preflight-findings]").innerHTML = findings;
      failed.hidden = true;
      panel.querySelectorAll("button").forEach((button) => { button.hidden = false; });
    } catch {
      if (turn !== asked) return;
      failed.hidden = false;
    }
    panel.removeAttribute("aria-busy");
  };

  const panelOf = () => document.querySelector("[data-preflight]");

  document.addEventListener("click", (event) => {
    const panel = event.target.closest("[data-preflight]");
    if (!panel) return;
    const link = event.target.closest("[data-preflight-field]");
    if (link && goTo(link.dataset.preflightField)) event.preventDefault();
    if (event.target.closest("[data-preflight-refresh]")) refresh(panel, "");
    if (event.target.closest("[data-preflight-links]")) refresh(panel, "?links=1");
  });

  // What the platform's form takes for stored after each autosave is what stands there now. What
  // was written while the request was under way would wait for the next change: store it at once.
  const NOT_WRITTEN = /^(csrfmiddlewaretoken|next|loaded_|overwrite_|comments-)|-(id|INITIAL_FORMS)$/;
  const written = (data) =>
    JSON.stringify([...data].filter(([name]) => !NOT_WRITTEN.test(name)).map(([name, value]) => [name, value.name || value]));
  let sent = "";

  document.addEventListener("w-autosave:save", (event) => {
    sent = written(event.detail.formData);
  });

  document.addEventListener("w-autosave:success", (event) => {
    if (event.target instanceof HTMLFormElement && written(new FormData(event.target)) !== sent) {
      const detail = { type: "edits" };
      event.target.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail }));
    }
    const panel = panelOf();
    if (!panel) return;
    const stored = event.detail && event.detail.data && event.detail.data.pk;
    if (stored) panel.dataset.page = stored;
    refresh(panel, "");
  });
})();
