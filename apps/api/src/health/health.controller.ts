import { Controller, Get } from '@nestjs/common';

/** Whether the process lives; readiness comes with the service. */
@Controller('health')
export class HealthController {
  @Get('live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }
}
