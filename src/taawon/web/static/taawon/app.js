/* Everything here is a help: each page works without it. */
(() => {
  "use strict";
  const all = (selector, root = document) => root.querySelectorAll(selector);

  // The bar of a long upload, and another try when the network drops.
  function upload(form, button) {
    const bar = form.querySelector("progress");
    const error = form.querySelector("[data-upload-error]");
    const body = new FormData(form);
    if (button && button.name) body.append(button.name, button.value);
    const request = new XMLHttpRequest();
    let tries = 0;
    const show = (part, on) => { if (part) part.hidden = !on; };
    const send = () => {
      request.open("POST", form.action);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.send(body);
    };
    const fail = () => {
      if (++tries < 4) return setTimeout(send, 1500 * tries);
      show(bar, false);
      show(error, true);
      busy(form, false);
    };
    request.upload.onprogress = (event) => {
      if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
    };
    request.onerror = fail;
    request.onload = () => {
      if (request.status >= 502) return fail();
      history.replaceState(null, "", request.responseURL);
      document.open();
      document.write(request.responseText);
      document.close();
    };
    show(bar, true);
    show(error, false);
    busy(form, true);
    send();
  }

  function busy(form, on) {
    all("button", form).forEach((button) => button.setAttribute("aria-busy", on));
  }

  // "+" of a card: stays on the page, counts in the header.
  async function add(form) {
    const button = form.querySelector("button");
    const say = document.getElementById("live");
    busy(form, true);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw answer;
      if (!(answer.headers.get("Content-Type") || "").includes("json")) return location.assign(answer.url);
      const news = await answer.json();
      all("[data-basket-count]").forEach((count) => {
        count.textContent = news.count;
        count.hidden = false;
      });
      const drawing = button.querySelector("use");
      if (drawing) drawing.setAttribute("href", drawing.getAttribute("href").replace("#plus", "#check"));
      button.classList.add("add--done");
      if (say) say.textContent = news.message || "";
    } catch (_) {
      form.submit(); // nothing was added: the page that answers says why
    }
    busy(form, false);
  }

  // What stands in a field, to be pasted elsewhere.
  async function copy(button) {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch (_) {
      document.execCommand("copy"); // without TLS there is no other way
    }
    button.querySelector("span").textContent = button.dataset.done;
  }

  // Saved as one types: sent a second after the last key.
  const waiting = new WeakMap();
  function save(form) {
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(async () => {
      const note = form.querySelector("[data-saved]");
      const body = new FormData(form);
      all("input[type=file]", form).forEach((input) => body.delete(input.name));
      let kept = false;
      try {
        kept = (await fetch(form.dataset.autosave || form.action, {
          method: "POST",
          body,
          headers: { "X-Autosave": "1" },
        })).ok;
      } catch (_) { /* said below */ }
      if (note) note.textContent = kept ? note.dataset.saved : note.dataset.failed;
    }, 1000));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-add]")) {
      event.preventDefault();
      add(form);
    } else if (form.matches("[data-upload]")) {
      event.preventDefault();
      upload(form, event.submitter);
    } else if (form.method === "post") {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, 4000);
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) {
      const input = button.parentElement.querySelector("input");
      const value = (parseInt(input.value, 10) || 0) + Number(button.dataset.step);
      input.value = Math.min(Math.max(value, Number(input.min) || 0), Number(input.max) || 999);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (event.target.closest("[data-print]")) {
      print();
    }
    const taken = event.target.closest("[data-copy]");
    if (taken) copy(taken);
    const words = event.target.closest("[data-fill]");
    const field = words && document.getElementById(words.dataset.fill);
    if (field) {
      event.preventDefault();
      field.value = words.textContent;
      field.focus();
    }
    all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (form) save(form);
  });

  // The lines below the search field: arrows walk through them, Escape takes them away.
  document.addEventListener("keydown", (event) => {
    const find = event.target.closest(".find");
    if (!find || !/^(Escape|Arrow(Up|Down))$/.test(event.key)) return;
    const field = find.querySelector("input[type=search]");
    const stops = [field, ...all(".offers a", find)];
    if (event.key === "Escape") {
      find.querySelector(".offers")?.replaceChildren();
      field.focus();
    } else if (stops.length > 1) {
      event.preventDefault();
      const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      stops[(next + stops.length) % stops.length].focus();
    }
  });

  // A choice that sends its form: sorting, a quantity.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form || !event.target.matches("[data-submit], [data-submit] input")) return;
    if (form.requestSubmit) form.requestSubmit();
    else form.submit();
  });

  function start(root) {
    all("[data-countdown]", root).forEach((label) => {
      let left = Number(label.dataset.countdown);
      const button = document.getElementById(label.dataset.enables);
      if (button) button.disabled = left > 0;
      const tick = setInterval(() => {
        label.textContent = Math.max(--left, 0);
        if (left > 0) return;
        clearInterval(tick);
        if (button) button.disabled = false;
      }, 1000);
    });
    all("[data-copy]", root).forEach((button) => { button.hidden = false; });
    const summary = root.querySelector(".error-summary");
    if (summary) summary.focus();
  }

  // A page that nobody looks at asks for no news.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.target.matches("[data-poll]")) event.preventDefault();
  });

  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) start(event.detail.elt);
  });
  addEventListener("DOMContentLoaded", () => start(document));
  if ("serviceWorker" in navigator) addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
})();
