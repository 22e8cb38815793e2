/** What a person sees: steps that take long show that they go on, and a failure is words rather than a stack. */

export class Trouble extends Error {}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** Quick steps leave no trace; a slow one is named, counted while it runs, and ticked off. */
export async function step(label, work) {
  const started = Date.now()
  const live = process.stdout.isTTY
  let shown = false
  const show = () => {
    if (live) process.stdout.write(`\r  … ${label} ${seconds(started)} `)
    else console.log(shown ? `  … ${label}, still at it after ${seconds(started)}` : `  … ${label}`)
    shown = true
  }
  const first = setTimeout(show, 400)
  const again = setInterval(show, live ? 500 : 15_000)
  const settle = (mark) => {
    clearTimeout(first)
    clearInterval(again)
    if (shown) process.stdout.write(`${live ? '\r' : ''}  ${mark} ${label} ${seconds(started)}   \n`)
  }
  try {
    const result = await work()
    settle('✓')
    return result
  } catch (error) {
    settle('✗')
    throw error
  }
}

export function warn(text) {
  console.log(`  ! ${text}`)
}

/** Runs a script to its end; trouble we know is told in words, anything else keeps its stack. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    const known = error instanceof Trouble || error?.name === 'ConfigError'
    console.error(`\n${known ? error.message : (error?.stack ?? error)}\n`)
    process.exitCode = 1
  }
}
