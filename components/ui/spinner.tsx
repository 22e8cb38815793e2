import styles from './button.module.css'

/** Inside a button while it works. Pages and lists have skeletons instead. */
export const Spinner = () => <span className={styles.spinner} aria-hidden="true" />
