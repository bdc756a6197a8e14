// Copies the text that a button names; without this file it is selected and copied by hand.
document.addEventListener('click', function (event) {
  var button = event.target.closest('[data-copy]');
  if (!button) { return; }
  var field = document.getElementById(button.dataset.copy);
  var done = function () {
    var label = button.textContent;
    button.textContent = 'Copied';
    setTimeout(function () { button.textContent = label; }, 2000);
  };
  if (field.select) { field.select(); }
  if (navigator.clipboard) { navigator.clipboard.writeText(field.value || field.textContent).then(done); } else if (document.execCommand('copy')) { done(); }
});

// An invitation's code stands behind the #, which no browser sends: it goes into the field, and out of the address.
(function () {
  var field = document.getElementById('code');
  if (!field || location.pathname !== '/first-password' || location.hash.length < 2) { return; }
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', location.pathname);
})();
