// The live channel: one stream for as long as the page is signed in, re-opened with back-off when it breaks.

import { refusal } from './api.js';
import { events } from './event-stream.js';

const firstDelay = 500;
const longestDelay = 30_000;
const silenceAllowed = 40_000; // the server says something every 15 s

// onOpen(again): the stream is there; again = it had been away, so something may have been missed.
// onLost(): it is away. onEnded(reason): the session is over, or of no use until a new sign-in.
export async function follow({ signal, onOpen, onLost, onEnded }) {
  let opened = false;
  for (let failures = 0; !signal.aborted; failures++) {
    const attempt = new AbortController();
    const watch = watchdog(() => attempt.abort());
    try {
      const response = await fetch('/auth/events', {
        headers: { 'X-CSRF': '1', Accept: 'text/event-stream' },
        cache: 'no-store',
        signal: AbortSignal.any([signal, attempt.signal]),
      });
      if (!response.ok) {
        if (refusal(response).kind === 'signed-out') return onEnded(null);
        throw new Error(`The live channel was refused with ${response.status}.`);
      }
      for await (const event of events(response.body.pipeThrough(watch.stream))) {
        if (event.type === 'hello') {
          failures = 0;
          onOpen(opened);
          opened = true;
        } else if (event.type === 'session-ended') {
          return onEnded(reasonOf(event));
        } else if (event.type === 'sign-in-needed') {
          return onEnded('anew');
        }
      }
    } catch {
      // Away, for whatever reason: the answer is the same.
    } finally {
      watch.stop();
      attempt.abort();
    }
    if (signal.aborted) return;
    onLost();
    await pause(Math.min(longestDelay, firstDelay * 2 ** failures) * (0.5 + Math.random() / 2), signal);
  }
}

function reasonOf(event) {
  try {
    return JSON.parse(event.data).reason ?? null;
  } catch {
    return null;
  }
}

function watchdog(bark) {
  let timer = setTimeout(bark, silenceAllowed);
  return {
    stop: () => clearTimeout(timer),
    stream: new TransformStream({
      transform(chunk, controller) {
        clearTimeout(timer);
        timer = setTimeout(bark, silenceAllowed);
        controller.enqueue(chunk);
      },
    }),
  };
}

// Ends early when the network comes back or the tab is looked at again.
function pause(milliseconds, signal) {
  return new Promise(resolve => {
    const stop = new AbortController();
    const done = () => {
      clearTimeout(timer);
      stop.abort();
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    const options = { signal: stop.signal };
    addEventListener('online', done, options);
    document.addEventListener('visibilitychange', () => document.hidden || done(), options);
    signal.addEventListener('abort', done, options);
  });
}
