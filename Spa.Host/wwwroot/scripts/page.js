// The frame around the views: one view at a time, its heading focused, its arrival announced.

const main = document.getElementById('main');
const account = document.getElementById('account');
const status = document.getElementById('status');
let shownBefore = false;

// view: { title, content: Node[], account: Node[] }. What was on the screen before is gone from the document.
export function show(view) {
  main.replaceChildren(...view.content);
  account.replaceChildren(...(view.account ?? []));
  document.title = view.title === 'Portal' ? 'Portal' : `${view.title} · Portal`;
  main.setAttribute('aria-busy', view.busy ? 'true' : 'false');
  announce(view.title);

  const heading = main.querySelector('h1');
  heading?.setAttribute('tabindex', '-1');
  // The first view arrives with the page itself: whoever uses the keyboard starts at the top, with the skip link.
  if (shownBefore) heading?.focus({ preventScroll: true });
  if (shownBefore) scrollTo(0, 0);
  shownBefore ||= !view.busy;
}

export function announce(text) {
  status.textContent = text;
}
