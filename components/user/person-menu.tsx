import { Button } from '@/components/ui/button'
import styles from './user.module.css'
import type { UserWords } from './words'

/** Who is signed in, and the way out. Works without script. */
export function PersonMenu({ name, words }: { name: string; words: UserWords }) {
  return (
    <>
      <a href="/me" className={styles.person}>
        {name}
      </a>
      <form method="post" action="/sign-out" className={styles.inline}>
        <Button type="submit" size="small">
          {words.signOut}
        </Button>
      </form>
    </>
  )
}
