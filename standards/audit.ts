/** Bounds for the record of what happens in the account. */
export const AUDIT = {
  /** Shortest time in days for which nobody can delete the trail's files; LOG-05, SEC-18. */
  minObjectLockDays: 90,
  /** The same in production; LOG-05. */
  minObjectLockDaysProduction: 365,
  /** GuardDuty's lowest severity of a "medium" finding; what is at or above goes to people. SEC-17. @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
  minFindingSeverity: 4,
  /** Security Hub's labels from "medium" on; SEC-17. */
  findingLabels: ["MEDIUM", "HIGH", "CRITICAL"],
  /** More failed console logins in an hour than this tell somebody; SEC-20, ALRT-10. */
  consoleLoginFailuresPerHour: 5,
  /** More refused calls in an hour than this tell somebody: controllers and probing tools cause a few; CIS AWS 5.0 4.1. */
  unauthorisedCallsPerHour: 20,
} as const;
