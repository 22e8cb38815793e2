import { LiveIndicator } from '@/components/ui/live-indicator'
import { Note } from '@/components/ui/note'
import { TimeList } from '@/components/ui/time-list'
import { MonthDemo, TimesDemo } from './demos'
import styles from './design.module.css'
import { Section } from './section'

const at = (clock: string) => `2026-05-15T${clock}:00Z`

export const Times = () => (
  <Section title="A time" note="Every state of the thing people press most">
    <TimesDemo />
    <div className={styles.two}>
      {(['hover', 'focus'] as const).map((show) => (
        <div key={show} data-show={show}>
          <TimeList
            label={show}
            times={[{ at: at('09:20'), label: '10:20', second: show, href: '#times' }]}
          />
        </div>
      ))}
    </div>
    <Note tone="warn" title="Someone was a moment faster." role="status">
      Your details are kept. These are closest:
      <TimeList
        label="Closest times"
        times={['11:05', '11:50', '13:30'].map((label) => ({ at: at(label), label, href: '#times' }))}
      />
    </Note>
    <div className="row">
      <LiveIndicator mode="live" />
      <LiveIndicator mode="live" time="10:42:07" />
      <LiveIndicator mode="polling" time="10:41:58" />
      <LiveIndicator mode="offline" time="14:32" />
    </div>
  </Section>
)

export const Days = () => (
  <Section title="Days" note="Arrows, Home, End, Page Up and Down; each day says what it has">
    <MonthDemo />
  </Section>
)
