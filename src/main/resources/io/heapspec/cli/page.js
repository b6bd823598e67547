
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = id => document.getElementById(id);
  const make = (name, text, type) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (type) element.className = type;
    return element;
  };

  document.title = data.title + " - HeapSpec";
  at("title").textContent = data.title;
  at("left").textContent = data.left;
  data.summary.forEach(line => at("summary").append(make("p", line)));

  // Details hang on the first text, which is a class or an object.
  const named = data.columns.findIndex(column => column.text);
  const rows = data.rows.map((row, index) => {
    const element = make("tr");
    row.cells.forEach((text, i) => {
      const cell = make("td", undefined, data.columns[i].text ? "text" : "");
      if (i === named && row.details.length) {
        const details = make("details");
        details.append(make("summary", text), make("pre", row.details.join("\n")));
        cell.append(details);
      } else {
        cell.textContent = text;
      }
      element.append(cell);
    });
    const words = row.cells.concat(row.details).join("\n").toLowerCase();
    return { element, index, words, order: row.order, details: element.querySelector("details") };
  });

  const show = () => {
    const wanted = at("filter").value.trim().toLowerCase();
    let shown = 0;
    rows.forEach(row => {
      row.element.hidden = !row.words.includes(wanted);
      if (!row.element.hidden) shown++;
    });
    at("count").textContent = shown === rows.length ? rows.length + " rows" : shown + " of " + rows.length + " rows";
  };

  const compare = (a, b) => typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0;
  const sort = (head, column, direction) => {
    at("columns").querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    rows.sort((a, b) => direction * compare(a.order[column], b.order[column]) || a.index - b.index);
    at("rows").append(...rows.map(row => row.element));
  };

  data.columns.forEach((column, i) => {
    const head = make("th", undefined, column.text ? "text" : "");
    head.scope = "col";
    const button = make("button", column.name);
    button.type = "button";
    button.addEventListener("click", () => {
      const first = column.text ? 1 : -1;
      const now = head.getAttribute("aria-sort");
      const isFirst = now === (first > 0 ? "ascending" : "descending");
      sort(head, i, isFirst ? -first : first);
    });
    head.append(button);
    at("columns").append(head);
  });

  const toggle = open => rows.forEach(row => { if (row.details && !row.element.hidden) row.details.open = open; });
  at("open").addEventListener("click", () => toggle(true));
  at("close").addEventListener("click", () => toggle(false));
  if (!rows.some(row => row.details)) at("open").hidden = at("close").hidden = true;
  at("filter").addEventListener("input", show);
  at("rows").append(...rows.map(row => row.element));
  show();
})();
