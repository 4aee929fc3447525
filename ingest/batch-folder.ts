import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How the records of an object were staged; each kind is loaded by one statement. */
export type StagedKind = 'whole' | 'decoded' | 'dead';

const KINDS: readonly StagedKind[] = ['whole', 'decoded', 'dead'];

/** Where the files of one batch stand until they are loaded; each is named by its object's id. */
export class BatchFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static async make(path: string): Promise<BatchFolder> {
    for (const kind of KINDS) await mkdir(join(path, kind), { recursive: true });
    return new BatchFolder(path);
  }

  file(kind: StagedKind, objectId: number): string {
    return join(this.#path, kind, `${objectId}.json`);
  }

  /** Rows for `read_json(format = 'array')`; gives the file. */
  async writeTable(name: string, rows: readonly object[]): Promise<string> {
    const path = join(this.#path, `${name}.json`);
    await writeFile(path, JSON.stringify(rows));
    return path;
  }

  async remove(): Promise<void> {
    await rm(this.#path, { recursive: true, force: true });
  }
}
