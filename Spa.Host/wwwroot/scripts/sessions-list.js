import * as api from './api.js';
import { announce } from './page.js';
import { sessionsView } from './views/sessions.js';

// Where the person is signed in: fetched again after each ending, and whenever the tab is looked at again.
export function showSessions({ section, signal, onSignedOut }) {
  const view = sessionsView({ retry: load, end, endOthers });
  let asked = 0;

  async function load(trouble) {
    const mine = ++asked;
    const answer = await api.sessions(signal);
    if (signal.aborted || mine !== asked) return;
    if (answer.kind === 'signed-out') return onSignedOut();
    // A portal that keeps its sessions in cookies alone has no list.
    if (answer.status === 404) return section.hide();
    section.set(answer.kind === 'ok' ? view.list(answer.data, trouble) : view.failed(answer));
  }

  async function end(session) {
    const answer = await api.endSession(session.id);
    // It was over already: nothing is amiss.
    await afterEnding(answer.status === 404 ? { kind: 'ok' } : answer, 'The session was ended');
  }

  async function endOthers() {
    await afterEnding(await api.endOtherSessions(), 'All other sessions were ended');
  }

  async function afterEnding(answer, done) {
    if (signal.aborted) return;
    const ended = answer.kind === 'ok';
    await load(ended ? null : answer);
    if (ended && !signal.aborted) announce(done);
  }

  section.set(view.waiting());
  load();
  document.addEventListener('visibilitychange', () => document.hidden || load(), { signal });
}
