// What the test that runs these scripts hands over: the issuer, the registered clients with their keys, a person.
import { readFile } from 'node:fs/promises'
import * as jose from 'jose'
import * as client from 'openid-client'
import { Agent, fetch as undiciFetch } from 'undici'
import { Browser } from './browser.mjs'

export const setup = JSON.parse(await readFile(process.env.CONFORMANCE_SETUP, 'utf8'))
export const issuer = new URL(setup.issuer)
export const { callback } = setup

export const newBrowser = () => new Browser({ callback, ...setup.person })

// A client's private key; the algorithm is the one that its registration names.
export async function privateKey(id) {
  const { key, alg, kid } = setup.clients[id]
  return { key: await jose.importPKCS8(key, alg), kid }
}

export async function configure(id, { auth, metadata = {}, tls = false } = {}) {
  const registered = setup.clients[id]
  const options = tls ? { [client.customFetch]: certificateFetch() } : {}
  const authentication = auth ?? (
    registered.secret ? client.ClientSecretBasic(registered.secret)
    : registered.key ? client.PrivateKeyJwt(await privateKey(id))
    : client.None())
  return client.discovery(issuer, id, metadata, authentication, options)
}

// Connections that show the client certificate of the set-up (RFC 8705).
function certificateFetch() {
  const dispatcher = new Agent({ connect: { cert: setup.tls.certificate, key: setup.tls.key, ca: setup.tls.ca } })
  return (url, init) => undiciFetch(url, { ...init, dispatcher })
}

export async function pkce() {
  const verifier = client.randomPKCECodeVerifier()
  return { verifier, challenge: await client.calculatePKCECodeChallenge(verifier) }
}

// Runs a step that has to be refused, and returns the OAuth error.
export async function refusal(step) {
  try {
    await step()
  } catch (refused) {
    return refused.error ?? refused.cause?.error ?? refused.cause?.[0]?.parameters?.error ?? refused.code ?? refused.message
  }
  return 'nothing: it was accepted'
}
