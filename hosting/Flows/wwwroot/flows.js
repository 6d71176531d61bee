// Keeps the page as it is on the server, while the person reads on: open details stay open, the place stays.
const live = document.getElementById('live');
let wanted = 0, busy = false, shown = live.innerHTML;

async function refresh() {
  if (busy || document.hidden || wanted <= Number(live.dataset.version)) return;
  busy = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
    live.dataset.version = next.dataset.version;
    if (shown !== next.innerHTML) {
      shown = next.innerHTML;
      const open = new Set([...live.querySelectorAll('details[open]')].map(step => step.getAttribute('name')));
      next.querySelectorAll('details').forEach(step => { step.open = open.has(step.getAttribute('name')); });
      const left = live.querySelector('.diagram')?.scrollLeft ?? 0;
      const focused = document.activeElement?.getAttribute?.('href');
      live.replaceChildren(...next.childNodes);
      if (left) live.querySelector('.diagram').scrollLeft = left;
      if (focused) [...live.querySelectorAll('a')].find(link => link.getAttribute('href') === focused)?.focus({ preventScroll: true });
      prepare();
    }
  } finally {
    busy = false;
  }
}

function prepare() {
  live.querySelectorAll('time').forEach(time => { time.title = new Date(time.dateTime).toLocaleString(); });
  live.querySelectorAll('[data-copy]').forEach(button => {
    button.hidden = !navigator.clipboard;
    button.onclick = async () => {
      await navigator.clipboard.writeText(await (await fetch(button.dataset.copy)).text());
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy SVG'; }, 1500);
    };
  });
}

// An arrow opens its step.
function reveal() {
  const step = location.hash.startsWith('#step-') && document.getElementById(location.hash.slice(1));
  if (!step) return;
  step.closest('details').open = true;
  step.closest('details').scrollIntoView({ block: 'nearest' });
}

prepare();
reveal();
addEventListener('hashchange', reveal);
document.addEventListener('visibilitychange', refresh);
new EventSource('/changes').addEventListener('changed', event => {
  wanted = Number(event.data);
  refresh();
});
