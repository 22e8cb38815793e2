import { Facts } from '@/components/ui/card'
import type { Block, Sheet } from '@/server/notification/template/model'
import styles from './sheet-view.module.css'

/** A letter's sheet on a page of ours: the same words in the same order, where nothing can be pressed. */
export function SheetView({ sheet }: { sheet: Sheet }) {
  return (
    <article className={styles.sheet} lang={sheet.language}>
      <p className={styles.brand}>
        <bdi>{sheet.brand.name}</bdi>
      </p>
      <h3 className={styles.heading}>{sheet.heading}</h3>
      {sheet.blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: written once, never changed
        <Part key={at} block={block} />
      ))}
      <p className="quiet small">
        {sheet.why}
        {sheet.choices ? (
          <>
            <br />
            <u>{sheet.choices.label}</u>
          </>
        ) : null}
      </p>
    </article>
  )
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case 'words':
      return <p>{block.text}</p>
    case 'note':
      return <p className="quiet small">{block.text}</p>
    case 'button':
      return (
        <p>
          <span className={styles.button}>{block.label}</span>
        </p>
      )
    case 'link':
      return (
        <p>
          <u>{block.label}</u>
        </p>
      )
    case 'facts':
      return (
        <Facts
          facts={block.facts.map(({ name, lines, struck }) => [
            name,
            lines.map((line) => (
              <span key={line} className={styles.line}>
                {struck ? <s>{line}</s> : line}
              </span>
            )),
          ])}
        />
      )
  }
}
