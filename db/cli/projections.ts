import { projections, rebuild } from '@/jobs/projector'
import { type Command, exactly, Trouble, UsageError } from './command'
import { say } from './print'

const names = () => projections.map(({ name }) => name).join(', ')

const rebuildCommand: Command = {
  name: 'projections rebuild',
  usage: 'NAME',
  about: `make one anew from the log beside the one in use, then swap: ${names()}`,
  run: async ({ words }) => {
    const [name = ''] = exactly(words, `the name of a projection: ${names()}`)
    if (!projections.some((one) => one.name === name))
      throw new UsageError(`There is no projection "${name}": there are ${names()}.`)
    const stopping = new AbortController()
    const stop = () =>
      stopping.abort(
        new Trouble('Interrupted. The one in use was not touched; a new one is begun next time.'),
      )
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
    const generation = await rebuild(name, undefined, stopping.signal)
    if (generation === null) throw new Trouble(`Another process is rebuilding ${name} at this moment.`)
    say(`${name} is made anew: generation ${generation} is in use.`)
    return 0
  },
}

export const projectionCommands = [rebuildCommand]
