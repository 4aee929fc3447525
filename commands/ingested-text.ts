import type { Ingested } from '../ingest/ingest.ts';
import { count } from '../report/words.ts';

/** One line: what was read, and what became of each record. */
export function ingestedText(ingested: Ingested): string {
  const known = ingested.knownObjects > 0 ? ` (${count(ingested.knownObjects)} known already)` : '';
  return [
    `${count(ingested.objects)} objects${known}`,
    `${count(ingested.records)} records`,
    `${count(ingested.events)} events stored`,
    `${count(ingested.duplicates)} duplicates`,
    `${count(ingested.deadLetters)} dead letters`,
  ].join(', ');
}
