/**
 * Options of what hangs on a store of data and holds none itself: subscriptions, alarms, rules of events. Children have their
 * parent's protection and retention unless they say otherwise; with these, a subscription is taken out like anything else,
 * and what is left of a store in AWS neither takes in new messages nor wakes anybody.
 */
export const NOTHING_TO_KEEP = { protect: false, retainOnDelete: false } as const;
