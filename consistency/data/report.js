// The page reads without this. It adds: the drawn link, filters, the keys, values on hover and focus.
// All state is the fragment: "#l3&relation=updated&kind=time,place", so that a link to it can be sent.
(() => {
  "use strict";
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const get = (id) => document.getElementById(id);
  const make = (tag, name) => Object.assign(document.createElement(tag), { className: name });
  const lines = find(".line");
  const rows = find(".row:not(.heads)");
  const chips = find(".chip");
  const entries = find(".changes li");
  const places = new Set(entries.map((entry) => get(hrefOf(entry.querySelector("a")))));
  const changes = find(".line, .fact").filter((element) => places.has(element)); // in the order of the page
  const GROUPS = ["relation", "nature", "kind"];

  function hrefOf(link) {
    return link.getAttribute("href").slice(1);
  }

  // ---- State
  let state = read();

  function read() {
    const [at, ...rest] = location.hash.slice(1).split("&");
    const told = new URLSearchParams(at.includes("=") ? [at, ...rest].join("&") : rest.join("&"));
    const known = (group) => chips.filter((chip) => chip.dataset.group === group).map((chip) => chip.dataset.word);
    const asked = (group) => (told.get(group) || "").split(",");
    const chosen = GROUPS.map((group) => [group, new Set(known(group).filter((word) => asked(group).includes(word)))]);
    return { at: at.includes("=") ? "" : at, keys: told.get("keys") !== "off", ...Object.fromEntries(chosen) };
  }

  function write(remember) {
    const parts = GROUPS.filter((group) => state[group].size).map((group) => `${group}=${[...state[group]].join(",")}`);
    const fragment = "#" + [state.at, ...parts, state.keys ? "" : "keys=off"].filter(Boolean).join("&");
    if (fragment !== (location.hash || "#")) history[remember ? "pushState" : "replaceState"](null, "", fragment);
  }

  // ---- Filters
  const passes = (relation, told) =>
    (!state.relation.size || state.relation.has(relation)) &&
    ((!state.nature.size && !state.kind.size) ||
      told.some(([kind, nature]) => (!state.kind.size || state.kind.has(kind)) && (!state.nature.size || state.nature.has(nature))));
  const relations = new Set(chips.filter((chip) => chip.dataset.group === "relation").map((chip) => chip.dataset.word));
  const relationOf = new Map(lines.map((line) => [line, [...line.classList].find((word) => relations.has(word))]));

  function filter() {
    for (const chip of chips) chip.setAttribute("aria-pressed", state[chip.dataset.group].has(chip.dataset.word));
    for (const line of lines) {
      const told = (line.dataset.changes || "").split(" ").map((change) => change.split(":"));
      line.hidden = !passes(relationOf.get(line), told);
    }
    for (const cell of rows.flatMap((row) => [...row.children])) {
      const label = cell.querySelector(".side");
      if (label) label.hidden = !cell.querySelector(".line:not([hidden])");
    }
    for (const row of rows) row.hidden = !row.querySelector(".line:not([hidden])");
    for (const entry of entries) entry.hidden = !passes(entry.dataset.relation, [[entry.dataset.kind, entry.dataset.nature]]);
    const shown = lines.filter((line) => !line.hidden).length;
    get("all").hidden = shown === lines.length;
    return `Showing ${shown} of ${lines.length} sentences.`;
  }

  // ---- One pair in view
  const thread = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const peek = make("a", "peek");
  thread.setAttribute("class", "thread");
  thread.setAttribute("aria-hidden", "true");
  thread.append(path);
  document.body.append(thread, peek);
  peek.hidden = true;
  let ends = []; // the two lines that the thread joins: where the reader is, and its counterpart

  const lineOf = (id) => get(id)?.closest(".line");
  const linkOf = (element) => (element.matches(".fact") ? element : element.querySelector("a.sign"));

  function choose() {
    const here = get(state.at);
    const line = here?.closest(".line");
    for (const other of find(".chosen")) other.classList.remove("chosen");
    ends = [];
    if (line && !line.hidden) {
      const link = linkOf(here) || line.querySelector("a.sign");
      const there = link && lineOf(hrefOf(link));
      ends = there && there !== line ? [line, there] : [line];
      for (const end of ends) end.classList.add("chosen");
      for (const other of find(`[data-pair="${line.dataset.pair}"]`)) other.classList.add("chosen");
      thread.setAttribute("class", `thread ${toneOf(line)}`);
      show(line);
    }
    const number = visibleChanges().indexOf(here);
    get("position").textContent = `${number + 1 || "–"} / ${visibleChanges().length}`;
    draw();
  }

  const toneOf = (line) => `${relationOf.get(line)} ${line.classList.contains("conflict") ? "conflict" : ""}`;
  const visibleChanges = () => changes.filter((element) => !element.closest(".line").hidden);

  function top() {
    return get("bar").getBoundingClientRect().height;
  }

  function show(element) {
    const box = element.getBoundingClientRect();
    if (box.top < top() || box.bottom > innerHeight) element.scrollIntoView({ block: "center" });
  }

  function draw() {
    path.setAttribute("d", "");
    peek.hidden = true;
    if (ends.length < 2) return;
    const boxes = ends.map((line) => line.getBoundingClientRect());
    const inView = (box) => box.bottom > top() && box.top < innerHeight;
    if (!boxes.some(inView)) return;
    const away = boxes.findIndex((box) => !inView(box));
    if (away >= 0) boxes[away] = showPeek(ends[away], boxes[away]);
    path.setAttribute("d", join(boxes));
  }

  function join([one, two]) {
    const middle = (box) => (Math.max(box.top, top()) + Math.min(box.bottom, innerHeight)) / 2;
    if (Math.abs(one.left - two.left) < 8) { // one column: a bracket in its margin
      const edge = one.left + 1;
      return `M${edge + 6},${middle(one)} H${edge} V${middle(two)} H${edge + 6}`;
    }
    const [left, right] = one.left < two.left ? [one, two] : [two, one];
    const centre = (left.right + right.left) / 2;
    return `M${left.right},${middle(left)} C${centre},${middle(left)} ${centre},${middle(right)} ${right.left},${middle(right)}`;
  }

  const labels = [...document.querySelectorAll(".bar .label b")].map((label) => label.textContent);

  function showPeek(line, box) {
    const above = box.bottom <= top();
    const label = make("b", "");
    label.textContent = `${above ? "↑" : "↓"} ${labels[line.id[0] === "l" ? 0 : 1]} ${line.id.slice(1)}`;
    const told = line.querySelector(".text").textContent;
    peek.replaceChildren(label, told.length > 280 ? `${told.slice(0, 279)}…` : told);
    peek.href = `#${line.id}`;
    peek.className = `peek ${toneOf(line)}`;
    peek.hidden = false;
    Object.assign(peek.style, { left: `${box.left}px`, width: `${box.width}px` });
    Object.assign(peek.style, above ? { top: `${top() + 8}px`, bottom: "auto" } : { top: "auto", bottom: "12px" });
    return peek.getBoundingClientRect();
  }

  function go(id, remember = true) {
    const target = get(id);
    if (!target) return;
    if (target.closest(".line")?.hidden) for (const group of GROUPS) state[group].clear();
    state.at = id;
    write(remember);
    filter();
    choose();
    const link = linkOf(target);
    link?.focus({ preventScroll: true });
    const line = target.closest(".line");
    if (line) tell(`${line.querySelector(".unseen").textContent}. ${visibleChanges().indexOf(target) >= 0 ? describe(target) : ""}`);
  }

  function step(by) {
    const all = visibleChanges();
    if (!all.length) return;
    const here = all.indexOf(get(state.at));
    go(all[here < 0 ? (by > 0 ? 0 : all.length - 1) : (here + by + all.length) % all.length].id);
  }

  function tell(text) {
    get("status").textContent = text;
  }

  // ---- The values of a changed fact
  const tip = make("div", "tip");
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);

  function describe(element) {
    const ids = (element.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
    return ids.map((id) => `${get(id).dataset.kind}, ${get(id).dataset.nature}: ${get(id).querySelector("a").textContent}`).join("\n");
  }

  function showTip(fact) {
    tip.textContent = describe(fact);
    tip.hidden = false;
    const box = fact.getClientRects()[0];
    const size = tip.getBoundingClientRect();
    const left = Math.max(16, Math.min(box.left, fact.closest(".line").getBoundingClientRect().right - size.width));
    const low = fact.getBoundingClientRect().bottom;
    const over = low + size.height > innerHeight;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(over ? box.top - size.height : low) + scrollY}px`;
  }

  const hideTip = () => { tip.hidden = true; };

  // ---- What the reader does
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]:not(.skip)');
    const line = event.target.closest(".line");
    if (!link && (!line || !getSelection().isCollapsed)) return;
    const target = link ? hrefOf(link) : line.querySelector("a.sign") && hrefOf(line.querySelector("a.sign"));
    if (!target || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(target);
  });
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      const words = state[chip.dataset.group];
      if (!words.delete(chip.dataset.word)) words.add(chip.dataset.word);
      write(false);
      tell(filter());
      choose();
    });
  }
  get("all").addEventListener("click", () => {
    for (const group of GROUPS) state[group].clear();
    write(false);
    tell(filter());
    choose();
    get("next").focus();
  });
  get("next").addEventListener("click", () => step(1));
  get("previous").addEventListener("click", () => step(-1));
  get("keys").addEventListener("change", (event) => {
    state.keys = event.target.checked;
    write(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !tip.hidden) hideTip();
    else if (event.key === "Escape") {
      state.at = "";
      write(false);
      choose();
    } else if (state.keys && event.key === "n") step(1);
    else if (state.keys && event.key === "p") step(-1);
  });
  for (const [come, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(come, (event) => {
      const fact = event.target.closest?.(".fact");
      if (fact) showTip(fact);
    });
    document.addEventListener(leave, (event) => {
      if (event.target.closest?.(".fact, .tip") && !event.relatedTarget?.closest?.(".tip, .fact")) hideTip();
    });
  }
  addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  addEventListener("resize", draw);
  addEventListener("popstate", start);
  addEventListener("hashchange", start);

  function start() {
    state = read();
    get("keys").checked = state.keys;
    filter();
    choose();
  }

  document.querySelector(".filters").disabled = false;
  for (const hidden of find(".controls, .keys")) hidden.hidden = false;
  start();
})();
