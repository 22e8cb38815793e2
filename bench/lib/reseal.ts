import { isSealed, newDataKey, sealField, unsealField, unwrapKey, wrapKey } from '@/server/core/crypto'
import type { Subject } from './replay'
import type { Exchange, Statement } from './statements'

type Row = { id: string; data: Record<string, unknown> }

const makesKey = ({ text }: Statement) => text.includes('insert into subject_key')
const appends = ({ text }: Statement) => text.includes('append_events')

/** The statements that make a person's key and append what is sealed with it, and where in them. */
function sealing(exchanges: readonly Exchange[]) {
  const [key, append] = [exchanges.flat().find(makesKey), exchanges.flat().find(appends)]
  if (!key || !append) throw new Error('a booking by somebody new makes a key and appends events')
  return { key, append, keyId: String(key.params[2]), rows: JSON.parse(String(append.params[2])) as Row[] }
}

/** Copied statements carry somebody else's key and seals made for another event. This gives them their own. */
export function resealing(
  exchanges: readonly Exchange[],
  of: Subject,
): (filled: Exchange[], subject: Subject) => void {
  const sample = sealing(exchanges)
  const sampleKey = unwrapKey(Buffer.from(sample.key.params[3] as Uint8Array), sample.keyId)
  const hidden = sample.rows.map(({ id, data }) =>
    Object.entries(data).flatMap(([name, value]) =>
      isSealed(value) ? [{ name, clear: unsealField(value, sampleKey, `${id}.${name}`) }] : [],
    ),
  )
  return (filled, subject) => {
    const { key, append, keyId, rows } = sealing(filled)
    const dataKey = { keyId, key: newDataKey() }
    key.params[3] = wrapKey(dataKey.key, keyId)
    for (const [i, { id, data }] of rows.entries())
      for (const { name, clear } of hidden[i] ?? [])
        data[name] = sealField(clear === of.email ? subject.email : clear, dataKey, `${id}.${name}`)
    append.params[2] = JSON.stringify(rows)
  }
}
