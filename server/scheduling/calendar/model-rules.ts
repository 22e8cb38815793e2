import { z } from 'zod'
import { dayNumber, isDate, isZone, parseClock, weekdayOf } from '@/server/core/time'
import { type Where, ways } from '@/server/location/venue/model-place'
import { placeSchema } from '@/server/location/venue/model-place-schema'

const MOST_RANGES = 48
const MOST_OVERRIDES = 2_000
const MOST_HOLIDAYS = 400
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const

const zoneSchema = z.string().max(64).refine(isZone, 'is not a time zone')
const dateSchema = z.string().refine(isDate, 'is not a date')
const opensSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day')
const closesSchema = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'is not a time of day')

/** Open from the first clock time until the second, at a place where one is named; '24:00' is the end of the day. */
export const rangeSchema = z
  .tuple([opensSchema, closesSchema, placeSchema.optional()])
  .refine(([from, to]) => from < to, {
    message: 'ends before it begins',
  })

/** Sorted and apart. Two that touch are one stretch of open time with two grids. */
export const rangesSchema = z
  .array(rangeSchema)
  .max(MOST_RANGES)
  .refine(
    (ranges) => ranges.every(([from], index) => index === 0 || (ranges[index - 1]?.[1] ?? '') <= from),
    {
      message: 'must be sorted and must not overlap',
    },
  )

/** By ISO weekday, Monday 1. A weekday that is not named is closed. */
export const weeklySchema = z.partialRecord(z.enum(weekdays), rangesSchema)

/** Public holidays taken as closed: whose, on which days as far as they were written, and which of them stay open. */
export const holidaysSchema = z.strictObject({
  region: z.string().regex(/^[A-Z]{2}(-[A-Za-z0-9]{1,20}){0,2}$/, 'is not a region'),
  days: z.array(dateSchema).max(MOST_HOLIDAYS),
  through: dateSchema,
  open: z.array(z.string().min(1).max(300)).max(100),
})

/** When a provider is open, by the clock on their wall. An override replaces its whole day; a holiday closes it. */
export const rulesSchema = z.strictObject({
  timeZone: zoneSchema,
  weekly: weeklySchema,
  overrides: z
    .record(dateSchema, rangesSchema)
    .refine((overrides) => Object.keys(overrides).length <= MOST_OVERRIDES, 'has too many days'),
  holidays: holidaysSchema.optional(),
  /** Where the hours that name no place are. */
  place: placeSchema.optional(),
})

const YEAR_OF_MINUTES = 366 * 1440
const minutes = (least: number, most: number) => z.int().min(least).max(most)

/** How a service is offered. Durations and distances are elapsed time; the window counts the provider's days. */
export const offerSchema = z.strictObject({
  durationMinutes: minutes(1, 7 * 1440),
  stepMinutes: minutes(1, 1440),
  bufferBeforeMinutes: minutes(0, 1440),
  bufferAfterMinutes: minutes(0, 1440),
  noticeMinutes: minutes(0, YEAR_OF_MINUTES),
  windowDays: z.int().min(0).max(1_100),
  capacity: z.int().min(1).max(10_000),
  given: z.enum(ways).optional(),
})

export type Range = z.infer<typeof rangeSchema>
export type WeeklyHours = z.infer<typeof weeklySchema>
export type Rules = z.infer<typeof rulesSchema>
export type Holidays = z.infer<typeof holidaysSchema>
export type Offer = z.infer<typeof offerSchema>

/** Every place that hours name, each once. */
export function placesNamed({ weekly = {}, overrides = {}, place }: Partial<Rules>): Where[] {
  const ranges = [...Object.values(weekly), ...Object.values(overrides)].flat()
  return [...new Set([place, ...ranges.map(([, , at]) => at)])].filter((at) => at !== undefined)
}

/** Without the special days before one. */
export const rulesFrom = (rules: Rules, first: string): Rules => ({
  ...rules,
  overrides: Object.fromEntries(Object.entries(rules.overrides).filter(([date]) => date >= first)),
})

type Minutes = readonly [from: number, to: number, place?: Where]

/** The open minutes of a day, asked by its number. */
export function hoursOf(rules: Rules): (day: number) => readonly Minutes[] {
  const weekly = new Map(
    Object.entries(rules.weekly).map(([day, ranges]) => [Number(day), minutesOf(ranges)]),
  )
  const overrides = new Map(
    Object.entries(rules.overrides).map(([date, ranges]) => [dayNumber(date), minutesOf(ranges)]),
  )
  const closed = new Set(rules.holidays?.days.map(dayNumber))
  return (day) => overrides.get(day) ?? (closed.has(day) ? [] : (weekly.get(weekdayOf(day)) ?? []))
}

const minutesOf = (ranges: readonly Range[] = []): Minutes[] =>
  ranges.map(([from, to, ...place]) => [parseClock(from) ?? 0, parseClock(to) ?? 0, ...place])
