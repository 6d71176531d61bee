import * as api from './api.js';
import { departure, forgetDeparture, rememberDeparture } from './departure.js';
import { follow } from './live.js';
import { announce, show } from './page.js';
import { showSessions } from './sessions-list.js';
import { signInSilently } from './silent.js';
import { contactsView } from './views/contacts.js';
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
  let answer = await api.session(signal);
  if (answer.kind === 'signed-out' && !answer.anew && !departure() && await signInSilently(signal)) answer = await api.session(signal);
  if (signal.aborted) return;
  if (answer.kind === 'ok') portal(answer.data);
  else if (answer.kind === 'signed-out') enter(signedOutView(answer.anew ? 'anew' : 'welcome'));
  else trouble(answer);
}

function trouble(answer) {
  const signal = enter(troubleView(answer, start));
  const timer = setTimeout(start, (answer.seconds ?? 5) * 1000);
  signal.addEventListener('abort', () => clearTimeout(timer));
}

function portal(session) {
  forgetDeparture();
  const view = portalView(session, signOut);
  const signal = enter(view);
  loadContacts(view.contacts, signal);
  showSessions({ section: view.sessions, signal, onSignedOut: () => checkSession(signal) });
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

async function loadContacts(section, signal) {
  const view = contactsView(() => loadContacts(section, signal));
  section.set(view.waiting());
  const answer = await api.contacts(signal);
  if (signal.aborted) return;
  if (answer.kind === 'signed-out') return checkSession(signal);
  section.set(answer.kind === 'ok' ? view.list(answer.data.contacts ?? []) : view.failed(answer));
  announce(answer.kind === 'ok' ? 'Contacts loaded' : 'Contacts could not be loaded');
}

// A 401 from the API alone does not say that the session is over: the BFF does.
async function checkSession(signal) {
  const answer = await api.session(signal);
  if (!signal.aborted && answer.kind === 'signed-out') ended(answer.anew ? 'anew' : null);
}

// At once, then a second look: a sign-in in another tab may have put a new session in the place of this one.
async function ended(reason) {
  const left = departure() === 'left';
  if (reason === 'revoked' && !left) rememberDeparture('ended');
  const signal = enter(signedOutView(left ? 'left' : reason ?? 'ended'));
  const answer = await api.session(signal);
  if (!signal.aborted && answer.kind === 'ok') portal(answer.data);
}

async function signOut() {
  rememberDeparture('left'); // before the other tabs hear of the end
  enter(loadingView('Signing out…'));
  const answer = await api.logout();
  if (answer.kind === 'ok' && isWeb(answer.data.logoutUrl)) location.assign(answer.data.logoutUrl);
  else if (answer.kind === 'ok' || answer.kind === 'signed-out') enter(signedOutView('left'));
  else stay(answer);
}

function stay(answer) {
  forgetDeparture();
  trouble(answer);
}

const isWeb = address => /^https?:\/\//.test(address ?? '');

// Back after signing out would show the page as it was left: ask again instead.
addEventListener('pageshow', shown => shown.persisted && start());

start();
