import type { PgBoss } from 'pg-boss'
import { attemptsOf, type DeadLetter, discard, listDeadLetters, redrive } from '@/jobs/dead-letters'
import { startBoss } from '@/jobs/queues'
import { subscriptions } from '@/jobs/subscriptions'
import { type Arguments, anId, type Command, exactly, Trouble, UsageError } from './command'
import { count, cut, facts, moment, remark, say, table } from './print'

async function withQueue<T>(work: (boss: PgBoss) => Promise<T>): Promise<T> {
  const boss = await startBoss({ supervise: false })
  try {
    return await work(boss)
  } finally {
    await boss.stop({ graceful: false, close: true })
  }
}

/** Named letters, all of which must be there. */
async function named(boss: PgBoss, ids: readonly string[]): Promise<DeadLetter[]> {
  const letters = await listDeadLetters(boss, { ids })
  const missing = ids.filter((id) => !letters.some((letter) => letter.id === id))
  if (missing.length > 0)
    throw new Trouble(`There is no dead letter ${missing.join(', ')}. Those there are: dead-letters list`)
  return letters
}

const list: Command = {
  name: 'dead-letters list',
  usage: '[--handler NAME] [--json]',
  about: 'what handlers gave up on, oldest first',
  options: { handler: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ values, words }) => {
    exactly(words)
    const letters = await withQueue((boss) => listDeadLetters(boss, { handler: textOf(values.handler) }))
    if (values.json) for (const letter of letters) say(JSON.stringify(letter))
    else if (letters.length === 0) say('No dead letters.')
    else say(`${listed(letters)}\n\n${count(letters.length, 'dead letter')}`)
    return 0
  },
}

const listed = (letters: readonly DeadLetter[]) =>
  table(
    ['ID', 'HANDLER', 'EVENT', 'SINCE', 'TRIES', 'ERROR'],
    letters.map((l) => [l.id, l.handler, typeOf(l), moment(l.deadAt), l.attempts, cut(errorOf(l), 100)]),
  )

const typeOf = ({ event }: DeadLetter) => event?.type ?? '(past its retention)'
const errorOf = ({ error, handledAt }: DeadLetter) => (handledAt ? `(handled after all) ${error}` : error)

const show: Command = {
  name: 'dead-letters show',
  usage: 'ID',
  about: 'one of them, with every attempt',
  run: async ({ words }) => {
    const [word = ''] = exactly(words, 'the id of a dead letter')
    const id = anId(word)
    const [letter] = await withQueue((boss) => named(boss, [id]))
    if (letter) say(await described(letter))
    return 0
  },
}

async function described(letter: DeadLetter): Promise<string> {
  const attempts = await attemptsOf(letter)
  const { event } = letter
  return [
    facts([
      ['dead letter', letter.id],
      ['handler', letter.handler],
      ['since', moment(letter.deadAt)],
      ['handled', letter.handledAt ?? 'no'],
      ['event', letter.eventId],
      ['type', typeOf(letter)],
      ['recorded', letter.recordedAt],
      ['about', event && `${event.aggregateType} ${event.aggregateId}`],
      ['tenant', event?.tenantId],
      ['correlation', event?.correlationId],
      ['error', letter.error],
    ]),
    '',
    attempts.length > 0
      ? table(
          ['ATTEMPT', 'AT', 'ERROR'],
          attempts.map((a) => [a.attempt, a.failedAt, a.error]),
        )
      : 'No attempt left a trace: its process ended, or its time ran out.',
    '',
    `The event itself: events show ${letter.eventId}`,
  ].join('\n')
}

const redriveCommand: Command = {
  name: 'dead-letters redrive',
  usage: '(ID… | --handler NAME | --all) [--preview]',
  about: 'give them back to their handlers; with --preview only say what that would do',
  options: { all: { type: 'boolean' }, handler: { type: 'string' }, preview: { type: 'boolean' } },
  run: ({ values, words }) => {
    const choose = choice({ values, words })
    return withQueue(async (boss) => {
      const { served, orphaned } = byHandler(await choose(boss))
      if (orphaned.length > 0)
        remark(`Left: ${handlersOf(orphaned)}. No such handler any more; discard them.`)
      if (values.preview) {
        say(served.length > 0 ? previewed(served) : 'Nothing would be redriven.')
        return 0
      }
      const { done, gone } = await redrive(boss, served)
      say(`Redriven: ${done.length}.${gone.length > 0 ? ` Gone meanwhile: ${gone.length}.` : ''}`)
      return orphaned.length > 0 ? 1 : 0
    })
  },
}

/** Named, of one handler, or all: one way of choosing, said outright. */
function choice({ values, words }: Arguments): (boss: PgBoss) => Promise<DeadLetter[]> {
  const handler = textOf(values.handler)
  const ways = [words.length > 0, handler !== undefined, values.all === true].filter(Boolean).length
  if (ways !== 1) throw new UsageError('Say which, in one way: their ids, --handler NAME, or --all.')
  const ids = words.map(anId)
  return (boss) => (ids.length > 0 ? named(boss, ids) : listDeadLetters(boss, { handler }))
}

function byHandler(letters: readonly DeadLetter[]): { served: DeadLetter[]; orphaned: DeadLetter[] } {
  const names = new Set(subscriptions.map(({ handler }) => handler.name))
  return {
    served: letters.filter(({ handler }) => names.has(handler)),
    orphaned: letters.filter(({ handler }) => !names.has(handler)),
  }
}

const handlersOf = (letters: readonly DeadLetter[]) =>
  [...Map.groupBy(letters, (l) => l.handler)].map(([name, all]) => `${name} (${all.length})`).join(', ')

const previewed = (letters: readonly DeadLetter[]) =>
  table(
    ['HANDLER', 'WOULD RUN', 'HANDLED AFTER ALL', 'OLDEST'],
    [...Map.groupBy(letters, (l) => l.handler)].map(([name, all]) => {
      const finished = all.filter((l) => l.handledAt).length
      return [name, all.length - finished, finished, moment(all[0]?.deadAt ?? '')]
    }),
  )

const discardCommand: Command = {
  name: 'dead-letters discard',
  usage: 'ID… --reason "WHY"',
  about: 'never handle them; the log keeps the reason',
  options: { reason: { type: 'string' } },
  run: ({ values, words }) => {
    const reason = textOf(values.reason)?.trim()
    if (words.length === 0) throw new UsageError('It needs the ids of the dead letters.')
    if (!reason || reason.length < 3 || reason.length > 500)
      throw new UsageError(
        'It needs --reason "…" with 3 to 500 characters: whoever asks later reads it in the log.',
      )
    const ids = words.map(anId)
    return withQueue(async (boss) => {
      const { done, gone } = await discard(boss, await named(boss, ids), reason)
      say(`Discarded: ${done.length}.${gone.length > 0 ? ` Gone meanwhile: ${gone.length}.` : ''}`)
      return 0
    })
  },
}

const textOf = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined)

export const deadLetterCommands = [list, show, redriveCommand, discardCommand]
