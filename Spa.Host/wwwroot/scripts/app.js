import * as api from './api.js';
import { follow } from './live.js';
import { announce, show } from './page.js';
import { contactsCard } from './views/contacts.js';
import { loadingView } from './views/loading.js';
import { portalView } from './views/portal.js';
import { signedOutView } from './views/signed-out.js';
import { troubleView } from './views/trouble.js';

// What belongs to the view on the screen ends with it: calls under way, the live channel, timers.
let current = new AbortController();

function enter(view) {
  current.abort();
  current = new AbortController();
  show(view);
  return current.signal;
}

async function start() {
  const signal = enter(loadingView());
  const answer = await quietly(api.session(signal));
  if (signal.aborted) return;
  if (answer.kind === 'ok') portal(answer.data);
  else if (answer.kind === 'signed-out') enter(signedOutView('welcome'));
  else trouble(answer);
}

function trouble(answer) {
  const signal = enter(troubleView(answer, start));
  const timer = setTimeout(start, (answer.seconds ?? 5) * 1000);
  signal.addEventListener('abort', () => clearTimeout(timer));
}

function portal(session) {
  const view = portalView(session, signOut);
  const signal = enter(view);
  loadContacts(view, signal);
  follow({
    signal,
    onOpen: again => {
      view.setLive(true);
      if (again) checkSession(signal);
    },
    onLost: () => view.setLive(false),
    onEnded: reason => ended(reason),
  });
}

async function loadContacts(view, signal) {
  const card = contactsCard(() => loadContacts(view, signal));
  view.setContacts(card.waiting());
  const answer = await quietly(api.contacts(signal));
  if (signal.aborted) return;
  if (answer.kind === 'signed-out') return checkSession(signal);
  view.setContacts(answer.kind === 'ok' ? card.list(answer.data.contacts ?? []) : card.failed(answer));
  announce(answer.kind === 'ok' ? 'Contacts loaded' : 'Contacts could not be loaded');
}

// A 401 from the API alone does not say that the session is over: the BFF does.
async function checkSession(signal) {
  const answer = await quietly(api.session(signal));
  if (!signal.aborted && answer.kind === 'signed-out') ended(null);
}

// At once, then a second look: a sign-in in another tab may have put a new session in the place of this one.
async function ended(reason) {
  const signal = enter(signedOutView(reason ?? 'ended'));
  const answer = await quietly(api.session(signal));
  if (!signal.aborted && answer.kind === 'ok') portal(answer.data);
}

async function signOut() {
  enter(loadingView('Signing out…'));
  const answer = await api.logout();
  if (answer.kind === 'ok' && isWeb(answer.data.logoutUrl)) location.assign(answer.data.logoutUrl);
  else if (answer.kind === 'ok' || answer.kind === 'signed-out') enter(signedOutView('left'));
  else trouble(answer);
}

const isWeb = address => /^https?:\/\//.test(address ?? '');

// The only exception an api call has is our own abort, after which nobody looks at the answer.
const quietly = answer => answer.catch(() => ({ kind: 'aborted' }));

// Back after signing out would show the page as it was left: ask again instead.
addEventListener('pageshow', shown => shown.persisted && start());

start();
