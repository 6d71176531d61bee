import { el, icon, moment } from '../dom.js';

export function portalView(session, signOut) {
  const name = session.name || session.email || session.subject;
  const contacts = el('div', { class: 'contacts' });
  const contactsTitle = el('h2', { id: 'contacts-title', tabindex: '-1' }, icon('people'), 'Contacts');
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
          el('section', { class: 'card', 'aria-labelledby': 'contacts-title' }, contactsTitle, contacts),
          el('section', { class: 'card', 'aria-labelledby': 'session-title' },
            el('h2', { id: 'session-title' }, icon('shield'), 'Your session'),
            el('dl', { class: 'facts' },
              ...fact('Subject', el('code', {}, session.subject)),
              ...fact('Signed in', moment(session.authenticatedAt)),
              ...fact('Expires', moment(session.expiresAt))),
            live))),
    ],
    setContacts: card => {
      // A retry button that goes away must not take the keyboard's place in the page with it.
      const focused = contacts.contains(document.activeElement);
      contacts.replaceChildren(card);
      if (focused) contactsTitle.focus();
    },
    setLive: up => {
      live.dataset.live = up ? 'yes' : 'no';
      live.lastChild.textContent = up ? 'Live: this page knows at once when the session ends' : 'Reconnecting…';
    },
  };
}

const fact = (term, value) => [el('dt', {}, term), el('dd', {}, value)];
