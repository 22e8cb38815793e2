import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** What every table of a tenant begins with: keys lead with the tenant, so that a tenant can move house. */
export const tenantId = () => uuid('tenant_id').notNull()

/** Instants are text in RFC 3339 on our side: drizzle and pg-boss share a client whose Date handling differs. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

export const tstzrange = customType<{ data: string; driverData: string }>({ dataType: () => 'tstzrange' })

export const tsvector = customType<{ data: string; driverData: string }>({ dataType: () => 'tsvector' })
