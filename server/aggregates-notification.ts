import * as table from '@/db/schema'
import { defineAggregate } from './core/fold'
import { all, is, told } from './core/rows'
import * as browserEvents from './notification/browser/events'
import { evolveBrowser } from './notification/browser/model'
import * as feedEvents from './notification/feed/events'
import { evolveFeed } from './notification/feed/model'
import * as inboxEvents from './notification/inbox/events'
import { evolveInbox } from './notification/inbox/model'
import * as messageEvents from './notification/message/events'
import { evolveMessage } from './notification/message/model'
import * as preferenceEvents from './notification/preference/events'
import { evolvePreference } from './notification/preference/model'
import * as templateEvents from './notification/template/events'
import { evolveTemplate } from './notification/template/model-fold'

/** What is said to people, as `aggregates.ts` says it of the rest. */

defineAggregate({
  events: messageEvents,
  evolve: evolveMessage,
  rows: async (db, only) =>
    told(await all(db, table.message, only), ({ tenantId, id, kind, createdAt: _, content: _c, ...m }) => ({
      tenantId,
      id,
      state: { ...m, notificationId: id, template: kind },
    })),
})

defineAggregate({
  events: preferenceEvents,
  evolve: evolvePreference,
  rows: async (db, only) => {
    const t = table.preference
    const rows = await db
      .select()
      .from(t)
      .where(is(t.tenantId, t.subjectId, only))
    return told(rows, ({ tenantId, subjectId: id, choices }) => ({ tenantId, id, state: { choices } }))
  },
})

defineAggregate({
  events: templateEvents,
  evolve: evolveTemplate,
  rows: async (db, only) =>
    told(await all(db, table.messageTemplate, only), ({ tenantId, id, ...state }) => ({
      tenantId,
      id,
      state,
    })),
})

defineAggregate({
  events: inboxEvents,
  evolve: evolveInbox,
  rows: async (db, only) =>
    told(await all(db, table.inbox, only), ({ tenantId, id, readTo, opened }) => ({
      tenantId,
      id,
      state: { readTo: readTo?.toISOString() ?? null, opened },
    })),
})

defineAggregate({
  events: feedEvents,
  evolve: evolveFeed,
  rows: async (db, only) =>
    told(await all(db, table.ownFeed, only), ({ tenantId, id, feedId }) => ({
      tenantId,
      id,
      state: { feedId },
    })),
})

defineAggregate({
  events: browserEvents,
  evolve: evolveBrowser,
  rows: async (db, only) =>
    told(await all(db, table.browser, only), ({ tenantId, id, userId, sessionId, active }) => ({
      tenantId,
      id,
      state: { userId, sessionId, active },
    })),
})
