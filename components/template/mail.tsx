import type { CSSProperties } from 'react'
import type { Block, Sheet } from '@/server/notification/template/model'
import { type Accent, accentOf } from '@/server/notification/template/model-colour'
import { wordsIn } from '@/server/notification/template/model-words'

// Mail programs know tables and inline styles; what only some know (dark mode) comes as rules on top.
const font = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const tones = { good: '#12613a', bad: '#9f2219', plain: '#16201c' }
const text: CSSProperties = { margin: '0 0 16px', fontSize: '16px', lineHeight: '24px', color: '#16201c' }
const quiet: CSSProperties = { ...text, fontSize: '14px', lineHeight: '20px', color: '#45524d' }
const breaks: CSSProperties = { overflowWrap: 'anywhere', wordBreak: 'break-word' }

const darkRules = ({ darkText, fill, on }: Accent) => `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #0c100f !important; }
  .card { background: #161c1a !important; border-color: ${fill} #272f2d #272f2d !important; }
  .text, .text td { color: #e8eeeb !important; }
  .quiet { color: #adb9b4 !important; }
  .link { color: ${darkText} !important; }
  .good { color: #82d8a5 !important; }
  .bad { color: #ff9e94 !important; }
  .button { background: ${fill} !important; color: ${on} !important; }
}`

/** A sheet as HTML: one column, in the business's colours, readable without pictures and without styles. */
export function MailPage({ sheet }: { sheet: Sheet }) {
  const accent = accentOf(sheet.brand.accent)
  return (
    <html lang={sheet.language} dir="ltr">
      {/* biome-ignore lint/style/noHeadElement: a mail, not a page */}
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{sheet.subject}</title>
        <style>{darkRules(accent)}</style>
      </head>
      <body className="page" style={{ margin: 0, padding: 0, background: '#f6f7f6', fontFamily: font }}>
        <div style={{ display: 'none', overflow: 'hidden', maxHeight: 0, opacity: 0 }}>{sheet.preview}</div>
        <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
          <tbody>
            <tr>
              <td align="center" style={{ padding: '24px 12px' }}>
                <Card sheet={sheet} accent={accent} />
              </td>
            </tr>
          </tbody>
        </table>
      </body>
    </html>
  )
}

function Card({ sheet, accent }: { sheet: Sheet; accent: Accent }) {
  const tone = sheet.tone === 'plain' ? 'text' : sheet.tone
  return (
    <table
      role="presentation"
      className="card"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      style={{
        maxWidth: '560px',
        background: '#ffffff',
        border: '1px solid #e3e7e5',
        borderTop: `4px solid ${accent.fill}`,
        borderRadius: '10px',
        borderCollapse: 'separate',
      }}
    >
      <tbody>
        <tr>
          <td style={{ padding: '24px', textAlign: 'start', fontFamily: font, ...breaks }}>
            <p style={{ ...text, fontWeight: 600 }}>
              <a
                className="link"
                href={sheet.brand.url}
                style={{ color: accent.text, textDecoration: 'none' }}
              >
                {sheet.brand.logo ? <Logo src={sheet.brand.logo} /> : null}
                {sheet.brand.name}
              </a>
            </p>
            <h1
              className={tone}
              style={{ margin: '0 0 16px', fontSize: '24px', lineHeight: '32px', color: tones[sheet.tone] }}
            >
              {sheet.heading}
            </h1>
            {sheet.blocks.map((block, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: written once, never changed
              <Part key={index} block={block} sheet={sheet} accent={accent} />
            ))}
            <p
              className="quiet"
              style={{ ...quiet, margin: '24px 0 0', fontSize: '12px', lineHeight: '16px' }}
            >
              {sheet.why}
              {sheet.choices ? (
                <>
                  <br />
                  <a className="link" href={sheet.choices.url} style={{ color: accent.text }}>
                    {sheet.choices.label}
                  </a>
                </>
              ) : null}
            </p>
          </td>
        </tr>
      </tbody>
    </table>
  )
}

/** The name stands beside it, so it says nothing itself. */
const Logo = ({ src }: { src: string }) => (
  // biome-ignore lint/performance/noImgElement: a mail, not a page
  <img
    src={src}
    alt=""
    width={32}
    height={32}
    style={{ verticalAlign: 'middle', marginInlineEnd: '10px', borderRadius: '7px', background: '#ffffff' }}
  />
)

function Part({ block, sheet, accent }: { block: Block; sheet: Sheet; accent: Accent }) {
  switch (block.kind) {
    case 'words':
      return (
        <p className="text" style={text}>
          {block.text}
        </p>
      )
    case 'note':
      return (
        <p className="quiet" style={quiet}>
          {block.text}
        </p>
      )
    case 'button':
      return <Button label={block.label} url={block.url} sheet={sheet} accent={accent} />
    case 'link':
      return (
        <p className="text" style={text}>
          <a className="link" href={block.url} style={{ color: accent.text }}>
            {block.label}
          </a>
        </p>
      )
    case 'facts':
      return <Facts facts={block.facts} />
  }
}

type Facts = Extract<Block, { kind: 'facts' }>['facts']

function Facts({ facts }: { facts: Facts }) {
  return (
    <table
      className="text"
      cellPadding={0}
      cellSpacing={0}
      border={0}
      style={{ margin: '0 0 24px', fontSize: '16px', lineHeight: '24px' }}
    >
      <tbody>
        {facts.map(({ name, lines, struck }) => (
          <tr key={name}>
            <th
              scope="row"
              className="quiet"
              style={{
                padding: '4px 16px 4px 0',
                fontWeight: 400,
                color: '#45524d',
                textAlign: 'start',
                verticalAlign: 'top',
                whiteSpace: 'nowrap',
              }}
            >
              {name}
            </th>
            <td style={{ padding: '4px 0', color: '#16201c', verticalAlign: 'top' }}>
              {lines.map((line, index) => (
                <div key={line} style={index === 0 ? { fontWeight: 600 } : { fontSize: '14px' }}>
                  {struck ? <s>{line}</s> : line}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Button({ label, url, sheet, accent }: { label: string; url: string; sheet: Sheet; accent: Accent }) {
  return (
    <>
      <p style={{ margin: '0 0 16px' }}>
        <a
          className="button"
          href={url}
          style={{
            display: 'inline-block',
            padding: '12px 20px',
            borderRadius: '7px',
            background: accent.fill,
            color: accent.on,
            fontWeight: 600,
            textDecoration: 'none',
          }}
        >
          {label}
        </a>
      </p>
      <p className="quiet" style={{ ...quiet, fontSize: '12px', lineHeight: '16px' }}>
        {wordsIn[sheet.language].link}{' '}
        <a className="link" href={url} style={{ color: accent.text }}>
          {url}
        </a>
      </p>
    </>
  )
}
