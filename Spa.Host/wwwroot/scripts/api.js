// Every call carries X-CSRF, which a foreign page cannot set, and answers with a value: nothing here throws.

const headers = { 'X-CSRF': '1', Accept: 'application/json' };

export const session = signal => call('/auth/session', { signal });
export const contacts = signal => call('/api/contacts', { signal });
export const sessions = signal => call('/auth/sessions', { signal });
export const endSession = id => call(`/auth/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
export const endOtherSessions = () => call('/auth/sessions', { method: 'DELETE' });
export const logout = () => call('/auth/logout', { method: 'POST' });

export async function call(path, options = {}) {
  try {
    const response = await fetch(path, { ...options, headers, cache: 'no-store', redirect: 'error' });
    if (response.ok) return { kind: 'ok', data: response.status === 204 ? null : await response.json() };
    return refusal(response);
  } catch (error) {
    // The caller gave up: it does not look at the answer.
    return { kind: error.name === 'AbortError' ? 'aborted' : 'unreachable' };
  }
}

export function refusal(response) {
  switch (response.status) {
    case 401: return { kind: 'signed-out', anew: needsSignInAnew(response) };
    case 503: return { kind: 'unavailable', seconds: retryAfter(response) };
    default: return { kind: 'failed', status: response.status };
  }
}

// RFC 9470: there is a session, and it is of use once the person has signed in anew.
const needsSignInAnew = response => (response.headers.get('WWW-Authenticate') ?? '').includes('insufficient_user_authentication');

function retryAfter(response) {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 120) : 5;
}
