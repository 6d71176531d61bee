// A Shared Signals transmitter that shares no code with ours: metadata, keys and signed SETs by jose.
// POST /push {endpoint, token, audience, subject, type, event} signs a SET, delivers it by RFC 8935 and answers what came back.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

const { publicKey, privateKey } = await generateKeyPair('RS256');
const key = { ...(await exportJWK(publicKey)), kid: 'transmitter-1', alg: 'RS256', use: 'sig' };

async function push({ endpoint, token, audience, subject, type, event }) {
  const set = await new SignJWT({ sub_id: subject, txn: randomUUID(), events: { [type]: event } })
    .setProtectedHeader({ alg: 'RS256', typ: 'secevent+jwt', kid: key.kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt()
    .sign(privateKey);
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/secevent+jwt', Accept: 'application/json', Authorization: `Bearer ${token}` },
    body: set,
  });
  return { status: response.status, body: await response.text() };
}

async function json(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

const server = createServer(async (request, response) => {
  const answer = value => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
  switch (request.url) {
    case '/.well-known/ssf-configuration':
      return answer({
        spec_version: '1_0', issuer, jwks_uri: `${issuer}/jwks`,
        delivery_methods_supported: ['urn:ietf:rfc:8935'], critical_subject_members: ['user'],
      });
    case '/jwks': return answer({ keys: [key] });
    case '/push': return answer(await push(await json(request)));
    default: return response.writeHead(404).end();
  }
});

server.listen(0, '127.0.0.1');
await new Promise(resolve => server.once('listening', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
console.log(`listening: ${issuer}`);
