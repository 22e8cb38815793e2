import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const soak = process.env.SOAK === '1'
const timeout = (ms: number) => (soak ? 6 * 3_600_000 : ms)

/** unit: decisions, no I/O. db: verbs on a real PostgreSQL, one database per file. fault: whole processes, killed. */
export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: timeout(5000),
          include: ['**/*.test.ts'],
          exclude: [
            '**/*.db.test.ts',
            '**/*.fault.test.ts',
            '**/node_modules/**',
            '**/.next/**',
            '**/dist/**',
            'e2e/**',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: ['**/node_modules/**', '**/.next/**', '**/dist/**'],
          globalSetup: './db/testing-cluster.ts',
          testTimeout: timeout(30_000),
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'fault',
          include: ['**/*.fault.test.ts'],
          exclude: ['**/node_modules/**', '**/.next/**', '**/dist/**'],
          testTimeout: timeout(180_000),
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
        },
      },
    ],
  },
})
