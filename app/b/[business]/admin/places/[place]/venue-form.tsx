import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Once } from '@/components/ui/once'
import { Select } from '@/components/ui/select'
import { countries } from '@/components/venue/countries'
import { TakePosition } from '@/components/venue/take-position'
import { venueWords } from '@/components/venue/words'
import type { Draft } from '@/server/forms'
import type { VenueDetails } from '@/server/location/venue/model-details'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { Line } from '../../parts'

type Props = {
  desk: Desk
  venue: VenueDetails
  at: string
  isNew: boolean
  open: boolean
  draft: Draft | null
}

const zones = Intl.supportedValuesOf('timeZone')

export function VenueForm({ desk, venue, at, isNew, open, draft }: Props) {
  const { words, language } = desk
  const own = venueWords[language]
  const line = (
    name: 'postalCode' | 'city' | 'phone' | 'latitude' | 'longitude' | 'fenceMetres',
    max: number,
    more: { type?: string; after?: string; numeric?: boolean } = {},
  ) => (
    <Line
      name={name}
      label={own.fields[name]}
      value={venue[name] ?? ''}
      optionalWord={words.optional}
      {...{ draft, max, ...more }}
    />
  )
  return (
    <Card>
      <form method="post" action={`${at}/save`} className={styles.form} noValidate>
        {isNew ? <Once /> : null}
        <Line name="name" label={own.fields.name} value={venue.name} draft={draft} />
        <Line
          name="lines"
          label={own.fields.lines}
          hint={own.fields.linesHint}
          value={venue.lines.join('\n')}
          optionalWord={words.optional}
          prose
          max={400}
          draft={draft}
        />
        <div className={styles.grid}>
          {line('postalCode', 16)}
          {line('city', 80)}
          <Field label={own.fields.country} optional>
            {(control) => (
              <Select
                {...control}
                name="country"
                defaultValue={draft?.typed.country ?? venue.country}
                options={[{ value: '', label: own.fields.noCountry }, ...countries(language)]}
              />
            )}
          </Field>
          <Field label={own.fields.timeZone} error={draft?.wrong.timeZone}>
            {(control) => (
              <Select
                {...control}
                name="timeZone"
                defaultValue={draft?.typed.timeZone ?? venue.timeZone}
                options={[...new Set([...zones, venue.timeZone, 'UTC'])]
                  .sort()
                  .map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
              />
            )}
          </Field>
          {line('phone', 30, { type: 'tel' })}
        </div>
        {(['access', 'note'] as const).map((name) => (
          <Line
            key={name}
            name={name}
            label={own.fields[name]}
            hint={own.fields[`${name}Hint`]}
            value={venue[name] ?? ''}
            optionalWord={words.optional}
            prose
            max={name === 'access' ? 1000 : 2000}
            draft={draft}
          />
        ))}
        <fieldset className={styles.group}>
          <legend>{own.fields.position}</legend>
          <div className="stack" data-gap="3">
            <p className="quiet small">{own.fields.positionHint}</p>
            <div className={styles.grid}>
              {line('latitude', 12)}
              {line('longitude', 12)}
              {line('fenceMetres', 5, { after: own.metres, numeric: true })}
            </div>
            <TakePosition
              words={{ here: own.here, looking: own.looking, noPosition: own.noPosition }}
              taken={own.taken(0).replace('0', '{metres}')}
            />
          </div>
        </fieldset>
        <div className={styles.actions}>
          <Button type="submit" tone="primary" whyNot={open ? null : words.forbidden}>
            {words.save}
          </Button>
        </div>
      </form>
    </Card>
  )
}
