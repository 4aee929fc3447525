// Compiles to dist/ and copies the files that are read at run time but are not TypeScript.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { extname } from 'node:path';

const ASSETS = [
  'ingest',
  'store',
  'graph',
  'detect',
  'readers',
  'report',
  'config',
  'bench/comparators',
  'bench/detection',
  'fixtures/real',
];
const ASSET_TYPES = new Set(['.sql', '.json', '.csv', '.gz', '.md', '']);

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
for (const folder of ASSETS) {
  cpSync(folder, `dist/${folder}`, {
    recursive: true,
    filter: (source) => ASSET_TYPES.has(extname(source)),
  });
}
chmodSync('dist/cli.js', 0o755);
