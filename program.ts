import { Command, CommanderError } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { baselineCommand } from './commands/baseline.ts';
import { demoCommand } from './commands/demo.ts';
import { detectCommand } from './commands/detect.ts';
import { graphCommand } from './commands/graph.ts';
import { ingestCommand } from './commands/ingest.ts';
import { inventoryCommand } from './commands/inventory.ts';
import type { Io } from './commands/io.ts';
import { queryCommand } from './commands/query.ts';
import { reportCommand } from './commands/report.ts';
import { EXIT, KnownError } from './store/errors.ts';
import { printableLines } from './store/printable.ts';
import { VERSION } from './version.ts';

export { EXIT };

/** Runs one command and gives the exit code; throws only what is our bug. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.clean;
  const exit = (wanted: number): void => {
    code = wanted;
  };
  try {
    await program(io, exit).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.failed;
    if (!(error instanceof KnownError)) throw error;
    io.err(`agenttrail: ${printableLines(error.message)}\n`);
    if (error.hint !== undefined) io.err(`hint: ${printableLines(error.hint)}\n`);
    return EXIT.failed;
  }
}

function program(io: Io, exit: (code: number) => void): Command {
  const root = new Command('agenttrail')
    .description(
      'CloudTrail analytics for AI agents: which agent acted, in which task, and whether it fits',
    )
    .version(VERSION)
    .helpCommand(false);
  const commands = [
    auditCommand(io, exit),
    ingestCommand(io),
    detectCommand(io, exit),
    reportCommand(io, exit),
    graphCommand(io),
    inventoryCommand(io),
    baselineCommand(io),
    queryCommand(io),
    demoCommand(io),
  ];
  for (const command of commands) root.addCommand(command);
  for (const command of [root, ...commands]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => io.out(text),
        writeErr: (text) => io.err(text),
        outputError: (text, write) =>
          write(printableLines(text.replace(/^error: /, 'agenttrail: '))),
        getOutHelpWidth: () => io.outColumns,
        getErrHelpWidth: () => io.errColumns,
      });
  }
  return root;
}
