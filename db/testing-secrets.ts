/** For throw-away servers on this machine only. */
export const testSecrets = {
  NODE_ENV: 'test',
  APP_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  LOG_LEVEL: 'silent',
}
