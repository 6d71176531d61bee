// A receiver of the Shared Signals Framework, written with jose. It reads the transmitter's metadata, makes streams that are
// polled and pushed, verifies them, receives events, acknowledges, reports an error, and deletes its streams. What it is told
// to be comes as JSON in RECEIVER_SETUP; it ends with 0 when all was as the specifications say.
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { createLocalJWKSet, jwtVerify } from 'jose';

const setup = JSON.parse(process.env.RECEIVER_SETUP);
const caep = 'https://schemas.openid.net/secevent/caep/event-type/';
const verification = 'https://schemas.openid.net/secevent/ssf/event-type/verification';

// The transmitter is reached under its issuer's name, wherever it listens.
function call(method, url, { token, body, headers = {} } = {}) {
  const { pathname, search, host } = new URL(url);
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = https.request({
      host: '127.0.0.1', port: setup.port, servername: host, ca: setup.ca, method, path: pathname + search,
      headers: {
        host, ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
        ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers,
      },
    }, async response => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, json: text ? JSON.parse(text) : undefined });
    });
    request.on('error', reject);
    request.end(payload);
  });
}

async function tokenOf(client, secret, scope) {
  const answer = await call('POST', `${setup.issuer}/token`, {
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${encodeURIComponent(client)}:${encodeURIComponent(secret)}`).toString('base64')}`,
    },
  });
  assert.equal(answer.status, 200);
  return answer.json.access_token;
}

const { status, json: metadata } = await call('GET', `${setup.issuer}/.well-known/ssf-configuration`);
assert.equal(status, 200);
assert.equal(metadata.issuer, setup.issuer);
assert.equal(metadata.spec_version, '1_0');
const keys = createLocalJWKSet((await call('GET', metadata.jwks_uri)).json);
const token = await tokenOf(setup.clientId, setup.clientSecret, 'ssf.read ssf.manage');
const admin = await tokenOf('admin-cli', setup.adminSecret, 'sessions.revoke signals.raise');

async function verify(set, stream) {
  const { payload } = await jwtVerify(set, keys, {
    issuer: stream.iss, audience: stream.aud, typ: 'secevent+jwt', algorithms: ['RS256'],
  });
  assert.ok(!('sub' in payload) && !('exp' in payload));
  assert.equal(Object.keys(payload.events).length, 1);
  return payload;
}

async function create(delivery) {
  const { status, json: stream } = await call('POST', metadata.configuration_endpoint, {
    token, body: { ...delivery, events_requested: [`${caep}session-revoked`, `${caep}credential-change`], description: 'jose' },
  });
  assert.equal(status, 201);
  assert.equal(stream.iss, metadata.issuer);
  assert.deepEqual([...stream.events_delivered].sort(), [`${caep}credential-change`, `${caep}session-revoked`]);
  return stream;
}

async function askForVerification(stream, state) {
  assert.equal((await call('POST', metadata.verification_endpoint, { token, body: { stream_id: stream.stream_id, state } })).status, 204);
}

async function raise() {
  assert.equal((await call('POST', `${setup.issuer}/admin/revocations`, { token: admin, body: { sub: setup.subject } })).status, 202);
  assert.equal((await call('POST', `${setup.issuer}/admin/events`, {
    token: admin,
    body: {
      type: 'credential-change', subject: { format: 'iss_sub', iss: setup.issuer, sub: setup.subject },
      event: { credential_type: 'password', change_type: 'update', reason_admin: { en: 'Changed.' } },
    },
  })).status, 202);
}

function check(received, stream, state) {
  const byType = Object.fromEntries(received.map(payload => [Object.keys(payload.events)[0], payload]));
  assert.equal(byType[verification].events[verification].state, state);
  assert.deepEqual(byType[verification].sub_id, { format: 'opaque', id: stream.stream_id });
  for (const type of ['session-revoked', 'credential-change']) {
    assert.deepEqual(byType[caep + type].sub_id, { format: 'iss_sub', iss: setup.issuer, sub: setup.subject });
    assert.ok(byType[caep + type].events[caep + type].reason_admin.en);
  }
}

// Poll: long polls, each acknowledging what the one before brought; one SET is said to be wrong.
const polled = await create({});
assert.equal(polled.delivery.method, 'urn:ietf:rfc:8936');
const poll = async body => {
  const answer = await call('POST', polled.delivery.endpoint_url, { token, body });
  assert.equal(answer.status, 200);
  return answer.json;
};
await askForVerification(polled, 'polled');
await raise();
const received = [];
let ack = [];
while (received.length < 3) {
  const { sets } = await poll({ maxEvents: 1, ack });
  for (const [jti, set] of Object.entries(sets)) {
    const payload = await verify(set, polled);
    assert.equal(payload.jti, jti);
    received.push(payload);
  }
  ack = Object.keys(sets);
}
check(received, polled, 'polled');
const left = await poll({ returnImmediately: true, setErrs: { [ack[0]]: { err: 'invalid_state', description: 'For a test.' } } });
assert.deepEqual(left, { sets: {}, moreAvailable: false });
assert.equal((await call('DELETE', `${metadata.configuration_endpoint}?stream_id=${polled.stream_id}`, { token })).status, 204);

// Push: with a header of the receiver's own.
const header = 'Bearer the-header-of-the-receiver-in-jose';
const attempts = [];
const accepted = new Map();
let all;
const complete = new Promise(resolve => { all = resolve; });
const server = http.createServer(async (request, response) => {
  let set = '';
  for await (const chunk of request) set += chunk;
  const isKnown = request.headers.authorization === header && request.headers['content-type'] === 'application/secevent+jwt';
  attempts.push(isKnown);
  if (!isKnown) {
    response.writeHead(400, { 'content-type': 'application/json', 'content-language': 'en' });
    response.end(JSON.stringify({ err: 'authentication_failed', description: 'Who is there?' }));
    return;
  }
  const payload = await verify(set, pushed);
  accepted.set(payload.jti, payload);
  response.writeHead(202).end();
  if (accepted.size === 3) all();
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const pushed = await create({
  delivery: {
    method: 'urn:ietf:rfc:8935', endpoint_url: `http://127.0.0.1:${server.address().port}/events`, authorization_header: header,
  },
});
assert.ok(!('authorization_header' in pushed.delivery));
await askForVerification(pushed, 'pushed');
await raise();
await complete;
check([...accepted.values()], pushed, 'pushed');
assert.ok(attempts.every(isKnown => isKnown));
assert.equal((await call('DELETE', `${metadata.configuration_endpoint}?stream_id=${pushed.stream_id}`, { token })).status, 204);
assert.equal((await call('GET', `${metadata.configuration_endpoint}?stream_id=${pushed.stream_id}`, { token })).status, 404);
server.close();
server.closeAllConnections();
