/* Small comforts. Every page reads and submits without this file. ES2019, no inline handlers anywhere. */
(function () {
  "use strict";

  const root = document.documentElement;
  root.classList.add("has-script");
  const YEAR = 31536000;

  function each(selector, work, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), work);
  }

  // 大字版: remembered in the cookie `size`, from which the server writes data-size.
  function showSize() {
    const large = root.dataset.size === "large";
    each("[data-size-toggle]", function (button) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(large));
    });
  }

  function toggleSize() {
    const large = root.dataset.size !== "large";
    if (large) root.dataset.size = "large";
    else delete root.dataset.size;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = "size=" + (large ? "large" : "normal") + "; path=/; max-age=" + YEAR + "; SameSite=Lax" + secure;
    showSize();
  }

  // On narrow screens the list of rooms opens under its button.
  function toggleMenu(link) {
    const side = document.getElementById(link.hash.slice(1));
    const open = side.classList.toggle("is-open");
    document.body.classList.toggle("menu-open", open);
    link.setAttribute("aria-expanded", String(open));
    if (open) side.querySelector("a").focus();
  }

  // A question before an act that is hard to take back.
  function ask(question, go) {
    const dialog = document.getElementById("ask");
    if (!dialog || !dialog.showModal) {
      if (window.confirm(question)) go();
      return;
    }
    dialog.querySelector("[data-question]").textContent = question;
    dialog.returnValue = "";
    dialog.onclose = function () {
      dialog.onclose = null;
      if (dialog.returnValue === "yes") go();
    };
    dialog.showModal();
  }

  function questionOf(form, submitter) {
    return (submitter && submitter.dataset.confirm) || form.dataset.confirm || "";
  }

  let pressed = null; // Safari before 15.4 has no event.submitter
  function submitterOf(event) {
    if (event.submitter !== undefined) return event.submitter;
    return pressed && pressed.form === event.target ? pressed : null;
  }

  function resume(form, submitter) {
    form.dataset.answered = "yes";
    if (form.requestSubmit) form.requestSubmit(submitter || undefined);
    else HTMLFormElement.prototype.submit.call(form);
  }

  // A field called "method" would hide form.method.
  function methodOf(form) {
    return (form.getAttribute("method") || "get").toLowerCase();
  }

  // One click, one request: the buttons of a sent form rest until an answer comes.
  function rest(form) {
    form.dataset.sent = "yes";
    window.setTimeout(function () {
      each("button:not([type=button]), input[type=submit]", function (button) {
        if (button.disabled) return;
        button.disabled = true;
        button.dataset.resting = "yes";
      }, form);
    }, 0);
  }

  function wake(within) {
    each("[data-resting]", function (button) {
      button.disabled = false;
      delete button.dataset.resting;
    }, within);
    each("form[data-sent]", function (form) { delete form.dataset.sent; }, within);
    if (within && within.dataset && within.dataset.sent) delete within.dataset.sent;
  }

  // Signed in again in another window: the form's own token is of the session before.
  function renewToken(form) {
    const field = form.querySelector("input[name=csrfmiddlewaretoken]");
    const found = /(?:^|; )csrftoken=([A-Za-z0-9]+)/.exec(document.cookie);
    if (field && found) field.value = found[1];
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    const submitter = submitterOf(event);
    const question = questionOf(form, submitter);
    if (methodOf(form) === "dialog") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (question && !form.dataset.answered) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(question, function () { resume(form, submitter); });
      return;
    }
    delete form.dataset.answered;
    delete form.dataset.unsaved;
    if (methodOf(form) === "post") renewToken(form);
    if (methodOf(form) === "post" && !("again" in form.dataset)) rest(form);
  }, true);

  document.addEventListener("invalid", function (event) {
    if (event.target.form) delete event.target.form.dataset.answered;
  }, true);

  document.addEventListener("click", function (event) {
    const target = event.target.closest ? event.target : null;
    if (!target) return;
    const button = target.closest("button, input[type=submit]");
    if (button) pressed = button;
    if (target.closest("[data-size-toggle]")) toggleSize();
    if (target.closest("[data-print]")) window.print();
    const menu = target.closest("a[data-menu]");
    if (menu) {
      event.preventDefault();
      toggleMenu(menu);
    }
  });

  // Ticking all rows of a table, and saying how many are ticked.
  function showPicked(scope) {
    const picked = scope.querySelectorAll("tbody input[type=checkbox]:checked").length;
    const total = scope.querySelectorAll("tbody input[type=checkbox]:not(:disabled)").length;
    each("[data-select-all]", function (box) {
      box.checked = total > 0 && picked === total;
      box.indeterminate = picked > 0 && picked < total;
    }, scope);
    each("[data-picked-count]", function (place) { place.textContent = String(picked); }, scope.closest("form") || scope);
  }

  document.addEventListener("change", function (event) {
    const box = event.target;
    const table = box.closest("table");
    if (box.matches("[data-select-all]")) {
      each("tbody input[type=checkbox]:not(:disabled)", function (row) { row.checked = box.checked; }, table);
    }
    if (table && box.type === "checkbox") showPicked(table);
    if (box.matches("select[data-submit]")) resume(box.form, null);
    markUnsaved(event);
  });

  // Leaving a form with unsaved words asks first.
  function markUnsaved(event) {
    const form = event.target.form;
    if (form && "guard" in form.dataset) form.dataset.unsaved = "yes";
  }
  document.addEventListener("input", markUnsaved);
  window.addEventListener("beforeunload", function (event) {
    if (!document.querySelector("form[data-unsaved]")) return;
    event.preventDefault();
    event.returnValue = "";
  });

  // Back from another page: a form kept by the browser can be sent again.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) wake(document);
  });

  // htmx: the same questions, the same token, the same rest.
  document.addEventListener("htmx:confirm", function (event) {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, function () { event.detail.issueRequest(true); });
  });
  document.addEventListener("htmx:configRequest", function (event) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    wake(event.detail.elt);
  });
  // A refusal (4xx) is a page fragment like any other: show it where the answer belongs.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const status = event.detail.xhr.status;
    if (status === 409 || status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  function say(sentence) {
    const place = document.getElementById("messages");
    const model = document.getElementById("message-error");
    if (!place || !model) return;
    const message = model.content.cloneNode(true);
    message.querySelector("p").textContent = sentence;
    place.appendChild(message);
    place.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:sendError", function () { say("网络不通，没有送出。请检查网络后再试。"); });
  document.addEventListener("htmx:responseError", function (event) {
    say("没有办成（" + event.detail.xhr.status + "）。请刷新页面后再试；还不行，请联系系统管理员。");
  });

  showSize();
  each("select[data-submit]", function (select) {
    each("[data-without-script]", function (button) { button.hidden = true; }, select.form);
  });
  each("table", function (table) {
    if (table.querySelector("[data-select-all]")) showPicked(table);
  });
  // A refused form is read from its list of what to correct.
  const refused = document.querySelector("[data-refused]");
  if (refused) refused.focus();
})();
