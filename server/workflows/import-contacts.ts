import { importContacts } from '@/server/business/contact/import'
import { type Call, oncePer } from '@/server/core/command'

type Wanted = Parameters<typeof importContacts.execute>[0]

/** A list is taken over a part at a time; a part that was done is not done again, whoever goes on. */
export async function importList(wanted: Wanted, call: Call): Promise<{ added: number; left: number }> {
  const sum = { added: 0, left: 0 }
  for (let [n, finished] = [0, false]; !finished; n++) {
    const part = await importContacts.execute(wanted, oncePer(call, String(n)))
    sum.added += part.added
    sum.left += part.left
    finished = part.finished
  }
  return sum
}
