import { type Call, newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { type Form, onceOf, seeOther, serveForm } from '@/server/forms'
import { callOf } from '@/server/request'
import { again, onward } from '../../../form'
import { houseOf } from './house'

type Context = { params: Promise<{ business: string }> }

/** A form of the team's page: done, or back with what was typed. */
export const teamForm =
  (
    name: string,
    kept: readonly string[],
    work: (form: Form, businessId: string, call: Call) => Promise<unknown>,
  ) =>
  (request: Request, { params }: Context): Promise<Response> =>
    serveForm(request, async (form) => {
      const path = `/me/team/${encodeURIComponent((await params).business)}`
      try {
        const call = await callOf(request.headers)
        const { businessId } = await houseOf((await params).business, newCall(call.actor))
        await work(form, businessId, { ...call, ...onceOf(form) })
        return onward(`${path}?done=${name}`)
      } catch (error) {
        if (!isRefusal(error)) throw error
        if (error.kind === 'unauthenticated')
          return seeOther(`/sign-in?${new URLSearchParams({ next: path })}`)
        const values = Object.fromEntries(kept.map((field) => [field, (form.get(field) ?? '').slice(0, 300)]))
        return again(path, name, values, error)
      }
    })
