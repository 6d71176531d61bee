import { el, icon } from '../dom.js';
import { failed, waiting } from './section.js';

const words = {
  unavailable: 'The contacts are away for a moment.',
  unreachable: 'There is no connection.',
  failed: 'The contacts could not be fetched.',
};

export function contactsView(retry) {
  return {
    waiting: () => waiting('Fetching your contacts…'),
    failed: answer => failed(words[answer.kind] ?? words.failed, retry),
    list: contacts => contacts.length === 0
      ? el('p', { class: 'faint' }, 'No contacts yet.')
      : el('ul', { class: 'people' }, ...contacts.map(person)),
  };
}

function person(contact) {
  const name = String(contact.name ?? '');
  return el('li', { class: 'person' },
    el('span', { class: `avatar avatar-${tint(name)}`, 'aria-hidden': 'true' }, initials(name)),
    el('div', { class: 'person-text' },
      el('h3', {}, name),
      contact.email ? el('a', { href: `mailto:${encodeURI(contact.email)}` }, icon('mail'), contact.email) : null,
      contact.phone ? el('a', { href: `tel:${String(contact.phone).replace(/[^+\d]/g, '')}` }, icon('phone'), contact.phone) : null));
}

const initials = name => name.split(/\s+/).filter(Boolean).slice(0, 2).map(word => [...word][0].toUpperCase()).join('') || '?';

const tint = name => [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 5, 7);
