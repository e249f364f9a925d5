import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';

/** A category that is not given out, and why. */
export class WithheldAnswer {
  category!: string;

  code!: string;
}

/** A value, or what became of it. */
export class ValueAnswer {
  value?: string;

  /** Instead of a value: `destroyed`, or `unavailable`, which is an incident. */
  status?: 'destroyed' | 'unavailable';

  collectedAt!: string;

  /** The event that brought it. */
  event!: string;
}

/** Values under a purpose; the event that records the read was durable before. */
@ApiExtraModels(ValueAnswer)
export class DataAnswer {
  /** As asked, null for now. */
  asOf!: string | null;

  /** Of the event that records the read, a decimal. */
  position!: string;

  /** Category → value, when it was collected, by which event. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ValueAnswer) },
  })
  data!: Record<string, ValueAnswer>;

  withheld!: WithheldAnswer[];
}
