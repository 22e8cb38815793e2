import type { createBusiness } from '@/server/business/business/create'
import type { createService } from '@/server/business/service/create'
import type { Role } from '@/server/core/actor'
import type { createVenue } from '@/server/location/venue/create'
import type { WeeklyHours } from '@/server/scheduling/calendar/model'
import { berlin } from './berlin'
import { kathmandu } from './kathmandu'
import { newYork } from './new-york'

type InputOf<C extends { execute(input: never, call: never): unknown }> = Parameters<C['execute']>[0]

export type DemoService = Omit<InputOf<typeof createService>, 'businessId'>

export type DemoVenue = Omit<InputOf<typeof createVenue>, 'businessId' | 'timeZone'>

export type DemoProvider = {
  name: string
  bio: string
  /** Names of the services they perform. */
  services: readonly string[]
  /** Stretches may name a venue of the business by its name, or `online`. */
  weekly: WeeklyHours
  /** Where they are otherwise, by its name. */
  place?: string
  /** Where whoever books online meets them. */
  room?: string
  /** Closed all day, so many days from now. */
  daysOff?: readonly number[]
  /** Sold by written slots, each week on these ISO weekdays. */
  classes?: readonly { service: string; weekdays: readonly number[]; at: string; seats: number }[]
  /** The login of the person behind it. */
  login?: string
  bookings: number
}

export type DemoBusiness = InputOf<typeof createBusiness> & {
  slug: string
  timeZone: string
  owner: string
  team: readonly { login: string; role: Role }[]
  services: readonly DemoService[]
  venues?: readonly DemoVenue[]
  providers: readonly DemoProvider[]
}

/** Nobody and nothing in here exists. Names say so, and addresses end in what is reserved for examples. */
export const businesses: readonly DemoBusiness[] = [berlin, newYork, kathmandu]

export const demoDomain = 'demo.example'

/** Who can log in, by the part of the address before the @. */
export const people: readonly { login: string; name: string; role: Role | 'operator' }[] = [
  { login: 'owner', name: 'Olga Owner', role: 'owner' },
  { login: 'admin', name: 'Adam Admin', role: 'admin' },
  { login: 'provider', name: 'Petra Probe', role: 'provider' },
  { login: 'manager', name: 'Fiona Field', role: 'field_manager' },
  { login: 'agent', name: 'Arno Agent', role: 'agent' },
  { login: 'kits', name: 'Karla Kit', role: 'kit_keeper' },
  { login: 'client', name: 'Clara Client', role: 'client' },
  { login: 'operator', name: 'Otto Operator', role: 'operator' },
  { login: 'owner.school', name: 'Polly Parrot', role: 'owner' },
  { login: 'owner.bikes', name: 'Tenzing Testworth', role: 'owner' },
]

const firstNames = [
  'Ada',
  'Bert',
  'Cleo',
  'Dora',
  'Emil',
  'Fay',
  'Gus',
  'Hetty',
  'Ivo',
  'June',
  'Kai',
  'Lou',
  'Mia',
  'Ned',
]
const lastNames = ['Example', 'Sample', 'Muster', 'Placeholder', 'Invented', 'Nobody']

export type Client = { name: string; email: string; phone?: string }

/** Who has an account and books as well. */
export const clara: Client = { name: 'Clara Client', email: `client@${demoDomain}` }

/** Who books: 84 people that were never born. */
export const clients: readonly Client[] = lastNames.flatMap((last, row) =>
  firstNames.map((first, column) => ({
    name: `${first} ${last}`,
    email: `${first}.${last}@example.com`.toLowerCase(),
    ...((row + column) % 3 === 0 ? { phone: `+1 202 555 01${row}${column % 10}` } : {}),
  })),
)
