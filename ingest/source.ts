/** One log object that has been listed and not yet read. */
export interface LogObject {
  /** Absolute file path, `s3://bucket/key`, or `stdin#<digest>`: the name in the ledger and in `source_object`. */
  readonly uri: string;
  /** Size as stored (compressed), in bytes; null where the source cannot know it. */
  readonly bytes: number | null;
  /** Changes when the content changes: S3's ETag, a file's mtime. With `uri` it keys the ledger. */
  readonly version: string;
  /** The bytes as stored, not decompressed. Throws `BadObjectError` for what no retry will fix. */
  read(): Promise<Buffer>;
  /** The same bytes in pieces, where there are too many to be held at once. Throws as `read` does. */
  open?(): AsyncIterable<Buffer>;
}

/** Events wanted from a source, by event time; half open, ISO 8601 UTC. */
export interface TimeWindow {
  readonly since?: Date;
  readonly until?: Date;
}

/** What a listing passed over, so that it can be reported and nothing is skipped silently. */
export interface Skipped {
  /** An object, or, with a `/` at its end, a folder and all it holds. */
  readonly uri: string;
  readonly reason:
    | 'digest'
    | 'insight'
    | 'aggregated'
    /** Below `AWSLogs/ACCOUNT/`, but not CloudTrail's: `Config/`, `vpcflowlogs/`. */
    | 'other-service'
    | 'outside-window'
    | 'not-selected'
    /** Not named like a log: hidden, another ending, `truth.json`. */
    | 'not-a-log'
    /** A folder or link below a source that cannot be opened. */
    | 'unreadable';
}

export interface SourceOptions extends TimeWindow {
  /** Only these account ids, by the key layout; all when empty. */
  readonly accounts?: readonly string[];
  /** Only these regions, by the key layout; all when empty. */
  readonly regions?: readonly string[];
  /** Told of everything a listing passes over. Days outside the window are never asked for, so S3 tells of none. */
  readonly onSkip?: (skipped: Skipped) => void;
}
