import { confirmNoticeCall, noticesCall } from '../../../shared/notices.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { confirmNotice, listNotices } from './actions.ts'

export function noticeRoutes(doors: Doors): void {
  serve(doors, noticesCall, listNotices)
  serve(doors, confirmNoticeCall, confirmNotice)
}
