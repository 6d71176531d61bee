import { el, icon } from '../dom.js';

// A card whose content comes and changes. A button that goes away with it must not take the keyboard's place in the
// page along.
export function section(name, image, title) {
  const heading = el('h2', { id: `${name}-title`, tabindex: '-1' }, icon(image), title);
  const content = el('div', { class: name });
  const element = el('section', { class: 'card', 'aria-labelledby': heading.id }, heading, content);
  return {
    element,
    set: node => {
      const focused = content.contains(document.activeElement);
      content.replaceChildren(node);
      if (focused) heading.focus();
    },
    hide: () => element.remove(),
  };
}

export const waiting = text => el('p', { class: 'faint', 'aria-busy': 'true' }, text);

export const failed = (text, retry) => el('div', { class: 'trouble', role: 'alert' },
  el('p', {}, text),
  el('button', { class: 'button button-plain', type: 'button', onclick: () => retry() }, 'Try again'));
