import { Button, type ButtonLook } from '@/components/ui/button'
import { Checkbox, RadioGroup, Switch } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { ArrowRight, Calendar, Close, More, Plus, Search } from '@/components/ui/icons'
import { Input, Textarea } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { ZoneField } from './demos'
import styles from './design.module.css'
import { Section } from './section'

const rows: [tone: ButtonLook['tone'], word: string][] = [
  ['primary', 'Approve'],
  ['default', 'Move'],
  ['quiet', 'Skip'],
  ['danger', 'Cancel'],
]

export const Buttons = () => (
  <Section title="Buttons" note="Verb first. One primary for one decision" wide>
    <div className={styles.buttons}>
      {['Rest', 'Hover', 'Press', 'Focus', 'Busy'].map((state) => (
        <span key={state} className={styles.caption}>
          {state}
        </span>
      ))}
      {rows.map(([tone, word]) =>
        ['rest', 'hover', 'press', 'focus', 'busy'].map((state) => (
          <Button key={`${word}${state}`} tone={tone} data-show={state} busy={state === 'busy'}>
            {word}
          </Button>
        )),
      )}
    </div>
    <div className="row">
      <Button tone="primary" size="large">
        Continue <ArrowRight />
      </Button>
      <Button icon={<Plus />}>New</Button>
      <Button size="small">Small</Button>
      <Button tone="danger-fill">Cancel 4 events</Button>
      <Button href="/design" icon={<Calendar />}>
        A link
      </Button>
      <IconButton label="Search" icon={<Search />} />
      <IconButton label="More" icon={<More />} tone="default" />
      <IconButton label="Close" icon={<Close />} size="small" />
    </div>
    <div className={styles.two}>
      <Button block whyNot="Opens at 10:45. Until then you can check people in.">
        Start event
      </Button>
      <Button block tone="primary" whyNot="Two kits are not handed back: K-12, K-19.">
        Check out
      </Button>
    </div>
  </Section>
)

export const Fields = () => (
  <Section title="Fields" note="Label above, help below, the error says what to do">
    <div className={styles.two}>
      <Field label="Name">{(control) => <Input {...control} defaultValue="Clara Lindqvist" />}</Field>
      <Field label="Mobile" optional hint="Only for changes on the day">
        {(control) => <Input {...control} type="tel" placeholder="+353 …" />}
      </Field>
      <Field label="Mail" error="The part after @ is not complete, such as lindqvist.example">
        {(control) => <Input {...control} type="email" defaultValue="clara@lindqvist" />}
      </Field>
      <Field label="In focus" hint="Bookings made before keep their price">
        {(control) => (
          <Input {...control} data-show="focus" before="€" inputMode="decimal" defaultValue="68.00" />
        )}
      </Field>
      <Field label="Page address" hint="Fixed since the first booking">
        {(control) => <Input {...control} readOnly defaultValue="fennwick" before="slotwise.example/b/" />}
      </Field>
      <Field label="Length">
        {(control) => (
          <Select
            {...control}
            defaultValue="45"
            options={['30', '45', '60', '90'].map((value) => ({ value, label: `${value} minutes` }))}
          />
        )}
      </Field>
      <ZoneField />
      <Field label="Disabled" hint="An owner can change this">
        {(control) => <Input {...control} disabled defaultValue="Dublin" />}
      </Field>
    </div>
    <Field label="Anything we should know?" optional>
      {(control) => <Textarea {...control} defaultValue="Left shoulder, since March. No surgery." />}
    </Field>
  </Section>
)

export const Choices = () => (
  <Section title="Choices" note="A switch acts at once; a box is saved with its form">
    <div className={styles.two}>
      <div>
        <Checkbox label="Remind me 24 h before" defaultChecked />
        <Checkbox label="Remind me 2 h before" />
        <Checkbox label="By text" hint="No number given" disabled />
        <Checkbox label="I agree to the terms" error="Please agree, or ask the business." />
      </div>
      <RadioGroup
        legend="What changes"
        name="scope"
        defaultValue="following"
        options={[
          { value: 'following', label: 'This and following', hint: '12 people have booked' },
          { value: 'one', label: 'Only this one', hint: '2 people have booked' },
          { value: 'all', label: 'All of them', disabled: true, hint: 'Some are in the past' },
        ]}
      />
      <div>
        <Switch label="Open for booking" defaultChecked />
        <Switch label="Approve each booking" hint="You have 24 hours for it" />
        <Switch label="Take payments" disabled hint="Connect an account first" />
      </div>
    </div>
  </Section>
)
