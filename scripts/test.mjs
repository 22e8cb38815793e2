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
  const total = { passed: 0, failed: 0 }
  const slow = []
  const ready = await prepare()
  if (!ready) total.failed += 1
  for (const [name, part] of ready ? Object.entries(parts) : []) {
    const began = Date.now()
    const result = await part().catch(broken)
    total.passed += result.passed
    total.failed += result.failed
    slow.push(...result.slow)
    console.log(
      `\n  ${name}: ${result.passed} passed, ${result.failed} failed in ${seconds(Date.now() - began)}\n`,
    )
  }
  if (soak) console.log(report(slow, Date.now() - started))
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
})

/** A part that could not be run has failed, and the others still count. */
function broken(error) {
  console.error(error)
  return { passed: 0, failed: 1, slow: [] }
}

async function prepare() {
  try {
    await ensureInstalled()
    node24()
    await ensureBuilt()
    return true
  } catch (error) {
    console.error(error.message)
    return false
  }
}

function report(slow, ms) {
  const longest = slow.sort((a, b) => b.ms - a.ms).slice(0, 20)
  const lines = longest.map((test) => `  ${seconds(test.ms).padStart(10)}  ${test.name}`)
  return [`\nSoak: ${slow.length} tests in ${seconds(ms)}. The longest:`, ...lines, ''].join('\n')
}
