import { el, icon, moment } from '../dom.js';
import { failed, waiting } from './section.js';

const words = {
  unavailable: 'The list is away for a moment.',
  unreachable: 'There is no connection.',
  failed: 'The list could not be fetched.',
};

const mobile = ['iOS', 'iPadOS', 'Android'];

// end(session) and endOthers() settle when the list is up to date again.
export function sessionsView({ retry, end, endOthers }) {
  return {
    waiting: () => waiting('Looking where you are signed in…'),
    failed: answer => failed(words[answer.kind] ?? words.failed, retry),
    list: (sessions, trouble) => {
      const others = sessions.filter(session => !session.current);
      return el('div', {},
        trouble ? el('p', { class: 'mishap', role: 'alert' }, 'The session could not be ended. Please try again.') : null,
        el('ul', { class: 'devices' }, ...sessions.toSorted(ownFirst).map(session => device(session, end))),
        others.length === 0 ? el('p', { class: 'faint' }, 'You are signed in nowhere else.') : null,
        others.length > 1 ? action('end-others', 'End all others', endOthers) : null);
    },
  };
}

const ownFirst = (one, other) => other.current - one.current || (one.seenAt < other.seenAt ? 1 : -1);

function device(session, end) {
  const name = [session.browser ?? 'Unknown browser', session.system].filter(Boolean).join(' on ');
  return el('li', { class: 'device', 'data-current': session.current ? 'yes' : 'no' },
    el('span', { class: 'avatar', 'aria-hidden': 'true' }, icon(mobile.includes(session.system) ? 'mobile' : 'screen')),
    el('div', { class: 'device-text' },
      el('h3', {}, name, session.current ? el('span', { class: 'badge' }, 'This one') : null),
      session.createdAt ? el('p', {}, 'Since ', moment(session.createdAt)) : null,
      session.current ? null : el('p', {}, 'Last used ', moment(session.seenAt)),
      session.network ? el('p', {}, `Network ${session.network}`) : null),
    session.current ? null : action('end-session', 'End', () => end(session), `End the session of ${name}`));
}

function action(name, text, act, label) {
  const button = el('button', {
    class: 'button button-plain', type: 'button', 'data-action': name, 'aria-label': label, onclick: () => {
      // Not "disabled": that would take the focus away.
      if (button.getAttribute('aria-disabled') === 'true') return;
      button.setAttribute('aria-disabled', 'true');
      act();
    },
  }, text);
  return button;
}
