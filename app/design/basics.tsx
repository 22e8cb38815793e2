import { Accent } from '@/components/ui/accent'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice'
import * as icons from '@/components/ui/icons'
import styles from './design.module.css'
import { Section } from './section'

const sizes = [
  ['40', 'Find a time'],
  ['28', 'You’re booked, Clara'],
  ['20', 'Friday, 10:20 – 11:05'],
  ['16', 'Body where people choose, fields on phones'],
  ['14', 'Body where people work, 0123456789'],
  ['12', 'Captions, table heads, badges. Nothing is smaller'],
]

export const Type = () => (
  <Section title="Type" note="Inter variable, six sizes, three weights">
    <dl className={styles.type}>
      {sizes.map(([size, text]) => (
        <div key={size} data-size={size}>
          <dt>{size}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </Section>
)

const planes = ['canvas', 'surface', 'raised', 'sunken', 'press', 'line', 'line-strong', 'control-line']
const tones = [
  ['good', 'done, safe'],
  ['warn', 'waits for you, at risk'],
  ['bad', 'failed, blocks'],
  ['info', 'under way'],
  ['hold', 'with others, ends by itself'],
  ['none', 'rest, history'],
]

export const Colours = () => (
  <Section title="Colour" note="Neutrals carry the page, tones carry meaning">
    <ul className={styles.planes}>
      {planes.map((plane) => (
        <li key={plane} data-plane={plane}>
          {plane}
        </li>
      ))}
    </ul>
    <ul className={styles.tones}>
      {tones.map(([tone, says]) => (
        <li key={tone} data-tone={tone}>
          <i />
          <b>{tone}</b> {says}
        </li>
      ))}
    </ul>
  </Section>
)

const accents = ['#0b6272', '#f2c230', '#e8442e', '#40508f', '#8fd14f', '#141414', '#ffffff', '#c2188f']

export const Accents = () => (
  <Section title="Accent, corrected" note="What a business sets, and what is shown" wide>
    <ul className={styles.accents}>
      {accents.map((color) => (
        <li key={color}>
          <Accent color={color}>
            <Avatar square name="Mill Lane" />
            <code>{color}</code>
            <Button tone="primary">Book</Button>
            <a href="#accents">Change</a>
            <span className={styles.soft}>chosen</span>
            <Checkbox label="On" defaultChecked />
          </Accent>
        </li>
      ))}
    </ul>
  </Section>
)

export const Icons = () => (
  <Section title="Icons" note="A grid of 16, a line of 1.5, round ends; always with a word" wide>
    <ul className={styles.icons}>
      {Object.entries(icons).map(([name, Icon]) => (
        <li key={name}>
          <Icon />
          {name}
        </li>
      ))}
    </ul>
  </Section>
)
