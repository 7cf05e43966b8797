import type { StackConfig } from "../../config/schema.ts";
import { keepCommand } from "../../core/images.ts";
import { releasePath } from "../../core/names.ts";
import type { Phase } from "../../core/phases.ts";
import { hasReached } from "../../core/phases.ts";
import { loginCommand, neededImages, neededSecrets } from "./needs.ts";

/** What comes after a phase; undefined after the last one. */
const NEXT: Readonly<Record<Phase, Phase | undefined>> = {
  foundation: "edge",
  edge: "services",
  services: undefined,
};

function delegation({ dns, environment }: StackConfig): string[] {
  if (environment.phase !== "foundation" || dns.existingZoneId !== null) return [];
  return [
    `Delegate ${dns.zoneName}: put the name servers of the output zoneNameServers into the parent zone. ` +
      `It is done when "dig +short NS ${dns.zoneName}" answers with them.`,
  ];
}

function values(config: StackConfig): string[] {
  return neededSecrets(config).map(({ name, readers, remedy }) => {
    const why = readers.length === 0 ? "" : `, which ${readers.join(", ")} ${readers.length === 1 ? "reads" : "read"}`;
    return `Put a value into the secret ${name}${why}: ${remedy}`;
  });
}

function images(config: StackConfig): string[] {
  const needed = neededImages(config);
  if (needed.length === 0) return [];
  return [
    `Log in to the registry to push images: ${loginCommand(config)}`,
    ...needed.map(
      ({ repository, digest, users, remedy }) =>
        `Push the image ${repository}@${digest} for ${users.join(", ")}: ${remedy}`,
    ),
    `Keep the images from the registry's clean-up: ${keepCommand(config.environment.name)}`,
  ];
}

function releases({ services, environment }: StackConfig): string[] {
  if (environment.phase !== "edge") return [];
  return services.catalogue.flatMap((service) =>
    service.kind === "frontend"
      ? [
          `Publish the release ${service.release} of ${service.name}: ` +
            `aws s3 sync <folder> s3://<output frontendBucket>/${releasePath(service.name, service.release)}/`,
        ]
      : [],
  );
}

function signing({ dns, environment }: StackConfig): string[] {
  if (!dns.dnssec || environment.phase === "services") return [];
  return [
    `Put the output zoneDsRecord into the parent zone of ${dns.zoneName}: only then are signed answers believed.`,
  ];
}

function closing({ cluster, environment }: StackConfig): string[] {
  if (environment.phase !== "services" || cluster.apiPublicCidrs.length === 0) return [];
  return [
    `Close the API server, which ${cluster.apiPublicCidrs.join(", ")} can reach from the internet: open a tunnel ` +
      `(docs/first-up.md, "Close the endpoint"), then npm run endpoint -- close ${environment.name} --via https://localhost:8443`,
  ];
}

/**
 * What people do next on the way up, in order, each with its command; [] when nothing is left. It follows from the stack
 * file alone: what somebody has already done stays in the list until the phase is raised.
 */
export function nextSteps(config: StackConfig): readonly string[] {
  const { phase, name } = config.environment;
  const next = NEXT[phase];
  return [
    ...delegation(config),
    ...(hasReached(phase, "services") ? [] : [...values(config), ...images(config)]),
    ...releases(config),
    ...signing(config),
    ...closing(config),
    ...(next === undefined
      ? []
      : [`Then set environment.phase: ${next} in Pulumi.${name}.yaml and run: npm run up -- ${name}`]),
  ];
}
