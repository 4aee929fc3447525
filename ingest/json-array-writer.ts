import { type FileHandle, open } from 'node:fs/promises';

const CHUNK_CHARACTERS = 1 << 20;

/** Writes a JSON array of any length, holding a megabyte of it. */
export class JsonArrayWriter {
  bytes = 0;
  readonly #file: FileHandle;
  #pending = '[';

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string): Promise<JsonArrayWriter> {
    return new JsonArrayWriter(await open(path, 'w'));
  }

  async write(row: object): Promise<void> {
    const isFirst = this.bytes === 0 && this.#pending === '[';
    this.#pending += `${isFirst ? '' : ',\n'}${JSON.stringify(row)}`;
    if (this.#pending.length >= CHUNK_CHARACTERS) await this.#flush();
  }

  async close(): Promise<void> {
    this.#pending += ']';
    await this.#flush();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    const chunk = Buffer.from(this.#pending);
    this.#pending = '';
    this.bytes += chunk.length;
    await this.#file.writeFile(chunk);
  }
}
