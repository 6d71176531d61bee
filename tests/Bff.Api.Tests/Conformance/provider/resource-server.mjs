// What a resource server asks of a call (RFC 6750 section 3.1, RFC 9449 sections 7.1 and 9).
import { createHash, randomBytes } from 'node:crypto'
import * as jose from 'jose'

const nonce = randomBytes(16).toString('base64url')

// The headers of the refusal; nothing when the call is all right.
export async function refusalOf(request, address, token, scheme, value) {
  const refuse = (error, headers = {}) => ({ 'WWW-Authenticate': `${scheme ?? 'DPoP'} error="${error}"`, ...headers })
  if (!token?.scopes.has('contacts.read') || token.tokenType !== scheme) return refuse('invalid_token')
  if (!token.jkt) return undefined

  const { payload, protectedHeader } = await jose.jwtVerify(request.headers.dpop ?? '', jose.EmbeddedJWK, { typ: 'dpop+jwt' })
  if (payload.nonce !== nonce) return refuse('use_dpop_nonce', { 'DPoP-Nonce': nonce })

  const isBound = payload.htm === request.method &&
    payload.htu === address &&
    payload.ath === createHash('sha256').update(value).digest('base64url') &&
    await jose.calculateJwkThumbprint(protectedHeader.jwk) === token.jkt
  return isBound ? undefined : refuse('invalid_dpop_proof')
}
