import { expect, test } from 'vitest'
import { lastBackupCall } from '../../shared/mission.ts'
import { startHouse } from '../support/house.ts'

test('[R392] a lead reads that the database server’s keeper makes the backups', async () => {
  const house = await startHouse()
  try {
    expect((await (await house.person('lead')).call(lastBackupCall, {})).reply).toEqual({ keeper: 'database_server', last: null })
  } finally {
    await house.stop()
  }
})
