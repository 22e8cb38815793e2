import { join } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { root } from './lib/paths.mjs'
import { run } from './lib/processes.mjs'
import { main } from './lib/screen.mjs'
import { tool } from './lib/tools.mjs'

async function types() {
  const generated = await tool('next', ['typegen'])
  return generated.code === 0 ? tool('tsc', ['--noEmit', '-p', '.']) : generated
}

const parts = {
  types,
  'format and lint': () => tool('biome', ['check', '.']),
  'dead code': () => tool('knip', ['--no-progress']),
  'structure and unit tests': () => tool('vitest', ['run', '--project', 'unit', '--reporter', 'dot']),
  'lock file': () => run(process.execPath, [join(root, 'scripts', 'complete-lock.mjs'), '--check']),
}

/** Everything that can be known in a minute without a database or a browser. */
await main(async () => {
  const started = Date.now()
  const since = () => `${((Date.now() - started) / 1000).toFixed(1)} s`
  await ensureInstalled()
  const results = await Promise.all(
    Object.entries(parts).map(async ([name, check]) => {
      const { code, output } = await check()
      console.log(`  ${code === 0 ? '✓' : '✗'} ${name} (${since()})`)
      return { name, code, output }
    }),
  )
  const failed = results.filter(({ code }) => code !== 0)
  for (const { name, output } of failed) console.log(`\n──── ${name} ────\n${output.trim()}`)
  console.log(
    failed.length === 0 ? `\nAll fine after ${since()}.` : `\n${failed.length} of ${results.length} failed.`,
  )
  return failed.length === 0 ? 0 : 1
})
