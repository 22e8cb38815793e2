import { calendarWords } from '@/components/calendar/words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Once } from '@/components/ui/once'
import { Select } from '@/components/ui/select'
import { StatusBadge } from '@/components/ui/status-badge'
import { Line } from '../admin/parts'
import styles from './calendar.module.css'
import { type Item, type PanelProps, Refused, span } from './panel'
import { typedStretch } from './stretch'

type Times = { provider?: string; date: string; from: string; to: string; until: string; label: string }

/** When, whose, and what for. */
function BlockFields({ desk, board, draft, times }: PanelProps & { times: Times }) {
  const { words, language } = desk
  const said = calendarWords[language]
  const typed = draft?.typed ?? {}
  return (
    <>
      {board.providers.length > 1 ? (
        <Field label={words.provider}>
          {(control) => (
            <Select
              {...control}
              name="provider"
              defaultValue={typed.provider ?? times.provider}
              options={board.providers
                .filter((p) => !p.archived || p.id === times.provider)
                .map((p) => ({ value: p.id, label: p.name }))}
            />
          )}
        </Field>
      ) : (
        <input type="hidden" name="provider" value={times.provider} />
      )}
      <Field label={words.date} error={draft?.wrong.date}>
        {(control) => <Input {...control} type="date" name="date" defaultValue={typed.date ?? times.date} />}
      </Field>
      <Field label={said.block.until} optional>
        {(control) => (
          <Input {...control} type="date" name="until" defaultValue={typed.until ?? times.until} />
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={words.from} error={draft?.wrong.time}>
          {(control) => (
            <Input {...control} type="time" name="from" defaultValue={typed.from ?? times.from} />
          )}
        </Field>
        <Field label={words.to}>
          {(control) => <Input {...control} type="time" name="to" defaultValue={typed.to ?? times.to} />}
        </Field>
      </div>
      <Line
        name="label"
        label={said.label}
        value={times.label}
        draft={draft}
        max={80}
        optionalWord={words.optional}
        hint={said.labelHint}
      />
    </>
  )
}

export function NewBlock(props: PanelProps) {
  const { desk, provider, date, draft, back } = props
  const { words, business } = desk
  const times = { provider: provider?.id, date, from: '12:00', to: '13:00', until: '', label: '' }
  return (
    <Card title={words.block}>
      <Refused desk={desk} draft={draft} />
      <form method="post" action={`/b/${business.slug}/calendar/block`} className={styles.form} noValidate>
        <Once />
        <input type="hidden" name="back" value={back} />
        <p className="quiet small">{words.blockUnder}</p>
        <BlockFields {...props} times={times} />
        <div className={styles.actions}>
          <Button type="submit" tone="primary">
            {words.doBlock}
          </Button>
        </div>
      </form>
    </Card>
  )
}

export function BlockPanel(props: PanelProps & { item: Item }) {
  const { desk, item, back, draft, board } = props
  const { words, business, language } = desk
  const said = calendarWords[language]
  const zone = board.providers.find((p) => p.id === item.providerId)?.rules.timeZone ?? props.zone
  const times = { provider: item.providerId, ...typedStretch(zone, item), label: item.label ?? '' }
  const action = `/b/${business.slug}/calendar`
  return (
    <Card title={item.label ?? words.blocked} aside={<StatusBadge noun="slot" status="blocked" />}>
      <Refused desk={desk} draft={draft} />
      <p>{span(desk, zone, item)}</p>
      <form method="post" action={`${action}/unblock`}>
        <input type="hidden" name="back" value={back} />
        <input type="hidden" name="block" value={item.id} />
        <Button type="submit">{words.unblock}</Button>
      </form>
      <details className={styles.more} open={draft ? true : undefined}>
        <summary>{said.change}</summary>
        <form
          key={item.id + item.startTime + item.endTime}
          method="post"
          action={`${action}/change-block`}
          className={styles.form}
          noValidate
        >
          <input type="hidden" name="back" value={back} />
          <input type="hidden" name="block" value={item.id} />
          <BlockFields {...props} times={times} />
          <div className={styles.actions}>
            <Button type="submit">{said.block.save}</Button>
          </div>
        </form>
      </details>
    </Card>
  )
}
