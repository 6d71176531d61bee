// Elements by name. Text is always a text node: there is no way to markup from here.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'onclick') element.addEventListener('click', value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter(child => child != null));
  return element;
}

export const icon = name => el('span', { class: `icon icon-${name}`, 'aria-hidden': 'true' });

export function moment(iso, options) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return el('span', {}, 'unknown');
  const text = new Intl.DateTimeFormat(undefined, options ?? { dateStyle: 'medium', timeStyle: 'short' }).format(date);
  return el('time', { datetime: date.toISOString() }, text);
}
