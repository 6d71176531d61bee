import { el } from '../dom.js';

export function loadingView(text = 'Loading…') {
  return {
    title: text,
    busy: true,
    content: [
      el('section', { class: 'notice' },
        el('div', { class: 'pulse', 'aria-hidden': 'true' }),
        el('h1', { class: 'quiet' }, text)),
    ],
  };
}
