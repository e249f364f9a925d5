/**
 * The W3C DPV 2.3 term that each of the 16 operations corresponds to (`law.md` §11). DPV has no word for lifting a restriction: there
 * stands its widest one. `depersonalise` with the strength `pseudonymous` is `dpv:Pseudonymise`, and the data stay personal.
 */
export const OPERATION_TERMS = {
  collect: 'dpv:Collect',
  record: 'dpv:Record',
  systematise: 'dpv:Structure',
  accumulate: 'dpv:Organise',
  store: 'dpv:Store',
  clarify: 'dpv:Modify',
  retrieve: 'dpv:Retrieve',
  use: 'dpv:Use',
  provide: 'dpv:Disclose',
  disseminate: 'dpv:Disseminate',
  'grant-access': 'dpv:MakeAvailable',
  depersonalise: 'dpv:Anonymise',
  block: 'dpv:Restrict',
  unblock: 'dpv:Processing',
  delete: 'dpv:Delete',
  destroy: 'dpv:Destruct',
} as const;
