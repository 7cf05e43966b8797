/** When spending is worth a message. */
export const BUDGET = {
  /** Hours of a month in estimates, as AWS' own calculator has them. */
  hoursPerMonth: 730,
  /** Shares of the monthly budget, in percent of actual spending, that are reported; COST-02. */
  actualPercent: [80, 100],
  /** Share of the monthly budget, in percent of the forecast for the month's end, that is reported; COST-02. */
  forecastPercent: [100],
  /** Most mail addresses of one notification. @see https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html */
  awsMaxAddresses: 10,
} as const;
