// Ingests a folder as the command does, but commits every few objects: what a very large run does.
// node small-batches.mjs <dist> <store> <folder>
import { pathToFileURL } from 'node:url';

const [dist, path, folder] = process.argv.slice(2);
const load = (file) => import(`${pathToFileURL(dist)}/${file}`);
const [{ Store }, { ingest }, { listSources }, { refreshGraph }, { parseConfig }] =
  await Promise.all([
    load('store/store.js'),
    load('ingest/ingest.js'),
    load('ingest/sources/index.js'),
    load('graph/refresh.js'),
    load('config/config.js'),
  ]);
const store = await Store.openToWrite(path);
await ingest(store, await listSources([folder]), {
  maximumObjectBytes: 64 * 1024 * 1024,
  batch: { bytes: 64 * 1024 * 1024, objects: 20 },
  progress: { add() {}, total() {}, done() {} },
  now: () => new Date(),
});
await refreshGraph(store, parseConfig('', 'none'));
store.close();
