import { Avatar } from '@/components/ui/avatar'
import { Badge, Chip, Count } from '@/components/ui/badge'
import { BottomBar } from '@/components/ui/bottom-bar'
import { Button } from '@/components/ui/button'
import { Card, Facts, List, ListItem } from '@/components/ui/card'
import { EmptyState, ErrorState } from '@/components/ui/empty-state'
import { Clock, Filter, Pencil, Person, Plus, Qr, Right, Target, Triangle } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Stats } from '@/components/ui/stat'
import { statuses } from '@/components/ui/status'
import { StatusBadge } from '@/components/ui/status-badge'
import type { Noun, StatusOf } from '@/components/ui/status-words'
import { Stepper } from '@/components/ui/stepper'
import { type Column, Table } from '@/components/ui/table'
import styles from './design.module.css'
import { Section } from './section'

export const Marks = () => (
  <Section title="Badges, chips, counts" note="A badge judges, a chip tells, a count waits">
    <div className="row">
      <Badge tone="warn" icon={Clock}>
        17 min late
      </Badge>
      <Badge tone="bad" icon={Triangle} plain>
        2 dates short
      </Badge>
      <Chip icon={Target}>40 m, ±12 m</Chip>
      <Chip icon={Qr}>Manager’s code</Chip>
      <Chip icon={Pencil}>Entered later</Chip>
      <Chip>Online</Chip>
      <Count says="requests">{3}</Count>
      <Count waits says="requests wait for you">
        {4}
      </Count>
      <Avatar name="Mirela Popa" />
      <Avatar name="Jules Okafor" size="small" />
      <Avatar square name="Brightwater" />
      <Avatar name="Imke Sandvoss" size="large" />
    </div>
    <Note>Clocks go back on Sunday 25 October. Three of these dates keep their local time.</Note>
    <Note tone="good">
      Cancel now and you get <strong>€20.00</strong> back.
    </Note>
    <Note tone="bad" title="Jules is 17 min late" actions={<Button>Replace with Sam, 12 min away</Button>}>
      Two calls, no answer. Yours to solve, Tomasz.
    </Note>
  </Section>
)

export const Statuses = () => (
  <Section title="Statuses" note="Tone, icon and word. Never one alone" wide>
    <dl className={styles.statuses}>
      {(Object.keys(statuses) as Noun[]).map((noun) => (
        <div key={noun}>
          <dt>{noun}</dt>
          <dd className="row">
            {(Object.keys(statuses[noun]) as StatusOf<typeof noun>[]).map((status) => (
              <StatusBadge key={status} noun={noun} status={status} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </Section>
)

export const Cards = () => (
  <Section title="Cards and lists" note="A list in a card when each row is opened, not compared">
    <Card
      title="Friday, 10:20 – 11:05"
      level={3}
      aside={<StatusBadge noun="appointment" status="confirmed" />}
    >
      <Facts
        facts={[
          ['With', 'Imke Sandvoss'],
          ['Where', '8 Cooper’s Yard, first floor, step-free entrance from Mill Lane'],
          ['Price', '€68.00, €20.00 of it now'],
        ]}
      />
    </Card>
    <Card
      title={
        <>
          Needs a decision <Count waits>{2}</Count>
        </>
      }
      level={3}
      flush
      aside={<a href="#all">All requests</a>}
    >
      <List label="Requests">
        <ListItem
          href="#one"
          title="Spring tasting tour"
          after={<Right />}
          before={<Avatar name="Pomelo Pine" />}
        >
          <span className="small quiet">Pomelo & Pine Drinks · 8 dates</span>
        </ListItem>
        <ListItem
          href="#two"
          title="Oat bar sampling, commuters"
          after={<Right />}
          before={<Avatar name="Hartley Oat" />}
        >
          <span className="small quiet">Hartley Oat Co. · 3 dates</span>
        </ListItem>
      </List>
    </Card>
    <div className={styles.framed}>
      <BottomBar
        actions={
          <>
            <Button tone="danger">Reject</Button>
            <Button tone="primary">Approve 6 of 8</Button>
          </>
        }
      >
        <strong>6 events, 17 shifts</strong>2 dates stay open with the client
      </BottomBar>
    </div>
  </Section>
)

type Row = {
  id: string
  when: string
  client: string
  service: string
  status: StatusOf<'appointment'>
  price: string
}
const rows: Row[] = [
  {
    id: '1',
    when: 'Thu 11:00',
    client: 'Clara Lindqvist',
    service: 'Intro call',
    status: 'confirmed',
    price: '€20.00',
  },
  {
    id: '2',
    when: 'Thu 13:30',
    client: 'Hal Brandt',
    service: 'Fitting',
    status: 'pending',
    price: '€40.00',
  },
  {
    id: '3',
    when: 'Fri 10:00',
    client: '6 people',
    service: 'Label class',
    status: 'confirmed',
    price: '€210.00',
  },
]
const columns: Column<Row>[] = [
  { key: 'when', head: 'When', cell: (row) => <time>{row.when}</time>, sort: { href: '#when', now: 'up' } },
  { key: 'client', head: 'Client', cell: (row) => row.client, phone: 'title' },
  { key: 'service', head: 'Service', cell: (row) => row.service, sort: { href: '#service' } },
  {
    key: 'status',
    head: 'Status',
    cell: (row) => <StatusBadge noun="appointment" status={row.status} />,
    phone: 'deciding',
  },
  { key: 'price', head: 'Price', cell: (row) => row.price, end: true },
]

export const Tables = () => (
  <Section title="Table" note="Numbers to the end. On a phone, a list with the deciding fact on its own line">
    <Card flush title="Appointments" level={3} aside={<Button size="small">Download CSV</Button>}>
      <Table
        caption="Appointments"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        selected={(row) => row.id === '2'}
      />
    </Card>
    <Card flush>
      <Table
        caption="Appointments on their way"
        columns={columns}
        rows={[]}
        rowKey={(row) => row.id}
        loading
      />
    </Card>
  </Section>
)

export const Numbers = () => (
  <Section title="Numbers and steps" note="Each number opens the facts behind it">
    <Stats
      label="This week"
      stats={[
        { label: 'Booked', value: '205', note: '+12 %', tone: 'good', href: '#booked' },
        { label: 'Used', value: '79 %', note: '+5', tone: 'good', href: '#used' },
        { label: 'No-show', value: '3.1 %', note: '+0.4', tone: 'bad', href: '#no-show' },
        { label: 'Revenue', value: '€9.4k', note: 'same', href: '#revenue' },
      ]}
    />
    <Stepper
      label="Booking"
      at={1}
      steps={[{ label: 'Service', href: '#service' }, { label: 'Time' }, { label: 'Your details' }]}
    />
  </Section>
)

export const States = () => (
  <Section title="Empty, failed, on its way" note="Says what would be here and how it comes" wide>
    <div className={styles.two}>
      <Card flush>
        <EmptyState
          title="Nothing to decide"
          action={<Button icon={<Plus />}>Send a client your form</Button>}
        >
          Requests from clients wait here. The last one was approved yesterday, 17:20.
        </EmptyState>
      </Card>
      <Card flush>
        <ErrorState
          title="The times could not be loaded"
          href="/design"
          retryWord="Try again"
          correlation="01JX9V4M3E0C7Q"
        >
          Nothing you entered is lost. The connection broke at 14:32.
        </ErrorState>
      </Card>
      <Card flush>
        <EmptyState
          icon={Filter}
          title="No appointment matches both filters"
          action={<Button icon={<Person />}>Clear filters</Button>}
        />
      </Card>
      <Card flush>
        <SkeletonRows says="Loading appointments" />
      </Card>
    </div>
  </Section>
)
