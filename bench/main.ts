import { parseArgs } from 'node:util'
import { busyShare, machine } from './lib/machine'
import type { Measure } from './lib/measure'
import { table, writeReadme } from './lib/report'
import { Stage } from './lib/stage'
import { benches } from './list'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, write: { type: 'boolean' }, profile: { type: 'boolean' } },
})

/** `availability` means all that begin with it. */
const wanted = benches.filter(
  ({ name }) =>
    positionals.length === 0 || positionals.some((asked) => name === asked || name.startsWith(`${asked}.`)),
)
const unknown = positionals.filter(
  (asked) => !benches.some(({ name }) => name === asked || name.startsWith(`${asked}.`)),
)
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. There are: ${benches.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}
if (values.write && wanted.length < benches.length) {
  console.error('--write puts a whole run into bench/README.md: leave out the names.')
  process.exit(2)
}

const began = Date.now()
const say = (text: string) =>
  console.error(`  ${((Date.now() - began) / 1000).toFixed(0).padStart(3)} s  ${text}`)
const stage = new Stage({ profile: values.profile === true, say })

let closing: Promise<void> | null = null
const close = () => {
  closing ??= stage.close()
  return closing
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void close().finally(() => process.exit(130)))

const busy = [await busyShare()]
const measures: Measure[] = []
let broken = 0
try {
  for (const bench of wanted) {
    if (closing) break
    say(bench.name)
    try {
      const found = await bench.run(stage)
      measures.push(...found)
      if (values.json) for (const one of found) console.log(JSON.stringify(one))
    } catch (error) {
      if (closing) break
      broken++
      console.error(
        `\n${bench.name} could not be measured: ${error instanceof Error ? error.stack : error}\n`,
      )
    }
  }
} finally {
  await close()
}
busy.push(await busyShare())
if (!values.json) console.log(`${table(measures)}\n  ${machine(busy)}\n`)
if (values.write && broken === 0) writeReadme(benches, measures, machine(busy))
say(
  `${measures.filter(({ holds }) => holds === false).length} goals missed, ${broken} benches could not be measured`,
)
process.exit(broken === 0 ? 0 : 1)
