// The pack's entry is JavaScript so that the policy runner starts no compiler; Node strips the types of the rules.
// Nothing may be printed here: the engine reads the first line of standard output as the server's port.
import { PolicyPack } from "@pulumi/policy";

import { cacheDeserialization } from "./lib/deserialization-cache.ts";
import { rules } from "./rules.ts";

cacheDeserialization();
new PolicyPack("preflight", { policies: rules });
