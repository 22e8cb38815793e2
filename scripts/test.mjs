import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled, node24 } from './lib/install.mjs'
import { playwright, vitest } from './lib/runners.mjs'
import { main } from './lib/screen.mjs'

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`
const soak = process.argv.includes('--soak')
const options = { soak, minutes: soak ? 360 : 12 }

const parts = {
  unit: () => vitest('unit', options),
  database: () => vitest('db', options),
  fault: () => vitest('fault', options),
  browser: () => playwright(options),
}

/** All tests at all heights, with all they need; the last line is the sum. */
await main(async () => {
  const started = Date.now()
  const total = { passed: 0, failures: [] }
  const slow = []
  const add = (name, { passed, failures }) => {
    total.passed += passed
    total.failures.push(...failures.map((failure) => `${name}: ${failure}`))
  }
  const broken = await prepare()
  if (broken) add('preparing', { passed: 0, failures: [broken] })
  for (const [name, part] of broken ? [] : Object.entries(parts)) {
    const began = Date.now()
    const result = await part().catch(notRun)
    add(name, result)
    slow.push(...result.slow)
    const counts = `${result.passed} passed, ${result.failures.length} failed`
    console.log(`\n  ${name}: ${counts} in ${seconds(Date.now() - began)}\n`)
  }
  if (soak) console.log(report(slow, Date.now() - started))
  for (const failure of total.failures) console.log(`  failed in ${failure}`)
  console.log(`${total.passed} passed, ${total.failures.length} failed`)
  return total.failures.length === 0 && total.passed > 0 ? 0 : 1
})

/** A part that could not be run has failed, and the others still count. */
function notRun(error) {
  console.error(error)
  return { passed: 0, failures: [error.message], slow: [] }
}

/** What is in the way of any test, or nothing. */
async function prepare() {
  try {
    await ensureInstalled()
    node24()
    await ensureBuilt()
  } catch (error) {
    console.error(error.message)
    return error.message
  }
}

function report(slow, ms) {
  const longest = slow.sort((a, b) => b.ms - a.ms).slice(0, 20)
  const lines = longest.map((test) => `  ${seconds(test.ms).padStart(10)}  ${test.name}`)
  return [`\nSoak: ${slow.length} tests in ${seconds(ms)}. The longest:`, ...lines, ''].join('\n')
}
