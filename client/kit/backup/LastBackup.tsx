import { useEffect, useState } from 'preact/hooks'
import { DatabaseBackup } from 'lucide-preact'
import { type LastBackup, lastBackupCall } from '../../../shared/mission.ts'
import { call } from '../call.ts'
import { usePresent } from '../clock.ts'
import { Banner } from '../look/Banner.tsx'
import { signedIn } from '../me.ts'
import { ago } from '../times.ts'
import { backupWords } from '../words/backup.ts'
import styles from './backup.module.css'

const askSeconds = 5

/** What headquarters knows of the last backup, asked for again while it is looked at; `failed` until it was told. */
function useLastBackup(): LastBackup | 'failed' | null {
  const [told, setTold] = useState<LastBackup | 'failed' | null>(null)
  useEffect(() => {
    let isShown = true
    const ask = () => call(lastBackupCall, {}).then((reply) => isShown && setTold(reply), () => isShown && setTold((before) => before ?? 'failed'))
    void ask()
    const timer = setInterval(() => document.hidden || void ask(), askSeconds * 1000)
    return () => {
      isShown = false
      clearInterval(timer)
    }
  }, [])
  return told
}

/** Before a mission opens: the command, ticked once a backup is there. */
export function FirstBackup() {
  const words = backupWords()
  const told = useLastBackup()
  const now = usePresent(10)
  if (told === null) return null
  const last = told === 'failed' ? null : told.last
  return (
    <section class={styles['first']} data-backup={last !== null}>
      <h2>{words.title}</h2>
      {last !== null && <Banner tone="good" title={words.last(ago(last.begunAt, now))}>{words.since(last.facts)}{last.isBeside && ` ${words.beside}`}</Banner>}
      {last === null && told !== 'failed' && told.keeper === 'database_server' && <Banner>{words.server}</Banner>}
      {last === null && (told === 'failed' || told.keeper === 'veedor') && <Banner tone="medium" title={told === 'failed' ? words.unknown : words.never}><p>{words.ask}</p><p><code class={styles['command']}>{words.command}</code></p></Banner>}
    </section>
  )
}

/** While a mission goes on: one line. An exercise has nothing to lose. */
export function BackupLine() {
  const words = backupWords()
  const told = useLastBackup()
  const now = usePresent(10)
  const last = told === null || told === 'failed' ? null : told.last
  if (told === null || (last === null && signedIn().mission.exercise)) return null
  return (
    <p class={styles['line']} data-backup={last !== null}>
      <DatabaseBackup size={16} strokeWidth={1.75} aria-hidden />
      <span>
        {told === 'failed' ? words.unknown : last !== null ? <><b>{words.last(ago(last.begunAt, now))}.</b> {words.since(last.facts)}{last.isBeside && ` ${words.beside}`}</> : told.keeper === 'database_server' ? words.server : <><b>{words.never}.</b> <code class={styles['command']}>{words.command}</code></>}
      </span>
    </p>
  )
}
