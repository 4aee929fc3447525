import { writeFileSync } from 'node:fs';
import { configJsonSchema } from './schema.ts';

// Run from the project's root, then formatted: `npm run generate:config-schema`.
writeFileSync('config/agenttrail.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
