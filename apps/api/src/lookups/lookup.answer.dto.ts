/** Everybody who was registered with the identifier. */
export class LookupAnswer {
  subjects!: string[];
}
