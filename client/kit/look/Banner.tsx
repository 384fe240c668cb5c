import type { ComponentChildren } from 'preact'
import { CircleAlert, CircleCheck, Info } from 'lucide-preact'
import { cx } from './cx.ts'
import { type Icon, stroke } from './icon.ts'
import styles from './banner.module.css'

export type BannerTone = 'accent' | 'good' | 'medium' | 'high' | 'critical'
const icons: Record<BannerTone, Icon> = { accent: Info, good: CircleCheck, medium: CircleAlert, high: CircleAlert, critical: CircleAlert }

/** A sentence that matters now, where it matters: what happened, what was kept, what to do. `alert` is read out at once. */
export function Banner({ tone = 'accent', icon, title, children, action, alert = false }: { tone?: BannerTone; icon?: Icon; title?: ComponentChildren; children?: ComponentChildren; action?: ComponentChildren; alert?: boolean }) {
  const Drawn = icon ?? icons[tone]
  return (
    <div class={cx(styles['banner'], styles[tone])} role={alert ? 'alert' : undefined}>
      <Drawn {...stroke} size={20} />
      <div class={styles['words']}>
        {title !== undefined && <p class={styles['title']}>{title}</p>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {action !== undefined && <div class={styles['actions']}>{action}</div>}
    </div>
  )
}
