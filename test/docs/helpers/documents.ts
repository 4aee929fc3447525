import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';

export interface Block {
  document: string;
  language: string;
  lines: string[];
}

/** The documents that tell how to use AgentTrail and how to work on it. */
export const DOCUMENTS = globSync(['*.md', 'docs/**/*.md']).sort();

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** The fenced blocks of all documents in one of the languages. */
export function blocks(...languages: string[]): Block[] {
  return DOCUMENTS.flatMap((document) =>
    [...readFileSync(document, 'utf8').matchAll(FENCE)]
      .map(([, language = '', text = '']) => ({
        document,
        language,
        lines: text.trimEnd().split('\n'),
      }))
      .filter(({ language }) => languages.includes(language)),
  );
}

/** A document without its fenced blocks. */
export function prose(document: string): string {
  return readFileSync(document, 'utf8').replace(FENCE, '');
}

/** Words as a shell would take them; what follows a pipe or a comment sign is cut off. */
export function words(command: string): string[] {
  const found = command.matchAll(/"([^"]*)"|'([^']*)'|(?<bare>\S+)/g);
  const all: string[] = [];
  for (const [text, double, single] of found) {
    if (['#', '|', ';', '&&', '>'].includes(text)) break;
    all.push(double ?? single ?? text);
  }
  return all;
}
