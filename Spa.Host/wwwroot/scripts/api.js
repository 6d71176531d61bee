// Every call carries X-CSRF, which a foreign page cannot set, and answers with a value: nothing here throws,
// except when the caller itself gave up (AbortError).

const headers = { 'X-CSRF': '1', Accept: 'application/json' };

export const session = signal => call('/auth/session', { signal });
export const contacts = signal => call('/api/contacts', { signal });
export const logout = () => call('/auth/logout', { method: 'POST' });

export async function call(path, options = {}) {
  try {
    const response = await fetch(path, { ...options, headers, cache: 'no-store', redirect: 'error' });
    if (response.ok) return { kind: 'ok', data: await response.json() };
    return refusal(response);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    return { kind: 'unreachable' };
  }
}

export function refusal(response) {
  switch (response.status) {
    case 401: return { kind: 'signed-out' };
    case 503: return { kind: 'unavailable', seconds: retryAfter(response) };
    default: return { kind: 'failed', status: response.status };
  }
}

function retryAfter(response) {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 120) : 5;
}
