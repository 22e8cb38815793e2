'use client'

import { Check } from './icons'
import { useWords } from './language'
import styles from './stepper.module.css'

type Step = { label: string; href?: string }
type Props = { label: string; steps: readonly Step[]; at: number }

/** Where one is in a few steps. What is done can be gone back to; what comes is only named. */
export function Stepper({ label, steps, at }: Props) {
  const words = useWords()
  return (
    <nav aria-label={label}>
      <ol className={styles.steps}>
        {steps.map((step, index) => {
          const state = index < at ? 'done' : index === at ? 'now' : 'ahead'
          const inside = (
            <>
              {state === 'done' ? <Check /> : <span className={styles.number}>{index + 1}</span>}
              <span className={styles.name}>{step.label}</span>
              {state === 'done' ? <span className="vh">, {words.done}</span> : null}
            </>
          )
          return (
            <li key={step.label} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              {state === 'done' && step.href ? <a href={step.href}>{inside}</a> : <span>{inside}</span>}
            </li>
          )
        })}
      </ol>
      <p className={styles.brief} aria-hidden="true">
        {words.stepOf(Math.min(at + 1, steps.length), steps.length)}
      </p>
    </nav>
  )
}
