// Runs every block of docs/idp-grants.md as one script of bash, and is the person who opens the addresses.
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import * as jose from 'jose'
import { privateKey, setup } from '../lib/setup.mjs'

const { page, secret } = setup.walkthrough
const blocks = [...(await readFile(page, 'utf8')).matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block]) => block)
const { key, kid } = await privateKey('partner')
const assertion = await new jose.SignJWT().setProtectedHeader({ alg: setup.clients.partner.alg, kid })
  .setIssuer('https://partner.example').setSubject(setup.person.username).setAudience(setup.issuer)
  .setJti(crypto.randomUUID()).setIssuedAt().setExpirationTime('60s').sign(key)

const person = `
set -euo pipefail
echo() { printf '%s\\n' "$*"; if [[ $1 == "Open "* ]]; then BROUGHT=$(node "$VISIT" $(cut -d' ' -f2 <<<"$1")); fi; }
read() { if [[ \${!#} == CODE ]]; then CODE=$BROUGHT; fi; }
`
const { status, stdout, stderr } = spawnSync('bash', ['-c', person + blocks.join('\n')], {
  encoding: 'utf8',
  env: {
    ...process.env, IDP: setup.issuer, CA: process.env.NODE_EXTRA_CA_CERTS, WALKTHROUGH_SECRET: secret, ASSERTION: assertion,
    VISIT: new URL('../lib/visit.mjs', import.meta.url).pathname,
  },
})
if (status !== 0) console.error(stdout, stderr)
process.exit(status ?? 1)
