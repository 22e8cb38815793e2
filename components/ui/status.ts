import type { IconType } from './icons'
import * as icon from './icons'
import type { Noun, StatusOf } from './status-words'

/** good: done or safe. warn: waits for you. bad: failed or blocks. info: under way. hold: with someone else. none: rest. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'hold' | 'none'
export type Mark = { tone: Tone; icon: IconType }

const mark = (tone: Tone, drawn: IconType): Mark => ({ tone, icon: drawn })

/** The one table of what each status looks like. Its words stand in status-words.ts under the same keys. */
export const statuses: { [N in Noun]: { [S in StatusOf<N>]: Mark } } = {
  slot: {
    available: mark('none', icon.Circle),
    held: mark('hold', icon.Hourglass),
    booked: mark('info', icon.RingCheck),
    blocked: mark('none', icon.Lock),
  },
  appointment: {
    held: mark('hold', icon.Hourglass),
    payment_due: mark('warn', icon.Card),
    pending: mark('warn', icon.Clock),
    confirmed: mark('good', icon.RingCheck),
    completed: mark('none', icon.Check),
    cancelled: mark('none', icon.Barred),
    declined: mark('bad', icon.RingX),
    expired: mark('none', icon.Rewind),
    no_show: mark('bad', icon.Person),
  },
  waitlist: { waitlisted: mark('hold', icon.Queue), offered: mark('hold', icon.Plane) },
  request: {
    draft: mark('none', icon.DashedRing),
    submitted: mark('warn', icon.Tray),
    changes_requested: mark('hold', icon.Pencil),
    approved: mark('good', icon.RingCheck),
    approved_in_part: mark('good', icon.Half),
    rejected: mark('bad', icon.RingX),
    cancelled: mark('none', icon.Barred),
  },
  event: {
    generated: mark('none', icon.DashedRing),
    manager_assigned: mark('info', icon.Person),
    preparing: mark('info', icon.Half),
    ready: mark('good', icon.RingCheck),
    at_risk: mark('warn', icon.Triangle),
    not_ready: mark('bad', icon.Triangle),
    running: mark('info', icon.Play),
    completed: mark('none', icon.Check),
    cancelled: mark('none', icon.Barred),
  },
  assignment: {
    open: mark('none', icon.DashedRing),
    offered: mark('hold', icon.Plane),
    accepted: mark('info', icon.Check),
    declined: mark('none', icon.RingX),
    no_answer: mark('none', icon.Rewind),
    withdrawn: mark('none', icon.Undo),
    checked_in: mark('good', icon.RingCheck),
    late: mark('warn', icon.Clock),
    no_show: mark('bad', icon.Person),
    checked_out: mark('none', icon.Check),
    hours_approved: mark('good', icon.Check),
    disputed: mark('bad', icon.Flag),
    cancelled: mark('none', icon.Barred),
  },
  kit: {
    needed: mark('none', icon.DashedRing),
    assigned: mark('info', icon.Box),
    prepared: mark('good', icon.RingCheck),
    handed_out: mark('info', icon.ArrowToBar),
    handed_over: mark('info', icon.Hand),
    returned: mark('none', icon.Check),
    returned_in_part: mark('warn', icon.Half),
    overdue: mark('bad', icon.Clock),
    damaged: mark('bad', icon.Triangle),
    quarantined: mark('bad', icon.Lock),
    in_repair: mark('warn', icon.Wrench),
  },
  venue: {
    not_asked: mark('none', icon.DashedRing),
    asked: mark('hold', icon.Plane),
    confirmed: mark('good', icon.RingCheck),
    declined: mark('bad', icon.RingX),
    issue: mark('bad', icon.Triangle),
  },
  payment: {
    due: mark('warn', icon.Card),
    authorised: mark('hold', icon.Lock),
    paid: mark('good', icon.RingCheck),
    failed: mark('bad', icon.RingX),
    voided: mark('none', icon.Barred),
    refunded_in_part: mark('none', icon.Half),
    refunded: mark('none', icon.Undo),
  },
  message: {
    queued: mark('none', icon.Clock),
    sent: mark('info', icon.Plane),
    delivered: mark('good', icon.RingCheck),
    failed: mark('bad', icon.RingX),
    not_wanted: mark('none', icon.Skip),
  },
}
