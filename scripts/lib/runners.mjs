import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { root } from './paths.mjs'
import { tool } from './tools.mjs'

/** Each runner's own report, brought to one shape: `{ passed, failed, slow: [{ name, ms }] }`. */

const results = join(root, 'test-results')

export async function vitest(project, { soak, minutes }) {
  const report = freshReport(project)
  const args = ['run', '--project', project, '--passWithNoTests']
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const env = soak ? { SOAK: '1' } : {}
  const { code } = await tool('vitest', [...args, ...reporters], {
    env,
    show: true,
    timeout: minutes * 60_000,
  })
  const { testResults = [] } = read(report) ?? {}
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  // A file that could not even be loaded holds no test that could fail.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed),
  )
  return outcome(code, {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(isFailed).length + broken.length,
    slow: tests.map(({ fullName, duration }) => ({ name: fullName, ms: duration ?? 0 })),
  })
}

const isFailed = ({ status }) => status === 'failed'

export async function playwright({ soak, minutes }) {
  const folder = join(root, 'e2e')
  const specs = existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => /\.spec\.ts$/.test(name))
    : []
  if (specs.length === 0) return { passed: 0, failed: 0, slow: [] }
  const chromium = await findChromium()
  if (!chromium) {
    console.log('No Chromium could be found or installed. Install one, or set CHROMIUM_PATH to one.')
    return { passed: 0, failed: 1, slow: [] }
  }
  const report = freshReport('browser')
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...(soak ? { SOAK: '1' } : {}) }
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json']
  const { code } = await tool('playwright', args, { env, show: true, timeout: minutes * 60_000 })
  const { stats, suites = [] } = read(report) ?? {}
  // A browser on a busy machine gets a second try, and whoever reads this the name of what needed it: a bug to be found.
  for (const { name } of suites.flatMap(unsteady)) console.log(`  only at the second attempt: ${name}`)
  const passed = (stats?.expected ?? 0) + (stats?.flaky ?? 0)
  return outcome(code, { passed, failed: stats?.unexpected ?? 0, slow: suites.flatMap(specsOf) })
}

const specsOf = ({ specs = [], suites = [] }) => [
  ...specs.map(({ title, tests }) => ({
    name: title,
    ms: Math.max(0, ...tests.flatMap((test) => test.results.map((result) => result.duration))),
  })),
  ...suites.flatMap(specsOf),
]

const unsteady = ({ specs = [], suites = [] }) => [
  ...specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ title }) => ({ name: title })),
  ...suites.flatMap(unsteady),
]

/** A runner that ends badly without naming a failure has failed itself. */
const outcome = (code, counts) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts)

function freshReport(name) {
  mkdirSync(results, { recursive: true })
  const path = join(results, `${name}.json`)
  rmSync(path, { force: true })
  return path
}

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)
