import { el, icon } from '../dom.js';

const words = {
  welcome: ['Welcome', 'Sign in to see your contacts.', 'person'],
  left: ['You signed out', 'Your session here is over.', 'person'],
  revoked: ['You were signed out', 'Your session was ended: by you on another device, or for security reasons.', 'shield'],
  expired: ['You were signed out', 'Your session reached the end of its lifetime.', 'clock'],
  anew: ['Please confirm that it is you', 'For security reasons your session needs a new sign-in.', 'shield'],
  ended: ['You were signed out', 'Your session has ended.', 'shield'],
};

export function signedOutView(why) {
  const [title, text, image] = words[why] ?? words.ended;
  const here = location.pathname + location.search;
  return {
    title,
    content: [
      el('section', { class: 'notice', 'data-view': 'signed-out', 'data-reason': why },
        el('div', { class: `medal ${image === 'person' ? '' : 'medal-warm'}` }, icon(image)),
        el('h1', {}, title),
        el('p', {}, text),
        el('a', { class: 'button', href: `/auth/login?${why === 'anew' ? 'max_age=0&' : ''}returnUrl=${encodeURIComponent(here)}` },
          why === 'welcome' ? 'Sign in' : 'Sign in again')),
    ],
  };
}
