import { z } from 'zod'

export type Position = { latitude: number; longitude: number }

const degrees = /^\s*(-?\d{1,2}(?:\.\d{1,10})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,10})?)\s*$/

function positionOf(text: string): Position | null {
  const [, latitude, longitude] = (degrees.exec(text) ?? []).map(Number)
  if (latitude === undefined || longitude === undefined) return null
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}

/** A position as programs write it: latitude and longitude in degrees, with a comma between them. */
export const near = z
  .string()
  .max(60)
  .refine((text) => positionOf(text) !== null, 'is not a latitude and a longitude (52.52,13.405)')
  .transform((text) => positionOf(text) as Position)

export const radiusKm = z.number().min(0.1).max(500)
export const usualRadiusKm = 25

/** As it is told: nobody is found to a hundred metres by where a venue says it is. */
export const roundKm = (km: number): number => Math.round(km * 10) / 10
