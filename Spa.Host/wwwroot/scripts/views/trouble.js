import { el, icon } from '../dom.js';

const words = {
  unavailable: ['Back in a moment', 'The portal cannot reach one of its parts. Your sign-in is not affected.'],
  unreachable: ['No connection', 'The portal does not answer. Check the network.'],
  failed: ['Something went wrong', 'The portal could not answer.'],
};

export function troubleView(answer, retry) {
  const [title, text] = words[answer.kind] ?? words.failed;
  return {
    title,
    content: [
      el('section', { class: 'notice', 'data-view': 'trouble', 'data-kind': answer.kind },
        el('div', { class: 'medal medal-warm' }, icon('cloud')),
        el('h1', {}, title),
        el('p', {}, text),
        el('p', { class: 'faint' }, 'This page tries again by itself.'),
        el('button', { class: 'button', type: 'button', onclick: retry }, 'Try again now')),
    ],
  };
}
