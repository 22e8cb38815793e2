import { Checkbox } from '@/components/ui/choice'
import { bookedByService } from '@/server/business/provider/booked'
import { listServices } from '@/server/business/service/queries'
import type { Draft } from '@/server/forms'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'

type Props = {
  desk: Desk
  /** Null while the provider is new: then all of them. */
  providerId: string | null
  serviceIds: readonly string[] | null
  draft: Draft | null
}

/** What a provider does. What is not on offer any more stays theirs; what is taken from them says who still comes for it. */
export async function ServicesField({ desk, providerId, serviceIds, draft }: Props) {
  const { businessId, call, words, manages } = desk
  const { services } = await listServices.execute({ businessId }, call)
  const booked =
    providerId && manages ? (await bookedByService.execute({ businessId, providerId }, call)).services : []
  const ahead = new Map(booked.map((each) => [each.serviceId, each.appointments]))
  const does = (id: string) => (draft ? `service-${id}` in draft.typed : (serviceIds?.includes(id) ?? true))
  const others = serviceIds?.filter((id) => !services.some((s) => s.id === id)) ?? []
  return (
    <fieldset className={styles.group}>
      <legend>{words.fields.services}</legend>
      {others.map((id) => (
        <input key={id} type="hidden" name={`service-${id}`} value="on" />
      ))}
      {services.map(({ id, name }) => {
        const coming = serviceIds?.includes(id) ? (ahead.get(id) ?? 0) : 0
        return (
          <div key={id} className={styles.untick}>
            <Checkbox
              name={`service-${id}`}
              label={name}
              defaultChecked={does(id)}
              hint={coming > 0 ? <span role="status">{words.stillBooked(coming)}</span> : undefined}
            />
          </div>
        )
      })}
    </fieldset>
  )
}
