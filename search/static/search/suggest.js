// Suggestions while somebody types: a combobox with a list (WAI-ARIA APG, "list autocomplete with
// manual selection"). Without this script the form works as it is. Texts come as data and are set
// as text, never as HTML.
(function () {
  "use strict";
  var MIN_LETTERS = 2;
  var PAUSE = 120; // milliseconds without a key before we ask

  function element(name, attributes, parent) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) {
      made.setAttribute(key, attributes[key]);
    });
    return parent.appendChild(made);
  }

  // Where a suggestion leads: an item to its page, anything else to the search it stands for.
  function addressOf(item, form) {
    if (item.url) {
      return item.url;
    }
    var address = new URL(form.action, document.baseURI);
    address.search = new URLSearchParams(item.parameters).toString();
    return address.href;
  }

  function attach(input) {
    var place = input.parentElement;
    var name = input.id + "-suggestions";
    var list = element("ul", { id: name, class: "suggestions", role: "listbox", hidden: "" }, place);
    var status = element("div", { class: "visually-hidden", role: "status" }, place);
    var items = [];
    var active = -1;
    var timer = 0;
    var request = null;

    place.classList.add("has-suggestions");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", name);
    input.setAttribute("aria-expanded", "false");

    function activate(number) {
      active = number;
      Array.prototype.forEach.call(list.children, function (option, at) {
        option.setAttribute("aria-selected", String(at === number));
      });
      if (number < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", list.children[number].id);
        list.children[number].scrollIntoView({ block: "nearest" });
      }
    }

    function close() {
      window.clearTimeout(timer);
      if (request) {
        request.abort();
        request = null;
      }
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      activate(-1);
    }

    function show(found) {
      items = found;
      list.replaceChildren();
      items.forEach(function (item, at) {
        var option = element("li", { id: name + "-" + at, role: "option" }, list);
        var text = element("span", { class: "suggestions__text", lang: item.language, dir: "auto" }, option);
        text.textContent = item.text;
        if (item.detail) {
          option.append(" ");
          element("span", { class: "suggestions__detail" }, option).textContent = item.detail;
        }
      });
      activate(-1);
      list.hidden = items.length === 0;
      input.setAttribute("aria-expanded", String(items.length > 0));
      status.textContent = input.dataset.suggestNumber.replace("{number}", items.length);
    }

    function ask() {
      var address = new URL(input.dataset.suggest, document.baseURI);
      address.searchParams.set("q", input.value.trim());
      address.searchParams.set("lang", document.documentElement.lang);
      request = new AbortController();
      fetch(address, { signal: request.signal })
        .then(function (response) {
          return response.ok ? response.json() : { items: [] };
        })
        .then(function (answer) {
          show(answer.items);
        })
        .catch(function () {
          // Asked again meanwhile, or no network: the form still works.
        });
    }

    function typed() {
      close();
      if (input.value.trim().length >= MIN_LETTERS) {
        timer = window.setTimeout(ask, PAUSE);
      } else {
        status.textContent = "";
      }
    }

    function choose(number) {
      close();
      window.location.assign(addressOf(items[number], input.form));
    }

    input.addEventListener("input", typed);
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);
    input.addEventListener("keydown", function (event) {
      var count = items.length;
      if (event.isComposing || list.hidden) {
        if (event.key === "ArrowDown" && !event.isComposing && list.hidden && input.value.trim()) {
          event.preventDefault();
          typed();
        }
        return;
      }
      if (event.key === "ArrowDown") {
        activate(active + 1 < count ? active + 1 : -1);
      } else if (event.key === "ArrowUp") {
        activate(active < 0 ? count - 1 : active - 1);
      } else if (event.key === "Enter" && active >= 0) {
        choose(active);
      } else if (event.key === "Escape") {
        close();
      } else {
        return;
      }
      event.preventDefault();
    });
    // The input keeps the focus while the list is used with a pointer.
    list.addEventListener("mousedown", function (event) {
      event.preventDefault();
    });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) {
        choose(Array.prototype.indexOf.call(list.children, option));
      }
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(attach);
})();
