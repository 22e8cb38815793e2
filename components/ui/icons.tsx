import type { ReactElement, SVGProps } from 'react'
import styles from './icons.module.css'

/** Drawn on a grid of 16 with a line of 1.5, round ends, no fills. Beside a word an icon is silent; alone it needs `label`. */
export type IconProps = { label?: string; large?: boolean } & Pick<SVGProps<SVGSVGElement>, 'className'>
export type IconType = (props: IconProps) => ReactElement

function icon(d: string, { mirror = false, dash }: { mirror?: boolean; dash?: string } = {}): IconType {
  return ({ label, large, className }) => (
    <svg
      viewBox="0 0 16 16"
      className={className ? `${styles.icon} ${className}` : styles.icon}
      data-icon=""
      data-large={large || undefined}
      data-mirror={mirror || undefined}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      <path d={d} strokeDasharray={dash} />
    </svg>
  )
}

const ring = 'M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0'

export const Circle = /*#__PURE__*/ icon(ring)
export const DashedRing = /*#__PURE__*/ icon(ring, { dash: '2.35 2.36' })
export const RingCheck = /*#__PURE__*/ icon(`${ring}M5.4 8.2l1.8 1.8 3.4-3.8`)
export const RingX = /*#__PURE__*/ icon(`${ring}M6 6l4 4M10 6l-4 4`)
export const Barred = /*#__PURE__*/ icon(`${ring}M3.8 3.8l8.4 8.4`)
export const Half = /*#__PURE__*/ icon(`${ring}M8 2v12M8 5.2h5M8 8h6M8 10.8h5`)
export const Info = /*#__PURE__*/ icon(`${ring}M8 7.4v3.4M8 5.1v.01`)
export const Clock = /*#__PURE__*/ icon(`${ring}M8 4.8V8l2.2 1.5`)
export const Globe = /*#__PURE__*/ icon(
  `${ring}M2 8h12M8 2c1.9 1.8 2.7 3.8 2.7 6s-.8 4.2-2.7 6c-1.9-1.8-2.7-3.8-2.7-6S6.1 3.8 8 2`,
)
export const Check = /*#__PURE__*/ icon('M3 8.6l3.2 3.2L13 4.8')
export const Close = /*#__PURE__*/ icon('M4 4l8 8M12 4l-8 8')
export const Plus = /*#__PURE__*/ icon('M8 3v10M3 8h10')
export const Minus = /*#__PURE__*/ icon('M3 8h10')
export const Left = /*#__PURE__*/ icon('M10 3.5L5.5 8l4.5 4.5', { mirror: true })
export const Right = /*#__PURE__*/ icon('M6 3.5L10.5 8 6 12.5', { mirror: true })
export const Down = /*#__PURE__*/ icon('M3.5 6L8 10.5 12.5 6')
export const UpDown = /*#__PURE__*/ icon('M5 6l3-3 3 3M5 10l3 3 3-3')
export const ArrowRight = /*#__PURE__*/ icon('M3 8h10M9 4l4 4-4 4', { mirror: true })
export const ArrowLeft = /*#__PURE__*/ icon('M13 8H3M7 4L3 8l4 4', { mirror: true })
export const ArrowToBar = /*#__PURE__*/ icon('M2 8h8M7 5l3 3-3 3M13.5 3v10', { mirror: true })
export const Undo = /*#__PURE__*/ icon('M5.5 3L2.5 6l3 3M2.5 6h7a3.6 3.6 0 0 1 0 7.2H6.5', { mirror: true })
export const Rewind = /*#__PURE__*/ icon('M2.4 2.8v3.1h3.1M2.7 5.9A5.7 5.7 0 1 1 2.3 8.6M8 5.2V8l1.9 1.3')
export const Skip = /*#__PURE__*/ icon('M4 3.5L9.5 8 4 12.5zM12 3.5v9', { mirror: true })
export const Play = /*#__PURE__*/ icon('M5 3l8 5-8 5z')
export const Hourglass = /*#__PURE__*/ icon(
  'M4 2h8M4 14h8M5 2v2.2C5 6 8 6.8 8 8s-3 2-3 3.8V14M11 2v2.2C11 6 8 6.8 8 8s3 2 3 3.8V14',
)
export const Lock = /*#__PURE__*/ icon(
  'M4.5 7.3h7a1 1 0 0 1 1 1v4.2a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V8.3a1 1 0 0 1 1-1zM5.5 7.3V5a2.5 2.5 0 0 1 5 0v2.3',
)
export const Card = /*#__PURE__*/ icon(
  'M3 3.5h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM2 6.6h12M4.5 9.9h2.2',
)
export const Person = /*#__PURE__*/ icon(
  'M5.4 5a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0M3 13.6c.4-2.5 2.4-4 5-4s4.6 1.5 5 4',
)
export const People = /*#__PURE__*/ icon(
  'M3.5 5.2a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M1.5 13.2c.3-2.4 1.9-3.8 4.2-3.8s3.9 1.4 4.2 3.8M10.4 3.1a2.2 2.2 0 0 1 0 4.2M11.7 9.7c1.6.4 2.6 1.7 2.8 3.5',
)
export const PersonCheck = /*#__PURE__*/ icon(
  'M4 5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0M1.8 13.2c.3-2.4 2.1-3.8 4.5-3.8.9 0 1.7.2 2.4.6M10 12l1.6 1.6 2.9-3.3',
)
export const Queue = /*#__PURE__*/ icon('M3 4.5h10M3 8h7M3 11.5h4', { mirror: true })
export const Plane = /*#__PURE__*/ icon('M14 2L7 9M14 2l-4.3 12L7 9 2 6.3z', { mirror: true })
export const Tray = /*#__PURE__*/ icon(
  'M2 9.5h3.4l1 1.8h3.2l1-1.8H14M2 9.5L4 3.5h8l2 6v2.5a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1z',
)
export const Pencil = /*#__PURE__*/ icon('M10.6 2.7l2.7 2.7-7.7 7.7-3.1.4.4-3.1zM9 4.3L11.7 7')
export const Triangle = /*#__PURE__*/ icon('M8 2.4l6.2 10.9H1.8zM8 6.6v3M8 11.4v.01')
export const Flag = /*#__PURE__*/ icon('M4 14V2.5M4 3h8.5l-2 3 2 3H4', { mirror: true })
export const Box = /*#__PURE__*/ icon('M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5L8 8l5.5-3M8 8v6')
export const Hand = /*#__PURE__*/ icon(
  'M2 9h2.2l2.4 1.4h2.6a1 1 0 0 1 0 2H7M4.2 13l3.3 1 5.9-2.8a1 1 0 0 0-1-1.7l-2.5.8M8 2v5M6 5.2l2 2 2-2',
)
export const Wrench = /*#__PURE__*/ icon(
  'M13.6 4.2l-2 2-1.8-.4-.4-1.8 2-2a3.4 3.4 0 0 0-4.5 4.3L2.5 10.7a1.55 1.55 0 0 0 2.2 2.2l4.4-4.4a3.4 3.4 0 0 0 4.5-4.3z',
)
export const Target = /*#__PURE__*/ icon(
  'M3.5 8a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3',
)
export const Qr = /*#__PURE__*/ icon(
  'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5H11V11M13.5 9.5v1M9.5 13.5h1M12.5 12.5h1v1',
)
export const Search = /*#__PURE__*/ icon('M2.5 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M10.3 10.3l3.2 3.2')
export const Calendar = /*#__PURE__*/ icon(
  'M3.5 3.5h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM2.5 6.9h11M5.3 2v3M10.7 2v3',
)
export const Pin = /*#__PURE__*/ icon(
  'M8 14.2S3.2 10 3.2 6.6a4.8 4.8 0 0 1 9.6 0C12.8 10 8 14.2 8 14.2zM6.4 6.6a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0',
)
export const Bell = /*#__PURE__*/ icon('M3 11.3h10l-1.1-1.8V6.6a3.9 3.9 0 0 0-7.8 0v2.9zM6.6 13.8h2.8')
export const Menu = /*#__PURE__*/ icon('M2.5 4.5h11M2.5 8h11M2.5 11.5h11')
export const More = /*#__PURE__*/ icon('M3.3 8h.4M7.8 8h.4M12.3 8h.4')
export const Home = /*#__PURE__*/ icon('M2.5 7.3L8 2.7l5.5 4.6M4 6.3v7.2h8V6.3')
export const Settings = /*#__PURE__*/ icon(
  'M2.5 5h5.8M11.7 5h1.8M2.5 11h1.8M7.7 11h5.8M8.3 5a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0M4.3 11a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0',
)
export const Chart = /*#__PURE__*/ icon('M2.5 2.5v11h11M5.5 10.5v-3M8.5 10.5v-6M11.5 10.5v-4')
export const Mail = /*#__PURE__*/ icon(
  'M3 3.5h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM2.3 4.5L8 8.9l5.7-4.4',
)
export const Message = /*#__PURE__*/ icon('M3 3.5h10v7.5H7.3l-3 2.5V11H3z')
export const Phone = /*#__PURE__*/ icon(
  'M4.3 2.5h2l1.1 3-1.5 1.1a7 7 0 0 0 3.5 3.5l1.1-1.5 3 1.1v2a1.5 1.5 0 0 1-1.6 1.5A10.4 10.4 0 0 1 2.8 4.1a1.5 1.5 0 0 1 1.5-1.6z',
)
export const Download = /*#__PURE__*/ icon('M8 2.5V10M5 7l3 3 3-3M2.5 13.5h11')
export const External = /*#__PURE__*/ icon('M9.5 2.5h4v4M13.5 2.5L8 8M12 9.5v4H2.5V4h4', { mirror: true })
export const Copy = /*#__PURE__*/ icon('M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3')
export const Link = /*#__PURE__*/ icon(
  'M6.5 9.5l3-3M7 4.6l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.6M9 11.4l-1.5 1.5a2.8 2.8 0 0 1-4-4L5 7.4',
)
export const Key = /*#__PURE__*/ icon(
  'M2.5 5.6a3.1 3.1 0 1 0 6.2 0a3.1 3.1 0 1 0-6.2 0M7.8 7.8l5.7 5.7M11.3 11.3l-1.6 1.6',
)
export const Filter = /*#__PURE__*/ icon('M2 4h12M4.5 8h7M7 12h2')
export const Sort = /*#__PURE__*/ icon('M5 3v10M2.5 10.5L5 13l2.5-2.5M11 13V3M8.5 5.5L11 3l2.5 2.5')
export const SideBar = /*#__PURE__*/ icon(
  'M3.5 3h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM6.5 3v10',
  { mirror: true },
)
export const Offline = /*#__PURE__*/ icon(
  'M4.6 5.9a3.4 3.4 0 0 0 .2 6.7h6.5M7 4.3a4 4 0 0 1 5 3.3 2.6 2.6 0 0 1 1.8 3.7M2.5 2.5l11 11',
)
export const Trash = /*#__PURE__*/ icon('M3 4.5h10M6 4.5v-2h4v2M4.3 4.5l.7 9h6l.7-9')
export const Moon = /*#__PURE__*/ icon('M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z')
export const Sun = /*#__PURE__*/ icon(
  'M5.2 8a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
)
