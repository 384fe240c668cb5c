import { Skeleton } from '../../kit/look/Skeleton.tsx'
import styles from './wall.module.css'

/** The wall's own shape while it is coming. */
export function Loading() {
  return <Skeleton><span class={styles['bones']}>{Array.from({ length: 6 }, (_, at) => <span key={at} class={styles['bone']} />)}</span></Skeleton>
}
