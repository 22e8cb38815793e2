import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { root } from './paths.mjs'
import { tool } from './tools.mjs'

/** Each runner's own report, brought to one shape: `{ passed, failures: [line], slow: [{ name, ms }] }`. */

const results = join(root, 'test-results')

export async function vitest(project, { soak, minutes }) {
  const report = freshReport(project)
  const args = ['run', '--project', project, '--passWithNoTests']
  const reporters = ['--reporter=default', '--reporter=./scripts/lib/vitest-report.mjs']
  const env = { TEST_REPORT: report, ...(soak ? { SOAK: '1' } : {}) }
  const { code } = await tool('vitest', [...args, ...reporters], {
    env,
    show: true,
    timeout: minutes * 60_000,
  })
  return outcome(code, read(report) ?? { passed: 0, failures: [], slow: [] })
}

export async function playwright({ soak, minutes }) {
  const folder = join(root, 'e2e')
  const specs = existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => /\.spec\.ts$/.test(name))
    : []
  if (specs.length === 0) return { passed: 0, failures: [], slow: [] }
  const chromium = await findChromium()
  if (!chromium) {
    const failure = 'No Chromium could be found or installed. Install one, or set CHROMIUM_PATH to one.'
    return { passed: 0, failures: [failure], slow: [] }
  }
  const report = freshReport('browser')
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...(soak ? { SOAK: '1' } : {}) }
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json']
  const { code } = await tool('playwright', args, { env, show: true, timeout: minutes * 60_000 })
  const { stats, suites = [] } = read(report) ?? {}
  // A browser on a busy machine gets a second try, and whoever reads this the name of what needed it: a bug to be found.
  for (const { title } of suites.flatMap(having('flaky')))
    console.log(`  only at the second attempt: ${title}`)
  const passed = (stats?.expected ?? 0) + (stats?.flaky ?? 0)
  return outcome(code, { passed, failures: suites.flatMap(failed), slow: suites.flatMap(specsOf) })
}

const specsOf = ({ specs = [], suites = [] }) => [
  ...specs.map(({ title, tests }) => ({
    name: title,
    ms: Math.max(0, ...tests.flatMap((test) => test.results.map((result) => result.duration))),
  })),
  ...suites.flatMap(specsOf),
]

const having = (status) =>
  function named({ specs = [], suites = [] }) {
    return [
      ...specs.filter(({ tests }) => tests.some((test) => test.status === status)),
      ...suites.flatMap(named),
    ]
  }

const failed = (suite) => having('unexpected')(suite).map(({ file, title }) => `${file} › ${title}`)

/** A runner that ends badly without naming a failure has failed itself. */
const outcome = (code, counts) =>
  code !== 0 && counts.failures.length === 0
    ? { ...counts, failures: [`the runner ended with ${code} and named no failure`] }
    : counts

function freshReport(name) {
  mkdirSync(results, { recursive: true })
  const path = join(results, `${name}.json`)
  rmSync(path, { force: true })
  return path
}

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)
