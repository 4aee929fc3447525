#!/usr/bin/env node
import { EXIT, main } from './program.ts';

// The AWS SDK warns of Node 20 on every run; `engines` in package.json says what AgentTrail needs.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= '1';
// `agenttrail query … | head` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// A failure that is not the user's keeps its stack; Node would end with 1, which says findings.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(EXIT.failed);
});

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: process.stdin,
  isOutTerminal: process.stdout.isTTY ?? false,
  isErrTerminal: process.stderr.isTTY ?? false,
  outColumns: process.stdout.columns ?? 80,
  errColumns: process.stderr.columns ?? 80,
  wantsColour: (process.env['NO_COLOR'] ?? '') === '',
  now: () => new Date(),
});
