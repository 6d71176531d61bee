// Signs in whom the provider still knows, without a question: prompt=none (OpenID Connect Core section 3.1.2.1) in a
// hidden frame, whose last page tells this one how it went.

import { el } from './dom.js';

const patience = 4_000;
const afterLoading = 500; // what the frame's last page has to say comes no later

// Whether there is a session now. A frame that says nothing (the browser keeps the provider's cookies from it, the
// provider is away or refuses to be framed) leaves everything as it was.
export function signInSilently(signal) {
  return new Promise(resolve => {
    const frame = el('iframe', { src: '/auth/silent', title: 'Sign-in', hidden: true });
    const over = new AbortController();
    let timer = setTimeout(done, patience, false);

    function done(signedIn) {
      clearTimeout(timer);
      over.abort();
      frame.remove();
      resolve(signedIn);
    }

    addEventListener('message', event => {
      const ours = event.origin === location.origin && event.source === frame.contentWindow;
      if (ours && event.data?.type === 'silent-sign-in') done(event.data.outcome === 'signed_in');
    }, { signal: over.signal });
    frame.addEventListener('load', () => {
      clearTimeout(timer);
      timer = setTimeout(done, afterLoading, false);
    });
    signal.addEventListener('abort', () => done(false), { signal: over.signal });
    document.body.append(frame);
  });
}
