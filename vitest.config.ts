import { defineConfig } from 'vitest/config';
import { PlainSummary } from './test/helpers/plain-summary.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { TZ: 'UTC', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: '1' },
    restoreMocks: true,
    unstubEnvs: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', new PlainSummary()],
  },
});
