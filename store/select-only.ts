import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { KnownError } from './errors.ts';

/**
 * Lets nothing but SELECT through. A read-only catalog without access to files is not enough: whoever
 * detaches it may attach the same file anew to write, and DuckDB lets COPY write its log.
 */
export async function requireSelect(connection: DuckDBConnection, text: string): Promise<void> {
  const statements = await connection.extractStatements(text);
  for (let index = 0; index < statements.count; index += 1) {
    const statement = await statements.prepare(index);
    const type = statement.statementType;
    statement.destroySync();
    if (type === StatementType.SELECT) continue;
    throw new KnownError(`only SELECT can be run here, not ${StatementType[type] ?? 'this'}`, {
      hint: 'FROM, DESCRIBE, SHOW and SUMMARIZE are SELECTs too; to work on the store, copy its file',
    });
  }
}
