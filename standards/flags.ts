/** Bounds of feature flags. */
export const FLAGS = {
  /** The flag that answers for outside services while they are down; it exists in every environment. EXT-07 */
  mockFlag: "mockExternal",
  /** Shortest time, in minutes, over which a change reaches everyone: alarms need time to see harm. CONF-05 */
  minDeploymentMinutes: 10,
  /** Shortest time, in minutes, for which alarms are watched after a change has reached everyone. CONF-05 */
  minBakeMinutes: 10,
  /** Largest share, in percent, that a step adds. CONF-05 */
  maxGrowthPercent: 25,
  /** Longest deployment or bake time in minutes. @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateDeploymentStrategy.html */
  awsMaxMinutes: 1440,
  /** Most alarms that an environment watches. @see https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-environment.html */
  awsMaxMonitors: 5,
} as const;
