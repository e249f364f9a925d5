// Writes the client's types from docs/openapi.json, to the file that is named or to where they are kept.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';

const ROOT = new URL('../', import.meta.url);
const KEPT = fileURLToPath(new URL('libs/client/src/generated/api.ts', ROOT));

const description = JSON.parse(readFileSync(new URL('docs/openapi.json', ROOT), 'utf8'));
const types = await openapiTS(description, { immutable: true, emptyObjectsUnknown: true });
const head = '// Generated from docs/openapi.json by "npm run openapi": do not change.\n';
const options = await prettier.resolveConfig(KEPT);
const text = await prettier.format(head + astToString(types), { ...options, parser: 'typescript' });
writeFileSync(process.argv[2] ?? KEPT, text);
