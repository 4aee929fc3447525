import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { QUERY_FORMATS, type QueryFormat, rowWriter } from '../report/index.ts';
import { KnownError, QueryError } from '../store/errors.ts';
import { printable, printableLines } from '../store/printable.ts';
import type { Store } from '../store/store.ts';
import { emitAll, type Io } from './io.ts';
import {
  configOption,
  configured,
  formatOption,
  outOption,
  type ReportOptions,
  type StoreOptions,
  storeOption,
  textOptions,
} from './options.ts';

type Options = StoreOptions & ReportOptions<QueryFormat> & { file?: string };

export function queryCommand(io: Io): Command {
  return new Command('query')
    .description('run SQL on the store: read-only, and without access to files or the network')
    .argument('[sql]', 'one statement; the views are in docs/store.md')
    .option('--file <path>', 'read the statement from a file')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(formatOption(QUERY_FORMATS))
    .addOption(outOption())
    .action(async (sql: string | undefined, options: Options) => {
      const { Store } = await import('../store/store.ts');
      const text = await statementOf(sql, options.file);
      const { path } = await configured(options);
      const store = await Store.openToQuery(path);
      try {
        await emitAll(io, piecesOf(store, text, options, textOptions(io, options)), options.out);
      } finally {
        store.close();
      }
    });
}

async function statementOf(sql: string | undefined, file: string | undefined): Promise<string> {
  if ((sql === undefined) === (file === undefined)) throw new NoStatementError();
  if (file === undefined) return sql ?? '';
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new KnownError(`${printable(file)}: cannot be read (${code})`, { cause: error });
  }
}

async function* piecesOf(
  store: Store,
  text: string,
  { format }: Options,
  width: { width: number },
): AsyncGenerator<string> {
  try {
    const { columns, pages } = await store.table({ name: 'query', text });
    const writer = rowWriter(columns, format, width);
    yield writer.begin();
    for await (const page of pages) yield writer.page(page);
    yield writer.end();
  } catch (error) {
    if (!(error instanceof QueryError) || !(error.cause instanceof Error)) throw error;
    // All that DuckDB says of blanks and comments.
    if (error.cause.message === 'Error in native callback') throw new NoStatementError();
    // The statement is the user's own: all that DuckDB says of it, its marks included.
    throw new KnownError(printableLines(error.cause.message), { cause: error });
  }
}

class NoStatementError extends KnownError {
  constructor() {
    super('query takes a statement, or --file with one', {
      hint: 'agenttrail query "select * from tasks limit 5"',
    });
  }
}
