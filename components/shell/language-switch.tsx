import { Globe } from '@/components/ui/icons'
import { useLanguage } from '@/components/ui/language'
import styles from './panel.module.css'
import { shellWords } from './words'

const named = { en: 'English', de: 'Deutsch' } as const

/** Each language by its own name; a form, so that it needs no script. */
export function LanguageSwitch() {
  const language = useLanguage()
  return (
    <form method="post" action="/language">
      <fieldset className={styles.language} aria-label={shellWords[language].language}>
        <Globe />
        {(['en', 'de'] as const).map((one) =>
          one === language ? (
            <span key={one} aria-current="true">
              {named[one]}
            </span>
          ) : (
            <button key={one} type="submit" name="language" value={one} lang={one}>
              {named[one]}
            </button>
          ),
        )}
      </fieldset>
    </form>
  )
}
