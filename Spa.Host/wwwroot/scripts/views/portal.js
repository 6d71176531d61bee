import { el, icon, moment } from '../dom.js';
import { section } from './section.js';

export function portalView(session, signOut) {
  const name = session.name || session.email || session.subject;
  const contacts = section('contacts', 'people', 'Contacts');
  const sessions = section('sessions', 'screen', 'Where you are signed in');
  const live = el('p', { class: 'live' }, el('span', { class: 'dot', 'aria-hidden': 'true' }), el('span', {}, 'Connecting…'));

  return {
    title: 'Portal',
    account: [
      el('span', { class: 'who', title: session.email ?? '' }, name),
      el('button', { class: 'button button-plain', type: 'button', onclick: signOut, 'data-action': 'sign-out' }, 'Sign out'),
    ],
    content: [
      el('div', { 'data-view': 'portal' },
        el('div', { class: 'greeting' },
          el('h1', {}, `Hello, ${name}`),
          session.email ? el('p', {}, session.email) : null),
        el('div', { class: 'columns' },
          el('div', { class: 'column' }, contacts.element, sessions.element),
          el('section', { class: 'card', 'aria-labelledby': 'session-title' },
            el('h2', { id: 'session-title' }, icon('shield'), 'Your session'),
            el('dl', { class: 'facts' },
              ...fact('Subject', el('code', {}, session.subject)),
              ...fact('Last confirmed that it is you', moment(session.authenticatedAt), 'authenticated-at'),
              ...fact('Expires', moment(session.expiresAt))),
            confirmation(),
            live))),
    ],
    contacts,
    sessions,
    setLive: up => {
      live.dataset.live = up ? 'yes' : 'no';
      live.lastChild.textContent = up ? 'Live: this page knows at once when the session ends' : 'Reconnecting…';
    },
  };
}

// Step-up: the provider asks again, however recently the person signed in there.
function confirmation() {
  const here = location.pathname + location.search;
  return el('a', {
    class: 'button button-plain', 'data-action': 'confirm', href: `/auth/login?max_age=0&returnUrl=${encodeURIComponent(here)}`,
  }, 'Confirm it is you');
}

const fact = (term, value, name) => [el('dt', {}, term), el('dd', { 'data-fact': name }, value)];
