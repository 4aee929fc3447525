/** 0: ran, nothing at or above --fail-on. 1: findings at or above it. 2: could not run. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const;

interface FailureOptions extends ErrorOptions {
  /** What to try next; printed under the message. */
  hint?: string;
}

/** A failure the user can act on. Anything else that escapes is our bug and keeps its stack. */
export class KnownError extends Error {
  override readonly name: string = 'KnownError';
  readonly hint: string | undefined;

  constructor(message: string, { hint, ...options }: FailureOptions = {}) {
    super(message, options);
    this.hint = hint;
  }
}

/** A log object that no retry will make readable: it goes to the dead letters. */
export class BadObjectError extends KnownError {
  override readonly name = 'BadObjectError';
  readonly uri: string;
  readonly problem: string;

  constructor(uri: string, problem: string, options?: FailureOptions) {
    super(`${uri}: ${problem}`, options);
    this.uri = uri;
    this.problem = problem;
  }
}

/** DuckDB's own errors carry no JavaScript stack, so the statement's name is the only way home. */
export class QueryError extends KnownError {
  override readonly name = 'QueryError';

  constructor(statement: string, cause: unknown) {
    const problem = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    super(`${statement}: ${problem}`, { cause });
  }
}
