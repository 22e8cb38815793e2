import { createHash } from 'node:crypto'

/** For throw-away servers on this machine only. */
export const testSecrets = {
  NODE_ENV: 'test',
  APP_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
  ENCRYPTION_KEY: createHash('sha256').update('only for tests').digest('base64'),
  LOG_LEVEL: 'silent',
}
