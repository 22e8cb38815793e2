import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'

const script = readFileSync('public/zone.js', 'utf8')

/** What a browser that lives in a zone does with a page: what it keeps after that, and whether it asks once more. */
function opens(lives: string, { kept = '', shown = 'Europe/Berlin', keeps = true }) {
  let [cookie, reloads] = [kept, 0]
  const document = {
    currentScript: { dataset: { shown } },
    get cookie() {
      return cookie
    },
    set cookie(said: string) {
      if (keeps) cookie = said.split(';')[0] ?? ''
    },
  }
  const format = { resolvedOptions: () => ({ timeZone: lives }) }
  const clocks = Object.fromEntries([['DateTimeFormat', () => format]])
  const location = { href: 'https://example.org/b/house/book', reload: () => reloads++ }
  const history = {
    replaceState: (_: null, __: string, to: URL) => Object.assign(location, { href: to.href }),
  }
  runInNewContext(script, { document, Intl: clocks, URL, location, history })
  return { cookie, reloads, ...(location.href.includes('?') ? { said: location.href.split('?')[1] } : {}) }
}

test('a page is asked for once more by the clock of whoever looks, also when they have travelled', () => {
  const berlin = 'zone=Europe%2FBerlin'
  const newYork = 'zone=America%2FNew_York'
  expect(opens('America/New_York', {})).toEqual({ cookie: newYork, reloads: 1 })
  expect(opens('America/New_York', { kept: berlin })).toEqual({ cookie: newYork, reloads: 1 })
  expect(opens('America/New_York', { kept: newYork, shown: 'America/New_York' })).toEqual({
    cookie: newYork,
    reloads: 0,
  })
})

test('where nothing is kept the address says it', () => {
  const said = 'zone=America%2FNew_York'
  expect(opens('America/New_York', { keeps: false })).toEqual({ cookie: '', reloads: 1, said })
})

test('nobody asks for ever where another zone is shown all the same', () => {
  expect(opens('Mars/Base', { kept: 'zone=Mars%2FBase' })).toEqual({ cookie: 'zone=Mars%2FBase', reloads: 0 })
  expect(opens('Europe/Berlin', {})).toEqual({ cookie: 'zone=Europe%2FBerlin', reloads: 0 })
})
