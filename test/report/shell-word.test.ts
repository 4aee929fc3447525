import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellArgument } from '../../report/shell-word.ts';

test('a suggested command hands the task id to the shell as it is, whatever it holds', () => {
  const ids = ['task-1', 'a b', "it's; $(id) `id` !x", '*', '~root', '', '"', '\\', 'end #x', '-x'];
  const echoed = ids.map((id) =>
    execFileSync('sh', ['-c', `printf '%s|' ${shellArgument(id)}`], { encoding: 'utf8' }),
  );

  expect(echoed).toEqual([...ids.slice(0, -1).map((id) => `${id}|`), '--|-x|']);
});

test('an id that cannot be shown as it is makes no command', () => {
  expect(shellArgument('task\u202e1')).toBeNull();
  expect(shellArgument('task\n1')).toBeNull();
});
