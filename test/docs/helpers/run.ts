import { Readable } from 'node:stream';
import { main } from '../../../program.ts';

/** What a run of the command prints, stdout and stderr as they come. */
export async function run(args: readonly string[]): Promise<{ code: number; output: string }> {
  let output = '';
  const print = (text: string) => {
    output += text;
  };
  const code = await main(args, {
    out: print,
    err: print,
    stdin: Readable.from([]),
    isOutTerminal: false,
    isErrTerminal: false,
    outColumns: 500,
    errColumns: 500,
    wantsColour: false,
    now: () => new Date('2026-11-02T00:00:00Z'),
  });
  return { code, output };
}
