import type { Bucket } from '../../../../ingest/sources/s3-bucket.ts';

/** S3's listing as its documentation has it: keys by their bytes, folders and keys counted alike. */
export function memoryBucket(keys: readonly string[], mostPerPage = 1_000) {
  const sorted = [...new Set(keys)].sort();
  const requests: string[] = [];
  const bucket: Bucket = {
    async list({ prefix, isShallow, after = '', next = '', pageSize = 1_000 }) {
      requests.push(prefix);
      const from = after > next ? after : next;
      const items = new Map<string, 'key' | 'folder'>();
      for (const key of sorted) {
        if (!key.startsWith(prefix) || key <= from) continue;
        const slash = isShallow ? key.indexOf('/', prefix.length) : -1;
        const item = slash < 0 ? key : key.slice(0, slash + 1);
        if (item > from) items.set(item, slash < 0 ? 'key' : 'folder');
      }
      const page = [...items].slice(0, Math.min(pageSize, mostPerPage));
      const isLast = page.length === items.size;
      const last = page.at(-1);
      return {
        keys: page
          .filter(([, kind]) => kind === 'key')
          .map(([key]) => ({ key, bytes: 1, version: 'v' })),
        folders: page.filter(([, kind]) => kind === 'folder').map(([folder]) => folder),
        // After a folder go on behind all that it holds.
        next: isLast || !last ? null : last[1] === 'folder' ? `${last[0]}\uffff` : last[0],
      };
    },
    read: (key) => Promise.resolve(Buffer.from(key)),
  };
  return { bucket, requests };
}
