import { z } from 'zod'

/** A venue by its id, or `online`. */
export const placeSchema = z
  .string()
  .regex(/^(online|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/, 'is not a place')
