import { describe, expect, it } from 'vitest'
import {
  closedDays,
  countries,
  countryOf,
  holidaysAhead,
  holidaysOf,
  keptOpen,
  regionsOf,
} from './model-holidays'

const asked = (region: string, language = 'en') => holidaysOf(region, { from: 2027, years: 2, language })
const datesOf = async (region: string, name: string) =>
  (await asked(region))?.find((holiday) => holiday.name === name)?.dates

describe('public holidays', () => {
  it('are told by name, in the language of whoever reads', async () => {
    expect(await datesOf('DE-BE', 'Good Friday')).toEqual(['2027-03-26', '2028-04-14'])
    const german = await asked('DE-BE', 'de')
    expect(german?.map((holiday) => holiday.name)).toContain('Karfreitag')
  })

  it('differ between the parts of a country, and leave out what is no day off', async () => {
    expect(await datesOf('DE-BY', 'Epiphany')).toEqual(['2027-01-06', '2028-01-06'])
    expect(await datesOf('DE-BE', 'Epiphany')).toBeUndefined()
    expect(await datesOf('DE-BE', "Valentine's Day")).toBeUndefined()
    expect((await asked('IS'))?.flatMap((holiday) => holiday.dates)).not.toContain('2027-12-24')
  })

  it('take the day that stands for one at a weekend', async () => {
    expect(await datesOf('US', 'Independence Day')).toEqual(['2027-07-04', '2027-07-05', '2028-07-04'])
  })

  it('last as long as they last', async () => {
    expect(await datesOf('AE', 'End of Ramadan (Eid al-Fitr)')).toEqual(
      expect.arrayContaining(['2027-03-09', '2027-03-10', '2027-03-11']),
    )
  })

  it.each(['XX', 'DE-XX', 'DE-BY-XX', 'DE--A', ''])('are not known of %s', async (region) => {
    expect(await asked(region)).toBeNull()
    expect(await closedDays(region, [], '2026-11-20')).toBeNull()
  })
})

describe('what is written into the rules', () => {
  it('is this year and three more, without what stays open', async () => {
    const all = await closedDays('DE-BE', [], '2026-11-20')
    expect(all).toMatchObject({ region: 'DE-BE', through: '2029-12-31', open: [] })
    expect(all?.days).toEqual(expect.arrayContaining(['2026-01-01', '2026-12-25', '2029-10-03']))
    const some = await closedDays('DE-BE', ['12-25', 'no such rule'], '2026-11-20')
    expect(some?.open).toEqual(['12-25'])
    expect(some?.days).toEqual(all?.days.filter((day) => !day.endsWith('12-25')))
  })
})

describe('what a form says', () => {
  const now = '2026-11-20'
  const form = async (region: string, unticked: readonly string[]) => {
    const rules = (await holidaysAhead(region, now, 'en')).map(({ rule }) => rule)
    const ticked = rules.filter((rule) => !unticked.includes(rule))
    return new URLSearchParams([
      ...rules.map((rule): [string, string] => [`open-${rule}`, '1']),
      ...ticked.map((rule): [string, string] => [`closed-${rule}`, 'on']),
    ])
  }

  it.each([
    ['JP', '2029-02-12'],
    ['GB-NIR', '2029-03-19'],
  ])('of %s leaves nothing open that it does not list, though it comes later (%s)', async (region, date) => {
    const listed = (await holidaysAhead(region, now, 'en')).flatMap(({ dates }) => dates)
    expect(listed).not.toContain(date)
    const open = keptOpen(await form(region, []))
    expect(open).toEqual([])
    expect((await closedDays(region, open, now))?.days).toContain(date)
  })

  it('keeps open what is listed and not ticked', async () => {
    expect(keptOpen(await form('DE-BE', ['12-25', '12-26']))).toEqual(['12-25', '12-26'])
  })
})

describe('where they are', () => {
  it('is chosen by name', async () => {
    expect(await countries('de')).toContainEqual({ code: 'DE', name: 'Deutschland' })
    expect(await regionsOf('DE', 'de')).toContainEqual({ code: 'DE-BY-A', name: 'Bayern, Stadt Augsburg' })
    expect(await regionsOf('XX', 'de')).toEqual([])
  })

  it.each([
    ['Europe/Berlin', 'DE'],
    ['Asia/Tokyo', 'JP'],
    ['America/New_York', 'US'],
    ['UTC', null],
  ])('is guessed from a clock where only one country goes by it: %s', async (zone, country) => {
    expect(await countryOf(zone)).toBe(country)
  })
})
