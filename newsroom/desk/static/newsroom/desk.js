// Keeps the distances on the dashboard up to date. Without it they are those of the page's loading.
(function () {
  "use strict";
  var UNITS = [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  var words = new Intl.RelativeTimeFormat(document.documentElement.lang || "de", { numeric: "always" });

  function distance(seconds) {
    var unit = UNITS.find(function (each) {
      return Math.abs(seconds) >= each[1];
    }) || UNITS[3];
    return words.format(Math.trunc(seconds / unit[1]), unit[0]);
  }

  function tick() {
    document.querySelectorAll("[data-desk-countdown]").forEach(function (place) {
      var at = Date.parse(place.dataset.deskCountdown);
      if (!Number.isNaN(at)) {
        place.textContent = distance(Math.round((at - Date.now()) / 1000));
      }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    tick();
    window.setInterval(tick, 1000);
  });
})();
